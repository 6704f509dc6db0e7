//! The child's screen in the browser's page: which targets it has, which is highlighted, where the ring fills.

use access::{Ms, Offer, Rank, Target};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, HtmlElement, MouseEvent, MutationObserver, MutationObserverInit, PointerEvent,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};

/// What may be reached.
const TARGETS: &str = "main.child .child__stage [data-target]";
/// What is the adult's: nothing of it is a target, a switch or a key of the child's.
const ADULTS: &str = ".corner-hold, .overlay";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn all(selector: &str) -> Vec<HtmlElement> {
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

fn element(target: &str) -> Option<HtmlElement> {
    let name = target.replace('\\', "\\\\").replace('"', "\\\"");
    document()?.query_selector(&format!("{TARGETS}[data-target=\"{name}\"]")).ok()??.dyn_into().ok()
}

/// The names of the targets on the screen, in the order of the page.
pub fn names() -> Vec<String> {
    all(TARGETS).iter().filter_map(|element| element.get_attribute("data-target")).collect()
}

/// The targets on the screen, in the same order. Where they lie is asked: that lays the page out.
pub fn on_screen() -> Vec<Target> {
    let elements = all(TARGETS);
    let tops: Vec<(f64, f64)> = elements
        .iter()
        .map(|element| {
            let place = element.get_bounding_client_rect();
            (place.y(), place.height())
        })
        .collect();
    let rows = rows(&tops);
    let of = |(element, row): (HtmlElement, u8)| {
        let rank = match element.get_attribute("data-rank").as_deref() {
            Some("navigation") => Rank::Navigation,
            Some("escape") => Rank::Escape,
            Some("stop") => Rank::Stop,
            _ => Rank::Answer,
        };
        Some(Target::new(element.get_attribute("data-target")?, rank, row))
    };
    elements.into_iter().zip(rows).filter_map(of).collect()
}

/// In which row each lies, from its top and its height: what begins above the middle of another is in its row.
fn rows(tops: &[(f64, f64)]) -> Vec<u8> {
    let mut order: Vec<usize> = (0..tops.len()).collect();
    order.sort_by(|one, other| tops[*one].0.total_cmp(&tops[*other].0));
    let mut rows = vec![0; tops.len()];
    let (mut row, mut middle) = (0_u8, f64::INFINITY);
    for place in order {
        let (top, height) = tops[place];
        if top > middle {
            row = row.saturating_add(1);
            middle = f64::INFINITY;
        }
        middle = middle.min(top + height / 2.0);
        rows[place] = row;
    }
    rows
}

/// The name of the target that stops everything, where there is one.
pub fn stop() -> Option<String> {
    all(&format!("{TARGETS}[data-rank=stop]")).first()?.get_attribute("data-target")
}

/// The target that an event is for.
pub fn target_of(event: &Event) -> Option<String> {
    target_at(&event.target()?.dyn_into().ok()?)
}

/// The target that is under a pointer now: a finger's own events stay with where it went down.
pub fn target_under(event: &PointerEvent) -> Option<String> {
    if event.pointer_type() == "mouse" {
        return target_of(event);
    }
    #[expect(clippy::cast_precision_loss, reason = "the width of a screen")]
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    target_at(&document()?.element_from_point(x, y)?)
}

fn target_at(element: &Element) -> Option<String> {
    element.closest(TARGETS).ok()??.get_attribute("data-target")
}

/// Whether an event is for what is the adult's.
pub fn is_adults(event: &Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(ADULTS).ok().flatten().is_some())
}

/// The adult's button on the screen that an event is for, by its name.
pub fn adults_button_of(event: &Event) -> Option<String> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest("[data-switch]").ok()??.get_attribute("data-switch")
}

/// Whether this is a finger, or the main button of a mouse.
pub fn is_main_button(event: &PointerEvent) -> bool {
    let button: &MouseEvent = event.unchecked_ref();
    button.button() == 0
}

