//! A drawing of a child: its lines, as they were drawn.

use std::fmt::Write;

use domain::payload::making::{Ink, Line, SHEET};
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;

/// The colour of an ink, as a style sheet names it.
pub fn ink_name(ink: Ink) -> &'static str {
    match ink {
        Ink::Black => "black",
        Ink::Red => "red",
        Ink::Orange => "orange",
        Ink::Green => "green",
        Ink::Blue => "blue",
        Ink::Purple => "purple",
        Ink::Brown => "brown",
    }
}

/// The same where there is no style sheet, in a picture file: as `styles/_ink.scss` has it.
pub fn ink_colour(ink: Ink) -> &'static str {
    match ink {
        Ink::Black => "#1b2733",
        Ink::Red => "#c8102e",
        Ink::Orange => "#d9590b",
        Ink::Green => "#1a7f37",
        Ink::Blue => "#1456b8",
        Ink::Purple => "#7b3fa0",
        Ink::Brown => "#7a4a21",
    }
}

/// A line as the path of a picture. One point is a dot: a line to itself.
pub fn path(points: &[(u16, u16)]) -> String {
    let mut path = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{x} {y}", if place == 0 { "M" } else { "L" });
    }
    if let [(x, y)] = points {
        let _ = write!(path, "L{x} {y}");
    }
    path
}

/// The lines on their sheet.
#[component]
pub fn Lines(lines: Vec<Line>) -> impl IntoView {
    let lines =
        lines.into_iter().map(|line| view! { <path class="ink" data-ink=ink_name(line.ink) d=path(&line.points)/> });
    view! { <g>{lines.collect_view()}</g> }
}

/// For a reader: every drawing of an activity. Nothing where there is none.
#[component]
pub fn Drawings(capture: Capture) -> impl IntoView {
    let drawings: Vec<_> = capture.drawings().map(|(card, lines)| (card.words.clone(), lines.to_vec())).collect();
    let sheet = |(words, lines): (String, Vec<Line>)| {
        view! {
            <svg class="drawing" viewBox=format!("0 0 {} {}", SHEET.0, SHEET.1) role="img" aria-label=tr!("drawing-about", {"topic" => words})>
                <Lines lines/>
            </svg>
        }
    };
    drawings.into_iter().map(sheet).collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_file_has_the_colours_of_the_style_sheet() {
        let sheet = include_str!("../../styles/_ink.scss");
        for ink in Ink::ALL {
            assert!(sheet.contains(&format!("\"{}\": {},", ink_name(ink), ink_colour(ink))), "{ink:?}");
        }
    }

    #[test]
    fn a_line_is_a_path_and_a_dot_is_a_line_to_itself() {
        assert_eq!(path(&[(1, 2), (3, 4)]), "M1 2L3 4");
        assert_eq!(path(&[(1, 2)]), "M1 2L1 2");
        assert_eq!(path(&[]), "");
    }
}
