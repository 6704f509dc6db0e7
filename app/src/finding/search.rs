//! What was looked for last, and who was found: in memory only, for names belong in no address.

use domain::doubles::Sought;
use domain::id::StreamId;
use domain::wire::{FoundChild, SearchRequest, SearchResponse};
use leptos::prelude::*;
use replica::exchange::Failure;

use crate::components::DateBoxes;
use crate::platform::http::Server;

/// The search of whoever is at work, until they lock or leave. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Search {
    pub(super) name: RwSignal<String>,
    pub(super) birth: RwSignal<DateBoxes>,
    pub(super) number: RwSignal<String>,
    pub(super) ask: Action<Sought, Result<SearchResponse, Failure>>,
}

impl Search {
    /// Provides it to the pages below.
    pub fn provide() {
        let ask = Action::new_local(|sought: &Sought| {
            let request = SearchRequest { sought: sought.clone() };
            async move { Server.search(&request).await }
        });
        let (name, birth, number) = (RwSignal::default(), RwSignal::default(), RwSignal::default());
        provide_context(Search { name, birth, number, ask });
    }

    /// The search of the pages.
    pub(super) fn get() -> Search {
        expect_context()
    }

    /// A child who was found, if this is one.
    pub(super) fn found(self, stream: StreamId) -> Option<FoundChild> {
        let found = self.ask.value();
        found.with(|found| match found {
            Some(Ok(reply)) => reply.found.iter().find(|child| child.stream == stream).cloned(),
            _ => None,
        })
    }
}
