//! Questions over HTTP: who writes them, who decides, and whose tablets have them.

use domain::id::{QuestionId, StreamId, StreamKind};
use domain::library::decides;
use domain::payload::library::{QuestionDecided, QuestionDecision, QuestionWritten};
use domain::permission::{Access, Action, Permission, Relation, may};
use domain::vocabulary::Vocabulary;
use domain::{Code, Operation, Payload, Verdict};
use uuid::Uuid;

use crate::support::client::Client;
use crate::support::device::Device;
use crate::support::operations::{operation, registered};
use crate::support::{NORTH, Server, Who, child};

const QUESTION: QuestionId = QuestionId(Uuid::from_u128(0x9e57));

fn written(stream: StreamId, version: u32) -> Operation {
    let first = &Vocabulary::built_in().questions[0];
    let question = QuestionWritten {
        question: QUESTION,
        version,
        topic: first.topic.clone(),
        words: "The hydro pool".into(),
        symbol: first.symbol.clone(),
        ask: first.ask.clone(),
        language: first.language.clone(),
        scale: first.scale.clone(),
        cards: first.cards.clone(),
        is_day: false,
        high_stakes: false,
    };
    operation(stream, Payload::QuestionWritten(question))
}

fn approved(stream: StreamId) -> Operation {
    let decision = QuestionDecision::Approved;
    operation(stream, Payload::QuestionDecided(QuestionDecided { question: QUESTION, version: 1, decision }))
}

async fn verdict(server: &Server, who: Who, operation: Operation) -> (Verdict, Option<Code>) {
    let result = Device::enrolled(server, who).await.push(&[operation]).await.results.remove(0);
    (result.verdict, result.code)
}

fn expected(is_allowed: bool) -> (Verdict, Option<Code>) {
    if is_allowed { (Verdict::Accepted, None) } else { (Verdict::Refused, Some(Code::NotAllowed)) }
}

#[tokio::test]
async fn every_role_writes_and_decides_as_the_table_says_in_the_team_and_in_the_council() {
    for stream in [StreamId::team(NORTH), StreamId::council()] {
        for who in Who::ALL {
            let actor = who.staff().actor();
            let relation = Relation::of(actor, &Access::default().to_stream(stream, actor), &[]);
            let server = Server::start().await;
            let writes = may(relation, Action::Configure) != Permission::No;
            let told = verdict(&server, who, written(stream, 1)).await;
            assert_eq!(told, expected(writes), "written in {stream} by {who:?}");

            let server = Server::start().await;
            let author = if who == Who::SameTeamWorker { Who::TeamManager } else { Who::SameTeamWorker };
            assert_eq!(verdict(&server, author, written(stream, 1)).await.0, Verdict::Accepted);
            let told = verdict(&server, who, approved(stream)).await;
            assert_eq!(told, expected(decides(relation, stream.kind)), "decided in {stream} by {who:?}");

            // Whoever may read it without a reason has it on their tablet; of a team's, the administrator reads at a desk only.
            let pulled = Device::enrolled(&server, who).await.pull(&[]).await.entries.contains_key(&stream);
            let reads = may(relation, Action::reading(stream.kind));
            let at_a_desk = who == Who::Administrator && stream.kind == StreamKind::Team;
            assert_eq!(pulled, reads == Permission::Yes && !at_a_desk, "pulled of {stream} by {who:?}");
            let client = Client::signed_in(&server, who).await;
            let told = client.get(&format!("/api/v1/streams/{stream}/entries")).await;
            let read = if told.status == 200 { "200".into() } else { told.code() };
            let expected = match reads {
                Permission::Yes => "200",
                Permission::WithReason => "reason_required",
                _ => "not_allowed",
            };
            assert_eq!(read, expected, "read of {stream} by {who:?}");
        }
    }
}

#[tokio::test]
async fn one_child_s_question_is_written_by_its_worker_only_and_read_by_nobody_else() {
    for who in Who::ALL {
        let server = Server::start().await;
        let mut sade = Device::enrolled(&server, Who::AssignedWorker).await;
        sade.push(&[registered(child(1))]).await;
        let told = verdict(&server, who, written(child(1), 1)).await;
        assert_eq!(told, expected(who == Who::AssignedWorker), "{who:?}");
    }
}

#[tokio::test]
async fn two_who_write_the_next_version_at_once_are_told_apart() {
    let server = Server::start().await;
    let team = StreamId::team(NORTH);
    assert_eq!(verdict(&server, Who::SameTeamWorker, written(team, 1)).await.0, Verdict::Accepted);
    assert_eq!(verdict(&server, Who::TeamManager, written(team, 2)).await.0, Verdict::Accepted);
    let late = verdict(&server, Who::AssignedWorker, written(team, 2)).await;
    assert_eq!(late, (Verdict::Refused, Some(Code::StaleVersion)));
    // What was decided was decided on what had been read.
    let (decided, code) = verdict(&server, Who::TeamManager, approved(team)).await;
    assert_eq!((decided, code), (Verdict::Refused, Some(Code::StaleVersion)));
}
