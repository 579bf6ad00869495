//! The JSON Schema of the plan file, generated from the nouns themselves: the only place that asks `schemars` for one.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::FORMAT;
use crate::diagnostic::json::FindingsJson;
use crate::plan::Draft;

/// The JSON Schema (draft 2020-12) of a plan file, in TOML or JSON. Editors that know it complete and explain every key.
///
/// ```
/// let schema = logframe::schema();
/// assert_eq!(schema["properties"]["format"]["const"], 1);
/// ```
pub fn schema() -> Value {
    let mut schema = of::<Draft>(&SchemaSettings::draft2020_12());
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let description = "The version of the plan format.";
        properties.insert("format".into(), json!({ "const": FORMAT, "description": description }));
        properties.insert("$schema".into(), json!({ "type": "string", "description": "Where this schema is, in a JSON plan." }));
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.insert(0, "format".into());
    }
    schema
}

/// The JSON Schema of what `check --format json` prints.
pub fn findings_schema() -> Value {
    // They are only ever written: what is left out when it is empty is not required.
    of::<FindingsJson>(&SchemaSettings::draft2020_12().for_serialize())
}

fn of<T: JsonSchema>(settings: &SchemaSettings) -> Value {
    settings.clone().into_generator().into_root_schema_for::<T>().to_value()
}
