//! *Something else*: the whole built-in vocabulary, by topic, a page at a time. Nothing scrolls: whoever presses with one
//! switch reaches every card.

use domain::vocabulary::{Symbol, Topic, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::activity::{Activity, Overlay};
use super::escapes::StopOnly;
use super::tap::Tap;
use crate::components::Picture;
use crate::platform::page;

/// So many places has a page where nobody has found out how many things the child can choose among; with more pages than one,
/// the last place turns over.
const PLACES: usize = 12;

/// Which cards lie on which page, for a child who can choose among so many.
fn pages(symbols: &[Symbol], options: Option<u8>) -> Vec<&[Symbol]> {
    let places = options.map_or(PLACES, |options| usize::from(options.max(1)) + 1);
    if symbols.len() <= places { vec![symbols] } else { symbols.chunks(places - 1).collect() }
}

/// Every card there is.
#[component]
pub(super) fn EveryCard(activity: Activity) -> impl IntoView {
    let words = Vocabulary::built_in();
    let (asked, picture, options) = activity.capture.with_untracked(|capture| {
        (capture.question.id.clone(), capture.question.topic.symbol.clone(), capture.layout.options)
    });
    let asked_about = words.question(&asked).map(|question| question.topic.as_str());
    // Of a question that somebody wrote: where its picture is.
    let is_there = |topic: &Topic| match asked_about {
        Some(asked) => topic.id == asked,
        None => topic.symbols.iter().any(|symbol| symbol.id == picture),
    };
    let first = words.topics.iter().position(is_there).unwrap_or_default();
    let open = RwSignal::new((first, 0_usize));
    let choose = move |chose| {
        let showing =
            activity.capture.with_untracked(|capture| capture.open_presentation.as_ref().map(|(showing, _)| *showing));
        if showing.is_some_and(|showing| activity.press(Tap::Bring(showing, chose))) {
            activity.overlay.set(Overlay::None);
        }
    };
    Effect::new(|_| page::focus(".child__else"));
    let theme = activity.theme;
    view! {
        <div class="topic-tabs" role="tablist" aria-label=tr!("child-topics")>
            {words.topics.iter().enumerate().map(|(place, topic)| view! {
                <button
                    class="topic-tab" type="button" role="tab" aria-controls="child-every"
                    data-target=format!("topic-{}", topic.id) data-rank="navigation"
                    aria-selected=move || (open.get().0 == place).to_string()
                    on:click=move |_| open.set((place, 0))
                >
                    <Picture symbol=topic.symbol.clone() theme/>
                    <span>{topic.words.as_str()}</span>
                </button>
            }).collect_view()}
        </div>
        <section class="child__every" id="child-every" role="tabpanel" aria-label=tr!("child-something-else")>
            <h1 class="child__else" tabindex="-1">{tr!("child-something-else")}</h1>
            <div class="symbol-grid" data-few=options.map(|_| "")>
                {move || {
                    let (topic, page) = open.get();
                    let topic: &'static Topic = &words.topics[topic];
                    let pages = pages(&topic.symbols, options);
                    let (page, count) = (page.min(pages.len() - 1), pages.len());
                    let turn = (count > 1).then(|| view! { <Turn open page count/> });
                    let cards = pages[page].iter().map(|symbol| view! {
                        <button class="symbol-card" type="button" data-target=symbol.id.clone() on:click=move |_| choose(Some(symbol.card()))>
                            <Picture symbol=symbol.id.clone() theme/>
                            <span class="symbol-card__words">{symbol.words.as_str()}</span>
                        </button>
                    }).collect_view();
                    view! { {cards}{turn} }
                }}
            </div>
        </section>
        <div class="escapes--start">
            <button
                class="escape escape--back" type="button" data-target="back" data-rank="escape"
                on:click=move |_| {
                    activity.stage.comes_back();
                    choose(None);
                }
            >
                <Picture symbol="skip" theme/>
                <span>{tr!("child-back")}</span>
            </button>
        </div>
        <StopOnly activity/>
    }
}

/// Turns to the next page, and from the last to the first.
#[component]
fn Turn(open: RwSignal<(usize, usize)>, page: usize, count: usize) -> impl IntoView {
    let dots =
        (0..count).map(|dot| view! { <span class="symbol-turn__dot" data-here=(dot == page).then_some("")></span> });
    view! {
        <button
            class="symbol-card symbol-turn" type="button" data-target="more" data-rank="navigation"
            on:click=move |_| open.update(|(_, page)| *page = (*page + 1) % count)
        >
            <span class="symbol-turn__dots" aria-hidden="true">{dots.collect_view()}</span>
            <span class="symbol-card__words">{tr!("child-more")}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_is_on_one_page_and_no_page_has_more_than_the_child_can_choose_among() {
        for options in [None, Some(1), Some(2), Some(4)] {
            let cards = options.map_or(PLACES - 1, usize::from);
            for topic in &Vocabulary::built_in().topics {
                let pages = pages(&topic.symbols, options);
                let room = if pages.len() == 1 { cards + 1 } else { cards };
                assert!(pages.iter().all(|page| !page.is_empty() && page.len() <= room), "{}", topic.id);
                assert_eq!(pages.iter().map(|page| page.len()).sum::<usize>(), topic.symbols.len());
            }
        }
    }
}
