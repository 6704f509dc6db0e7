//! A long list: the first of it at once, more when it is asked for. A record grows for years; its page must not.

use leptos::prelude::*;
use leptos_fluent::tr;

/// So many are shown at first, and with each asking.
const STEP: usize = 10;

/// A list and how far it is shown. Cheap to copy.
pub struct LongList<T: Send + Sync + 'static> {
    all: StoredValue<Vec<T>>,
    shown: RwSignal<usize>,
}

impl<T: Send + Sync + 'static> Copy for LongList<T> {}

impl<T: Send + Sync + 'static> Clone for LongList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + Send + Sync + 'static> LongList<T> {
    pub fn new(all: Vec<T>) -> LongList<T> {
        let shown = RwSignal::new(all.len().min(STEP));
        LongList { all: StoredValue::new(all), shown }
    }

    /// The places shown now; follows it.
    pub fn places(self) -> std::ops::Range<usize> {
        0..self.shown.get()
    }

    /// What is at a place that is shown.
    pub fn at(self, place: usize) -> Option<T> {
        self.all.with_value(|all| all.get(place).cloned())
    }

    fn left(self) -> usize {
        self.all.with_value(Vec::len) - self.shown.get()
    }
}

/// "Show 10 more", while there are more.
#[component]
pub fn ShowMore<T: Clone + Send + Sync + 'static>(list: LongList<T>) -> impl IntoView {
    let more = move || list.left().min(STEP);
    view! {
        <Show when=move || list.left() != 0>
            <p class="govuk-body">
                <button
                    class="govuk-button govuk-button--secondary" type="button"
                    on:click=move |_| { let more = more(); list.shown.update(|shown| *shown += more); }
                >
                    {move || tr!("show-more", {"count" => more(), "left" => list.left()})}
                </button>
            </p>
        </Show>
    }
}
