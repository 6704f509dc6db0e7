//! Secrets in the cloud: what the environment says of one is the name under which AWS Secrets Manager keeps it.

use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::{BehaviorVersion, Config, Credentials, Region};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

use crate::auth::{Given, Secret, SecretError};

/// What a secret's name begins with there.
const ARN: &str = "arn:";

/// A secret by its name there, or one that is given as it is: for trying out.
pub(super) fn of(read: &impl Fn(&str) -> Option<String>, value: String) -> Arc<dyn Secret> {
    if !value.starts_with(ARN) {
        return Arc::new(Given(value));
    }
    Arc::new(Kept { client: client(read), arn: value })
}

/// The variables are those that AWS sets in every function.
fn client(read: &impl Fn(&str) -> Option<String>) -> Client {
    let named = |name| read(name).unwrap_or_default();
    let (access, secret) = (named("AWS_ACCESS_KEY_ID"), named("AWS_SECRET_ACCESS_KEY"));
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https())
        .region(Region::new(named("AWS_REGION")))
        .credentials_provider(Credentials::new(access, secret, read("AWS_SESSION_TOKEN"), None, "environment"));
    Client::from_conf(config.build())
}

/// A secret that Secrets Manager keeps. It is read at each sign-in: there are few, and whoever replaces it need not
/// start anything again.
struct Kept {
    client: Client,
    arn: String,
}

#[async_trait]
impl Secret for Kept {
    async fn read(&self) -> Result<String, SecretError> {
        let answer = self.client.get_secret_value().secret_id(&self.arn).send().await;
        let answer = answer.map_err(|error| SecretError(Box::new(error)))?;
        answer.secret_string.ok_or_else(|| SecretError("it is no text".into()))
    }
}
