//! A table on DynamoDB Local, as its administrator sees it: whole.

use std::collections::HashMap;
use std::io::Read;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use functions::store::dynamodb::{Connection, DynamoStore};

/// Everything in a table.
pub(crate) type Items = Vec<HashMap<String, AttributeValue>>;

pub(crate) struct Table {
    client: Client,
    name: String,
}

impl Table {
    pub(crate) async fn fresh() -> (Table, DynamoStore) {
        let endpoint =
            std::env::var("HEARD_DYNAMODB").expect("`cargo xtask test` starts DynamoDB Local and says where");
        let name = format!("heard-{}", uuid::Uuid::new_v4());
        let store = DynamoStore::create(&Connection::local(&endpoint, &name)).await.unwrap();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .region(Region::new("eu-west-2"))
            .credentials_provider(Credentials::new("heard", "heard", None, None, "local"))
            .endpoint_url(endpoint);
        (Table { client: Client::from_conf(config.build()), name }, store)
    }

    pub(crate) async fn items(&self) -> Items {
        let pages = self.client.scan().table_name(&self.name).consistent_read(true).into_paginator();
        pages.items().send().collect::<Result<_, _>>().await.unwrap()
    }

    pub(crate) async fn fill(&self, items: &Items) {
        for item in items {
            self.client.put_item().table_name(&self.name).set_item(Some(item.clone())).send().await.unwrap();
        }
    }
}

/// What is written in items, packed and unpacked.
pub(crate) fn bytes(items: &Items) -> Vec<u8> {
    let mut all = Vec::new();
    for value in items.iter().flat_map(HashMap::values) {
        match value {
            AttributeValue::S(text) => all.extend(text.as_bytes()),
            AttributeValue::B(bytes) => {
                all.extend(bytes.as_ref());
                // What is not packed has been taken as it is.
                let _ = flate2::read::GzDecoder::new(bytes.as_ref()).read_to_end(&mut all);
            }
            _ => {}
        }
    }
    all
}
