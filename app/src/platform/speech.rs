//! The device's own voices. One that speaks by a service far away is never asked: what a child sees and answers is not told there.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// How something is said.
#[derive(Clone, Debug, PartialEq)]
pub struct How {
    /// In which language (BCP 47).
    pub language: String,
    /// By which of the device's voices; one for the language where it has no such voice.
    pub voice: Option<String>,
    /// How quickly, in hundredths of the usual.
    pub rate_percent: u16,
}

/// Something that is being said. Nothing is heard of it any more when it is dropped.
pub struct Saying {
    utterance: SpeechSynthesisUtterance,
    _over: Closure<dyn FnMut()>,
}

impl Drop for Saying {
    fn drop(&mut self) {
        self.utterance.set_onend(None);
        self.utterance.set_onerror(None);
    }
}

fn synthesis() -> Option<SpeechSynthesis> {
    // A browser without voices has no such property, and reading it is no error to catch.
    let window = web_sys::window()?;
    js_sys::Reflect::get(&window, &"speechSynthesis".into()).ok()?.dyn_into().ok()
}

fn own_voices(language: &str) -> Vec<SpeechSynthesisVoice> {
    let Some(synthesis) = synthesis() else { return Vec::new() };
    let all = synthesis.get_voices();
    let own =
        all.iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>).filter(SpeechSynthesisVoice::local_service);
    let mut own: Vec<_> = own.filter_map(|voice| Some((distance(language, &voice.lang())?, voice))).collect();
    own.sort_by_key(|(distance, _)| *distance);
    own.into_iter().map(|(_, voice)| voice).collect()
}

/// How far a voice's language is from the one that is wanted; none where it is another language.
fn distance(wanted: &str, has: &str) -> Option<u8> {
    // Android writes `en_GB`.
    let (wanted, has) = (wanted.to_lowercase(), has.to_lowercase().replace('_', "-"));
    let primary = |tag: &str| tag.split('-').next().map(str::to_owned);
    match () {
        () if has == wanted => Some(0),
        () if primary(&has) == primary(&wanted) => Some(1),
        () => None,
    }
}

/// The names of the device's own voices for a language, the closest first.
pub fn voices(language: &str) -> Vec<String> {
    own_voices(language).iter().map(SpeechSynthesisVoice::name).collect()
}

/// Waits for voices that come late, for as long as it lives.
pub struct Listening {
    target: EventTarget,
    act: Closure<dyn FnMut()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback("voiceschanged", self.act.as_ref().unchecked_ref());
    }
}

/// Runs whenever there are other voices.
pub fn on_voices(act: impl Fn() + 'static) -> Option<Listening> {
    let target: EventTarget = synthesis()?.into();
    let act = Closure::<dyn FnMut()>::new(act);
    target.add_event_listener_with_callback("voiceschanged", act.as_ref().unchecked_ref()).ok()?;
    Some(Listening { target, act })
}

/// Says words, as loud as this, and tells when that is over, or failed. None where the device has no voice of its own for it.
pub fn say(words: &str, how: &How, volume: f32, over: impl Fn() + 'static) -> Option<Saying> {
    let voices = own_voices(&how.language);
    let named = voices.iter().find(|voice| Some(voice.name()) == how.voice);
    let voice = named.or_else(|| voices.first())?;
    let utterance = SpeechSynthesisUtterance::new_with_text(words).ok()?;
    utterance.set_voice(Some(voice));
    utterance.set_lang(&voice.lang());
    utterance.set_rate(f32::from(how.rate_percent) / 100.0);
    utterance.set_volume(volume);
    let over = Closure::<dyn FnMut()>::new(over);
    utterance.set_onend(Some(over.as_ref().unchecked_ref()));
    utterance.set_onerror(Some(over.as_ref().unchecked_ref()));
    synthesis()?.speak(&utterance);
    Some(Saying { utterance, _over: over })
}

/// Falls silent.
pub fn hush() {
    if let Some(synthesis) = synthesis() {
        synthesis.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_language_comes_first_and_another_not_at_all() {
        assert_eq!(distance("en-GB", "en-GB"), Some(0));
        assert_eq!(distance("en-GB", "en_GB"), Some(0));
        assert_eq!(distance("en-GB", "en-US"), Some(1));
        assert_eq!(distance("ar", "ar-EG"), Some(1));
        assert_eq!(distance("en-GB", "enm"), None);
        assert_eq!(distance("en-GB", "fr-FR"), None);
        assert_eq!(distance("en-GB", ""), None);
    }
}
