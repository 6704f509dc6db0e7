//! Signing in by the council's own accounts.

mod logout;
mod proof;
mod tokens;

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::id::{ReplicaId, VaultId};
use domain::permission::Role;
use domain::wire::{EnrolRequest, InviteRequest, InviteResponse, SessionResponse, StaffResponse};
use functions::store::{Invitation, Store, TokenHash};
use jiff::SignedDuration;
use openidconnect::url::Url;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::client::{Client, HOST, ORIGIN, Reply};
use crate::support::provider::{AnyProvider, CLIENT, Key, SECRET};
use crate::support::{Server, Who};

const START: &str = "/api/v1/auth/start";
const CALLBACK: &str = "/api/v1/auth/callback";
const LOGOUT: &str = "/api/v1/auth/back-channel-logout";
const SESSION: &str = "/api/v1/session";
const REPLICAS: &str = "/api/v1/replicas";

/// A server with a provider, and a browser that nobody has signed in with.
struct Council {
    server: Server,
    provider: AnyProvider,
    browser: Client,
}

/// What the browser was sent to the provider with.
struct Asked {
    state: String,
    nonce: String,
    challenge: String,
    url: Url,
}

impl Council {
    async fn with(more: &[(&str, &str)]) -> Council {
        let provider = AnyProvider::start().await;
        let server = Server::start().await.signing_in_by(provider.for_heard(more)).await;
        let browser = Client::anonymous(&server);
        Council { server, provider, browser }
    }

    async fn start() -> Council {
        Council::with(&[]).await
    }

    /// Sade has been invited, by this token.
    async fn invites(&self, token: &str, who: Who, account: Option<&str>) {
        let ends_at = self.server.now() + SignedDuration::from_hours(24);
        let account = account.map(str::to_owned);
        let invitation =
            Invitation { staff: who.staff().id, account, made_at: self.server.now(), ends_at, used_at: None };
        self.server.store.put_invitation(TokenHash(Sha256::digest(token).into()), invitation).await.unwrap();
    }

    /// Opens an address as a page, and keeps the cookies.
    async fn open(&mut self, address: &str) -> Reply {
        let mut request = Request::get(address).header("host", HOST).header("sec-fetch-mode", "navigate");
        if let Some(cookies) = &self.browser.cookie {
            request = request.header("cookie", cookies);
        }
        let reply = self.browser.send(request.body(Body::empty()).unwrap()).await;
        for cookie in reply.headers.get_all("set-cookie") {
            self.browser.keep(cookie.to_str().unwrap());
        }
        reply
    }

    async fn begins(&mut self, query: &str) -> Asked {
        let reply = self.open(&format!("{START}{query}")).await;
        assert_eq!(reply.status, 303, "{reply:?}");
        let url: Url = reply.header("location").unwrap().parse().unwrap();
        assert!(url.as_str().starts_with(&format!("{}/auth?", self.provider.address)), "{url}");
        let named = |name: &str| url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
        assert_eq!(named("redirect_uri"), format!("{ORIGIN}{CALLBACK}"));
        assert_eq!((named("response_type"), named("code_challenge_method")), ("code".into(), "S256".into()));
        Asked { state: named("state"), nonce: named("nonce"), challenge: named("code_challenge"), url }
    }

    /// The claims of an ID token that holds.
    fn claims(&self, asked: &Asked) -> Value {
        let now = self.server.now().as_second();
        json!({
            "iss": self.provider.address, "aud": CLIENT, "sub": "account-of-sade", "nonce": asked.nonce,
            "iat": now, "exp": now + 300, "auth_time": now, "sid": "at-the-provider",
            "name": "Sade Okafor", "preferred_username": "sade@council.example",
        })
    }

    /// The provider sends the browser back, and gives this token for the code.
    async fn comes_back(&mut self, asked: &Asked, token: String) -> Reply {
        let code = self.provider.gives(&asked.challenge, token);
        self.open(&format!("{CALLBACK}?code={code}&state={}", asked.state)).await
    }

