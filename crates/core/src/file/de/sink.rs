//! Where findings go while reading, and what stops the reading of an entry.

use std::cell::RefCell;
use std::fmt;

use serde::de;

use crate::diagnostic::{Diagnostic, Severity};
use crate::file::tree::{Key, Node};
use crate::plan::nearest;
use crate::source::Span;

/// Findings that are kept of one text; a text with more is no plan.
const MAX_FINDINGS: usize = 1000;

/// Where findings go while reading.
#[derive(Default)]
pub struct Sink(RefCell<Vec<Diagnostic>>);

impl Sink {
    /// Keeps a finding, up to the most that anybody reads; the last says that there are more.
    pub fn push(&self, finding: Diagnostic) {
        let mut findings = self.0.borrow_mut();
        if findings.len() < MAX_FINDINGS {
            let is_last = findings.len() + 1 == MAX_FINDINGS;
            findings.push(finding.help_if(is_last.then(|| format!("there may be more: only {MAX_FINDINGS} findings are shown"))));
        }
    }

    /// A failed entry. A missing key that was mistyped is reported once, as the unknown key that it is.
    pub fn push_error(&self, error: ReadError, node: &Node<'_>, name: &str) {
        let hint = error.field.map(|field| format!("did you mean `{field}`?"));
        let mistyped = hint.is_some_and(|hint| self.0.borrow().iter().any(|earlier| earlier.help.contains(&hint)));
        if !mistyped {
            self.push(error.into_diagnostic(node.span, name));
        }
    }

    /// Whether nothing more is kept: then nothing more needs to be worked out.
    pub fn is_full(&self) -> bool {
        self.0.borrow().len() >= MAX_FINDINGS
    }

    pub fn take(self) -> Vec<Diagnostic> {
        self.0.into_inner()
    }
}

/// What stops the reading of one entry: a key that must be there is missing, or a table is something else.
#[derive(Debug)]
pub struct ReadError {
    rule: &'static str,
    message: String,
    /// The key that is missing.
    field: Option<&'static str>,
    place: Option<(Span, String)>,
}

impl ReadError {
    fn into_diagnostic(self, span: Span, name: &str) -> Diagnostic {
        let (span, name) = self.place.unwrap_or_else(|| (span, name.to_owned()));
        let message = if self.rule == "missing-key" { format!("{} in `{name}`", self.message) } else { self.message };
        let hint = self.field.map(|field| format!("add `{field} = …`"));
        Diagnostic::new(self.rule, Severity::Error, message).at(Some(span), name, "").help_if(hint)
    }

    /// Fixes the place, if it is not known yet.
    pub(super) fn at(mut self, span: Span, name: &str) -> Self {
        self.place.get_or_insert_with(|| (span, name.to_owned()));
        self
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { rule: "wrong-value", message: message.to_string(), field: None, place: None }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { rule: "missing-key", message: format!("`{field}` is missing"), field: Some(field), place: None }
    }
}

/// A key that its table does not have, with the one that was probably meant.
pub fn unknown_key(key: &Key<'_>, known: &[&'static str]) -> Diagnostic {
    let near = nearest(&key.text, known.iter().copied());
    Diagnostic::new("unknown-key", Severity::Error, format!("there is no key `{}` here", key.text.escape_debug()))
        .at(Some(key.span), format!("key `{}`", key.text), "")
        .help(match near {
            _ if matches!(key.text.as_ref(), "unit" | "rounding") && known.contains(&"printed") => {
                format!("it belongs into `printed = {{ {} = … }}`", key.text)
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", known.join(", ")),
        })
}
