//! Fields of the assessment and the plan.

use serde::{Deserialize, Serialize};

use super::Source;
use crate::payload::plan::SetField;

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldValue {
    /// The value.
    pub value: String,
    /// By whom, when.
    pub source: Source,
}

/// A field with all it holds: usually one value; more are a conflict that waits for a person. What was replaced is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldRecord {
    /// In force.
    pub values: Vec<FieldValue>,
    /// Replaced.
    pub earlier: Vec<FieldValue>,
}

impl FieldRecord {
    /// Takes a value in; it stands beside what it does not replace.
    pub(super) fn set(&mut self, set: &SetField, source: Source) {
        if self.values.last().map(|value| value.source.id) == set.replaces {
            self.earlier.append(&mut self.values);
        }
        self.values.push(FieldValue { value: set.value.clone(), source });
    }
}
