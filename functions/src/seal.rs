//! The server's MAC over an entry: proof that this server gave the verdict, wherever the entry has been since.
//!
//! HMAC-SHA256 over a canonical text: each part with its length before it, so that no two entries have one text. **Frozen.**

use domain::hash::{hex, unhex};
use domain::id::StreamId;
use domain::{Entry, Hash, Verdict};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::store::{FoundBy, Identity, Meta, Store, StoreError};

/// The key under which entries are sealed.
#[derive(Clone)]
pub struct Seal {
    key: [u8; 32],
}

impl Seal {
    /// Takes a key as it is.
    pub fn new(key: [u8; 32]) -> Seal {
        Seal { key }
    }

    /// Reads this store's key; the first start makes it. In the cloud the table it lies in is encrypted under a key of KMS.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when what is kept is not a key.
    pub async fn of(store: &dyn Store) -> Result<Seal, StoreError> {
        let fresh = hex(&crate::random::bytes::<32>()?);
        let kept = store.meta_or(Meta::EntryKey, fresh).await?;
        let key = unhex(&kept).map_err(|error| StoreError::Corrupt(Box::new(error)))?;
        Ok(Seal { key })
    }

    /// By what a search finds something: a hash that tells nothing to whoever has not this key.
    pub fn found_by(&self, words: &str) -> FoundBy {
        FoundBy(self.keyed("heard-find-1:", words))
    }

    /// Under what an account of a provider is kept: neither the provider nor a name can be told from it.
    pub fn identity(&self, issuer: &str, subject: &str) -> Identity {
        Identity(self.keyed("heard-identity-1:", &format!("{}:{issuer}{subject}", issuer.len())))
    }

    /// The same for a session at a provider.
    pub fn provider_session(&self, issuer: &str, session: &str) -> Hash {
        self.keyed("heard-provider-session-1:", &format!("{}:{issuer}{session}", issuer.len()))
    }

    /// Under what is counted how often something came from somebody.
    pub fn counter(&self, what: &str, whose: &str) -> Hash {
        self.keyed("heard-count-1:", &format!("{}:{what}{whose}", what.len()))
    }

    fn keyed(&self, what: &str, words: &str) -> Hash {
        let mut hmac = Hmac::<Sha256>::new_from_slice(&self.key).expect("an HMAC key may have any length");
        hmac.update(what.as_bytes());
        hmac.update(words.as_bytes());
        Hash(hmac.finalize().into_bytes().into())
    }

    /// The MAC of an entry of `stream`, in lowercase hex. What `entry.mac` holds is not looked at.
    pub fn mac(&self, stream: StreamId, entry: &Entry) -> String {
        hex(&self.hmac(stream, entry).finalize().into_bytes())
    }

    /// Whether this server sealed the entry as it is. Compares in constant time.
    pub fn holds(&self, stream: StreamId, entry: &Entry) -> bool {
        unhex::<32>(&entry.mac).is_ok_and(|mac| self.hmac(stream, entry).verify_slice(&mac).is_ok())
    }

    fn hmac(&self, stream: StreamId, entry: &Entry) -> Hmac<Sha256> {
        let mut hmac = Hmac::<Sha256>::new_from_slice(&self.key).expect("an HMAC key may have any length");
        for part in parts(stream, entry) {
            hmac.update(format!("{}:{part}", part.len()).as_bytes());
        }
        hmac
    }
}

/// Everything but the body (its hash stands for it) and the MAC itself, in the order of the entry's fields.
fn parts(stream: StreamId, entry: &Entry) -> [String; 14] {
    let Entry { seq, epoch, id, replica, rseq, sha256, actor, received_at, verdict, code, body: _, mac: _, was } =
        entry;
    let verdict = match verdict {
        Verdict::Accepted => "accepted",
        Verdict::Held => "held",
        Verdict::Refused => "refused",
    };
    let was_epoch = was.map(|was| was.epoch.to_string()).unwrap_or_default();
    let was_seq = was.map(|was| was.seq.to_string()).unwrap_or_default();
    [
        "heard-entry-1".into(),
        stream.to_string(),
        epoch.to_string(),
        seq.to_string(),
        id.map(|id| id.to_string()).unwrap_or_default(),
        replica.to_string(),
        rseq.to_string(),
        sha256.to_string(),
        actor.to_string(),
        received_at.to_string(),
        verdict.into(),
        code.as_ref().map_or("", |code| code.as_str()).into(),
        was_epoch,
        was_seq,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::entry::Was;
    use domain::id::{OperationId, ReplicaId, StaffId};
    use domain::{Code, Hash};
    use uuid::Uuid;

    fn entry() -> Entry {
        Entry {
            seq: 3,
            epoch: 1,
            id: Some(OperationId(Uuid::from_u128(4))),
            replica: ReplicaId(Uuid::from_u128(5)),
            rseq: 2,
            sha256: Hash::of(b"body"),
            actor: StaffId(Uuid::from_u128(6)),
            received_at: "2026-11-23T09:00:00.123Z".parse().unwrap(),
            verdict: Verdict::Held,
            code: Some(Code::NotAssigned),
            body: Some("body".into()),
            mac: String::new(),
            was: Some(Was { epoch: 0, seq: 9 }),
        }
    }

    #[test]
    fn the_mac_of_an_entry_never_changes() {
        let stream = StreamId::child(Uuid::from_u128(7));
        insta::assert_snapshot!(Seal::new([7; 32]).mac(stream, &entry()), @"27720c6b11acc5b3814caf70ac5f9e7bd9e4d8f89a0ab1fb66cf8e44716e2bfa");
    }

    #[test]
    fn a_change_of_anything_but_the_body_breaks_the_seal() {
        let seal = Seal::new([7; 32]);
        let stream = StreamId::child(Uuid::from_u128(7));
        let mut sealed = entry();
        sealed.mac = seal.mac(stream, &sealed);
        assert!(seal.holds(stream, &sealed));
        assert!(seal.holds(stream, &Entry { body: None, ..sealed.clone() }), "once redacted");
        assert!(!seal.holds(StreamId::child(Uuid::from_u128(8)), &sealed));
        assert!(!Seal::new([8; 32]).holds(stream, &sealed));
        let changes: [fn(&mut Entry); 12] = [
            |entry| entry.seq += 1,
            |entry| entry.epoch += 1,
            |entry| entry.id = None,
            |entry| entry.replica = ReplicaId(Uuid::nil()),
            |entry| entry.rseq += 1,
            |entry| entry.sha256 = Hash::of(b"other"),
            |entry| entry.actor = StaffId(Uuid::nil()),
            |entry| entry.received_at = Timestamp::UNIX_EPOCH,
            |entry| entry.verdict = Verdict::Accepted,
            |entry| entry.code = None,
            |entry| entry.was = None,
            |entry| entry.mac = "not hex".into(),
        ];
        for (nth, change) in changes.into_iter().enumerate() {
            let mut changed = sealed.clone();
            change(&mut changed);
            assert!(!seal.holds(stream, &changed), "change {nth}");
        }
    }

    use jiff::Timestamp;
}
