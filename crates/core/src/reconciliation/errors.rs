//! Figures that were found wrong while they were read: a subtotal that its lines do not make, an amount that its factors do not.
//!
//! A plan keeps neither subtotals nor what was typed over a product, so that its own figures may be fine. What is printed is not.

use serde_json::{Value, json};

use super::Reconciliation;
use super::text::{capital, wrapped};
use super::words::Words;
use crate::crossfoot::Verdict;
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

/// Errors that are told, at most: a formula that is wrong is wrong in every row.
const MOST_TOLD: usize = 10;

impl Reconciliation {
    /// The same with what was found while the figures were read. Errors count that set a figure against what it should be: such a
    /// figure contradicts others, whatever those that a plan keeps do.
    #[must_use]
    pub fn with_errors(self, findings: &[Diagnostic]) -> Self {
        let is_wrong = |finding: &&Diagnostic| finding.severity == Severity::Error && finding.figures.is_some();
        Self { errors: findings.iter().filter(is_wrong).cloned().collect(), ..self }
    }

    /// The verdict on all that is printed: that of the outcome, unless a figure was found wrong already.
    pub fn verdict(&self) -> Verdict {
        if self.errors.is_empty() { self.outcome.verdict } else { Verdict::Inconsistent }
    }

    /// How many figures were found wrong, in a sentence.
    pub(super) fn errors_headline(&self) -> String {
        let count = self.number_of(self.errors.len());
        let (are, them) = if self.errors.len() == 1 { ("amount is", "it") } else { ("amounts are", "them") };
        format!("Impossible. {count} printed {are} not what the lines or factors behind {them} make.")
    }

    /// Each of them, with its place, for the terminal; then what leads over to the figures that a plan keeps.
    pub(super) fn error_lines(&self, source: Option<&Source>, width: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        for error in self.errors.iter().take(MOST_TOLD) {
            lines.extend(wrapped(&format!("  {}", capital(&error.message)), width, 4));
            lines.extend(place(error, source).map(|place| format!("    --> {place}")));
        }
        lines.extend(self.more_errors().map(|more| format!("  {more}")));
        lines.push(String::new());
        lines
    }

    /// The same in sentences.
    pub(super) fn error_sentences(&self) -> impl Iterator<Item = String> + '_ {
        self.errors.iter().take(MOST_TOLD).map(|error| capital(&error.message) + ".").chain(self.more_errors())
    }

    fn more_errors(&self) -> Option<String> {
        let more = self.errors.len().checked_sub(MOST_TOLD).filter(|more| *more > 0)?;
        Some(format!("… and {} more", self.number_of(more)))
    }

    fn number_of(&self, count: usize) -> String {
        Words(&self.subject).number(Decimal::from(i64::try_from(count).unwrap_or(i64::MAX)))
    }
}

/// Where an error stands.
fn place(error: &Diagnostic, source: Option<&Source>) -> Option<String> {
    let span = error.place().and_then(|label| label.span);
    source.zip(span).map(|(source, span)| source.place(span.start()))
}

/// An error as JSON.
pub(super) fn value(error: &Diagnostic, source: Option<&Source>) -> Value {
    let span = error.place().and_then(|label| label.span);
    let number = |number: Decimal| number.normalized().to_string();
    json!({
        "rule": error.rule,
        "words": error.message,
        "cell": source.zip(span).and_then(|(source, span)| source.cell(span.start())),
        "place": place(error, source),
        "declared": error.figures.as_ref().map(|figures| number(figures.declared)),
        "computed": error.figures.as_ref().map(|figures| number(figures.computed)),
    })
}
