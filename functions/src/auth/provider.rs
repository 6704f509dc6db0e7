//! The provider: what it says of itself, the request that leads to it, and the ID token that comes of it.

mod assertion;
mod http;

use std::collections::BTreeSet;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::JwkSet;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreResponseType, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::Url;
use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientSecret, CsrfToken,
    DiscoveryError, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields,
    Nonce, NonceVerifier, PkceCodeChallenge, PkceCodeVerifier, ProviderMetadataWithLogout, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::secret::SecretError;
use super::settings::{Authentication, Settings};
use crate::store::BegunSignIn;
use http::Http;

/// What the provider says of itself is asked again after this long.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// It is asked at most this often, also where it does not answer, and for a key that is not known: anybody can make one up.
const ASKED_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(10);
/// So far may the provider's clock and ours differ.
pub(super) const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// The signatures of ID tokens that count: by keys that the provider alone has. A shared secret and none at all are not among
/// them. Those of logout tokens are in [`super::logout`], in the words of the library that reads those.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];
/// Where the provider sends the browser back to.
const CALLBACK: &str = "/api/v1/auth/callback";

/// Why the provider did not say who it is.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or not as a provider does.
    #[error("the provider cannot be reached")]
    Unreachable(#[source] Box<dyn Error + Send + Sync>),
    /// The code was used, has ended, or is not ours.
    #[error("the provider refused the code")]
    CodeRefused,
    /// It does not take us for Heard, or is asked for something that it does not do.
    #[error("the provider refused {0}")]
    ClientRefused(&'static str),
    /// What proves that we are Heard cannot be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The ID token does not hold.
    #[error("the ID token does not hold: {0}")]
    NotTrusted(&'static str),
    /// The token has ended already, or begins later: one of two clocks is wrong.
    #[error("the provider's clock and ours differ too much")]
    WrongClock,
    /// A second factor is asked for here, and was not given there.
    #[error("the sign-in had no second factor")]
    NoSecondFactor,
    /// They were to prove anew who they are, and did not.
    #[error("the sign-in was not fresh")]
    NotFresh,
}

/// The claims beyond the standard ones.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Claims {
    /// The session at the provider.
    sid: Option<String>,
    #[serde(flatten)]
    other: serde_json::Map<String, serde_json::Value>,
}

impl AdditionalClaims for Claims {}

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A request for a sign-in, and what its answer is held against.
pub(super) struct Request {
    pub(super) url: Url,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// Who the provider says it is.
#[derive(Debug)]
pub(super) struct Identified {
    /// The account, whatever its owner is called.
    pub(super) subject: String,
    /// What its owner may type to sign in.
    pub(super) accounts: Vec<String>,
    /// What its owner is called.
    pub(super) name: Option<String>,
    /// When they last proved it; none if the provider does not say.
    pub(super) authenticated_at: Option<Timestamp>,
    /// The session at the provider.
    pub(super) session: Option<String>,
}

impl Identified {
    /// Whether this is the account that somebody wrote down.
    pub(super) fn is(&self, account: &str) -> bool {
        self.accounts.iter().any(|known| known.to_lowercase() == account.trim().to_lowercase())
    }
}

/// What the provider says of itself, with its keys.
#[derive(Clone)]
struct Known {
    says: Arc<ProviderMetadataWithLogout>,
    asked_at: Timestamp,
}

/// What is known of the provider, and when it was last asked, whatever came of it.
#[derive(Default)]
struct Asked {
    known: Option<Known>,
    last: Option<Timestamp>,
}

impl Asked {
    /// Whether it was asked only just now: many who come at once ask once.
    fn just_now(&self, now: Timestamp) -> bool {
        self.last.is_some_and(|last| now.duration_since(last) < ASKED_AGAIN_AFTER)
    }
}

/// The council's provider.
pub struct Provider {
    settings: Settings,
    http: Http,
    asked: Mutex<Asked>,
}

impl Provider {
    /// Asks nothing yet: what a provider says of itself is read at the first sign-in.
    ///
    /// # Errors
    /// [`ProviderError::Unreachable`] when this machine has no certificates to trust.
    pub fn new(settings: Settings) -> Result<Provider, ProviderError> {
        let http = Http::new().map_err(|error| ProviderError::Unreachable(Box::new(error)))?;
        Ok(Provider { settings, http, asked: Mutex::default() })
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The address that leads to the provider's own sign-in page.
    pub(super) async fn request(&self, origin: &str, fresh: bool, now: Timestamp) -> Result<Request, ProviderError> {
        let client = self.client(&self.known(now).await?, origin, None)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "email"].map(|scope| Scope::new(scope.into())))
            .set_pkce_challenge(challenge);
        for acr in &self.settings.acr {
            request = request.add_auth_context_value(openidconnect::AuthenticationContextClass::new(acr.clone()));
        }
        if fresh {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        let (url, state, nonce) = request.url();
        Ok(Request { url, state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() })
    }

    /// Exchanges the code for an ID token, verifies it, and says whose it is.
    pub(super) async fn identify(
        &self,
        code: String,
        begun: &BegunSignIn,
        origin: &str,
        now: Timestamp,
    ) -> Result<Identified, ProviderError> {
        let known = self.known(now).await?;
        let tokens = self.exchange(&known, code, begun, origin, now).await?;
        let token = tokens.id_token().ok_or(ProviderError::NotTrusted("there is none"))?;
        let nonce = ExactNonce(&begun.nonce);
        let mut claims = token.claims(&self.verifier(&known, now), nonce);
        let anew;
        if claims.as_ref().is_err_and(is_unknown_key) {
            // The key may have been rotated since it was last asked.
            anew = self.known_anew(&known, now).await?;
            claims = token.claims(&self.verifier(&anew, now), nonce);
        }
        self.read(claims.map_err(not_trusted)?, begun)
    }

    async fn exchange(
        &self,
        known: &Known,
        code: String,
        begun: &BegunSignIn,
        origin: &str,
        now: Timestamp,
    ) -> Result<StandardTokenResponse<Fields, CoreTokenType>, ProviderError> {
        let (secret, assertion) = match &self.settings.authentication {
            Authentication::Secret(secret) => (Some(secret.read().await?), None),
            Authentication::Key { pem, id } => {
                let audience = self.settings.issuer();
                let client = self.settings.client.as_str();
                (None, Some(assertion::sign(&pem.read().await?, id.as_deref(), client, audience, now)?))
            }
        };
        let client = self.client(known, origin, secret)?;
        let mut request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| ProviderError::ClientRefused("to say where tokens are given out"))?
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier.clone()));
        if let Some(assertion) = assertion {
            request = request
                .add_extra_param("client_assertion_type", assertion::TYPE)
                .add_extra_param("client_assertion", assertion);
        }
        request.request_async(&self.http).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(refused) => match refused.error() {
                CoreErrorResponseType::InvalidGrant => ProviderError::CodeRefused,
                CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                    ProviderError::ClientRefused("the secret or the key of this client")
                }
                _ => ProviderError::ClientRefused("the request for a token"),
            },
            RequestTokenError::Request(error) => ProviderError::Unreachable(Box::new(error)),
            // Neither may be logged: it may hold a token.
            RequestTokenError::Parse(..) => ProviderError::Unreachable("its answer cannot be read".into()),
            RequestTokenError::Other(_) => ProviderError::Unreachable("its answer is none of a provider".into()),
        })
    }

    fn client(&self, known: &Known, origin: &str, secret: Option<String>) -> Result<Client, ProviderError> {
        let back = RedirectUrl::new(format!("{origin}{CALLBACK}"))
            .map_err(|_| ProviderError::ClientRefused("an address to come back to"))?;
        let metadata = ProviderMetadataWithLogout::clone(&known.says);
        Ok(Client::from_provider_metadata(metadata, self.settings.client.clone(), secret.map(ClientSecret::new))
            .set_redirect_uri(back)
            .set_auth_type(self.auth_type(known)))
    }

    /// How the secret is sent: in the header unless the provider takes it in the body only.
    fn auth_type(&self, known: &Known) -> openidconnect::AuthType {
        use openidconnect::core::CoreClientAuthMethod::{ClientSecretBasic, ClientSecretPost};
        let takes = known.says.token_endpoint_auth_methods_supported();
        let takes = |method| takes.is_some_and(|methods| methods.contains(&method));
        let in_body = takes(ClientSecretPost) && !takes(ClientSecretBasic);
        match self.settings.authentication {
            Authentication::Secret(_) if !in_body => openidconnect::AuthType::BasicAuth,
            _ => openidconnect::AuthType::RequestBody,
        }
    }

    fn verifier<'a>(&self, known: &'a Known, now: Timestamp) -> openidconnect::IdTokenVerifier<'a, CoreJsonWebKey> {
        let client = self.settings.client.clone();
        openidconnect::IdTokenVerifier::new_public_client(
            client,
            self.settings.issuer.clone(),
            known.says.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || moment(now - SKEW))
        .set_issue_time_verifier_fn(move |issued| {
            if issued <= moment(now + SKEW) { Ok(()) } else { Err("issued later".into()) }
        })
    }

    fn read(
        &self,
        claims: &IdTokenClaims<Claims, CoreGenderClaim>,
        begun: &BegunSignIn,
    ) -> Result<Identified, ProviderError> {
        if claims.authorized_party().is_some_and(|party| *party != self.settings.client) {
            return Err(ProviderError::NotTrusted("it was made for another client"));
        }
        self.second_factor(claims)?;
        let authenticated_at = claims.auth_time().and_then(|at| Timestamp::from_second(at.timestamp()).ok());
        if let Some(from) = begun.fresh_from {
            // Whole seconds, and two clocks.
            if authenticated_at.is_none_or(|at| at < from - SKEW) {
                return Err(ProviderError::NotFresh);
            }
        }
        let extra = claims.additional_claims();
        let text = |name: &str| extra.other.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
        let subject = match self.settings.subject.as_str() {
            "sub" => Some(claims.subject().to_string()),
            other => text(other),
        };
        // An address that anybody may write down for themselves is nobody's account.
        let verified_email = claims.email().filter(|_| claims.email_verified() == Some(true));
        let accounts = [
            claims.preferred_username().map(|name| name.to_string()),
            text("upn"),
            verified_email.map(|it| it.to_string()),
        ];
        Ok(Identified {
            subject: subject.filter(|it| !it.is_empty()).ok_or(ProviderError::NotTrusted("it names no account"))?,
            accounts: accounts.into_iter().flatten().collect(),
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
            authenticated_at,
            session: extra.sid.clone(),
        })
    }

    fn second_factor(&self, claims: &IdTokenClaims<Claims, CoreGenderClaim>) -> Result<(), ProviderError> {
        let Settings { acr, amr, .. } = &self.settings;
        let context = claims.auth_context_ref().is_some_and(|given| acr.contains(given.as_str()));
        let methods: BTreeSet<&str> =
            claims.auth_method_refs().into_iter().flatten().map(|method| method.as_str()).collect();
        let method = amr.iter().any(|wanted| methods.contains(wanted.as_str()));
        if (acr.is_empty() || context) && (amr.is_empty() || method) {
            Ok(())
        } else {
            Err(ProviderError::NoSecondFactor)
        }
    }

    /// Where the provider ends its own session, if it has said where. It is not asked now: signing out waits for nobody.
    pub async fn end_session(&self, origin: &str) -> Option<Url> {
        let known = self.asked.lock().await.known.clone()?;
        let end = known.says.additional_metadata().end_session_endpoint.clone()?;
        // Without the ID token as a hint: it holds a name and an address, and would lie in the browser's history.
        let back = openidconnect::PostLogoutRedirectUrl::new(format!("{origin}/")).ok()?;
        let request = openidconnect::LogoutRequest::from(end).set_client_id(self.settings.client.clone());
        Some(request.set_post_logout_redirect_uri(back).http_get_url())
    }

    /// The keys that may have signed a logout token: those of this name, or all.
    pub(super) async fn logout_keys(
        &self,
        id: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<DecodingKey>, ProviderError> {
        let known = self.known(now).await?;
        let keys = keys_of(&known, id);
        if keys.is_empty() {
            return Ok(keys_of(&self.known_anew(&known, now).await?, id));
        }
        Ok(keys)
    }

    /// What the provider says of itself, as it was last asked. Where it does not answer, what it said before counts.
    async fn known(&self, now: Timestamp) -> Result<Known, ProviderError> {
        let mut asked = self.asked.lock().await;
        match &asked.known {
            Some(known) if now.duration_since(known.asked_at) < KNOWN_FOR || asked.just_now(now) => Ok(known.clone()),
            None if asked.just_now(now) => Err(ProviderError::Unreachable("it did not answer just now".into())),
            _ => match self.ask(&mut asked, now).await {
                Ok(known) => Ok(known),
                Err(error) => asked.known.clone().ok_or(error),
            },
        }
    }

    /// Asks again for a key that is not known, unless somebody else has since, or it was asked only just now.
    async fn known_anew(&self, before: &Known, now: Timestamp) -> Result<Known, ProviderError> {
        let mut asked = self.asked.lock().await;
        match &asked.known {
            Some(known) if known.asked_at != before.asked_at => Ok(known.clone()),
            _ if asked.just_now(now) => Ok(before.clone()),
            _ => self.ask(&mut asked, now).await,
        }
    }

    async fn ask(&self, asked: &mut Asked, now: Timestamp) -> Result<Known, ProviderError> {
        asked.last = Some(now);
        let says = ProviderMetadataWithLogout::discover_async(self.settings.issuer.clone(), &self.http).await;
        let says = says.map_err(|error| match error {
            DiscoveryError::Request(error) => ProviderError::Unreachable(Box::new(error)),
            // It calls itself otherwise than we do. At Entra ID that is an address for all tenants: any council's staff
            // could come in by it. The message names both.
            DiscoveryError::Validation(message) => ProviderError::Unreachable(message.into()),
            _ => ProviderError::Unreachable("its answer is none of a provider".into()),
        })?;
        let known = Known { says: Arc::new(says), asked_at: now };
        asked.known = Some(known.clone());
        Ok(known)
    }
}

