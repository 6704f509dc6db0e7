//! Pictures of symbols: where they are, and whether they are kept for a visit without signal.

use std::cell::RefCell;

use domain::payload::profile::Theme;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page::meta;

thread_local! {
    static BASE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The address of a symbol's picture.
pub fn address(symbol: &str, theme: Theme) -> String {
    let set = match theme {
        Theme::Colour | Theme::Calm => "colour",
        Theme::Contrast => "contrast",
    };
    BASE.with_borrow_mut(|base| {
        let base = base.get_or_insert_with(|| meta("heard-symbols").unwrap_or_else(|| "/symbols/".to_owned()));
        format!("{base}{set}/{symbol}.svg")
    })
}

/// A picture that is loaded and stands ready: an `<img>` of it is painted together with the words beside it.
#[derive(Debug)]
pub struct Held(
    #[expect(dead_code, reason = "the browser keeps the picture for as long as this is kept")]
    web_sys::HtmlImageElement,
);

/// Loads a picture and holds it.
pub fn hold(address: &str) -> Option<Held> {
    let picture = web_sys::HtmlImageElement::new().ok()?;
    picture.set_src(address);
    Some(Held(picture))
}

/// Asks the service worker to keep pictures. Returns how many of them are missing; all of them where no worker answers.
pub async fn keep(addresses: &[String]) -> usize {
    ask(addresses).await.unwrap_or(addresses.len())
}

async fn ask(addresses: &[String]) -> Option<usize> {
    let container = web_sys::window()?.navigator().service_worker();
    let registration: web_sys::ServiceWorkerRegistration =
        JsFuture::from(container.ready().ok()?).await.ok()?.unchecked_into();
    let worker = registration.active()?;
    let channel = web_sys::MessageChannel::new().ok()?;
    let urls: js_sys::Array = addresses.iter().map(|address| JsValue::from_str(address)).collect();
    let message = js_sys::Object::new();
    js_sys::Reflect::set(&message, &"type".into(), &"keep-symbols".into()).ok()?;
    js_sys::Reflect::set(&message, &"urls".into(), &urls).ok()?;
    let port = channel.port1();
    let answer = js_sys::Promise::new(&mut |resolve, _| {
        let heard =
            Closure::once_into_js(move |event: web_sys::MessageEvent| resolve.call1(&JsValue::NULL, &event.data()));
        port.set_onmessage(Some(heard.unchecked_ref()));
    });
    worker.post_message_with_transferable(&message, &js_sys::Array::of1(&channel.port2())).ok()?;
    let answer = JsFuture::from(answer).await.ok()?;
    let missing = js_sys::Reflect::get(&answer, &"missing".into()).ok()?;
    Some(js_sys::Array::from(&missing).length() as usize)
}
