//! The table itself.

use super::Bound::{NotAfter, NotBefore};
use super::Breaking::{AsksReason, Refuses};
use super::Holds::{Always, UnlessExpected, WhereItChanges};
use super::Other::{
    ActionAgreed, ActionWritten, CoverBegins, Day, DaysAhead, DaysBack, Entered, Today, Written, YearsBack,
};
use super::{
    Bound, Breaking, CHILDREN_ACT, DateName, FURTHEST_BACK_DAYS, FURTHEST_PLANNED_DAYS, Holds, OLDEST_CHILD_YEARS,
    OVERDUE_DAYS, PREGNANCY_DAYS, Rule,
};
use crate::code::Code;

/// One date and its rules, the plainest first: where several are broken, the first is told.
#[derive(Debug)]
pub struct Row {
    /// Which date.
    pub date: DateName,
    /// Its rules.
    pub rules: &'static [Rule],
}

const fn rule(bound: Bound, holds: Holds, breaking: Breaking, code: Code, source: &'static str) -> Rule {
    Rule { bound, holds, breaking, code, source }
}

const NOTHING_AHEAD: &str = "what has happened has happened";
const STILL_AHEAD: &str = "what is planned lies ahead";
const WRONG_YEAR: &str = "† catches a wrong year";
const SECTION_17: &str = "Children Act 1989, section 17, in force from 14 October 1991";
const UNBORN: &str = "† an earlier day needs an unborn child";
const R8606: &str = "children in need census rule 8606";
const R8530: &str = "children in need census rule 8530Q";
const R1103: &str = "children in need census rule 1103";
const FORTY_WEEKS: &str = "† by children in need census rule 8606";

use DateName::{
    ActionDue, ActionOutcome, AssessmentStarted, AuditActionDue, Birth, Contact, CoverFrom, CoverUntil, ExpectedBirth,
    NextAttempt, ReferralReceived, VisitPlanned, VisitStarted,
};

