//! The server: the router as it is, over a store of its own. No socket: a request goes in and its reply comes out, as one
//! step, so that a history that failed fails again.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use domain::entry::Entry;
use domain::id::{ReplicaId, StreamId};
use domain::record::Record;
use functions::Origins;
use functions::app::App;
use functions::clock::Clock;
use functions::seal::Seal;
use functions::server::router;
use functions::session::{self, Proof};
use functions::static_files::StaticFiles;
use functions::store::{Budget, Enrolment, Head, Store, StoreError};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use crate::people::Who;
use crate::support::store::{self, Backup, Kept, Place};
use crate::support::watched::Watched;
use crate::wire::Reply;

/// Monday morning.
const BEGINNING: &str = "2026-11-23T09:00:00Z";
const HOST: &str = "127.0.0.1:8787";

/// A request as it was made, and by whom: it may arrive again, whenever that is.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) path: &'static str,
    pub(crate) cookie: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// The server with everybody in it.
pub(crate) struct Server {
    runtime: Runtime,
    store: RefCell<Arc<Watched>>,
    place: RefCell<Place>,
    router: RefCell<Router>,
    millis: Arc<AtomicI64>,
    /// Every request that left a tablet.
    pub(crate) made: RefCell<Vec<Made>>,
    /// Those of them that have not arrived yet.
    pub(crate) late: RefCell<Vec<Made>>,
    pub(crate) asked: Cell<usize>,
}

impl Server {
    pub(crate) fn start() -> Server {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let millis = Arc::new(AtomicI64::new(BEGINNING.parse::<Timestamp>().unwrap().as_millisecond()));
        let Kept { store, place } = runtime.block_on(staffed());
        let store = Arc::new(store);
        let router = runtime.block_on(started(&store, &millis)).unwrap();
        Server {
            runtime,
            store: RefCell::new(store),
            place: RefCell::new(place),
            router: RefCell::new(router),
            millis,
            made: RefCell::default(),
            late: RefCell::default(),
            asked: Cell::new(0),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis.load(Ordering::Relaxed)).unwrap()
    }

    pub(crate) fn wait(&self, duration: SignedDuration) {
        self.millis.fetch_add(i64::try_from(duration.as_millis()).unwrap(), Ordering::Relaxed);
    }

    pub(crate) fn store(&self) -> Arc<Watched> {
        Arc::clone(&self.store.borrow())
    }

    /// Somebody signs in: their cookie.
    pub(crate) fn sign_in(&self, who: Who) -> String {
        let store = self.store();
        let (token, _) =
            self.runtime.block_on(session::begin(&*store, who.staff().id, Proof::now(self.now()), self.now())).unwrap();
        format!("__Host-heard={}", token.write())
    }

    /// A request arrives, and is answered.
    pub(crate) fn answer(&self, made: &Made) -> Reply {
        self.asked.set(self.asked.get() + 1);
        let mut request = Request::post(format!("/api/v1/{}", made.path))
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .header("sec-fetch-mode", "cors")
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(cookie) = &made.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(made.body.clone())).unwrap();
        let router = self.router.borrow().clone();
        self.runtime.block_on(async {
            let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
            let text = |name| parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            let (kind, retry_after) = (text(header::CONTENT_TYPE).unwrap_or_default(), text(header::RETRY_AFTER));
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Reply { status: parts.status.as_u16(), kind, retry_after, body }
        })
    }

    /// The process begins anew over what is stored.
    pub(crate) fn restart(&self) {
        self.store().revive();
        *self.router.borrow_mut() = self.runtime.block_on(started(&self.store(), &self.millis)).unwrap();
    }

    pub(crate) fn back_up(&self) -> Backup {
        self.runtime.block_on(self.place.borrow().copy())
    }

    /// The server goes on from a copy. Whoever does that raises the epochs.
    pub(crate) fn restore(&self, backup: &Backup) {
        self.wait(SignedDuration::from_mins(1));
        let Kept { store, place } = self.runtime.block_on(backup.restored());
        self.store.replace(Arc::new(store));
        self.place.replace(place);
        let epoch = u64::try_from(self.now().as_second()).unwrap();
        self.runtime.block_on(self.store().raise_epochs(epoch)).unwrap();
        self.restart();
    }

    pub(crate) fn revoke(&self, replica: ReplicaId) {
        self.runtime.block_on(self.store().revoke(replica, self.now())).unwrap();
    }

    pub(crate) fn enrolment(&self, replica: ReplicaId) -> Option<Enrolment> {
        self.runtime.block_on(self.store().enrolment(replica)).unwrap()
    }

    pub(crate) fn head(&self, stream: StreamId) -> Option<Head> {
        self.runtime.block_on(self.store().head(stream)).unwrap()
    }

    pub(crate) fn seal(&self) -> Seal {
        self.runtime.block_on(Seal::of(&*self.store())).unwrap()
    }

    pub(crate) fn entries(&self, stream: StreamId) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let budget = Budget { entries: 5_000, bytes: 1 << 24 };
            let after = entries.last().map_or(0, |entry| entry.seq);
            let page = self.runtime.block_on(self.store().entries(stream, after, budget)).unwrap();
            if page.is_empty() {
                return entries;
            }
            entries.extend(page);
        }
    }

    /// What everybody should see.
    pub(crate) fn record(&self, stream: StreamId) -> Record {
        let mut record = Record::default();
        self.entries(stream).iter().for_each(|entry| record.fold(entry));
        record
    }

    /// All that is stored, as whoever got hold of the disk could read it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.runtime.block_on(self.place.borrow().bytes())
    }
}

async fn staffed() -> Kept {
    let kept = store::fresh().await;
    for who in Who::ALL {
        kept.store.put_staff(&who.staff()).await.unwrap();
    }
    kept
}

async fn started(store: &Arc<Watched>, millis: &Arc<AtomicI64>) -> Result<Router, StoreError> {
    let hands = Arc::clone(millis);
    let clock = Clock::new(move || Timestamp::from_millisecond(hands.load(Ordering::Relaxed)).unwrap());
    let app = App::new(Arc::clone(store) as Arc<dyn Store>, clock, Origins::Loopback).await?;
    Ok(router(app, StaticFiles::default()))
}
