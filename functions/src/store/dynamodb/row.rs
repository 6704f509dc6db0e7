//! One item of the table, read and written by name and type.

use std::collections::{BTreeSet, HashMap};
use std::str::FromStr;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use super::key::Key;
use super::unreadable::Unreadable;

/// The names of the two parts of a key.
pub(super) const PK: &str = "PK";
pub(super) const SK: &str = "SK";

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row(HashMap<String, AttributeValue>);

/// A key as the table takes it.
pub(super) fn key_of(key: Key) -> HashMap<String, AttributeValue> {
    HashMap::from([(PK.to_owned(), AttributeValue::S(key.pk)), (SK.to_owned(), AttributeValue::S(key.sk))])
}

pub(super) fn text(text: impl ToString) -> AttributeValue {
    AttributeValue::S(text.to_string())
}

pub(super) fn number(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

impl Row {
    /// A new item with nothing but its key.
    pub(super) fn at(key: Key) -> Row {
        Row(key_of(key))
    }

    pub(super) fn read(attributes: HashMap<String, AttributeValue>) -> Row {
        Row(attributes)
    }

    pub(super) fn into_attributes(self) -> HashMap<String, AttributeValue> {
        self.0
    }

    /// How many bytes the item counts for, as AWS publishes it: names and values, a number at half a byte a digit.
    pub(super) fn size(&self) -> usize {
        let value = |value: &AttributeValue| match value {
            AttributeValue::S(text) => text.len(),
            AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
            AttributeValue::B(bytes) => bytes.as_ref().len(),
            AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
            // No item of ours has another.
            _ => 0,
        };
        self.0.iter().map(|(name, attribute)| name.len() + value(attribute)).sum()
    }

    fn with(mut self, name: &'static str, value: AttributeValue) -> Row {
        self.0.insert(name.to_owned(), value);
        self
    }

    pub(super) fn with_text(self, name: &'static str, text: impl ToString) -> Row {
        self.with(name, self::text(text))
    }

    pub(super) fn with_number(self, name: &'static str, value: u64) -> Row {
        self.with(name, number(value))
    }

    /// A moment in milliseconds since 1970.
    pub(super) fn with_moment(self, name: &'static str, at: Timestamp) -> Row {
        self.with(name, number(at.as_millisecond()))
    }

    pub(super) fn with_bytes(self, name: &'static str, bytes: Vec<u8>) -> Row {
        self.with(name, AttributeValue::B(Blob::new(bytes)))
    }

    /// Several texts, each once; DynamoDB has no empty set, so none at all is no attribute.
    pub(super) fn with_set<T: ToString>(self, name: &'static str, texts: impl IntoIterator<Item = T>) -> Row {
        let texts: BTreeSet<String> = texts.into_iter().map(|text| text.to_string()).collect();
        if texts.is_empty() { self } else { self.with(name, AttributeValue::Ss(texts.into_iter().collect())) }
    }

    /// Adds an attribute where there is something to add.
    pub(super) fn and<T>(self, value: Option<T>, add: impl FnOnce(Row, T) -> Row) -> Row {
        match value {
            Some(value) => add(self, value),
            None => self,
        }
    }

    fn attribute(&self, name: &'static str) -> Option<&AttributeValue> {
        self.0.get(name)
    }

    pub(super) fn has(&self, name: &'static str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn text(&self, name: &'static str) -> Result<&str, Unreadable> {
        self.attribute(name).and_then(|value| value.as_s().ok()).map(String::as_str).ok_or(Unreadable(name))
    }

    pub(super) fn parsed<T: FromStr>(&self, name: &'static str) -> Result<T, Unreadable> {
        self.text(name)?.parse().map_err(|_| Unreadable(name))
    }

    /// What may be absent.
    pub(super) fn perhaps<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&Row, &'static str) -> Result<T, Unreadable>,
    ) -> Result<Option<T>, Unreadable> {
        if self.has(name) { read(self, name).map(Some) } else { Ok(None) }
    }

    pub(super) fn number(&self, name: &'static str) -> Result<u64, Unreadable> {
        self.any_number(name)
    }

    pub(super) fn moment(&self, name: &'static str) -> Result<Timestamp, Unreadable> {
        Timestamp::from_millisecond(self.any_number(name)?).map_err(|_| Unreadable(name))
    }

    pub(super) fn any_number<T: FromStr>(&self, name: &'static str) -> Result<T, Unreadable> {
        let text = self.attribute(name).and_then(|value| value.as_n().ok()).ok_or(Unreadable(name))?;
        text.parse().map_err(|_| Unreadable(name))
    }

    pub(super) fn bytes(&self, name: &'static str) -> Result<&[u8], Unreadable> {
        self.attribute(name).and_then(|value| value.as_b().ok()).map(AsRef::as_ref).ok_or(Unreadable(name))
    }

    /// The members of a set in order; none where there is no such attribute.
    pub(super) fn set<T: FromStr + Ord>(&self, name: &'static str) -> Result<Vec<T>, Unreadable> {
        let Some(value) = self.attribute(name) else {
            return Ok(Vec::new());
        };
        let texts = value.as_ss().map_err(|_| Unreadable(name))?;
        let mut members =
            texts.iter().map(|text| text.parse().map_err(|_| Unreadable(name))).collect::<Result<Vec<T>, _>>()?;
        members.sort();
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        let key = Key { pk: "A".into(), sk: "B".into() };
        Row::at(key).with_text("name", "Ann").with_number("seq", 7).with_set("few", ["b", "a", "b"])
    }

    #[test]
    fn what_was_written_is_read_by_name_and_type() {
        let row = row();
        assert_eq!(row.text(SK).unwrap(), "B");
        assert_eq!(row.text("name").unwrap(), "Ann");
        assert_eq!(row.number("seq").unwrap(), 7);
        assert_eq!(row.set::<String>("few").unwrap(), ["a", "b"]);
        assert_eq!(row.set::<String>("none").unwrap(), [""; 0]);
        assert_eq!(row.perhaps("none", Row::number).unwrap(), None);
    }

    #[test]
    fn an_item_counts_by_its_names_and_values() {
        assert_eq!(row().size(), "PK".len() + 1 + "SK".len() + 1 + "nameAnn".len() + "seq".len() + 2 + "fewab".len());
    }

    #[test]
    fn a_missing_or_mistyped_attribute_is_named() {
        let row = row();
        assert_eq!(row.text("seq").unwrap_err().0, "seq");
        assert_eq!(row.number("name").unwrap_err().0, "name");
        assert_eq!(row.bytes("absent").unwrap_err().0, "absent");
        assert_eq!(row.set::<u64>("few").unwrap_err().0, "few");
        assert_eq!(row.moment("name").unwrap_err().0, "name");
    }
}
