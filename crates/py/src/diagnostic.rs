//! Findings.

use std::sync::Arc;

use logframe::diagnostic::text;
use logframe::{Decimal, Figures, Position, Severity, Source};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::errors;
use crate::items::{hash_of, texts};
use crate::pickle::{Recipe, recipe};
use crate::plan::Plan;
use crate::shared::Shared;
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
    origin: Origin,
    /// Its position among the findings.
    at: usize,
}

/// What a finding is about.
#[derive(Clone)]
pub enum Origin {
    /// A text that is no plan.
    Text(Source),
    /// A plan.
    Plan(Arc<Shared>),
}

impl Origin {
    /// The text, where there is one.
    fn source(&self) -> Option<&Source> {
        match self {
            Self::Text(source) => Some(source),
            Self::Plan(shared) => shared.source.as_ref(),
        }
    }
}

impl PartialEq for Diagnostic {
    fn eq(&self, other: &Self) -> bool {
        self.finding == other.finding
    }
}

impl Diagnostic {
    /// All findings about something.
    pub fn all(findings: &[logframe::Diagnostic], origin: &Origin) -> Vec<Self> {
        findings.iter().enumerate().map(|(at, finding)| Self::new(finding, origin, at)).collect()
    }

    /// One of the findings about something, by its position among them.
    pub fn new(finding: &logframe::Diagnostic, origin: &Origin, at: usize) -> Self {
        Self { finding: finding.clone(), origin: origin.clone(), at }
    }

    /// How much it matters.
    pub fn weight(&self) -> Severity {
        self.finding.severity
    }

    fn position(&self) -> Option<Position> {
        let span = self.finding.place()?.span?;
        Some(self.origin.source()?.position(span.start()))
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

    /// Name of the file, as it was given; `None` for a plan that was made in code and is too large to be shown as a text.
    #[getter]
    fn file(&self) -> Option<&str> {
        let source = self.origin.source()?;
        let span = self.finding.place().and_then(|label| label.span);
        Some(span.map_or_else(|| source.name(), |span| source.name_at(span.start())))
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

    /// The cell, in a plan that was read from a workbook: `"Budget!B7"`.
    #[getter]
    fn cell(&self) -> Option<String> {
        self.origin.source()?.cell(self.finding.place()?.span?.start())
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
        characters(width).map(|width| text::excerpt(&self.finding, self.origin.source(), width, false))
    }

    /// Pickled as what it is about and its position there.
    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, Bound<'py, PyTuple>> {
        match &self.origin {
            Origin::Text(source) => recipe(py, "_finding", (source.text(), source.name(), self.at).into_pyobject(py)?),
            Origin::Plan(shared) => recipe(py, "_finding_of", (shared.plan(py)?, self.at).into_pyobject(py)?),
        }
    }

    fn __hash__(&self) -> u64 {
        hash_of((self.finding.rule, &self.finding.message))
    }

    fn __str__(&self) -> String {
        text::concise(&self.finding, self.origin.source())
    }

    fn __repr__(&self) -> String {
        format!("<Diagnostic {}>", text::concise(&self.finding, self.origin.source()))
    }
}

/// One of the findings about a text that is no plan: what pickle calls.
#[pyfunction]
pub fn _finding(py: Python<'_>, text: &str, name: &str, at: usize) -> PyResult<Diagnostic> {
    let source = Source::new(name, text);
    let findings = logframe::Plan::parse(&source).diagnostics;
    let missing = || errors::unknown_name(py, format!("no finding {at} about {name}"));
    let found = findings.get(at).map(|finding| Diagnostic::new(finding, &Origin::Text(source), at));
    found.ok_or_else(missing)
}

/// One of the findings about a plan: what pickle calls.
#[pyfunction]
pub fn _finding_of(py: Python<'_>, plan: &Bound<'_, Plan>, at: usize) -> PyResult<Diagnostic> {
    let shared = plan.get().shared();
    let missing = || errors::unknown_name(py, format!("no finding {at} about the plan"));
    let found = plan.get().findings().get(at).map(|finding| Diagnostic::new(finding, &Origin::Plan(shared.clone()), at));
    found.ok_or_else(missing)
}

/// How many findings an exception's message shows.
pub const SHOWN: usize = 5;

/// The first findings, one line each with the first hint under it.
pub fn first_lines(findings: &[logframe::Diagnostic], source: Option<&Source>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for finding in findings.iter().take(SHOWN) {
        lines.push(text::concise(finding, source));
        lines.extend(finding.help.first().map(|hint| format!("  help: {hint}")));
    }
    if findings.len() > SHOWN {
        lines.push(format!("and {} more in `.diagnostics`", findings.len() - SHOWN));
    }
    lines.join("\n")
}
