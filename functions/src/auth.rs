//! Signing in by the council's own accounts: OpenID Connect, code flow with PKCE.
//!
//! ```text
//! browser                        here                                    provider
//!   │ GET auth/start?to=           │ [begin]: state, nonce, verifier kept   │
//!   │◀── 303 to the provider ──────┤                                        │
//!   ├── who are you? ───────────────────────────────────────────────────────▶│
//!   │◀── 303 to auth/callback?code=&state= ──────────────────────────────────┤
//!   ├─ GET auth/callback ─────────▶│ [finish]: takes what was kept, once    │
//!   │                              ├── code and verifier ──────────────────▶│ [Provider]
//!   │                              │◀── ID token, which is verified ────────┤
//!   │                              │ whose account is it?  [who]            │
//!   │◀── 303 to the page, cookie ──┤                                        │
//! ```
//!
//! Whatever goes wrong ends on the app's own sign-in page, which has words for each [`SignInError`].

mod begin;
mod finish;
mod logout;
mod provider;
mod secret;
mod settings;
mod who;

pub use begin::{Begun, Start, begin};
pub(crate) use begin::{SIGN_IN_LASTS, hash_of};
pub use finish::{Callback, Finished, finish};
pub use logout::{LogoutError, logout};
pub use provider::{Provider, ProviderError};
pub use secret::{Given, Secret, SecretError};
pub use settings::{Authentication, Settings, SettingsError};

use crate::limits::LimitError;
use crate::store::StoreError;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Nobody set a provider up here.
    #[error("no provider is set up")]
    NoProvider,
    /// They turned back at the provider, or it would not have them.
    #[error("it was cancelled at the provider")]
    Cancelled,
    /// It was used already, took too long, or was never begun.
    #[error("it is not under way")]
    NotUnderWay,
    /// It was begun in another browser, or cookies are blocked.
    #[error("it was begun in another browser")]
    OtherBrowser,
    /// The provider, or what it said.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The account is nobody's here, and was not invited.
    #[error("the account was not invited")]
    NotInvited,
    /// The invitation was used, has ended, or never was.
    #[error("the invitation does not hold")]
    InvitationEnded,
    /// The invitation is for another account.
    #[error("the invitation is for another account")]
    OtherAccount,
    /// They are on leave, or have left.
    #[error("they do not work here at present")]
    NotAtWork,
    /// It was tried too often from one address.
    #[error(transparent)]
    Limited(#[from] LimitError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SignInError {
    /// The stable code, in the address of the sign-in page and in the access log.
    pub fn code(&self) -> &'static str {
        match self {
            SignInError::NoProvider => "no_provider",
            SignInError::Cancelled => "cancelled",
            SignInError::NotUnderWay => "not_under_way",
            SignInError::OtherBrowser => "other_browser",
            SignInError::Provider(error) => match error {
                ProviderError::Unreachable(_) => "provider_unreachable",
                ProviderError::CodeRefused => "not_under_way",
                ProviderError::ClientRefused(_) | ProviderError::Secret(_) => "provider_set_up_wrong",
                ProviderError::NotTrusted(_) => "provider_not_trusted",
                ProviderError::WrongClock => "wrong_clock",
                ProviderError::NoSecondFactor => "second_factor_needed",
                ProviderError::NotFresh => "fresh_sign_in_needed",
            },
            SignInError::NotInvited => "not_invited",
            SignInError::InvitationEnded => "invitation_ended",
            SignInError::OtherAccount => "other_account",
            SignInError::NotAtWork => "not_at_work",
            SignInError::Limited(LimitError::TooMany { .. }) => "too_many",
            SignInError::Limited(LimitError::Store(_)) | SignInError::Store(_) => "store_unavailable",
        }
    }
}