/// Every date of the catalogue.
#[rustfmt::skip]
pub static ROWS: &[Row] = &[
    Row { date: Birth, rules: &[
        rule(NotAfter(Today),                                     Always,         Refuses,    Code::DateInFuture,              "children in need census rule 8520"),
        rule(NotBefore(YearsBack(OLDEST_CHILD_YEARS)),            Always,         Refuses,    Code::DateTooLongAgo,            "† by the Children and Families Act 2014, section 46"),
        rule(NotAfter(Entered(ReferralReceived, PREGNANCY_DAYS)), Always,         Refuses,    Code::ReferralBeforePregnancy,   R8606),
        rule(NotAfter(Entered(ReferralReceived, 0)),              UnlessExpected, AsksReason, Code::ReferralBeforeBirth,       UNBORN),
        rule(NotAfter(Entered(AssessmentStarted, PREGNANCY_DAYS)), Always,        Refuses,    Code::AssessmentBeforePregnancy, FORTY_WEEKS),
        rule(NotAfter(Entered(AssessmentStarted, 0)),             UnlessExpected, AsksReason, Code::AssessmentBeforeBirth,     UNBORN),
        rule(NotAfter(Entered(VisitStarted, PREGNANCY_DAYS)),     Always,         Refuses,    Code::VisitBeforePregnancy,      FORTY_WEEKS),
        rule(NotAfter(Entered(VisitStarted, 0)),                  UnlessExpected, AsksReason, Code::VisitBeforeBirth,          UNBORN),
    ] },
    Row { date: ExpectedBirth, rules: &[
        rule(NotBefore(DaysBack(OVERDUE_DAYS)),                   Always,         Refuses,    Code::ExpectedOutOfRange,        R8530),
        rule(NotAfter(DaysAhead(PREGNANCY_DAYS)),                 Always,         Refuses,    Code::ExpectedOutOfRange,        R8530),
        rule(NotAfter(Entered(ReferralReceived, PREGNANCY_DAYS)), Always,         Refuses,    Code::ReferralBeforePregnancy,   R8606),
        rule(NotAfter(Entered(AssessmentStarted, PREGNANCY_DAYS)), Always,        Refuses,    Code::AssessmentBeforePregnancy, FORTY_WEEKS),
        rule(NotAfter(Entered(VisitStarted, PREGNANCY_DAYS)),     Always,         Refuses,    Code::VisitBeforePregnancy,      FORTY_WEEKS),
    ] },
    Row { date: VisitPlanned, rules: &[
        rule(NotBefore(Written),                                  WhereItChanges, Refuses,    Code::DateInPast,                STILL_AHEAD),
        rule(NotAfter(DaysAhead(FURTHEST_PLANNED_DAYS)),          Always,         Refuses,    Code::DateTooFar,                WRONG_YEAR),
    ] },
    Row { date: VisitStarted, rules: &[
        rule(NotAfter(Today),                                     Always,         Refuses,    Code::DateInFuture,              NOTHING_AHEAD),
        rule(NotBefore(DaysBack(FURTHEST_BACK_DAYS)),             Always,         Refuses,    Code::DateTooLongAgo,            WRONG_YEAR),
        rule(NotBefore(Entered(Birth, -PREGNANCY_DAYS)),          Always,         Refuses,    Code::VisitBeforePregnancy,      FORTY_WEEKS),
        rule(NotBefore(Entered(Birth, 0)),                        UnlessExpected, AsksReason, Code::VisitBeforeBirth,          UNBORN),
        rule(NotBefore(Entered(ExpectedBirth, -PREGNANCY_DAYS)),  Always,         Refuses,    Code::VisitBeforePregnancy,      FORTY_WEEKS),
    ] },
    Row { date: NextAttempt, rules: &[
        rule(NotBefore(Written),                                  Always,         Refuses,    Code::DateInPast,                STILL_AHEAD),
        rule(NotAfter(DaysAhead(FURTHEST_PLANNED_DAYS)),          Always,         Refuses,    Code::DateTooFar,                WRONG_YEAR),
    ] },
    Row { date: ReferralReceived, rules: &[
        rule(NotAfter(Today),                                     Always,         Refuses,    Code::DateInFuture,              "children in need census rule 8600"),
        rule(NotBefore(Day(CHILDREN_ACT)),                        Always,         Refuses,    Code::DateTooLongAgo,            SECTION_17),
        rule(NotAfter(Entered(AssessmentStarted, 0)),             Always,         Refuses,    Code::AssessmentBeforeReferral,  R1103),
        rule(NotBefore(Entered(Birth, -PREGNANCY_DAYS)),          Always,         Refuses,    Code::ReferralBeforePregnancy,   R8606),
        rule(NotBefore(Entered(ExpectedBirth, -PREGNANCY_DAYS)),  Always,         Refuses,    Code::ReferralBeforePregnancy,   R8606),
        rule(NotBefore(Entered(Birth, 0)),                        UnlessExpected, AsksReason, Code::ReferralBeforeBirth,       UNBORN),
    ] },
    Row { date: AssessmentStarted, rules: &[
        rule(NotAfter(Today),                                     Always,         Refuses,    Code::DateInFuture,              NOTHING_AHEAD),
        rule(NotBefore(Day(CHILDREN_ACT)),                        Always,         Refuses,    Code::DateTooLongAgo,            SECTION_17),
        rule(NotBefore(Entered(ReferralReceived, 0)),             Always,         Refuses,    Code::AssessmentBeforeReferral,  R1103),
        rule(NotBefore(Entered(Birth, -PREGNANCY_DAYS)),          Always,         Refuses,    Code::AssessmentBeforePregnancy, FORTY_WEEKS),
        rule(NotBefore(Entered(ExpectedBirth, -PREGNANCY_DAYS)),  Always,         Refuses,    Code::AssessmentBeforePregnancy, FORTY_WEEKS),
        rule(NotBefore(Entered(Birth, 0)),                        UnlessExpected, AsksReason, Code::AssessmentBeforeBirth,     UNBORN),
    ] },
    Row { date: ActionDue, rules: &[
        rule(NotBefore(Written),                                  WhereItChanges, Refuses,    Code::DateInPast,                STILL_AHEAD),
        rule(NotAfter(DaysAhead(FURTHEST_PLANNED_DAYS)),          Always,         Refuses,    Code::DateTooFar,                WRONG_YEAR),
    ] },
    Row { date: ActionOutcome, rules: &[
        rule(NotAfter(Today),                                     Always,         Refuses,    Code::DateInFuture,              NOTHING_AHEAD),
        rule(NotBefore(ActionWritten),                            Always,         Refuses,    Code::OutcomeBeforeAction,       "nothing becomes of what was not asked for"),
        rule(NotBefore(ActionAgreed),                             Always,         Refuses,    Code::DoneBeforeAgreed,          "asked, then agreed, then done"),
    ] },
    Row { date: CoverFrom, rules: &[
        rule(NotBefore(Written),                                  WhereItChanges, Refuses,    Code::DateInPast,                "nobody stood in who was not allowed to yet"),
        rule(NotAfter(DaysAhead(FURTHEST_PLANNED_DAYS)),          Always,         Refuses,    Code::DateTooFar,                WRONG_YEAR),
    ] },
    Row { date: CoverUntil, rules: &[
        rule(NotBefore(Written),                                  Always,         Refuses,    Code::DateInPast,                STILL_AHEAD),
        rule(NotBefore(CoverBegins),                              Always,         Refuses,    Code::CoverEndsTooEarly,         "it lasts a day at least"),
        rule(NotAfter(DaysAhead(FURTHEST_PLANNED_DAYS)),          Always,         Refuses,    Code::DateTooFar,                WRONG_YEAR),
    ] },
    Row { date: AuditActionDue, rules: &[
        rule(NotBefore(Written),                                  Always,         Refuses,    Code::DateInPast,                STILL_AHEAD),
        rule(NotAfter(DaysAhead(FURTHEST_PLANNED_DAYS)),          Always,         Refuses,    Code::DateTooFar,                WRONG_YEAR),
    ] },
    Row { date: Contact, rules: &[
        rule(NotAfter(Today),                                     Always,         Refuses,    Code::DateInFuture,              NOTHING_AHEAD),
        rule(NotBefore(DaysBack(FURTHEST_BACK_DAYS)),             Always,         Refuses,    Code::DateTooLongAgo,            WRONG_YEAR),
    ] },
];
