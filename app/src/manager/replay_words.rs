//! The steps of a replay, in words.

use access::Reached;
use domain::payload::capture::{Clarity, EndedBy, Escape};
use leptos_fluent::tr;

use super::given;
use super::replay::{Frame, Moment};

/// One step, as someone would tell it.
pub fn in_words(frame: &Frame, child: &str) -> String {
    let happened = happened(&frame.moment, child);
    match &frame.reached {
        Some(reached) => format!("{happened} {}", reached_in_words(reached)),
        None => happened,
    }
}

/// "Chosen in round 2 after 9 offers, 0.4 s after the highlight. 1 press did not count."
fn reached_in_words(reached: &Reached) -> String {
    let tenths = |ms: u64| format!("{}.{}", ms / 1_000, ms % 1_000 / 100);
    let press = reached.press_ms.map(tenths).unwrap_or_default();
    let offered = match (reached.offered.len(), reached.round) {
        _ if reached.was_kept => None,
        (0, _) => None,
        (count, 0) => Some(tr!("replay-rested", {"count" => count, "seconds" => press})),
        (count, round) => Some(tr!("replay-offered", {"count" => count, "round" => round, "seconds" => press})),
    };
    let rested = (reached.rests > 0).then(|| tr!("replay-rounds-over", {"count" => reached.rests}));
    let kept = reached.was_kept.then(|| tr!("replay-kept"));
    let late = reached.was_late.then(|| tr!("replay-late"));
    let not_taken = reached.not_taken.len();
    let not_taken = (not_taken > 0).then(|| tr!("replay-not-taken", {"count" => not_taken}));
    [rested, offered, kept, late, not_taken].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn happened(moment: &Moment, child: &str) -> String {
    match moment {
        Moment::Shown(card) => tr!("replay-shown", {"card" => card.words.clone()}),
        Moment::Placed { card, cell, latency_ms, clarity } => {
            let placed = tr!("replay-placed", {"card" => card.words.clone(), "cell" => cell.words.clone(), "seconds" => seconds(*latency_ms)});
            match clarity {
                Some(clarity @ (Clarity::Unclear | Clarity::SecondReaderAgreed)) => {
                    format!("{placed} {}", tr!("replay-clarity", {"clarity" => given::clear(*clarity)}))
                }
                Some(Clarity::Clear) | None => placed,
            }
        }
        Moment::Moved { card, from, to } => {
            tr!("replay-moved", {"card" => card.words.clone(), "from" => from.words.clone(), "to" => to.words.clone()})
        }
        Moment::TakenBack(card) => tr!("replay-taken-back", {"card" => card.words.clone()}),
        Moment::Escaped { card, which, chose } => {
            let which = match which {
                Escape::DontKnow => tr!("escape-dont-know"),
                Escape::SomethingElse => tr!("escape-something-else"),
                Escape::Skip => tr!("escape-skip"),
                Escape::Stop => tr!("escape-stop"),
            };
            let chosen = match card {
                Some(card) => tr!("replay-escaped-at", {"which" => which, "card" => card.words.clone()}),
                None => tr!("replay-escaped", {"which" => which}),
            };
            match chose {
                Some(card) => format!("{chosen} {}", tr!("replay-chose", {"card" => card.words.clone()})),
                None => chosen,
            }
        }
        Moment::Paused(why) => given::pause(*why),
        Moment::Reviewed => tr!("replay-reviewed"),
        Moment::Drew(nth) => tr!("replay-drew", {"nth" => *nth}),
        Moment::TookLineBack(left) => tr!("replay-line-back", {"count" => *left}),
        Moment::Wrote(words) => tr!("replay-wrote", {"words" => words.clone()}),
        Moment::Sharing { chosen, cards } => {
            let (not, may) = given::sharing(chosen, cards, child);
            let said: Vec<String> = [not, may].into_iter().flatten().collect();
            if said.is_empty() { tr!("replay-sharing-nothing") } else { said.join(" ") }
        }
        Moment::Ended(EndedBy::Finished) => tr!("replay-ended-finished"),
        Moment::Ended(EndedBy::Child) => tr!("replay-ended-child", {"child" => child.to_owned()}),
        Moment::Ended(EndedBy::Worker) => tr!("replay-ended-worker"),
    }
}

fn seconds(latency_ms: u64) -> u64 {
    (latency_ms + 500) / 1_000
}
