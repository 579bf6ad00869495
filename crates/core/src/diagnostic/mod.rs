//! Findings as data. A [`Diagnostic`] is a fact about the user's plan: it is collected, never thrown. [`text`], [`json`] and
//! [`sarif`] render it.

pub mod json;
pub mod sarif;
pub mod text;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::source::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably not meant.
    Warning,
    /// Wrong: `check` exits with 1.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place that a finding points at, with what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where it stands in the plan's text; `None` in a plan that was built in code.
    pub span: Option<Span>,
    /// What stands there, in the plan's words: `the total of Ecuador on the main table`. It stands in for the place in a built plan.
    pub thing: String,
    /// What to see there; may be empty.
    pub text: String,
}

impl Label {
    /// A place, what stands there and what to see there.
    pub fn new(span: Option<Span>, thing: impl Into<String>, text: impl Into<String>) -> Self {
        Self { span, thing: one_line(thing.into()), text: one_line(text.into()) }
    }
}

/// The numbers of a finding about a declared figure, as exact decimals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// What the document prints.
    pub declared: Decimal,
    /// What its parts make, at face value.
    pub computed: Decimal,
    /// `declared - computed`; for shares in percentage points.
    pub difference: Decimal,
    /// The parts, in document order.
    pub terms: Vec<Decimal>,
}

/// One finding about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that found it, by its kebab-case name; `logframe explain NAME` tells more.
    pub rule: &'static str,
    /// How much it matters, after the plan's own exceptions.
    pub severity: Severity,
    /// The finding in one line that stands alone.
    pub message: String,
    /// Where: first the figure or thing itself, then what it is compared with.
    pub labels: Vec<Label>,
    /// What can be done, or what it probably was.
    pub help: Vec<String>,
    /// The numbers, where the finding is about numbers.
    pub figures: Option<Figures>,
    /// Ids of the plan's things that the finding is about; an exception of the plan can be limited to one of them.
    pub about: Vec<String>,
    /// Why the plan gives this finding another severity, where it does.
    pub exception: Option<String>,
}

impl Diagnostic {
    /// A finding of `rule` with nothing but its message.
    pub fn new(rule: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        let (labels, help, about) = (Vec::new(), Vec::new(), Vec::new());
        let message = one_line(message.into());
        Self { rule, severity, message, labels, help, figures: None, about, exception: None }
    }

    /// Points at a further place; the first is the main one.
    #[must_use]
    pub fn at(mut self, span: Option<Span>, thing: impl Into<String>, text: impl Into<String>) -> Self {
        self.labels.push(Label::new(span, thing, text));
        self
    }

    /// With a hint.
    #[must_use]
    pub fn help(mut self, hint: impl Into<String>) -> Self {
        self.help.push(one_line(hint.into()));
        self
    }

    /// With a hint where there is one.
    #[must_use]
    pub fn help_if(self, hint: Option<impl Into<String>>) -> Self {
        match hint {
            Some(hint) => self.help(hint),
            None => self,
        }
    }

    /// With the numbers it rests on.
    #[must_use]
    pub fn figures(mut self, figures: Figures) -> Self {
        self.figures = Some(figures);
        self
    }

    /// About the plan's thing of this id.
    #[must_use]
    pub fn about(mut self, id: impl Into<String>) -> Self {
        self.about.push(id.into());
        self
    }

    /// With another severity, for a reason that the plan gives.
    pub(crate) fn except(&mut self, severity: Severity, reason: &str) {
        self.severity = severity;
        self.exception = Some(one_line(reason.to_owned()));
    }

    /// The main place.
    pub fn place(&self) -> Option<&Label> {
        self.labels.first()
    }

    /// Offset of the main place; findings without one sort last.
    fn offset(&self) -> u32 {
        self.place().and_then(|label| label.span).map_or(u32::MAX, Span::start)
    }
}

/// Texts of a plan can hold anything; in a finding, line breaks, terminal escapes and marks that turn the direction of writing
/// are shown as what they are.
fn one_line(text: String) -> String {
    /// Characters that a message has at most: a finding is read by people, and a plan can have many findings.
    const LONGEST: usize = 2000;
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    };
    let is_hidden = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_hidden) {
        return text;
    }
    let shown = |c: char| if is_hidden(c) { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// Sorts findings by where they stand in the text, keeping the order of those at one place.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by_key(Diagnostic::offset);
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), notes: count(Severity::Note) }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let say = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let parts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let said: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| say(*n, word)).collect();
        if said.is_empty() { f.write_str("nothing to report") } else { f.write_str(&said.join(", ")) }
    }
}
