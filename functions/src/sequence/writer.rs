//! One segment in the making, and everything that changes with it.

use std::collections::BTreeMap;

use domain::calendar::in_england;
use domain::class::Class;
use domain::id::{OperationId, ReplicaId, StreamId, TeamId};
use domain::operation::Unreadable;
use domain::permission::{Action, Permission, Relation, may};
use domain::standing::Place;
use domain::{
    Actor, Chain, Code, Context, Entry, Judgement, Operation, Payload, Record, Standing, Verdict, judge, stand,
};
use jiff::Timestamp;

use super::{Arrival, Before, Sender, Trust, found_by, identity, listed};
use crate::seal::Seal;
use crate::store::{Append, Head, Known, ReplicaHigh, ReplicaStep, Words};

/// What became of one arrival.
enum Judged {
    /// It was judged now.
    Fresh(Judgement),
    /// The stream has it, and what was made of it stands.
    Repeat(Judgement, Words),
}

/// One segment in the making.
pub(super) struct Writer<'a> {
    stream: StreamId,
    seal: &'a Seal,
    expected_version: Option<u64>,
    pub(super) head: Head,
    /// The last `seq` before this segment.
    before: u64,
    highs: BTreeMap<ReplicaId, ReplicaStep>,
    pub(super) known: BTreeMap<OperationId, Known>,
    log: Vec<Entry>,
    colleagues: Vec<Actor>,
    audited: Option<(StreamId, TeamId)>,
    segment: Vec<Entry>,
    redact: Vec<u64>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(stream: StreamId, head: Option<Head>, before: Before, seal: &'a Seal) -> Writer<'a> {
        let expected_version = head.as_ref().map(|head| head.version);
        let mut head = head.unwrap_or(Head { epoch: 1, seq: 0, version: 0, standing: Standing::default() });
        head.version += 1;
        Writer {
            stream,
            seal,
            expected_version,
            before: head.seq,
            head,
            highs: BTreeMap::new(),
            known: before.known,
            log: before.log,
            colleagues: before.colleagues,
            audited: before.audited,
            segment: Vec::new(),
            redact: Vec::new(),
        }
    }

    /// What was read of a replica.
    pub(super) fn knows(&mut self, replica: ReplicaId, high: ReplicaHigh) {
        self.highs.insert(replica, ReplicaStep { replica, expected: high.high, high });
    }

    pub(super) fn high(&self, replica: ReplicaId) -> ReplicaHigh {
        self.highs.get(&replica).map_or(ReplicaHigh::NOTHING, |step| step.high)
    }

    /// Counts an operation of a replica, if it goes on from what is there. Says whether it does.
    pub(super) fn count(&mut self, replica: ReplicaId, rseq: u64, sha256: domain::Hash) -> bool {
        let step =
            self.highs.entry(replica).or_insert(ReplicaStep { replica, expected: 0, high: ReplicaHigh::NOTHING });
        let goes_on = rseq == step.high.high + 1;
        if goes_on {
            step.high = ReplicaHigh { high: rseq, chain: Chain::then(step.high.chain, sha256) };
        }
        goes_on
    }

    /// Judges an operation and gives it the next place.
    pub(super) fn arrive(&mut self, sender: Sender<'_>, arrival: &Arrival<'_>) {
        let (judgement, counts, words) = match self.judge(sender, arrival) {
            Judged::Fresh(judgement) => (judgement, true, Words::Kept),
            Judged::Repeat(judgement, words) => (judgement, false, words),
        };
        let rseq = self.high(sender.replica).high + 1;
        self.count(sender.replica, rseq, arrival.sha256);
        let entry = Entry {
            seq: 0,
            epoch: 0,
            id: identity(&arrival.read),
            replica: sender.replica,
            rseq,
            sha256: arrival.sha256,
            actor: sender.actor.staff,
            received_at: arrival.received_at,
            verdict: judgement.verdict,
            code: judgement.code,
            // What was redacted does not come back with a copy of it.
            body: (words == Words::Kept).then(|| arrival.body.to_owned()),
            mac: String::new(),
            was: None,
        };
        self.place(entry, counts.then_some(&arrival.read));
    }

    fn judge(&mut self, sender: Sender<'_>, arrival: &Arrival<'_>) -> Judged {
        let known = identity(&arrival.read).and_then(|id| self.known.get(&id));
        match known {
            Some(Known { sha256, verdict, code, words }) if *sha256 == arrival.sha256 => {
                return Judged::Repeat(Judgement { verdict: *verdict, code: code.clone() }, *words);
            }
            // Something else under a used identity: kept for a person to look at.
            Some(_) => return Judged::Fresh(against(&arrival.read, Code::Unreadable)),
            None => {}
        }
        let context = Context {
            actor: sender.actor,
            received_at: arrival.received_at,
            today: in_england(arrival.received_at).date(),
            colleagues: &self.colleagues,
            stands_in: sender.stands_in,
            audited: self.audited,
        };
        let judgement = judge(&self.head.standing, self.stream, &arrival.read, &context);
        if judgement.verdict != Verdict::Accepted {
            return Judged::Fresh(judgement);
        }
        if sender.trust == Trust::Revoked {
            return Judged::Fresh(against(&arrival.read, Code::NotAllowed));
        }
        let outcome = match &arrival.read {
            Ok(Operation {
                payload:
                    Payload::Admit(_)
                    | Payload::Declined(_)
                    | Payload::RedactionProposed(_)
                    | Payload::RedactionDeclined(_)
                    | Payload::Redacted(_),
                captured_at,
                ..
            }) if *captured_at < self.order_began() => Err(Code::StaleVersion),
            Ok(Operation { payload: Payload::RedactionProposed(proposed), .. }) => self.propose(sender, proposed.seq),
            Ok(Operation { payload: Payload::Redacted(redacted), .. }) if self.wrote(sender, redacted.seq) => {
                Err(Code::OwnWork)
            }
            Ok(Operation { payload: Payload::Redacted(redacted), .. }) => self.redact(redacted.seq),
            _ => Ok(()),
        };
        Judged::Fresh(match outcome {
            Ok(()) => judgement,
            Err(code) => against(&arrival.read, code),
        })
    }

    /// Whether it can be proposed to destroy an entry's words.
    fn propose(&self, sender: Sender<'_>, seq: u64) -> Result<(), Code> {
        let target = self.log.iter().chain(&self.segment).find(|entry| entry.seq == seq).ok_or(Code::UnknownEntry)?;
        let relation = Relation::of(sender.actor, &self.head.standing.access, sender.stands_in);
        let never_own = may(relation, Action::ProposeRedaction) == Permission::NeverOwnWork;
        match target.body {
            None => Err(Code::WrongState),
            Some(_) if is_redaction(target) => Err(Code::WrongState),
            Some(_) if never_own && self.wrote(sender, seq) => Err(Code::OwnWork),
            Some(_) => Ok(()),
        }
    }

    /// Whether an entry's words are the sender's own: nobody makes those go.
    fn wrote(&self, sender: Sender<'_>, seq: u64) -> bool {
        let named = self.log.iter().chain(&self.segment).find(|entry| entry.seq == seq);
        named.is_some_and(|entry| entry.actor == sender.actor.staff && !is_redaction(entry))
    }

    /// When the present order began. What names entries by their place and was written before names other entries.
    fn order_began(&self) -> Timestamp {
        let seconds = i64::try_from(self.head.epoch).unwrap_or(i64::MAX);
        Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
    }

    /// Seals an entry in the next place, and brings the standing up to date unless it does not count.
    pub(super) fn place(&mut self, mut entry: Entry, counts: Option<&Result<Operation, Unreadable>>) {
        self.head.seq += 1;
        (entry.seq, entry.epoch) = (self.head.seq, self.head.epoch);
        if let Some(was) = entry.was {
            self.head.standing.moved.note(was, entry.seq);
        }
        if let Some(read) = counts {
            let place = Place { seq: entry.seq, was: entry.was, received_at: Some(entry.received_at) };
            stand(&mut self.head.standing, place, entry.verdict, entry.actor, read);
        }
        if let Some(id) = entry.id {
            self.known.entry(id).or_insert_with(|| Known::of(&entry));
        }
        entry.mac = self.seal.mac(self.stream, &entry);
        self.segment.push(entry);
    }

    /// The present place of the entry that stood at `seq` in an earlier epoch, where that can be proven: it was given that
    /// place by then and kept it, or it remembers it. Words are never destroyed on a guess.
    pub(super) fn proven(&self, epoch: u64, seq: u64) -> Option<u64> {
        let all = || self.log.iter().chain(&self.segment);
        let remembers = |entry: &&Entry| entry.was.is_some_and(|was| (was.epoch, was.seq) == (epoch, seq));
        let kept = |entry: &&Entry| entry.seq == seq && entry.epoch <= epoch;
        all().find(remembers).or_else(|| all().find(kept)).map(|entry| entry.seq)
    }

    /// Destroys the words of one entry, and of every copy of it that a copied tablet sent. The standing is made anew without them, as whoever folds from now on makes it.
    ///
    /// # Errors
    /// The code for which this is refused: there is no such entry, it is a redaction itself, or the record would be
    /// left without its child, and nobody could read it any more.
    pub(super) fn redact(&mut self, seq: u64) -> Result<(), Code> {
        let mut all: Vec<Entry> = self.log.iter().chain(&self.segment).cloned().collect();
        let target = all.iter_mut().find(|entry| entry.seq == seq).ok_or(Code::UnknownEntry)?;
        if is_redaction(target) {
            return Err(Code::WrongState);
        }
        let named = (target.id, target.sha256);
        let is_named = |entry: &Entry| entry.seq == seq || (entry.id.is_some() && (entry.id, entry.sha256) == named);
        all.iter_mut().filter(|entry| is_named(entry)).for_each(|entry| entry.body = None);
        let mut record = Record::default();
        all.iter().for_each(|entry| record.fold(entry));
        if record.standing.access.team.is_none() && self.head.standing.access.team.is_some() {
            return Err(Code::WrongState);
        }
        self.head.standing = record.standing;
        for entry in self.log.iter_mut().chain(&mut self.segment).filter(|entry| is_named(entry)) {
            if entry.body.take().is_some() && entry.seq <= self.before {
                self.redact.push(entry.seq);
            }
        }
        if let Some(known) = named.0.and_then(|id| self.known.get_mut(&id)) {
            known.words = Words::Destroyed;
        }
        Ok(())
    }

    /// Whether there is anything to append.
    pub(super) fn has_news(&self) -> bool {
        !self.segment.is_empty() || self.highs.values().any(ReplicaStep::moves)
    }

    /// The append, in the name of one replica.
    pub(super) fn finish(mut self, replica: ReplicaId) -> Append {
        let own =
            self.highs.remove(&replica).unwrap_or(ReplicaStep { replica, expected: 0, high: ReplicaHigh::NOTHING });
        Append {
            stream: self.stream,
            replica,
            expected_version: self.expected_version,
            expected_high: own.expected,
            listed: listed(&self.head.standing),
            found_by: found_by(&self.head.standing, self.seal),
            head: self.head,
            high: own.high,
            segment: self.segment,
            others: self.highs.into_values().filter(ReplicaStep::moves).collect(),
            redact: self.redact,
        }
    }
}

/// Whether an entry makes words go. It has none itself.
fn is_redaction(entry: &Entry) -> bool {
    matches!(entry.operation(), Some(Ok(Operation { payload: Payload::Redacted(_), .. })))
}

/// A fact is held for a reason for which a request is refused.
fn against(read: &Result<Operation, Unreadable>, code: Code) -> Judgement {
    let class = match read {
        Ok(operation) => operation.class,
        Err(Unreadable::Data { class, .. }) => *class,
        Err(Unreadable::Envelope) => Class::Fact,
    };
    let verdict = match class {
        Class::Fact => Verdict::Held,
        Class::Request => Verdict::Refused,
    };
    Judgement { verdict, code: Some(code) }
}
