//! Findings.

use logframe::diagnostic::text;
use logframe::{Decimal, Figures, Position, Severity, Source};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::errors;
use crate::items::{hash_of, texts};
use crate::pickle::{Recipe, recipe};
use crate::table::characters;

/// A finding about a plan, with its place and its figures.
///
/// >>> finding = plan.check().findings[0]
/// >>> finding.rule, finding.severity
/// ('declared-total', 'note')
/// >>> finding.declared - finding.computed == finding.difference
/// True
#[pyclass(frozen, eq, module = "logframe")]
pub struct Diagnostic {
    finding: logframe::Diagnostic,
    /// The text it is about, and its position among that text's findings.
    source: Source,
    at: usize,
}

impl PartialEq for Diagnostic {
    fn eq(&self, other: &Self) -> bool {
        self.finding == other.finding
    }
}

impl Diagnostic {
    /// All findings about a text.
    pub fn all(findings: &[logframe::Diagnostic], source: &Source) -> Vec<Self> {
        let numbered = findings.iter().enumerate();
        numbered.map(|(at, finding)| Self { finding: finding.clone(), source: source.clone(), at }).collect()
    }

    /// How much it matters.
    pub fn weight(&self) -> Severity {
        self.finding.severity
    }

    fn position(&self) -> Option<Position> {
        let span = self.finding.place()?.span?;
        Some(self.source.position(span.start))
    }

    fn figure(&self, pick: fn(&Figures) -> Decimal) -> Option<Exact> {
        self.finding.figures.as_ref().map(pick).map(Exact)
    }
}

#[pymethods]
impl Diagnostic {
    /// Name of the rule that found it; `logframe explain NAME` tells more.
    #[getter]
    fn rule(&self) -> &str {
        self.finding.rule
    }

    /// `"error"`, `"warning"` or `"note"`, after the plan's own exceptions.
    #[getter]
    fn severity(&self) -> String {
        self.finding.severity.to_string()
    }

    /// The finding in one line.
    #[getter]
    fn message(&self) -> &str {
        &self.finding.message
    }

    /// What can be done, or what it probably was.
    #[getter]
    fn help<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.finding.help)
    }

    /// Name of the file, as it was given.
    #[getter]
    fn file(&self) -> &str {
        self.source.name()
    }

    /// Line, from 1.
    #[getter]
    fn line(&self) -> Option<usize> {
        self.position().map(|at| at.line)
    }

    /// Column in characters, from 1.
    #[getter]
    fn column(&self) -> Option<usize> {
        self.position().map(|at| at.column)
    }

    /// What stands there, in the plan's words.
    #[getter]
    fn thing(&self) -> Option<&str> {
        self.finding.place().map(|label| label.thing.as_str())
    }

    /// What the document prints.
    #[getter]
    fn declared(&self) -> Option<Exact> {
        self.figure(|figures| figures.declared)
    }

    /// What its parts make.
    #[getter]
    fn computed(&self) -> Option<Exact> {
        self.figure(|figures| figures.computed)
    }

    /// Declared less computed; percentage points for a share.
    #[getter]
    fn difference(&self) -> Option<Exact> {
        self.figure(|figures| figures.difference)
    }

    /// The parts, in document order.
    #[getter]
    fn terms<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let terms: Vec<_> = self.finding.figures.iter().flat_map(|figures| &figures.terms).map(|term| Exact(*term)).collect();
        PyTuple::new(py, terms)
    }

    /// Ids of the plan's things that it is about.
    #[getter]
    fn about<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.finding.about)
    }

    /// The plan's reason for another severity, where it gives one.
    #[getter]
    fn exception(&self) -> Option<&str> {
        self.finding.exception.as_deref()
    }

    /// The finding with the lines of the plan that it points at.
    ///
    /// >>> print(plan.check().notes[0].text()[:20])
    /// note[declared-total]
    #[pyo3(signature = (width = 100))]
    fn text(&self, width: isize) -> PyResult<String> {
        characters(width).map(|width| text::excerpt(&self.finding, Some(&self.source), width, false))
    }

    /// Pickled as the text that it is about and its position there.
    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (&str, &str, usize)> {
        recipe(py, "_finding", (self.source.text(), self.source.name(), self.at))
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.finding.rule, &self.finding.message))
    }

    fn __str__(&self) -> String {
        text::concise(&self.finding, Some(&self.source))
    }

    fn __repr__(&self) -> String {
        format!("<Diagnostic {}>", text::concise(&self.finding, Some(&self.source)))
    }
}

/// One of the findings about a text: what pickle calls.
#[pyfunction]
pub fn _finding(py: Python<'_>, text: &str, name: &str, at: usize) -> PyResult<Diagnostic> {
    let source = Source::new(name, text);
    let parsed = logframe::Plan::parse(&source);
    let findings = parsed.plan.map_or(parsed.diagnostics, |plan| plan.check().findings);
    let missing = || errors::unknown_name(py, format!("no finding {at} about {name}"));
    Diagnostic::all(&findings, &source).into_iter().nth(at).ok_or_else(missing)
}

/// How many findings an exception's message shows.
pub const SHOWN: usize = 5;

/// The first findings, one line each with the first hint under it.
pub fn first_lines(findings: &[logframe::Diagnostic], source: &Source) -> String {
    let mut lines: Vec<String> = Vec::new();
    for finding in findings.iter().take(SHOWN) {
        lines.push(text::concise(finding, Some(source)));
        lines.extend(finding.help.first().map(|hint| format!("  help: {hint}")));
    }
    if findings.len() > SHOWN {
        lines.push(format!("and {} more in `.diagnostics`", findings.len() - SHOWN));
    }
    lines.join("\n")
}
