//! The way back: what was begun is taken, the code exchanged, the account looked up.

use jiff::Timestamp;

use super::begin::hash_of;
use super::provider::{Identified, Provider, ProviderError};
use super::{SignInError, who};
use crate::seal::Seal;
use crate::session::{self, Proof, SignedIn, Token};
use crate::store::{BegunSignIn, Store};

/// What the provider sent the browser back with.
#[derive(Default)]
pub struct Callback {
    /// What was begun.
    pub state: Option<String>,
    /// For what the ID token is given out, once.
    pub code: Option<String>,
    /// Why there is none.
    pub error: Option<String>,
    /// Who sends it (RFC 9207).
    pub issuer: Option<String>,
    /// What this browser got when it began.
    pub browser: Option<Token>,
}

/// Somebody signed in.
pub struct Finished {
    /// What the browser holds from now on.
    pub token: Token,
    /// Who.
    pub signed_in: SignedIn,
    /// The page to go on to.
    pub to: String,
}

/// Ends a sign-in with a session.
///
/// # Errors
/// [`SignInError`] says why not.
pub async fn finish(
    store: &dyn Store,
    seal: &Seal,
    provider: &Provider,
    callback: Callback,
    origin: &str,
    now: Timestamp,
) -> Result<Finished, SignInError> {
    let begun = taken(store, &callback, now).await?;
    if let Some(error) = callback.error {
        return Err(turned_back(&error));
    }
    if callback.issuer.is_some_and(|issuer| issuer != provider.settings().issuer()) {
        return Err(ProviderError::NotTrusted("another provider sent the browser back").into());
    }
    let code = callback.code.ok_or(SignInError::NotUnderWay)?;
    let identified = provider.identify(code, &begun, origin, now).await?;
    let staff = who::of(store, seal, provider.settings(), &identified, begun.invitation, now).await?;
    let Identified { authenticated_at, session: at_the_provider, .. } = identified;
    let proof = Proof {
        authenticated_at,
        provider_session: at_the_provider.map(|id| seal.provider_session(provider.settings().issuer(), &id)),
    };
    let (token, session) = session::begin(store, staff.id, proof, now).await?;
    Ok(Finished { token, signed_in: SignedIn { staff, session, token: token.hash() }, to: begun.to })
}

/// Takes what was begun. It is gone then, whatever comes of it.
async fn taken(store: &dyn Store, callback: &Callback, now: Timestamp) -> Result<BegunSignIn, SignInError> {
    let state = callback.state.as_deref().ok_or(SignInError::NotUnderWay)?;
    let begun = store.take_sign_in(hash_of(state)).await?.ok_or(SignInError::NotUnderWay)?;
    if now >= begun.ends_at {
        return Err(SignInError::NotUnderWay);
    }
    match callback.browser {
        Some(browser) if browser.hash() == begun.browser => Ok(begun),
        _ => Err(SignInError::OtherBrowser),
    }
}

/// The provider's word for why it sent nobody (OpenID Connect Core 3.1.2.6).
fn turned_back(error: &str) -> SignInError {
    match error {
        "access_denied" | "login_required" | "interaction_required" | "consent_required" => SignInError::Cancelled,
        "temporarily_unavailable" | "server_error" => ProviderError::Unreachable("it says so itself".into()).into(),
        _ => ProviderError::ClientRefused("the request for a sign-in").into(),
    }
}
