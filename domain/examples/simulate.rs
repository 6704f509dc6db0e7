//! How well the flags of `domain::trust` tell a habit from a view, tried on children who are made up (PRACTICE G). Prints the
//! table of `docs/asking.md`: `cargo run --release -p domain --example simulate`.

use domain::asking::choice::{Choice, Round};
use domain::asking::mat::Scale;
use domain::asking::{Asking, CheckOutcome, Kind, Mat, Step, YesNo, next};
use domain::id::{CaptureId, OperationId, PresentationId, StaffId, VisitId};
use domain::payload::Payload;
use domain::payload::capture::{Answered, CaptureStarted, Card, Layout};
use domain::payload::profile::{Cells, CommunicationProfile, Input};
use domain::record::Source;
use domain::record::capture::Capture;
use domain::trust::lean;
use domain::vocabulary::Vocabulary;
use uuid::Uuid;

/// So many children of each kind.
const CHILDREN: u32 = 10_000;

/// How a made-up child answers.
#[derive(Clone, Copy, Debug)]
enum Child {
    /// By preferences of their own, with a slip of 5 to 15 in a hundred.
    Consistent,
    /// Takes one side with a chance of .5 to .95, else their own.
    Side,
    /// Says yes, or the first point of the scale, with a chance of .5 to .95, else their own.
    YesSaying,
    /// Anything.
    Random,
    /// Their own for the first third, then anything.
    Tired,
    /// What the adult looks at, with a chance of .3 to .9, else their own; the adult knows what they want to hear.
    Following,
}

const ALL: [Child; 6] =
    [Child::Consistent, Child::Side, Child::YesSaying, Child::Random, Child::Tired, Child::Following];

impl Child {
    fn in_words(self) -> &'static str {
        match self {
            Child::Consistent => "consistent",
            Child::Side => "takes one side",
            Child::YesSaying => "says yes",
            Child::Random => "anything",
            Child::Tired => "tired",
            Child::Following => "follows the adult",
        }
    }
}

/// What they are asked by.
#[derive(Clone, Copy)]
enum Asked {
    /// A mat or yes and no: so many options, so many places.
    Placed(Kind, usize, usize),
    /// Laid and walked as the child's screen would: so many options, as many places as the way has.
    Walked(Kind, usize),
    /// A choice between four pictures.
    Choice,
}

/// Numbers by lot (SplitMix64): the same at each run.
struct Lots(u64);

impl Lots {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn happens(&mut self, chance: f64) -> bool {
        self.between(0.0, 1.0) < chance
    }
}

/// One child at one activity: what they like, and what the adult would like to hear, each as a rank of what is shown.
struct Sitting {
    child: Child,
    chance: f64,
    side: usize,
}

impl Sitting {
    fn new(child: Child, lots: &mut Lots) -> Sitting {
        let chance = match child {
            Child::Consistent => lots.between(0.05, 0.15),
            Child::Side | Child::YesSaying => lots.between(0.5, 0.95),
            Child::Following => lots.between(0.3, 0.9),
            Child::Random | Child::Tired => 0.0,
        };
        Sitting { child, chance, side: lots.below(2) }
    }

    /// Which of the places is taken: `own` is the child's, `adults` the adult's, `yes` the one that agrees.
    fn takes(
        &self,
        turn: (usize, usize),
        places: usize,
        (own, adults, yes): (usize, usize, usize),
        lots: &mut Lots,
    ) -> usize {
        match self.child {
            Child::Consistent if lots.happens(self.chance) => lots.below(places),
            Child::Side if lots.happens(self.chance) => self.side * (places - 1),
            Child::YesSaying if lots.happens(self.chance) => yes,
            Child::Following if lots.happens(self.chance) => adults,
            Child::Random => lots.below(places),
            Child::Tired if 3 * turn.0 >= turn.1 => lots.below(places),
            _ => own,
        }
    }
}

fn card(id: usize) -> Card {
    Card { id: format!("card-{id}"), symbol: String::new(), words: String::new() }
}

fn begun(asking: Asking) -> Capture {
    let words = Vocabulary::built_in();
    let started = CaptureStarted {
        visit: VisitId(Uuid::nil()),
        capture: CaptureId(Uuid::nil()),
        question: words.asked(&words.questions[0]),
        asking,
        layout: Layout::by(&CommunicationProfile::new("", Input::Touch, Cells::Two)),
    };
    Capture::begin(&started, source())
}

