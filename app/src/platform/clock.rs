//! The device's clock and zone: evidence, and the best guess at the server's time.

use access::Ms;
use gloo_timers::callback::Timeout;
use jiff::Timestamp;
use replica::create::Moment;
use wasm_bindgen::JsValue;

/// The device's clock.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the device's clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The device's moment, for writing into an operation.
pub fn moment() -> Moment {
    Moment { now: now(), zone: zone() }
}

/// Milliseconds since the page began; it never jumps.
pub fn steady_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// The same in whole milliseconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since the page began")]
pub fn steady() -> Ms {
    steady_ms().round() as Ms
}

/// Acts at that moment of [`steady`], unless what it returns is dropped before.
pub fn at(moment: Ms, act: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(u32::try_from(moment.saturating_sub(steady())).unwrap_or(u32::MAX), act)
}

/// Asked for once: it is slow to say, and every tap wants it.
fn zone() -> String {
    thread_local! {
        static ZONE: String = ask_for_zone();
    }
    ZONE.with(String::clone)
}

fn ask_for_zone() -> String {
    let options = js_sys::Intl::DateTimeFormat::default().resolved_options();
    let name = js_sys::Reflect::get(&options, &JsValue::from_str("timeZone")).ok().and_then(|name| name.as_string());
    name.unwrap_or_else(|| "Etc/Unknown".to_owned())
}
