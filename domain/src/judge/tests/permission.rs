//! Who registers a child or a family, and who is allocated to one.

use super::*;
use crate::id::StreamId;
use crate::payload::audit::{AuditQuestion, AuditWritten};
use crate::payload::contact::{ContactSeen, ContactWritten, UnknownChild};
use crate::payload::council::SettingsSet;

#[test]
fn a_child_is_registered_offline_by_a_worker_or_manager_to_their_own_team() {
    let nobody = Script::default();
    let register = |team| Payload::ChildRegistered(ChildRegistered { team, ..registered() });
    assert_accepted(&nobody, SADE, register(NORTH));
    assert_accepted(&nobody, HELEN, register(NORTH));
    assert_eq!(code(&nobody.try_by(SADE, register(COAST))), Some("not_your_team"));
    for other in [DUTY, AUDITOR, ADMINISTRATOR] {
        let judgement = nobody.try_by(other, register(NORTH));
        assert_eq!(judgement, Judgement::against(Class::Fact, Code::NotAllowed));
    }
    let before = nobody.try_by(SADE, of_kind("VoiceAdded"));
    assert_eq!(
        before,
        Judgement::against(Class::Fact, Code::NotRegistered),
        "facts about a child nobody has registered wait"
    );
}

#[test]
fn a_family_is_registered_with_those_who_work_with_its_child_and_is_no_childs_record() {
    let register = |team, staff: &[StaffId]| {
        let staff = staff.iter().copied().collect();
        Payload::FamilyRegistered(FamilyRegistered { name: "the Haddad family".into(), team, staff })
    };
    let nobody = Script::default();
    assert_accepted(&nobody, SADE, register(NORTH, &[SADE.staff, TOM.staff]));
    assert_eq!(code(&nobody.try_by(SADE, register(COAST, &[]))), Some("not_your_team"));
    assert_eq!(code(&nobody.try_by(DUTY, register(NORTH, &[]))), Some("not_allowed"));
    let mut script = Script::default();
    script.by(SADE, register(NORTH, &[SADE.staff, TOM.staff]));
    assert_accepted(&script, TOM, Payload::PersonRecorded(mum()));
    assert_eq!(code(&script.try_by(RUTH, register(COAST, &[RUTH.staff]))), Some("already_registered"));
    // What a correction names changes nobody's access: only an allocation does.
    script.by(TOM, register(NORTH, &[TOM.staff]));
    assert!(script.standing.access.assigned.contains(&SADE.staff));
    let of_child = Operation { stream: haddads(), ..script.next(of_kind("VisitStarted")) };
    let judgement = judge(&script.standing, haddads(), &Ok(of_child), &context(SADE));
    assert_eq!(judgement, Judgement::against(Class::Fact, Code::WrongRecord));
    let of_family = Operation { stream: amira(), ..script.next(of_kind("AddressRecorded")) };
    let judgement = judge(&Script::registered().standing, amira(), &Ok(of_family), &context(SADE));
    assert_eq!(judgement, Judgement::against(Class::Fact, Code::WrongRecord));
}

#[test]
fn a_registration_is_corrected_by_those_who_work_with_the_child_and_keeps_its_team() {
    let script = Script::registered();
    let again = |team| Payload::ChildRegistered(ChildRegistered { team, ..registered() });
    assert_accepted(&script, SADE, again(NORTH));
    assert_accepted(&script, HELEN, again(NORTH));
    assert_eq!(code(&script.try_by(SADE, again(COAST))), Some("not_your_team"));
    for stranger in [TOM, RUTH, IMRAN, DUTY] {
        let judgement = script.try_by(stranger, again(NORTH));
        assert_eq!(judgement, Judgement::against(Class::Fact, Code::AlreadyRegistered));
    }
}

#[test]
fn a_birth_in_the_future_is_flagged_and_an_expected_one_is_not() {
    let with = |birth| Payload::ChildRegistered(ChildRegistered { birth, ..registered() });
    let tomorrow = TODAY.saturating_add(1.day());
    let nobody = Script::default();
    assert_accepted(&nobody, SADE, with(Birth::Born(TODAY)));
    assert_accepted(&nobody, SADE, with(Birth::Expected(tomorrow)));
    assert_eq!(nobody.try_by(SADE, with(Birth::Born(tomorrow))), Judgement::flagged(Code::DateInFuture));
}