fn source() -> Source {
    Source {
        id: OperationId(Uuid::nil()),
        by: StaffId(Uuid::nil()),
        captured_at: jiff::Timestamp::UNIX_EPOCH,
        received_at: None,
    }
}

fn answer(capture: &mut Capture, option: &str, cell: &str) {
    let answered = Answered {
        capture: capture.id,
        presentation: PresentationId(Uuid::nil()),
        option: option.into(),
        cell: cell.into(),
        read_by: None,
        clarity: None,
        latency_ms: 0,
        reached: None,
    };
    capture.step(&Payload::Answered(answered), source());
}

/// Whether answers are flagged as leaning, and whether the choice that was asked again came out otherwise.
fn flags(child: Child, asked: Asked, lots: &mut Lots) -> (bool, bool) {
    let sitting = Sitting::new(child, lots);
    match asked {
        Asked::Placed(kind, options, places) => {
            let cards: Vec<Card> = (0..options).map(card).collect();
            let cells: Vec<Card> = (100..100 + places).map(card).collect();
            let mut capture = begun(match kind {
                Kind::YesNo => Asking::YesNo(YesNo { options: cards.clone(), answers: cells.clone() }),
                _ => Asking::Mat(Mat {
                    options: cards.clone(),
                    scale: Scale { id: String::new(), cells: cells.clone() },
                    ends: Vec::new(),
                    check: None,
                }),
            });
            for (turn, option) in cards.iter().enumerate() {
                let wants = (lots.below(places), lots.below(places), 0);
                let taken = sitting.takes((turn, options), places, wants, lots);
                answer(&mut capture, &option.id, &cells[taken].id);
            }
            (lean(&capture).is_some(), false)
        }
        Asked::Walked(kind, options) => {
            let words = Vocabulary::built_in();
            let profile = CommunicationProfile::new("", Input::Touch, Cells::Three);
            let cards: Vec<Card> = (0..options).map(card).collect();
            let laid = kind.laid(&words.questions[0], cards, &profile, |below| lots.below(below));
            let mut capture = begun(laid);
            let mut turn = 0;
            while let Step::Show(option) = next(&capture) {
                let cells: Vec<String> = capture.asking.shown(&option.id).iter().map(|cell| cell.id.clone()).collect();
                let wants = (lots.below(cells.len()), lots.below(cells.len()), 0);
                let taken = sitting.takes((turn, options), cells.len(), wants, lots);
                answer(&mut capture, &option.id, &cells[taken]);
                turn += 1;
            }
            (lean(&capture).is_some(), false)
        }
        Asked::Choice => {
            let words = Vocabulary::built_in();
            let question = &words.questions[0];
            let profile = CommunicationProfile::new("", Input::Touch, Cells::Two);
            let options = question.cards.clone().into_iter().take(4).collect();
            let choice = Choice::laid(question, options, &profile, |below| lots.below(below));
            let rank = |lots: &mut Lots| choice.pictures.iter().map(|_| lots.next()).collect::<Vec<_>>();
            let (own, adults) = (rank(lots), rank(lots));
            let best = |round: &Round, ranks: &[u64]| {
                let place = |id: &String| choice.pictures.iter().position(|picture| picture.id == *id).unwrap_or(0);
                usize::from(ranks[place(&round.shown[1])] > ranks[place(&round.shown[0])])
            };
            let mut capture = begun(Asking::Choice(choice.clone()));
            for (turn, round) in choice.rounds.iter().enumerate() {
                let wants = (best(round, &own), best(round, &adults), 0);
                let taken = sitting.takes((turn, choice.rounds.len()), 2, wants, lots);
                answer(&mut capture, &round.card.id, &round.shown[taken]);
            }
            let changed = capture.asking.preference(&capture).is_some_and(|preference| preference.changed > 0);
            (lean(&capture).is_some(), changed)
        }
    }
}

