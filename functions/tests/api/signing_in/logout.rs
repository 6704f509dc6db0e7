//! Signing out here, and being signed out there.

use axum::body::Body;
use axum::http::Request;
use domain::wire::SignOutResponse;
use jiff::SignedDuration;
use jsonwebtoken::{EncodingKey, Header};
use openidconnect::url::Url;
use serde_json::{Value, json};

use super::{Council, LOGOUT, SESSION};
use crate::support::Who;
use crate::support::client::{Client, ORIGIN, Reply};
use crate::support::provider::{CLIENT, Key, SECRET};

#[tokio::test]
async fn signing_out_names_the_page_that_ends_the_providers_own_session() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    council.signs_in("?invitation=one", |_| {}).await;
    let reply: SignOutResponse = council.browser.delete(SESSION).await.json();
    let end: Url = reply.provider.unwrap().parse().unwrap();
    assert!(end.as_str().starts_with(&format!("{}/end?", council.provider.address)));
    let named: Vec<_> = end.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    assert_eq!(
        named,
        [("client_id".into(), CLIENT.into()), ("post_logout_redirect_uri".into(), format!("{ORIGIN}/"))],
        "and nothing about the person"
    );
    assert!(council.who().await.is_none());
}

pub(super) async fn logout(council: &Council, form: &str) -> Reply {
    // A server sends it: no origin, no cookie.
    let request = Request::post(LOGOUT).header("content-type", "application/x-www-form-urlencoded");
    council.browser.send(request.body(Body::from(form.to_owned())).unwrap()).await
}

fn logout_claims(council: &Council) -> Value {
    let now = council.server.now().as_second();
    json!({
        "iss": council.provider.address, "aud": CLIENT, "sub": "account-of-sade", "sid": "at-the-provider",
        "iat": now, "exp": now + 300, "jti": "1", "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    })
}

#[tokio::test]
async fn whoever_is_signed_out_at_the_provider_is_signed_out_here() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    council.signs_in("?invitation=one", |_| {}).await;
    let here = council.browser.clone();
    council.browser = Client::anonymous(&council.server);
    council.signs_in("", |claims| claims["sid"] = json!("at-home")).await;
    let elsewhere = council.browser.clone();
    council.server.wait(SignedDuration::from_mins(10));
    let token = council.provider.sign(Some("logout+jwt"), &logout_claims(&council));
    assert_eq!(logout(&council, &format!("logout_token={token}")).await.status, 200);
    assert_eq!(here.get(SESSION).await.code(), "signed_out");
    assert_eq!(elsewhere.get(SESSION).await.status, 200, "another session at the provider");
    // Without a session named, all of them; and twice does no harm to one that began since.
    let mut claims = logout_claims(&council);
    claims.as_object_mut().unwrap().remove("sid");
    let token = council.provider.sign(None, &claims);
    assert_eq!(logout(&council, &format!("logout_token={token}")).await.status, 200);
    assert_eq!(elsewhere.get(SESSION).await.code(), "signed_out");
    council.server.wait(SignedDuration::from_mins(4));
    council.signs_in("", |_| {}).await;
    assert_eq!(logout(&council, &format!("logout_token={token}")).await.status, 200);
    assert!(council.who().await.is_some());
    // Somebody who is nobody here.
    claims["sub"] = json!("a stranger");
    let token = council.provider.sign(None, &claims);
    assert_eq!(logout(&council, &format!("logout_token={token}")).await.status, 200);
}

#[tokio::test]
async fn a_logout_token_that_does_not_hold_signs_nobody_out() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    council.signs_in("?invitation=one", |_| {}).await;
    let now = council.server.now().as_second();
    let changes: [(&str, Value); 9] = [
        ("iss", json!("https://login.example")),
        ("aud", json!("payroll")),
        ("iat", json!(now - 301)),
        ("iat", json!(now + 121)),
        ("exp", json!(now - 121)),
        ("events", json!({})),
        ("nonce", json!("an ID token's")),
        ("jti", Value::Null),
        ("sub", Value::Null),
    ];
    let mut tokens: Vec<String> = changes
        .into_iter()
        .map(|(name, value)| {
            let mut claims = logout_claims(&council);
            claims[name] = value;
            council.provider.sign(Some("logout+jwt"), &claims)
        })
        .collect();
    let claims = logout_claims(&council);
    tokens.push(council.provider.sign(Some("at+jwt"), &claims));
    tokens.push(Key::fresh("first").sign(Some("logout+jwt"), &claims));
    tokens.push(
        jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET.as_bytes()).unwrap())
            .unwrap(),
    );
    tokens.push("a.b.c".into());
    for token in tokens {
        let reply = logout(&council, &format!("logout_token={token}")).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "malformed"), "{token}");
    }
    assert_eq!(logout(&council, "another=1").await.code(), "malformed");
    assert!(council.who().await.is_some());
}