/// The nonce must be there and be the one we sent.
#[derive(Clone, Copy)]
struct ExactNonce<'a>(&'a str);

impl NonceVerifier for ExactNonce<'_> {
    fn verify(self, nonce: Option<&Nonce>) -> Result<(), String> {
        match nonce {
            Some(nonce) if nonce.secret() == self.0 => Ok(()),
            _ => Err("another nonce".into()),
        }
    }
}

/// The same keys, as the library that reads logout tokens wants them.
fn keys_of(known: &Known, id: Option<&str>) -> Vec<DecodingKey> {
    let keys = serde_json::to_value(known.says.jwks()).and_then(serde_json::from_value::<JwkSet>);
    let keys = keys.map(|set| set.keys).unwrap_or_default();
    let meant = keys.iter().filter(|key| id.is_none() || key.common.key_id.as_deref() == id);
    meant.filter_map(|key| DecodingKey::from_jwk(key).ok()).collect()
}

fn moment(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp(at.as_second(), 0).unwrap_or(DateTime::UNIX_EPOCH)
}

fn is_unknown_key(error: &ClaimsVerificationError) -> bool {
    use SignatureVerificationError::{CryptoError, NoMatchingKey};
    matches!(error, ClaimsVerificationError::SignatureVerification(NoMatchingKey | CryptoError(_)))
}

/// What the token holds is never repeated: it is about a person.
fn not_trusted(error: ClaimsVerificationError) -> ProviderError {
    ProviderError::NotTrusted(match error {
        ClaimsVerificationError::Expired(_) => return ProviderError::WrongClock,
        ClaimsVerificationError::InvalidAudience(_) => "it was made for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "somebody else made it",
        ClaimsVerificationError::InvalidNonce(_) => "it belongs to another sign-in",
        ClaimsVerificationError::SignatureVerification(_) => "its signature does not hold",
        ClaimsVerificationError::Unsupported(_) => "it is of another kind",
        _ => "it cannot be read",
    })
}
