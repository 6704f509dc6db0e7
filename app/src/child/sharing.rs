//! "Who can see this?" Nothing is chosen beforehand, and whoever the child says nothing about is in neither list.

use std::collections::BTreeSet;

use domain::payload::capture::Audience;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::activity::Activity;
use super::escapes::StopOnly;
use super::tap::Tap;
use crate::components::Picture;
use crate::platform::page;

type Said = RwSignal<Option<bool>>;

/// Who can see it.
#[component]
pub(super) fn Sharing(activity: Activity) -> impl IntoView {
    let theme = activity.theme;
    let (family, school): (Said, Said) = (RwSignal::new(None), RwSignal::new(None));
    let finish = move |_| {
        let asked = [(Audience::Family, family), (Audience::School, school)];
        let who = |said: bool| -> BTreeSet<Audience> {
            asked.iter().filter(|(_, say)| say.get_untracked() == Some(said)).map(|(who, _)| *who).collect()
        };
        activity.press(Tap::Share { may: who(true), not: who(false) });
    };
    Effect::new(move |_| {
        page::focus(".child__who");
        activity.stage.say(&tr!("child-who"));
    });
    view! {
        <section class="child__sharing" aria-labelledby="child-who">
            <h1 class="child__who" id="child-who" tabindex="-1">{tr!("child-who")}</h1>
            <Row activity symbol="family" words=tr!("child-family") said=family/>
            <Row activity symbol="school-people" words=tr!("child-school") said=school/>
            <div class="who">
                <Picture symbol="social-worker" theme/>
                <p class="who__words">{tr!("child-social-worker")}</p>
                <p class="who__always"><Picture symbol="can-see" theme/><span>{tr!("child-yes")}</span></p>
            </div>
            <p class="sheet__note">{tr!("child-must-tell")}</p>
        </section>
        <div class="child__foot">
            <button class="choice" type="button" data-target="finished" data-rank="navigation" on:click=finish>
                <Picture symbol="finished" theme/>
                <span>{tr!("child-finished")}</span>
            </button>
        </div>
        <StopOnly activity/>
    }
}

/// One audience, yes or no; pressing again takes it back.
#[component]
fn Row(activity: Activity, symbol: &'static str, #[prop(into)] words: String, said: Said) -> impl IntoView {
    let theme = activity.theme;
    let name = format!("who-{symbol}");
    let who = words.clone();
    let answer = move |yes: bool, picture: &'static str, words: String| {
        // By ear, *yes* alone does not say of whom.
        let says = format!("{who}: {words}");
        let press = move |_| {
            said.update(|said| *said = (*said != Some(yes)).then_some(yes));
        };
        view! {
            <button
                class="choice who__answer" type="button" data-target=format!("{symbol}-{picture}") data-says=says
                aria-pressed=move || (said.get() == Some(yes)).to_string() on:click=press>
                <Picture symbol=picture theme/>
                <span>{words}</span>
            </button>
        }
    };
    view! {
        <div class="who" role="group" aria-labelledby=name.clone()>
            <Picture symbol theme/>
            <p class="who__words" id=name.clone()>{words}</p>
            {answer(true, "can-see", tr!("child-yes"))}
            {answer(false, "nobody", tr!("child-no"))}
        </div>
    }
}
