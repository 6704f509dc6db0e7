//! The signed-in pages: header, pages by address.

mod header;
mod help;
mod statement;

use domain::permission::Role;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::components::{Redirect, Route, Routes};
use leptos_router::path;

use crate::account::{ChildAccessPage, DevicesPage, StaffAccessPage, WhoLookedPage};
use crate::administrator::{SettingsPage, StaffMemberPage, StaffPage};
use crate::audit::{AuditPage, Sampled};
use crate::auditor::{AuditsPage, FindingsPage};
use crate::components::Page;
use crate::contact::UnknownContactPage;
use crate::finding::{ContactPage, FindPage, ReadPage, Search, UnknownChildPage};
use crate::library::{ChildQuestionPage, ChildQuestionsPage, LibraryPage, LibraryQuestionPage};
use crate::manager::{AllocatePage, CoverFormPage, CoverPage, EverythingPage, ReviewPage, TeamPage, WaitingPage};
use crate::plan::PlanPage;
use crate::record::{
    AddressPage, DetailsPage, DuplicatePage, FamilyPage, MoveVisitPage, NewVisitPage, PassportPage, PersonPage,
    ProfilePage, RedactPage, RegisterPage, SaidPage,
};
use crate::state::Directory;
use crate::visit::{
    AnotherWayPage, LookPage, NotGatheredPage, NotePage, PaperPage, TopicsPage, VisitPage, WatchPage, WriteUpPage,
};
use crate::worker::{ChildPage, ChildrenPage, SavedPage, TodayPage, WeekPage};
use header::Header;
use help::HelpPage;
pub use help::HowItWorks;
use statement::StatementPage;

/// Every page of somebody who is signed in and has unlocked the vault.
#[component]
pub fn SignedInPages() -> impl IntoView {
    Search::provide();
    Sampled::provide();
    view! {
        <a href="#main" class="govuk-skip-link">{tr!("skip-to-main")}</a>
        <Header/>
        <Routes fallback=|| view! { <NotFoundPage/> }>
            <Route path=path!("/") view=Home/>
            <Route path=path!("/today") view=TodayPage/>
            <Route path=path!("/week") view=WeekPage/>
            <Route path=path!("/saved") view=SavedPage/>
            <Route path=path!("/children") view=ChildrenPage/>
            <Route path=path!("/children/new") view=RegisterPage/>
            <Route path=path!("/children/:stream") view=ChildPage/>
            <Route path=path!("/children/:stream/details") view=DetailsPage/>
            <Route path=path!("/children/:stream/duplicate") view=DuplicatePage/>
            <Route path=path!("/children/:stream/profile") view=ProfilePage/>
            <Route path=path!("/children/:stream/passport") view=PassportPage/>
            <Route path=path!("/children/:stream/said") view=SaidPage/>
            <Route path=path!("/children/:stream/questions") view=ChildQuestionsPage/>
            <Route path=path!("/children/:stream/questions/edit") view=ChildQuestionPage/>
            <Route path=path!("/children/:stream/people/:person") view=PersonPage/>
            <Route path=path!("/children/:stream/family") view=FamilyPage/>
            <Route path=path!("/children/:stream/address") view=AddressPage/>
            <Route path=path!("/children/:stream/words") view=RedactPage/>
            <Route path=path!("/children/:stream/plan") view=PlanPage/>
            <Route path=path!("/children/:stream/visits/new") view=NewVisitPage/>
            <Route path=path!("/children/:stream/visits/:visit") view=VisitPage/>
            <Route path=path!("/children/:stream/visits/:visit/plan") view=MoveVisitPage/>
            <Route path=path!("/children/:stream/visits/:visit/topics") view=TopicsPage/>
            <Route path=path!("/children/:stream/visits/:visit/write-up") view=WriteUpPage/>
            <Route path=path!("/children/:stream/visits/:visit/another-way") view=AnotherWayPage/>
            <Route path=path!("/children/:stream/visits/:visit/watch") view=WatchPage/>
            <Route path=path!("/children/:stream/visits/:visit/paper") view=PaperPage/>
            <Route path=path!("/children/:stream/visits/:visit/look") view=LookPage/>
            <Route path=path!("/children/:stream/visits/:visit/not-gathered") view=NotGatheredPage/>
            <Route path=path!("/children/:stream/visits/:visit/note") view=NotePage/>
            <Route path=path!("/find") view=FindPage/>
            <Route path=path!("/find/unknown") view=UnknownChildPage/>
            <Route path=path!("/contacts/:stream") view=UnknownContactPage/>
            <Route path=path!("/read/:stream") view=ReadPage/>
            <Route path=path!("/read/:stream/contact") view=ContactPage/>
            <Route path=path!("/read/:stream/findings") view=FindingsPage/>
            <Route path=path!("/audits") view=AuditsPage/>
            <Route path=path!("/audits/:audit") view=AuditPage/>
            <Route path=path!("/team") view=TeamPage/>
            <Route path=path!("/team/cover") view=CoverPage/>
            <Route path=path!("/team/cover/:cover") view=CoverFormPage/>
            <Route path=path!("/team/:stream") view=AllocatePage/>
            <Route path=path!("/waiting") view=WaitingPage/>
            <Route path=path!("/waiting/:stream") view=ReviewPage/>
            <Route path=path!("/questions") view=LibraryPage/>
            <Route path=path!("/questions/edit") view=LibraryQuestionPage/>
            <Route path=path!("/staff") view=Staff/>
            <Route path=path!("/staff/:staff") view=StaffMember/>
            <Route path=path!("/settings") view=Settings/>
            <Route path=path!("/access") view=WhoLookedPage/>
            <Route path=path!("/access/:staff") view=StaffAccessPage/>
            <Route path=path!("/account/devices") view=DevicesPage/>
            <Route path=path!("/children/:stream/access") view=ChildAccessPage/>
            <Route path=path!("/children/:stream/everything") view=EverythingPage/>
            <Route path=path!("/help") view=HelpPage/>
            <Route path=path!("/accessibility") view=StatementPage/>
        </Routes>
    }
}

/// Each role's first page.
#[component]
fn Home() -> impl IntoView {
    let directory = Directory::get();
    move || {
        let path = match directory.me.get()?.role {
            Role::Manager => "/waiting",
            Role::Administrator => "/staff",
            Role::Auditor => "/audits",
            Role::Duty => "/find",
            Role::Worker => "/today",
        };
        Some(view! { <Redirect path/> })
    }
}

/// Who works here, for whoever employs them; nobody else has such pages.
#[component]
fn Staff() -> impl IntoView {
    for_whoever_employs(|| view! { <StaffPage/> }.into_any())
}

#[component]
fn StaffMember() -> impl IntoView {
    for_whoever_employs(|| view! { <StaffMemberPage/> }.into_any())
}

#[component]
fn Settings() -> impl IntoView {
    for_whoever_employs(|| view! { <SettingsPage/> }.into_any())
}

fn for_whoever_employs(page: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let directory = Directory::get();
    let employs = Memo::new(move |_| directory.me.with(|me| me.as_ref().is_some_and(|me| me.role.employs())));
    move || if employs.get() { page() } else { view! { <NotFoundPage/> }.into_any() }
}

#[component]
fn NotFoundPage() -> impl IntoView {
    view! {
        <Page title=tr!("not-found-title") class="heard-page heard-narrow">
            <h1 class="heard-title">{tr!("not-found-title")}</h1>
            <p class="govuk-body">{tr!("not-found-do")}</p>
            <p class="govuk-body"><a class="govuk-link" href="/">{tr!("not-found-home")}</a></p>
        </Page>
    }
}
