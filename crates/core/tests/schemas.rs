//! The JSON Schemas that are committed beside the plans: fresh, whole, and true of the plans.

use std::collections::BTreeSet;
use std::fs;

use logframe::diagnostic::json::{FileJson, FindingsJson};
use logframe::{Plan, Source};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::plans::{iom, path, proposal, read, teaching};
use crate::round_trip::drafts;

/// Compares a committed schema with what the nouns give; `UPDATE=1` rewrites it.
fn assert_fresh(name: &str, schema: &Value) {
    let path = path("plans").join(name);
    let generated = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        fs::write(&path, &generated).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "plans/{name} is not what the nouns give: run the tests with UPDATE=1 and commit it");
}

/// Keywords that need no look of their own here.
const HARMLESS: [&str; 13] = [
    "const",
    "type",
    "additionalProperties",
    "pattern",
    "description",
    "title",
    "format",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "$defs",
    "$schema",
];

/// Says why a value is not what a schema wants, by the keywords that the two schemas use, and notes which keys were met.
struct Validator<'s> {
    root: &'s Value,
    met: BTreeSet<(String, String)>,
}

type Checked = Result<(), String>;

impl<'s> Validator<'s> {
    fn new(root: &'s Value) -> Self {
        Self { root, met: BTreeSet::new() }
    }

    /// `noun` is the definition that the schema belongs to.
    fn check(&mut self, schema: &'s Value, noun: &str, value: &Value) -> Checked {
        for (keyword, wanted) in schema.as_object().unwrap() {
            match keyword.as_str() {
                "$ref" => {
                    let pointer = wanted.as_str().unwrap();
                    let noun = pointer.rsplit('/').next().unwrap();
                    self.check(self.root.pointer(&pointer[1..]).unwrap(), noun, value)?;
                }
                "anyOf" | "oneOf" => self.any(wanted.as_array().unwrap(), noun, value)?,
                "const" if value != wanted => return Err(format!("{value} is not {wanted}")),
                "type" if !is_type(wanted, value) => return Err(format!("{value} is no {wanted}")),
                "items" => value.as_array().into_iter().flatten().try_for_each(|item| self.check(wanted, noun, item))?,
                "properties" => self.table(schema, noun, value)?,
                "additionalProperties" if schema.get("properties").is_none() => {
                    value.as_object().into_iter().flatten().try_for_each(|(_, value)| self.check(wanted, noun, value))?;
                }
                "required" => {
                    let is_missing = |key: &&Value| value.as_object().is_some_and(|v| !v.contains_key(key.as_str().unwrap()));
                    if let Some(key) = wanted.as_array().unwrap().iter().find(is_missing) {
                        return Err(format!("{key} is missing in {value}"));
                    }
                }
                other if HARMLESS.contains(&other) => {}
                other => return Err(format!("the test does not know the keyword {other}")),
            }
        }
        Ok(())
    }

    fn any(&mut self, schemas: &'s [Value], noun: &str, value: &Value) -> Checked {
        let tried: Vec<_> = schemas.iter().map(|schema| self.check(schema, noun, value)).collect();
        if tried.iter().any(Result::is_ok) { Ok(()) } else { Err(format!("none fits: {tried:?}")) }
    }

    fn table(&mut self, schema: &'s Value, noun: &str, value: &Value) -> Checked {
        for (key, value) in value.as_object().into_iter().flatten() {
            match schema["properties"].get(key) {
                Some(property) => self.check(property, noun, value).map_err(|why| format!("{key}: {why}"))?,
                None if schema["additionalProperties"] == false => return Err(format!("{key} is not known")),
                None => {}
            }
            self.met.insert((noun.to_owned(), key.clone()));
        }
        Ok(())
    }
}

fn is_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        other => other == "null" && value.is_null(),
    };
    wanted.as_array().map_or_else(|| is(wanted), |names| names.iter().any(is))
}

fn validate(schema: &Value, value: &Value) -> Result<BTreeSet<(String, String)>, String> {
    let mut validator = Validator::new(schema);
    validator.check(schema, "the file", value)?;
    Ok(validator.met)
}

/// A TOML text as JSON, as an editor sees it: dates are texts, numbers are numbers.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Table(entries) => entries.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
        toml::Value::Array(items) => items.iter().map(as_json).collect(),
        toml::Value::Datetime(date) => date.to_string().into(),
        scalar => serde_json::to_value(scalar).unwrap(),
    }
}

/// Every table with fixed keys, under the name of its definition.
fn tables(schema: &Value, noun: &str, found: &mut Vec<(String, Map<String, Value>)>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    found.extend(properties.map(|properties| (noun.to_owned(), properties.clone())));
    for part in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
        tables(part, noun, found);
    }
    for (noun, definition) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
        tables(definition, noun, found);
    }
}

