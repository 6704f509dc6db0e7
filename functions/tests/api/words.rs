//! Words that nobody can see are no words.

use domain::payload::plan::{DecisionOutcome, PlanDecided};
use domain::{Code, Payload, Verdict};

use crate::support::device::Device;
use crate::support::operations::{operation, registered, voice, whole_visit};
use crate::support::{Server, Who, child};

#[tokio::test]
async fn a_comment_of_joiners_alone_authorises_no_plan() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let sent = sade.push(&whole_visit(child(1))).await;
    assert!(sent.results.iter().all(|result| result.verdict == Verdict::Accepted));
    let mut helen = Device::enrolled(&server, Who::TeamManager).await;
    let comment = "\u{200B}\u{2060}".to_owned();
    let decided = PlanDecided { version: 1, outcome: DecisionOutcome::Authorised, comment };
    let result = helen.push(&[operation(child(1), Payload::PlanDecided(decided))]).await.results.remove(0);
    assert_eq!((result.verdict, result.code), (Verdict::Refused, Some(Code::CommentRequired)));
}

#[tokio::test]
async fn a_voice_without_words_is_kept_and_flagged() {
    let server = Server::start().await;
    let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
    sade.push(&[registered(child(1))]).await;
    let result = sade.push(&[voice(child(1), "\u{3164} \u{2800}")]).await.results.remove(0);
    assert_eq!((result.verdict, result.code), (Verdict::Accepted, Some(Code::BlankWords)));
}
