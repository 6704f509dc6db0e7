//! How the way of reaching is set for this child: only what belongs to the way that is chosen is asked.

use access::Ms;
use access::settings::{DWELL_LIMITS_MS, STEP_LIMITS_MS};
use access::settings::{
    DwellSettings, ScanOrder, ScanSettings, ScanStyle, Settings, SpeechSettings, TouchCounts, TouchSettings,
};
use domain::payload::profile::Input;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::learn_key::SwitchKeys;
use crate::components::{Check, Choice, Field, Problems, TryIt};
use crate::words::{from_seconds, in_seconds};

/// The part of the profile's form that is about reaching. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ReachForm {
    touch_counts: RwSignal<Option<TouchCounts>>,
    ignore_repeats_ms: RwSignal<Option<Ms>>,
    style: RwSignal<Option<ScanStyle>>,
    step: RwSignal<String>,
    order: RwSignal<Option<ScanOrder>>,
    reversed: RwSignal<bool>,
    rounds: RwSignal<Option<u32>>,
    acceptance_ms: RwSignal<Option<Ms>>,
    dwell: RwSignal<String>,
    pub(super) cues: RwSignal<bool>,
    pub(super) messages: RwSignal<bool>,
    pub(super) rate_percent: RwSignal<Option<u16>>,
    /// What was set and is not asked here stays as it was.
    kept: StoredValue<Settings>,
}

impl ReachForm {
    pub(super) fn begin() -> ReachForm {
        let form = ReachForm {
            touch_counts: RwSignal::new(None),
            ignore_repeats_ms: RwSignal::new(None),
            style: RwSignal::new(None),
            step: RwSignal::new(String::new()),
            order: RwSignal::new(None),
            reversed: RwSignal::new(false),
            rounds: RwSignal::new(None),
            acceptance_ms: RwSignal::new(None),
            dwell: RwSignal::new(String::new()),
            cues: RwSignal::new(false),
            messages: RwSignal::new(false),
            rate_percent: RwSignal::new(None),
            kept: StoredValue::new(Settings::default()),
        };
        form.show(Settings::default());
        form
    }

    pub(super) fn show(self, settings: Settings) {
        let Settings { touch, scan, dwell, speech } = settings;
        self.kept.set_value(settings);
        self.touch_counts.set(Some(touch.counts));
        self.ignore_repeats_ms.set(Some(touch.ignore_repeats_ms));
        self.style.set(Some(scan.style));
        self.step.set(in_seconds(scan.step_ms));
        self.order.set(Some(scan.order));
        self.reversed.set(scan.reversed);
        self.rounds.set(Some(scan.rounds));
        self.acceptance_ms.set(Some(scan.acceptance_ms));
        self.dwell.set(in_seconds(dwell.rest_ms));
        self.cues.set(scan.cues);
        self.messages.set(speech.messages);
        self.rate_percent.set(Some(speech.rate_percent));
    }

    /// As the form stands; follows it. A number that cannot be read is left as it was.
    pub(super) fn settings(self) -> Settings {
        let Settings { touch, scan, dwell, speech } = self.kept.get_value();
        Settings {
            touch: TouchSettings {
                counts: self.touch_counts.get().unwrap_or(touch.counts),
                ignore_repeats_ms: self.ignore_repeats_ms.get().unwrap_or(touch.ignore_repeats_ms),
            },
            scan: ScanSettings {
                style: self.style.get().unwrap_or(scan.style),
                step_ms: from_seconds(&self.step.get(), STEP_LIMITS_MS).unwrap_or(scan.step_ms),
                order: self.order.get().unwrap_or(scan.order),
                reversed: self.reversed.get(),
                rounds: self.rounds.get().unwrap_or(scan.rounds),
                acceptance_ms: self.acceptance_ms.get().unwrap_or(scan.acceptance_ms),
                cues: self.cues.get(),
                ..scan
            },
            dwell: DwellSettings { rest_ms: from_seconds(&self.dwell.get(), DWELL_LIMITS_MS).unwrap_or(dwell.rest_ms) },
            speech: SpeechSettings {
                messages: self.messages.get(),
                rate_percent: self.rate_percent.get().unwrap_or(speech.rate_percent),
            },
        }
    }

    /// What cannot be read of what belongs to this way.
    pub(super) fn problems(self, input: Option<Input>) -> Vec<(&'static str, String)> {
        let said = |(least, most): (Ms, Ms)| tr!("reach-seconds-wrong", {"least" => in_seconds(least), "most" => in_seconds(most)});
        let step_counts = input == Some(Input::OneSwitch) && self.style.get_untracked() != Some(ScanStyle::Step);
        let step = step_counts && from_seconds(&self.step.get_untracked(), STEP_LIMITS_MS).is_none();
        let dwell = input == Some(Input::Dwell) && from_seconds(&self.dwell.get_untracked(), DWELL_LIMITS_MS).is_none();
        let step = step.then(|| ("step", said(STEP_LIMITS_MS)));
        let dwell = dwell.then(|| ("dwell", said(DWELL_LIMITS_MS)));
        step.into_iter().chain(dwell).collect()
    }
}

