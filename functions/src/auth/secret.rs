//! What proves to the provider who asks: kept in a secrets store, or given.

use async_trait::async_trait;

/// A secret could not be read.
#[derive(Debug, thiserror::Error)]
#[error("a secret cannot be read")]
pub struct SecretError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Where a secret is kept.
#[async_trait]
pub trait Secret: Send + Sync {
    /// Reads it as it is now: whoever replaces it need not start anything again.
    async fn read(&self) -> Result<String, SecretError>;
}

/// A secret that was given at the start.
pub struct Given(pub String);

#[async_trait]
impl Secret for Given {
    async fn read(&self) -> Result<String, SecretError> {
        Ok(self.0.clone())
    }
}
