//! A paper, or a file, that is made of a record: it is noted first, for it leaves the tablet.

use domain::Payload;
use domain::id::StreamId;
use domain::payload::visit::{Paper, PaperMade};
use leptos::task::spawn_local;

use crate::platform::page;
use crate::state::{Records, Urgency};

/// Notes that a paper is made. Where that cannot be saved, the paper is made all the same: the page says elsewhere that nothing
/// can be saved.
pub async fn note_paper(records: Records, stream: StreamId, paper: Paper) {
    let _ = records.record(stream, vec![Payload::PaperMade(PaperMade { paper })], Urgency::WithTheRest).await;
}

/// Notes it, and prints the page.
pub fn print(records: Records, stream: StreamId, paper: Paper) {
    spawn_local(async move {
        note_paper(records, stream, paper).await;
        page::print();
    });
}
