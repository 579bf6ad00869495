//! Calls that could not be served, as exceptions. Their classes are written in Python (`_errors.py`).

use std::io;

use logframe::{Error, Source};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

use crate::diagnostic::{self, Diagnostic, Origin};
use crate::rows;

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
    no_plan(py, diagnostic::first_lines(findings, Some(source)) + &hint, Diagnostic::all(findings, &Origin::Text(source.clone())))
}

/// The exception for rows that cannot be read as a table: the first findings in its message, all of them in words.
pub fn unreadable_table(py: Python<'_>, findings: &[logframe::Diagnostic], source: &Source, names: bool) -> PyErr {
    // What was recognised is of no interest where it led to nothing.
    let errors = findings.iter().filter(|finding| finding.severity == logframe::Severity::Error);
    table_error(py, errors.map(|finding| rows::told(finding, source, names)).collect())
}

/// The exception for what cannot be read as a table, of its findings in words.
pub fn table_error(py: Python<'_>, told: Vec<String>) -> PyErr {
    static CLASS: Class = Class::new();
    let more = told.len().saturating_sub(diagnostic::SHOWN);
    let more = (more > 0).then(|| format!("and {more} more in `.findings`"));
    let message = told.iter().take(diagnostic::SHOWN).cloned().chain(more).collect::<Vec<_>>().join("\n");
    PyTuple::new(py, told).map_or_else(|error| error, |told| make(py, &CLASS, "TableError", (message, told)))
}

/// The exception for a plan that has errors.
pub fn check_error(py: Python<'_>, message: String, findings: Bound<'_, PyTuple>) -> PyErr {
    static CLASS: Class = Class::new();
    make(py, &CLASS, "CheckError", (message, findings))
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