#[test]
fn somebody_is_always_allocated() {
    let script = Script::registered();
    let assign = |staff: BTreeSet<_>| Payload::StaffAssigned(StaffAssigned::to(staff));
    assert_refused(&script, HELEN, assign(BTreeSet::new()), Code::NobodyAssigned);
    assert_accepted(&script, HELEN, assign([TOM.staff].into()));
}

#[test]
fn workers_who_are_there_are_allocated_and_those_of_another_team_as_joint_work() {
    let script = Script::registered();
    let assign = |staff: &[StaffId], joint: &[StaffId]| {
        let joint = joint.iter().copied().collect();
        Payload::StaffAssigned(StaffAssigned { joint, ..StaffAssigned::to(staff.iter().copied()) })
    };
    let nobody = StaffId(uuid::Uuid::from_u128(0xffff));
    assert_refused(&script, HELEN, assign(&[SADE.staff, nobody], &[nobody]), Code::UnknownStaff);
    for other in [HELEN, DUTY, AUDITOR, ADMINISTRATOR] {
        assert_refused(&script, HELEN, assign(&[other.staff], &[]), Code::UnknownStaff);
    }
    assert_refused(&script, HELEN, assign(&[SADE.staff, RUTH.staff], &[]), Code::JointWorkNotSaid);
    assert_refused(&script, HELEN, assign(&[SADE.staff, RUTH.staff], &[SADE.staff]), Code::JointWorkNotSaid);
    assert_accepted(&script, HELEN, assign(&[SADE.staff, RUTH.staff], &[RUTH.staff]));
    assert_accepted(&script, HELEN, assign(&[TOM.staff], &[]));
}

#[test]
fn a_case_is_shared_among_so_many_and_no_more() {
    let script = Script::registered();
    let assign = |count: usize| {
        let workers = (1..=count as u128).map(|id| Actor { staff: StaffId(uuid::Uuid::from_u128(id)), ..TOM });
        workers.collect::<Vec<_>>()
    };
    let judged = |workers: Vec<Actor>| {
        let read = Ok(script.next(Payload::StaffAssigned(StaffAssigned::to(workers.iter().map(|one| one.staff)))));
        judge(&script.standing, amira(), &read, &Context { colleagues: &workers, ..context(HELEN) })
    };
    assert_eq!(judged(assign(MOST_ASSIGNED)), Judgement::ACCEPTED);
    assert_eq!(judged(assign(MOST_ASSIGNED + 1)), Judgement::against(Class::Request, Code::TooManyAssigned));
}

#[test]
fn the_council_s_settings_are_an_administrators_and_name_the_version_that_was_seen() {
    let set = |version| Payload::SettingsSet(SettingsSet { version, ..settings() });
    let mut script = council();
    for other in [SADE, TOM, RUTH, HELEN, IMRAN, DUTY, AUDITOR] {
        assert_refused(&script, other, set(1), Code::NotAllowed);
    }
    assert_refused(&script, ADMINISTRATOR, set(2), Code::StaleVersion);
    assert_accepted(&script, ADMINISTRATOR, set(1));
    script.in_stream(StreamId::council(), ADMINISTRATOR, set(1));
    assert_refused(&script, ADMINISTRATOR, set(1), Code::StaleVersion);
    assert_accepted(&script, ADMINISTRATOR, set(2));
    let nameless = Payload::SettingsSet(SettingsSet { version: 2, council: " ".into(), ..settings() });
    assert_refused(&script, ADMINISTRATOR, nameless, Code::WordsRequired);
    let beyond = |change: fn(&mut SettingsSet)| {
        let mut set = SettingsSet { version: 2, ..settings() };
        change(&mut set);
        Payload::SettingsSet(set)
    };
    for beyond in [
        beyond(|set| set.reminders.decide_within_days = 0),
        beyond(|set| set.reminders.look_again_months = 25),
        beyond(|set| set.hours.until = set.hours.from),
        beyond(|set| set.hours.until = 25),
    ] {
        assert_refused(&script, ADMINISTRATOR, beyond, Code::SettingOutOfRange);
    }
    let of_team = Operation { stream: north(), ..script.next(set(2)) };
    let judgement = judge(&script.standing, north(), &Ok(of_team), &context(ADMINISTRATOR));
    assert_eq!(judgement, Judgement::against(Class::Request, Code::WrongRecord));
}