    /// Signs in with these claims changed.
    async fn signs_in(&mut self, query: &str, change: impl FnOnce(&mut Value)) -> Reply {
        let asked = self.begins(query).await;
        let mut claims = self.claims(&asked);
        change(&mut claims);
        let token = self.provider.sign(Some("JWT"), &claims);
        self.comes_back(&asked, token).await
    }

    async fn who(&self) -> Option<SessionResponse> {
        let reply = self.browser.get(SESSION).await;
        (reply.status == 200).then(|| reply.json())
    }

    fn last_noted(&self) -> (Option<domain::id::StaffId>, String) {
        let row = self.server.store.logged().pop().unwrap();
        assert_eq!(row.action, "sign_in");
        (row.staff, row.outcome.into_owned())
    }
}

#[track_caller]
fn leads_to(reply: &Reply, page: &str) {
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, Some(page)));
}

/// Nobody is signed in, the page says why, and it is noted.
#[track_caller]
fn refused(council: &Council, reply: &Reply, code: &str) {
    leads_to(reply, &format!("/?sign-in={code}"));
    let session =
        reply.headers.get_all("set-cookie").iter().any(|it| it.to_str().unwrap().starts_with("__Host-heard="));
    assert!(!session, "{reply:?}");
    let (staff, outcome) = council.last_noted();
    assert_eq!((staff, outcome.as_str()), (None, code));
}

