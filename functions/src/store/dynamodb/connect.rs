//! Reaching the table: where it is, who asks, and how long an answer may take.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

/// The variables that AWS sets in every function, and two of ours.
const REGION: &str = "AWS_REGION";
const ACCESS_KEY: &str = "AWS_ACCESS_KEY_ID";
const SECRET_KEY: &str = "AWS_SECRET_ACCESS_KEY";
const SESSION_TOKEN: &str = "AWS_SESSION_TOKEN";
const TABLE: &str = "HEARD_TABLE";
const ENDPOINT: &str = "HEARD_DYNAMODB";

/// What is called by an address of this machine gets these, never the keys to a real table.
const NOBODY: &str = "heard";
/// The region of what runs on this machine, where no other is given.
const NOWHERE: &str = "eu-west-2";

/// A request that has no answer after this long is sent again; the whole takes at most as long as a function may.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(3);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
const WHOLE_TIMEOUT: Duration = Duration::from_secs(10);
/// Making a table may take this long.
const TABLE_TIMEOUT: Duration = Duration::from_secs(60);
/// The first wait before a retry is up to a second by default: too long for somebody who waits for a page.
const FIRST_RETRY_WAIT: Duration = Duration::from_millis(50);
const ATTEMPTS: u32 = 3;

/// Why the table cannot even be asked.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No table was named.
    #[error("no table is named: set HEARD_TABLE")]
    NoTable,
    /// What is sent would be read on the way.
    #[error("{ENDPOINT} is neither on this machine nor encrypted: give an address that begins with https://")]
    NotEncrypted,
    /// No region was named.
    #[error("no region is named: set AWS_REGION")]
    NoRegion,
    /// There are no keys to sign requests with.
    #[error("there are no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set")]
    NoCredentials,
}

/// Where a table is, and who asks for it.
#[derive(Clone)]
pub struct Connection {
    table: String,
    endpoint: Option<String>,
    region: String,
    credentials: Credentials,
    retry: RetryConfig,
}

impl Connection {
    /// Reads what the environment says: `HEARD_TABLE`, `HEARD_DYNAMODB` for an endpoint that is not AWS's, and what AWS
    /// sets in every function. A function's keys last as long as the function's own process.
    ///
    /// # Errors
    /// [`ConnectError`] says what is missing.
    pub fn of_environment(read: impl Fn(&str) -> Option<String>) -> Result<Connection, ConnectError> {
        let read = |name| read(name).filter(|value| !value.is_empty());
        let table = read(TABLE).ok_or(ConnectError::NoTable)?;
        if let Some(endpoint) = read(ENDPOINT).filter(|endpoint| is_loopback(endpoint)) {
            return Ok(Connection::local(&endpoint, &table));
        }
        if read(ENDPOINT).is_some_and(|endpoint| !endpoint.starts_with("https://")) {
            return Err(ConnectError::NotEncrypted);
        }
        let region = read(REGION).ok_or(ConnectError::NoRegion)?;
        let (Some(access), Some(secret)) = (read(ACCESS_KEY), read(SECRET_KEY)) else {
            return Err(ConnectError::NoCredentials);
        };
        Ok(Connection {
            table,
            endpoint: read(ENDPOINT),
            region,
            credentials: Credentials::new(access, secret, read(SESSION_TOKEN), None, "environment"),
            retry: RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_RETRY_WAIT),
        })
    }

    /// A table of a DynamoDB that runs on this machine.
    pub fn local(endpoint: &str, table: &str) -> Connection {
        Connection {
            table: table.to_owned(),
            endpoint: Some(endpoint.to_owned()),
            region: NOWHERE.to_owned(),
            credentials: Credentials::new(NOBODY, NOBODY, None, None, "local"),
            retry: RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_RETRY_WAIT),
        }
    }

    /// The same, with every failure told at once.
    pub fn without_retry(mut self) -> Connection {
        self.retry = RetryConfig::disabled();
        self
    }

    pub(super) fn table(&self) -> &str {
        &self.table
    }

    /// Makes the client. Nothing is sent yet.
    pub(super) fn client(&self) -> Client {
        self.client_with(self.retry.clone(), ATTEMPT_TIMEOUT, WHOLE_TIMEOUT)
    }

    /// Makes a client that asks once and waits for it: a table that is asked for twice is found to be there already, and
    /// would be taken for somebody else's.
    pub(super) fn client_that_asks_once(&self) -> Client {
        self.client_with(RetryConfig::disabled(), TABLE_TIMEOUT, TABLE_TIMEOUT)
    }

    fn client_with(&self, retry: RetryConfig, attempt: Duration, whole: Duration) -> Client {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .operation_attempt_timeout(attempt)
            .operation_timeout(whole)
            .build();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https())
            .region(Region::new(self.region.clone()))
            .credentials_provider(self.credentials.clone())
            .timeout_config(timeouts)
            .retry_config(retry);
        Client::from_conf(match &self.endpoint {
            Some(endpoint) => config.endpoint_url(endpoint).build(),
            None => config.build(),
        })
    }
}

/// Whether an endpoint is on this machine.
pub fn is_loopback(endpoint: &str) -> bool {
    let Some(authority) = endpoint.strip_prefix("http://").map(|rest| rest.split('/').next().unwrap_or_default())
    else {
        return false;
    };
    let name = authority.rsplit_once(':').map_or(authority, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(variables: &[(&str, &str)]) -> Result<Connection, ConnectError> {
        let variables: Vec<(String, String)> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Connection::of_environment(|name| {
            variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        })
    }

    const CLOUD: [(&str, &str); 4] = [(TABLE, "heard"), (REGION, "eu-west-2"), (ACCESS_KEY, "A"), (SECRET_KEY, "S")];

    #[test]
    fn what_is_missing_is_named() {
        assert!(connection(&CLOUD).is_ok());
        assert!(matches!(connection(&CLOUD[1..]), Err(ConnectError::NoTable)));
        assert!(matches!(connection(&[CLOUD[0], CLOUD[2], CLOUD[3]]), Err(ConnectError::NoRegion)));
        assert!(matches!(connection(&CLOUD[..3]), Err(ConnectError::NoCredentials)));
        assert!(matches!(
            connection(&[CLOUD[0], CLOUD[1], (ACCESS_KEY, ""), CLOUD[3]]),
            Err(ConnectError::NoCredentials)
        ));
    }

    #[test]
    fn real_keys_are_never_shown_to_something_on_this_machine() {
        let mut variables = CLOUD.to_vec();
        variables.push((ENDPOINT, "http://127.0.0.1:8000"));
        assert_eq!(connection(&variables).unwrap().credentials.access_key_id(), NOBODY);
        variables.pop();
        variables.push((ENDPOINT, "https://vpce-1.dynamodb.eu-west-2.vpce.amazonaws.com"));
        let elsewhere = connection(&variables).unwrap();
        assert_eq!((elsewhere.credentials.access_key_id(), elsewhere.endpoint.is_some()), ("A", true));
    }

    #[test]
    fn nothing_is_sent_unencrypted_to_another_machine() {
        for endpoint in ["http://10.0.0.1:8000", "http://127.0.0.1.example:8000", "dynamodb.example"] {
            let mut variables = CLOUD.to_vec();
            variables.push((ENDPOINT, endpoint));
            assert!(matches!(connection(&variables), Err(ConnectError::NotEncrypted)), "{endpoint}");
        }
    }

    #[test]
    fn this_machine_is_told_by_its_addresses() {
        for here in ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000/"] {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in ["https://127.0.0.1.example", "http://127.0.0.1.example:8000", "http://10.0.0.1:8000", ""] {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }
}
