use super::*;
use crate::id::StreamId;
use crate::payload::team::{CoverArranged, CoverEnded};
use crate::permission::{Role, StandsIn};

fn arranged(change: impl FnOnce(&mut CoverArranged)) -> Payload {
    let mut arranged = cover();
    change(&mut arranged);
    Payload::CoverArranged(arranged)
}

#[test]
fn the_manager_of_the_team_arranges_who_stands_in_before_the_stream_has_begun_and_after() {
    for script in [Script::default(), covered()] {
        assert_accepted(&script, HELEN, arranged(|_| {}));
        for other in [SADE, TOM, RUTH, IMRAN, DUTY, AUDITOR, ADMINISTRATOR] {
            assert_refused(&script, other, arranged(|_| {}), Code::NotAllowed);
        }
    }
    // The manager of another team says it in that team's stream, where nobody of this one is away.
    let mut elsewhere = Script::default().next(arranged(|_| {}));
    elsewhere.stream = StreamId::team(COAST);
    let judged = judge(&Script::default().standing, elsewhere.stream, &Ok(elsewhere.clone()), &context(IMRAN));
    assert_eq!(judged, Judgement::against(Class::Request, Code::UnknownStaff));
}

#[test]
fn somebody_who_is_there_stands_in_for_somebody_else_with_the_same_work() {
    let script = Script::default();
    let nobody = StaffId(uuid::Uuid::from_u128(0xdead));
    assert_refused(&script, HELEN, arranged(|cover| cover.by = nobody), Code::UnknownStaff);
    assert_refused(&script, HELEN, arranged(|cover| cover.away = nobody), Code::UnknownStaff);
    assert_refused(&script, HELEN, arranged(|cover| cover.away = RUTH.staff), Code::UnknownStaff);
    assert_refused(&script, HELEN, arranged(|cover| cover.by = HELEN.staff), Code::UnknownStaff);
    assert_refused(&script, HELEN, arranged(|cover| cover.role = Role::Manager), Code::UnknownStaff);
    assert_refused(&script, HELEN, arranged(|cover| cover.by = cover.away), Code::CoverOfSelf);
    // Of another team: a worker for a worker, a manager for a manager.
    assert_accepted(&script, HELEN, arranged(|cover| cover.by = RUTH.staff));
    let manager = |cover: &mut CoverArranged| {
        (cover.away, cover.by, cover.role) = (HELEN.staff, IMRAN.staff, Role::Manager);
    };
    assert_accepted(&script, HELEN, arranged(manager));
    let duty = |cover: &mut CoverArranged| {
        (cover.away, cover.by, cover.role) = (DUTY.staff, DUTY.staff, Role::Duty);
    };
    assert_refused(&script, HELEN, arranged(duty), Code::UnknownStaff);
}

#[test]
fn a_cover_that_is_over_or_unknown_is_not_ended() {
    let mut script = covered();
    let end = Payload::CoverEnded(CoverEnded { cover: COVER });
    assert_refused(&Script::default(), HELEN, end.clone(), Code::UnknownCover);
    script.helen(end.clone());
    assert!(script.standing.covers.is_empty() && script.standing.access.assigned.is_empty());
    assert_refused(&script, HELEN, end, Code::UnknownCover);
}

#[test]
fn the_standing_of_a_team_knows_so_many_covers_at_most_and_none_that_are_over() {
    let mut script = Script::default();
    for n in 0..u128::try_from(MOST_ASSIGNED).unwrap() {
        script.helen(arranged(|cover| cover.cover = crate::id::CoverId(uuid::Uuid::from_u128(n + 1))));
    }
    assert_refused(&script, HELEN, arranged(|_| {}), Code::TooManyAssigned);
    for cover in script.standing.covers.values_mut() {
        cover.until = TODAY.saturating_sub(1.day());
    }
    // They lie there until the next one is written, and are in nobody's way.
    script.helen(arranged(|_| {}));
    assert_eq!(script.standing.covers.len(), 1);
}

