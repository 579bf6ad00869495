//! Tree -> plan: the top of the file, entry by entry, so that one bad entry costs one message and not the file.

use serde::Deserialize;

use super::de::{Reader, Sink, unknown_key};
use super::tree::{Key, Node, Value};
use super::{FORMAT, Parsed, json, toml};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::plan::{Budget, Draft, Header, Plan};
use crate::source::Source;

/// Reads a plan, or says everything that keeps it from being one.
pub fn plan(source: &Source) -> Parsed {
    let named_json = source.name().to_ascii_lowercase().ends_with(".json");
    let is_json = named_json || source.text().trim_start().starts_with('{');
    let tree = if is_json { json::tree(source) } else { toml::tree(source) };
    let (draft, mut diagnostics) = match tree {
        Ok(root) => read_root(root),
        Err(diagnostics) => (Draft::default(), diagnostics),
    };
    diagnostic::sort(&mut diagnostics);
    let plan = diagnostics.is_empty().then(|| Plan::new(draft));
    Parsed { plan, diagnostics }
}

/// Reads one noun that is a file of its own, as a donor's profile.
pub fn noun<T: for<'a> Deserialize<'a>>(source: &Source) -> Result<T, Vec<Diagnostic>> {
    let root = toml::tree(source)?;
    let sink = Sink::default();
    let read = T::deserialize(Reader::new(&root, "the file", &sink)).map_err(|error| sink.push_error(error, &root, "the file"));
    let findings = sink.take();
    read.ok().filter(|_| findings.is_empty()).ok_or(findings)
}

/// The plan of a tree that has no format, because no text stands behind it.
pub fn of_tree(root: &Node<'_>) -> Option<Plan> {
    let Value::Table(entries) = &root.value else { return None };
    let sink = Sink::default();
    let draft = read_entries(entries, &sink);
    sink.take().is_empty().then(|| Plan::new(draft))
}

fn read_root(root: Node<'_>) -> (Draft, Vec<Diagnostic>) {
    let sink = Sink::default();
    let Value::Table(entries) = root.value else {
        sink.push(Diagnostic::new(
            "wrong-value",
            Severity::Error,
            format!("a plan is a table of keys, not {}", root.value.kind()),
        ));
        return (Draft::default(), sink.take());
    };
    let draft = match check_format(&entries) {
        Ok(()) => read_entries(&entries, &sink),
        Err(finding) => {
            sink.push(*finding);
            Draft::default()
        }
    };
    (draft, sink.take())
}

/// A file of another version is not read at all: its keys may mean something else.
fn check_format(entries: &[(Key<'_>, Node<'_>)]) -> Result<(), Box<Diagnostic>> {
    let Some((key, node)) = entries.iter().find(|(key, _)| key.text == "format") else {
        let first = entries.first().map(|(key, _)| key.span);
        let what = if first.is_some() { "`format` is missing" } else { "the file is empty: `format` is missing" };
        return Err(Diagnostic::new("missing-key", Severity::Error, format!("{what}, so the plan's version is not known"))
            .at(first, "the plan file", "")
            .help(format!("write `format = {FORMAT}` in the first line; `logframe new` prints a plan to start from"))
            .into());
    };
    let found = match &node.value {
        Value::Number(text) if *text == FORMAT.to_string() => return Ok(()),
        Value::Number(text) => format!("`format = {text}` is a version that this logframe does not know"),
        other => format!("`{}` must be a number, found {}", key.text, other.kind()),
    };
    Err(Diagnostic::new("unknown-format", Severity::Error, found)
        .at(Some(node.span), "format", "")
        .help(format!("this logframe reads `format = {FORMAT}`; update logframe if the plan is newer"))
        .into())
}

pub(super) const KEYS: [&str; 17] = [
    "format",
    "plan",
    "outcome",
    "head",
    "region",
    "office",
    "sheet",
    "budget",
    "category",
    "rate",
    "line",
    "donor",
    "funding",
    "profile",
    "declared",
    "series",
    "exception",
];

fn read_entries(entries: &[(Key<'_>, Node<'_>)], sink: &Sink) -> Draft {
    let mut draft = Draft::default();
    let mut header: Option<Header> = None;
    let mut has_header = false;
    for (key, node) in entries {
        match key.text.as_ref() {
            "plan" => {
                has_header = true;
                header = one(key, node, sink);
            }
            "outcome" => draft.outcomes = list(key, node, sink),
            "head" => draft.heads = list(key, node, sink),
            "region" => draft.regions = list(key, node, sink),
            "office" => draft.offices = list(key, node, sink),
            "sheet" => draft.sheets = list(key, node, sink),
            "budget" => draft.allocations = one::<Budget>(key, node, sink).unwrap_or_default().0,
            "category" => draft.categories = list(key, node, sink),
            "rate" => draft.rates = list(key, node, sink),
            "line" => draft.lines = list(key, node, sink),
            "donor" => draft.donors = list(key, node, sink),
            "funding" => draft.funding = list(key, node, sink),
            "profile" => draft.profiles = list(key, node, sink),
            "declared" => draft.declared = list(key, node, sink),
            "series" => draft.series = list(key, node, sink),
            "exception" => draft.exceptions = list(key, node, sink),
            "format" | "$schema" => {}
            _ if sink.is_full() => {}
            _ => sink.push(unknown_key(key, &KEYS)),
        }
    }
    if !has_header {
        let finding =
            Diagnostic::new("missing-key", Severity::Error, "`[plan]` is missing: the table that says what the plan is");
        let first = entries.first().map(|(key, _)| key.span);
        sink.push(finding.at(first, "the plan file", "").help("write `[plan]` with `id`, `title` and `currency`"));
    }
    draft.header = header.unwrap_or_default();
    draft
}

fn one<'s, T: Deserialize<'s>>(key: &'s Key<'_>, node: &'s Node<'s>, sink: &'s Sink) -> Option<T> {
    match T::deserialize(Reader::new(node, &key.text, sink)) {
        Ok(value) => Some(value),
        Err(error) => {
            sink.push_error(error, node, &key.text);
            None
        }
    }
}

fn list<'s, T: Deserialize<'s>>(key: &'s Key<'_>, node: &'s Node<'s>, sink: &'s Sink) -> Vec<T> {
    if let Value::Null = node.value {
        return Vec::new();
    }
    let Value::Array(items) = &node.value else {
        let finding = format!("`{}` must be a list of tables, found {}", key.text, node.value.kind());
        let hint = format!("write `[[{}]]`, with two brackets on each side", key.text);
        sink.push(
            Diagnostic::new("wrong-value", Severity::Error, finding).at(Some(key.span), key.text.to_string(), "").help(hint),
        );
        return Vec::new();
    };
    items.iter().take_while(|_| !sink.is_full()).filter_map(|item| one(key, item, sink)).collect()
}
