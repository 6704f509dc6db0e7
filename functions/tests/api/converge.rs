//! Small replicas against the real store: whatever was dropped, doubled, delayed, forked, redacted or restored, once quiet
//! everybody sees the same, and the server decides by it.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{OperationId, ReplicaId};
use domain::wire::{Cursor, PushOutcome, PushRequest};
use domain::{Chain, Entry, Operation, Record, Verdict};
use functions::seal::Seal;
use functions::store::Store;
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::device::Device;
use crate::support::operations::{admit, assigned, redacted, redaction_proposed, registered, title, voice};
use crate::support::{Backup, Server, Who, child};

/// A device with a log, that does by hand what the engine does.
#[derive(Clone)]
struct Replica {
    device: Device,
    log: Vec<Entry>,
    epoch: u64,
    /// Everything it still has to bring to the server, in order, whatever its numbers.
    unsent: Vec<Operation>,
    /// Of what was recorded under the present identity, so much is acknowledged.
    high: usize,
}

impl Replica {
    async fn new(server: &Server, who: Who) -> Replica {
        let device = Device::enrolled(server, who).await;
        Replica { device, log: Vec::new(), epoch: 0, unsent: Vec::new(), high: 0 }
    }

    fn save(&mut self, operation: Operation) {
        self.unsent.push(operation.clone());
        drop(self.device.record(&[operation]));
    }

    fn push(&self) -> Option<PushRequest> {
        let items = self.device.outbox.get(&child(1))?;
        (items.len() > self.high).then(|| self.device.push_from(child(1), self.high))
    }

    /// Sends what is unsent.
    async fn send(&mut self) {
        let Some(push) = self.push() else { return };
        let answer = self.device.sent(&push).await.remove(0);
        let high = usize::try_from(answer.high).unwrap();
        let own = self.device.outbox[&child(1)].iter().take(high);
        let agrees = own.fold(Chain::START, |chain, item| chain.then(item.sha256)) == answer.chain;
        if answer.outcome == PushOutcome::Taken && agrees {
            self.high = high;
        } else {
            // Set back or copied: it begins again under another name, and what is there already changes nothing.
            self.fork().await;
        }
    }

    async fn fork(&mut self) {
        self.device.replica = ReplicaId(Uuid::new_v4());
        let reply = self.device.client.post("/api/v1/replicas", &self.device.enrolment()).await;
        assert_eq!(reply.status, 200);
        self.device.outbox.clear();
        self.high = 0;
        for operation in self.unsent.clone() {
            drop(self.device.record(&[operation]));
        }
    }

    /// Takes the whole stream where the epoch is another, and hands back what is missing in it.
    async fn pull(&mut self) {
        loop {
            let after = self.log.len() as u64;
            let cursor = Cursor { stream: child(1), epoch: self.epoch, after };
            let mut reply = self.device.pull(&[cursor]).await;
            let Some(row) = reply.index.iter().find(|row| row.stream == child(1)).copied() else { return };
            let new = reply.entries.remove(&child(1)).unwrap_or_default();
            if row.epoch == self.epoch {
                self.log.extend(new);
            } else {
                let there: BTreeSet<_> = new.iter().map(|entry| entry.sha256).collect();
                if self.log.iter().any(|entry| !there.contains(&entry.sha256)) {
                    self.device.hand_back(child(1), self.log.clone()).await;
                    (self.log, self.epoch) = (Vec::new(), 0);
                    continue;
                }
                (self.log, self.epoch) = (new, row.epoch);
            }
            let came_back: BTreeSet<_> = self.log.iter().filter_map(|entry| entry.id).collect();
            self.unsent.retain(|operation| !came_back.contains(&operation.id));
            return;
        }
    }

    fn record(&self) -> Record {
        let mut record = Record::default();
        self.log.iter().for_each(|entry| record.fold(entry));
        record
    }
}

