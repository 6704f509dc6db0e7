//! How the child communicates: one page, five minutes, from which child mode takes everything it does.

mod aloud;
mod form;
mod in_words;
mod learn_key;
mod look;
mod reach;

use domain::payload::profile::{Cells, Colour, Input, Mode, Order, SafetyWord, Side, Sight, SkinTone, Theme};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::{Place, at_record};
use crate::components::{Check, Choice, ErrorSummary, Field, Page, TextArea, saving};
use crate::state::CouncilSettings;
use crate::words;
use aloud::Aloud;
use form::ProfileForm;
use look::{ChildWillSee, NotYet};
use reach::Reach;

pub use in_words::{Said, said};

/// How the child communicates, as it is written down.
#[component]
pub fn ProfilePage() -> impl IntoView {
    at_record(Action::Edit, |place| view! { <Profile place/> }.into_any())
}

#[component]
fn Profile(place: Place) -> impl IntoView {
    let form = ProfileForm::begin(place);
    let problems = form.problems;
    let name = place.name();
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || place.address());
    let busy = save.pending();
    view! {
        <Page title=tr!("profile-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("profile-heading", {"name" => name.clone()})}</h1>
            <p class="heard-title__second">{last_looked(place)}</p>
            <form class="heard-split" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                match form.profile_set() {
                    Ok(set) => { problems.set(Vec::new()); save.dispatch_local(vec![set]); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <div class="heard-stack heard-form">
                    <Signals form/>
                    <Reaching form/>
                    <Telling form/>
                    <Seeing form/>
                    <CanSay form name=name.clone()/>
                </div>
                <aside class="heard-stack heard-beside" aria-label=tr!("profile-beside")>
                    <ChildWillSee form name=name.clone()/>
                    <NotYet form/>
                    <div class="heard-actions">
                        <button class="govuk-button" id="save" type="submit" disabled=busy>
                            {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-save") }}
                        </button>
                        <a class="govuk-button govuk-button--secondary" href=format!("{}/passport", place.address()) draggable="false">{tr!("profile-passport")}</a>
                    </div>
                    <Earlier place/>
                </aside>
            </form>
        </Page>
    }
}

/// "Last looked at 3 February by S. Okafor. Look again by 3 February 2027."
fn last_looked(place: Place) -> String {
    let record = place.record_now();
    let Some(last) = record.profiles.last() else { return tr!("profile-never") };
    let (today, on) = (place.calendar.today(), words::day_of(last.source.captured_at));
    tr!("profile-last", {
        "on" => words::short_date(on, today),
        "by" => place.directory.name_of(last.source.by),
        "again" => words::short_date(CouncilSettings::of(place.records).reminders().look_again_by(on), today),
    })
}

#[component]
fn Signals(form: ProfileForm) -> impl IntoView {
    let problems = form.problems;
    view! {
        <section class="heard-panel" aria-labelledby="signals">
            <h2 class="heard-panel__title" id="signals">{tr!("profile-signals")}</h2>
            <Field id="summary" label=tr!("profile-summary") hint=tr!("profile-summary-hint") value=form.summary problems/>
            <div class="heard-two">
                <Field id="yes" label=tr!("profile-yes") value=form.yes problems/>
                <Field id="no" label=tr!("profile-no") value=form.no problems/>
            </div>
            <div class="heard-two">
                <Field id="stop" label=tr!("profile-stop") value=form.stop problems/>
                <Field id="readers" label=tr!("profile-readers") value=form.readers problems/>
            </div>
            <div class="heard-two">
                <Field id="tired" label=tr!("profile-tired") value=form.tired problems/>
                <TextArea id="notes" label=tr!("profile-helps") rows=2 value=form.notes problems/>
            </div>
        </section>
    }
}

#[component]
fn Reaching(form: ProfileForm) -> impl IntoView {
    let all = [
        Input::Touch,
        Input::EyePointing,
        Input::OneSwitch,
        Input::TwoSwitches,
        Input::Keyboard,
        Input::Dwell,
        Input::Partner,
    ];
    let options = all.map(|input| (input, in_words::input(input))).to_vec();
    view! {
        <section class="heard-panel" aria-labelledby="reaching">
            <h2 class="heard-panel__title" id="reaching">{tr!("profile-reaching")}</h2>
            <Choice id="input" legend=tr!("profile-input") value=form.input options problems=form.problems/>
            <Reach form=form.reach input=form.input problems=form.problems keys=form.switch_keys changed=Callback::new(move |()| form.keep())/>
            <Aloud form/>
        </section>
    }
}

#[component]
fn Telling(form: ProfileForm) -> impl IntoView {
    let checks = Mode::ALL.into_iter().zip(form.modes.get_value()).enumerate();
    let checks = checks.map(|(number, (mode, value))| {
        view! { <Check id=format!("mode-{number}") label=in_words::mode(mode) value/> }
    });
    view! {
        <section class="heard-panel" aria-labelledby="telling">
            <h2 class="heard-panel__title" id="telling">{tr!("profile-telling")}</h2>
            <fieldset class="govuk-fieldset govuk-form-group" aria-labelledby="telling">
                <div class="govuk-checkboxes heard-columns">{checks.collect_view()}</div>
            </fieldset>
        </section>
    }
}

/// So many things a child may choose among at a time.
const AT_A_TIME: [u8; 7] = [1, 2, 3, 4, 6, 9, 12];

#[component]
fn Seeing(form: ProfileForm) -> impl IntoView {
    let problems = form.problems;
    let cells = [Cells::Two, Cells::TwoThenMore, Cells::Three, Cells::Five];
    let cells = cells.map(|cells| (cells, in_words::cells(cells))).to_vec();
    let themes = [Theme::Colour, Theme::Calm, Theme::Contrast].map(|theme| (theme, in_words::theme(theme))).to_vec();
    let orders = [Order::Random, Order::Fixed].map(|order| (order, in_words::order(order))).to_vec();
    let sights = [Sight::Usual, Sight::LowVision, Sight::Cvi, Sight::NotUsed];
    let sights = sights.map(|sight| (sight, in_words::sight(sight))).to_vec();
    let sides = [Side::Below, Side::Above, Side::Left, Side::Right].map(|side| (side, in_words::side(side))).to_vec();
    let numbers = AT_A_TIME.map(|number| (number, number.to_string())).to_vec();
    let tones = [SkinTone::Light, SkinTone::MediumLight, SkinTone::Medium, SkinTone::MediumDark, SkinTone::Dark];
    let tones = std::iter::once((None, tr!("profile-tone-neutral")))
        .chain(tones.map(|tone| (Some(tone), in_words::skin_tone(tone))))
        .collect::<Vec<_>>();
    view! {
        <section class="heard-panel" aria-labelledby="seeing">
            <h2 class="heard-panel__title" id="seeing">{tr!("profile-seeing")}</h2>
            <div class="heard-two">
                <Choice id="sight" legend=tr!("profile-sight") value=form.sight options=sights problems/>
                <Choice id="theme" legend=tr!("profile-theme") value=form.theme options=themes problems/>
            </div>
            <Alone form/>
            <div class="heard-two">
                <Choice id="cells" legend=tr!("profile-cells") value=form.cells options=cells problems/>
                <Choice id="side" legend=tr!("profile-side") value=form.side options=sides problems/>
            </div>
            <div class="heard-two">
                <Choice id="options" legend=tr!("profile-options") hint=tr!("profile-options-hint") value=form.options options=numbers problems inline=true/>
                <Choice id="order" legend=tr!("profile-order") value=form.order options=orders problems/>
            </div>
            <div class="heard-two">
                <Choice id="tone" legend=tr!("profile-tone") hint=tr!("profile-tone-hint") value=form.skin_tone options=tones problems/>
                <div class="govuk-form-group">
                    <div class="govuk-checkboxes">
                        <Check id="photos" label=tr!("profile-photos") value=form.photos_first/>
                        <Check id="keyguard" label=tr!("profile-keyguard") value=form.keyguard/>
                    </div>
                </div>
            </div>
        </section>
    }
}

/// One thing at a time, for a child whom a full screen overwhelms.
#[component]
fn Alone(form: ProfileForm) -> impl IntoView {
    let colours = Colour::ALL.map(|colour| (colour, in_words::colour(colour))).to_vec();
    view! {
        <div class="govuk-form-group">
            <div class="govuk-checkboxes"><Check id="alone" label=tr!("profile-alone") value=form.is_alone/></div>
            <p class="govuk-hint">{tr!("profile-alone-hint")}</p>
        </div>
        <Show when=move || form.is_alone.get()>
            <Choice id="alone-colour" legend=tr!("profile-alone-colour") value=form.alone_colour options=colours.clone() problems=form.problems inline=true/>
        </Show>
    }
}

/// What a child must be able to say to be safe.
#[component]
fn CanSay(form: ProfileForm, name: String) -> impl IntoView {
    const IDS: [&str; 6] = ["say-stop", "say-alone", "say-hurts", "say-scared", "say-private", "say-speak"];
    let rows = SafetyWord::ALL.into_iter().zip(IDS).zip(form.can_say.get_value()).map(|((word, id), value)| {
        let options = form::SAYABLE.map(|sayable| (sayable, in_words::sayable(sayable))).to_vec();
        view! { <Choice id legend=in_words::safety_word(word) value options problems=form.problems inline=true/> }
    });
    view! {
        <section class="heard-panel heard-can-say" aria-labelledby="can-say">
            <h2 class="heard-panel__title" id="can-say">{tr!("profile-can-say", {"name" => name})}</h2>
            <p class="govuk-hint">{tr!("profile-can-say-hint")}</p>
            {rows.collect_view()}
        </section>
    }
}

/// Earlier profiles: kept as they were.
#[component]
fn Earlier(place: Place) -> impl IntoView {
    let record = place.record_now();
    let today = place.calendar.today();
    let earlier: Vec<_> = record.profiles.iter().rev().skip(1).cloned().collect();
    (!earlier.is_empty()).then(|| {
        let rows = earlier.into_iter().map(|profile| {
            view! {
                <li class="heard-list__row heard-list__row--stacked">
                    {profile.what.summary}
                    <p class="heard-list__words">{words::short_date(words::day_of(profile.source.captured_at), today)}", "{place.directory.name_of(profile.source.by)}</p>
                </li>
            }
        });
        view! {
            <section class="heard-panel" aria-labelledby="earlier">
                <h2 class="heard-panel__title" id="earlier">{tr!("profile-earlier")}</h2>
                <ul class="heard-list">{rows.collect_view()}</ul>
            </section>
        }
    })
}
