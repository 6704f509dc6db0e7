//! Every question that can be asked of one child: its own, its team's, the council's, and the built-in ones.

use std::sync::Arc;

use crate::id::StreamKind;
use crate::permission::{Action, Permission, Relation, may};
use crate::record::Record;
use crate::vocabulary::{Question, Vocabulary};

/// Whose a question is, those first that are nearest to the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// This child's.
    Child,
    /// The team's.
    Team,
    /// The council's.
    Council,
    /// Everybody's, from the start.
    BuiltIn,
}

impl Whose {
    fn of(stream: StreamKind) -> Option<Whose> {
        match stream {
            StreamKind::Child => Some(Whose::Child),
            StreamKind::Team => Some(Whose::Team),
            StreamKind::Council => Some(Whose::Council),
            StreamKind::Family | StreamKind::Contact | StreamKind::Audit => None,
        }
    }
}

/// What deciding what is asked is called in the table of access: putting a question away, too. One child's own are its worker's.
pub fn deciding(stream: StreamKind) -> Action {
    match stream {
        StreamKind::Team => Action::Decide,
        StreamKind::Council => Action::Configure,
        StreamKind::Child | StreamKind::Family | StreamKind::Contact | StreamKind::Audit => Action::Edit,
    }
}

/// Whether somebody who stands so decides what is asked there.
pub fn decides(relation: Relation, stream: StreamKind) -> bool {
    matches!(may(relation, deciding(stream)), Permission::Yes | Permission::NeverOwnWork)
}

/// A question that can be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Whose it is.
    pub whose: Whose,
    /// The question.
    pub question: Arc<Question>,
}

/// The questions of one child. A question is asked in the words of its version of today.
#[derive(Clone, Debug, PartialEq)]
pub struct Library(Vec<Listed>);

impl Library {
    /// The questions that these records add to the built-in ones.
    pub fn of<'a>(records: impl IntoIterator<Item = (StreamKind, &'a Record)>) -> Library {
        let own = records.into_iter().filter_map(|(stream, record)| Some((Whose::of(stream)?, stream, record)));
        let mut all: Vec<Listed> = own
            .flat_map(|(whose, stream, record)| {
                let asked = record.questions.values().filter_map(move |question| question.asked(stream));
                asked.map(move |written| Listed { whose, question: Arc::new(Question::own(written)) })
            })
            .collect();
        let built_in = Vocabulary::built_in().questions.iter().cloned();
        all.extend(built_in.map(|question| Listed { whose: Whose::BuiltIn, question }));
        all.sort_by_key(|listed| listed.whose);
        Library(all)
    }

    /// All of them, those nearest to the child first.
    pub fn all(&self) -> &[Listed] {
        &self.0
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Arc<Question>> {
        self.0.iter().map(|listed| &listed.question).find(|question| question.id == id)
    }
}

#[cfg(test)]
mod tests;
