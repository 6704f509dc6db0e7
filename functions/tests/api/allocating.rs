//! Who may be allocated to a child: workers who are there, and those of another team where that is said.

use domain::id::StaffId;
use domain::payload::child::StaffAssigned;
use domain::{Code, Payload, Verdict};

use crate::support::device::Device;
use crate::support::operations::{fresh, operation, registered};
use crate::support::{Server, Who, child};

/// What the server makes of an allocation by the team's manager.
async fn outcome(staff: &[StaffId], joint: &[StaffId]) -> (Verdict, Option<Code>) {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let joint = joint.iter().copied().collect();
    let assigned = StaffAssigned { joint, ..StaffAssigned::to(staff.iter().copied()) };
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let result = helen.push(&[operation(child(1), Payload::StaffAssigned(assigned))]).await.results.remove(0);
    (result.verdict, result.code)
}

#[tokio::test]
async fn an_id_that_nobody_has_is_refused_even_as_joint_work() {
    let nobody = StaffId(fresh());
    let worker = Who::SameTeamWorker.staff().id;
    assert_eq!(outcome(&[worker, nobody], &[nobody]).await, (Verdict::Refused, Some(Code::UnknownStaff)));
    assert_eq!(outcome(&[worker], &[]).await, (Verdict::Accepted, None));
}

#[tokio::test]
async fn only_workers_carry_a_child() {
    for who in [Who::TeamManager, Who::Duty, Who::Auditor, Who::Administrator] {
        assert_eq!(outcome(&[who.staff().id], &[]).await, (Verdict::Refused, Some(Code::UnknownStaff)), "{who:?}");
    }
}

#[tokio::test]
async fn a_worker_of_another_team_is_allocated_as_joint_work_only() {
    let (mine, theirs) = (Who::AssignedWorker.staff().id, Who::OtherTeamWorker.staff().id);
    assert_eq!(outcome(&[mine, theirs], &[]).await, (Verdict::Refused, Some(Code::JointWorkNotSaid)));
    assert_eq!(outcome(&[mine, theirs], &[theirs]).await, (Verdict::Accepted, None));
}
