//! Every refusal the server can make, with its HTTP status and its stable code. The only place that knows both.
//!
//! Nothing of what was sent, and nothing of what is stored, is ever repeated in a problem.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::wire;

use crate::devices::DevicesError;
use crate::doubles::DoublesError;
use crate::enrol::{EscrowError, NotBound, NotEnrolled};
use crate::finding::FindingError;
use crate::limits::LimitError;
use crate::pull::{PullError, ReadError};
use crate::push::PushError;
use crate::sampling::SamplingError;
use crate::session::{DemoError, SessionError};
use crate::staffing::StaffingError;
use crate::store::{EnrolError, StoreError};
use crate::watching::WatchingError;

macro_rules! problems {
    ($($name:ident = $status:ident $code:literal $title:literal $detail:literal),+ $(,)?) => {
        /// A refusal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Problem {
            $(#[doc = $title] $name,)+
        }

        impl Problem {
            /// Every refusal.
            pub const ALL: &[Problem] = &[$(Problem::$name),+];

            /// The HTTP status.
            pub fn status(self) -> StatusCode {
                match self {
                    $(Problem::$name => StatusCode::$status,)+
                }
            }

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self {
                    $(Problem::$name => $code,)+
                }
            }

            /// The body of the reply.
            pub fn body(self) -> wire::Problem {
                let (title, detail) = match self {
                    $(Problem::$name => ($title, $detail),)+
                };
                wire::Problem {
                    kind: "about:blank".into(),
                    title: title.into(),
                    status: self.status().as_u16(),
                    code: self.code().into(),
                    detail: Some(detail.into()),
                }
            }
        }
    };
}

problems! {
    SignedOut = UNAUTHORIZED "signed_out" "Nobody is signed in" "Sign in again. What is saved on this device stays.",
    SignInAgain = FORBIDDEN "sign_in_again" "A fresh sign-in is needed" "Sign in again with your password, then ask once more.",
    NotAPage = FORBIDDEN "not_a_page" "This address is not a page" "Open the app instead.",
    CrossSite = FORBIDDEN "cross_site" "The request did not come from the app" "Open the app from its own address.",
    NotAllowed = FORBIDDEN "not_allowed" "This may not be read" "Ask the team manager.",
    ReasonRequired = FORBIDDEN "reason_required" "A reason is required" "Say why this record must be read; the reason is logged.",
    NotYourReplica = FORBIDDEN "not_your_replica" "This device is not enrolled for you" "Enrol it, then send again. What is saved on it stays.",
    ReplicaRevoked = FORBIDDEN "replica_revoked" "This device was revoked" "Ask an administrator. What is saved on it stays.",
    ReplicaTaken = CONFLICT "replica_taken" "This replica is bound already" "Make another replica id and enrol again.",
    VaultTaken = CONFLICT "vault_taken" "This vault is bound already" "Make another vault id and enrol again.",
    NotFound = NOT_FOUND "not_found" "There is nothing here" "Check the address.",
    MethodNotAllowed = METHOD_NOT_ALLOWED "method_not_allowed" "This cannot be done here" "Use another method.",
    TooLarge = PAYLOAD_TOO_LARGE "too_large" "The request is too long" "Send half of it.",
    OperationTooLong = PAYLOAD_TOO_LARGE "operation_too_long" "One operation is too long" "An operation may have 64 KiB.",
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "unsupported_media_type" "The request is not JSON" "Send application/json.",
    Malformed = BAD_REQUEST "malformed" "The request cannot be read" "Send what the protocol describes.",
    UnsupportedProtocol = BAD_REQUEST "unsupported_protocol" "This protocol is not spoken here" "Update the app.",
    HashMismatch = BAD_REQUEST "hash_mismatch" "An operation does not have its hash" "Nothing was stored. Send it again as it was written.",
    NotContiguous = BAD_REQUEST "not_contiguous" "The operations of a stream have a gap" "Nothing was stored. Send them without a gap.",
    DuplicateStream = BAD_REQUEST "duplicate_stream" "A stream is named twice" "Nothing was stored. Name each stream once.",
    NameMissing = BAD_REQUEST "name_missing" "A name is missing" "Give the person and the team a name that can be read.",
    NameTaken = CONFLICT "name_taken" "Another team is called so" "Give the team another name, or choose the other team.",
    NotAtWork = CONFLICT "not_at_work" "They are on leave or have left" "Say that they work here first.",
    ChangedMeanwhile = CONFLICT "changed_meanwhile" "Somebody else has changed this" "Look again, then change what is still to be changed.",
    LastAdministrator = CONFLICT "last_administrator" "Nobody would look after Heard any more" "Make somebody else an administrator first.",
    TooMany = TOO_MANY_REQUESTS "too_many" "This was asked for too often" "Wait a moment. What is saved on this device stays.",
    StoreBusy = SERVICE_UNAVAILABLE "store_busy" "Others are writing at the same time" "Send again in a moment.",
    StoreThrottled = SERVICE_UNAVAILABLE "store_throttled" "Too much is asked of the store" "Send again in a while. What is saved on this device stays.",
    StoreMissing = SERVICE_UNAVAILABLE "store_missing" "The store is not set up" "Tell whoever runs Heard. What is saved on this device stays.",
    StoreDenied = SERVICE_UNAVAILABLE "store_denied" "The server may not use its store" "Tell whoever runs Heard. What is saved on this device stays.",
    StoreRefused = INTERNAL_SERVER_ERROR "store_refused" "The store will not take this" "Tell whoever runs Heard. What is saved on this device stays.",
    StoreUnavailable = SERVICE_UNAVAILABLE "store_unavailable" "The store cannot be reached" "Send again later. What is saved on this device stays.",
}

