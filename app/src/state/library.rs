//! The questions that can be asked of one child, from the records on this tablet.

use std::sync::Arc;

use domain::Record;
use domain::id::StreamId;
use domain::library::Library;
use leptos::prelude::*;

use super::records::Records;

/// A record that may not be here: the team's and the council's begin with their first question.
type MayBe = Memo<Option<Memo<Option<Arc<Record>>>>>;

/// The questions of a child, its team and the council; none while one of these records is being opened. Without one that cannot be
/// opened there are fewer questions, and a visit goes on.
pub fn library_of(records: Records, child: StreamId) -> Memo<Option<Arc<Library>>> {
    let own = records.front_of(child);
    let team = Memo::new(move |_| own.get()?.standing.access.team.map(StreamId::team));
    let of_team: MayBe = Memo::new(move |_| opened(records, team.get()?));
    let of_council: MayBe = Memo::new(move |_| opened(records, StreamId::council()));
    Memo::new(move |_| {
        let own = own.get()?;
        let mut all = vec![(child, own)];
        for (stream, record) in [(team.get(), of_team.get()), (Some(StreamId::council()), of_council.get())] {
            let (Some(stream), Some(record)) = (stream, record) else { continue };
            match record.get() {
                Some(record) => all.push((stream, record)),
                None if records.problem_with(stream).is_some() => {}
                None => return None,
            }
        }
        Some(Arc::new(Library::of(all.iter().map(|(stream, record)| (stream.kind, record.as_ref())))))
    })
}

/// A record, where it is on this tablet.
pub fn opened(records: Records, stream: StreamId) -> Option<Memo<Option<Arc<Record>>>> {
    records.has(stream).then(|| records.front_of(stream))
}
