//! Sessions, sign-ins under way, invitations, and whose an account is.

use domain::Hash;

use super::{at, staff};
use crate::store::{BegunSignIn, BindError, Binding, Identity, Invitation, Session, Store, TokenHash};

pub(in crate::store) fn session(of: u128) -> Session {
    Session {
        staff: staff(of),
        created_at: at(0),
        authenticated_at: Some(at(-3)),
        provider_session: Some(Hash::of(b"sid")),
        last_seen: at(0),
        ends_at: at(60),
    }
}

pub(in crate::store) async fn a_session_is_kept_touched_and_forgotten(store: &dyn Store) {
    let token = TokenHash([1; 32]);
    store.touch_session(token, at(1)).await.unwrap();
    assert_eq!(store.session(token).await.unwrap(), None);
    store.put_session(token, session(1)).await.unwrap();
    store.touch_session(token, at(5)).await.unwrap();
    store.touch_session(token, at(4)).await.unwrap();
    assert_eq!(store.session(token).await.unwrap(), Some(Session { last_seen: at(5), ..session(1) }));
    assert_eq!(store.session(TokenHash([2; 32])).await.unwrap(), None);
    store.delete_session(token).await.unwrap();
    store.delete_session(token).await.unwrap();
    assert_eq!(store.session(token).await.unwrap(), None);
    let unsaid = Session { authenticated_at: None, provider_session: None, ..session(1) };
    store.put_session(token, unsaid).await.unwrap();
    assert_eq!(store.session(token).await.unwrap(), Some(unsaid));
}

pub(in crate::store) async fn the_sessions_of_one_person_are_found(store: &dyn Store) {
    for (token, of) in [(3, 1), (1, 1), (2, 2)] {
        store.put_session(TokenHash([token; 32]), session(of)).await.unwrap();
    }
    store.delete_session(TokenHash([9; 32])).await.unwrap();
    let tokens = |sessions: Vec<(TokenHash, Session)>| sessions.iter().map(|(token, _)| token.0[0]).collect::<Vec<_>>();
    assert_eq!(tokens(store.sessions_of(staff(1)).await.unwrap()), [1, 3]);
    store.touch_session(TokenHash([3; 32]), at(5)).await.unwrap();
    store.delete_session(TokenHash([1; 32])).await.unwrap();
    let left = vec![(TokenHash([3; 32]), Session { last_seen: at(5), ..session(1) })];
    assert_eq!(store.sessions_of(staff(1)).await.unwrap(), left);
    assert_eq!(tokens(store.sessions_of(staff(2)).await.unwrap()), [2]);
    assert!(store.sessions_of(staff(3)).await.unwrap().is_empty());
}

fn begun() -> BegunSignIn {
    BegunSignIn {
        browser: TokenHash([5; 32]),
        nonce: "nonce".into(),
        verifier: "verifier".into(),
        to: "/today".into(),
        fresh_from: Some(at(0)),
        invitation: Some(TokenHash([6; 32])),
        ends_at: at(10),
    }
}

pub(in crate::store) async fn a_sign_in_that_was_begun_is_given_out_once(store: &dyn Store) {
    let plain = BegunSignIn { fresh_from: None, invitation: None, ..begun() };
    store.put_sign_in(TokenHash([1; 32]), begun()).await.unwrap();
    store.put_sign_in(TokenHash([2; 32]), plain.clone()).await.unwrap();
    assert_eq!(store.take_sign_in(TokenHash([1; 32])).await.unwrap(), Some(begun()));
    assert_eq!(store.take_sign_in(TokenHash([1; 32])).await.unwrap(), None);
    assert_eq!(store.take_sign_in(TokenHash([2; 32])).await.unwrap(), Some(plain));
    assert_eq!(store.take_sign_in(TokenHash([3; 32])).await.unwrap(), None);
}

fn account(name: &str) -> Identity {
    Identity(Hash::of(name.as_bytes()))
}

