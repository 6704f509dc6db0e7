//! Signing in and out, and how long it lasts.

use axum::body::Body;
use axum::http::{Method, header};
use domain::wire::{DemoResponse, DemoSignInRequest, SessionResponse, SignOutResponse};
use functions::session::{self, ABSOLUTE_LIMIT, IDLE_LIMIT, Proof};
use functions::store::{Meta, Store};
use jiff::SignedDuration;

use crate::support::client::Client;
use crate::support::{Server, Who};

const SESSION: &str = "/api/v1/session";
const DEMO: &str = "/api/v1/session/demo";

async fn demonstration() -> Server {
    let server = Server::start().await;
    server.store.put_meta(Meta::Demo, "yes".into()).await.unwrap();
    server
}

#[tokio::test]
async fn a_demo_sign_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get() {
    let server = demonstration().await;
    let mut client = Client::anonymous(&server);
    let cast: DemoResponse = client.get(DEMO).await.json();
    assert_eq!(cast.staff.len(), 8);
    let request = DemoSignInRequest { staff: Who::TeamManager.staff().id };
    let reply = client.post(DEMO, &request).await;
    let signed_in: SessionResponse = reply.json();
    assert_eq!(signed_in.staff, Who::TeamManager.staff());
    assert_eq!((signed_in.signed_in_at, signed_in.colleagues.len()), (server.now(), 8));
    let (cookie, attributes) = reply.header("set-cookie").unwrap().split_once("; ").unwrap();
    assert_eq!(attributes, "Max-Age=604800; Path=/; Secure; HttpOnly; SameSite=Lax");
    assert_eq!(cookie.len(), "__Host-heard=".len() + 64);
    client.cookie = Some(cookie.into());
    let session: SessionResponse = client.get(SESSION).await.json();
    assert_eq!(session.staff, Who::TeamManager.staff());
}

#[tokio::test]
async fn a_second_sign_in_ends_the_first_session() {
    let server = demonstration().await;
    let first = Client::signed_in(&server, Who::AssignedWorker).await;
    let reply = first.post(DEMO, &DemoSignInRequest { staff: Who::TeamManager.staff().id }).await;
    assert_eq!(reply.status, 200);
    assert_eq!(first.get(SESSION).await.code(), "signed_out");
}

#[tokio::test]
async fn there_is_no_demo_sign_in_to_a_store_that_is_no_demonstration() {
    let server = Server::start().await;
    let client = Client::anonymous(&server);
    assert_eq!(client.get(DEMO).await.code(), "not_found");
    let request = DemoSignInRequest { staff: Who::TeamManager.staff().id };
    let reply = client.post(DEMO, &request).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (404, "not_found"));
    assert_eq!(reply.header("set-cookie"), None);
    let server = demonstration().await;
    let nobody = DemoSignInRequest { staff: domain::id::StaffId(uuid::Uuid::nil()) };
    assert_eq!(Client::anonymous(&server).post(DEMO, &nobody).await.code(), "not_found");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    let reply = client.delete(SESSION).await;
    assert_eq!(reply.json::<SignOutResponse>(), SignOutResponse { provider: None });
    assert!(reply.header("set-cookie").unwrap().starts_with("__Host-heard=; Max-Age=0;"));
    assert_eq!(client.get(SESSION).await.code(), "signed_out");
    assert_eq!(client.delete(SESSION).await.status, 200, "also when it has ended already");
}

#[tokio::test]
async fn a_session_that_is_not_used_ends() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    for _ in 0..3 {
        server.wait(IDLE_LIMIT - SignedDuration::from_secs(1));
        assert_eq!(client.get(SESSION).await.status, 200, "use keeps it");
    }
    server.wait(IDLE_LIMIT);
    assert_eq!(client.get(SESSION).await.code(), "signed_out");
}

#[tokio::test]
async fn a_session_ends_after_a_week_however_much_it_is_used() {
    let server = Server::start().await;
    let client = Client::signed_in(&server, Who::AssignedWorker).await;
    let step = SignedDuration::from_hours(8);
    let steps = ABSOLUTE_LIMIT.as_secs() / step.as_secs();
    for _ in 1..steps {
        server.wait(step);
        assert_eq!(client.get(SESSION).await.status, 200);
    }
    server.wait(step);
    assert_eq!(client.get(SESSION).await.code(), "signed_out");
}

#[tokio::test]
async fn a_leavers_session_is_over() {
    let server = Server::start().await;
    let mut client = Client::anonymous(&server);
    let gone = domain::id::StaffId(uuid::Uuid::from_u128(99));
    let (token, _) = session::begin(&*server.store, gone, Proof::default(), server.now()).await.unwrap();
    client.cookie = Some(format!("__Host-heard={}", token.write()));
    assert_eq!(client.get(SESSION).await.code(), "signed_out");
}

#[tokio::test]
async fn nobody_gets_anything_without_a_session() {
    let server = Server::start().await;
    let stream = crate::support::child(1);
    let vault = uuid::Uuid::nil();
    let mut bad = Client::anonymous(&server);
    bad.cookie = Some(format!("__Host-heard={}", "0".repeat(64)));
    let mut worse = bad.clone();
    worse.cookie = Some("__Host-heard=ABC".into());
    for client in [Client::anonymous(&server), bad, worse] {
        for (method, path) in [
            (Method::GET, SESSION.to_owned()),
            (Method::POST, "/api/v1/replicas".to_owned()),
            (Method::POST, format!("/api/v1/vaults/{vault}/escrow")),
            (Method::POST, "/api/v1/push".to_owned()),
            (Method::POST, "/api/v1/pull".to_owned()),
            (Method::GET, "/api/v1/index".to_owned()),
            (Method::GET, format!("/api/v1/streams/{stream}/entries")),
        ] {
            let request = client.request(method, &path).header(header::CONTENT_TYPE, "application/json");
            let reply = client.send(request.body(Body::from("{}")).unwrap()).await;
            assert_eq!((reply.status.as_u16(), reply.code().as_str()), (401, "signed_out"), "{path}");
        }
    }
}