/// What is set for the way that is chosen. `changed` is told of what is set by no field of the form.
#[component]
pub(super) fn Reach(
    form: ReachForm,
    input: RwSignal<Option<Input>>,
    problems: Problems,
    keys: RwSignal<Vec<String>>,
    changed: Callback<()>,
) -> impl IntoView {
    move || {
        match input.get() {
        Some(Input::Touch | Input::EyePointing) => view! { <Touching form problems/> }.into_any(),
        Some(Input::OneSwitch) => view! {
            <OneSwitch form problems changed/>
            <SwitchKeys keys input=Input::OneSwitch changed/>
        }
        .into_any(),
        Some(input @ (Input::TwoSwitches | Input::Partner)) => view! {
            <SwitchKeys keys input changed/>
            <div class="heard-two">
                <Order form problems/>
                <Acceptance form problems/>
            </div>
        }
        .into_any(),
        Some(Input::Dwell) => view! {
            <Field id="dwell" label=tr!("reach-dwell") hint=tr!("reach-dwell-hint") value=form.dwell problems class="govuk-input govuk-input--width-4"/>
        }
        .into_any(),
        Some(Input::Keyboard) | None => ().into_any(),
    }
    }
}

#[component]
fn Touching(form: ReachForm, problems: Problems) -> impl IntoView {
    let held = [500, 1_000, 2_000].map(|ms| {
        let words = tr!("reach-touch-held", {"seconds" => in_seconds(ms)});
        (TouchCounts::Held { ms }, words)
    });
    let counts = [(TouchCounts::Up, tr!("reach-touch-up")), (TouchCounts::Down, tr!("reach-touch-down"))];
    let ignored = [0, 500, 1_000, 2_000].map(|ms| {
        let words =
            if ms == 0 { tr!("reach-ignore-none") } else { tr!("reach-seconds", {"seconds" => in_seconds(ms)}) };
        (ms, words)
    });
    view! {
        <div class="heard-two">
            <Choice id="touch" legend=tr!("reach-touch") value=form.touch_counts options=counts.into_iter().chain(held).collect() problems/>
            <Choice id="ignore" legend=tr!("reach-ignore") hint=tr!("reach-ignore-hint") value=form.ignore_repeats_ms options=ignored.to_vec() problems/>
        </div>
    }
}

#[component]
fn OneSwitch(form: ReachForm, problems: Problems, changed: Callback<()>) -> impl IntoView {
    let styles = vec![
        (ScanStyle::Automatic, tr!("reach-style-automatic")),
        (ScanStyle::Step, tr!("reach-style-step")),
        (ScanStyle::WhileHeld, tr!("reach-style-held")),
    ];
    let rounds = [1, 2, 3, 5].map(|rounds: u32| (rounds, rounds.to_string())).to_vec();
    view! {
        <div class="heard-two">
            <Choice id="style" legend=tr!("reach-style") value=form.style options=styles problems/>
            <Order form problems/>
        </div>
        <div class="heard-two">
            <Show when=move || form.style.get() != Some(ScanStyle::Step)>
                <Field id="step" label=tr!("reach-step") hint=tr!("reach-step-hint") value=form.step problems class="govuk-input govuk-input--width-4"/>
                <TryIt take=Callback::new(move |step| { form.step.set(in_seconds(step)); changed.run(()); })/>
                <Choice id="rounds" legend=tr!("reach-rounds") value=form.rounds options=rounds.clone() problems inline=true/>
            </Show>
            <Acceptance form problems/>
        </div>
    }
}

#[component]
fn Order(form: ReachForm, problems: Problems) -> impl IntoView {
    let orders = vec![
        (ScanOrder::ByNumber, tr!("reach-order-number")),
        (ScanOrder::Linear, tr!("reach-order-linear")),
        (ScanOrder::Rows, tr!("reach-order-rows")),
        (ScanOrder::Groups, tr!("reach-order-groups")),
    ];
    view! {
        <div>
            <Choice id="scan-order" legend=tr!("reach-order") value=form.order options=orders problems/>
            <div class="govuk-checkboxes govuk-checkboxes--small">
                <Check id="reversed" label=tr!("reach-reversed") value=form.reversed/>
            </div>
        </div>
    }
}

#[component]
fn Acceptance(form: ReachForm, problems: Problems) -> impl IntoView {
    let times = [0, 300, 600, 1_000].map(|ms| {
        let words = if ms == 0 { tr!("reach-accept-any") } else { tr!("reach-seconds", {"seconds" => in_seconds(ms)}) };
        (ms, words)
    });
    view! { <Choice id="acceptance" legend=tr!("reach-accept") hint=tr!("reach-accept-hint") value=form.acceptance_ms options=times.to_vec() problems/> }
}
