//! Plans from files and from texts.

use std::ffi::OsString;
use std::path::PathBuf;

use logframe::{Loaded, Source};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::detached::detached;
use crate::errors::{no_plan, raised, unreadable_plan};
use crate::made::made;
use crate::plan::Plan;
use crate::shared::Shared;

/// Reads a plan from a file, TOML or JSON; or from a workbook or a table, as `read_excel` and `read_csv` do.
///
/// A file that is no plan raises `PlanError`, whose `diagnostics` say what is wrong and where. A file that cannot be read
/// raises `FileError`, which is an `OSError`; a missing one can be caught as `FileNotFoundError`.
///
/// >>> import logframe
/// >>> logframe.load("plans/iom-venezuela-2018.toml")
/// <Plan iom-venezuela-2018: USD 32,326,043, 16 offices>
/// >>> logframe.load("missing.toml")
/// Traceback (most recent call last):
///     ...
/// logframe.MissingFileError: cannot read missing.toml: No such file or directory (os error 2)
#[pyfunction]
pub fn load(path: &Bound<'_, PyAny>) -> PyResult<Py<Plan>> {
    let py = path.py();
    let path = file("load", path)?;
    let loaded = detached(py, move || logframe_exchange::load(path))?.map_err(|error| raised(py, &error))?;
    given(py, loaded, None)
}

/// Reads a plan from a text: JSON where its first character is `{`, TOML otherwise.
///
/// >>> import logframe
/// >>> logframe.loads('format = 1\nplan = { id = "tiny", title = "Tiny", currency = "USD" }')
/// <Plan tiny: USD 0, 0 offices>
/// >>> logframe.loads('format = 1\nplan = { id = "tiny", titel = "Tiny", currency = "USD" }')  # doctest: +ELLIPSIS
/// Traceback (most recent call last):
///     ...
/// logframe.PlanError: <text>:2:...
#[pyfunction]
#[pyo3(signature = (text, name = "<text>"))]
pub fn loads(text: &Bound<'_, PyString>, name: &str) -> PyResult<Py<Plan>> {
    let py = text.py();
    let text = text.to_str().map_err(|_| no_plan(py, surrogates(name), Vec::new()))?;
    let source = Source::from_bytes(name, text.as_bytes()).map_err(|error| raised(py, &error))?;
    parse(py, source, looks_like_a_path(text).then_some(PATH_HINT))
}

fn parse(py: Python<'_>, source: Source, hint: Option<&str>) -> PyResult<Py<Plan>> {
    let loaded = detached(py, move || logframe_exchange::load_source(source, ""))?;
    given(py, loaded, hint)
}

fn given(py: Python<'_>, loaded: Loaded, hint: Option<&str>) -> PyResult<Py<Plan>> {
    let Loaded { source, plan, diagnostics, is_changed, .. } = loaded;
    match plan {
        Some(plan) if is_changed => made(plan.draft()).plan(py),
        Some(plan) => Shared::noticed(plan, source, diagnostics).plan(py),
        None => Err(unreadable_plan(py, &diagnostics, &source, hint)),
    }
}

/// A plan from its text: what pickle calls. A plan without a name has no text that findings point into.
#[pyfunction]
pub fn _plan(py: Python<'_>, text: &str, name: Option<&str>) -> PyResult<Py<Plan>> {
    let source = Source::new(name.unwrap_or("<plan>"), text);
    let (parsed, source) = detached(py, move || (logframe::Plan::parse(&source), source))?;
    match (parsed.plan, name) {
        (Some(plan), Some(_)) => Shared::new(plan, Some(source)).plan(py),
        (Some(plan), None) => Shared::new(plan, None).plan(py),
        (None, _) => Err(unreadable_plan(py, &parsed.diagnostics, &source, None)),
    }
}

/// The path that a caller means; bytes are none, because they are not the same on every system.
pub fn file(wanting: &str, path: &Bound<'_, PyAny>) -> PyResult<PathBuf> {
    let kind = path.get_type().name()?;
    let refused = || PyTypeError::new_err(format!("`{wanting}` wants a path (`str` or `os.PathLike`), not `{kind}`"));
    let named = path.py().import("os")?.getattr("fspath")?.call1((path,));
    let named = named.map_err(|error| if error.is_instance_of::<PyTypeError>(path.py()) { refused() } else { error })?;
    named.extract::<OsString>().map(PathBuf::from).map_err(|_| refused())
}

const PATH_HINT: &str = "this looks like a path, not like the text of a plan; `logframe.load` reads a file";

fn looks_like_a_path(text: &str) -> bool {
    let ending = |wanted: &str| text.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case(wanted));
    !text.contains(['\n', '=', '{']) && (ending("toml") || ending("json"))
}

fn surrogates(name: &str) -> String {
    format!("cannot read {name}: it holds half a character (a lone surrogate), which no text file can hold; decode it as UTF-8")
}