#[tokio::test]
async fn somebody_who_was_invited_signs_in_and_comes_back_to_their_page() {
    let mut council = Council::start().await;
    council.invites("an-invitation", Who::AssignedWorker, Some("Sade@Council.example")).await;
    let reply = council.signs_in("?to=/today%3Fday%3D1&invitation=an-invitation", |_| {}).await;
    leads_to(&reply, "/today?day=1&sign-in=done");
    let cookie = reply.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("__Host-heard=") && cookie.ends_with("Path=/; Secure; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(council.who().await.unwrap().staff, Who::AssignedWorker.staff());
    assert_eq!(council.last_noted(), (Some(Who::AssignedWorker.staff().id), "done".to_owned()));
    let basic = STANDARD.encode(format!("{CLIENT}:{SECRET}"));
    assert_eq!(council.provider.says().authorization, Some(format!("Basic {basic}")));

    // From then on by the account alone, whatever it is called.
    council.browser = Client::anonymous(&council.server);
    let reply = council.signs_in("", |claims| claims["preferred_username"] = json!("married@council.example")).await;
    leads_to(&reply, "/?sign-in=done");
    assert_eq!(council.who().await.unwrap().staff, Who::AssignedWorker.staff());
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_before_it() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    council.signs_in("?invitation=one", |_| {}).await;
    let before = council.browser.clone();
    leads_to(&council.signs_in("", |_| {}).await, "/?sign-in=done");
    assert_eq!(before.get(SESSION).await.code(), "signed_out");
    assert!(council.who().await.is_some());
}

#[tokio::test]
async fn nobody_comes_in_uninvited() {
    let mut council = Council::start().await;
    let reply = council.signs_in("", |_| {}).await;
    refused(&council, &reply, "not_invited");
    let reply = council.signs_in("?invitation=made-up", |_| {}).await;
    refused(&council, &reply, "invitation_ended");
    assert!(council.who().await.is_none());
}

#[tokio::test]
async fn an_invitation_is_for_one_account_once_and_ends() {
    let mut council = Council::start().await;
    council.invites("sades", Who::AssignedWorker, Some("sade@council.example")).await;
    let reply = council.signs_in("?invitation=sades", |claims| claims["preferred_username"] = json!("eve@x")).await;
    refused(&council, &reply, "other_account");
    leads_to(&council.signs_in("?invitation=sades", |_| {}).await, "/?sign-in=done");
    let reply = council.signs_in("?invitation=sades", |claims| claims["sub"] = json!("another")).await;
    refused(&council, &reply, "invitation_ended");
    council.invites("late", Who::TeamManager, None).await;
    council.server.wait(SignedDuration::from_hours(24));
    let reply = council.signs_in("?invitation=late", |claims| claims["sub"] = json!("helen")).await;
    refused(&council, &reply, "invitation_ended");
    // Whoever is somebody here already stays who they are.
    council.invites("helens", Who::TeamManager, None).await;
    leads_to(&council.signs_in("?invitation=helens", |_| {}).await, "/?sign-in=done");
    assert_eq!(council.who().await.unwrap().staff, Who::AssignedWorker.staff());
}

#[tokio::test]
async fn a_link_that_was_made_before_its_owner_came_in_by_another_opens_nothing() {
    let mut council = Council::start().await;
    council.invites("lost", Who::AssignedWorker, None).await;
    council.server.wait(SignedDuration::from_mins(5));
    council.invites("found", Who::AssignedWorker, None).await;
    leads_to(&council.signs_in("?invitation=found", |_| {}).await, "/?sign-in=done");
    let reply = council.signs_in("?invitation=lost", |claims| claims["sub"] = json!("thief")).await;
    refused(&council, &reply, "invitation_ended");
}

#[tokio::test]
async fn the_first_administrator_is_named_once() {
    let mut council = Council::with(&[("HEARD_FIRST_ADMINISTRATOR", "lin@council.example")]).await;
    let reply = council.signs_in("", |_| {}).await;
    refused(&council, &reply, "not_invited");
    // An address that its owner wrote down, and nobody looked at.
    let reply = council.signs_in("", |claims| claims["email"] = json!("lin@council.example")).await;
    refused(&council, &reply, "not_invited");
    let as_lin = |claims: &mut Value| {
        claims["sub"] = json!("account-of-lin");
        claims["name"] = json!("Lin\u{202e} Zhang");
        claims["preferred_username"] = json!("Lin@council.example");
    };
    leads_to(&council.signs_in("", as_lin).await, "/?sign-in=done");
    let lin = council.who().await.unwrap().staff;
    assert_eq!((lin.name.as_str(), lin.role), ("Lin Zhang", Role::Administrator));
    // Another account that goes by the same name is nobody.
    council.browser = Client::anonymous(&council.server);
    let reply = council
        .signs_in("", |claims| {
            as_lin(claims);
            claims["sub"] = json!("another");
        })
        .await;
    refused(&council, &reply, "not_invited");
    leads_to(&council.signs_in("", as_lin).await, "/?sign-in=done");
    assert_eq!(council.who().await.unwrap().staff, lin);
}

#[tokio::test]
async fn a_callback_twice_or_late_or_elsewhere_signs_nobody_in() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    let asked = council.begins("?invitation=one").await;
    let token = council.provider.sign(None, &council.claims(&asked));
    let code = council.provider.gives(&asked.challenge, token.clone());
    let address = format!("{CALLBACK}?code={code}&state={}", asked.state);
    leads_to(&council.open(&address).await, "/?sign-in=done");
    // The same browser, by Back: it is signed in.
    let again = council.open(&address).await;
    leads_to(&again, "/?sign-in=done");
    assert_eq!(again.header("set-cookie"), None);
    // Anybody else, who read the address somewhere.
    let signed_in = std::mem::replace(&mut council.browser, Client::anonymous(&council.server));
    let reply = council.open(&address).await;
    refused(&council, &reply, "not_under_way");

    // Begun here, ended in another browser.
    let asked = council.begins("").await;
    council.browser = Client::anonymous(&council.server);
    let reply = council.comes_back(&asked, token.clone()).await;
    refused(&council, &reply, "other_browser");

    let asked = council.begins("").await;
    council.server.wait(SignedDuration::from_mins(15));
    let reply = council.comes_back(&asked, token.clone()).await;
    refused(&council, &reply, "not_under_way");
    for query in ["", "?code=1", "?state=made-up&code=1"] {
        let reply = council.open(&format!("{CALLBACK}{query}")).await;
        refused(&council, &reply, "not_under_way");
    }
    // Two tabs of one browser: each ends what it began.
    let (first, second) = (council.begins("?to=/a").await, council.begins("?to=/b").await);
    for (asked, page) in [(&second, "/b?sign-in=done"), (&first, "/a?sign-in=done")] {
        let token = council.provider.sign(None, &council.claims(asked));
        leads_to(&council.comes_back(asked, token).await, page);
    }
    assert_eq!(signed_in.get(SESSION).await.status, 200, "whoever was signed in elsewhere still is");
}

