//! What a child makes itself: a drawing, line by line, and words, letter by letter.

use serde::{Deserialize, Serialize};

use crate::id::{CaptureId, PresentationId};

/// The width and the height of a sheet: points are counted in these.
pub const SHEET: (u16, u16) = (1000, 700);
/// So many points has one line at most†; a longer one goes on as another.
pub const MOST_POINTS: usize = 400;
/// So many letters has what a child writes about one thing at most†.
pub const MOST_LETTERS: usize = 280;

/// With what a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ink {
    /// Black.
    #[default]
    Black,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
    /// Brown.
    Brown,
}

impl Ink {
    /// Every one, in the order in which they lie beside the sheet.
    pub const ALL: [Ink; 7] = [Ink::Black, Ink::Red, Ink::Orange, Ink::Green, Ink::Blue, Ink::Purple, Ink::Brown];
}

/// One line, from where the finger came down to where it left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// With what.
    pub ink: Ink,
    /// Where it went, from the upper left corner of [`SHEET`]. One point is a dot.
    pub points: Vec<(u16, u16)>,
}

/// The child drew a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDrawn {
    /// In which activity.
    pub capture: CaptureId,
    /// During which showing.
    pub presentation: PresentationId,
    /// The line.
    #[serde(flatten)]
    pub line: Line,
}

/// The child took the last line back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTakenBack {
    /// In which activity.
    pub capture: CaptureId,
    /// During which showing.
    pub presentation: PresentationId,
}

/// The child wrote, or took a letter back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsTyped {
    /// In which activity.
    pub capture: CaptureId,
    /// During which showing.
    pub presentation: PresentationId,
    /// All that stands there now.
    pub words: String,
}
