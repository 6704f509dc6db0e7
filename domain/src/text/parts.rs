//! An operation part by part, for whoever asked to see what is held of them.

use super::{is_machine_made, is_visible, trimmed};
use crate::payload::Payload;

/// Everything that an operation says, with what each part is called, for a reader who asked to see it: words, dates, times, choices
/// and numbers. Ids are left out.
pub fn all_parts(payload: &Payload) -> Vec<(String, String)> {
    fn collect(name: &str, value: &serde_json::Value, found: &mut Vec<(String, String)>) {
        let said = match value {
            serde_json::Value::String(text) => plainly(text),
            serde_json::Value::Bool(true) => Some("yes".to_owned()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            serde_json::Value::Array(all) => return all.iter().for_each(|one| collect(name, one, found)),
            serde_json::Value::Object(all) => return all.iter().for_each(|(name, one)| collect(name, one, found)),
            serde_json::Value::Bool(false) | serde_json::Value::Null => None,
        };
        found.extend(said.map(|said| (name.replace('_', " "), said)));
    }
    let (_, data) = payload.encode();
    let mut found = Vec::new();
    collect("", &serde_json::from_str(data.get()).unwrap_or_default(), &mut found);
    found
}

/// A text as people read it: a day, a time, a choice without its underscores; none for an id.
fn plainly(text: &str) -> Option<String> {
    if let Ok(day) = text.parse::<jiff::civil::Date>() {
        return Some(day.strftime("%-d %B %Y").to_string());
    }
    if let Ok(time) = text.parse::<jiff::civil::Time>() {
        return Some(time.strftime("%H:%M").to_string());
    }
    let is_choice = text.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let said = if is_choice { text.replace('_', " ") } else { trimmed(text).to_owned() };
    (!is_machine_made(text) && is_visible(text)).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_was_said_is_read_by_name_with_its_dates_and_without_ids() {
        let of = |kind: &str| {
            let payload = crate::cast::one_of_each().into_iter().find(|payload| payload.kind() == kind).unwrap();
            all_parts(&payload)
        };
        let part = |name: &str, said: &str| (name.to_owned(), said.to_owned());
        let registered = of("ChildRegistered");
        for known in [part("given", "Amira"), part("family", "Haddad"), part("born", "9 March 2018")] {
            assert!(registered.contains(&known), "{known:?} in {registered:?}");
        }
        let contact = of("ContactWritten");
        for known in [part("on", "26 November 2026"), part("at", "02:10"), part("how", "telephone")] {
            assert!(contact.contains(&known), "{known:?} in {contact:?}");
        }
        assert!(of("PersonRecorded").contains(&part("responsibility", "held")));
        for payload in crate::cast::one_of_each() {
            for (_, said) in all_parts(&payload) {
                assert!(said.parse::<uuid::Uuid>().is_err(), "{said} of {}", payload.kind());
            }
        }
    }
}
