//! Who may do what: the whole table of access, as one function.
//!
//! *Held* is for facts only: not offered on screen, yet kept and shown to the team manager if it arrives.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{StaffId, StreamId, StreamKind, TeamId};

/// What a member of staff is employed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Visits children.
    Worker,
    /// Reviews, decides and allocates in one team.
    Manager,
    /// Answers out of hours.
    Duty,
    /// Reads to check practice.
    Auditor,
    /// Looks after staff, boards and settings.
    Administrator,
}

impl Role {
    /// Whether somebody in this role registers children and families, and may ask who is registered already.
    pub fn registers(self) -> bool {
        matches!(self, Role::Worker | Role::Manager)
    }

    /// Whether somebody in this role has no children of their own to read of, but may read any with a reason: they look for a
    /// child in the whole council.
    pub fn reads_with_a_reason(self) -> bool {
        matches!(self, Role::Duty | Role::Auditor)
    }

    /// Whether somebody in this role draws samples of records and writes what was found.
    pub fn audits(self) -> bool {
        matches!(self, Role::Auditor)
    }

    /// Whether somebody in this role says who works here, and as what. They read no child's record.
    pub fn employs(self) -> bool {
        matches!(self, Role::Administrator)
    }
}

/// Whether somebody works here at present.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// They do.
    #[default]
    Working,
    /// They will come back. Until then they do not sign in, and what is allocated to them stays theirs.
    OnLeave,
    /// They have left. Nothing is theirs any more but their name in what they did.
    Left,
}

impl Employment {
    /// Whether somebody may sign in and be given work.
    pub fn works(&self) -> bool {
        *self == Employment::Working
    }

    /// Whether what is allocated to somebody is with nobody.
    pub fn has_left(&self) -> bool {
        *self == Employment::Left
    }
}

/// The member of staff who does something, as the server knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub staff: StaffId,
    /// In which role.
    pub role: Role,
    /// Of which team.
    pub team: TeamId,
}

/// Who is responsible for a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The team that holds the case; none until the child is registered.
    pub team: Option<TeamId>,
    /// The staff allocated to it.
    pub assigned: BTreeSet<StaffId>,
}

impl Access {
    /// Who is responsible for a stream, as this actor meets it. A team's stream is the team's before its first entry, and
    /// the council's is everybody's: each stands to it as to their own team.
    pub fn to_stream(&self, stream: StreamId, actor: Actor) -> Cow<'_, Access> {
        let team = match stream.kind {
            StreamKind::Team => stream.of_team(),
            StreamKind::Council => Some(actor.team),
            StreamKind::Child | StreamKind::Family | StreamKind::Contact | StreamKind::Audit => {
                return Cow::Borrowed(self);
            }
        };
        Cow::Owned(Access { team, assigned: self.assigned.clone() })
    }
}

/// For whom somebody stands in, on one day: a cover that is recorded in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandsIn {
    /// The team in which it is recorded.
    pub team: TeamId,
    /// Who is away.
    pub away: StaffId,
    /// What both are.
    pub role: Role,
}

/// How an actor stands to one stream: the columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A worker allocated to this child, or one who stands in for such a worker.
    AssignedWorker,
    /// A worker of the child's team who is not allocated.
    SameTeamWorker,
    /// A worker of another team.
    OtherTeamWorker,
    /// The manager of the child's team, or one who stands in there.
    TeamManager,
    /// A manager of another team.
    OtherManager,
    /// The duty worker.
    Duty,
    /// The auditor.
    Auditor,
    /// The administrator.
    Administrator,
}

impl Relation {
    /// Every column, in the order of the table.
    pub const ALL: [Relation; 8] = [
        Relation::AssignedWorker,
        Relation::SameTeamWorker,
        Relation::OtherTeamWorker,
        Relation::TeamManager,
        Relation::OtherManager,
        Relation::Duty,
        Relation::Auditor,
        Relation::Administrator,
    ];

