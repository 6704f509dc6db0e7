//! The way out: to the provider, with what the way back is held against.

use jiff::{SignedDuration, Timestamp};
use openidconnect::url::Url;
use sha2::{Digest, Sha256};

use super::SignInError;
use super::provider::Provider;
use crate::session::Token;
use crate::store::{BegunSignIn, Store, TokenHash};

/// Nobody takes longer to sign in; the cookie and what is kept here end together.
pub(crate) const SIGN_IN_LASTS: SignedDuration = SignedDuration::from_mins(15);
/// A path of the app is never so long.
const LONGEST_PATH: usize = 512;

/// What somebody wants who begins.
#[derive(Default)]
pub struct Start {
    /// The page to go on to.
    pub to: Option<String>,
    /// Whether whoever it is must prove it anew.
    pub fresh: bool,
    /// The token of an invitation.
    pub invitation: Option<String>,
    /// What this browser got when it began before.
    pub browser: Option<Token>,
}

/// Where the browser goes, and what it keeps.
pub struct Begun {
    /// The provider's page.
    pub provider: Url,
    /// What the browser must bring back.
    pub browser: Token,
}

/// Begins a sign-in.
///
/// # Errors
/// [`SignInError`] says why not.
pub async fn begin(
    store: &dyn Store,
    provider: &Provider,
    start: Start,
    origin: &str,
    now: Timestamp,
) -> Result<Begun, SignInError> {
    // Kept from an earlier tab, so that each of two tabs can end what it began.
    let browser = match start.browser {
        Some(browser) => browser,
        None => Token::fresh()?,
    };
    let request = provider.request(origin, start.fresh, now).await?;
    let begun = BegunSignIn {
        browser: browser.hash(),
        nonce: request.nonce,
        verifier: request.verifier,
        to: start.to.as_deref().filter(|to| is_page(to)).unwrap_or("/").to_owned(),
        fresh_from: start.fresh.then_some(now),
        invitation: start.invitation.as_deref().map(hash_of),
        ends_at: now.saturating_add(SIGN_IN_LASTS).unwrap_or(Timestamp::MAX),
    };
    store.put_sign_in(hash_of(&request.state), begun).await?;
    Ok(Begun { provider: request.url, browser })
}

/// What is kept of a text that only its holder knows.
pub(crate) fn hash_of(text: &str) -> TokenHash {
    TokenHash(Sha256::digest(text.as_bytes()).into())
}

/// A page of the app: no other site, nothing under `/api`, nothing that a browser reads otherwise than we do.
fn is_page(to: &str) -> bool {
    let plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let elsewhere = to.starts_with("//") || to.starts_with("/api");
    plain && to.starts_with('/') && !elsewhere && to.len() <= LONGEST_PATH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_a_page_of_the_app_and_to_nothing_else() {
        for page in ["/", "/today", "/children/child-1/plan?tab=views#first"] {
            assert!(is_page(page), "{page}");
        }
        let long = format!("/{}", "a".repeat(LONGEST_PATH));
        let elsewhere =
            ["", "today", "//evil.example", "/\\evil.example", "https://evil.example", "/api/v1/push", "/a\nb", "/ä"];
        for no_page in elsewhere.into_iter().chain([long.as_str()]) {
            assert!(!is_page(no_page), "{no_page}");
        }
    }
}