/// How a mat of eight cards about what matters much comes out when it is asked once more; none where it was not.
fn asked_once_more(child: Child, lots: &mut Lots) -> Option<CheckOutcome> {
    let sitting = Sitting::new(child, lots);
    let words = Vocabulary::built_in();
    let question = words.question("care").expect("it is in the library");
    let profile = CommunicationProfile::new("", Input::Touch, Cells::Three);
    let cards: Vec<Card> = (0..8).map(card).collect();
    let laid = Kind::Mat.laid(question, cards.clone(), &profile, |below| lots.below(below));
    let likes: Vec<[u64; 2]> = cards.iter().map(|_| [lots.next(), lots.next()]).collect();
    let like =
        |id: &str, whose: usize| cards.iter().position(|card| card.id == id).map_or(0, |place| likes[place][whose]);
    let mut capture = begun(laid);
    let mut turn = 0;
    while let Step::Show(option) = next(&capture) {
        let cells: Vec<String> = capture.shown(&option.id).iter().map(|cell| cell.id.clone()).collect();
        let wanted = |whose: usize| match capture.asking.is_repeat(&option.id) {
            true => usize::from(like(&cells[1], whose) > like(&cells[0], whose)),
            // The more it is liked the nearer to the first place.
            false => 2 - usize::try_from(like(&option.id, whose) / (u64::MAX / 3 + 1)).unwrap_or(0),
        };
        let taken = sitting.takes((turn, 10), cells.len(), (wanted(0), wanted(1), 0), lots);
        answer(&mut capture, &option.id, &cells[taken]);
        turn += 1;
    }
    capture.asking.checked(&capture).map(|checked| checked.came)
}

/// "34.4 ± 0.9": in a hundred, with half of the 95 % interval (Wilson).
fn in_hundred(count: u32) -> String {
    let (n, z) = (f64::from(CHILDREN), 1.96_f64);
    let share = f64::from(count) / n;
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    format!("{:.1} ± {:.1}", 100.0 * share, 100.0 * half)
}

/// So many of the children are flagged as leaning, and said otherwise when asked again.
fn flagged(child: Child, asked: Asked) -> (u32, u32) {
    let mut lots = Lots(1);
    let all = (0..CHILDREN).map(|_| flags(child, asked, &mut lots));
    all.fold((0, 0), |(leaning, changed), (leans, other)| (leaning + u32::from(leans), changed + u32::from(other)))
}

#[expect(clippy::print_stdout, reason = "a program that prints a table")]
fn main() {
    for (what, kind, places) in [("mat of three places", Kind::Mat, 3), ("yes or no", Kind::YesNo, 2)] {
        println!("| {what}: nearly all answers the same | 6 cards | 8 | 12 | 20 |");
        println!("| --- | --- | --- | --- | --- |");
        for child in ALL {
            let by_number =
                [6, 8, 12, 20].map(|options| in_hundred(flagged(child, Asked::Placed(kind, options, places)).0));
            println!("| {} | {} |", child.in_words(), by_number.join(" | "));
        }
        println!();
    }
    for (what, kind) in [("three houses", Kind::Houses), ("my day", Kind::Day), ("people around me", Kind::People)] {
        println!("| {what}: nearly all answers the same | 6 cards | 8 | 12 |");
        println!("| --- | --- | --- | --- |");
        for child in ALL {
            let by_number = [6, 8, 12].map(|options| in_hundred(flagged(child, Asked::Walked(kind, options)).0));
            println!("| {} | {} |", child.in_words(), by_number.join(" | "));
        }
        println!();
    }
    println!("| choice between four pictures | nearly always one side | asked again: not the same |");
    println!("| --- | --- | --- |");
    // There is no place that agrees.
    for child in ALL.into_iter().filter(|child| !matches!(child, Child::YesSaying)) {
        let (leaning, changed) = flagged(child, Asked::Choice);
        println!("| {} | {} | {} |", child.in_words(), in_hundred(leaning), in_hundred(changed));
    }
    println!();
    println!("| a mat of eight, asked once more | the same | otherwise | not clear | not asked |");
    println!("| --- | --- | --- | --- | --- |");
    for child in ALL {
        let mut lots = Lots(1);
        let came: Vec<Option<CheckOutcome>> = (0..CHILDREN).map(|_| asked_once_more(child, &mut lots)).collect();
        let count = |which| in_hundred(came.iter().map(|came| u32::from(*came == which)).sum());
        let all =
            [Some(CheckOutcome::Same), Some(CheckOutcome::Otherwise), Some(CheckOutcome::NotClear), None].map(count);
        println!("| {} | {} |", child.in_words(), all.join(" | "));
    }
}
