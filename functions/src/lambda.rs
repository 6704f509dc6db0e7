//! The server as a function in the cloud: the API over DynamoDB, and one line of metrics a request.
//!
//! Everything is made before the first request, so that a cold start is paid for once. Files are not served here.

mod address;
mod metrics;
mod secrets;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::Origins;
use crate::app::App;
use crate::auth::{Provider, ProviderError, Settings, SettingsError};
use crate::clock::Clock;
use crate::server::cloud_router;
use crate::store::StoreError;
use crate::store::dynamodb::{ConnectError, Connection, DynamoStore};
pub use metrics::Line;
use metrics::Meters;

/// From where the app is served: `https://heard.example`.
const ORIGIN: &str = "HEARD_ORIGIN";
/// Which installation this is: the dimension of every metric.
const ENVIRONMENT: &str = "HEARD_ENVIRONMENT";

/// Why the function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The table cannot even be asked.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// Nobody could write: every origin would be a foreign one.
    #[error("no origin is named: set HEARD_ORIGIN to the address of the app")]
    NoOrigin,
    /// No alarm would hear of this function.
    #[error("no environment is named: set HEARD_ENVIRONMENT, to live for example")]
    NoEnvironment,
    /// The provider is set up by halves.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The provider cannot be asked.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the service of one function instance: `read` reads the environment, `print` takes a line of metrics.
///
/// # Errors
/// [`StartError`] says what is missing.
pub async fn service(
    read: impl Fn(&str) -> Option<String>,
    clock: Clock,
    print: impl Fn(Line) + Send + Sync + 'static,
) -> Result<Router, StartError> {
    let named = |name| read(name).filter(|value| !value.is_empty());
    let origin = named(ORIGIN).ok_or(StartError::NoOrigin)?;
    let environment = named(ENVIRONMENT).ok_or(StartError::NoEnvironment)?;
    let provider =
        Settings::of_environment(&read, |value| secrets::of(&read, value))?.map(Provider::new).transpose()?;
    let store = DynamoStore::open(&Connection::of_environment(read)?).await?;
    let meters = Meters::new(store.clone(), clock.clone(), environment, print);
    let app = App::new(Arc::new(store), clock, Origins::Only(origin)).await?.with_provider(provider);
    Ok(cloud_router(app).layer(from_fn(address::find)).layer(from_fn_with_state(meters, metrics::measure)))
}
