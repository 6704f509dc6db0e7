//! SQLite and DynamoDB, asked the same, answer the same: call by call.

use super::*;
use crate::store::contract::trace::Traced;
use crate::store::contract::{self, rules};
use crate::store::sqlite::SqliteStore;

fn sqlite() -> (SqliteStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("heard.sqlite")).unwrap();
    (store, folder)
}

macro_rules! alike {
    (; $($rule:ident),+ $(,)?) => {$(
        #[tokio::test]
        async fn $rule() {
            let (here, _folder) = sqlite();
            let here = Traced::new(here);
            contract::$rule(&here).await;
            let (there, ()) = fresh().await;
            let there = Traced::new(there);
            contract::$rule(&there).await;
            assert_eq!(here.lines(), there.lines());
        }
    )+};
}

rules! { alike, }

mod whatever_is_asked {
    use super::*;
    use crate::store::contract::{WHOLE, at, next, replica, staff, standing, stream};
    use crate::store::{FoundBy, ReplicaStep};
    use domain::Hash;
    use domain::id::OperationId;
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    /// Each case makes a table; these are enough to meet every pair of steps many times over.
    const CASES: u32 = 24;

    #[derive(Clone, Debug)]
    enum Step {
        /// An append by what was read, or by what is older or newer than that.
        Append {
            stream: u128,
            replica: u128,
            count: u64,
            behind: i8,
            team: u128,
            assigned: Vec<u128>,
            /// The identities of its operations begin here: some were there before.
            from: u128,
            /// Another replica moves too.
            other: bool,
            /// An entry is redacted, if there is one.
            redact: Option<u64>,
        },
        Known {
            stream: u128,
            ids: Vec<u128>,
        },
        RaiseEpochs {
            at_least: u64,
        },
        Heads {
            stream: u128,
            replica: u128,
        },
        Entries {
            stream: u128,
            after: u64,
            entries: usize,
            bytes: usize,
        },
        Lists {
            id: u128,
        },
        Enrol {
            replica: u128,
            staff: u128,
            vault: u128,
        },
        Revoke {
            replica: u128,
        },
        Session {
            token: u8,
            minute: i64,
        },
        EndSession {
            token: u8,
        },
        Fact {
            value: String,
        },
    }

    fn append() -> impl Strategy<Value = Step> {
        let id = 1..3_u128;
        let lists = (id.clone(), prop::collection::vec(1..4_u128, 0..3));
        let beside = (0..20_u128, any::<bool>(), prop::option::of(0..6_u64));
        (id.clone(), id, 0..4_u64, -1..2_i8, lists, beside).prop_map(
            |(stream, replica, count, behind, (team, assigned), (from, other, redact))| Step::Append {
                stream,
                replica,
                count,
                behind,
                team,
                assigned,
                from,
                other,
                redact,
            },
        )
    }

    /// An identity: six of them are of one hour, and the next of another.
    fn identity(id: u128) -> OperationId {
        OperationId(Uuid::from_u128(((id / 6) * 3_600_000 + id) << 80 | id))
    }

    /// What a stream is found by.
    fn found(id: u128) -> FoundBy {
        FoundBy(Hash::of(&id.to_be_bytes()))
    }

    fn step() -> impl Strategy<Value = Step> {
        let id = 1..3_u128;
        prop_oneof![
            4 => append(),
            2 => (id.clone(), prop::collection::vec(0..24_u128, 0..6))
                .prop_map(|(stream, ids)| Step::Known { stream, ids }),
            1 => (0..9_u64).prop_map(|at_least| Step::RaiseEpochs { at_least }),
            1 => (id.clone(), id.clone()).prop_map(|(stream, replica)| Step::Heads { stream, replica }),
            2 => (id.clone(), 0..12_u64, 0..6_usize, 0..2_000_usize)
                .prop_map(|(stream, after, entries, bytes)| Step::Entries { stream, after, entries, bytes }),
            1 => id.clone().prop_map(|id| Step::Lists { id }),
            2 => (1..4_u128, id.clone(), id.clone())
                .prop_map(|(replica, staff, vault)| Step::Enrol { replica, staff, vault }),
            1 => (1..4_u128).prop_map(|replica| Step::Revoke { replica }),
            1 => (0..2_u8, 0..9_i64).prop_map(|(token, minute)| Step::Session { token, minute }),
            1 => (0..2_u8).prop_map(|token| Step::EndSession { token }),
            1 => "[a-z]{1,3}".prop_map(|value| Step::Fact { value }),
        ]
    }

