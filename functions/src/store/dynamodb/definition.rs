//! The table as the SAM template declares it, so that what tests and demonstrations make is what is deployed.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, TimeToLiveSpecification,
};
use saphyr::{LoadableYamlNode, Yaml};

use super::failure::failed;
use crate::store::StoreError;

/// The template of this repository.
pub const TEMPLATE: &str = include_str!("../../../../infra/template.yaml");

/// The template does not declare the table as it must.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It is no YAML.
    #[error("the template cannot be read")]
    NotYaml(#[from] saphyr::ScanError),
    /// Something is missing or of another type.
    #[error("the template's table has no {0}")]
    Missing(&'static str),
}

/// Why a table was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// There is one of this name.
    #[error("there is a table of this name already")]
    Exists,
    /// The template does not say how.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A new table is there after at most this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Keys and expiry of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    attributes: Vec<(String, String)>,
    keys: Vec<(String, String)>,
    expires: String,
}

impl Definition {
    /// Reads the resource `Table`. CloudFormation's own tags (`!Ref`, `!Sub`) may stand anywhere else.
    ///
    /// # Errors
    /// [`TemplateError`] says what is missing.
    pub fn of_template(template: &str) -> Result<Definition, TemplateError> {
        let documents = Yaml::load_from_str(template)?;
        let mut table = documents.first().ok_or(TemplateError::Missing("document"))?;
        for name in ["Resources", "Table", "Properties"] {
            table = table.as_mapping_get(name).ok_or(TemplateError::Missing(name))?;
        }
        let expiry = table.as_mapping_get("TimeToLiveSpecification");
        Ok(Definition {
            attributes: pairs(table, "AttributeDefinitions", "AttributeType")?,
            keys: pairs(table, "KeySchema", "KeyType")?,
            expires: expiry.and_then(|expiry| text(expiry, "AttributeName")).ok_or(TemplateError::Missing("expiry"))?,
        })
    }
}

/// Makes the table and waits until it can be used.
pub(super) async fn create(client: &Client, name: &str, definition: &Definition) -> Result<(), CreateError> {
    let mut request = client.create_table().table_name(name).billing_mode(BillingMode::PayPerRequest);
    // The builders below are given all that they require.
    const COMPLETE: &str = "name and type are given";
    for (attribute, kind) in &definition.attributes {
        let kind = ScalarAttributeType::from(kind.as_str());
        let attribute = AttributeDefinition::builder().attribute_name(attribute).attribute_type(kind);
        request = request.attribute_definitions(attribute.build().expect(COMPLETE));
    }
    for (attribute, kind) in &definition.keys {
        let kind = KeyType::from(kind.as_str());
        let key = KeySchemaElement::builder().attribute_name(attribute).key_type(kind);
        request = request.key_schema(key.build().expect(COMPLETE));
    }
    request.send().await.map_err(|error| match error.as_service_error() {
        Some(CreateTableError::ResourceInUseException(_)) => CreateError::Exists,
        _ => failed("CreateTable", error).into(),
    })?;
    let there = client.wait_until_table_exists().table_name(name).wait(PATIENCE).await;
    there.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    let expiry = TimeToLiveSpecification::builder().attribute_name(&definition.expires).enabled(true);
    client
        .update_time_to_live()
        .table_name(name)
        .time_to_live_specification(expiry.build().expect(COMPLETE))
        .send()
        .await
        .map_err(|error| failed("UpdateTimeToLive", error))?;
    Ok(())
}

fn pairs(table: &Yaml<'_>, list: &'static str, value: &str) -> Result<Vec<(String, String)>, TemplateError> {
    let missing = TemplateError::Missing(list);
    let elements = table.as_mapping_get(list).and_then(Yaml::as_vec);
    let pairs = elements.and_then(|elements| {
        elements.iter().map(|element| Some((text(element, "AttributeName")?, text(element, value)?))).collect()
    });
    pairs.ok_or(missing)
}

fn text(mapping: &Yaml<'_>, key: &str) -> Option<String> {
    mapping.as_mapping_get(key)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_declares_the_table_that_the_store_is_written_for() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = Definition {
            attributes: vec![pair("PK", "S"), pair("SK", "S")],
            keys: vec![pair("PK", "HASH"), pair("SK", "RANGE")],
            expires: "ttl".into(),
        };
        assert_eq!(Definition::of_template(TEMPLATE).unwrap(), expected);
    }

    #[test]
    fn tags_of_cloudformation_do_no_harm() {
        let tagged = TEMPLATE.replacen("Properties:", "Properties:\n      TableName: !Sub \"${AWS::StackName}-x\"", 1);
        assert_eq!(Definition::of_template(&tagged).unwrap(), Definition::of_template(TEMPLATE).unwrap());
    }

    #[test]
    fn a_template_without_such_a_table_is_told_so() {
        assert!(matches!(Definition::of_template("a: ["), Err(TemplateError::NotYaml(_))));
        for (template, what) in [
            ("", "document"),
            ("Transform: x", "Resources"),
            ("Resources: {Bucket: {}}", "Table"),
            ("Resources: {Table: {Properties: {}}}", "AttributeDefinitions"),
        ] {
            let missing = Definition::of_template(template);
            assert!(matches!(missing, Err(TemplateError::Missing(found)) if found == what), "{what}: {missing:?}");
        }
    }
}