#[tokio::test]
async fn what_the_provider_says_went_wrong_is_told_in_our_words() {
    let mut council = Council::start().await;
    for (error, code) in [
        ("access_denied", "cancelled"),
        ("temporarily_unavailable", "provider_unreachable"),
        ("invalid_scope", "provider_set_up_wrong"),
    ] {
        let asked = council.begins("").await;
        let reply = council.open(&format!("{CALLBACK}?error={error}&error_description=x&state={}", asked.state)).await;
        refused(&council, &reply, code);
    }
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_and_one_that_is_back_is_used() {
    let mut council = Council::start().await;
    council.provider.says().is_up = false;
    let reply = council.open(START).await;
    refused(&council, &reply, "provider_unreachable");
    council.provider.says().is_up = true;
    let reply = council.open(START).await;
    refused(&council, &reply, "provider_unreachable");
    council.server.wait(SignedDuration::from_secs(10));
    council.invites("one", Who::AssignedWorker, None).await;
    let asked = council.begins("?invitation=one").await;
    let token = council.provider.sign(None, &council.claims(&asked));
    council.provider.says().is_up = false;
    let reply = council.comes_back(&asked, token).await;
    refused(&council, &reply, "provider_unreachable");
    // What it said of itself is known for a while, and when it does not answer still is.
    council.server.wait(SignedDuration::from_hours(2));
    let asked = council.begins("?invitation=one").await;
    council.provider.says().is_up = true;
    let token = council.provider.sign(None, &council.claims(&asked));
    leads_to(&council.comes_back(&asked, token).await, "/?sign-in=done");
}

#[tokio::test]
async fn a_key_that_was_rotated_is_fetched_once() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    leads_to(&council.signs_in("?invitation=one", |_| {}).await, "/?sign-in=done");
    assert_eq!(council.provider.says().asked_for_keys, 1);
    council.server.wait(SignedDuration::from_mins(1));
    council.provider.says().keys = vec![Key::fresh("second")];
    leads_to(&council.signs_in("", |_| {}).await, "/?sign-in=done");
    leads_to(&council.signs_in("", |_| {}).await, "/?sign-in=done");
    assert_eq!(council.provider.says().asked_for_keys, 2);
    // Whoever makes keys up does not make us ask each time.
    for _ in 0..3 {
        let asked = council.begins("").await;
        let token = Key::fresh("made up").sign(None, &council.claims(&asked));
        let reply = council.comes_back(&asked, token).await;
        refused(&council, &reply, "provider_not_trusted");
    }
    assert_eq!(council.provider.says().asked_for_keys, 2);
}

#[tokio::test]
async fn a_browser_opens_two_addresses_of_the_api_as_pages_and_no_other() {
    let mut council = Council::start().await;
    for address in [SESSION, "/api/v1/health", "/api/v1/auth", LOGOUT] {
        let reply = council.open(address).await;
        assert!((403..=405).contains(&reply.status.as_u16()), "{address}: {reply:?}");
    }
    let post = council.browser.post(START, &json!({})).await;
    assert_eq!((post.status.as_u16(), post.code().as_str()), (405, "method_not_allowed"));
    assert_eq!(council.browser.get("/api/v1/session/demo").await.code(), "not_found", "no way round the provider");
}