fn settings() -> SettingsSet {
    match of_kind("SettingsSet") {
        Payload::SettingsSet(set) => set,
        other => panic!("{other:?}"),
    }
}

/// The council, where a question was proposed.
pub(super) fn council() -> Script {
    let mut script = Script::default();
    script.in_stream(StreamId::council(), SADE, of_kind("QuestionWritten"));
    script
}

#[test]
fn an_audit_is_written_once_by_an_auditor_with_every_question_answered() {
    let new = Script::default();
    for actor in EVERYBODY {
        let judgement = new.try_by(actor, Payload::AuditWritten(audited()));
        let expected = if actor == AUDITOR { None } else { Some("not_allowed") };
        assert_eq!(code(&judgement), expected, "{actor:?}");
    }
    let of = |change: fn(&mut AuditWritten)| {
        let mut written = audited();
        change(&mut written);
        Payload::AuditWritten(written)
    };
    assert_refused(&audited_record(), AUDITOR, of(|_| {}), Code::WrongState);
    assert_refused(&new, AUDITOR, of(|audit| audit.child = haddads()), Code::WrongRecord);
    assert_refused(&new, AUDITOR, of(|audit| audit.team = COAST), Code::WrongRecord);
    let twice = of(|audit| audit.actions.push(audit.actions[0].clone()));
    assert_refused(&new, AUDITOR, twice, Code::Mislabelled);
    assert_refused(&new, AUDITOR, of(|audit| drop(audit.findings.remove(&AuditQuestion::Dates))), Code::WordsRequired);
    let unsaid = of(|audit| audit.findings.values_mut().for_each(|finding| finding.words.clear()));
    assert_refused(&new, AUDITOR, unsaid, Code::WordsRequired);
    assert_refused(&new, AUDITOR, of(|audit| audit.actions[0].owner = RUTH.staff), Code::UnknownStaff);
    let late = of(|audit| audit.actions[0].due = date(2026, 11, 25));
    assert_refused(&new, AUDITOR, late, Code::DateInPast);
}

#[test]
fn what_an_audit_asks_for_is_done_once_by_its_owner_or_the_manager() {
    let mut script = audited_record();
    let done = of_kind("AuditActionDone");
    assert_accepted(&script, HELEN, done.clone());
    script.in_stream(audit(), SADE, done.clone());
    assert_refused(&script, SADE, done, Code::UnknownAction);
    assert!(script.standing.audit_open.is_empty());
}

#[test]
fn a_contact_about_a_child_nobody_knows_is_a_record_of_its_own_for_the_team_that_looks_into_it() {
    let unknown = StreamId::contact(uuid::Uuid::from_u128(0xc0));
    let about = |about| Payload::ContactWritten(ContactWritten { about, ..contact(CONTACT) });
    let north = UnknownChild { words: "Sam, about six, with a grandmother in Mill Lane".into(), team: NORTH };
    let judged = |script: &Script, stream, actor, payload| {
        let next = Operation { stream, ..script.next(payload) };
        judge(&script.standing, stream, &Ok(next), &context(actor))
    };
    let mut script = Script::default();
    assert_eq!(judged(&script, unknown, DUTY, about(Some(north.clone()))), Judgement::ACCEPTED);
    for other in [SADE, HELEN, IMRAN, AUDITOR, ADMINISTRATOR] {
        let held = Judgement::against(Class::Fact, Code::NotAssigned);
        assert_eq!(judged(&script, unknown, other, about(Some(north.clone()))), held);
    }
    // Neither is it written into a child's record, nor one about a known child beside it.
    let wrong = Judgement::against(Class::Fact, Code::WrongRecord);
    assert_eq!(judged(&script, unknown, DUTY, about(None)), wrong);
    assert_eq!(judged(&Script::registered(), amira(), DUTY, about(Some(north.clone()))), wrong);
    script.in_stream(unknown, DUTY, about(Some(north)));
    let seen = Payload::ContactSeen(ContactSeen { contact: CONTACT });
    assert_eq!(judged(&script, unknown, HELEN, seen.clone()), Judgement::ACCEPTED);
    for other in [SADE, IMRAN, DUTY] {
        let refused = Judgement::against(Class::Request, Code::NotAllowed);
        assert_eq!(judged(&script, unknown, other, seen.clone()), refused);
    }
}
