//! To the council's own sign-in and back: it is another page, so that nothing in memory lives through it.

use wasm_bindgen::JsValue;

/// In the address of the page that one comes back to.
const OUTCOME: &str = "sign-in";
const SIGN_IN: &str = "/api/v1/auth/start";
/// In this tab's session storage, while somebody who forgot the passcode is on the way.
const FORGOTTEN: &str = "heard-forgotten";

/// What is to be proved there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Who it is: somebody who is signed in there is asked nothing.
    Account,
    /// That it is really them: the password is asked for, and another account can be chosen.
    FreshProof,
}

/// What came of signing in at the council's provider, if this page is where one comes back to: `done`, `fresh`, or a
/// problem's code. The address does not keep it.
pub fn outcome() -> Option<String> {
    let window = web_sys::window()?;
    let address = web_sys::Url::new(&window.location().href().ok()?).ok()?;
    let outcome = address.search_params().get(OUTCOME)?;
    address.search_params().delete(OUTCOME);
    let rest = format!("{}{}{}", address.pathname(), address.search(), address.hash());
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&rest));
    }
    Some(outcome)
}

/// The address that leads to the council's sign-in and back to this page.
pub fn address(wanted: Wanted) -> String {
    let here = web_sys::window().map(|window| window.location());
    let here = here.map(|here| format!("{}{}", here.pathname().unwrap_or_default(), here.search().unwrap_or_default()));
    let to = js_sys::encode_uri_component(&here.unwrap_or_default());
    match wanted {
        Wanted::Account => format!("{SIGN_IN}?to={to}"),
        Wanted::FreshProof => format!("{SIGN_IN}?fresh=1&to={to}"),
    }
}

/// Whether whoever is on the way has forgotten the passcode.
pub fn has_forgotten() -> bool {
    super::page::session().is_some_and(|session| session.get_item(FORGOTTEN).ok().flatten().is_some())
}

/// Notes it, or that it is over.
pub fn set_forgotten(forgotten: bool) {
    let Some(session) = super::page::session() else { return };
    let _ = if forgotten { session.set_item(FORGOTTEN, "") } else { session.remove_item(FORGOTTEN) };
}