#[derive(Clone, Debug)]
enum Step {
    Save {
        by: usize,
        title: bool,
    },
    Send {
        by: usize,
    },
    /// The request is done, and the reply never arrives.
    ReplyLost {
        by: usize,
    },
    /// A request from long ago arrives once more.
    Doubled {
        nth: usize,
    },
    Pull {
        by: usize,
    },
    Copy {
        by: usize,
    },
    Allocate {
        both: bool,
    },
    Admit,
    Redact {
        at: usize,
    },
    BackUp,
    Restore,
}

fn step() -> impl Strategy<Value = Step> {
    let by = 0..4_usize;
    prop_oneof![
        5 => (by.clone(), any::<bool>()).prop_map(|(by, title)| Step::Save { by, title }),
        4 => by.clone().prop_map(|by| Step::Send { by }),
        2 => by.clone().prop_map(|by| Step::ReplyLost { by }),
        1 => any::<usize>().prop_map(|nth| Step::Doubled { nth }),
        3 => by.clone().prop_map(|by| Step::Pull { by }),
        1 => by.prop_map(|by| Step::Copy { by }),
        1 => any::<bool>().prop_map(|both| Step::Allocate { both }),
        1 => Just(Step::Admit),
        1 => any::<usize>().prop_map(|at| Step::Redact { at }),
        1 => Just(Step::BackUp),
        1 => Just(Step::Restore),
    ]
}

/// Everything there is.
struct World {
    server: Server,
    replicas: Vec<Replica>,
    backup: Backup,
    /// Requests that were made, as they may arrive again.
    requests: Vec<(usize, PushRequest)>,
    saved: BTreeSet<OperationId>,
}

/// Where a worker is among the replicas.
const SADE: usize = 0;
/// Where the manager is among the replicas.
const HELEN: usize = 2;

impl World {
    async fn new() -> World {
        let server = Server::start().await;
        let mut replicas = Vec::new();
        for who in [Who::AssignedWorker, Who::SameTeamWorker, Who::TeamManager, Who::AssignedWorker] {
            replicas.push(Replica::new(&server, who).await);
        }
        replicas[0].save(registered(child(1)));
        replicas[0].send().await;
        for replica in &mut replicas {
            replica.pull().await;
        }
        let backup = server.back_up().await;
        World { server, replicas, backup, requests: Vec::new(), saved: BTreeSet::new() }
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Save { by, title: true } => self.save(*by, title(child(1), "Swimming")),
            Step::Save { by, title: false } => self.save(*by, voice(child(1), "She likes the bus.")),
            Step::Send { by } => {
                self.requests.extend(self.replicas[*by].push().map(|push| (*by, push)));
                self.replicas[*by].send().await;
            }
            Step::ReplyLost { by } => {
                if let Some(push) = self.replicas[*by].push() {
                    self.replicas[*by].device.send(&push).await;
                }
            }
            Step::Doubled { nth } => {
                if let Some((by, push)) = self.requests.get(nth % self.requests.len().max(1)) {
                    self.replicas[*by].device.send(push).await;
                }
            }
            Step::Pull { by } => self.replicas[*by].pull().await,
            Step::Copy { by } => {
                let copy = self.replicas[*by].clone();
                let before = std::mem::replace(&mut self.replicas[3], copy).unsent;
                before.into_iter().for_each(|operation| self.replicas[3].save(operation));
            }
            Step::Allocate { .. } | Step::Admit | Step::Redact { .. } => self.decide(step).await,
            Step::BackUp => self.backup = self.server.back_up().await,
            Step::Restore => self.restore().await,
        }
    }

    fn save(&mut self, by: usize, operation: Operation) {
        self.saved.insert(operation.id);
        self.replicas[by].save(operation);
    }

    async fn decide(&mut self, step: &Step) {
        self.replicas[HELEN].pull().await;
        let record = self.replicas[HELEN].record();
        let mut decision = match step {
            Step::Allocate { both: true } => assigned(child(1), &[Who::AssignedWorker, Who::SameTeamWorker]),
            Step::Allocate { both: false } => assigned(child(1), &[Who::AssignedWorker]),
            Step::Admit => admit(child(1), &record.standing.held.seqs().collect::<Vec<_>>()),
            Step::Redact { at } => {
                let words: Vec<_> = record.items.iter().filter(|item| item.seq > Some(1)).collect();
                let Some(item) = words.get(at % words.len().max(1)) else { return };
                let seq = item.seq.unwrap();
                let mut proposal = redaction_proposed(child(1), seq);
                proposal.captured_at = self.server.now();
                self.save(SADE, proposal);
                self.replicas[SADE].send().await;
                redacted(child(1), seq)
            }
            _ => return,
        };
        decision.captured_at = self.server.now();
        self.save(HELEN, decision);
    }

    async fn restore(&mut self) {
        // What nobody but the server has is gone with it: so everybody has what is to be there in the end.
        for replica in &mut self.replicas {
            replica.pull().await;
        }
        self.replicas[HELEN].pull().await;
        self.server.wait(jiff::SignedDuration::from_mins(1));
        let mut enrolments = BTreeMap::new();
        for replica in &self.replicas {
            let enrolment = self.server.store.enrolment(replica.device.replica).await.unwrap().unwrap();
            enrolments.insert(replica.device.replica, enrolment);
        }
        self.server = self.server.set_back(&self.backup).await;
        let epoch = u64::try_from(self.server.now().as_second()).unwrap();
        self.server.store.raise_epochs(epoch).await.unwrap();
        for enrolment in enrolments.into_values() {
            self.server.store.enrol(enrolment, functions::store::EscrowKey([7; 32])).await.unwrap();
        }
        for replica in &mut self.replicas {
            replica.device.meets(&self.server);
        }
    }

    /// Everything is sent and pulled, until nothing changes any more.
    async fn quiet(&mut self) {
        for _ in 0..4 {
            for replica in &mut self.replicas {
                replica.send().await;
                replica.send().await;
                replica.pull().await;
            }
        }
    }
}

