//! A server with one member of staff, one enrolled tablet and nothing else, asked without a socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use domain::Role;
use domain::id::{ReplicaId, StaffId, StreamId, TeamId, VaultId};
use domain::permission::Employment;
use domain::wire::{Problem, PushRequest, PushResponse, Staff};
use functions::Origins;
use functions::app::App;
use functions::clock::Clock;
use functions::server::router;
use functions::session::Token;
use functions::static_files::StaticFiles;
use functions::store::sqlite::SqliteStore;
use functions::store::{Budget, Enrolment, EscrowKey, Session, Store};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use uuid::Uuid;

/// The session that is open: the corpus names it.
pub const COOKIE: &str = "__Host-heard=0707070707070707070707070707070707070707070707070707070707070707";
const TOKEN: &str = "0707070707070707070707070707070707070707070707070707070707070707";
const NOW: &str = "2026-11-26T10:10:00Z";
const HOST: &str = "127.0.0.1:8787";

pub struct Bench {
    pub runtime: Runtime,
    pub router: Router,
    store: SqliteStore,
    _folder: tempfile::TempDir,
}

impl Default for Bench {
    fn default() -> Bench {
        Bench::new()
    }
}

impl Bench {
    pub fn new() -> Bench {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("heard.sqlite")).expect("a store");
        let router = runtime.block_on(furnished(&store));
        Bench { runtime, router, store, _folder: folder }
    }

    /// Sends the body of a push, twice.
    pub fn push(&self, body: &[u8]) {
        let before = self.stored(body);
        let (status, kind, reply) = self.post("/api/v1/push", body);
        let after = self.stored(body);
        if status != 200 {
            assert!((400..500).contains(&status), "{status}: {}", String::from_utf8_lossy(&reply));
            assert_eq!(kind, "application/problem+json");
            let problem: Problem = serde_json::from_slice(&reply).expect("a problem");
            assert_eq!(problem.status, status);
            assert_eq!(after, before, "what is refused leaves no trace");
            return;
        }
        let _: PushResponse = serde_json::from_slice(&reply).expect("a reply");
        for (stream, count) in &after {
            let entries =
                self.runtime.block_on(self.store.entries(*stream, 0, Budget { entries: *count, bytes: 1 << 24 }));
            let entries = entries.expect("entries");
            assert!(entries.iter().zip(1..).all(|(entry, seq)| entry.seq == seq), "dense");
        }
        let (again, _, _) = self.post("/api/v1/push", body);
        assert_eq!((again, self.stored(body)), (200, after), "the same again stores nothing");
    }

    /// The streams that a push names, as far as it can be read, and how much each has.
    fn stored(&self, body: &[u8]) -> Vec<(StreamId, usize)> {
        let Ok(push) = serde_json::from_slice::<PushRequest>(body) else { return Vec::new() };
        let head = |stream| {
            let head = self.runtime.block_on(self.store.head(stream)).expect("a head");
            (stream, head.map_or(0, |head| usize::try_from(head.seq).expect("few entries")))
        };
        push.streams.iter().map(|push| head(push.stream)).collect()
    }

    fn post(&self, path: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
        let request = Request::post(path)
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, COOKIE)
            .body(Body::from(body.to_vec()))
            .expect("a request");
        self.runtime.block_on(async {
            let Ok(response) = self.router.clone().oneshot(request).await;
            let (parts, body) = response.into_parts();
            let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            let body = body.collect().await.expect("a body").to_bytes().to_vec();
            (parts.status.as_u16(), kind.to_owned(), body)
        })
    }
}

async fn furnished(store: &SqliteStore) -> Router {
    let now: Timestamp = NOW.parse().expect("a time");
    let staff = StaffId(Uuid::from_u128(1));
    let team = TeamId(Uuid::from_u128(0x11));
    let sade = Staff {
        id: staff,
        name: "Sade Okafor".into(),
        role: Role::Worker,
        team,
        team_name: "North".into(),
        employment: Employment::Working,
    };
    store.put_staff(&sade).await.expect("staff");
    let session = Session {
        staff,
        created_at: now,
        authenticated_at: Some(now),
        provider_session: None,
        last_seen: now,
        ends_at: "2027-01-01T00:00:00Z".parse().expect("a time"),
    };
    store.put_session(Token::read(TOKEN).expect("a token").hash(), session).await.expect("a session");
    let enrolment = Enrolment {
        replica: ReplicaId(Uuid::from_u128(0x81)),
        staff,
        vault: VaultId(Uuid::from_u128(0x91)),
        replaces: None,
        enrolled_at: now,
        revoked_at: None,
        seen: None,
    };
    store.enrol(enrolment, EscrowKey([7; 32])).await.expect("an enrolment");
    // It goes on a little each time it is asked, or all of these pushes would be too many for one minute.
    let asked = AtomicI64::new(0);
    let clock = Clock::new(move || {
        now.saturating_add(SignedDuration::from_millis(200 * asked.fetch_add(1, Ordering::Relaxed))).unwrap_or(now)
    });
    let app = App::new(Arc::new(store.clone()), clock, Origins::Loopback).await.expect("an app");
    router(app, StaticFiles::default())
}
