//! Drawing by steps, for whoever does not draw with a finger: the pen stands on the sheet, and each press takes it a step in one of
//! eight directions. Each direction is a target like any other, so that keys, switches, a rested gaze and a partner reach it.

use domain::payload::making::SHEET;
use leptos::prelude::*;
use leptos_fluent::tr;

/// Where the pen stands, and whether it draws as it goes. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub(super) at: RwSignal<(u16, u16)>,
    pub(super) is_down: RwSignal<bool>,
}

/// So far goes one step†: ten across a sheet.
const STEP: i32 = 100;

/// Where the pen can go: its name, how far right and down, its sign, and its words.
type Direction = (&'static str, (i32, i32), &'static str, fn() -> String);

/// Row by row, the middle one being the pen itself.
const DIRECTIONS: [Option<Direction>; 9] = [
    Some(("up-left", (-1, -1), "↖", || tr!("child-step-up-left"))),
    Some(("up", (0, -1), "↑", || tr!("child-step-up"))),
    Some(("up-right", (1, -1), "↗", || tr!("child-step-up-right"))),
    Some(("left", (-1, 0), "←", || tr!("child-step-left"))),
    None,
    Some(("right", (1, 0), "→", || tr!("child-step-right"))),
    Some(("down-left", (-1, 1), "↙", || tr!("child-step-down-left"))),
    Some(("down", (0, 1), "↓", || tr!("child-step-down"))),
    Some(("down-right", (1, 1), "↘", || tr!("child-step-down-right"))),
];

impl Pen {
    /// In the middle of the sheet, or where the last line ended.
    pub(super) fn begin(last: Option<(u16, u16)>) -> Pen {
        let middle = (SHEET.0 / 2, SHEET.1 / 2);
        Pen { at: RwSignal::new(last.unwrap_or(middle)), is_down: RwSignal::new(true) }
    }

    /// Goes a step; the two ends of the line that was drawn, if one was. It never leaves the sheet.
    fn goes(self, (right, down): (i32, i32)) -> Option<[(u16, u16); 2]> {
        let (x, y) = self.at.get_untracked();
        let to = (stepped(x, right, SHEET.0), stepped(y, down, SHEET.1));
        self.at.set(to);
        (self.is_down.get_untracked() && to != (x, y)).then_some([(x, y), to])
    }
}

fn stepped(from: u16, steps: i32, most: u16) -> u16 {
    let to = (i32::from(from) + steps * STEP).clamp(0, i32::from(most));
    u16::try_from(to).unwrap_or(from)
}

/// The directions of the pen, around it.
#[component]
pub(super) fn Steps(pen: Pen, drawn: Callback<[(u16, u16); 2]>) -> impl IntoView {
    let direction = move |(name, by, sign, words): Direction| {
        let words = words();
        let go = move |_| {
            if let Some(line) = pen.goes(by) {
                drawn.run(line);
            }
        };
        view! {
            <button class="make__letter" type="button" data-target=format!("go-{name}") aria-label=words.clone() data-says=words on:click=go>{sign}</button>
        }
    };
    let lift = move || {
        let words = move || if pen.is_down.get() { tr!("child-pen-lift") } else { tr!("child-pen-down") };
        view! {
            <button class="make__letter make__lift" type="button" data-target="pen" data-rank="navigation" on:click=move |_| pen.is_down.update(|is_down| *is_down = !*is_down)>{words}</button>
        }
    };
    view! {
        <div class="make__steps" role="group" aria-label=tr!("child-steps")>
            {DIRECTIONS.into_iter().map(|one| match one {
                Some(one) => direction(one).into_any(),
                None => lift().into_any(),
            }).collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pen_draws_as_it_goes_stays_on_its_sheet_and_goes_without_drawing_when_it_is_lifted() {
        let owner = Owner::new();
        owner.set();
        let pen = Pen::begin(None);
        assert_eq!(pen.goes((1, -1)), Some([(500, 350), (600, 250)]));
        for _ in 0..20 {
            pen.goes((0, -1));
        }
        assert_eq!(pen.at.get_untracked(), (600, 0));
        assert_eq!(pen.goes((0, -1)), None, "it stands at the edge");
        pen.is_down.set(false);
        assert_eq!(pen.goes((0, 1)), None);
        assert_eq!(pen.at.get_untracked(), (600, 100));
    }
}
