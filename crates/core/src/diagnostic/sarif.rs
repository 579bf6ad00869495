//! Findings as SARIF 2.1.0 (OASIS), the format that code hosts show beside the lines of a file.

use serde_json::{Value, json};

use super::{Diagnostic, Severity};
use crate::source::Source;

/// One SARIF log of one run. Each entry is a file with its findings; `rules` are names with their one-line summaries.
pub fn log<'a>(
    files: impl IntoIterator<Item = (&'a Source, &'a [Diagnostic])>,
    rules: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Value {
    let rules: Vec<Value> =
        rules.into_iter().map(|(name, summary)| json!({ "id": name, "shortDescription": { "text": summary } })).collect();
    let results: Vec<Value> =
        files.into_iter().flat_map(|(source, findings)| findings.iter().map(|finding| result(finding, source))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "logframe", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(finding: &Diagnostic, source: &Source) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let places = finding.labels.iter().filter_map(|label| {
        let span = label.span?;
        let (start, end) = (source.position(span.start()), source.position(span.end()));
        let mut place = json!({
            "message": { "text": if label.text.is_empty() { &label.thing } else { &label.text } },
            "physicalLocation": {
                "artifactLocation": { "uri": uri(source.name_at(span.start())) },
                "region": {
                    "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
                },
            },
        });
        if let (Some(cell), Some(place)) = (source.cell(span.start()), place.as_object_mut()) {
            place.insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": cell }]));
        }
        Some(place)
    });
    let mut places = places.collect::<Vec<_>>().into_iter();
    let text = std::iter::once(&finding.message).chain(&finding.help).cloned().collect::<Vec<_>>().join("\n");
    json!({
        "ruleId": finding.rule,
        "level": level,
        "message": { "text": text },
        "locations": places.next().into_iter().collect::<Vec<_>>(),
        "relatedLocations": places.collect::<Vec<_>>(),
    })
}

/// A file name as a relative URI reference: what a URI may not hold is percent-encoded.
fn uri(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.replace('\\', "/").bytes().map(encode).collect()
}
