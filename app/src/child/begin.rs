//! Handing the tablet over: the activity is laid out, the worker's key goes, the child's screen comes.

use std::cell::RefCell;
use std::sync::Arc;

use domain::asking::Kind;
use domain::id::{CaptureId, StreamId, VisitId};
use domain::payload::Payload;
use domain::payload::capture::{Asked, CaptureStarted, Card, LastTime, Layout};
use domain::payload::profile::CommunicationProfile;
use domain::record::Source;
use domain::record::capture::Capture;
use domain::vocabulary::Question;
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

/// Lays out one question and hands the tablet over. When this returns `Ok` the child's screen is up; it writes the
/// beginning down with the child's key, and says so if it cannot.
///
/// # Errors
/// [`StorageError`]: the tablet was not handed over, and nothing was begun.
pub async fn begin(
    session: Session,
    stream: StreamId,
    visit: VisitId,
    what: WhatToAsk,
    profile: &CommunicationProfile,
    last_time: Option<LastTime>,
) -> Result<(), StorageError> {
    let by = session.me().ok_or(StorageError::Denied)?.id;
    let moment = clock::moment();
    let mut started = lay(CaptureId(create::uuid(moment.now)), visit, what, profile);
    started.layout.last_time = last_time;
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

/// What is asked, and in which way.
#[derive(Clone, Debug)]
pub struct WhatToAsk {
    /// The question.
    pub question: Arc<Question>,
    /// As this way words it.
    pub asked: Asked,
    /// The way.
    pub way: Kind,
    /// Which of its cards.
    pub options: Vec<Card>,
}

/// The beginning of an activity as it is written down.
pub fn lay(capture: CaptureId, visit: VisitId, what: WhatToAsk, profile: &CommunicationProfile) -> CaptureStarted {
    let WhatToAsk { question, asked, way, options } = what;
    let asking = way.laid(&question, options, profile, draw);
    CaptureStarted { visit, capture, question: asked, asking, layout: Layout::by(profile) }
}

fn draw(below: usize) -> usize {
    usize::try_from(create::draw(below as u64)).unwrap_or_default()
}
