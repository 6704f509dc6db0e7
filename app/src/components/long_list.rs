//! A long list: the first of it at once, more when it is asked for. A record grows for years; its page must not.

use leptos::prelude::*;
use leptos_fluent::tr;

/// So many are shown at first, and with each asking.
const STEP: usize = 10;

/// How many are asked for. What outlives a list that is made anew keeps it, so that what was unfolded stays so.
#[derive(Clone, Copy, PartialEq)]
pub struct AskedFor(RwSignal<usize>);

impl AskedFor {
    /// The first of it.
    pub fn first() -> AskedFor {
        AskedFor(RwSignal::new(STEP))
    }
}

/// A list and how far it is shown. Cheap to copy.
pub struct LongList<T: Send + Sync + 'static> {
    all: StoredValue<Vec<T>>,
    asked_for: AskedFor,
}

impl<T: Send + Sync + 'static> Copy for LongList<T> {}

impl<T: Send + Sync + 'static> Clone for LongList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + Send + Sync + 'static> LongList<T> {
    pub fn new(all: Vec<T>, asked_for: AskedFor) -> LongList<T> {
        LongList { all: StoredValue::new(all), asked_for }
    }

    /// The places shown now; follows it.
    pub fn places(self) -> std::ops::Range<usize> {
        0..self.len().min(self.asked_for.0.get())
    }

    /// What is at a place that is shown.
    pub fn at(self, place: usize) -> Option<T> {
        self.all.with_value(|all| all.get(place).cloned())
    }

    fn len(self) -> usize {
        self.all.with_value(Vec::len)
    }

    fn left(self) -> usize {
        self.len().saturating_sub(self.asked_for.0.get())
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
                    on:click=move |_| list.asked_for.0.update(|count| *count += STEP)
                >
                    {move || tr!("show-more", {"count" => more(), "left" => list.left()})}
                </button>
            </p>
        </Show>
    }
}
