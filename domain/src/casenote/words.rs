//! How a note says things.

use jiff::civil::{Date, Weekday};

use crate::payload::capture::{
    Audience, Clarity, Escape, GivenAnotherWay, Means, OptionsChosenBy, PauseReason, Seen, Support,
};
use crate::payload::harm::HarmDecision;
use crate::payload::observation::{Confidence, Mark, Pain};
use crate::payload::profile::Input;
use crate::payload::visit::{Assent, Lane, NotGatheredReason};

/// A date as people say it: "Thursday 26 November 2026".
pub(super) fn day(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let month = match date.month() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    };
    format!("{weekday} {} {month} {}", date.day(), date.year())
}

/// Words as one line, so that nothing typed can look like a heading of the note.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same without a full stop of its own, to stand inside a sentence.
pub(super) fn unstopped(text: &str) -> String {
    one_line(text).trim_end_matches('.').to_owned()
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Family => "family",
        Audience::School => "school",
        Audience::SocialWorker => "my social worker",
    }
}

pub(super) fn assent(assent: Assent, child: &str) -> String {
    match assent {
        Assent::Agreed => format!("{child} agreed"),
        Assent::Declined => format!("{child} did not agree"),
        Assent::Unclear => "it could not be told".into(),
    }
}

pub(super) fn seen(seen: &Seen) -> String {
    match seen {
        Seen::Alone => "alone".into(),
        Seen::WithSupporter { who } => {
            format!("with a supporter who is not family ({})", one_line(who))
        }
        Seen::FamilyPresent { who } => format!("with family present: {}", one_line(who)),
        Seen::ParentPresent { why } => format!("with a parent present ({})", one_line(why)),
    }
}

pub(super) fn escape(escape: Escape) -> &'static str {
    match escape {
        Escape::DontKnow => "don't know",
        Escape::SomethingElse => "something else",
        Escape::Skip => "skip",
        Escape::Stop => "stop",
    }
}

pub(super) fn clarity(clarity: Clarity) -> &'static str {
    match clarity {
        Clarity::Clear => "clear",
        Clarity::Unclear => "not clear",
        Clarity::SecondReaderAgreed => "a second reader agreed",
    }
}

pub(super) fn mode(input: Input) -> &'static str {
    match input {
        Input::Touch => "touch",
        Input::EyePointing => "eye-pointing",
        Input::OneSwitch => "one switch",
        Input::TwoSwitches => "two switches",
        Input::Keyboard => "keys",
        Input::Dwell => "resting on a place",
        Input::Partner => "an adult offered each place in turn",
    }
}

pub(super) fn support(support: Support) -> &'static str {
    match support {
        Support::None => "none",
        Support::DeviceHeld => "somebody held the device",
        Support::Prompts => "prompts",
        Support::HandOverHand => "hand over hand",
    }
}

pub(super) fn chosen_by(by: OptionsChosenBy) -> &'static str {
    match by {
        OptionsChosenBy::Child => "the child",
        OptionsChosenBy::Worker => "the worker",
        OptionsChosenBy::Family => "the family",
        OptionsChosenBy::School => "school",
    }
}

/// None for the end of a pause.
pub(super) fn pause(why: PauseReason) -> Option<&'static str> {
    match why {
        PauseReason::Tired => Some("tired"),
        PauseReason::CareNeed => Some("a care need"),
        PauseReason::SomeoneCameIn => Some("someone came in"),
        PauseReason::AdultAnswered => Some("an adult answered"),
        PauseReason::Prompted => Some("an adult prompted"),
        PauseReason::Resumed => None,
    }
}

pub(super) fn another_way(given: GivenAnotherWay) -> String {
    let means = match given.means {
        Means::OwnDevice => "the child's own communication device",
        Means::Book => "a communication book or board",
        Means::Signs => "signs",
        Means::Objects => "objects",
        Means::PaperMat => "a mat on paper",
    };
    let later = if given.later { ", written down later" } else { "" };
    format!("Given without the tablet, with {means}{later}.")
}

pub(super) fn harm_decision(decision: HarmDecision) -> &'static str {
    match decision {
        HarmDecision::Explained => "It is explained",
        HarmDecision::Unsure => "Not sure",
        HarmDecision::Worried => "The child may not be safe",
        HarmDecision::Looked => "Looked at",
    }
}

pub(super) fn pain(pain: Pain) -> &'static str {
    match pain {
        Pain::None => "no sign of pain",
        Pain::Signs => "signs of pain",
        Pain::Unknown => "nobody could tell whether in pain",
    }
}

pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::LooksAt => "looks at it",
        Mark::TurnsAway => "turns away",
        Mark::Smiles => "smiles",
        Mark::GoesStill => "goes still",
        Mark::Reaches => "reaches",
        Mark::PushesAway => "pushes away",
        Mark::Sounds => "sounds",
        Mark::Frowns => "frowns or cries",
        Mark::SomethingElse => "something else",
        Mark::Begins => "it begins",
        Mark::Ends => "it ends",
        Mark::SomeoneCameIn => "someone came in",
        Mark::Moved => "moved",
    }
}

pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "as a guess",
        Confidence::Some => "fairly sure",
        Confidence::High => "sure",
    }
}

pub(super) fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Child => "The child, outside an activity",
        Lane::Parent => "Parent or carer",
        Lane::Family => "Extended family",
        Lane::Professional => "Professional",
        Lane::Observation => "Observation",
    }
}

pub(super) fn not_gathered(reason: NotGatheredReason) -> &'static str {
    match reason {
        NotGatheredReason::Asleep => "Asleep",
        NotGatheredReason::Unwell => "Unwell or in pain",
        NotGatheredReason::Declined => "Did not want to",
        NotGatheredReason::NotThere => "Not there",
        NotGatheredReason::MethodDidNotSuit => "The method did not suit",
        NotGatheredReason::NotFree => "Not free to answer: somebody else answered, or would not leave",
        NotGatheredReason::Other => "Another reason",
    }
}
