//! What the template's questions and answers are called.

use domain::payload::audit::{AuditQuestion, Found};
use domain::standing::practice::Aspect;
use leptos_fluent::tr;

/// A question of the template.
pub fn question(of: AuditQuestion) -> String {
    match of {
        AuditQuestion::ChildHeard => tr!("audit-child-heard"),
        AuditQuestion::CameOfIt => tr!("audit-came-of-it"),
        AuditQuestion::FamilyHeard => tr!("audit-family-heard"),
        AuditQuestion::Analysis => tr!("audit-analysis"),
        AuditQuestion::Difference => tr!("audit-difference"),
        AuditQuestion::Dates => tr!("audit-dates"),
        AuditQuestion::ManagerAgreed => tr!("audit-manager-agreed"),
        AuditQuestion::Plain => tr!("audit-plain"),
    }
}

/// An answer to one.
pub fn found(of: Found) -> String {
    match of {
        Found::Met => tr!("audit-met"),
        Found::Partly => tr!("audit-partly"),
        Found::NotMet => tr!("audit-not-met"),
        Found::NotYet => tr!("audit-not-yet"),
    }
}

/// The colour of an answer's tag; its words say it too.
pub(super) fn tag(of: Found) -> &'static str {
    match of {
        Found::Met => "govuk-tag govuk-tag--green",
        Found::Partly => "govuk-tag govuk-tag--yellow",
        Found::NotMet => "govuk-tag govuk-tag--red",
        Found::NotYet => "govuk-tag govuk-tag--grey",
    }
}

/// What a record does not have.
pub fn missing(of: Aspect) -> String {
    match of {
        Aspect::Profile => tr!("missing-profile"),
        Aspect::Visit => tr!("missing-visit"),
        Aspect::View => tr!("missing-view"),
        Aspect::ParentVoice => tr!("missing-parent-voice"),
        Aspect::Analysis => tr!("missing-analysis"),
        Aspect::Difference => tr!("missing-difference"),
        Aspect::Authorised => tr!("missing-authorised"),
    }
}