async fn invited(store: &dyn Store, token: u8, of: u128) -> TokenHash {
    let token = TokenHash([token; 32]);
    let invitation =
        Invitation { staff: staff(of), account: Some("sade".into()), made_at: at(-1), ends_at: at(60), used_at: None };
    store.put_invitation(token, invitation).await.unwrap();
    token
}

pub(in crate::store) async fn an_invitation_binds_one_account_once(store: &dyn Store) {
    let token = invited(store, 1, 1).await;
    let binding = Binding { identity: account("a"), staff: staff(1), invitation: Some(token), at: at(1) };
    assert_eq!(store.staff_of(account("a")).await.unwrap(), None);
    assert_eq!(store.account_since(staff(1)).await.unwrap(), None);
    store.bind(binding).await.unwrap();
    assert_eq!(store.account_since(staff(1)).await.unwrap(), Some(at(1)));
    assert_eq!(store.staff_of(account("a")).await.unwrap(), Some(staff(1)));
    assert_eq!(store.invitation(token).await.unwrap().unwrap().used_at, Some(at(1)));
    let again = store.bind(Binding { identity: account("b"), ..binding }).await;
    assert!(matches!(again, Err(BindError::InvitationUsed)), "{again:?}");
    let unknown = Binding { invitation: Some(TokenHash([9; 32])), identity: account("c"), ..binding };
    assert!(matches!(store.bind(unknown).await, Err(BindError::InvitationUsed)));
    let token = invited(store, 2, 2).await;
    let anothers = Binding { invitation: Some(token), staff: staff(2), ..binding };
    assert!(matches!(store.bind(anothers).await, Err(BindError::IdentityTaken)));
    let of_another = Binding { staff: staff(3), identity: account("d"), ..anothers };
    assert!(matches!(store.bind(of_another).await, Err(BindError::InvitationUsed)));
    assert_eq!(store.invitation(token).await.unwrap().unwrap().used_at, None);
    assert_eq!(store.staff_of(account("b")).await.unwrap(), None);
}

pub(in crate::store) async fn one_account_never_becomes_two_people(store: &dyn Store) {
    for turn in 0..8 {
        let (first, second) = (invited(store, 2 * turn, 1).await, invited(store, 2 * turn + 1, 2).await);
        let identity = account(&format!("account {turn}"));
        let binding = |of, token| Binding { identity, staff: staff(of), invitation: Some(token), at: at(1) };
        let both = tokio::join!(store.bind(binding(1, first)), store.bind(binding(2, second)));
        let owner = match both {
            (Ok(()), Err(BindError::IdentityTaken)) => 1,
            (Err(BindError::IdentityTaken), Ok(())) => 2,
            both => panic!("{both:?}"),
        };
        assert_eq!(store.staff_of(identity).await.unwrap(), Some(staff(owner)));
    }
}

pub(in crate::store) async fn without_an_invitation_only_the_first_account_is_bound(store: &dyn Store) {
    let binding = Binding { identity: account("a"), staff: staff(1), invitation: None, at: at(1) };
    store.bind(binding).await.unwrap();
    let second = store.bind(Binding { identity: account("b"), ..binding }).await;
    assert!(matches!(second, Err(BindError::Bound)), "{second:?}");
    assert_eq!(store.staff_of(account("b")).await.unwrap(), None);
}

pub(in crate::store) async fn a_new_invitation_replaces_the_account(store: &dyn Store) {
    store.bind(Binding { identity: account("a"), staff: staff(1), invitation: None, at: at(1) }).await.unwrap();
    let token = invited(store, 1, 1).await;
    let binding = Binding { identity: account("b"), staff: staff(1), invitation: Some(token), at: at(2) };
    store.bind(binding).await.unwrap();
    assert_eq!(store.staff_of(account("a")).await.unwrap(), None);
    assert_eq!(store.staff_of(account("b")).await.unwrap(), Some(staff(1)));
    let token = invited(store, 2, 1).await;
    store.bind(Binding { invitation: Some(token), ..binding }).await.unwrap();
    assert_eq!(store.staff_of(account("b")).await.unwrap(), Some(staff(1)), "the same account, invited again");
    assert_eq!(store.account_since(staff(1)).await.unwrap(), Some(at(2)));
}
