//! Workbooks of plans, written.

use std::path::Path;

use logframe::Error;
use logframe_exchange::export::{TemplateOptions, save_template, template_plan, template_xlsx};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::raised;
use crate::plan::Plan;
use crate::reading::file;

/// Saves an empty workbook in which offices fill in budget lines, to a path or a file opened for writing bytes: the plan's offices (or only
/// those with these ids), results and categories as lists to choose from, and rows for so many `lines`. None of the plan's money is in
/// it. Read what comes back with `logframe.read_excel`, and put it together with `logframe.combine`.
///
/// >>> import io
/// >>> file = io.BytesIO()
/// >>> logframe.template(plan, file, offices=["chile", "peru"])
/// >>> logframe.read_excel(file.getvalue())
/// <Plan iom-venezuela-2018: USD 0, 2 offices>
#[pyfunction]
#[pyo3(
    signature = (plan, path, *, offices = None, lines = None),
    text_signature = "(plan, path, *, offices=None, lines=200)"
)]
pub fn template(
    plan: &Bound<'_, Plan>,
    path: &Bound<'_, PyAny>,
    offices: Option<Vec<String>>,
    lines: Option<u32>,
) -> PyResult<()> {
    let plan = plan.get().content();
    if plan.offices.is_empty() || plan.nodes().is_empty() {
        return Err(PyValueError::new_err("the plan has no offices, or no results; there is nothing that lines could be for"));
    }
    let options = lines.map_or_else(TemplateOptions::default, |lines| TemplateOptions::default().with_lines(lines));
    let offices = offices.unwrap_or_default();
    let plan = || template_plan(plan, &offices);
    written("template", path, || template_xlsx(&plan()?, options), |path| save_template(&plan()?, options, path))
}

/// Bytes made and given to an open file, or what is saved to a path: whole or not at all.
pub fn written(
    wanting: &str,
    to: &Bound<'_, PyAny>,
    made: impl FnOnce() -> Result<Vec<u8>, Error> + Send,
    saved: impl FnOnce(&Path) -> Result<(), Error> + Send,
) -> PyResult<()> {
    let py = to.py();
    if to.hasattr("write")? {
        let bytes = py.detach(made).map_err(|error| raised(py, &error))?;
        to.call_method1("write", (PyBytes::new(py, &bytes),))?;
        return Ok(());
    }
    let path = file(wanting, to)?;
    py.detach(|| saved(&path)).map_err(|error| raised(py, &error))
}
