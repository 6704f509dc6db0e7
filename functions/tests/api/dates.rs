//! Wrong dates: refused in what is asked for, flagged in what was so.

use domain::id::{ActionId, VisitId};
use domain::payload::child::{Birth, ChildRegistered, Name};
use domain::payload::plan::{ActionAdded, ActionOutcome, Field, Outcome, SetField, Step};
use domain::payload::visit::{NotGathered, NotGatheredReason, VisitPlanned, VisitStarted};
use domain::{Code, Operation, Payload, Verdict};
use jiff::civil::{Date, date, time};

use crate::support::device::Device;
use crate::support::operations::{fresh, operation, registered};
use crate::support::{NORTH, Server, Who, child};

fn said(payload: Payload) -> Operation {
    operation(child(1), payload)
}

fn set(field: Field, day: &str) -> Operation {
    said(Payload::SetField(SetField { field, value: day.into(), replaces: None, reason: None }))
}

fn born(on: Date) -> Operation {
    let name = Name::new("Amira", "Khan");
    said(Payload::ChildRegistered(ChildRegistered::new(name, Birth::Born(on), NORTH)))
}

fn planned(on: Date) -> Operation {
    let (visit, by) = (VisitId(fresh()), Who::AssignedWorker.staff().id);
    said(Payload::VisitPlanned(VisitPlanned::new(visit, on, time(10, 0, 0, 0), by)))
}

fn began(on: Date) -> Operation {
    let visit = VisitId(fresh());
    said(Payload::VisitStarted(VisitStarted { visit, on, present: vec![], checks: vec![], promise_told: None }))
}

fn tried(next: Date) -> Operation {
    said(Payload::NotGathered(NotGathered {
        visit: VisitId(fresh()),
        capture: None,
        reason: NotGatheredReason::Asleep,
        words: String::new(),
        tried: "waiting".into(),
        next,
    }))
}

fn asks(action: ActionId, due: Date) -> Operation {
    let step = Step::WeWillAsk { words: "a lane".into(), who: "Sade".into(), due };
    said(Payload::ActionAdded(ActionAdded { action, step, answers: vec![], differs: Some("her doctor asks".into()) }))
}

fn became(action: ActionId, outcome: Outcome, on: Date) -> Operation {
    said(Payload::ActionOutcome(ActionOutcome { action, outcome, on }))
}

#[tokio::test]
async fn a_request_with_a_date_that_cannot_be_is_refused_by_the_rule_it_breaks() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    let action = ActionId(fresh());
    let today = date(2026, 11, 23);
    sade.push(&[registered(child(1)), asks(action, date(2026, 12, 11)), set(Field::AssessmentStarted, "2026-11-16")])
        .await;
    let refused = [
        (planned(date(1999, 11, 24)), Code::DateInPast),
        (planned(date(2036, 11, 24)), Code::DateTooFar),
        (asks(ActionId(fresh()), date(1999, 12, 11)), Code::DateInPast),
        (became(action, Outcome::Agreed, date(1990, 1, 1)), Code::OutcomeBeforeAction),
        (became(action, Outcome::Agreed, date(2026, 11, 24)), Code::DateInFuture),
        (set(Field::ReferralReceived, "1066-10-14"), Code::DateTooLongAgo),
        (set(Field::ReferralReceived, "2017-01-09"), Code::ReferralBeforePregnancy),
        (set(Field::ReferralReceived, "2018-03-08"), Code::ReferralBeforeBirth),
        (set(Field::ReferralReceived, "2026-11-17"), Code::AssessmentBeforeReferral),
        (set(Field::ReferralReceived, "2026-11-24"), Code::DateInFuture),
    ];
    for (operation, code) in refused {
        let result = sade.push(std::slice::from_ref(&operation)).await.results.remove(0);
        assert_eq!((result.verdict, result.code), (Verdict::Refused, Some(code)), "{:?}", operation.payload);
    }
    let taken = sade.push(&[planned(today), set(Field::ReferralReceived, "2026-11-16")]).await;
    assert!(taken.results.iter().all(|result| result.verdict == Verdict::Accepted && result.code.is_none()));
}

#[tokio::test]
async fn a_fact_with_a_date_that_cannot_be_is_taken_and_the_flag_comes_with_it() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1)), set(Field::ReferralReceived, "2026-11-09")]).await;
    let flagged = [
        (began(date(1900, 1, 1)), Code::DateTooLongAgo),
        (began(date(2026, 11, 24)), Code::DateInFuture),
        (tried(date(1999, 1, 1)), Code::DateInPast),
        (tried(date(2036, 1, 1)), Code::DateTooFar),
        (born(date(2026, 11, 10)), Code::ReferralBeforeBirth),
    ];
    for (operation, code) in flagged {
        let result = sade.push(std::slice::from_ref(&operation)).await.results.remove(0);
        assert_eq!((result.verdict, result.code), (Verdict::Accepted, Some(code.clone())), "{:?}", operation.payload);
        let mut record = domain::Record::default();
        sade.log(child(1)).await.iter().for_each(|entry| record.fold(entry));
        assert_eq!(record.items.last().unwrap().flag, Some(code), "as every screen can show it");
    }
}
