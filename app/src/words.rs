//! Words that screens share: dates as people say them, and what codes mean.

mod beside;
mod seconds;

use domain::code::Code;
use domain::dates::{DateProblem, Other};
use domain::permission::Role;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use leptos_fluent::tr;
use replica::storage::StorageError;

use crate::state::{NotSaved, PasscodeProblem, SignInError};
use replica::exchange::Failure;

pub use beside::{another_way, but_only, checked, lies_nowhere, means, preference, warmed_up};
pub use seconds::{from_seconds, in_seconds};

/// "Thursday 26 November".
pub fn long_date(day: Date) -> String {
    day.strftime("%A %-d %B").to_string()
}

/// "26 November", with the year when it is not this one.
pub fn short_date(day: Date, today: Date) -> String {
    if day.year() == today.year() { day.strftime("%-d %B").to_string() } else { day.strftime("%-d %B %Y").to_string() }
}

/// "today", "yesterday", "tomorrow", or the date.
pub fn near_date(day: Date, today: Date) -> String {
    if day == today {
        return tr!("day-today");
    }
    if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        return tr!("day-yesterday");
    }
    if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
        return tr!("day-tomorrow");
    }
    short_date(day, today)
}

/// A moment as people say it: the time if it is today, else the day.
pub fn near_time(moment: Timestamp, today: Date) -> String {
    let there: DateTime = domain::calendar::in_england(moment);
    if there.date() == today { clock_time(moment) } else { near_date(there.date(), today) }
}

/// "9:14", in England.
pub fn clock_time(moment: Timestamp) -> String {
    domain::calendar::in_england(moment).strftime("%-H:%M").to_string()
}

/// The day of a moment, in England.
pub fn day_of(moment: Timestamp) -> Date {
    domain::calendar::in_england(moment).date()
}

/// How many days lie between two days.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((jiff::Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// A date to show how a date is typed: a week from today.
pub fn example_date(today: Date) -> String {
    days_later(today, 7).strftime("%-d %-m %Y").to_string()
}

