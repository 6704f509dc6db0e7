//! Several tabs on one vault: one of them syncs, all of them hear.

use std::future::Future;

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

/// Does the work if no other tab is doing it; says whether it did. Where there are no locks it is done: correctness never
/// depends on being alone.
pub async fn alone(name: &str, work: impl Future<Output = ()> + 'static) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator: JsValue = window.navigator().into();
    let has_locks = js_sys::Reflect::get(&navigator, &"locks".into()).is_ok_and(|locks| !locks.is_undefined());
    if !has_locks {
        work.await;
        return true;
    }
    let options = web_sys::LockOptions::new();
    options.set_if_available(true);
    let mut work = Some(work);
    let callback = Closure::once(move |lock: JsValue| -> js_sys::Promise {
        let granted = !lock.is_null();
        let work = work.take().filter(|_| granted);
        future_to_promise(async move {
            if let Some(work) = work {
                work.await;
            }
            Ok(JsValue::from_bool(granted))
        })
    });
    let asked = window.navigator().locks().request_with_options(name, &options, callback.as_ref().unchecked_ref());
    let done = JsFuture::from(asked).await;
    drop(callback);
    done.ok().and_then(|granted| granted.as_bool()).unwrap_or(false)
}
