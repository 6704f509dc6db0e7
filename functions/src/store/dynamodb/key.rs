//! Where each item lies in the table. **Frozen.**
//!
//! ```text
//! PK                     SK
//! STREAM#<kind>#<id>     HEAD · REPLICA#<replica> · LOG#<first seq> · SNAP#1#HEAD · OPS#<hour>#<nth>
//! STREAMS                STREAM#<kind>#<id>       every stream there is: only a restore asks for all of them
//! TEAM#<team>            STREAM#<kind>#<id>       what lists and pulls of a team are answered from
//! STAFF#<staff>          STREAM#<kind>#<id>       the same for those who are allocated
//! FIND#<keyed hash>      STREAM#<kind>#<id>       by what possible doubles are found; no name lies in a key
//! STAFF                  <staff>                  everybody, in one partition: a council has hundreds, not millions
//! REPLICA#<replica>      REPLICA                  an enrolment
//! VAULT#<vault>          VAULT                    an escrow key, and the replicas of the vault
//! SESSION#<token hash>   SESSION                  it expires by itself, as the two below do
//! STAFF#<staff>          SESSION#<token hash>     by what the sessions of one person are found
//! SIGNIN#<state hash>    SIGNIN                   a sign-in under way at the provider
//! INVITE#<token hash>    INVITE                   leave to sign in as somebody, once
//! IDENTITY#<keyed hash>  IDENTITY                 whose an account of the provider is; no name lies in a key
//! STAFF#<staff>          IDENTITY                 the same the other way round
//! STAFF#<staff>          REPLICA#<replica>        by what the devices of one person are found
//! ACCESS#<staff>         <time>#<random id>       who read or wrote what; of nobody known, ACCESS#nobody
//! SEEN#<kind>#<id>       <time>#<random id>       the same by record
//! NOTIFIED#<staff>           <time>#<random id>       what others read with a reason, of whoever is told of it
//! LIMIT#<keyed hash>     <start of the window>    what came how often; it expires by itself
//! META                   <name>                   facts about the store itself
//! ```
//! Sequence numbers are written with twenty digits, so that text sorts as numbers do.

use domain::Hash;
use domain::id::{ReplicaId, StaffId, StreamId, TeamId, VaultId};
use jiff::Timestamp;

use super::unreadable::Unreadable;
use crate::store::{AccessOf, AccessPlace, FoundBy, Identity, Meta, Scope, TokenHash};

/// The key of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

/// Sort keys of one partition, from the first to the last, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) pk: String,
    pub(super) first: String,
    pub(super) last: String,
}

/// Begins the sort key of a row that stands for a stream in a list. No key begins with what follows `#` in the alphabet.
const STREAM: &str = "STREAM#";
const AFTER_STREAMS: &str = "STREAM$";

fn key(pk: impl Into<String>, sk: impl Into<String>) -> Key {
    Key { pk: pk.into(), sk: sk.into() }
}

/// `STREAM#<kind>#<id>`: a stream's partition, and its sort key in lists.
pub(super) fn stream_name(stream: StreamId) -> String {
    format!("{STREAM}{}", stream.to_string().replacen('-', "#", 1))
}

/// Reads a stream back from its sort key in a list.
pub(super) fn listed_stream(sk: &str) -> Result<StreamId, Unreadable> {
    let name = sk.strip_prefix(STREAM).ok_or(Unreadable("SK"))?;
    name.replacen('#', "-", 1).parse().map_err(|_| Unreadable("SK"))
}

pub(super) fn head(stream: StreamId) -> Key {
    key(stream_name(stream), "HEAD")
}

/// The standing of a head that is too long to hold it.
pub(super) fn standing(stream: StreamId) -> Key {
    key(stream_name(stream), "SNAP#1#HEAD")
}

pub(super) fn high(stream: StreamId, replica: ReplicaId) -> Key {
    key(stream_name(stream), format!("REPLICA#{replica}"))
}

pub(super) fn segment(stream: StreamId, first: u64) -> Key {
    key(stream_name(stream), segment_name(first))
}

/// Where operations made in one hour are found by their identities; the next row once one is full.
pub(super) fn operations(stream: StreamId, hour: u64, nth: u32) -> Key {
    key(stream_name(stream), format!("OPS#{hour:08}#{nth}"))
}

fn segment_name(first: u64) -> String {
    format!("LOG#{first:020}")
}

/// The segments whose first entry is `from` or later.
pub(super) fn segments_from(stream: StreamId, from: u64) -> Range {
    Range { pk: stream_name(stream), first: segment_name(from), last: segment_name(u64::MAX) }
}

/// The segments whose first entry is before `before`, which is at least 1.
pub(super) fn segments_before(stream: StreamId, before: u64) -> Range {
    Range { pk: stream_name(stream), first: segment_name(0), last: segment_name(before - 1) }
}