impl Problem {
    /// How many seconds to wait before trying again, where trying again helps.
    fn retry_after(self) -> Option<&'static str> {
        match self {
            Problem::StoreBusy => Some("1"),
            Problem::TooMany => Some("60"),
            Problem::StoreUnavailable | Problem::StoreThrottled => Some("5"),
            // Somebody has to put it right first.
            Problem::StoreMissing | Problem::StoreDenied | Problem::StoreRefused => Some("60"),
            _ => None,
        }
    }
}

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(seconds) = self.retry_after() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        // The cause names files, SQL and error codes, never what is stored: it is for the operator only.
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        tracing::error!(%error, cause, "the store failed");
        match error {
            StoreError::Busy => Problem::StoreBusy,
            StoreError::Throttled(_) => Problem::StoreThrottled,
            StoreError::Missing(_) => Problem::StoreMissing,
            StoreError::Denied(_) => Problem::StoreDenied,
            StoreError::Refused(_) | StoreError::TooWide { .. } => Problem::StoreRefused,
            StoreError::Unavailable(_) | StoreError::Corrupt(_) | StoreError::TooNew { .. } => {
                Problem::StoreUnavailable
            }
        }
    }
}

impl From<NotBound> for Problem {
    fn from(error: NotBound) -> Problem {
        match error {
            NotBound::Unknown => Problem::NotYourReplica,
            NotBound::Revoked => Problem::ReplicaRevoked,
            NotBound::Store(error) => error.into(),
        }
    }
}

impl From<PushError> for Problem {
    fn from(error: PushError) -> Problem {
        match error {
            PushError::NotBound(error) => error.into(),
            PushError::HashMismatch => Problem::HashMismatch,
            PushError::OperationTooLong => Problem::OperationTooLong,
            PushError::NotContiguous => Problem::NotContiguous,
            PushError::DuplicateStream => Problem::DuplicateStream,
            PushError::Busy => Problem::StoreBusy,
            PushError::Store(error) => error.into(),
        }
    }
}

impl From<PullError> for Problem {
    fn from(error: PullError) -> Problem {
        match error {
            PullError::NotBound(error) => error.into(),
            PullError::Store(error) => error.into(),
        }
    }
}

