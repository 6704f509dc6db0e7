//! A stream as a cast writes it: each line is judged as the server would, and becomes an entry.

use crate::cast::{
    EVERYBODY, HELEN, NORTH, REPLICA, SADE, TODAY, amira, morning, operation, proposed, registered, salt,
};
use crate::entry::Entry;
use crate::hash::Hash;
use crate::id::{OperationId, StreamId};
use crate::judge::{Context, Judgement, judge};
use crate::operation::Operation;
use crate::payload::Payload;
use crate::payload::keeping::Redacted;
use crate::permission::Actor;
use crate::record::Record;
use crate::standing::{Standing, stand};

/// What has been written so far.
#[derive(Clone, Default)]
pub(crate) struct Script {
    pub(crate) entries: Vec<Entry>,
    pub(crate) standing: Standing,
}

impl Script {
    /// Amira is registered by Sade.
    pub(crate) fn registered() -> Script {
        let mut script = Script::default();
        script.by(SADE, Payload::ChildRegistered(registered()));
        script
    }

    /// The operation that a next line would be.
    pub(crate) fn next(&self, payload: Payload) -> Operation {
        operation(self.entries.len() as u128 + 1, payload)
    }

    /// What the server would make of a next line in this stream, without writing it.
    pub(crate) fn try_in(&self, stream: StreamId, actor: Actor, payload: Payload) -> Judgement {
        let next = Operation { stream, ..self.next(payload) };
        judge(&self.standing, stream, &Ok(next), &context(actor))
    }

    /// Someone writes a line in this stream.
    pub(crate) fn in_stream(&mut self, stream: StreamId, actor: Actor, payload: Payload) {
        let next = Operation { stream, ..self.next(payload) };
        self.body(actor, next.write(salt()).into_text());
    }

    /// What the server would make of a next line, without writing it.
    pub(crate) fn try_by(&self, actor: Actor, payload: Payload) -> Judgement {
        let next = self.next(payload);
        judge(&self.standing, next.stream, &Ok(next.clone()), &context(actor))
    }

    /// Someone writes a line.
    pub(crate) fn by(&mut self, actor: Actor, payload: Payload) -> OperationId {
        let next = self.next(payload);
        let id = next.id;
        self.body(actor, next.write(salt()).into_text());
        id
    }

    /// Someone writes a line of which only the text matters.
    pub(crate) fn body(&mut self, actor: Actor, body: String) -> &Entry {
        let read = Operation::read(&body);
        let stream = read.as_ref().map_or_else(|_| amira(), |operation| operation.stream);
        let judgement = judge(&self.standing, stream, &read, &context(actor));
        let seq = self.entries.len() as u64 + 1;
        stand(&mut self.standing, seq, judgement.verdict, actor.staff, &read);
        self.entries.push(Entry {
            seq,
            epoch: 1,
            id: match &read {
                Ok(operation) => Some(operation.id),
                Err(unreadable) => unreadable.id(),
            },
            replica: REPLICA,
            rseq: seq,
            sha256: Hash::of(body.as_bytes()),
            actor: actor.staff,
            received_at: morning(),
            verdict: judgement.verdict,
            code: judgement.code,
            body: Some(body),
            mac: String::new(),
            was: None,
        });
        self.entries.last().expect("just written")
    }

    /// Several lines by Sade.
    pub(crate) fn sade(&mut self, payloads: impl IntoIterator<Item = Payload>) {
        for payload in payloads {
            self.by(SADE, payload);
        }
    }

    /// Sade proposes to destroy the words of an entry, and Helen agrees.
    pub(crate) fn redact(&mut self, seq: u64) {
        self.by(SADE, proposed(seq));
        self.helen(Payload::Redacted(Redacted { seq }));
    }

    /// One line by Helen.
    pub(crate) fn helen(&mut self, payload: Payload) -> OperationId {
        self.by(HELEN, payload)
    }

    pub(crate) fn record(&self) -> Record {
        fold(&self.entries)
    }
}

pub(crate) fn fold(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    for entry in entries {
        record.fold(entry);
    }
    record
}

pub(crate) fn context(actor: Actor) -> Context<'static> {
    Context {
        actor,
        received_at: morning(),
        today: TODAY,
        colleagues: &EVERYBODY,
        stands_in: &[],
        audited: Some((amira(), NORTH)),
    }
}