/// The day so many days later.
pub fn days_later(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// "from 1 December to 14 December", or the one day.
pub fn cover_days(from: Date, until: Date, today: Date) -> String {
    let [first, last] = [from, until].map(|day| short_date(day, today));
    if from == until {
        tr!("cover-day", {"on" => first})
    } else {
        tr!("cover-days", {"from" => first, "until" => last})
    }
}

/// What a code means, and what to do.
pub fn code(code: &Code) -> String {
    match code {
        Code::Unreadable => tr!("code-unreadable"),
        Code::Mislabelled => tr!("code-mislabelled"),
        Code::UnknownKind => tr!("code-unknown-kind"),
        Code::NotAllowed => tr!("code-not-allowed"),
        Code::NotAssigned => tr!("code-not-assigned"),
        Code::NotRegistered => tr!("code-not-registered"),
        Code::WrongRecord => tr!("code-wrong-record"),
        Code::AlreadyRegistered => tr!("code-already-registered"),
        Code::NotYourTeam => tr!("code-not-your-team"),
        Code::StaleVersion => tr!("code-stale-version"),
        Code::SettingOutOfRange => tr!("code-setting-out-of-range"),
        Code::OwnWork => tr!("code-own-work"),
        Code::WrongState => tr!("code-wrong-state"),
        Code::NothingToDecide => tr!("code-nothing-to-decide"),
        Code::CommentRequired => tr!("code-comment-required"),
        Code::NoViewAndNoReason => tr!("code-no-view-and-no-reason"),
        Code::WordsRequired => tr!("code-words-required"),
        Code::BlankWords => tr!("code-blank-words"),
        Code::NameNotPlain => tr!("code-name-not-plain"),
        Code::ReasonRequired => tr!("code-reason-required"),
        Code::ConflictOpen => tr!("code-conflict-open"),
        Code::UnknownAction => tr!("code-unknown-action"),
        Code::UnknownVisit => tr!("code-unknown-visit"),
        Code::Declined => tr!("code-declined"),
        Code::NotADuplicate => tr!("code-not-a-duplicate"),
        Code::NotHeld => tr!("code-not-held"),
        Code::UnknownEntry => tr!("code-unknown-entry"),
        Code::NotProposed => tr!("code-not-proposed"),
        Code::AlreadyProposed => tr!("code-already-proposed"),
        Code::TooManyProposed => tr!("code-too-many-proposed"),
        Code::NobodyAssigned => tr!("code-nobody-assigned"),
        Code::UnknownStaff => tr!("code-unknown-staff"),
        Code::JointWorkNotSaid => tr!("code-joint-work-not-said"),
        Code::TooManyAssigned => tr!("code-too-many-assigned"),
        Code::CoverOfSelf => tr!("code-cover-of-self"),
        Code::UnknownCover => tr!("code-unknown-cover"),
        Code::UnknownQuestion => tr!("code-unknown-question"),
        Code::TooManyQuestions => tr!("code-too-many-questions"),
        Code::NotAskable => tr!("code-not-askable"),
        Code::CoverEndsTooEarly => tr!("code-cover-ends-too-early"),
        Code::DateInFuture => tr!("code-date-in-future"),
        Code::DateInPast => tr!("code-date-in-past"),
        Code::DateTooFar => tr!("code-date-too-far"),
        Code::NotADate => tr!("code-not-a-date"),
        Code::AssessmentBeforeReferral => tr!("code-1103"),
        Code::ReferralBeforePregnancy => tr!("code-8606"),
        Code::ReferralBeforeBirth => tr!("code-referral-before-birth"),
        Code::AssessmentBeforePregnancy => tr!("code-assessment-before-pregnancy"),
        Code::AssessmentBeforeBirth => tr!("code-assessment-before-birth"),
        Code::VisitBeforePregnancy => tr!("code-visit-before-pregnancy"),
        Code::VisitBeforeBirth => tr!("code-visit-before-birth"),
        Code::ExpectedOutOfRange => tr!("code-8530q"),
        Code::DateTooLongAgo => tr!("code-date-too-long-ago"),
        Code::OutcomeBeforeAction => tr!("code-outcome-before-action"),
        Code::DoneBeforeAgreed => tr!("code-done-before-agreed"),
        Code::Other(_) => tr!("code-other"),
    }
}

/// Which rule a date breaks, and what the other date is.
pub fn date_problem(problem: &DateProblem) -> String {
    let [on, other] = [problem.on, problem.other].map(|day| day.strftime("%-d %B %Y").to_string());
    let rule = code(&problem.rule.code);
    match problem.rule.bound.other() {
        Other::Today | Other::Written => tr!("date-problem-today", {"rule" => rule, "on" => on, "today" => other}),
        Other::DaysAhead(_) => tr!("date-problem-last", {"rule" => rule, "on" => on, "last" => other}),
        Other::DaysBack(_) | Other::YearsBack(_) | Other::Day(_) => {
            tr!("date-problem-first", {"rule" => rule, "on" => on, "first" => other})
        }
        Other::Entered(..) | Other::ActionWritten | Other::ActionAgreed | Other::CoverBegins => {
            tr!("date-problem", {"rule" => rule, "on" => on, "other" => other})
        }
    }
}

/// Why something was not saved: what happened, that nothing else was lost, what to do.
pub fn not_saved(problem: &NotSaved) -> String {
    match problem {
        NotSaved::Refused(why) => code(why),
        NotSaved::TooLong => tr!("not-saved-too-long"),
        NotSaved::Locked => tr!("not-saved-locked"),
        NotSaved::Storage(error) => storage(error),
    }
}

/// What is wrong with this browser's storage.
pub fn storage(error: &StorageError) -> String {
    match error {
        StorageError::Full => tr!("storage-full"),
        StorageError::Denied => tr!("storage-denied"),
        StorageError::Gone => tr!("storage-gone"),
        StorageError::TooNew => tr!("storage-too-new"),
        StorageError::Damaged => tr!("storage-damaged"),
        StorageError::Failed(_) => tr!("storage-failed"),
    }
}

/// Why the server could not do it.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Network => tr!("server-network"),
        Failure::SignedOut => tr!("server-signed-out"),
        Failure::TooLarge => tr!("server-too-large"),
        Failure::Busy { .. } => tr!("server-busy"),
        Failure::Refused { code } => refusal(code),
    }
}

