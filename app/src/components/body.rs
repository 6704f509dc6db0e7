//! A plain outline of a body, front and back, without gender.

use domain::asking::Kind;
use domain::asking::body::{BACK, FRONT};
use domain::payload::capture::Card;
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Picture;

/// Front or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodySide {
    /// Facing us: the child's right is on our left.
    Front,
    /// From behind.
    Back,
}

/// The outline's own size; parts are measured in it.
const SIZE: (u16, u16) = (240, 480);
const BODY: &str = "M106 94v14C84 112 62 118 56 142L34 250q-3 16 10 18q11 2 15-12L82 170L84 250L78 452q-1 16 14 16q14 0 15-14L118 \
    272h4L133 454q1 14 15 14q15 0 14-16L156 250L158 170L181 256q4 14 15 12q13-2 10-18L184 142C178 118 156 112 134 108V94";

/// Where each part can be touched: left, top, width, height. No two overlap.
const AREAS: [(&str, [u16; 4]); 18] = [
    ("head", [70, 0, 100, 68]),
    ("neck", [70, 68, 100, 44]),
    ("chest", [78, 112, 84, 64]),
    ("tummy", [78, 176, 84, 54]),
    ("privates", [78, 230, 84, 46]),
    ("right-arm", [0, 112, 78, 92]),
    ("left-arm", [162, 112, 78, 92]),
    ("right-hand", [0, 204, 78, 72]),
    ("left-hand", [162, 204, 78, 72]),
    ("right-leg", [40, 276, 80, 128]),
    ("left-leg", [120, 276, 80, 128]),
    ("right-foot", [40, 404, 80, 76]),
    ("left-foot", [120, 404, 80, 76]),
    ("back-of-head", [70, 0, 100, 92]),
    ("back", [60, 92, 120, 110]),
    ("bottom", [60, 202, 120, 74]),
    ("back-of-left-leg", [40, 276, 80, 204]),
    ("back-of-right-leg", [120, 276, 80, 204]),
];

impl BodySide {
    /// On which side a part is; none for what is no part.
    pub fn of(part: &str) -> Option<BodySide> {
        let is_in = |parts: &[(&str, &str)]| parts.iter().any(|(id, _)| *id == part);
        match (is_in(&FRONT), is_in(&BACK)) {
            (true, _) => Some(BodySide::Front),
            (_, true) => Some(BodySide::Back),
            _ => None,
        }
    }
}

/// Where a part lies on its outline: left, top, width and height. They are set one by one, for the page's policy takes no style
/// attribute.
pub fn body_area(part: &str) -> [String; 4] {
    let area = AREAS.iter().find(|(id, _)| *id == part).map_or([0; 4], |(_, area)| *area);
    let of = [SIZE.0, SIZE.1, SIZE.0, SIZE.1];
    std::array::from_fn(|side| format!("{:.2}%", f64::from(area[side]) * 100.0 / f64::from(of[side])))
}

/// One side of it, with what lies on its parts.
#[component]
pub fn BodyOutline(side: BodySide, children: Children) -> impl IntoView {
    let words = match side {
        BodySide::Front => tr!("body-front"),
        BodySide::Back => tr!("body-back"),
    };
    let face = (side == BodySide::Front).then(|| view! { <path d="M107 46v6M133 46v6M108 70h24"/> });
    view! {
        <figure class="body">
            <div class="body__ground">
                <svg class="body__outline" viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) aria-hidden="true">
                    <ellipse cx="120" cy="52" rx="36" ry="44"/>
                    <path d=BODY/>
                    {face}
                </svg>
                {children()}
            </div>
            <figcaption class="body__side">{words}</figcaption>
        </figure>
    }
}

/// For a reader: what was said of each part, where it was said. Nothing for another way of asking.
#[component]
pub fn BodySaid(capture: Capture) -> impl IntoView {
    if capture.asking.kind() != Some(Kind::Body) {
        return ().into_any();
    }
    let said: Vec<(BodySide, String, Card)> = capture
        .views()
        .filter_map(|view| {
            // A part that was shown and of which nothing more was said lies where it was shown.
            let part =
                if BodySide::of(&view.placed.option.id).is_some() { &view.placed.option.id } else { &view.placed.cell };
            Some((BodySide::of(part)?, part.clone(), view.place()?))
        })
        .collect();
    let marks = |side: BodySide| {
        let here = said.iter().filter(|(on, ..)| *on == side);
        let mark = |(_, part, place): &(BodySide, String, Card)| {
            let [left, top, width, height] = body_area(part);
            view! {
                <span class="body__mark" style:left=left style:top=top style:width=width style:height=height>
                    <Picture symbol=place.symbol.clone()/>
                </span>
            }
        };
        here.map(mark).collect_view()
    };
    let (front, back) = (marks(BodySide::Front), marks(BodySide::Back));
    view! {
        <div class="body-said" aria-hidden="true">
            <BodyOutline side=BodySide::Front>{front}</BodyOutline>
            <BodyOutline side=BodySide::Back>{back}</BodyOutline>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_an_area_of_its_own_within_the_outline() {
        for parts in [FRONT.as_slice(), &BACK] {
            let areas: Vec<_> = parts
                .iter()
                .map(|(id, _)| {
                    AREAS.iter().find(|(part, _)| part == id).unwrap_or_else(|| panic!("{id} has an area")).1
                })
                .collect();
            for (at, [left, top, width, height]) in areas.iter().enumerate() {
                assert!(left + width <= SIZE.0 && top + height <= SIZE.1, "{:?}", parts[at]);
                let overlaps = areas[at + 1..].iter().any(|[l, t, w, h]| {
                    left < &(l + w) && l < &(left + width) && top < &(t + h) && t < &(top + height)
                });
                assert!(!overlaps, "{:?} overlaps another part", parts[at]);
            }
        }
    }
}
