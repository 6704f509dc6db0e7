//! The sample that an auditor works through: kept sealed like a draft, until another is drawn.

use domain::id::StreamId;
use domain::wire::{FoundChild, SampleResponse, SampledChild};
use leptos::prelude::*;

use crate::components::draft::Draft;

/// What was drawn last. Cheap to copy; found in the context.
#[derive(Clone, Copy)]
pub struct Sampled {
    /// The children, and when and out of how many they were drawn.
    pub drawn: RwSignal<Option<SampleResponse>>,
    draft: Draft,
}

impl Sampled {
    /// Provides it to the pages below.
    pub fn provide() {
        let drawn = RwSignal::new(None);
        let draft = Draft::named("draft/sample".to_owned());
        draft.restore(move |kept: SampleResponse| drawn.set(Some(kept)));
        provide_context(Sampled { drawn, draft });
    }

    /// The sample of the pages.
    pub fn get() -> Sampled {
        expect_context()
    }

    /// Another was drawn.
    pub fn keep(self, sample: SampleResponse) {
        self.draft.keep(|| sample.clone());
        self.drawn.set(Some(sample));
    }

    /// A child who was drawn, if this is one.
    pub fn child(self, stream: StreamId) -> Option<FoundChild> {
        let of = |sample: &SampleResponse| -> Option<SampledChild> {
            sample.children.iter().find(|one| one.child.stream == stream).cloned()
        };
        self.drawn.with(|drawn| drawn.as_ref().and_then(of)).map(|one| one.child)
    }
}