    /// How this actor stands to a stream with this access, on a day on which they stand in for these.
    pub fn of(actor: Actor, access: &Access, stands_in: &[StandsIn]) -> Relation {
        let same_team = access.team == Some(actor.team);
        // Whoever has another role by now stands in for nobody.
        let mut covers = stands_in.iter().filter(|cover| cover.role == actor.role);
        match actor.role {
            Role::Worker if access.assigned.contains(&actor.staff) => Relation::AssignedWorker,
            Role::Worker if covers.any(|cover| access.assigned.contains(&cover.away)) => Relation::AssignedWorker,
            Role::Worker if same_team => Relation::SameTeamWorker,
            Role::Worker => Relation::OtherTeamWorker,
            Role::Manager if same_team => Relation::TeamManager,
            Role::Manager if covers.any(|cover| access.team == Some(cover.team)) => Relation::TeamManager,
            Role::Manager => Relation::OtherManager,
            Role::Duty => Relation::Duty,
            Role::Auditor => Relation::Auditor,
            Role::Administrator => Relation::Administrator,
        }
    }
}

/// What is done: the rows of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read a child's record.
    Read,
    /// Read who stands in for whom in a team, and the questions of a team or the council.
    ReadTeam,
    /// Read what an audit found. Whoever has something to do by it stands to it as to a child allocated to them.
    ReadAudit,
    /// Capture, and write facts down.
    WriteFacts,
    /// Edit the assessment or the plan.
    Edit,
    /// Submit them to the manager.
    Submit,
    /// Authorise, return, agree a closure, admit a held fact.
    Decide,
    /// Say who works with the child.
    Allocate,
    /// Ask that somebody's words be destroyed.
    ProposeRedaction,
    /// Agree to that, as the second person.
    Redact,
    /// Staff, boards, the question library, settings, retention.
    Configure,
    /// See who looked at it.
    SeeWhoLooked,
    /// Write what an audit found.
    Audit,
    /// Say that it was read.
    AnswerAudit,
    /// Do what an audit asks for.
    ActOnAudit,
}

impl Action {
    /// What reading a stream of this kind is called in the table.
    pub fn reading(kind: StreamKind) -> Action {
        match kind {
            StreamKind::Team | StreamKind::Council => Action::ReadTeam,
            StreamKind::Audit => Action::ReadAudit,
            StreamKind::Child | StreamKind::Family | StreamKind::Contact => Action::Read,
        }
    }

    /// Every row, in the order of the table.
    pub const ALL: [Action; 15] = [
        Action::Read,
        Action::ReadTeam,
        Action::ReadAudit,
        Action::WriteFacts,
        Action::Edit,
        Action::Submit,
        Action::Decide,
        Action::Allocate,
        Action::ProposeRedaction,
        Action::Redact,
        Action::Configure,
        Action::SeeWhoLooked,
        Action::Audit,
        Action::AnswerAudit,
        Action::ActOnAudit,
    ];
}

/// The answer: the cells of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Allowed.
    Yes,
    /// Not allowed.
    No,
    /// The child's name and due dates only.
    NameAndDueDates,
    /// Allowed once a reason has been given and logged.
    WithReason,
    /// Kept, not folded, until the team manager admits it.
    Held,
    /// Contacts and concerns are taken; any other fact is held.
    ContactsAndConcernsElseHeld,
    /// May comment, not change.
    CommentOnly,
    /// Allowed, except on work of one's own.
    NeverOwnWork,
    /// May propose boards and questions.
    Propose,
}

/// Whether somebody may see what a colleague looked at: their own, their team's if they manage it or stand in there, all if
/// they audit.
pub fn sees_what_was_done_by(actor: Actor, colleague: Actor, stands_in: &[StandsIn]) -> bool {
    let of_team = Access { team: Some(colleague.team), assigned: BTreeSet::new() };
    let relation = Relation::of(actor, &of_team, stands_in);
    actor.staff == colleague.staff || may(relation, Action::SeeWhoLooked) == Permission::Yes
}