fn all_tables(schema: &Value) -> Vec<(String, Map<String, Value>)> {
    let mut found = Vec::new();
    tables(schema, "the file", &mut found);
    found
}

#[test]
fn the_schema_of_plans_is_fresh() {
    assert_fresh("plan.schema.json", &logframe::schema());
}

#[test]
fn the_schema_of_findings_is_fresh() {
    assert_fresh("findings.schema.json", &logframe::findings_schema());
}

#[test]
fn every_key_is_described() {
    for schema in [logframe::schema(), logframe::findings_schema()] {
        for (noun, properties) in all_tables(&schema) {
            for (key, property) in properties {
                let description = property["description"].as_str().unwrap_or_default();
                assert!(description.len() > 3 && !description.contains("crate::"), "{noun} / {key}: {description}");
            }
        }
    }
}

#[test]
fn every_plan_is_what_the_schema_says_in_toml_and_in_json() {
    let schema = logframe::schema();
    for source in [iom(), teaching(), proposal()] {
        let toml: toml::Value = source.text().parse::<toml::Table>().unwrap().into();
        validate(&schema, &as_json(&toml)).unwrap();
        validate(&schema, &serde_json::from_str(&read(&source).to_json()).unwrap()).unwrap();
    }
}

/// Every key of every table of the plan's schema.
fn known_keys(schema: &Value) -> BTreeSet<(String, String)> {
    let keys = all_tables(schema).into_iter().flat_map(|(noun, properties)| {
        properties.into_iter().map(move |(key, _)| (noun.clone(), key)).filter(|(_, key)| key != "$schema")
    });
    let known: BTreeSet<_> = keys.collect();
    assert!(known.len() > 90, "{}", known.len());
    known
}

#[test]
fn the_teaching_plan_and_the_example_of_a_proposal_use_every_key_of_every_table() {
    let schema = logframe::schema();
    let met = |source: Source| {
        let plan: toml::Value = source.text().parse::<toml::Table>().unwrap().into();
        validate(&schema, &as_json(&plan)).unwrap()
    };
    let mut met: BTreeSet<_> = met(teaching()).union(&met(proposal())).cloned().collect();
    // A plan that is one text has no table of lines beside it.
    met.extend(["file", "numbers"].map(|key| ("Lines".to_owned(), key.to_owned())));
    assert_eq!(known_keys(&schema).difference(&met).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
}

/// Also that the arbitrary plans of the round trip leave nothing out.
#[test]
fn arbitrary_plans_are_what_the_schema_says_and_use_every_key_of_it() {
    let schema = logframe::schema();
    let mut runner = TestRunner::deterministic();
    let mut met = BTreeSet::new();
    for _ in 0..100 {
        let plan = Plan::new(drafts::draft().new_tree(&mut runner).unwrap().current());
        met.extend(validate(&schema, &serde_json::from_str(&plan.to_json()).unwrap()).unwrap());
    }
    assert_eq!(known_keys(&schema).difference(&met).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
}

#[test]
fn the_schema_refuses_what_a_plan_cannot_say() {
    let schema = logframe::schema();
    let small = |key: &str, value: Value| {
        let mut plan = json!({ "format": 1, "plan": { "id": "a", "title": "A", "currency": "USD" } });
        plan[key] = value;
        plan
    };
    assert_eq!(validate(&schema, &small("format", json!(1))).err(), None);
    let refused = [
        ("format", json!(2)),
        ("plan", json!({ "id": "a" })),
        ("plan", json!({ "id": "a", "titel": "A", "title": "A", "currency": "USD" })),
        ("budget", json!({ "north": { "1": true } })),
        ("declared", json!([{ "where": "table", "total": { "text": "12" } }])),
        ("series", json!([{ "id": "a", "title": "A", "years": ["2015"] }])),
        ("exception", json!([{ "rule": "a", "reason": "b", "severity": "loud" }])),
    ];
    for (key, value) in refused {
        assert!(validate(&schema, &small(key, value.clone())).is_err(), "{key} = {value}");
    }
}

#[test]
fn findings_as_json_are_what_their_schema_says() {
    let source = iom();
    let bad = Source::new("bad.toml", "format = 1\n[plan]\nid = 8.10\n");
    let (findings, faults) = (read(&source).check().findings, Plan::parse(&bad).diagnostics);
    let files = vec![
        FileJson::new(source.name(), &findings, Some(&source)),
        FileJson::new(bad.name(), &faults, Some(&bad)),
        FileJson::new("built in code", &findings, None),
        FileJson::failed("missing.toml", "there is no such file"),
    ];
    let written = serde_json::to_value(FindingsJson::new(files)).unwrap();
    validate(&logframe::findings_schema(), &written).unwrap();
}
