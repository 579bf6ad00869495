//! Plan -> text.

use std::borrow::Cow;
use std::fmt::{self, Write};

use serde::Serialize;

use super::tree::{Key, Node, Value};
use super::{FORMAT, ser};
use crate::plan::{Draft, Header, Plan};

/// The plan as pretty JSON.
pub fn json(plan: &Plan) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        format: u32,
        #[serde(flatten)]
        draft: &'a Draft,
    }
    let draft = in_one_text(plan);
    let file = File { format: FORMAT, draft: &draft };
    // Writing to a string cannot fail, and every key of a plan is a text.
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

/// What a plan says in one text: lines that were read from a table stand in it.
fn in_one_text(plan: &Plan) -> Cow<'_, Draft> {
    if !plan.header.lines.is_read {
        return Cow::Borrowed(plan);
    }
    let mut draft = plan.draft();
    draft.header.lines = draft.header.lines.inline();
    Cow::Owned(draft)
}

/// The plan as TOML, given out part by part: a large one is nowhere whole.
pub fn toml(plan: &Plan, out: &mut dyn Write) -> fmt::Result {
    let header = Header { lines: plan.header.lines.inline(), ..plan.header.clone() };
    let header = ser::tree(if plan.header.lines.is_read { &header } else { &plan.header }).ok();
    let mut page = Page(format!("#:schema ./plan.schema.json\n\nformat = {FORMAT}\n"));
    let mut done = Ok(());
    let draft: &Draft = plan;
    // Every shape of a plan can be written.
    let _ = ser::parts(draft, |key, node| {
        page.section(&bare(key), header.as_ref().filter(|_| key == "plan").unwrap_or(&node));
        done = done.and_then(|()| out.write_str(&page.0));
        page.0.clear();
    });
    done
}

/// Lists of tables under these keys are written as `[[key]]`; all others stand in brackets on their lines.
const ENTRIES: [&str; 20] = [
    "outcome",
    "output",
    "activity",
    "indicator",
    "head",
    "region",
    "office",
    "sheet",
    "declared",
    "series",
    "statement",
    "exception",
    "budget",
    "category",
    "rate",
    "line",
    "donor",
    "funding",
    "profile",
    "clause",
];

/// Lines up to this width stay one line.
const WIDTH: usize = 110;

struct Page(String);

type Entry<'a> = (Key<'a>, Node<'a>);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A table under its header, or a list of tables under one header each.
    fn section(&mut self, path: &str, node: &Node<'_>) {
        match &node.value {
            Value::Table(entries) => {
                self.line(&format!("\n[{path}]"));
                self.body(path, entries);
            }
            Value::Array(items) => {
                for item in items {
                    self.line(&format!("\n[[{path}]]"));
                    if let Value::Table(entries) = &item.value {
                        self.body(path, entries);
                    }
                }
            }
            _ => {}
        }
    }

    /// First the keys that stand on lines of their own, then the tables with headers.
    fn body(&mut self, path: &str, entries: &[Entry<'_>]) {
        if entries.iter().all(|(_, node)| is_row(node)) && path == "budget" {
            return self.rows(entries);
        }
        let (sections, lines): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, node)| has_header(key, node));
        let width = lines.iter().map(|(key, _)| bare(&key.text).len()).max().unwrap_or(0);
        for (key, node) in lines {
            let _ = write!(self.0, "{:width$} = ", bare(&key.text));
            value(&mut self.0, node, 0);
            self.0.push('\n');
        }
        for (key, node) in sections {
            self.section(&format!("{path}.{}", bare(&key.text)), node);
        }
    }

    /// Tables of one line each, their columns aligned: the budget.
    fn rows(&mut self, entries: &[Entry<'_>]) {
        let width = entries.iter().map(|(key, _)| bare(&key.text).chars().count()).max().unwrap_or(0);
        let mut columns: Vec<(Cow<'_, str>, usize)> = Vec::new();
        for (key, node) in entries.iter().flat_map(|(_, row)| cells(row)) {
            let (name, size) = (bare(&key.text), inline(node).chars().count());
            match columns.iter_mut().find(|(column, _)| *column == name) {
                Some((_, widest)) => *widest = size.max(*widest),
                None => columns.push((name, size)),
            }
        }
        for (key, row) in entries {
            let cells: Vec<String> = cells(row)
                .iter()
                .map(|(column, node)| {
                    let name = bare(&column.text);
                    let size = columns.iter().find(|(column, _)| *column == name).map_or(0, |(_, size)| *size);
                    format!("{name} = {:>size$}", inline(node))
                })
                .collect();
            self.line(&format!("{:width$} = {{ {} }}", bare(&key.text), cells.join(", ")));
        }
    }
}

fn cells<'n, 'a>(row: &'n Node<'a>) -> &'n [Entry<'a>] {
    match &row.value {
        Value::Table(cells) => cells,
        _ => &[],
    }
}

