//! How a view was given, in words.

use domain::payload::capture::{
    Audience, Card, Clarity, HowGiven, OptionsChosenBy, PauseReason, Seen, SharingChosen, Support,
};
use domain::payload::profile::Input;
use domain::payload::visit::{Assent, Assented};
use domain::record::visit::Visit;
use leptos_fluent::tr;

use crate::plan::audience;
use crate::words;

/// "Eye pointing read by S. Okafor, clear. Two choices. No physical help. With a supporter: K. Doyle, advocate."
pub fn how_given(how: &HowGiven, cells: usize) -> String {
    let read = match (&how.read_by, how.clarity) {
        (Some(by), Some(clarity)) => {
            tr!("given-read", {"mode" => mode(how.mode), "by" => by.clone(), "clarity" => clear(clarity)})
        }
        (Some(by), None) => tr!("given-read-by", {"mode" => mode(how.mode), "by" => by.clone()}),
        (None, _) => tr!("given-mode", {"mode" => mode(how.mode)}),
    };
    let mut parts = vec![
        read,
        tr!("given-choices", {"cells" => cells}),
        support(how.support),
        chosen(how.options_chosen_by),
        seen(&how.seen),
    ];
    // A supporter who has just been named need not be named again.
    let supporter = match &how.seen {
        Seen::WithSupporter { who } | Seen::FamilyPresent { who } => Some(who),
        Seen::Alone | Seen::ParentPresent { .. } => None,
    };
    let others: Vec<&str> = how.present.iter().filter(|who| Some(*who) != supporter).map(String::as_str).collect();
    if !others.is_empty() {
        parts.push(tr!("given-present", {"who" => others.join(", ")}));
    }
    parts.join(" ")
}

/// What to know of whether the child agreed to be asked at a visit: the class of the note, and its words. A yes needs none.
pub fn agreement(visit: &Visit, child: &str) -> Option<(&'static str, String)> {
    let child = child.to_owned();
    let said_no = visit.assents.iter().any(|assented| assented.what.assent == Assent::Declined);
    match visit.assents.last()?.what {
        Assented { assent: Assent::Declined, .. } => Some(("heard-alert", tr!("manager-declined", {"child" => child}))),
        Assented { assent: Assent::Unclear, .. } => {
            Some(("heard-prompt", tr!("manager-agreement-unclear", {"child" => child})))
        }
        Assented { assent: Assent::Agreed, ref signal, .. } if said_no => {
            Some(("heard-prompt", tr!("manager-declined-first", {"child" => child, "signal" => signal.clone()})))
        }
        Assented { assent: Assent::Agreed, .. } => None,
    }
}

/// By what means.
pub fn mode(input: Input) -> String {
    match input {
        Input::Touch => tr!("mode-touch"),
        Input::EyePointing => tr!("mode-eye-pointing"),
        Input::OneSwitch => tr!("mode-one-switch"),
        Input::TwoSwitches => tr!("mode-two-switches"),
        Input::Keyboard => tr!("mode-keyboard"),
        Input::Dwell => tr!("mode-dwell"),
        Input::Partner => tr!("mode-partner"),
    }
}

/// How plain it was.
pub fn clear(clarity: Clarity) -> String {
    match clarity {
        Clarity::Clear => tr!("clarity-clear"),
        Clarity::Unclear => tr!("clarity-unclear"),
        Clarity::SecondReaderAgreed => tr!("clarity-second"),
    }
}

fn support(support: Support) -> String {
    match support {
        Support::None => tr!("support-none"),
        Support::DeviceHeld => tr!("support-held"),
        Support::Prompts => tr!("support-prompts"),
        Support::HandOverHand => tr!("support-hand"),
    }
}

fn chosen(by: OptionsChosenBy) -> String {
    match by {
        OptionsChosenBy::Child => tr!("chosen-child"),
        OptionsChosenBy::Worker => tr!("chosen-worker"),
        OptionsChosenBy::Family => tr!("chosen-family"),
        OptionsChosenBy::School => tr!("chosen-school"),
    }
}

fn seen(seen: &Seen) -> String {
    match seen {
        Seen::Alone => tr!("seen-alone"),
        Seen::WithSupporter { who } => tr!("seen-supporter", {"who" => who.clone()}),
        Seen::FamilyPresent { who } => tr!("seen-family", {"who" => who.clone()}),
        Seen::ParentPresent { why } => tr!("seen-parent", {"why" => why.clone()}),
    }
}

/// Why an adult marked a pause.
pub fn pause(why: PauseReason) -> String {
    match why {
        PauseReason::Tired => tr!("pause-tired"),
        PauseReason::CareNeed => tr!("pause-care"),
        PauseReason::SomeoneCameIn => tr!("pause-someone"),
        PauseReason::AdultAnswered => tr!("pause-answered"),
        PauseReason::Prompted => tr!("pause-prompted"),
        PauseReason::Resumed => tr!("pause-resumed"),
    }
}

/// What the child said about who may see it: who must not (to be set apart), and who may.
/// `cards` has those of which somebody may see only some.
pub fn sharing(chosen: &SharingChosen, cards: &[Card], child: &str) -> (Option<String>, Option<String>) {
    let named = |who: Audience| {
        let only = chosen.told_of(who).filter_map(|option| cards.iter().find(|card| card.id == *option));
        words::but_only(audience(who), only)
    };
    let names = |of: Vec<Audience>| of.into_iter().map(named).collect::<Vec<_>>().join(", ");
    let said_not: Vec<Audience> = chosen.not_tell.iter().copied().collect();
    let not =
        (!said_not.is_empty()).then(|| tr!("sharing-not", {"child" => child.to_owned(), "who" => names(said_not)}));
    let words = domain::text::trimmed(&chosen.words);
    let not = match not {
        Some(not) if !words.is_empty() => Some(format!("{not} “{words}”")),
        not => not,
    };
    let said_may: Vec<Audience> = chosen.said_may().collect();
    let may = (!said_may.is_empty()).then(|| tr!("sharing-may", {"who" => names(said_may)}));
    (not, may)
}