#[tokio::test]
async fn without_a_provider_the_page_says_so() {
    let server = Server::start().await;
    let browser = Client::anonymous(&server);
    let mut council = Council { server, provider: AnyProvider::start().await, browser };
    let reply = council.open(START).await;
    refused(&council, &reply, "no_provider");
    let token = council.provider.sign(Some("logout+jwt"), &json!({}));
    let reply = logout::logout(&council, &format!("logout_token={token}")).await;
    assert_eq!(reply.code(), "not_found");
}

#[tokio::test]
async fn the_link_that_an_administrator_gave_lets_one_person_in() {
    let mut council = Council::start().await;
    let lin = Client::signed_in(&council.server, Who::Administrator).await;
    let request = InviteRequest { staff: Who::AssignedWorker.staff(), account: None };
    let invited: InviteResponse = lin.post("/api/v1/staff", &request).await.json();
    let query = invited.link.strip_prefix(START).unwrap().to_owned();
    leads_to(&council.signs_in(&query, |_| {}).await, "/?sign-in=done");
    assert_eq!(council.who().await.unwrap().staff, Who::AssignedWorker.staff());
    let seen: StaffResponse = lin.get("/api/v1/staff").await.json();
    let sade = seen.staff.into_iter().find(|one| one.staff == Who::AssignedWorker.staff()).unwrap();
    assert_eq!(sade.account_since, Some(council.server.now()));
    council.browser = Client::anonymous(&council.server);
    let reply = council.signs_in(&query, |claims| claims["sub"] = json!("another")).await;
    refused(&council, &reply, "invitation_ended");
}

#[tokio::test]
async fn a_new_vault_wants_a_fresh_proof_and_one_that_is_there_does_not() {
    let mut council = Council::start().await;
    council.invites("one", Who::AssignedWorker, None).await;
    let long_ago = |claims: &mut Value| claims["auth_time"] = json!(claims["iat"].as_i64().unwrap() - 3_600);
    let first = EnrolRequest { replica: ReplicaId(Uuid::new_v4()), vault: VaultId(Uuid::new_v4()), replaces: None };
    council.signs_in("?invitation=one", long_ago).await;
    assert_eq!(council.browser.post(REPLICAS, &first).await.code(), "sign_in_again");
    council.signs_in("?fresh=1", |_| {}).await;
    assert_eq!(council.browser.post(REPLICAS, &first).await.status, 200);
    // A copied profile goes on under another replica, whenever that is noticed.
    council.signs_in("", long_ago).await;
    let forked = EnrolRequest { replica: ReplicaId(Uuid::new_v4()), replaces: Some(first.replica), ..first };
    assert_eq!(council.browser.post(REPLICAS, &forked).await.status, 200);
    let another = EnrolRequest { replica: ReplicaId(Uuid::new_v4()), vault: VaultId(Uuid::new_v4()), replaces: None };
    assert_eq!(council.browser.post(REPLICAS, &another).await.code(), "sign_in_again");
}

#[tokio::test]
async fn whoever_gets_another_account_has_no_session_of_the_one_before() {
    let mut council = Council::start().await;
    council.invites("first", Who::AssignedWorker, None).await;
    council.signs_in("?invitation=first", |_| {}).await;
    let before = std::mem::replace(&mut council.browser, Client::anonymous(&council.server));
    council.invites("second", Who::AssignedWorker, None).await;
    let another = |claims: &mut Value| claims["sub"] = json!("another account of Sade");
    leads_to(&council.signs_in("?invitation=second", another).await, "/?sign-in=done");
    assert_eq!(before.get(SESSION).await.code(), "signed_out");
    assert_eq!(council.who().await.unwrap().staff, Who::AssignedWorker.staff());
    council.browser = Client::anonymous(&council.server);
    let reply = council.signs_in("", |_| {}).await;
    refused(&council, &reply, "not_invited");
}