/// Why the server refused a whole request.
pub fn refusal(code: &str) -> String {
    match code {
        "replica_revoked" => tr!("refused-replica-revoked"),
        "not_your_replica" => tr!("refused-not-your-replica"),
        "sign_in_again" => tr!("refused-sign-in-again"),
        "unsupported_protocol" => tr!("refused-unsupported-protocol"),
        "not_allowed" => tr!("refused-not-allowed"),
        "last_administrator" => tr!("refused-last-administrator"),
        "changed_meanwhile" => tr!("refused-changed-meanwhile"),
        "not_at_work" => tr!("refused-not-at-work"),
        "name_missing" => tr!("refused-name-missing"),
        "name_taken" => tr!("refused-name-taken"),
        "storage" => tr!("refused-storage"),
        "storage_gone" => tr!("storage-gone"),
        _ => tr!("refused-other"),
    }
}

/// A role, in words.
pub fn role(role: Role) -> String {
    match role {
        Role::Worker => tr!("role-worker"),
        Role::Manager => tr!("role-manager"),
        Role::Duty => tr!("role-duty"),
        Role::Auditor => tr!("role-auditor"),
        Role::Administrator => tr!("role-administrator"),
    }
}

/// Why signing in did not go on.
pub fn sign_in_error(error: &SignInError) -> String {
    match error {
        SignInError::Server(error) => failure(error),
        SignInError::Storage(error) => storage(error),
        SignInError::Provider(code) => match code.as_str() {
            "no_provider" => tr!("provider-none"),
            "cancelled" => tr!("provider-cancelled"),
            "not_under_way" => tr!("provider-not-under-way"),
            "other_browser" => tr!("provider-other-browser"),
            "provider_unreachable" => tr!("provider-unreachable"),
            "provider_set_up_wrong" => tr!("provider-set-up-wrong"),
            "provider_not_trusted" => tr!("provider-not-trusted"),
            "wrong_clock" => tr!("provider-wrong-clock"),
            "second_factor_needed" => tr!("provider-second-factor"),
            "fresh_sign_in_needed" => tr!("provider-not-fresh"),
            "not_invited" => tr!("provider-not-invited"),
            "invitation_ended" => tr!("provider-invitation-ended"),
            "other_account" => tr!("provider-other-account"),
            "not_at_work" => tr!("provider-not-at-work"),
            "too_many" => tr!("provider-too-many"),
            "store_unavailable" => tr!("provider-store"),
            _ => tr!("provider-other"),
        },
    }
}

/// "about 3 hours": a duration in one unit.
pub fn about(duration: jiff::SignedDuration) -> String {
    match (duration.as_mins(), duration.as_hours()) {
        (minutes, _) if minutes < 120 => tr!("about-minutes", {"count" => minutes}),
        (_, hours) if hours < 48 => tr!("about-hours", {"count" => hours}),
        (_, hours) => tr!("about-days", {"count" => hours / 24}),
    }
}

/// What is wrong with a passcode that was tried.
pub fn passcode_problem(problem: &PasscodeProblem) -> String {
    match problem {
        PasscodeProblem::Wrong(left) => tr!("passcode-wrong", {"left" => *left}),
        PasscodeProblem::LockedOut => tr!("passcode-locked-out"),
        PasscodeProblem::ChunkUnavailable => tr!("chunk-unavailable"),
        PasscodeProblem::Storage(StorageError::Full) => tr!("unlock-full"),
        PasscodeProblem::Storage(error) => storage(error),
    }
}
