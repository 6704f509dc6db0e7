//! A server of one's own, a client per role, a device that keeps its chain, and operations to send.

pub(crate) mod client;
pub(crate) mod device;
pub(crate) mod operations;
pub(crate) mod provider;
mod store;
mod table;
pub(crate) mod watched;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use domain::Role;
use domain::id::{StaffId, StreamId, TeamId};
use domain::permission::Employment;
use domain::wire::Staff;
use functions::Origins;
use functions::app::App;
use functions::auth::Provider;
use functions::clock::Clock;
use functions::server::router;
use functions::static_files::StaticFiles;
use functions::store::Store;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use store::Kept;
pub(crate) use store::{Backup, on_dynamodb};
use watched::Watched;

/// Monday morning.
const BEGINNING: &str = "2026-11-23T09:00:00Z";

pub(crate) const NORTH: TeamId = TeamId(Uuid::from_u128(0xa));
pub(crate) const COAST: TeamId = TeamId(Uuid::from_u128(0xb));

/// Somebody to be: the columns of the table of access, for a child of North that Sade works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    AssignedWorker,
    SameTeamWorker,
    OtherTeamWorker,
    TeamManager,
    OtherManager,
    Duty,
    Auditor,
    Administrator,
}

impl Who {
    pub(crate) const ALL: [Who; 8] = [
        Who::AssignedWorker,
        Who::SameTeamWorker,
        Who::OtherTeamWorker,
        Who::TeamManager,
        Who::OtherManager,
        Who::Duty,
        Who::Auditor,
        Who::Administrator,
    ];

    pub(crate) fn staff(self) -> Staff {
        let (id, name, role, team) = match self {
            Who::AssignedWorker => (1, "Sade Okafor", Role::Worker, NORTH),
            Who::SameTeamWorker => (2, "Priya Nair", Role::Worker, NORTH),
            Who::OtherTeamWorker => (3, "Tom Reid", Role::Worker, COAST),
            Who::TeamManager => (4, "Helen Marsh", Role::Manager, NORTH),
            Who::OtherManager => (5, "Imran Aziz", Role::Manager, COAST),
            Who::Duty => (6, "Bronwen Price", Role::Duty, COAST),
            Who::Auditor => (7, "Marcus Bell", Role::Auditor, NORTH),
            Who::Administrator => (8, "Lin Zhang", Role::Administrator, NORTH),
        };
        let team_name = if team == NORTH { "North" } else { "Coast" };
        Staff {
            id: StaffId(Uuid::from_u128(id)),
            name: name.into(),
            role,
            team,
            team_name: team_name.into(),
            employment: Employment::Working,
        }
    }
}

/// A server with everybody in it, and nothing else.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) router: Router,
    pub(crate) store: Arc<Watched>,
    millis: Arc<AtomicI64>,
    place: Arc<store::Place>,
}

impl Server {
    pub(crate) async fn start() -> Server {
        Server::with_files(StaticFiles::default()).await
    }

    pub(crate) async fn with_files(files: StaticFiles) -> Server {
        Server::staffed(store::fresh().await, files).await
    }

    /// The same process anew, over what is stored.
    pub(crate) async fn restarted(&self) -> Server {
        self.store.revive();
        let (store, place) = (Arc::clone(&self.store), Arc::clone(&self.place));
        Server::serving(store, place, Arc::clone(&self.millis), StaticFiles::default()).await
    }

    /// For tests that hold the clock.
    pub(crate) async fn on_this_machine() -> Server {
        Server::staffed(store::sqlite(), StaticFiles::default()).await
    }

    async fn staffed(kept: Kept, files: StaticFiles) -> Server {
        let beginning: Timestamp = BEGINNING.parse().unwrap();
        let millis = Arc::new(AtomicI64::new(beginning.as_millisecond()));
        let server = Server::over(kept, millis, files).await;
        for who in Who::ALL {
            server.store.put_staff(&who.staff()).await.unwrap();
        }
        server
    }

    /// Copies the store.
    pub(crate) async fn back_up(&self) -> Backup {
        self.place.copy().await
    }

    /// The server goes on from a copy, as after a disaster; the clock does not go back.
    pub(crate) async fn set_back(&self, backup: &Backup) -> Server {
        Server::over(backup.restored().await, Arc::clone(&self.millis), StaticFiles::default()).await
    }

    /// Whether these words are anywhere in the store.
    pub(crate) async fn holds(&self, marker: &str) -> bool {
        self.place.bytes().await.windows(marker.len()).any(|window| window == marker.as_bytes())
    }

    async fn over(Kept { store, place }: Kept, millis: Arc<AtomicI64>, files: StaticFiles) -> Server {
        Server::serving(Arc::new(store), Arc::new(place), millis, files).await
    }

    async fn serving(
        store: Arc<Watched>,
        place: Arc<store::Place>,
        millis: Arc<AtomicI64>,
        files: StaticFiles,
    ) -> Server {
        let hands = Arc::clone(&millis);
        let clock = Clock::new(move || Timestamp::from_millisecond(hands.load(Ordering::Relaxed)).unwrap());
        let app = App::new(Arc::clone(&store) as Arc<dyn Store>, clock, Origins::Loopback).await.unwrap();
        Server { router: router(app, files), store, millis, place }
    }

    /// The same store, with people who sign in by a provider.
    pub(crate) async fn signing_in_by(&self, provider: Provider) -> Server {
        let hands = Arc::clone(&self.millis);
        let clock = Clock::new(move || Timestamp::from_millisecond(hands.load(Ordering::Relaxed)).unwrap());
        let app = App::new(Arc::clone(&self.store) as Arc<dyn Store>, clock, Origins::Loopback).await.unwrap();
        let app = app.with_provider(Some(provider));
        Server { router: router(app, StaticFiles::default()), ..self.clone() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis.load(Ordering::Relaxed)).unwrap()
    }

    pub(crate) fn wait(&self, duration: SignedDuration) {
        self.millis.fetch_add(i64::try_from(duration.as_millis()).unwrap(), Ordering::Relaxed);
    }
}

pub(crate) fn child(id: u128) -> StreamId {
    StreamId::child(Uuid::from_u128(id))
}