impl From<DoublesError> for Problem {
    fn from(error: DoublesError) -> Problem {
        match error {
            DoublesError::NotAllowed => Problem::NotAllowed,
            DoublesError::Store(error) => error.into(),
        }
    }
}

impl From<SamplingError> for Problem {
    fn from(error: SamplingError) -> Problem {
        match error {
            SamplingError::NotAllowed => Problem::NotAllowed,
            SamplingError::Store(error) => error.into(),
        }
    }
}

impl From<FindingError> for Problem {
    fn from(error: FindingError) -> Problem {
        match error {
            FindingError::NotAllowed => Problem::NotAllowed,
            FindingError::Nothing => Problem::Malformed,
            FindingError::Store(error) => error.into(),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Problem {
        match error {
            ReadError::ReasonRequired => Problem::ReasonRequired,
            ReadError::NotAllowed => Problem::NotAllowed,
            ReadError::Unknown => Problem::NotFound,
            ReadError::Store(error) => error.into(),
        }
    }
}

impl From<NotEnrolled> for Problem {
    fn from(error: NotEnrolled) -> Problem {
        match error {
            NotEnrolled::SignInAgain => Problem::SignInAgain,
            NotEnrolled::Refused(error) => error.into(),
        }
    }
}

impl From<EnrolError> for Problem {
    fn from(error: EnrolError) -> Problem {
        match error {
            EnrolError::ReplicaTaken => Problem::ReplicaTaken,
            EnrolError::VaultTaken => Problem::VaultTaken,
            EnrolError::Revoked => Problem::ReplicaRevoked,
            EnrolError::Store(error) => error.into(),
        }
    }
}

impl From<EscrowError> for Problem {
    fn from(error: EscrowError) -> Problem {
        match error {
            EscrowError::Unknown => Problem::NotFound,
            EscrowError::Revoked => Problem::ReplicaRevoked,
            EscrowError::SignInAgain => Problem::SignInAgain,
            EscrowError::Store(error) => error.into(),
        }
    }
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Problem {
        match error {
            SessionError::SignedOut => Problem::SignedOut,
            SessionError::Store(error) => error.into(),
        }
    }
}

impl From<StaffingError> for Problem {
    fn from(error: StaffingError) -> Problem {
        match error {
            StaffingError::NotAllowed => Problem::NotAllowed,
            StaffingError::NoName => Problem::NameMissing,
            StaffingError::NameTaken => Problem::NameTaken,
            StaffingError::Unknown => Problem::NotFound,
            StaffingError::NotAtWork => Problem::NotAtWork,
            StaffingError::ChangedMeanwhile => Problem::ChangedMeanwhile,
            StaffingError::LastAdministrator => Problem::LastAdministrator,
            StaffingError::Store(error) => error.into(),
        }
    }
}

impl From<DevicesError> for Problem {
    fn from(error: DevicesError) -> Problem {
        match error {
            DevicesError::NotAllowed => Problem::NotAllowed,
            DevicesError::Unknown => Problem::NotFound,
            DevicesError::Store(error) => error.into(),
        }
    }
}

impl From<WatchingError> for Problem {
    fn from(error: WatchingError) -> Problem {
        match error {
            WatchingError::NotAllowed => Problem::NotAllowed,
            WatchingError::NoPlace => Problem::Malformed,
            WatchingError::Store(error) => error.into(),
        }
    }
}

impl From<LimitError> for Problem {
    fn from(error: LimitError) -> Problem {
        match error {
            LimitError::TooMany { .. } => Problem::TooMany,
            LimitError::Store(error) => error.into(),
        }
    }
}

impl From<DemoError> for Problem {
    fn from(error: DemoError) -> Problem {
        match error {
            DemoError::NotADemo => Problem::NotFound,
            DemoError::Store(error) => error.into(),
        }
    }
}