/// Says whether someone who stands so may do this. The table of the design, cell by cell.
pub fn may(relation: Relation, action: Action) -> Permission {
    use Permission::{
        CommentOnly, ContactsAndConcernsElseHeld, Held, NameAndDueDates, NeverOwnWork, No, Propose, WithReason, Yes,
    };
    use Relation::{
        Administrator, AssignedWorker, Auditor, Duty, OtherManager, OtherTeamWorker, SameTeamWorker, TeamManager,
    };
    match (action, relation) {
        (Action::Read, AssignedWorker | TeamManager) => Yes,
        (Action::Read, SameTeamWorker) => NameAndDueDates,
        (Action::Read, Duty | Auditor) => WithReason,
        (Action::Read, OtherTeamWorker | OtherManager | Administrator) => No,

        (Action::ReadTeam, AssignedWorker | SameTeamWorker | TeamManager | Administrator) => Yes,
        (Action::ReadTeam, Auditor) => WithReason,
        (Action::ReadTeam, OtherTeamWorker | OtherManager | Duty) => No,

        (Action::ReadAudit, AssignedWorker | TeamManager | Auditor) => Yes,
        (Action::ReadAudit, _) => No,

        (Action::WriteFacts, AssignedWorker | TeamManager) => Yes,
        (Action::WriteFacts, Duty) => ContactsAndConcernsElseHeld,
        (Action::WriteFacts, SameTeamWorker | OtherTeamWorker | OtherManager | Auditor | Administrator) => Held,

        (Action::Edit, AssignedWorker) => Yes,
        (Action::Edit, TeamManager) => CommentOnly,
        (Action::Submit, AssignedWorker) => Yes,
        (Action::Decide, TeamManager) => NeverOwnWork,
        (Action::Allocate, TeamManager) => Yes,
        (Action::Edit | Action::Submit | Action::Decide | Action::Allocate, _) => No,

        (Action::ProposeRedaction, AssignedWorker) => Yes,
        (Action::ProposeRedaction, TeamManager) => NeverOwnWork,
        (Action::Redact, TeamManager | OtherManager | Administrator) => NeverOwnWork,
        (Action::ProposeRedaction | Action::Redact, _) => No,

        (Action::Configure, AssignedWorker | SameTeamWorker | TeamManager) => Propose,
        (Action::Configure, Administrator) => Yes,
        (Action::Configure, OtherTeamWorker | OtherManager | Duty | Auditor) => No,

        (Action::SeeWhoLooked, TeamManager | Auditor) => Yes,
        (Action::SeeWhoLooked, _) => No,

        (Action::Audit, Auditor) | (Action::AnswerAudit, TeamManager) => Yes,
        (Action::ActOnAudit, AssignedWorker | TeamManager) => Yes,
        (Action::Audit | Action::AnswerAudit | Action::ActOnAudit, _) => No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission::*;

    /// The table of the design, typed again on purpose: a slip in one copy shows against the other.
    #[rustfmt::skip]
    const TABLE: [(Action, [Permission; 8]); 15] = [
        //                   assigned  same team        other team  team manager  other manager  duty                         auditor     administrator
        (Action::Read,       [Yes,     NameAndDueDates, No,         Yes,          No,            WithReason,                  WithReason, No]),
        (Action::ReadTeam,   [Yes,     Yes,             No,         Yes,          No,            No,                          WithReason, Yes]),
        (Action::ReadAudit,  [Yes,     No,              No,         Yes,          No,            No,                          Yes,        No]),
        (Action::WriteFacts, [Yes,     Held,            Held,       Yes,          Held,          ContactsAndConcernsElseHeld, Held,       Held]),
        (Action::Edit,       [Yes,     No,              No,         CommentOnly,  No,            No,                          No,         No]),
        (Action::Submit,     [Yes,     No,              No,         No,           No,            No,                          No,         No]),
        (Action::Decide,     [No,      No,              No,         NeverOwnWork, No,            No,                          No,         No]),
        (Action::Allocate,   [No,      No,              No,         Yes,          No,            No,                          No,         No]),
        (Action::ProposeRedaction, [Yes, No,            No,         NeverOwnWork, No,            No,                          No,         No]),
        (Action::Redact,     [No,      No,              No,         NeverOwnWork, NeverOwnWork,  No,                          No,         NeverOwnWork]),
        (Action::Configure,  [Propose, Propose,         No,         Propose,      No,            No,                          No,         Yes]),
        (Action::SeeWhoLooked, [No,    No,              No,         Yes,          No,            No,                          Yes,        No]),
        (Action::Audit,      [No,      No,              No,         No,           No,            No,                          Yes,        No]),
        (Action::AnswerAudit, [No,     No,              No,         Yes,          No,            No,                          No,         No]),
        (Action::ActOnAudit, [Yes,     No,              No,         Yes,          No,            No,                          No,         No]),
    ];

    #[test]
    fn every_cell_of_the_table_is_as_designed() {
        assert_eq!(TABLE.map(|(action, _)| action), Action::ALL);
        for (action, row) in TABLE {
            for (relation, expected) in Relation::ALL.into_iter().zip(row) {
                assert_eq!(may(relation, action), expected, "{action:?} by {relation:?}");
            }
        }
    }

    fn actor(role: Role, team: u128) -> Actor {
        Actor { staff: StaffId(uuid::Uuid::from_u128(1)), role, team: TeamId(uuid::Uuid::from_u128(team)) }
    }

    #[test]
    fn relation_follows_allocation_first_and_team_second() {
        let mut access = Access { team: Some(actor(Role::Worker, 5).team), assigned: BTreeSet::new() };
        assert_eq!(Relation::of(actor(Role::Worker, 5), &access, &[]), Relation::SameTeamWorker);
        assert_eq!(Relation::of(actor(Role::Worker, 6), &access, &[]), Relation::OtherTeamWorker);
        assert_eq!(Relation::of(actor(Role::Manager, 5), &access, &[]), Relation::TeamManager);
        assert_eq!(Relation::of(actor(Role::Manager, 6), &access, &[]), Relation::OtherManager);
        access.assigned.insert(actor(Role::Worker, 6).staff);
        assert_eq!(Relation::of(actor(Role::Worker, 6), &access, &[]), Relation::AssignedWorker);
        assert_eq!(Relation::of(actor(Role::Administrator, 5), &access, &[]), Relation::Administrator);
    }

    #[test]
    fn whoever_stands_in_has_the_column_of_whom_they_stand_in_for() {
        let (worker, manager) = (actor(Role::Worker, 6), actor(Role::Manager, 6));
        let away = StaffId(uuid::Uuid::from_u128(2));
        let (north, elsewhere) = (TeamId(uuid::Uuid::from_u128(5)), TeamId(uuid::Uuid::from_u128(7)));
        let access = Access { team: Some(north), assigned: BTreeSet::from([away]) };
        let cover = |role, team| [StandsIn { team, away, role }];
        let of = |actor, stands_in: &[StandsIn]| Relation::of(actor, &access, stands_in);
        assert_eq!(of(worker, &cover(Role::Worker, north)), Relation::AssignedWorker);
        assert_eq!(of(manager, &cover(Role::Manager, north)), Relation::TeamManager);
        // In another team, for somebody else, or in another role than then: nothing.
        assert_eq!(of(manager, &cover(Role::Manager, elsewhere)), Relation::OtherManager);
        let nobody = StandsIn { away: StaffId(uuid::Uuid::from_u128(3)), ..cover(Role::Worker, north)[0] };
        assert_eq!(of(worker, &[nobody]), Relation::OtherTeamWorker);
        assert_eq!(of(manager, &cover(Role::Worker, north)), Relation::OtherManager);
        assert_eq!(of(worker, &cover(Role::Manager, north)), Relation::OtherTeamWorker);
        assert_eq!(of(actor(Role::Auditor, 6), &cover(Role::Manager, north)), Relation::Auditor);
    }

    #[test]
    fn what_was_done_is_seen_by_whoever_did_it_their_manager_and_an_auditor() {
        let of = |staff: u128, role, team| Actor { staff: StaffId(uuid::Uuid::from_u128(staff)), ..actor(role, team) };
        let colleague = of(9, Role::Worker, 5);
        let sees = |actor| sees_what_was_done_by(actor, colleague, &[]);
        assert!(sees(colleague) && sees(of(2, Role::Manager, 5)) && sees(of(2, Role::Auditor, 6)));
        let others =
            [(Role::Worker, 5), (Role::Manager, 6), (Role::Duty, 5), (Role::Administrator, 5), (Role::Worker, 6)];
        for (role, team) in others {
            assert!(!sees(of(2, role, team)), "{role:?}");
        }
        let team = TeamId(uuid::Uuid::from_u128(5));
        let cover = StandsIn { team, away: StaffId(uuid::Uuid::from_u128(3)), role: Role::Manager };
        assert!(sees_what_was_done_by(of(2, Role::Manager, 6), colleague, &[cover]));
    }

    #[test]
    fn nobody_stands_near_a_stream_that_has_no_team() {
        let nobody = Access::default();
        assert_eq!(Relation::of(actor(Role::Manager, 5), &nobody, &[]), Relation::OtherManager);
        assert_eq!(Relation::of(actor(Role::Worker, 5), &nobody, &[]), Relation::OtherTeamWorker);
    }
}
