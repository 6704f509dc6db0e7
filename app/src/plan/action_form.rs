//! "We will ask…" and "No action, because…": an action is written, or changed under the same id.

use std::collections::BTreeSet;

use domain::Record;
use domain::code::Code;
use domain::dates::{DateName, Dated, Days, Of, problems_of};
use domain::id::{ActionId, ViewId};
use domain::payload::Payload;
use domain::payload::plan::{ActionAdded, Step};
use domain::text;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fluent::tr;
use replica::create;
use serde::{Deserialize, Serialize};

use super::desk::Desk;
use crate::components::draft::Draft;
use crate::components::{Check, DateBoxes, DateInput, ErrorSummary, Field, Problems, TextArea, ViewScreen};
use crate::platform::page;
use crate::state::{NotSaved, Urgency};
use crate::words;

/// What the form begins with.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// "We will ask", for these views.
    Ask(BTreeSet<ViewId>),
    /// "No action, because", for these views.
    Nothing(BTreeSet<ViewId>),
    /// An action as it stands.
    Change(Box<ActionAdded>),
}

/// What stands in the form, as it was typed: this is what the draft keeps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Typed {
    words: String,
    who: String,
    due: DateBoxes,
    differs: String,
    answers: BTreeSet<ViewId>,
}

impl Start {
    fn typed(&self) -> Typed {
        match self {
            Start::Ask(views) | Start::Nothing(views) => Typed { answers: views.clone(), ..Typed::default() },
            Start::Change(added) => {
                let (words, who, due) = match &added.step {
                    Step::WeWillAsk { words, who, due } => (words.clone(), who.clone(), DateBoxes::of(*due)),
                    Step::NoAction => <(String, String, DateBoxes)>::default(),
                };
                let differs = added.differs.clone().unwrap_or_default();
                Typed { words, who, due, differs, answers: added.answers.iter().cloned().collect() }
            }
        }
    }

    /// Nothing will be asked for.
    fn is_nothing(&self) -> bool {
        match self {
            Start::Ask(_) => false,
            Start::Nothing(_) => true,
            Start::Change(added) => added.step == Step::NoAction,
        }
    }

    fn draft_name(&self, desk: Desk) -> String {
        match self {
            Start::Ask(views) => format!("draft/{}/ask/{}", desk.stream, key(views)),
            Start::Nothing(views) => format!("draft/{}/nothing/{}", desk.stream, key(views)),
            Start::Change(added) => format!("draft/{}/action/{}", desk.stream, added.action),
        }
    }
}

/// Names of drafts are not sealed, so they must not tell what the child placed: eight digits of a hash do not.
fn key(views: &BTreeSet<ViewId>) -> String {
    let all: Vec<String> = views.iter().map(|view| format!("{}:{}", view.capture, view.option)).collect();
    let hash = domain::Hash::of(all.join(" ").as_bytes()).to_string();
    let capture = views.first().map(|view| view.capture.to_string()).unwrap_or_default();
    format!("{capture}-{}", hash.chars().take(8).collect::<String>())
}

/// The signals of the form.
#[derive(Clone, Copy)]
struct Form {
    words: RwSignal<String>,
    who: RwSignal<String>,
    due: RwSignal<DateBoxes>,
    differs: RwSignal<String>,
    answers: RwSignal<BTreeSet<ViewId>>,
    problems: Problems,
}

impl Form {
    fn new(typed: Typed) -> Form {
        Form {
            words: RwSignal::new(typed.words),
            who: RwSignal::new(typed.who),
            due: RwSignal::new(typed.due),
            differs: RwSignal::new(typed.differs),
            answers: RwSignal::new(typed.answers),
            problems: RwSignal::new(Vec::new()),
        }
    }

    fn fill(self, typed: Typed) {
        self.words.set(typed.words);
        self.who.set(typed.who);
        self.due.set(typed.due);
        self.differs.set(typed.differs);
        self.answers.set(typed.answers);
    }

    fn typed(self) -> Typed {
        Typed {
            words: self.words.get_untracked(),
            who: self.who.get_untracked(),
            due: self.due.get_untracked(),
            differs: self.differs.get_untracked(),
            answers: self.answers.get_untracked(),
        }
    }

    /// Reads the step; problems are shown at their fields.
    fn step(self, start: &Start, action: ActionId, desk: Desk) -> Result<Step, Vec<(&'static str, String)>> {
        let typed = self.typed();
        let mut problems = Vec::new();
        if start.is_nothing() {
            if !text::is_visible(&typed.differs) {
                problems.push(("action-differs", tr!("plan-form-reason-missing")));
            }
            return if problems.is_empty() { Ok(Step::NoAction) } else { Err(problems) };
        }
        if !text::is_visible(&typed.words) {
            problems.push(("action-words", tr!("plan-form-words-missing")));
        }
        if !text::is_visible(&typed.who) {
            problems.push(("action-who", tr!("plan-form-who-missing")));
        }
        let due = match typed.due.read() {
            Ok(due) => match due_problem(due, action, desk) {
                Some(words) => {
                    problems.push(("action-due", words));
                    None
                }
                None => Some(due),
            },
            Err(problem) => {
                problems.push(("action-due", problem.in_words()));
                None
            }
        };
        if typed.answers.is_empty() && !text::is_visible(&typed.differs) {
            problems.push(("action-differs", tr!("plan-form-answers-nothing")));
        }
        match due {
            Some(due) if problems.is_empty() => Ok(Step::WeWillAsk {
                words: text::trimmed(&typed.words).to_owned(),
                who: text::plain_name(&typed.who),
                due,
            }),
            _ => Err(problems),
        }
    }
}