/// Whether this is the right button of a mouse.
pub fn is_right_button(event: &PointerEvent) -> bool {
    let button: &MouseEvent = event.unchecked_ref();
    event.pointer_type() == "mouse" && button.button() == 2
}

/// Highlights what is offered, and nothing else.
pub fn highlight(offer: &Offer) {
    let (how, ids) = offered(offer);
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    for element in all(TARGETS) {
        let _ = match element.get_attribute("data-target") {
            Some(id) if ids.contains(&id) => {
                // On a phone a review is longer than the screen.
                element.scroll_into_view_with_scroll_into_view_options(&nearest);
                element.set_attribute("data-offered", how)
            }
            _ => element.remove_attribute("data-offered"),
        };
    }
}

/// What is offered, as the page says it.
fn offered(offer: &Offer) -> (&'static str, &[String]) {
    match offer {
        Offer::Nothing => ("", &[]),
        Offer::Target(id) => ("one", std::slice::from_ref(id)),
        Offer::Group(ids) => ("group", ids),
        Offer::Back(ids) => ("back", ids),
    }
}

/// Fills a ring at the target that is touched, or else at what is offered; without a time there is none.
pub fn ring(touched: Option<&str>, ms: Option<Ms>) {
    let at = ms.and_then(|_| touched.and_then(element).or_else(|| all("main.child [data-offered]").into_iter().next()));
    // The same animation goes on where it is set once more: another one of the same make begins anew.
    let again = at.as_ref().and_then(|at| at.get_attribute("data-ring")).is_some_and(|ring| ring.is_empty());
    for element in all("main.child [data-ring]") {
        let _ = element.remove_attribute("data-ring");
    }
    if let (Some(element), Some(ms)) = (at, ms) {
        let _ = element.style().set_property("--ring-ms", &format!("{ms}ms"));
        let _ = element.set_attribute("data-ring", if again { "again" } else { "" });
    }
}

/// What a target says of itself: `data-says`, or else its name.
pub fn words_of(target: &str) -> String {
    let Some(element) = element(target) else { return String::new() };
    let named_by = element.get_attribute("aria-labelledby").and_then(|id| document()?.get_element_by_id(&id));
    let named = || named_by.and_then(|name| name.text_content());
    let says = element.get_attribute("data-says").or_else(|| element.get_attribute("aria-label")).or_else(named);
    says.or_else(|| element.text_content()).unwrap_or_default().trim().to_owned()
}

/// Marks what was chosen, so that it is seen before anything follows from it; without a name nothing is.
pub fn mark_chosen(target: Option<&str>) {
    for element in all("main.child [data-chosen]") {
        let _ = element.remove_attribute("data-chosen");
    }
    if let Some(element) = target.and_then(element) {
        let _ = element.set_attribute("data-chosen", "");
    }
}

/// Presses a target: what it does is its click.
pub fn click(target: &str) {
    if let Some(element) = element(target) {
        element.click();
    }
}

/// Watches the child's screen.
pub struct Watching {
    observer: MutationObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Runs when something has come or gone on the screen.
pub fn on_change(act: impl Fn() + 'static) -> Option<Watching> {
    let changed = Closure::<dyn FnMut()>::new(act);
    let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok()?;
    let watched = MutationObserverInit::new();
    watched.set_child_list(true);
    watched.set_subtree(true);
    watched.set_attributes(true);
    watched.set_attribute_filter(&js_sys::Array::of1(&JsValue::from_str("data-target")));
    observer.observe_with_options(document()?.body()?.as_ref(), &watched).ok()?;
    Some(Watching { observer, _changed: changed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_side_by_side_is_one_row_from_the_top() {
        let tops = [(500.0, 300.0), (500.0, 300.0), (100.0, 60.0), (520.0, 140.0), (660.0, 140.0)];
        assert_eq!(rows(&tops), [1, 1, 0, 1, 2]);
        assert!(rows(&[]).is_empty());
    }
}
