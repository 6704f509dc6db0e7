//! What is forged, stolen or of another kind signs nobody in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::{Asked, CALLBACK, Council, START, leads_to, refused};
use crate::support::Who;
use crate::support::provider::{CLIENT, Key, SECRET};

#[tokio::test]
async fn a_code_that_somebody_else_got_is_of_no_use() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    let theirs = council.begins("?invitation=one").await;
    let ours = council.begins("?invitation=one").await;
    let code = council.provider.gives(&theirs.challenge, council.provider.sign(None, &council.claims(&ours)));
    let reply = council.open(&format!("{CALLBACK}?code={code}&state={}", ours.state)).await;
    refused(&council, &reply, "not_under_way");
}

/// A token that this provider, or somebody who would like to be it, never ought to have made.
type Forged = fn(&Council, &Asked) -> String;

#[tokio::test]
async fn a_token_that_does_not_hold_signs_nobody_in() {
    let forged: [(&str, Forged, &str); 17] = [
        (
            "no signature",
            |council, asked| {
                let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
                format!("{}.{}.", part(json!({ "alg": "none", "typ": "JWT" })), part(council.claims(asked)))
            },
            "provider_not_trusted",
        ),
        ("the secret as the key", |council, asked| hs256(council, asked, SECRET.as_bytes()), "provider_not_trusted"),
        (
            "the public key as the key",
            |council, asked| {
                let key = serde_json::to_string(&council.provider.says().keys[0].jwk()).unwrap();
                hs256(council, asked, key.as_bytes())
            },
            "provider_not_trusted",
        ),
        (
            "another's key by the same name",
            |council, asked| Key::fresh("first").sign(Some("JWT"), &council.claims(asked)),
            "provider_not_trusted",
        ),
        ("another's key", |council, asked| Key::fresh("x").sign(None, &council.claims(asked)), "provider_not_trusted"),
        (
            "a changed claim",
            |council, asked| {
                let token = council.provider.sign(None, &council.claims(asked));
                let parts: Vec<&str> = token.split('.').collect();
                let mut claims = council.claims(asked);
                claims["sub"] = json!("account-of-helen");
                format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(claims.to_string()), parts[2])
            },
            "provider_not_trusted",
        ),
        ("another issuer", |c, a| changed(c, a, "iss", json!("https://login.example")), "provider_not_trusted"),
        ("another audience", |c, a| changed(c, a, "aud", json!("payroll")), "provider_not_trusted"),
        ("one more audience", |c, a| changed(c, a, "aud", json!([CLIENT, "payroll"])), "provider_not_trusted"),
        ("made for another client", |c, a| changed(c, a, "azp", json!("payroll")), "provider_not_trusted"),
        (
            "ended",
            |c, a| {
                let now = c.server.now().as_second();
                changed(c, a, "exp", json!(now - 121))
            },
            "wrong_clock",
        ),
        (
            "of tomorrow",
            |c, a| {
                let now = c.server.now().as_second();
                changed(c, a, "iat", json!(now + 121))
            },
            "wrong_clock",
        ),
        ("another nonce", |c, a| changed(c, a, "nonce", json!("another")), "provider_not_trusted"),
        ("no nonce", |c, a| changed(c, a, "nonce", Value::Null), "provider_not_trusted"),
        ("no account", |c, a| changed(c, a, "sub", json!("")), "provider_not_trusted"),
        ("an access token", |c, a| c.provider.sign(Some("at+jwt"), &c.claims(a)), "provider_not_trusted"),
        ("a logout token", |c, a| c.provider.sign(Some("logout+jwt"), &c.claims(a)), "provider_not_trusted"),
    ];
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    for (what, forge, code) in forged {
        let asked = council.begins("?invitation=one").await;
        let token = forge(&council, &asked);
        let reply = council.comes_back(&asked, token).await;
        assert_eq!(reply.header("location"), Some(format!("/?sign-in={code}").as_str()), "{what}");
        refused(&council, &reply, code);
        assert!(council.who().await.is_none(), "{what}");
    }
    // None at all, and none that is one.
    for token in ["", "a.b.c"] {
        let asked = council.begins("?invitation=one").await;
        let reply = council.comes_back(&asked, token.into()).await;
        refused(&council, &reply, "provider_unreachable");
    }
    // Clocks may differ a little.
    let asked = council.begins("?invitation=one").await;
    let now = council.server.now().as_second();
    let token = changed(&council, &asked, "exp", json!(now - 60));
    leads_to(&council.comes_back(&asked, token).await, "/?sign-in=done");
}

fn changed(council: &Council, asked: &Asked, name: &str, value: Value) -> String {
    let mut claims = council.claims(asked);
    claims[name] = value;
    council.provider.sign(Some("JWT"), &claims)
}

fn hs256(council: &Council, asked: &Asked, secret: &[u8]) -> String {
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some("first".into());
    jsonwebtoken::encode(&header, &council.claims(asked), &EncodingKey::from_secret(secret).unwrap()).unwrap()
}

#[tokio::test]
async fn another_provider_cannot_answer_for_ours() {
    let mut council = Council::start().await;
    let asked = council.begins("").await;
    let code = council.provider.gives(&asked.challenge, council.provider.sign(None, &council.claims(&asked)));
    let address = format!("{CALLBACK}?code={code}&state={}&iss=https://login.example", asked.state);
    let reply = council.open(&address).await;
    refused(&council, &reply, "provider_not_trusted");
    // An address for all tenants of a cloud calls itself by none of them.
    let council = Council::start().await;
    council.provider.says().issuer = "https://login.example/{tenantid}/v2.0".into();
    let mut council = council;
    let reply = council.open(START).await;
    refused(&council, &reply, "provider_unreachable");
}
