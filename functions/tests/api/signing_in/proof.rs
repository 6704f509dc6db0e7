//! What a sign-in proves: freshly, by a second factor, for which account; and by what Heard proves itself.

use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use super::{Council, leads_to, refused};
use crate::support::Who;
use crate::support::device::Device;
use crate::support::provider::{CLIENT, Key};

#[tokio::test]
async fn an_escrow_key_wants_a_fresh_proof_and_not_a_session_that_was_left_open() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    let long_ago = |claims: &mut Value| claims["auth_time"] = json!(claims["iat"].as_i64().unwrap() - 3_600);
    leads_to(&council.signs_in("?invitation=one", long_ago).await, "/?sign-in=done");
    let device = Device::enrolled(&council.server, Who::AssignedWorker).await;
    let escrow = format!("/api/v1/vaults/{}/escrow", device.vault);
    assert_eq!(council.browser.post(&escrow, &()).await.code(), "sign_in_again");
    // The provider does not say: nothing is proved.
    leads_to(&council.signs_in("", |claims| claims["auth_time"] = Value::Null).await, "/?sign-in=done");
    assert_eq!(council.browser.post(&escrow, &()).await.code(), "sign_in_again");

    let asked = council.begins("?fresh=1").await;
    let named = |name: &str| asked.url.query_pairs().any(|(known, value)| known == name && !value.is_empty());
    assert!(named("max_age") && named("prompt"), "{}", asked.url);
    for unfresh in [json!(council.server.now().as_second() - 3_600), Value::Null] {
        let reply = council.signs_in("?fresh=1", |claims| claims["auth_time"] = unfresh).await;
        refused(&council, &reply, "fresh_sign_in_needed");
    }
    leads_to(&council.signs_in("?fresh=1", |_| {}).await, "/?sign-in=done");
    assert_eq!(council.browser.post(&escrow, &()).await.status, 200);
    council.server.wait(SignedDuration::from_mins(6));
    assert_eq!(council.browser.post(&escrow, &()).await.code(), "sign_in_again");
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_looked_for() {
    let mut council = Council::with(&[("HEARD_OIDC_ACR", "two three"), ("HEARD_OIDC_AMR", "mfa")]).await;
    council.invites("one", Who::AssignedWorker, None).await;
    let asked = council.begins("").await;
    assert!(asked.url.query_pairs().any(|(name, value)| name == "acr_values" && value == "three two"), "{}", asked.url);
    for (acr, amr) in [(Value::Null, json!(["mfa"])), (json!("one"), json!(["mfa"])), (json!("two"), json!(["pwd"]))] {
        let reply = council
            .signs_in("?invitation=one", |claims| {
                claims["acr"] = acr;
                claims["amr"] = amr;
            })
            .await;
        refused(&council, &reply, "second_factor_needed");
    }
    let reply = council
        .signs_in("?invitation=one", |claims| {
            claims["acr"] = json!("two");
            claims["amr"] = json!(["pwd", "mfa"]);
        })
        .await;
    leads_to(&reply, "/?sign-in=done");
}

#[tokio::test]
async fn accounts_may_be_told_apart_by_another_claim() {
    let mut council = Council::with(&[("HEARD_OIDC_SUBJECT", "oid")]).await;
    council.invites("one", Who::AssignedWorker, None).await;
    let reply = council.signs_in("?invitation=one", |_| {}).await;
    refused(&council, &reply, "provider_not_trusted");
    leads_to(&council.signs_in("?invitation=one", |claims| claims["oid"] = json!("7")).await, "/?sign-in=done");
    let same = |claims: &mut Value| {
        claims["oid"] = json!("7");
        claims["sub"] = json!("changed");
    };
    leads_to(&council.signs_in("", same).await, "/?sign-in=done");
}

#[tokio::test]
async fn heard_may_prove_itself_by_a_key_instead_of_a_secret() {
    let key = Key::fresh("ours");
    let pem = key.pem();
    let mut council =
        Council::with(&[("HEARD_OIDC_SECRET", ""), ("HEARD_OIDC_KEY", &pem), ("HEARD_OIDC_KEY_ID", "ours")]).await;
    council.invites("one", Who::AssignedWorker, None).await;
    leads_to(&council.signs_in("?invitation=one", |_| {}).await, "/?sign-in=done");
    let says = council.provider.says();
    assert_eq!(says.authorization, None);
    assert!(!says.asked.contains_key("client_secret"));
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    validation.set_audience(&[&council.provider.address]);
    validation.set_issuer(&[CLIENT]);
    let public = DecodingKey::from_jwk(&key.jwk()).unwrap();
    let proof = jsonwebtoken::decode::<Value>(&says.asked["client_assertion"], &public, &validation).unwrap();
    assert_eq!((proof.header.kid.as_deref(), &proof.claims["sub"]), (Some("ours"), &json!(CLIENT)));
    let now = council.server.now().as_second();
    assert_eq!((&proof.claims["iat"], &proof.claims["exp"]), (&json!(now), &json!(now + 60)));
}