/// The row of a stream among all streams.
pub(super) fn directory(stream: StreamId) -> Key {
    key("STREAMS", stream_name(stream))
}

/// All streams.
pub(super) fn every_stream() -> Range {
    Range { pk: "STREAMS".into(), first: STREAM.into(), last: AFTER_STREAMS.into() }
}

/// The row of a stream in the list of a scope.
pub(super) fn listed(scope: Scope, stream: StreamId) -> Key {
    key(scope_name(scope), stream_name(stream))
}

/// The rows of all streams in the list of a scope.
pub(super) fn list(scope: Scope) -> Range {
    Range { pk: scope_name(scope), first: STREAM.into(), last: AFTER_STREAMS.into() }
}

/// The row by which a stream is found.
pub(super) fn found(FoundBy(hash): FoundBy, stream: StreamId) -> Key {
    key(format!("FIND#{hash}"), stream_name(stream))
}

/// The rows of all streams that are found by this.
pub(super) fn found_by(FoundBy(hash): FoundBy) -> Range {
    Range { pk: format!("FIND#{hash}"), first: STREAM.into(), last: AFTER_STREAMS.into() }
}

fn scope_name(scope: Scope) -> String {
    match scope {
        Scope::Team(TeamId(team)) => format!("TEAM#{team}"),
        Scope::Assigned(StaffId(staff)) => format!("STAFF#{staff}"),
    }
}

pub(super) fn staff(staff: StaffId) -> Key {
    key("STAFF", staff.to_string())
}

/// Every member of staff: uuids sort before any letter beyond `f`.
pub(super) fn everybody() -> Range {
    Range { pk: "STAFF".into(), first: "0".into(), last: "g".into() }
}

pub(super) fn enrolment(replica: ReplicaId) -> Key {
    key(format!("REPLICA#{replica}"), "REPLICA")
}

pub(super) fn vault(vault: VaultId) -> Key {
    key(format!("VAULT#{vault}"), "VAULT")
}

pub(super) fn session(token: TokenHash) -> Key {
    key(format!("SESSION#{}", domain::hash::hex(&token.0)), "SESSION")
}

const SESSION: &str = "SESSION#";

/// The row of a session among those of its owner.
pub(super) fn session_of(StaffId(staff): StaffId, token: TokenHash) -> Key {
    key(format!("STAFF#{staff}"), format!("{SESSION}{}", domain::hash::hex(&token.0)))
}

/// The rows of all sessions of one member of staff.
pub(super) fn sessions_of(StaffId(staff): StaffId) -> Range {
    Range { pk: format!("STAFF#{staff}"), first: SESSION.into(), last: "SESSION$".into() }
}

/// Reads a session's token back from its sort key among those of its owner.
pub(super) fn session_token(sk: &str) -> Result<TokenHash, Unreadable> {
    let hash = sk.strip_prefix(SESSION).ok_or(Unreadable("SK"))?;
    domain::hash::unhex(hash).map(TokenHash).map_err(|_| Unreadable("SK"))
}

pub(super) fn begun_sign_in(state: TokenHash) -> Key {
    key(format!("SIGNIN#{}", domain::hash::hex(&state.0)), "SIGNIN")
}

pub(super) fn invitation(token: TokenHash) -> Key {
    key(format!("INVITE#{}", domain::hash::hex(&token.0)), "INVITE")
}

pub(super) fn identity(Identity(hash): Identity) -> Key {
    key(format!("IDENTITY#{hash}"), "IDENTITY")
}

/// The row that says which account is one person's.
pub(super) fn account_of(StaffId(staff): StaffId) -> Key {
    key(format!("STAFF#{staff}"), "IDENTITY")
}

const REPLICA: &str = "REPLICA#";

/// The row of an enrolment among those of its owner.
pub(super) fn enrolment_of(StaffId(staff): StaffId, replica: ReplicaId) -> Key {
    key(format!("STAFF#{staff}"), format!("{REPLICA}{replica}"))
}

/// The rows of all enrolments of one member of staff.
pub(super) fn enrolments_of(StaffId(staff): StaffId) -> Range {
    Range { pk: format!("STAFF#{staff}"), first: REPLICA.into(), last: "REPLICA$".into() }
}

/// Reads a replica back from its sort key among those of its owner.
pub(super) fn enrolled_replica(sk: &str) -> Result<ReplicaId, Unreadable> {
    sk.strip_prefix(REPLICA).and_then(|replica| replica.parse().ok()).ok_or(Unreadable("SK"))
}

