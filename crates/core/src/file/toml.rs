//! TOML text -> tree: the only place that uses `toml`.

use std::borrow::Cow;
use std::collections::HashSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::hint;
use super::tree::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// In a longer text only the first syntax error is collected: some garbage has an
/// error in every line, and they would take a hundred times its memory.
const COLLECTS_ALL_UP_TO: usize = 1024 * 1024;

/// Syntax errors that are reported of one text: who mends these finds out about the rest.
const MOST_ERRORS: usize = 20;

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
            // An error breeds others on its line, and a bracket left open the same one at the end of the text.
            let mut lines = HashSet::new();
            let first_of_line = |error: &&toml::de::Error| lines.insert(error.span().map(|span| line_of(source, span.start)));
            Err(errors.iter().filter(first_of_line).take(MOST_ERRORS).map(|error| syntax(error, source)).collect())
        }
    }
}

fn line_of(source: &Source, offset: usize) -> usize {
    source.position(Span::new(offset..offset).start()).line
}

fn syntax(error: &toml::de::Error, source: &Source) -> Diagnostic {
    let message = error.message().lines().next().unwrap_or("this is not TOML");
    let span = error.span().map(Span::new);
    let hint = match message {
        m if m.contains("recursion") => Some("a plan needs 6 levels of brackets; remove those that are too many".to_owned()),
        _ => hint::about(message, span, source),
    };
    let finding = Diagnostic::new("syntax", Severity::Error, format!("not valid TOML: {message}"));
    finding.at(span, "the plan file", "").help_if(hint)
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
