//! What every [`Storage`] must do, as one suite that runs over each of them: in memory here, in a browser in `tests/`.
//!
//! A case is a sentence of the trait, and an async function that says what broke instead of panicking: a panic in a
//! browser would end the whole run.

mod derived;
mod fork;
mod kept;
mod log;
mod outbox;
mod sample;

use std::fmt::Debug;

use super::{Storage, StorageError};

/// Where fresh stores come from.
#[expect(async_fn_in_trait, reason = "used with static dispatch on one thread")]
pub trait Fresh {
    /// The store under test.
    type Store: Storage;

    /// A store with nothing in it.
    async fn fresh(&self) -> Result<Self::Store, StorageError>;

    /// The same store as another tab opens it, or this one after a restart.
    async fn reopen(&self, store: &Self::Store) -> Result<Self::Store, StorageError>;
}

/// What broke, and where.
#[derive(Debug)]
pub(crate) struct Broken(String);

impl From<StorageError> for Broken {
    fn from(error: StorageError) -> Self {
        Broken(format!("the store said: {error}"))
    }
}

type Outcome = Result<(), Broken>;

/// Holds what was found against what was expected.
#[track_caller]
fn same<T: PartialEq + Debug>(found: T, expected: T) -> Outcome {
    if found == expected {
        return Ok(());
    }
    let place = std::panic::Location::caller();
    Err(Broken(format!("{place}: found {found:?}, expected {expected:?}")))
}

macro_rules! cases {
    ($($file:ident: $($name:ident),+;)+) => {
        /// Runs every case, each over a fresh store: its sentence, and what broke if anything did.
        pub async fn run<F: Fresh>(fresh: &F) -> Vec<(&'static str, Result<(), String>)> {
            vec![$($((stringify!($name), $file::$name(fresh).await.map_err(|broken| broken.0)),)+)+]
        }

        #[cfg(test)]
        mod in_memory {
            use super::*;
            use crate::storage::memory::MemoryStorage;

            struct Memory;

            impl Fresh for Memory {
                type Store = MemoryStorage;

                async fn fresh(&self) -> Result<MemoryStorage, StorageError> {
                    Ok(MemoryStorage::default())
                }

                async fn reopen(&self, store: &MemoryStorage) -> Result<MemoryStorage, StorageError> {
                    Ok(store.clone())
                }
            }

            $($(
                #[test]
                fn $name() {
                    pollster::block_on(super::$file::$name(&Memory)).unwrap();
                }
            )+)+
        }
    };
}

cases! {
    outbox:
        operations_are_numbered_densely_in_each_stream,
        numbers_go_on_after_a_restart,
        an_operation_that_is_here_keeps_its_number_and_its_text,
        an_operation_given_twice_in_one_call_is_saved_once,
        saving_nothing_is_allowed,
        two_tabs_that_save_at_once_never_share_a_number,
        the_outbox_is_in_order_of_stream_and_number,
        an_acknowledged_operation_stays_until_its_entry_comes_back,
        an_acknowledgement_out_of_date_changes_nothing,
        what_one_reply_acknowledges_counts_stream_by_stream,
        a_server_that_was_set_back_is_sent_to_again,
        another_seal_replaces_the_text_alone,
        an_operation_set_aside_leaves_no_gap,
        what_is_not_there_or_was_sent_cannot_be_set_aside;
    log:
        entries_are_stored_with_their_cursor_and_their_rows_are_dropped,
        a_segment_that_does_not_begin_after_the_cursor_changes_nothing,
        one_stream_out_of_place_keeps_every_stream_as_it_was,
        a_new_epoch_drops_the_old_log_first,
        a_restart_out_of_place_keeps_the_old_log,
        a_row_of_another_stream_does_not_come_back,
        an_entry_this_replica_sent_counts_as_acknowledged,
        an_entry_under_our_number_that_is_not_ours_counts_for_nothing,
        a_row_that_came_back_under_another_number_leaves_no_gap,
        segments_are_in_order_of_their_entries,
        a_purged_stream_is_forgotten_but_for_its_numbers,
        a_stream_with_something_unsent_is_not_purged,
        a_stream_nobody_knows_is_purged_without_a_trace;
    derived:
        derived_values_are_replaced_and_found_by_stream_and_kind,
        a_value_made_at_another_cursor_is_passed_over,
        derived_values_go_with_a_log_that_is_purged_or_replaced,
        derived_values_make_room,
        a_log_is_read_from_a_cursor_on;
    fork:
        a_fork_numbers_the_rest_from_one_under_the_new_replica,
        a_fork_keeps_the_log_and_its_cursors,
        a_fork_that_another_tab_made_changes_nothing,
        a_store_without_a_profile_cannot_fork;
    kept:
        there_is_no_profile_before_enrolment,
        a_profile_is_replaced_whole,
        changes_to_the_profile_add_up,
        kept_values_are_replaced_named_and_forgotten,
        everything_survives_a_restart;
}
