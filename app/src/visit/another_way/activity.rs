//! What was given without the tablet as an activity, so that it is kept, sent, shown and noted like any other.

use domain::id::{CaptureId, PresentationId, VisitId};
use domain::payload::Payload;
use domain::payload::capture::{Answered, CaptureEnded, Card, EndedBy, Escape, Escaped, GivenAnotherWay, Presented};
use domain::payload::profile::CommunicationProfile;
use replica::create;

use crate::child::{WhatToAsk, lay};
use crate::platform::clock;

/// Everything that was given without the tablet, as an activity: each card where it was put, or left with *don't know*. Cards that
/// are not named were not asked about.
pub(super) fn given_another_way(
    visit: VisitId,
    what: WhatToAsk,
    profile: &CommunicationProfile,
    how: GivenAnotherWay,
    answers: &[(Card, Option<String>)],
    read_by: &str,
) -> Vec<Payload> {
    let now = clock::now();
    let id = CaptureId(create::uuid(now));
    let mut started = lay(id, visit, what, profile);
    started.layout.another_way = Some(how);
    let (asking, input) = (started.asking.clone(), started.layout.input);
    let mut all = vec![Payload::CaptureStarted(started)];
    for (option, place) in answers {
        let presentation = PresentationId(create::uuid(now));
        // Whoever types it in chooses among all of them.
        let order = asking.places().iter().map(|place| place.id.clone()).collect();
        all.push(Payload::Presented(Presented { capture: id, presentation, option: option.clone(), order, input }));
        all.push(match place {
            Some(cell) => Payload::Answered(Answered {
                capture: id,
                presentation,
                option: option.id.clone(),
                cell: cell.clone(),
                read_by: Some(read_by.to_owned()),
                clarity: None,
                latency_ms: 0,
                reached: None,
            }),
            None => {
                let (presentation, which) = (Some(presentation), Escape::DontKnow);
                Payload::Escaped(Escaped { capture: id, presentation, which, chose: None, reached: None })
            }
        });
    }
    all.push(Payload::CaptureEnded(CaptureEnded { capture: id, by: EndedBy::Finished }));
    all
}
