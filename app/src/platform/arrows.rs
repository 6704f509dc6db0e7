//! Keys on the child's screen: arrows go to the next target in their direction, and a key held down presses once.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// A way across the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Left,
    Right,
    Up,
    Down,
}

/// Whether this key presses.
pub fn is_press(key: &str) -> bool {
    matches!(key, "Enter" | " ")
}

/// Whether this is a press that a held key repeats.
pub fn is_repeated_press(event: &KeyboardEvent) -> bool {
    event.repeat() && is_press(&event.key()) && !is_typing()
}

/// Moves focus if this is an arrow key; says whether it did.
pub fn moved(event: &KeyboardEvent) -> bool {
    let way = match event.key().as_str() {
        "ArrowLeft" => Way::Left,
        "ArrowRight" => Way::Right,
        "ArrowUp" => Way::Up,
        "ArrowDown" => Way::Down,
        _ => return false,
    };
    !is_typing() && go(way).is_some()
}

fn is_typing() -> bool {
    active().is_some_and(|element| element.tag_name() == "INPUT")
}

fn active() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.active_element()
}

fn go(way: Way) -> Option<()> {
    let document = web_sys::window()?.document()?;
    // The adult's corner is for Tab: an arrow must not stray there.
    let all = document.query_selector_all("main.child button:not(:disabled, .corner-hold)").ok()?;
    let targets: Vec<HtmlElement> = (0..all.length())
        .filter_map(|place| all.item(place)?.dyn_into().ok())
        // What an overlay covers is no target.
        .filter(|target: &HtmlElement| target.closest("[inert]").ok().flatten().is_none())
        .collect();
    let from = middle(&active()?);
    let places: Vec<(f64, f64)> = targets.iter().map(|target| middle(target)).collect();
    targets.get(nearest(from, way, &places)?)?.focus().ok()
}

fn middle(element: &web_sys::Element) -> (f64, f64) {
    let place = element.get_bounding_client_rect();
    (place.x() + place.width() / 2.0, place.y() + place.height() / 2.0)
}

/// The nearest place that way: what lies straight ahead comes before what lies aside, and what lies far aside is not that way.
fn nearest(from: (f64, f64), way: Way, places: &[(f64, f64)]) -> Option<usize> {
    const ASIDE: f64 = 2.0;
    const WIDEST: f64 = 3.0;
    let cost = |(x, y): (f64, f64)| {
        let (right, down) = (x - from.0, y - from.1);
        let (ahead, aside) = match way {
            Way::Left => (-right, down),
            Way::Right => (right, down),
            Way::Up => (-down, right),
            Way::Down => (down, right),
        };
        (ahead > 1.0 && aside.abs() <= WIDEST * ahead).then(|| ahead + ASIDE * aside.abs())
    };
    let reached = places.iter().enumerate().filter_map(|(place, at)| Some((place, cost(*at)?)));
    reached.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_goes_to_what_lies_straight_ahead() {
        // Two over two, and the card above them.
        let places = [(100.0, 300.0), (300.0, 300.0), (100.0, 500.0), (300.0, 500.0)];
        assert_eq!(nearest((100.0, 300.0), Way::Right, &places), Some(1));
        assert_eq!(nearest((100.0, 300.0), Way::Down, &places), Some(2));
        assert_eq!(nearest((300.0, 500.0), Way::Up, &places), Some(1));
        assert_eq!(nearest((300.0, 500.0), Way::Left, &places), Some(2));
        assert_eq!(nearest((200.0, 100.0), Way::Up, &places), None);
        assert_eq!(nearest((290.0, 700.0), Way::Right, &places), None, "far aside");
        assert!(nearest((200.0, 100.0), Way::Down, &places).is_some_and(|place| place < 2));
    }
}