#[test]
fn a_cover_counts_on_its_first_and_its_last_day_and_ends_by_itself() {
    let of = covered().standing.covers[&COVER];
    let on = |day| of.stands_in(NORTH, SADE, day);
    let stands_in = Some(StandsIn { team: NORTH, away: TOM.staff, role: Role::Worker });
    assert_eq!(on(date(2026, 11, 30)), None);
    assert_eq!(on(date(2026, 12, 1)), stands_in);
    assert_eq!(on(date(2026, 12, 14)), stands_in);
    assert_eq!(on(date(2026, 12, 15)), None);
    assert_eq!(of.stands_in(NORTH, TOM, date(2026, 12, 1)), None);
    let promoted = Actor { role: Role::Manager, ..SADE };
    assert_eq!(of.stands_in(NORTH, promoted, date(2026, 12, 1)), None);
}

#[test]
fn a_cover_that_has_begun_keeps_its_first_day_and_is_given_another_last_one() {
    let mut script = covered();
    let begun = TODAY.saturating_sub(3.days());
    script.standing.covers.get_mut(&COVER).unwrap().from = begun;
    let until = TODAY.saturating_add(20.days());
    assert_accepted(&script, HELEN, arranged(|cover| (cover.from, cover.until) = (begun, until)));
    let earlier = begun.saturating_sub(1.day());
    assert_refused(&script, HELEN, arranged(|cover| (cover.from, cover.until) = (earlier, until)), Code::DateInPast);
}

/// What a colleague of another team may do with Amira while she stands in for Sade, and afterwards.
#[test]
fn whoever_stands_in_does_what_the_one_who_is_away_may_do_and_no_more() {
    let mut script = under_way();
    let during = StandsIn { team: NORTH, away: SADE.staff, role: Role::Worker };
    let judged = |script: &Script, actor, stands_in: &[StandsIn], payload| {
        let next = script.next(payload);
        judge(&script.standing, next.stream, &Ok(next.clone()), &Context { stands_in, ..context(actor) })
    };
    for kind in ["VoiceAdded", "ActionAdded", "SetField", "VisitPlanned", "PlanSubmitted"] {
        assert_eq!(judged(&script, RUTH, &[during], of_kind(kind)), Judgement::ACCEPTED, "{kind}");
        assert_ne!(judged(&script, RUTH, &[], of_kind(kind)).verdict, Verdict::Accepted, "{kind}");
    }
    let decided = || decided(1, DecisionOutcome::Authorised);
    assert_eq!(
        judged(&script, RUTH, &[during], of_kind("StaffAssigned")),
        Judgement::against(Class::Request, Code::NotAllowed)
    );
    script.sade([submitted(1)]);
    let for_helen = StandsIn { team: NORTH, away: HELEN.staff, role: Role::Manager };
    assert_eq!(judged(&script, IMRAN, &[for_helen], decided()), Judgement::ACCEPTED);
    assert_eq!(judged(&script, IMRAN, &[], decided()), Judgement::against(Class::Request, Code::NotAllowed));
    // The plan is Sade's: as a manager she decides on none of it, for whomever she stands in.
    let promoted = Actor { role: Role::Manager, team: COAST, ..SADE };
    assert_eq!(judged(&script, promoted, &[for_helen], decided()), Judgement::against(Class::Request, Code::OwnWork));
}

#[test]
fn a_team_s_stream_takes_nothing_of_a_child() {
    for payload in one_of_each().into_iter().filter(|payload| !payload.belongs_in(north().kind)) {
        let mut operation = Script::default().next(payload.clone());
        operation.stream = north();
        let judged = judge(&Script::default().standing, north(), &Ok(operation), &context(HELEN));
        assert_eq!(judged.code, Some(Code::WrongRecord), "{}", payload.kind());
    }
}