/// What is wrong with a due date, by the rule that the server judges it by.
fn due_problem(on: Date, action: ActionId, desk: Desk) -> Option<String> {
    let today = desk.calendar.today();
    let dated = Dated { date: DateName::ActionDue, on, of: Of::Action(action) };
    let problem = desk.record.with_untracked(|record| {
        let standing = &record.as_deref()?.standing;
        problems_of(standing, dated, Days::now(today)).into_iter().next()
    })?;
    Some(match problem.rule.code {
        Code::DateInPast => tr!("plan-form-due-past", {"today" => words::short_date(today, today)}),
        Code::DateTooFar => tr!("plan-form-due-far"),
        _ => words::date_problem(&problem),
    })
}

/// The form for one action.
#[component]
pub fn ActionForm(start: Start) -> impl IntoView {
    let desk = Desk::get();
    let form = Form::new(start.typed());
    let draft = Draft::named(start.draft_name(desk));
    draft.restore(move |typed| form.fill(typed));
    let nothing = start.is_nothing();
    let action = match &start {
        Start::Change(added) => added.action,
        _ => ActionId(create::uuid(desk.calendar.now())),
    };
    let is_change = matches!(start, Start::Change(_));
    let busy = RwSignal::new(false);
    // What goes wrong after the press is said without the reactive owner that translations need.
    let owner = Owner::current();
    let not_saved = move |problem: &NotSaved| match &owner {
        Some(owner) => owner.with(|| words::not_saved(problem)),
        None => String::new(),
    };
    let at = if nothing { "action-differs" } else { "action-words" };
    let save = move || match form.step(&start, action, desk) {
        Err(problems) => form.problems.set(problems),
        Ok(step) => {
            form.problems.set(Vec::new());
            let typed = form.typed();
            let differs = Some(text::trimmed(&typed.differs).to_owned()).filter(|why| !why.is_empty());
            let added = ActionAdded { action, step, answers: typed.answers.iter().cloned().collect(), differs };
            busy.set(true);
            let (settling, not_saved) = (draft.settle(), not_saved.clone());
            spawn_local(async move {
                match desk.save(Payload::ActionAdded(added), Urgency::WithTheRest).await {
                    Ok(()) => {
                        settling.forget().await;
                        leave(desk, is_change);
                    }
                    Err(problem) => {
                        settling.keep(&typed).await;
                        form.problems.try_set(vec![(at, not_saved(&problem))]);
                    }
                }
                busy.try_set(false);
            });
        }
    };
    let cancel = move |_| {
        draft.forget();
        leave(desk, is_change);
    };
    Effect::new(move |_| page::focus(if nothing { "#action-differs" } else { "#action-words" }));
    view! {
        <form
            class="plan-form" novalidate aria-label=if nothing { tr!("plan-nothing") } else { tr!("plan-ask") }
            on:input=move |_| draft.keep(|| form.typed())
            on:submit=move |event| { event.prevent_default(); save(); }
        >
            <ErrorSummary problems=form.problems/>
            {if nothing {
                view! { <TextArea id="action-differs" label=tr!("plan-form-reason") hint=tr!("plan-form-reason-hint") value=form.differs problems=form.problems/> }.into_any()
            } else {
                view! {
                    <TextArea id="action-words" label=tr!("plan-form-words") hint=tr!("plan-form-words-hint") value=form.words problems=form.problems rows=2/>
                    <Field id="action-who" label=tr!("plan-form-who") hint=tr!("plan-form-who-hint") value=form.who problems=form.problems/>
                    <DateInput id="action-due" legend=tr!("plan-form-due") hint=tr!("plan-form-due-hint", {"date" => words::example_date(desk.calendar.today())}) value=form.due problems=form.problems/>
                }.into_any()
            }}
            <Answers answers=form.answers on_change=Callback::new(move |()| draft.keep(|| form.typed()))/>
            {(!nothing).then(|| view! {
                <TextArea id="action-differs" label=tr!("plan-form-differs") hint=tr!("plan-form-differs-hint") value=form.differs problems=form.problems rows=2/>
            })}
            <div class="govuk-button-group">
                <button class="govuk-button" type="submit" disabled=busy>{tr!("save")}</button>
                <button class="govuk-button govuk-button--secondary" type="button" on:click=cancel>{tr!("cancel")}</button>
            </div>
        </form>
    }
}

/// Closes the form; focus goes to the list that has changed.
fn leave(desk: Desk, is_change: bool) {
    desk.editing.try_set(None);
    page::focus(if is_change { "#plan-actions" } else { "#plan-open-views" });
}

/// Which views it answers: one action may answer several.
#[component]
fn Answers(answers: RwSignal<BTreeSet<ViewId>>, on_change: Callback<()>) -> impl IntoView {
    let views = Desk::get().read(|record: &Record| {
        let views = record.views().map(|view| ViewScreen::of(view, record));
        views.map(|view| (view.id.clone(), view.words())).collect::<Vec<_>>()
    });
    let boxes = move || {
        views
            .get()
            .into_iter()
            .enumerate()
            .map(|(place, (id, words))| {
                let ticked = RwSignal::new(answers.with_untracked(|answers| answers.contains(&id)));
                // What the draft brings back is ticked, too.
                let of = id.clone();
                Effect::new(move |_| ticked.set(answers.with(|answers| answers.contains(&of))));
                view! {
                    <div on:change=move |_| {
                        let id = id.clone();
                        answers.update(|answers| { if !answers.remove(&id) { answers.insert(id); } });
                        on_change.run(());
                    }>
                        <Check id=format!("action-view-{place}") label=words value=ticked/>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="govuk-fieldset plan-form__answers">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{tr!("plan-form-answers")}</legend>
            <div class="govuk-checkboxes govuk-checkboxes--small">{boxes}</div>
        </fieldset>
    }
}
