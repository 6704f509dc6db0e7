//! Requests to the provider: what is asked for is where it is said to be, answers in time, and is of a bounded length.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// A provider that has not answered by then is not there.
const TIMEOUT: Duration = Duration::from_secs(8);
/// No answer of a provider is longer, in bytes.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// Why a request to the provider failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// It could not be sent, or was not answered.
    #[error("it does not answer")]
    Sent(#[from] reqwest::Error),
    /// Nothing so long is asked for.
    #[error("its answer is too long")]
    TooLong,
    /// It is no answer in HTTP.
    #[error("its answer cannot be read")]
    Unreadable(#[from] openidconnect::http::Error),
}

/// What asks the provider.
pub(super) struct Http(reqwest::Client);

impl Http {
    pub(super) fn new() -> Result<Http, HttpError> {
        // Already chosen is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(TIMEOUT);
        Ok(Http(client.build()?))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut response = openidconnect::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await? {
            if body.len() + part.len() > LONGEST_ANSWER {
                return Err(HttpError::TooLong);
            }
            body.extend_from_slice(&part);
        }
        Ok(response.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
