//! Keeping the screen on while a child thinks. A platform that refuses does no harm.

use std::cell::{Cell, RefCell};

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::page;

thread_local! {
    static IS_WANTED: Cell<bool> = const { Cell::new(false) };
    static IS_LISTENING: Cell<bool> = const { Cell::new(false) };
    static LOCK: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Keeps the screen on from here, and again each time the page is seen: the platform lets go when it is hidden. Where it
/// refuses a page that has only just loaded, as WebKit does, the next press asks again.
pub fn keep() {
    IS_WANTED.set(true);
    if !IS_LISTENING.replace(true) {
        page::on_window("visibilitychange", ask);
        page::on_window("click", || {
            if LOCK.with_borrow(Option::is_none) {
                ask();
            }
        });
    }
    ask();
}

/// Lets the screen sleep.
pub fn let_go() {
    IS_WANTED.set(false);
    if let Some(lock) = LOCK.take() {
        let _ = call(&lock, "release", None);
    }
}

fn ask() {
    if IS_WANTED.get() {
        spawn_local(async {
            if let Some(lock) = request().await {
                LOCK.replace(Some(lock));
            }
        });
    }
}

async fn request() -> Option<JsValue> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let wake_lock = js_sys::Reflect::get(&navigator, &"wakeLock".into()).ok().filter(JsValue::is_object)?;
    let asked = call(&wake_lock, "request", Some("screen"))?;
    JsFuture::from(asked.dyn_into::<js_sys::Promise>().ok()?).await.ok()
}

fn call(object: &JsValue, method: &str, argument: Option<&str>) -> Option<JsValue> {
    let function: js_sys::Function = js_sys::Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    match argument {
        Some(argument) => function.call1(object, &argument.into()),
        None => function.call0(object),
    }
    .ok()
}
