//! What every handler works with.

use std::sync::Arc;

use crate::access_log::{AccessLog, Asked};
use crate::auth::Provider;
use crate::clock::Clock;
use crate::limits::{self, Limit, LimitError};
use crate::origins::Origins;
use crate::problem::Problem;
use crate::seal::Seal;
use crate::store::{Store, StoreError};

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Clock,
    /// What entries are sealed with.
    pub seal: Seal,
    /// From where the app may be served.
    pub origins: Origins,
    /// Who says who somebody is; none where nobody was named.
    pub provider: Option<Arc<Provider>>,
}

impl App {
    /// Makes the state over a store, whose first start makes its key.
    ///
    /// # Errors
    /// [`StoreError`] when the key cannot be read or made.
    pub async fn new(store: Arc<dyn Store>, clock: Clock, origins: Origins) -> Result<App, StoreError> {
        let seal = Seal::of(&*store).await?;
        Ok(App { store, clock, seal, origins, provider: None })
    }

    /// The same, where people sign in by this provider.
    pub fn with_provider(self, provider: Option<Provider>) -> App {
        App { provider: provider.map(Arc::new), ..self }
    }

    /// Makes sure that what is asked does not come too often from this person, device or address.
    ///
    /// # Errors
    /// [`Problem::TooMany`] until it may be asked again. Of those of one window the access log has the first.
    pub(crate) async fn admit(&self, limit: Limit, whose: impl ToString, asked: Asked) -> Result<(), Problem> {
        match limits::admit(&*self.store, &self.seal, limit, &whose.to_string(), asked.at).await {
            Err(LimitError::TooMany { first: true }) => {
                self.access_log().note(asked, [], &Err::<(), _>(Problem::TooMany)).await?;
                Err(Problem::TooMany)
            }
            admitted => Ok(admitted?),
        }
    }

    pub(crate) fn access_log(&self) -> AccessLog<'_> {
        AccessLog::new(&*self.store)
    }
}
