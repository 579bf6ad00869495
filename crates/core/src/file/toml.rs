//! TOML text -> tree: the only place that uses `toml`.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// In a longer text only the first syntax error is collected: some garbage has an
/// error in every line, and they would take a hundred times its memory.
const COLLECTS_ALL_UP_TO: usize = 1024 * 1024;

/// The tree of a TOML text, or its syntax errors.
pub fn tree(source: &Source) -> Result<Node<'_>, Vec<Diagnostic>> {
    let parsed = if source.text().len() > COLLECTS_ALL_UP_TO {
        DeTable::parse(source.text()).map_err(|error| vec![error])
    } else {
        let (table, errors) = DeTable::parse_recoverable(source.text());
        if errors.is_empty() { Ok(table) } else { Err(errors) }
    };
    match parsed {
        Ok(root) => Ok(Node { span: Span::new(root.span()), value: table(root.into_inner(), source) }),
        Err(errors) => {
            let mut findings: Vec<_> = errors.iter().map(|error| syntax(error.message(), error.span().map(Span::new))).collect();
            // A hundred brackets left open are a hundred times the same error at the end of the text.
            findings.dedup();
            Err(findings)
        }
    }
}

fn syntax(message: &str, span: Option<Span>) -> Diagnostic {
    let message = message.lines().next().unwrap_or("this is not TOML");
    let finding = Diagnostic::new("syntax", Severity::Error, format!("not valid TOML: {message}")).at(span, "the plan file", "");
    match message {
        m if m.contains("duplicate key") => finding.help("each key may stand once; rename or remove one of the two"),
        m if m.contains("recursion") => finding.help("a plan needs a nesting of 6; remove the brackets too many"),
        _ => finding,
    }
}

fn node<'s>(value: Spanned<DeValue<'s>>, source: &'s Source) -> Node<'s> {
    let span = Span::new(value.span());
    let written = || Cow::Borrowed(source.slice(span));
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(_) | DeValue::Float(_) => Value::Number(written()),
        DeValue::Boolean(truth) => Value::Bool(truth),
        DeValue::Datetime(_) => Value::Date(written()),
        DeValue::Array(items) => Value::Array(items.into_iter().map(|item| node(item, source)).collect()),
        DeValue::Table(inner) => table(inner, source),
    };
    Node { span, value }
}

fn table<'s>(table: DeTable<'s>, source: &'s Source) -> Value<'s> {
    let entry = |(key, value): (Spanned<Cow<'s, str>>, Spanned<DeValue<'s>>)| {
        (Key { span: Span::new(key.span()), text: key.into_inner() }, node(value, source))
    };
    Value::Table(table.into_iter().map(entry).collect())
}