/// A case is a whole history over a file or, what takes longer, a few tables: not many, unless asked for more.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let few = if crate::support::on_dynamodb() { 12 } else { 24 };
    ProptestConfig { cases: if usual.cases == 256 { few } else { usual.cases }, failure_persistence: None, ..usual }
}

async fn check(steps: &[Step]) {
    let mut world = World::new().await;
    for step in steps {
        world.take(step).await;
    }
    world.quiet().await;
    let log = world.replicas[HELEN].log.clone();
    assert!(log.iter().zip(1..).all(|(entry, seq)| entry.seq == seq), "dense");
    let seal = Seal::of(&*world.server.store).await.unwrap();
    assert!(log.iter().all(|entry| seal.holds(child(1), entry)), "under our seal");
    let record = world.replicas[HELEN].record();
    let head = world.server.store.head(child(1)).await.unwrap().unwrap();
    assert_eq!((head.seq, &head.standing), (log.len() as u64, &record.standing), "decided by what everybody folds");
    for replica in &world.replicas {
        if replica.log.len() == log.len() {
            // Whoever pulled before a redaction has the words still; the record is the same.
            assert_eq!(replica.record(), record, "everybody sees the same");
        }
    }
    let there: BTreeSet<_> = log.iter().filter_map(|entry| entry.id).collect();
    for id in &world.saved {
        assert!(there.contains(id), "lost: {id}");
    }
    let refused = |entry: &&Entry| entry.verdict == Verdict::Refused;
    let held_words = log.iter().filter(refused).filter_map(|entry| entry.operation()?.ok());
    assert!(held_words.into_iter().all(|operation| operation.class == domain::Class::Request), "no fact is refused");
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn once_quiet_the_real_store_and_every_replica_agree(steps in proptest::collection::vec(step(), 1..30)) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(check(&steps));
    }
}
