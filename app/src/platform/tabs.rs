//! Several tabs on one vault: one of them syncs, all of them hear.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use futures::channel::oneshot;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

const CHANNEL: &str = "heard";

/// What tabs tell each other. Never any content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The store changed: read it again.
    Changed,
    /// The vault was locked, or handed to a child: forget the key.
    Locked,
}

impl Notice {
    fn text(self) -> &'static str {
        match self {
            Notice::Changed => "changed",
            Notice::Locked => "locked",
        }
    }
}

/// The channel between tabs; nothing where the platform has none.
#[derive(Clone, Debug)]
pub struct Tabs {
    channel: Option<web_sys::BroadcastChannel>,
}

impl Tabs {
    /// Joins the channel and listens for as long as the page lives.
    pub fn join(mut heard: impl FnMut(Notice) + 'static) -> Tabs {
        let channel = web_sys::BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let closure = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
                let text = event.data().as_string();
                if let Some(notice) =
                    [Notice::Changed, Notice::Locked].into_iter().find(|notice| Some(notice.text()) == text.as_deref())
                {
                    heard(notice);
                }
            });
            channel.set_onmessage(Some(closure.as_ref().unchecked_ref()));
            closure.forget();
        }
        Tabs { channel }
    }

    /// Tells the other tabs.
    pub fn tell(&self, notice: Notice) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(notice.text()));
        }
    }
}

/// What to do where another tab is doing the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// Leave it to that tab.
    Leave,
    /// Do it all the same: that tab may be frozen, and correctness never depends on being alone.
    TakeOver,
}

/// Does the work if no other tab is doing it; says whether it did. Where there are no locks it is done.
pub async fn alone(name: &str, otherwise: Otherwise, work: impl Future<Output = ()> + 'static) -> bool {
    let Some(request) = request_lock() else {
        work.await;
        return true;
    };
    let options = js_sys::Object::new();
    // Setting a plain property of a fresh object cannot fail.
    let how = match otherwise {
        Otherwise::Leave => "ifAvailable",
        Otherwise::TakeOver => "steal",
    };
    let _ = js_sys::Reflect::set(&options, &how.into(), &JsValue::TRUE);
    let (done, is_done) = oneshot::channel();
    let is_granted = Rc::new(Cell::new(false));
    let granted = is_granted.clone();
    let callback = Closure::once(move |lock: JsValue| -> js_sys::Promise {
        granted.set(!lock.is_null());
        future_to_promise(async move {
            if !lock.is_null() {
                work.await;
                let _ = done.send(());
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let Ok(Ok(promise)) =
        request.call2(&name.into(), &options, callback.as_ref()).map(JsCast::dyn_into::<js_sys::Promise>)
    else {
        return false;
    };
    // It ends with the work, or when another tab takes the lock: the work goes on then, and what it brings is waited for.
    let _ = JsFuture::from(promise).await;
    is_granted.get() && is_done.await.is_ok()
}

/// The platform's `navigator.locks.request`, bound. By reflection: web-sys has it behind a build-time gate.
fn request_lock() -> Option<BoundRequest> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some(BoundRequest { locks, request })
}

struct BoundRequest {
    locks: JsValue,
    request: js_sys::Function,
}

impl BoundRequest {
    fn call2(&self, name: &JsValue, options: &JsValue, callback: &JsValue) -> Result<JsValue, JsValue> {
        self.request.call3(&self.locks, name, options, callback)
    }
}
