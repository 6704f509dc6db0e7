//! Handing the tablet over: the mat is laid, the worker's key goes, the child's screen comes.

use std::cell::RefCell;

use domain::id::{CaptureId, StreamId, VisitId};
use domain::payload::Payload;
use domain::payload::capture::{CaptureKind, CaptureStarted, Card, Layout};
use domain::payload::profile::{CommunicationProfile, Order};
use domain::record::Source;
use domain::record::capture::Capture;
use domain::vocabulary::{Question, Vocabulary};
use replica::create::{self, Written};
use replica::storage::StorageError;

use crate::platform::clock;
use crate::state::Session;

/// A mat that was laid and is not written down yet: only the child's own key may seal it, and that comes with the
/// hand-over.
pub(super) struct Begun {
    pub(super) capture: Capture,
    pub(super) written: Written,
}

thread_local! {
    // From here to the child's screen, in one breath: the hand-over replaces the page that called.
    static BEGUN: RefCell<Option<Begun>> = const { RefCell::new(None) };
}

/// Lays a mat for one question and hands the tablet over. When this returns `Ok` the child's screen is up; it writes the
/// beginning down with the child's key, and says so if it cannot.
///
/// # Errors
/// [`StorageError`]: the tablet was not handed over, and nothing was begun.
pub async fn begin(
    session: Session,
    stream: StreamId,
    visit: VisitId,
    question: &'static Question,
    profile: &CommunicationProfile,
) -> Result<(), StorageError> {
    let by = session.me().ok_or(StorageError::Denied)?.id;
    let moment = clock::moment();
    let started = lay(CaptureId(create::uuid(moment.now)), visit, question, profile);
    let written = create::operation(stream, Payload::CaptureStarted(started.clone()), &moment);
    let source = Source { id: written.id, by, captured_at: moment.now, received_at: None };
    let capture = Capture::begin(&started, source);
    BEGUN.replace(Some(Begun { capture, written }));
    session.hand_over(started.capture, stream).await.inspect_err(|_| drop(BEGUN.take()))
}

/// The mat that was laid for this capture; none after a reload.
pub(super) fn begun(capture: CaptureId) -> Option<Begun> {
    BEGUN.take().filter(|begun| begun.capture.id == capture)
}

fn lay(capture: CaptureId, visit: VisitId, question: &Question, profile: &CommunicationProfile) -> CaptureStarted {
    let words = Vocabulary::built_in();
    let options = match profile.order {
        Order::Random => shuffled(words.options(question), draw),
        Order::Fixed => words.options(question),
    };
    CaptureStarted {
        visit,
        capture,
        kind: CaptureKind::Mat,
        question: words.asked(question),
        options,
        scale: words.scale(question, profile.cells),
        layout: Layout::by(profile),
    }
}

/// Any order is as likely as any other (Fisher and Yates), if `draw(n)` gives each of 0..n alike.
fn shuffled(mut cards: Vec<Card>, mut draw: impl FnMut(usize) -> usize) -> Vec<Card> {
    for place in (1..cards.len()).rev() {
        cards.swap(place, draw(place + 1));
    }
    cards
}

fn draw(below: usize) -> usize {
    usize::try_from(create::draw(below as u64)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payload::profile::{Cells, Input, Theme};

    fn profile(cells: Cells, order: Order) -> CommunicationProfile {
        CommunicationProfile { theme: Theme::Calm, order, ..CommunicationProfile::new("", Input::EyePointing, cells) }
    }

    fn laid(cells: Cells, order: Order) -> CaptureStarted {
        let id = "00000000-0000-7000-8000-000000000001";
        let question = &Vocabulary::built_in().questions[0];
        lay(id.parse().unwrap(), id.parse().unwrap(), question, &profile(cells, order))
    }

    #[test]
    fn a_mat_is_laid_by_the_childs_profile() {
        let mat = laid(Cells::Two, Order::Fixed);
        assert_eq!(mat.scale.cells.len(), 2);
        assert_eq!(mat.layout.theme, Theme::Calm);
        assert_eq!(mat.layout.input, Input::EyePointing);
        assert_eq!(laid(Cells::Three, Order::Fixed).scale.cells.len(), 3);
    }

    #[test]
    fn a_fixed_order_is_the_librarys_and_a_random_one_has_the_same_cards() {
        let words = Vocabulary::built_in();
        let library = words.options(&words.questions[0]);
        assert_eq!(laid(Cells::Two, Order::Fixed).options, library);
        let mut drawn = laid(Cells::Two, Order::Random).options;
        let mut sorted = library;
        drawn.sort_by(|one, other| one.id.cmp(&other.id));
        sorted.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(drawn, sorted);
    }

    #[test]
    fn every_order_can_be_drawn() {
        let cards: Vec<Card> = Vocabulary::built_in().controls.iter().take(3).map(|symbol| symbol.card()).collect();
        let mut orders = std::collections::BTreeSet::new();
        for last in 0..3 {
            for middle in 0..2 {
                let mut lots = [last, middle].into_iter();
                let order = shuffled(cards.clone(), |_| lots.next().unwrap_or_default());
                orders.insert(order.into_iter().map(|card| card.id).collect::<Vec<_>>());
            }
        }
        assert_eq!(orders.len(), 6);
    }
}
