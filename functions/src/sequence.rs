//! Gives operations their place and their verdict: from arrivals and a head to entries and the next head. Pure.

use domain::calendar::{ASSESSMENT_WORKING_DAYS, after_working_days, in_england};
use domain::id::{ReplicaId, StreamId};
use domain::payload::plan::Field;
use domain::standing::plan::PlanState;
use domain::wire::{Due, DueKind};
use domain::{Actor, Chain, Context, Entry, Hash, Operation, Standing, judge, stand};
use jiff::Timestamp;

use crate::seal::Seal;
use crate::store::{Append, Head, Listed, ReplicaHigh};

/// Who sends, on which stream.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    /// Which stream.
    pub stream: StreamId,
    /// From which replica.
    pub replica: ReplicaId,
    /// The member of staff it is bound to, as they are now.
    pub actor: Actor,
}

/// One operation that arrived whole.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// The exact body.
    pub body: &'a str,
    /// Its hash, verified.
    pub sha256: Hash,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// Judges arrivals in their order and makes them one append to what was read.
///
/// Every arrival gets a `seq`, refused ones too, so that nothing ever blocks a stream.
pub fn sequence(
    sender: Sender,
    (head, known): (Option<Head>, ReplicaHigh),
    arrivals: &[Arrival<'_>],
    seal: &Seal,
) -> Append {
    let expected_version = head.as_ref().map(|head| head.version);
    let mut head = head.unwrap_or(Head { epoch: 1, seq: 0, version: 0, standing: Standing::default() });
    head.version += 1;
    let mut high = known;
    let mut segment = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        segment.push(place(sender, &mut head, &mut high, arrival, seal));
    }
    Append {
        stream: sender.stream,
        replica: sender.replica,
        expected_version,
        expected_high: known.high,
        listed: listed(&head.standing),
        head,
        high,
        segment,
    }
}

fn place(sender: Sender, head: &mut Head, high: &mut ReplicaHigh, arrival: &Arrival<'_>, seal: &Seal) -> Entry {
    let read = Operation::read(arrival.body);
    let context = Context {
        actor: sender.actor,
        received_at: arrival.received_at,
        today: in_england(arrival.received_at).date(),
    };
    let judgement = judge(&head.standing, sender.stream, &read, &context);
    head.seq += 1;
    high.high += 1;
    high.chain = Chain::then(high.chain, arrival.sha256);
    stand(&mut head.standing, head.seq, judgement.verdict, sender.actor.staff, &read);
    let id = match &read {
        Ok(operation) => Some(operation.id),
        Err(unreadable) => unreadable.id(),
    };
    let mut entry = Entry {
        seq: head.seq,
        epoch: head.epoch,
        id,
        replica: sender.replica,
        rseq: high.high,
        sha256: arrival.sha256,
        actor: sender.actor.staff,
        received_at: arrival.received_at,
        verdict: judgement.verdict,
        code: judgement.code,
        body: Some(arrival.body.to_owned()),
        mac: String::new(),
        was: None,
    };
    entry.mac = seal.mac(sender.stream, &entry);
    entry
}

/// What lists show: the name, the next planned visit, and the day by which the assessment is to be concluded
/// while no plan has been authorised.
fn listed(standing: &Standing) -> Listed {
    let name = standing.child.as_ref().map(|child| child.name.short()).unwrap_or_default();
    let visit = standing.planned.values().min().map(|on| Due { what: DueKind::Visit, on: *on });
    let referral = standing.fields.get(&Field::ReferralReceived).and_then(|field| field.date);
    let assessment = referral
        .filter(|_| standing.plan.state != PlanState::Authorised)
        .map(|day| Due { what: DueKind::Assessment, on: after_working_days(day, ASSESSMENT_WORKING_DAYS) });
    let mut due: Vec<Due> = visit.into_iter().chain(assessment).collect();
    due.sort_by_key(|due| due.on);
    Listed { name, due }
}
