//! Which provider, and what is asked of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use openidconnect::url::{Host, Url};
use openidconnect::{ClientId, IssuerUrl};

use super::secret::Secret;

/// The provider's name for itself: `https://login.example/tenant/v2.0`.
const ISSUER: &str = "HEARD_OIDC_ISSUER";
/// Heard's name at the provider.
const CLIENT: &str = "HEARD_OIDC_CLIENT";
/// The secret that proves it, or where it is kept.
const SECRET: &str = "HEARD_OIDC_SECRET";
/// Instead of a secret: a private key as PEM (RSA or P-256), or where it is kept.
const KEY: &str = "HEARD_OIDC_KEY";
/// The key's name at the provider, where it wants one.
const KEY_ID: &str = "HEARD_OIDC_KEY_ID";
/// The claim that tells accounts apart: `sub`, or `oid` at Entra ID.
const SUBJECT: &str = "HEARD_OIDC_SUBJECT";
/// One of these must be the token's `acr`; separated by spaces.
const ACR: &str = "HEARD_OIDC_ACR";
/// One of these must be among the token's `amr`; separated by spaces.
const AMR: &str = "HEARD_OIDC_AMR";
/// Who may come in first, and then invites everybody else: the account as it is typed at the provider.
const FIRST_ADMINISTRATOR: &str = "HEARD_FIRST_ADMINISTRATOR";

/// Which provider, and what is asked of it.
#[derive(Clone)]
pub struct Settings {
    pub(super) issuer: IssuerUrl,
    pub(super) client: ClientId,
    pub(super) authentication: Authentication,
    pub(super) subject: String,
    pub(super) acr: BTreeSet<String>,
    pub(super) amr: BTreeSet<String>,
    pub(super) first_administrator: Option<String>,
}

/// How Heard proves to the provider that it is Heard.
#[derive(Clone)]
pub enum Authentication {
    /// By a secret that both know.
    Secret(Arc<dyn Secret>),
    /// By a signature under a key that never leaves here (RFC 7523).
    Key {
        /// The private key as PEM.
        pem: Arc<dyn Secret>,
        /// Its name at the provider.
        id: Option<String>,
    },
}

/// Why the settings do not do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Half of it is said.
    #[error("{ISSUER} names a provider: {0} must be set too")]
    Missing(&'static str),
    /// The issuer is no address, or one that anybody on the way could answer for.
    #[error("{ISSUER} must be an https address as the provider writes it, without a query: {0}")]
    Issuer(String),
    /// One way to prove who asks, not two.
    #[error("{SECRET} and {KEY} are both set: one of them proves who asks")]
    TwoProofs,
}

impl Settings {
    /// Reads them from the environment; none if no provider is named. `secret` finds what a variable says of a secret.
    ///
    /// # Errors
    /// [`SettingsError`] says what to put right.
    pub fn of_environment(
        read: impl Fn(&str) -> Option<String>,
        secret: impl Fn(String) -> Arc<dyn Secret>,
    ) -> Result<Option<Settings>, SettingsError> {
        let named = |name: &str| read(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let words = |name: &str| -> BTreeSet<String> {
            named(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
        };
        let Some(issuer) = named(ISSUER) else {
            return Ok(None);
        };
        let authentication = match (named(SECRET), named(KEY)) {
            (Some(_), Some(_)) => return Err(SettingsError::TwoProofs),
            (Some(kept), None) => Authentication::Secret(secret(kept)),
            (None, Some(kept)) => Authentication::Key { pem: secret(kept), id: named(KEY_ID) },
            (None, None) => return Err(SettingsError::Missing(SECRET)),
        };
        Ok(Some(Settings {
            issuer: read_issuer(issuer)?,
            client: ClientId::new(named(CLIENT).ok_or(SettingsError::Missing(CLIENT))?),
            authentication,
            subject: named(SUBJECT).unwrap_or_else(|| "sub".into()),
            acr: words(ACR),
            amr: words(AMR),
            first_administrator: named(FIRST_ADMINISTRATOR),
        }))
    }

    /// The provider's name for itself.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Heard's name at the provider.
    pub(super) fn client(&self) -> &str {
        self.client.as_str()
    }

    /// The claim that tells accounts apart.
    pub(super) fn subject(&self) -> &str {
        &self.subject
    }
}

/// Plain http only on this machine: elsewhere whoever carries it could answer for the provider.
fn read_issuer(issuer: String) -> Result<IssuerUrl, SettingsError> {
    let refused = || SettingsError::Issuer(issuer.clone());
    let url = Url::parse(&issuer).map_err(|_| refused())?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    if !safe || url.query().is_some() || url.fragment().is_some() {
        return Err(refused());
    }
    IssuerUrl::new(issuer.clone()).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Given;

    fn read(set: &[(&str, &str)]) -> Result<Option<Settings>, SettingsError> {
        let find = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Settings::of_environment(find, |kept| Arc::new(Given(kept)))
    }

    #[test]
    fn no_provider_is_no_mistake_and_half_of_one_is() {
        assert!(read(&[]).unwrap().is_none());
        let issuer = (ISSUER, "https://login.example/t/v2.0");
        assert_eq!(read(&[issuer, (CLIENT, "heard")]).err(), Some(SettingsError::Missing(SECRET)));
        assert_eq!(read(&[issuer, (SECRET, "s")]).err(), Some(SettingsError::Missing(CLIENT)));
        assert_eq!(read(&[issuer, (SECRET, "s"), (KEY, "k")]).err(), Some(SettingsError::TwoProofs));
        let settings = read(&[issuer, (CLIENT, "heard"), (SECRET, "s"), (AMR, " mfa  hwk ")]).unwrap().unwrap();
        assert_eq!((settings.issuer(), settings.subject.as_str()), ("https://login.example/t/v2.0", "sub"));
        assert_eq!(settings.amr, BTreeSet::from(["mfa".to_owned(), "hwk".to_owned()]));
    }

    #[test]
    fn the_issuer_is_one_that_only_the_provider_can_answer_for() {
        let with = |issuer| read(&[(ISSUER, issuer), (CLIENT, "heard"), (SECRET, "s")]);
        for good in ["https://login.example/", "http://127.0.0.1:9000", "http://localhost:9000/realms/a"] {
            assert!(with(good).is_ok(), "{good}");
        }
        for bad in ["http://login.example", "login.example", "https://login.example/?a=b", "ftp://127.0.0.1"] {
            assert!(matches!(with(bad), Err(SettingsError::Issuer(_))), "{bad}");
        }
    }
}
