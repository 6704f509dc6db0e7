//! "Try it": five presses at a light, and the step they propose. The worker takes it or leaves it.

use access::trial::{PRESSES, Trial, proposed_step_ms};
use access::{Event, Ms, Switch};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;

use crate::platform::{arrows, clock, gamepad, page};
use crate::words::in_seconds;

/// The shortest pause before a light, and by how much a lot makes it longer.
const PAUSE_MS: (Ms, u64) = (1_000, 2_000);

/// The trial. `take` is given the step that it proposes, when the worker takes it.
#[component]
pub fn TryIt(take: Callback<Ms>) -> impl IntoView {
    let trial = RwSignal::new(None::<Trial>);
    let tick = StoredValue::new_local(None::<Timeout>);
    let buttons = StoredValue::new_local(None);
    let on = move |event: Event| {
        trial.update(|trial| {
            if let Some(trial) = trial {
                trial.on(&event, clock::steady());
            }
        });
        wait(trial, tick);
    };
    let begin = move |_| {
        trial.set(Some(Trial::begin(std::array::from_fn(|_| pause()), clock::steady())));
        wait(trial, tick);
        buttons.set_value(Some(gamepad::follow(move |down| {
            on(if down.is_empty() { Event::Up(Switch::First) } else { Event::Down(Switch::First) });
        })));
        page::after_paint(|| page::focus(".heard-try__light"));
    };
    on_cleanup(move || {
        drop(buttons.try_update_value(Option::take));
        drop(tick.try_update_value(Option::take));
    });
    let count = move || trial.with(|trial| trial.as_ref().map(|trial| trial.times_ms().len()));
    let proposed = move || trial.with(|trial| proposed_step_ms(trial.as_ref()?.times_ms()));
    let early = move || trial.with(|trial| trial.as_ref().map_or(0, Trial::early));
    view! {
        <div class="heard-try">
            <Show
                when=move || count().is_some_and(|count| count < PRESSES)
                fallback=move || view! {
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=begin>
                        {move || if count().is_some() { tr!("try-again") } else { tr!("try-it") }}
                    </button>
                }
            >
                <button
                    class="heard-try__light" type="button" data-lit=move || trial.with(|trial| trial.as_ref().is_some_and(Trial::is_lit)).then_some("")
                    on:pointerdown=move |_| on(Event::Down(Switch::First))
                    on:pointerup=move |_| on(Event::Up(Switch::First))
                    on:pointercancel=move |_| on(Event::Up(Switch::First))
                    on:keydown=move |event| if arrows::is_press(&event.key()) { event.prevent_default(); on(Event::Down(Switch::First)) }
                    on:keyup=move |event| if arrows::is_press(&event.key()) { event.prevent_default(); on(Event::Up(Switch::First)) }
                    on:contextmenu=|event| event.prevent_default()
                >
                    {move || tr!("try-press", {"count" => count().unwrap_or_default(), "of" => PRESSES})}
                </button>
            </Show>
            <div role="status">
                {move || proposed().map(|ms| {
                    let seconds = in_seconds(ms);
                    let words = tr!("try-proposes", {"seconds" => seconds.clone()});
                    let early = early();
                    let early = (early > 0).then(|| tr!("try-early", {"count" => early}));
                    view! {
                        <p class="govuk-body">{words}" "{early}</p>
                        <button
                            class="govuk-button govuk-button--secondary" type="button"
                            on:click=move |_| take.run(ms)
                        >{tr!("try-use", {"seconds" => seconds})}</button>
                    }
                })}
            </div>
        </div>
    }
}

/// Comes back when the light is to come on.
fn wait(trial: RwSignal<Option<Trial>>, tick: StoredValue<Option<Timeout>, LocalStorage>) {
    let due = trial.with_untracked(|trial| trial.as_ref().and_then(Trial::due));
    let light = move || {
        trial.try_update(|trial| {
            if let Some(trial) = trial {
                trial.on(&Event::Tick, clock::steady());
            }
        });
    };
    tick.try_set_value(due.map(|due| clock::at(due, light)));
}

fn pause() -> Ms {
    PAUSE_MS.0 + create::draw(PAUSE_MS.1)
}
