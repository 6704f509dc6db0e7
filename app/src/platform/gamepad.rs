//! Buttons of gamepads: an adaptive controller, or a switch box that says it is one. A browser tells nothing by itself: they
//! are looked at before each frame.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Gamepad, GamepadButton};

/// The frame that is asked for, and what looks then.
type Frame = (i32, Closure<dyn FnMut()>);

/// Looks at the buttons for as long as it lives.
pub struct Following {
    frame: Rc<RefCell<Option<Frame>>>,
}

impl Drop for Following {
    fn drop(&mut self) {
        if let (Some((frame, _)), Some(window)) = (self.frame.take(), web_sys::window()) {
            let _ = window.cancel_animation_frame(frame);
        }
    }
}

/// Tells which buttons are down, counted from 0 and of all gamepads together, whenever others are than before. Those of one
/// that is unplugged are not.
pub fn follow(tell: impl Fn(&[u32]) + 'static) -> Following {
    let frame = Rc::new(RefCell::new(None));
    let mut held = Vec::new();
    let again = Rc::downgrade(&frame);
    let look = Closure::<dyn FnMut()>::new(move || {
        let now = down();
        if now != held {
            tell(&now);
            held = now;
        }
        if let Some(frame) = again.upgrade()
            && let Some((id, look)) = frame.borrow_mut().as_mut()
        {
            *id = ask(look);
        }
    });
    let id = ask(&look);
    frame.replace(Some((id, look)));
    Following { frame }
}

fn ask(look: &Closure<dyn FnMut()>) -> i32 {
    let window = web_sys::window();
    window.and_then(|window| window.request_animation_frame(look.as_ref().unchecked_ref()).ok()).unwrap_or_default()
}

fn down() -> Vec<u32> {
    let gamepads = web_sys::window().and_then(|window| window.navigator().get_gamepads().ok());
    // A place is empty where a gamepad was unplugged.
    let all = gamepads
        .map(|all| all.to_vec())
        .unwrap_or_default()
        .into_iter()
        .filter(JsValue::is_object)
        .map(Gamepad::unchecked_from_js);
    let pressed = all.flat_map(|gamepad| {
        let buttons = gamepad.buttons();
        (0..buttons.length()).filter(move |place| buttons.get(*place).unchecked_into::<GamepadButton>().pressed())
    });
    pressed.collect()
}
