//! `datapackage.json`: what the tables of a package are, by the specifications Data Package and Table Schema, version 1.

use logframe::Plan;
use serde::Serialize;

use super::sheet::{Field, Reference, Resource};

#[derive(Serialize)]
struct Descriptor<'p> {
    profile: &'static str,
    name: String,
    title: &'p str,
    description: String,
    /// What the specification has no word for.
    plan: About<'p>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Origin<'p>>,
    resources: Vec<Described<'p>>,
}

#[derive(Serialize)]
struct About<'p> {
    id: &'p str,
    currency: &'p str,
}

#[derive(Serialize)]
struct Origin<'p> {
    title: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'p str>,
}

#[derive(Serialize)]
struct Described<'p> {
    profile: &'static str,
    name: &'static str,
    path: String,
    title: &'p str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    dialect: Dialect,
    schema: Schema<'p>,
}

/// How the CSV is written. Every word of it is the specification's default; a reader that guesses need not.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: &'static str,
    line_terminator: &'static str,
    quote_char: &'static str,
    double_quote: bool,
    skip_initial_space: bool,
    header: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema<'p> {
    fields: Vec<Column<'p>>,
    missing_values: [&'static str; 1],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    primary_key: &'p [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct Column<'p> {
    name: &'p str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Serialize)]
struct Constraints {
    r#enum: &'static [&'static str],
}

#[derive(Serialize)]
struct ForeignKey {
    fields: [&'static str; 1],
    reference: Referred,
}

#[derive(Serialize)]
struct Referred {
    resource: &'static str,
    fields: [&'static str; 1],
}

/// The text of `datapackage.json`.
pub fn descriptor(plan: &Plan, resources: &[Resource]) -> String {
    let header = &plan.header;
    let document = header.document.iter();
    let descriptor = Descriptor {
        profile: "tabular-data-package",
        name: url_name(&header.id),
        title: &header.title,
        description: description(plan),
        plan: About { id: &header.id, currency: &header.currency },
        sources: document.map(|document| Origin { title: &document.title, path: web(document.url.as_deref()) }).collect(),
        resources: resources.iter().map(|resource| described(resource, resources)).collect(),
    };
    // Texts and lists can always be written.
    serde_json::to_string_pretty(&descriptor).unwrap_or_default() + "\n"
}

/// An id as the specification allows names: small letters, digits, and a few signs.
fn url_name(id: &str) -> String {
    let allowed = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-');
    id.to_lowercase().chars().map(|c| if allowed(c) { c } else { '-' }).collect()
}

/// An address on the web; the path of a source may be nothing else that a plan can say.
fn web(url: Option<&str>) -> Option<&str> {
    url.filter(|url| ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme)))
}

fn description(plan: &Plan) -> String {
    let statement = plan.header.statement.as_ref().map(|statement| format!("{}\n\n", statement.trim())).unwrap_or_default();
    format!(
        "{statement}The plan's tables. Amounts are exact decimals, in {} where no currency stands beside them. A text that a \
         spreadsheet would take for a formula (it begins with =, +, -, @, a tab or a carriage return) is led by an apostrophe, ids \
         too; numbers and the texts inside a list never are. A cell that holds nothing is not given.",
        plan.header.currency.value
    )
}

/// A resource; its references to tables that would be empty, and are left out, are left out too.
fn described<'p>(resource: &'p Resource, all: &[Resource]) -> Described<'p> {
    let is_there = |reference: &&Reference| all.iter().any(|one| one.name == reference.table);
    let references = resource.references.iter().filter(is_there);
    Described {
        profile: "tabular-data-resource",
        name: resource.name,
        path: resource.path(),
        title: &resource.table.title,
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        dialect: DIALECT,
        schema: Schema {
            fields: resource.fields.iter().map(column).collect(),
            missing_values: [""],
            primary_key: &resource.key,
            foreign_keys: references.map(|reference| foreign_key(resource, *reference)).collect(),
        },
    }
}

const DIALECT: Dialect = Dialect {
    delimiter: ",",
    line_terminator: "\n",
    quote_char: "\"",
    double_quote: true,
    skip_initial_space: false,
    header: true,
};

fn column(field: &Field) -> Column<'_> {
    Column {
        name: field.name,
        r#type: field.kind.name(),
        description: field.description.as_deref(),
        constraints: (!field.one_of.is_empty()).then_some(Constraints { r#enum: field.one_of }),
    }
}

/// A table calls itself by an empty name.
fn foreign_key(of: &Resource, Reference { field, table, key }: Reference) -> ForeignKey {
    let resource = if table == of.name { "" } else { table };
    ForeignKey { fields: [field], reference: Referred { resource, fields: [key] } }
}
