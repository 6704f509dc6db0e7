use super::*;
use crate::asking::{Kind, Step, next};
use crate::cast::*;
use crate::payload::capture::{CaptureStarted, Reviewed, TakenBack};
use crate::payload::making::{Ink, LineDrawn, LineTakenBack, WordsTyped};
use crate::payload::profile::{Cells, CommunicationProfile, Input};
use crate::script::Script;
use crate::vocabulary::Vocabulary;

fn begun(kind: Kind) -> Script {
    let question = &Vocabulary::built_in().questions[0];
    let profile = CommunicationProfile::new("", Input::Touch, Cells::Three);
    let asking = kind.laid(question, question.cards.clone(), &profile, |_| 0);
    let mut script = Script::registered();
    let option = asking.options()[0].clone();
    script.sade([Payload::CaptureStarted(CaptureStarted { asking, ..mat() }), presented(1, &option)]);
    script
}

fn line(x: u16) -> Payload {
    let line = Line { ink: Ink::Red, points: vec![(x, 10), (x, 20)] };
    Payload::LineDrawn(LineDrawn { capture: CAPTURE, presentation: presentation(1), line })
}

fn typed(words: &str) -> Payload {
    Payload::WordsTyped(WordsTyped { capture: CAPTURE, presentation: presentation(1), words: words.into() })
}

fn option(script: &Script) -> Card {
    script.record().captures[&CAPTURE].asking.options()[0].clone()
}

fn xs(script: &Script) -> Vec<u16> {
    let record = script.record();
    record.captures[&CAPTURE].drawings().flat_map(|(_, lines)| lines).map(|line| line.points[0].0).collect()
}

#[test]
fn a_drawing_is_its_lines_without_those_that_were_taken_back() {
    let mut script = begun(Kind::Drawing);
    let back = Payload::LineTakenBack(LineTakenBack { capture: CAPTURE, presentation: presentation(1) });
    script.sade([line(1), line(2), back.clone(), line(3)]);
    assert_eq!(xs(&script), [1, 3]);
    script.sade([back.clone(), back.clone(), back]);
    assert_eq!(xs(&script), [0; 0], "one more than there are takes nothing back");
}

#[test]
fn nothing_is_done_before_there_is_something_and_then_it_is_one_view() {
    let mut script = begun(Kind::Drawing);
    let about = option(&script);
    let capture = |script: &Script| script.record().captures[&CAPTURE].clone();
    assert!(!capture(&script).takes(&about.id, "drawing"));
    script.sade([line(1)]);
    assert!(capture(&script).takes(&about.id, "drawing"));
    script.sade([answered(1, &about.id, "drawing")]);
    assert_eq!(next(&capture(&script)), Step::Review);
    let views = capture(&script);
    let view = views.views().next().expect("one");
    assert_eq!(view.place().map(|place| place.words).as_deref(), Some("a drawing"));
    // It is gone on with from the review: what was drawn is still there.
    let back = TakenBack { capture: CAPTURE, option: about.id.clone(), reached: None };
    script.sade([Payload::TakenBack(back)]);
    assert_eq!(next(&capture(&script)), Step::Show(about.clone()));
    assert_eq!(xs(&script), [1]);
    script.sade([presented(2, &about), answered(2, &about.id, "drawing")]);
    script.sade([Payload::Reviewed(Reviewed { capture: CAPTURE, placements: Vec::new() })]);
    assert_eq!(next(&capture(&script)), Step::Sharing);
}

#[test]
fn what_a_child_wrote_stands_in_its_own_words_wherever_the_view_is_shown() {
    let mut script = begun(Kind::Words);
    let about = option(&script);
    script.sade([typed("i like the bu"), typed("i like the bus"), answered(1, &about.id, "writing")]);
    let record = script.record();
    let view = record.captures[&CAPTURE].views().next().expect("one");
    assert_eq!(view.place().map(|place| place.words).as_deref(), Some("“i like the bus”"));
    assert_eq!(record.captures[&CAPTURE].harm(), None);
}

#[test]
fn words_that_may_tell_of_harm_are_a_sign_also_before_the_child_says_that_it_is_done() {
    for (words, is_sign) in [("he hits me", true), ("IT HURTS", true), ("i hide in my whitest shirt", false)] {
        let mut script = begun(Kind::Words);
        script.sade([typed(words)]);
        let record = script.record();
        let signs = record.captures[&CAPTURE].harm_signs();
        assert_eq!(signs.len(), usize::from(is_sign), "{words}");
        assert!(signs.iter().all(|sign| sign.words.contains(words)));
    }
}

#[test]
fn what_may_tell_of_harm_and_is_rubbed_out_was_said_all_the_same() {
    let mut script = begun(Kind::Words);
    script.sade(["he hits me", "he hits m", "he hits", "he hit", "he hi", "he", "he is kind"].map(typed));
    let record = script.record();
    let words: Vec<_> = record.captures[&CAPTURE].harm_signs().into_iter().map(|sign| sign.words).collect();
    assert_eq!(words, ["“he hit”"]);
    // A longer word begins with one of them: nothing was rubbed out.
    let mut longer = begun(Kind::Words);
    longer.sade(["hit", "hitc", "hitch"].map(typed));
    assert_eq!(longer.record().captures[&CAPTURE].harm(), None);
}

#[test]
fn words_that_the_child_stopped_in_are_in_the_note_as_not_finished() {
    let mut script = begun(Kind::Words);
    let about = option(&script);
    script.sade([typed("i want to ")]);
    let unfinished = |script: &Script| {
        let record = script.record();
        record.captures[&CAPTURE].unfinished_words().map(|(card, words)| (card.id.clone(), words.to_owned()))
    };
    assert_eq!(unfinished(&script), Some((about.id.clone(), "i want to".into())));
    script.sade([answered(1, &about.id, "writing")]);
    assert_eq!(unfinished(&script), None);
}
