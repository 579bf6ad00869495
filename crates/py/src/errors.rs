//! Calls that could not be served, as exceptions. Their classes are written in Python (`_errors.py`).

use std::io;

use logframe::{Error, Source, Span};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

use crate::diagnostic::{self, Diagnostic};

/// The number under which POSIX knows that something is a directory.
const EISDIR: i32 = 21;

type Class = PyOnceLock<Py<PyType>>;

/// The exception for a call that could not be served.
pub fn raised(py: Python<'_>, error: &Error) -> PyErr {
    match error {
        Error::Unreadable { name, source } | Error::Unwritable { name, source } => of_file(py, name, source, error),
        Error::NotText { .. } | Error::TooLarge { .. } => no_plan(py, error.to_string(), Vec::new()),
        Error::Unknown { .. } => unknown_name(py, error.to_string()),
        other => simple(py, other.to_string()),
    }
}

/// The exception for a text that cannot be read as a plan: the first findings in its message with a hint about the call, all of
/// them as data.
pub fn unreadable_plan(py: Python<'_>, findings: &[logframe::Diagnostic], source: &Source, hint: Option<&str>) -> PyErr {
    let hint = hint.map(|hint| format!("\n  help: {hint}")).unwrap_or_default();
    no_plan(py, diagnostic::first_lines(findings, source) + &hint, Diagnostic::all(findings, source))
}

/// The exception for rows that cannot be read as a table: the first findings in its message, all of them in words. `names` lines
/// of the text are no rows but hold the columns' names.
pub fn unreadable_table(py: Python<'_>, findings: &[logframe::Diagnostic], source: &Source, names: usize) -> PyErr {
    static CLASS: Class = Class::new();
    let told: Vec<String> = findings.iter().map(|finding| of_cell(finding, source, names)).collect();
    let hint = |finding: &logframe::Diagnostic| finding.help.first().map(|hint| format!("\n  help: {hint}")).unwrap_or_default();
    let shown = told.iter().zip(findings).take(diagnostic::SHOWN).map(|(told, finding)| told.clone() + &hint(finding));
    let mut lines: Vec<String> = shown.collect();
    if told.len() > diagnostic::SHOWN {
        lines.push(format!("and {} more in `.findings`", told.len() - diagnostic::SHOWN));
    }
    PyTuple::new(py, told).map_or_else(|error| error, |told| make(py, &CLASS, "TableError", (lines.join("\n"), told)))
}

/// A finding with the cell it is about: `row 2, column 3: it is no number`.
fn of_cell(finding: &logframe::Diagnostic, source: &Source, names: usize) -> String {
    let cell = finding.place().and_then(|label| label.span).map(|span| {
        let before = source.slice(Span { start: 0, end: span.start });
        // Cells are written in quotes, and a quote within is doubled: what is outside of them are commas and ends of lines.
        let outside: String = before.split('"').step_by(2).collect();
        let line = outside.matches('\n').count() + 1;
        let column = outside.rsplit('\n').next().unwrap_or_default().matches(',').count() + 1;
        if line > names { format!("row {}, column {column}: ", line - names) } else { format!("the name of column {column}: ") }
    });
    cell.unwrap_or_default() + &finding.message
}

/// The exception for a name that stands for nothing.
pub fn unknown_name(py: Python<'_>, message: String) -> PyErr {
    static CLASS: Class = Class::new();
    make(py, &CLASS, "UnknownNameError", (message,))
}

fn simple(py: Python<'_>, message: String) -> PyErr {
    static CLASS: Class = Class::new();
    make(py, &CLASS, "LogframeError", (message,))
}

/// The exception for what cannot be read as a plan.
pub fn no_plan(py: Python<'_>, message: String, findings: Vec<Diagnostic>) -> PyErr {
    static CLASS: Class = Class::new();
    PyTuple::new(py, findings).map_or_else(|error| error, |findings| make(py, &CLASS, "PlanError", (message, findings)))
}

/// The operating system's refusals keep their number, so that Python finds their class; a directory has none here.
fn of_file(py: Python<'_>, name: &str, source: &io::Error, error: &Error) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let directory = || (source.kind() == io::ErrorKind::IsADirectory).then_some(EISDIR);
    let errno = source.raw_os_error().or_else(directory);
    let made = MAKE.import(py, "logframe._errors", "file_error").and_then(|make| make.call1((errno, error.to_string(), name)));
    made.map_or_else(|failure| failure, PyErr::from_value)
}

fn make<'py>(py: Python<'py>, class: &Class, name: &str, args: impl pyo3::call::PyCallArgs<'py>) -> PyErr {
    let made = class.import(py, "logframe._errors", name).and_then(|class| class.call1(args));
    made.map_or_else(|failure| failure, PyErr::from_value)
}
