//! What the SDK's errors mean here. Only codes are kept: a message may repeat what was sent.

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;

use crate::store::{AppendError, StoreError};

/// What the operator hears of a failure.
#[derive(Debug, thiserror::Error)]
#[error("{operation}: {what}")]
pub(super) struct Failure {
    operation: &'static str,
    what: String,
}

/// Why a transaction did not happen.
#[derive(Debug, thiserror::Error)]
pub(super) enum TransactError {
    /// A condition was not met, or others write to the same items: read again.
    #[error("the items have moved on")]
    Conflict,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl TransactError {
    /// Where trying again is left to whoever asked.
    pub(super) fn or_busy(self) -> StoreError {
        match self {
            TransactError::Conflict => StoreError::Busy,
            TransactError::Store(error) => error,
        }
    }
}

impl From<TransactError> for AppendError {
    fn from(error: TransactError) -> AppendError {
        match error {
            TransactError::Conflict => AppendError::Conflict,
            TransactError::Store(error) => error.into(),
        }
    }
}

/// What an error code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Missing,
    Denied,
    Throttled,
    Busy,
    Unavailable,
    Refused,
}

/// The codes of service errors, and of the reasons for which transactions are cancelled. What is not listed is decided
/// by its HTTP status.
const CODES: [(&str, Meaning); 21] = [
    ("ResourceNotFoundException", Meaning::Missing),
    ("ProvisionedThroughputExceededException", Meaning::Throttled),
    ("ProvisionedThroughputExceeded", Meaning::Throttled),
    ("RequestLimitExceeded", Meaning::Throttled),
    ("ThrottlingException", Meaning::Throttled),
    ("ThrottlingError", Meaning::Throttled),
    ("TransactionConflictException", Meaning::Busy),
    ("AccessDeniedException", Meaning::Denied),
    ("UnrecognizedClientException", Meaning::Denied),
    ("InvalidSignatureException", Meaning::Denied),
    ("IncompleteSignatureException", Meaning::Denied),
    ("MissingAuthenticationTokenException", Meaning::Denied),
    ("InvalidClientTokenId", Meaning::Denied),
    ("ExpiredTokenException", Meaning::Denied),
    ("ValidationException", Meaning::Refused),
    ("ValidationError", Meaning::Refused),
    ("ItemCollectionSizeLimitExceeded", Meaning::Refused),
    ("SerializationException", Meaning::Refused),
    ("InternalServerError", Meaning::Unavailable),
    ("InternalFailure", Meaning::Unavailable),
    ("ServiceUnavailable", Meaning::Unavailable),
];

/// Reads any error of the SDK.
pub(super) fn failed<E>(operation: &'static str, error: SdkError<E, HttpResponse>) -> StoreError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let (meaning, what) = match &error {
        SdkError::ServiceError(service) => {
            let code = service.err().code().unwrap_or("no code");
            let status = service.raw().status().as_u16();
            (meaning(code, status), format!("{code} ({status})"))
        }
        SdkError::TimeoutError(_) => (Meaning::Unavailable, "no answer in time".to_owned()),
        SdkError::ResponseError(response) => {
            (Meaning::Unavailable, format!("an unreadable answer ({})", response.raw().status().as_u16()))
        }
        // Nothing has come back yet: this names the address at most.
        SdkError::DispatchFailure(_) => (Meaning::Unavailable, DisplayErrorContext(&error).to_string()),
        _ => (Meaning::Refused, "the request could not be made".to_owned()),
    };
    meant(meaning, Failure { operation, what })
}

/// Reads the error of a transaction: the first reason that says more than "another one failed" decides, a failed
/// condition before all others.
pub(super) fn not_transacted(error: SdkError<TransactWriteItemsError, HttpResponse>) -> TransactError {
    const OPERATION: &str = "TransactWriteItems";
    let reasons: Vec<String> = match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            let codes = cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code());
            codes.filter(|code| *code != "None").map(str::to_owned).collect()
        }
        // The SDK sent the same transaction again while the first was under way, or DynamoDB Local mistook one token
        // for another. What holds was not told: reading again tells it.
        Some(
            TransactWriteItemsError::TransactionInProgressException(_)
            | TransactWriteItemsError::IdempotentParameterMismatchException(_),
        ) => return TransactError::Conflict,
        _ => return failed(OPERATION, error).into(),
    };
    if reasons.iter().any(|code| matches!(code.as_str(), "ConditionalCheckFailed" | "TransactionConflict")) {
        return TransactError::Conflict;
    }
    let code = reasons.first().map_or("no reason", String::as_str);
    meant(meaning(code, 400), Failure { operation: OPERATION, what: code.to_owned() }).into()
}

fn meaning(code: &str, status: u16) -> Meaning {
    let listed = CODES.iter().find(|(listed, _)| *listed == code).map(|(_, meaning)| *meaning);
    // Beyond 499 it is down; below 400 it is no answer of DynamoDB at all.
    listed.unwrap_or(if (400..500).contains(&status) { Meaning::Refused } else { Meaning::Unavailable })
}

fn meant(meaning: Meaning, failure: Failure) -> StoreError {
    let failure = Box::new(failure);
    match meaning {
        Meaning::Missing => StoreError::Missing(failure),
        Meaning::Denied => StoreError::Denied(failure),
        Meaning::Throttled => StoreError::Throttled(failure),
        Meaning::Busy => StoreError::Busy,
        Meaning::Unavailable => StoreError::Unavailable(failure),
        Meaning::Refused => StoreError::Refused(failure),
    }
}
