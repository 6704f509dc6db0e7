//! What a child's screen has to reach.

/// What a place is for, which says when it is offered: answers first, ways out last (PRACTICE F).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// An answer.
    Answer,
    /// It goes on, back, or to another page.
    Navigation,
    /// It stops everything: the first of the ways out.
    Stop,
    /// A way out of the question.
    Escape,
}

/// A place on a child's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which; unique on its screen.
    pub id: String,
    /// What it is for.
    pub rank: Rank,
    /// In which row of the screen it lies, from the top.
    pub row: u8,
}

impl Target {
    /// A target in a row.
    pub fn new(id: impl Into<String>, rank: Rank, row: u8) -> Target {
        Target { id: id.into(), rank, row }
    }
}

/// What is offered at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Offer {
    /// Nothing: at rest.
    #[default]
    Nothing,
    /// One place.
    Target(String),
    /// All of these: choosing goes in among them.
    Group(Vec<String>),
    /// The way back out of these.
    Back(Vec<String>),
}