fn access_log(of: AccessOf) -> String {
    match of {
        AccessOf::Stream(stream) => stream_name(stream).replacen(STREAM, "SEEN#", 1),
        AccessOf::Staff(Some(StaffId(staff))) => format!("ACCESS#{staff}"),
        AccessOf::Staff(None) => "ACCESS#nobody".into(),
        AccessOf::Notified(StaffId(staff)) => format!("NOTIFIED#{staff}"),
    }
}

fn access_place(AccessPlace { at, id }: AccessPlace) -> String {
    format!("{}#{id}", at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
}

/// One request in a part of the access log.
pub(super) fn access(of: AccessOf, place: AccessPlace) -> Key {
    key(access_log(of), access_place(place))
}

/// A part of the access log up to a place, or to its end.
pub(super) fn accesses(of: AccessOf, until: Option<AccessPlace>) -> Range {
    Range { pk: access_log(of), first: "0".into(), last: until.map_or_else(|| "9999".into(), access_place) }
}

/// What is counted in one window.
pub(super) fn counted(counter: Hash, starts: Timestamp) -> Key {
    key(format!("LIMIT#{counter}"), starts.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

pub(super) fn meta(meta: Meta) -> Key {
    let name = match meta {
        Meta::EntryKey => "entry_key",
        Meta::Demo => "demo",
        Meta::DemoDay => "demo_day",
        Meta::FirstAdministrator => "first_administrator",
    };
    key("META", name)
}

/// The format of the whole table.
pub(super) fn format() -> Key {
    key("META", "format")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::restored::Ledger;

    #[test]
    fn keys_never_change() {
        let stream = StreamId::child(Uuid::from_u128(1));
        let (team, staff_id) = (TeamId(Uuid::from_u128(2)), StaffId(Uuid::from_u128(3)));
        let at = "2026-11-24T09:08:07.006Z".parse().unwrap();
        let keys = [
            head(stream),
            standing(stream),
            high(stream, ReplicaId(Uuid::from_u128(4))),
            segment(stream, 42),
            operations(stream, 498_611, 7),
            directory(stream),
            listed(Scope::Team(team), stream),
            listed(Scope::Assigned(staff_id), stream),
            staff(staff_id),
            enrolment(ReplicaId(Uuid::from_u128(4))),
            enrolment_of(staff_id, ReplicaId(Uuid::from_u128(4))),
            vault(VaultId(Uuid::from_u128(5))),
            session(TokenHash([6; 32])),
            session_of(staff_id, TokenHash([6; 32])),
            begun_sign_in(TokenHash([6; 32])),
            invitation(TokenHash([6; 32])),
            identity(Identity(Hash::of(b"account"))),
            account_of(staff_id),
            access(AccessOf::Staff(Some(staff_id)), AccessPlace { at, id: Uuid::from_u128(8) }),
            access(AccessOf::Staff(None), AccessPlace { at, id: Uuid::from_u128(8) }),
            access(AccessOf::Stream(stream), AccessPlace { at, id: Uuid::from_u128(8) }),
            counted(Hash::of(b"escrow"), at),
            meta(Meta::EntryKey),
            meta(Meta::Demo),
            meta(Meta::FirstAdministrator),
            meta(Meta::DemoDay),
            format(),
        ];
        let text: Vec<String> = keys.iter().map(|key| format!("{}  {}", key.pk, key.sk)).collect();
        insta::assert_snapshot!(text.join("\n"));
    }

    #[test]
    fn text_sorts_as_numbers_do() {
        let stream = StreamId::child(Uuid::from_u128(1));
        assert!(segment(stream, 9).sk < segment(stream, 10).sk);
        let all = segments_from(stream, 0);
        assert!(all.first <= segment(stream, 0).sk && segment(stream, u64::MAX).sk <= all.last);
        assert!(segments_before(stream, 10).last < segments_from(stream, 10).first);
    }

    #[test]
    fn a_stream_is_read_back_from_its_row_in_a_list() {
        let stream = StreamId::child(Uuid::from_u128(1));
        let all = list(Scope::Team(TeamId(Uuid::nil())));
        let sk = listed(Scope::Team(TeamId(Uuid::nil())), stream).sk;
        assert!(all.first < sk && sk < all.last);
        assert_eq!(listed_stream(&sk).unwrap(), stream);
        assert!(listed_stream("STREAM#pet#1").is_err());
        assert!(listed_stream("HEAD").is_err());
    }

    #[test]
    fn a_ledger_of_redactions_reads_a_stream_from_its_partition() {
        let (stream, hash) = (StreamId::child(Uuid::from_u128(1)), Hash::of(b"words"));
        let line = format!("{{\"keys\":{{\"PK\":\"{}\"}},\"redacted\":[\"{hash}\"]}}", stream_name(stream));
        assert_eq!(Ledger::read(&line).unwrap(), Ledger::of([(stream, hash)]));
    }
}
