//! Children who are open show the people of their families, where these are open.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Record;
use domain::id::{StreamId, StreamKind};

/// Of records that are open, the children to whom people of their families are to be added, with these.
pub fn laid_in(open: Vec<(StreamId, Arc<Record>)>) -> Vec<(StreamId, Arc<Record>)> {
    let families: BTreeMap<StreamId, Arc<Record>> =
        open.iter().filter(|(stream, _)| stream.kind == StreamKind::Family).cloned().collect();
    let children = open.into_iter().filter_map(|(stream, mut record)| {
        let family = record.family.and_then(|family| families.get(&family))?;
        let has_news = family.people.iter().any(|(person, told)| record.people.get(person) != Some(told));
        has_news.then(|| {
            Arc::make_mut(&mut record).lay_in(family);
            (stream, record)
        })
    });
    children.collect()
}
