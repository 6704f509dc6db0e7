//! A held fact that a manager does not let in: kept as it came, and waiting no more.

use domain::{Code, Verdict};

use crate::support::device::Device;
use crate::support::operations::{admit, declined, registered, voice};
use crate::support::{Server, Who, child};

#[tokio::test]
async fn a_held_fact_is_declined_with_a_reason_by_the_teams_manager_and_cannot_be_admitted_then() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let mut priya = Device::enrolled(&server, Who::SameTeamWorker).await;
    let held = priya.push(&[voice(child(1), "She smiled")]).await.results.remove(0);
    assert_eq!(held.verdict, Verdict::Held);

    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let silent = helen.push(&[declined(child(1), &[2], "\u{200B}")]).await.results.remove(0);
    assert_eq!((silent.verdict, silent.code), (Verdict::Refused, Some(Code::ReasonRequired)));
    for other in [Who::AssignedWorker, Who::SameTeamWorker, Who::OtherManager, Who::Duty, Who::Administrator] {
        let mut device = Device::enrolled(&server, other).await;
        let result = device.push(&[declined(child(1), &[2], "Of another child.")]).await.results.remove(0);
        assert_eq!((result.verdict, result.code), (Verdict::Refused, Some(Code::NotAllowed)), "{other:?}");
    }
    let done = helen.push(&[declined(child(1), &[2], "Of another child.")]).await.results.remove(0);
    assert_eq!((done.verdict, done.code), (Verdict::Accepted, None));
    let late = helen.push(&[admit(child(1), &[2])]).await.results.remove(0);
    assert_eq!((late.verdict, late.code), (Verdict::Refused, Some(Code::NotHeld)));
}