fn is_row(node: &Node<'_>) -> bool {
    matches!(&node.value, Value::Table(cells) if !cells.is_empty() && cells.iter().all(|(_, node)| is_scalar(node)))
}

fn is_scalar(node: &Node<'_>) -> bool {
    !matches!(node.value, Value::Array(_) | Value::Table(_))
}

/// Whether a value gets a header of its own: entries always, tables when they do not fit into a line.
fn has_header(key: &Key<'_>, node: &Node<'_>) -> bool {
    match &node.value {
        Value::Array(items) => {
            ENTRIES.contains(&key.text.as_ref())
                && !items.is_empty()
                && items.iter().all(|item| matches!(item.value, Value::Table(_)))
        }
        // A figure or reading stays in its line: among others it would lose its place in their order.
        Value::Table(entries) if entries.first().is_some_and(|(key, _)| key.text == "value") => false,
        Value::Table(entries) => {
            let texts = entries
                .iter()
                .any(|(_, node)| matches!(&node.value, Value::Array(items) if items.len() > 1 || !items.iter().all(is_scalar)));
            texts || inline(node).chars().count() > WIDTH - 20
        }
        _ => false,
    }
}

/// A value on one line, or a list with one item a line where it is long.
fn value(out: &mut String, node: &Node<'_>, depth: usize) {
    let start = out.len();
    inline_to(out, node);
    if let Value::Array(items) = &node.value
        && items.len() > 1
        && out.get(start..).is_some_and(|text| text.chars().count() > WIDTH - 20)
    {
        out.truncate(start);
        out.push_str("[\n");
        for item in items {
            out.push_str(&"  ".repeat(depth + 1));
            value(out, item, depth + 1);
            out.push_str(",\n");
        }
        out.push_str(&"  ".repeat(depth));
        out.push(']');
    }
}

fn inline(node: &Node<'_>) -> String {
    let mut text = String::new();
    inline_to(&mut text, node);
    text
}

fn inline_to(out: &mut String, node: &Node<'_>) {
    match &node.value {
        Value::Null => out.push_str("\"\""),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(text) | Value::Date(text) => out.push_str(text),
        Value::Text(text) => quote(out, text),
        Value::Array(items) => {
            out.push('[');
            listed(out, items, inline_to);
            out.push(']');
        }
        Value::Table(entries) if entries.is_empty() => out.push_str("{}"),
        Value::Table(entries) => {
            out.push_str("{ ");
            listed(out, entries, |out, (key, node)| {
                out.push_str(&bare(&key.text));
                out.push_str(" = ");
                inline_to(out, node);
            });
            out.push_str(" }");
        }
    }
}

/// Things behind each other, with commas between.
fn listed<T>(out: &mut String, things: &[T], write: impl Fn(&mut String, &T)) {
    for (at, thing) in things.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        write(out, thing);
    }
}

fn bare(key: &str) -> Cow<'_, str> {
    let plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if plain {
        return key.into();
    }
    let mut quoted = String::new();
    quote(&mut quoted, key);
    quoted.into()
}

/// A TOML basic string. Written by hand because the library would spread a text over lines when it holds a line break.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| matches!(c, '"' | '\\') || c.is_control()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut behind = from.chars();
        match behind.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\t') => out.push_str("\\t"),
            Some(other) => drop(write!(out, "\\u{:04X}", u32::from(other))),
            None => {}
        }
        rest = behind.as_str();
    }
    out.push_str(rest);
    out.push('"');
}
