//! What stands in the council's own note and in no other.

use super::*;

#[test]
fn what_may_be_a_sign_of_harm_is_in_the_councils_note_and_in_no_other_however_it_was_left() {
    for then in [vec![answered(2, "hurt", "like")], vec![escaped(2, Escape::Skip)], vec![escaped(2, Escape::Stop)]] {
        let mut told = vec![Payload::CaptureStarted(mat())];
        told.extend(brings(1, "hurt", "it hurts"));
        told.extend(then);
        told.extend([presented(5, &card("taxi", "the taxi")), answered(5, "taxi", "like")]);
        told.push(Payload::SharingChosen(sharing(&[])));
        told.push(Payload::ActionAdded(asks("see the doctor", &[view("hurt")])));
        told.push(of_kind("HarmLookedAt"));
        let mut script = around(told);
        script.helen(of_kind("HarmSeen"));
        let council = note(&script, Reader::Council);
        assert!(council.contains("Chosen, and may be a sign of harm: \"it hurts\"."));
        assert!(council.contains("Not sure: Card \"it hurts\", pointed to her left elbow, twice."), "{council}");
        assert!(council.contains("The manager has seen it: I ring school this afternoon."), "{council}");
        for reader in [Reader::School, Reader::Family] {
            let text = note(&script, reader);
            assert!(text.contains("the taxi: like"), "the rest is theirs to read: {text}");
            let kept = ["hurt", "doctor", "elbow", "Not sure", "ring school"];
            assert!(kept.iter().all(|kept| !text.contains(kept)), "{text}");
        }
    }
}

#[test]
fn a_sign_of_harm_that_a_child_brings_in_a_warm_up_is_in_the_councils_note() {
    let profile = crate::payload::profile::CommunicationProfile::new(
        "",
        crate::payload::profile::Input::Touch,
        crate::payload::profile::Cells::Two,
    );
    let question = &crate::vocabulary::Vocabulary::built_in().questions[0];
    let asking = crate::asking::Kind::WarmUp.laid(question, Vec::new(), &profile, |_| 0);
    let mut told = vec![Payload::CaptureStarted(CaptureStarted { asking, ..mat() })];
    told.extend(brings(1, "hurt", "it hurts"));
    let text = note(&around(told), Reader::Council);
    assert!(text.contains("Warm-up: ") && text.contains("may be a sign of harm: \"it hurts\""), "{text}");
}

#[test]
fn what_was_seen_is_read_by_adults_and_stands_in_the_councils_note_only() {
    let seen = ["ObservationStarted", "ObservationMarked", "ObservationRead"].map(of_kind);
    let script = around(seen.to_vec());
    let text = note(&script, Reader::Council);
    assert!(text.contains("These are not "), "{text}");
    assert!(text.contains("- music: the drum. Watched by Sade Okafor; awake 7 of 9; no sign of pain;"), "{text}");
    assert!(text.contains("Marked: smiles 1."), "{text}");
    assert!(text.contains("Mum reads it, fairly sure: Smiled three times"), "{text}");
    assert!(text.contains("So far 1 of 3 occasions and 1 of 2 people: too few to build on."), "{text}");
    for reader in [Reader::Family, Reader::School] {
        assert!(!note(&script, reader).contains("drum"));
    }
}
