//! A profile in words: for the form's choices and for the passport.

use domain::payload::profile::{
    Cells, Colour, CommunicationProfile, Input, Mode, Order, SafetyWord, Sayable, Side, Sight, SkinTone, Theme,
};
use leptos_fluent::tr;

pub(super) fn input(input: Input) -> String {
    match input {
        Input::Touch => tr!("input-touch"),
        Input::EyePointing => tr!("input-eyes"),
        Input::OneSwitch => tr!("input-one-switch"),
        Input::TwoSwitches => tr!("input-two-switches"),
        Input::Keyboard => tr!("input-keys"),
        Input::Dwell => tr!("input-dwell"),
        Input::Partner => tr!("input-partner"),
    }
}

pub(super) fn mode(mode: Mode) -> String {
    match mode {
        Mode::Speech => tr!("mode-speech"),
        Mode::Sounds => tr!("mode-sounds"),
        Mode::Signs => tr!("mode-signs"),
        Mode::Gesture => tr!("mode-gesture"),
        Mode::Looking => tr!("mode-looking"),
        Mode::Pictures => tr!("mode-pictures"),
        Mode::Photos => tr!("mode-photos"),
        Mode::Objects => tr!("mode-objects"),
        Mode::OwnSystem => tr!("mode-own"),
        Mode::Writing => tr!("mode-writing"),
    }
}

pub(super) fn theme(theme: Theme) -> String {
    match theme {
        Theme::Colour => tr!("theme-colour"),
        Theme::Calm => tr!("theme-calm"),
        Theme::Contrast => tr!("theme-contrast"),
    }
}

pub(super) fn order(order: Order) -> String {
    match order {
        Order::Random => tr!("order-random"),
        Order::Fixed => tr!("order-fixed"),
    }
}

pub(super) fn sight(sight: Sight) -> String {
    match sight {
        Sight::Usual => tr!("sight-usual"),
        Sight::LowVision => tr!("sight-low"),
        Sight::Cvi => tr!("sight-cvi"),
        Sight::NotUsed => tr!("sight-not"),
    }
}

pub(super) fn colour(colour: Colour) -> String {
    match colour {
        Colour::Yellow => tr!("colour-yellow"),
        Colour::Red => tr!("colour-red"),
        Colour::Orange => tr!("colour-orange"),
        Colour::Green => tr!("colour-green"),
        Colour::Blue => tr!("colour-blue"),
        Colour::White => tr!("colour-white"),
    }
}

pub(super) fn cells(cells: Cells) -> String {
    match cells {
        Cells::Two => tr!("profile-cells-two"),
        Cells::TwoThenMore => tr!("profile-cells-two-then-more"),
        Cells::Three => tr!("profile-cells-three"),
        Cells::Five => tr!("profile-cells-five"),
    }
}

pub(super) fn side(side: Side) -> String {
    match side {
        Side::Below => tr!("side-below"),
        Side::Above => tr!("side-above"),
        Side::Left => tr!("side-left"),
        Side::Right => tr!("side-right"),
    }
}

pub(super) fn skin_tone(tone: SkinTone) -> String {
    match tone {
        SkinTone::Light => tr!("tone-light"),
        SkinTone::MediumLight => tr!("tone-medium-light"),
        SkinTone::Medium => tr!("tone-medium"),
        SkinTone::MediumDark => tr!("tone-medium-dark"),
        SkinTone::Dark => tr!("tone-dark"),
    }
}

pub(super) fn safety_word(word: SafetyWord) -> String {
    match word {
        SafetyWord::Stop => tr!("say-stop"),
        SafetyWord::LeaveMeAlone => tr!("say-alone"),
        SafetyWord::Hurts => tr!("say-hurts"),
        SafetyWord::Scared => tr!("say-scared"),
        SafetyWord::PrivateParts => tr!("say-private"),
        SafetyWord::SpeakForMe => tr!("say-speak"),
    }
}

pub(super) fn sayable(sayable: Option<Sayable>) -> String {
    match sayable {
        Some(Sayable::Yes) => tr!("sayable-yes"),
        Some(Sayable::No) => tr!("sayable-no"),
        None => tr!("sayable-not-tried"),
    }
}

/// A heading of the passport and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The heading.
    pub what: String,
    /// Its words.
    pub words: String,
}

/// What a passport says: what is empty is left out.
pub fn said(profile: &CommunicationProfile) -> Vec<Said> {
    let list = |all: Vec<String>| all.join(", ");
    let modes = list(profile.modes.iter().map(|one| mode(*one)).collect());
    let looks = list(
        [profile.sight.map(sight), Some(theme(profile.theme)), profile.skin_tone.map(skin_tone)]
            .into_iter()
            .flatten()
            .chain(profile.alone.map(|of| tr!("profile-alone-said", {"colour" => colour(of)})))
            .chain(profile.photos_first.then(|| tr!("profile-photos")))
            .chain(profile.keyguard.then(|| tr!("profile-keyguard")))
            .collect(),
    );
    let cannot = |sayable: Sayable| {
        list(profile.can_say.iter().filter(|(_, of)| **of == sayable).map(|(word, _)| safety_word(*word)).collect())
    };
    let all = [
        (tr!("passport-in-short"), profile.summary.clone()),
        (tr!("passport-yes"), profile.yes.clone()),
        (tr!("passport-no"), profile.no.clone()),
        (tr!("passport-stop"), profile.stop.clone()),
        (tr!("passport-readers"), profile.readers.clone()),
        (tr!("passport-tired"), profile.tired.clone()),
        (tr!("passport-helps"), profile.notes.clone()),
        (tr!("passport-telling"), modes),
        (tr!("passport-reaching"), input(profile.input)),
        (tr!("passport-seeing"), looks),
        (tr!("passport-can-say"), cannot(Sayable::Yes)),
        (tr!("passport-cannot-say"), cannot(Sayable::No)),
    ];
    let seen = all.into_iter().filter(|(_, words)| domain::text::is_visible(words));
    seen.map(|(what, words)| Said { what, words }).collect()
}
