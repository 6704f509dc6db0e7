//! Laws of the small written forms: chains, stream names, codes.

use domain::hash::{Chain, Hash, hex, unhex};
use domain::id::{StreamId, StreamKind};
use domain::{Code, Verdict};
use proptest::prelude::*;
use uuid::Uuid;

fn chain(hashes: &[Hash]) -> Chain {
    hashes.iter().fold(Chain::START, |chain, hash| chain.then(*hash))
}

fn hashes() -> impl Strategy<Value = Vec<Hash>> {
    proptest::collection::vec(any::<[u8; 32]>().prop_map(Hash), 0..12)
}

fn kind() -> impl Strategy<Value = StreamKind> {
    prop_oneof![
        Just(StreamKind::Child),
        Just(StreamKind::Family),
        Just(StreamKind::Contact),
        Just(StreamKind::Audit),
        Just(StreamKind::Team),
        Just(StreamKind::Council),
    ]
}

proptest! {
    #[test]
    fn a_chain_goes_on_from_any_prefix(hashes in hashes(), cut in any::<prop::sample::Index>()) {
        let (prefix, rest) = hashes.split_at(cut.index(hashes.len() + 1));
        let on = rest.iter().fold(chain(prefix), |chain, hash| chain.then(*hash));
        prop_assert_eq!(on, chain(&hashes));
    }

    #[test]
    fn chains_agree_exactly_where_their_histories_do(ours in hashes(), theirs in hashes()) {
        prop_assert_eq!(chain(&ours) == chain(&theirs), ours == theirs);
        for length in 0..ours.len().min(theirs.len()) {
            prop_assert_eq!(chain(&ours[..length]) == chain(&theirs[..length]), ours[..length] == theirs[..length]);
        }
    }

    #[test]
    fn a_chain_is_shorter_than_itself_nowhere(hashes in hashes()) {
        let all: std::collections::BTreeSet<_> = (0..=hashes.len()).map(|length| chain(&hashes[..length])).collect();
        prop_assert_eq!(all.len(), hashes.len() + 1);
    }

    #[test]
    fn hex_reads_back_what_it_wrote_and_nothing_else(bytes in any::<[u8; 32]>(), text in "\\PC{0,70}") {
        prop_assert_eq!(unhex::<32>(&hex(&bytes)).ok(), Some(bytes));
        if let Ok(read) = unhex::<32>(&text) {
            prop_assert_eq!(hex(&read), text);
        }
    }

    #[test]
    fn a_stream_reads_back_from_its_name(kind in kind(), id in any::<u128>()) {
        let stream = StreamId { kind, id: Uuid::from_u128(id) };
        prop_assert_eq!(stream.to_string().parse::<StreamId>().unwrap(), stream);
        let text = serde_json::to_string(&stream).unwrap();
        prop_assert_eq!(text, format!("\"{stream}\""));
    }

    #[test]
    fn whatever_reads_as_a_stream_is_its_only_name(text in "(child|Child|pet|team)?-?[0-9a-fA-F{}-]{0,40}") {
        if let Ok(stream) = text.parse::<StreamId>() {
            prop_assert_eq!(stream.to_string(), text);
        }
    }

    #[test]
    fn a_code_of_any_spelling_survives(text in any::<String>()) {
        let code: Code = serde_json::from_value(text.clone().into()).unwrap();
        prop_assert_eq!(code.as_str(), text.as_str());
        prop_assert_eq!(serde_json::to_value(&code).unwrap(), serde_json::Value::from(text.clone()));
        let known = Code::ALL.iter().any(|known| known.as_str() == text);
        prop_assert_eq!(matches!(code, Code::Other(_)), !known);
    }

    #[test]
    fn a_verdict_has_three_spellings_and_no_other(text in "[a-z]{1,9}") {
        let read = serde_json::from_value::<Verdict>(text.clone().into());
        prop_assert_eq!(read.is_ok(), ["accepted", "held", "refused"].contains(&text.as_str()));
    }
}

#[test]
fn every_known_code_reads_as_itself_and_not_as_another() {
    for code in Code::ALL {
        let read: Code = serde_json::from_value(code.as_str().into()).unwrap();
        assert_eq!(&read, code);
    }
}