    /// Does one step; what a step depends on, it asks the store itself.
    async fn take(store: &dyn Store, step: &Step) {
        match step {
            Step::Append { stream: of, replica: by, count, behind, team, assigned, from, other, redact } => {
                let (head, high) = store.heads(stream(*of), replica(*by)).await.unwrap();
                let mut append = next(None, stream(*of), *count);
                append.replica = replica(*by);
                append.expected_version =
                    head.as_ref().map(|head| head.version.saturating_add_signed(i64::from(*behind)));
                append.expected_high = high.high;
                append.high.high += high.high;
                if *count == 0 {
                    append.high = high;
                }
                if let Some(head) = head {
                    append.redact = redact.iter().map(|seq| seq + 1).filter(|seq| *seq <= head.seq).collect();
                    append.head.version += head.version;
                    append.head.seq += head.seq;
                    append.segment.iter_mut().for_each(|entry| entry.seq += head.seq);
                }
                for (entry, id) in append.segment.iter_mut().zip(*from..) {
                    entry.id = Some(identity(id));
                }
                if *other {
                    let ReplicaHigh { high, chain } = store.heads(stream(*of), replica(3)).await.unwrap().1;
                    let moved = ReplicaHigh { high: high + 1, chain };
                    append.others = vec![ReplicaStep { replica: replica(3), expected: high, high: moved }];
                }
                append.head.standing = standing(*team, assigned);
                append.found_by = assigned.iter().copied().map(found).collect();
                let _ = store.append(append).await;
            }
            Step::Known { stream: of, ids } => {
                let ids: Vec<_> = ids.iter().copied().map(identity).collect();
                drop(store.known(stream(*of), &ids).await);
            }
            Step::RaiseEpochs { at_least } => store.raise_epochs(*at_least).await.unwrap(),
            Step::Heads { stream: of, replica: by } => drop(store.heads(stream(*of), replica(*by)).await),
            Step::Entries { stream: of, after, entries, bytes } => {
                drop(store.entries(stream(*of), *after, Budget { entries: *entries, bytes: *bytes }).await);
                drop(store.entries(stream(*of), *after, WHOLE).await);
            }
            Step::Lists { id } => {
                for scope in [Scope::Assigned(staff(*id)), Scope::Team(crate::store::contract::team(*id))] {
                    drop(store.index(scope).await);
                    drop(store.listed(scope).await);
                }
                drop(store.found_by(found(*id)).await);
            }
            Step::Enrol { replica: id, staff: of, vault } => {
                let enrolment = crate::store::contract::enrolment(*id, *of, *vault);
                drop(store.enrol(enrolment, EscrowKey([7; 32])).await);
                drop(store.enrolment(replica(*id)).await);
            }
            Step::Revoke { replica: id } => {
                drop(store.revoke(replica(*id), at(1)).await);
                drop(store.enrolment(replica(*id)).await);
            }
            Step::Session { token, minute } => {
                let token = TokenHash([*token; 32]);
                if store.session(token).await.unwrap().is_none() {
                    store.put_session(token, crate::store::contract::session(1)).await.unwrap();
                }
                store.touch_session(token, at(*minute)).await.unwrap();
                drop(store.session(token).await);
            }
            Step::EndSession { token } => {
                store.delete_session(TokenHash([*token; 32])).await.unwrap();
                drop(store.session(TokenHash([*token; 32])).await);
            }
            Step::Fact { value } => {
                drop(store.meta_or(Meta::Demo, value.clone()).await);
                store.put_meta(Meta::DemoDay, value.clone()).await.unwrap();
                drop(store.meta(Meta::DemoDay).await);
            }
        }
    }

    async fn trace(store: impl Store, steps: &[Step]) -> Vec<String> {
        let store = Traced::new(store);
        for step in steps {
            take(&store, step).await;
        }
        store.lines()
    }

    #[test]
    fn both_answer_the_same() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(CASES) });
        let steps = prop::collection::vec(step(), 1..30);
        let alike = |steps: Vec<Step>| {
            let (here, there) = runtime.block_on(async {
                let (store, _folder) = sqlite();
                (trace(store, &steps).await, trace(fresh().await.0, &steps).await)
            });
            prop_assert_eq!(here, there);
            Ok(())
        };
        runner.run(&steps, alike).unwrap();
    }
}
