//! A provider on this machine that says whatever a test wants: what a well-kept one never would. Signing in at a real one
//! is tried in `tests/provider.test.mjs`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use functions::auth::{Given, Provider, Settings};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use openidconnect::url::form_urlencoded;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) const CLIENT: &str = "heard";
pub(crate) const SECRET: &str = "a-secret-of-the-test";

/// A key, and the name it goes by.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    der: Vec<u8>,
}

impl Key {
    pub(crate) fn fresh(id: &str) -> Key {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        Key { id: id.into(), der: made.as_ref().to_vec() }
    }

    pub(crate) fn sign(&self, kind: Option<&str>, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = kind.map(str::to_owned);
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_ec_der(&self.der)).unwrap()
    }

    pub(crate) fn pem(&self) -> String {
        let lines: Vec<String> = STANDARD
            .encode(&self.der)
            .as_bytes()
            .chunks(64)
            .map(|line| String::from_utf8(line.to_vec()).unwrap())
            .collect();
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
    }

    /// The public half.
    pub(crate) fn jwk(&self) -> Jwk {
        let mut jwk = Jwk::from_encoding_key(&EncodingKey::from_ec_der(&self.der), Algorithm::ES256).unwrap();
        jwk.common.key_id = Some(self.id.clone());
        jwk
    }
}

/// What it says, and what it was asked.
pub(crate) struct Says {
    /// What it calls itself.
    pub(crate) issuer: String,
    /// The keys that it shows.
    pub(crate) keys: Vec<Key>,
    /// The ID token it gives for the next code.
    pub(crate) token: String,
    /// Whether it answers at all.
    pub(crate) is_up: bool,
    /// How often its keys were asked for.
    pub(crate) asked_for_keys: u32,
    /// The fields of the last request for a token, and the header that proves who asks.
    pub(crate) asked: HashMap<String, String>,
    pub(crate) authorization: Option<String>,
    /// The PKCE challenge that a code was given for. A code is good once.
    codes: HashMap<String, String>,
}

#[derive(Clone)]
pub(crate) struct AnyProvider {
    pub(crate) address: String,
    says: Arc<Mutex<Says>>,
}

impl AnyProvider {
    pub(crate) async fn start() -> AnyProvider {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let says = Says {
            issuer: address.clone(),
            keys: vec![Key::fresh("first")],
            token: String::new(),
            is_up: true,
            asked_for_keys: 0,
            asked: HashMap::new(),
            authorization: None,
            codes: HashMap::new(),
        };
        let provider = AnyProvider { address, says: Arc::new(Mutex::new(says)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn says(&self) -> MutexGuard<'_, Says> {
        self.says.lock().unwrap()
    }

    /// Heard's side of it, with further variables of the environment.
    pub(crate) fn for_heard(&self, more: &[(&str, &str)]) -> Provider {
        let mut set = HashMap::from([
            ("HEARD_OIDC_ISSUER", self.address.as_str()),
            ("HEARD_OIDC_CLIENT", CLIENT),
            ("HEARD_OIDC_SECRET", SECRET),
        ]);
        set.extend(more.iter().copied());
        let read = |name: &str| set.get(name).map(|value| (*value).to_owned());
        let settings = Settings::of_environment(read, |value| Arc::new(Given(value))).unwrap().unwrap();
        Provider::new(settings).unwrap()
    }

    /// A code for whoever was sent here with this challenge, for which it gives this token.
    pub(crate) fn gives(&self, challenge: &str, token: String) -> String {
        let mut says = self.says();
        says.token = token;
        let code = format!("code-{}", says.codes.len());
        says.codes.insert(code.clone(), challenge.to_owned());
        code
    }

    /// Signs with the key that it shows.
    pub(crate) fn sign(&self, kind: Option<&str>, claims: &Value) -> String {
        let key = self.says().keys[0].clone();
        key.sign(kind, claims)
    }
}

fn down() -> Response {
    StatusCode::BAD_GATEWAY.into_response()
}

async fn discovery(State(provider): State<AnyProvider>) -> Response {
    let says = provider.says();
    if !says.is_up {
        return down();
    }
    let at = |path: &str| format!("{}{path}", provider.address);
    Json(json!({
        "issuer": says.issuer,
        "authorization_endpoint": at("/auth"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/jwks"),
        "end_session_endpoint": at("/end"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
    .into_response()
}

async fn keys(State(provider): State<AnyProvider>) -> Response {
    let mut says = provider.says();
    if !says.is_up {
        return down();
    }
    says.asked_for_keys += 1;
    let keys: Vec<Jwk> = says.keys.iter().map(Key::jwk).collect();
    Json(json!({ "keys": keys })).into_response()
}

async fn token(State(provider): State<AnyProvider>, headers: HeaderMap, RawForm(form): RawForm) -> Response {
    let mut says = provider.says();
    if !says.is_up {
        return down();
    }
    let fields: HashMap<String, String> = form_urlencoded::parse(&form).into_owned().collect();
    says.authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    let challenge = says.codes.remove(&fields["code"]);
    let proved = URL_SAFE_NO_PAD.encode(Sha256::digest(&fields["code_verifier"]));
    says.asked = fields;
    if challenge != Some(proved) {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    }
    Json(json!({ "access_token": "none", "token_type": "Bearer", "id_token": says.token })).into_response()
}
