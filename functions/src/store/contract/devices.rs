//! Replicas, their vaults, and what devices tell of themselves.

use domain::id::VaultId;
use uuid::Uuid;

use super::{at, replica, staff};
use crate::store::{EnrolError, Enrolment, EscrowKey, Seen, Store};

pub(in crate::store) fn enrolment(id: u128, of: u128, vault: u128) -> Enrolment {
    Enrolment {
        replica: replica(id),
        staff: staff(of),
        vault: VaultId(Uuid::from_u128(vault)),
        replaces: None,
        enrolled_at: at(0),
        revoked_at: None,
        seen: None,
    }
}

const KEY: EscrowKey = EscrowKey([7; 32]);
const OTHER_KEY: EscrowKey = EscrowKey([8; 32]);

pub(in crate::store) async fn a_replica_is_bound_once(store: &dyn Store) {
    let first = Enrolment { replaces: Some(replica(9)), ..enrolment(1, 1, 1) };
    assert_eq!(store.enrolment(replica(1)).await.unwrap(), None);
    store.enrol(first.clone(), KEY).await.unwrap();
    let again = Enrolment { enrolled_at: at(5), ..first.clone() };
    assert_eq!(store.enrol(again, OTHER_KEY).await.unwrap(), KEY);
    assert_eq!(store.enrolment(replica(1)).await.unwrap(), Some(first), "the first time counts");
    for (of, vault) in [(2, 2), (1, 2)] {
        let taken = store.enrol(enrolment(1, of, vault), KEY).await;
        assert!(matches!(taken, Err(EnrolError::ReplicaTaken)));
    }
    assert_eq!(store.vault(VaultId(Uuid::from_u128(2))).await.unwrap(), None, "nothing is left behind");
}

pub(in crate::store) async fn a_vault_has_one_owner_and_one_key(store: &dyn Store) {
    assert_eq!(store.enrol(enrolment(1, 1, 1), KEY).await.unwrap(), KEY);
    assert_eq!(store.enrol(enrolment(2, 1, 1), OTHER_KEY).await.unwrap(), KEY);
    let taken = store.enrol(enrolment(3, 2, 1), OTHER_KEY).await;
    assert!(matches!(taken, Err(EnrolError::VaultTaken)));
    assert_eq!(store.enrolment(replica(3)).await.unwrap(), None);
    let vault = store.vault(VaultId(Uuid::from_u128(1))).await.unwrap().unwrap();
    assert_eq!((vault.staff, vault.escrow, vault.revoked_at), (staff(1), KEY, None));
}

pub(in crate::store) async fn revoking_a_replica_revokes_its_vault(store: &dyn Store) {
    for enrolment in [enrolment(1, 1, 1), enrolment(2, 1, 1), enrolment(3, 1, 2)] {
        store.enrol(enrolment, KEY).await.unwrap();
    }
    store.revoke(replica(1), at(1)).await.unwrap();
    store.revoke(replica(1), at(2)).await.unwrap();
    store.revoke(replica(9), at(2)).await.unwrap();
    let revoked = async |id| store.enrolment(replica(id)).await.unwrap().unwrap().revoked_at;
    assert_eq!(revoked(1).await, Some(at(1)));
    assert_eq!(revoked(2).await, Some(at(1)));
    assert_eq!(revoked(3).await, None);
    let vault = store.vault(VaultId(Uuid::from_u128(1))).await.unwrap().unwrap();
    assert_eq!(vault.revoked_at, Some(at(1)));
    for id in [1, 4] {
        let again = store.enrol(enrolment(id, 1, 1), KEY).await;
        assert!(matches!(again, Err(EnrolError::Revoked)));
    }
}

pub(in crate::store) async fn devices_are_found_by_their_owner_and_tell_of_themselves(store: &dyn Store) {
    for enrolment in [enrolment(3, 1, 2), enrolment(1, 1, 1), enrolment(2, 2, 3)] {
        store.enrol(enrolment, KEY).await.unwrap();
    }
    assert_eq!(store.enrolments_of(staff(1)).await.unwrap(), [enrolment(1, 1, 1), enrolment(3, 1, 2)]);
    assert!(store.enrolments_of(staff(9)).await.unwrap().is_empty());
    let seen = Seen { at: at(4), build: "0.1+abc".into(), unsent: Some(3) };
    store.note_seen(replica(1), seen.clone()).await.unwrap();
    store.note_seen(replica(9), seen.clone()).await.unwrap();
    assert_eq!(store.enrolment(replica(1)).await.unwrap().unwrap().seen, Some(seen));
    assert_eq!(store.enrolment(replica(9)).await.unwrap(), None);
    let silent = Seen { at: at(5), build: "0.2".into(), unsent: None };
    store.note_seen(replica(1), silent.clone()).await.unwrap();
    store.revoke(replica(1), at(6)).await.unwrap();
    let now = Enrolment { seen: Some(silent), revoked_at: Some(at(6)), ..enrolment(1, 1, 1) };
    assert_eq!(store.enrolments_of(staff(1)).await.unwrap(), [now, enrolment(3, 1, 2)]);
}
