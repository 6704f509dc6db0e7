//! Stable codes for why something was held, refused or flagged. Screens put them into words.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// Why an operation was held, refused or flagged.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
            /// A code of a newer version; kept as it came.
            #[serde(untagged)]
            Other(String),
        }

        impl Code {
            /// The code as it is written on the wire and in `locales`.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Code::$name => $text,)+
                    Code::Other(text) => text,
                }
            }

            /// Every code this version knows.
            pub const ALL: &[Code] = &[$(Code::$name),+];
        }
    };
}

codes! {
    /// The body could not be decoded.
    Unreadable = "unreadable",
    /// The body names another stream, or another class than its kind has.
    Mislabelled = "mislabelled",
    /// A request of a kind this version does not know.
    UnknownKind = "unknown_kind",
    /// The actor may not do this here.
    NotAllowed = "not_allowed",
    /// A fact by someone who does not work with this child.
    NotAssigned = "not_assigned",
    /// A fact about a child nobody has registered.
    NotRegistered = "not_registered",
    /// Such a thing does not belong in a record of this kind.
    WrongRecord = "wrong_record",
    /// The child is registered already.
    AlreadyRegistered = "already_registered",
    /// A child can be registered to one's own team only.
    NotYourTeam = "not_your_team",
    /// The version decided or submitted is not the present one.
    StaleVersion = "stale_version",
    /// A setting is beyond what a council may choose.
    SettingOutOfRange = "setting_out_of_range",
    /// Nobody decides on their own work.
    OwnWork = "own_work",
    /// The plan is not in a state in which this can be done.
    WrongState = "wrong_state",
    /// There is no view, no analysis and no action: nothing to decide on.
    NothingToDecide = "nothing_to_decide",
    /// A decision needs a comment.
    CommentRequired = "comment_required",
    /// An action must answer a view or say why it differs.
    NoViewAndNoReason = "no_view_and_no_reason",
    /// Required words are missing.
    WordsRequired = "words_required",
    /// Words that a fact must have are not there, or cannot be seen.
    BlankWords = "blank_words",
    /// A name has controls in it, or turns the direction of the text around it.
    NameNotPlain = "name_not_plain",
    /// A reason is required.
    ReasonRequired = "reason_required",
    /// Two values of one field wait for a person to choose.
    ConflictOpen = "conflict_open",
    /// No such action in this plan.
    UnknownAction = "unknown_action",
    /// No such visit is planned.
    UnknownVisit = "unknown_visit",
    /// A manager looked at a held fact and did not let it in.
    Declined = "declined",
    /// The two records are not linked as one child's.
    NotADuplicate = "not_a_duplicate",
    /// No such held entry.
    NotHeld = "not_held",
    /// No such entry.
    UnknownEntry = "unknown_entry",
    /// Nobody has proposed to destroy these words: it takes two people.
    NotProposed = "not_proposed",
    /// Somebody has proposed it already.
    AlreadyProposed = "already_proposed",
    /// So many proposals wait that these must be decided first.
    TooManyProposed = "too_many_proposed",
    /// At least one worker must be named.
    NobodyAssigned = "nobody_assigned",
    /// Nobody has one of these ids, or somebody who has is not a worker.
    UnknownStaff = "unknown_staff",
    /// A worker of another team is named without saying that it is joint work.
    JointWorkNotSaid = "joint_work_not_said",
    /// More people are named than one child's case is shared among.
    TooManyAssigned = "too_many_assigned",
    /// Nobody stands in for themselves.
    CoverOfSelf = "cover_of_self",
    /// No such cover, now or later.
    UnknownCover = "unknown_cover",
    /// The last day of a cover is before its first.
    CoverEndsTooEarly = "cover_ends_too_early",
    /// No such question here.
    UnknownQuestion = "unknown_question",
    /// So many questions are here that one must be put away first.
    TooManyQuestions = "too_many_questions",
    /// A question has one to twelve cards, no two alike, and none that may be a sign of harm.
    NotAskable = "not_askable",
    /// The date has not come yet.
    DateInFuture = "date_in_future",
    /// The date has passed.
    DateInPast = "date_in_past",
    /// The date is more than a year ahead.
    DateTooFar = "date_too_far",
    /// Not a date.
    NotADate = "not_a_date",
    /// An assessment cannot start before its referral (children in need census rule 1103).
    AssessmentBeforeReferral = "1103",
    /// A referral cannot be more than forty weeks before the birth (census rule 8606).
    ReferralBeforePregnancy = "8606",
    /// The referral is before the birth of a child that was not registered as expected.
    ReferralBeforeBirth = "referral_before_birth",
    /// The assessment started more than forty weeks before the birth.
    AssessmentBeforePregnancy = "assessment_before_pregnancy",
    /// The assessment started before the birth of a child that was not registered as expected.
    AssessmentBeforeBirth = "assessment_before_birth",
    /// The visit was more than forty weeks before the birth.
    VisitBeforePregnancy = "visit_before_pregnancy",
    /// The visit was before the birth of a child that was not registered as expected.
    VisitBeforeBirth = "visit_before_birth",
    /// The expected day of birth is out of range (census rule 8530Q).
    ExpectedOutOfRange = "8530Q",
    /// The date is longer ago than can be.
    DateTooLongAgo = "date_too_long_ago",
    /// Something became of an action before it was written.
    OutcomeBeforeAction = "outcome_before_action",
    /// An action was done before it was agreed.
    DoneBeforeAgreed = "done_before_agreed",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_newer_version_survives() {
        let code: Code = serde_json::from_str("\"8555Q\"").unwrap();
        assert_eq!(code, Code::Other("8555Q".into()));
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"8555Q\"");
    }

    #[test]
    fn every_known_code_survives_its_text_form() {
        for code in Code::ALL {
            let text = serde_json::to_string(code).unwrap();
            assert_eq!(text, format!("\"{}\"", code.as_str()));
            assert_eq!(&serde_json::from_str::<Code>(&text).unwrap(), code);
        }
    }
}
