//! The page itself: title, focus, clipboard, the tab's own memory, signs of life from the network.

use gloo_timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The tab's place for the handover token: it survives a reload, not the tab.
const HANDOVER: &str = "heard-handover";
/// So long a saved file can be fetched, in milliseconds.
const KEPT_MS: u32 = 60_000;

/// This build's name.
pub fn build() -> String {
    meta("heard-build").unwrap_or_else(|| "unknown".to_owned())
}

/// A `<meta>` of the page.
pub(super) fn meta(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector(&format!("meta[name=\"{name}\"]")).ok()??.get_attribute("content")
}

/// Fetches and uses the style sheets that the first screen does without.
pub fn enable_styles() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(sheets) = document.query_selector_all("link[disabled]") else { return };
    let sheets = (0..sheets.length()).filter_map(|place| sheets.get(place));
    for sheet in sheets.filter_map(|sheet| sheet.dyn_into::<web_sys::Element>().ok()) {
        let _ = sheet.remove_attribute("disabled");
    }
}

/// Sets the title. Titles never name a child.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Moves focus to the first element that matches, and brings it into view.
pub fn focus(selector: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Without it a heading cannot take focus.
        if !element.has_attribute("tabindex") && element.tag_name() == "H1" {
            let _ = element.set_attribute("tabindex", "-1");
        }
        let _ = element.focus();
    }
}

/// Does what can wait until what has just changed is on the screen.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let in_frame = Closure::once_into_js(move || Timeout::new(0, act).forget());
    let _ = window.request_animation_frame(in_frame.unchecked_ref());
}

/// Copies text.
pub async fn copy(text: &str) -> bool {
    let Some(clipboard) = web_sys::window().map(|window| window.navigator().clipboard()) else { return false };
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Selects the text of the first element that matches, for copying by hand.
pub fn select(selector: &str) {
    let Some(window) = web_sys::window() else { return };
    let element = window.document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let (Some(element), Ok(Some(selection))) = (element, window.get_selection()) {
        let _ = selection.select_all_children(&element);
    }
}

/// Prints the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// Saves a text as a file of this name, where the browser puts what it saves. Nothing where it would not.
pub fn save_text(name: &str, kind: &str, text: &str) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        let _ = save(name, &blob);
    }
}

/// The same for whatever it is.
pub(super) fn save(name: &str, blob: &web_sys::Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let address = web_sys::Url::create_object_url_with_blob(blob)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Some browsers read it later.
    Timeout::new(KEPT_MS, move || drop(web_sys::Url::revoke_object_url(&address))).forget();
    Ok(())
}

/// The whole address of a path of this site.
pub fn address_of(path: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    format!("{origin}{path}")
}

/// Leaves for a page of another site.
pub fn leave_for(address: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(address);
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Whether the device believes it has a network. Only a hint: a reply of ours is the proof.
pub fn seems_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Calls back at each event of this name on the window, for as long as the page lives.
pub fn on_window(event: &str, callback: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(callback);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// Sends an event to the window.
pub fn send_to_window(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(event)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Whether a new version is complete and waits.
pub fn update_is_ready() -> bool {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    root.is_some_and(|root| root.get_attribute("data-update").as_deref() == Some("ready"))
}

pub(super) fn session() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// The handover token that this tab keeps.
pub fn handover() -> Option<String> {
    session()?.get_item(HANDOVER).ok().flatten()
}

/// Keeps the handover token in this tab. `false` where the platform denies it: a reload then needs the passcode.
pub fn keep_handover(token: &str) -> bool {
    session().is_some_and(|session| session.set_item(HANDOVER, token).is_ok())
}

/// Erases the handover token.
pub fn forget_handover() {
    if let Some(session) = session() {
        let _ = session.remove_item(HANDOVER);
    }
}

/// Asks the browser to keep what is stored here. `None` where it cannot be asked.
pub async fn ask_to_persist() -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    let promise = storage.persist().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}

/// Whether the browser has promised to keep what is stored here. `None` where it cannot be asked.
pub async fn is_persisted() -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    let promise = storage.persisted().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}

/// So many bytes this browser still lets this site write. `None` where it does not tell.
pub async fn room_left() -> Option<f64> {
    let storage = web_sys::window()?.navigator().storage();
    let estimate: web_sys::StorageEstimate = JsFuture::from(storage.estimate().ok()?).await.ok()?.unchecked_into();
    Some(estimate.get_quota()? - estimate.get_usage()?)
}

/// Whether this is an iPad or iPhone on which Heard was not opened from the home screen. Only there Safari tells at all.
pub fn is_off_the_home_screen() -> bool {
    let Some(window) = web_sys::window() else { return false };
    js_sys::Reflect::get(&window.navigator(), &"standalone".into()).is_ok_and(|standalone| standalone == false)
}
