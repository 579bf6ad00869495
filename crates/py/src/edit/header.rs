//! What a plan says about itself, by name.

use logframe::{Date, Duration, Error, Header};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{an_id, rule, some_ids};
use crate::decimal::Given;

/// What `Plan(…)` and `replace` take.
pub const HEADER: [&str; 14] = [
    "id",
    "title",
    "currency",
    "organisation",
    "statement",
    "language",
    "unit",
    "rounding",
    "line_unit",
    "line_rounding",
    "months",
    "first_day",
    "last_day",
    "sdgs",
];

/// The first of them, which a plan cannot be without.
pub const REQUIRED: usize = 3;

/// Sets what is given by name.
pub fn set_header(header: &mut Header, changes: Option<&Bound<'_, PyDict>>, names: &[&str]) -> PyResult<()> {
    for (name, value) in changes.into_iter().flatten() {
        let name: String = name.extract()?;
        if !names.contains(&name.as_str()) {
            let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            return Err(PyTypeError::new_err(format!("a plan has no `{name}` that could be set here; there are {names}")));
        }
        set(header, &name, &value)?;
    }
    Ok(())
}

fn set(header: &mut Header, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = value.py();
    let text = || value.extract::<String>();
    let some_text = || value.extract::<Option<String>>();
    match name {
        "id" => header.id = an_id(&text()?)?.into(),
        "title" => header.title = text()?,
        "currency" => header.currency = text()?.into(),
        "organisation" => header.organisation = some_text()?,
        "statement" => header.statement = some_text()?,
        "language" => header.language = some_text()?,
        "unit" => header.printed.unit = value.extract::<Option<Given>>()?.map(|unit| unit.0.into()),
        "rounding" => header.printed.rounding = some_text()?.map(|name| rule(py, &name)).transpose()?.map(Into::into),
        "line_unit" => header.lines.unit = value.extract::<Option<Given>>()?.map(|unit| unit.0.into()),
        "line_rounding" => header.lines.rounding = some_text()?.map(|name| rule(py, &name)).transpose()?.map(Into::into),
        "sdgs" => header.sdgs = some_ids(value.extract()?)?,
        _ => {
            let mut duration = header.duration.take().unwrap_or_default();
            match name {
                "months" => duration.months = value.extract()?,
                "first_day" => duration.from = day(value)?.map(Into::into),
                _ => duration.to = day(value)?.map(Into::into),
            }
            header.duration = Some(duration).filter(|duration| *duration != Duration::default());
        }
    }
    Ok(())
}

/// A day: a `datetime.date`, or a text as `2018-04-01`.
pub(super) fn day(value: &Bound<'_, PyAny>) -> PyResult<Option<Date>> {
    if value.is_none() {
        return Ok(None);
    }
    let text: String = match value.cast::<PyString>() {
        Ok(text) => text.extract()?,
        Err(_) => value.call_method0("isoformat").map_err(|_| PyTypeError::new_err("a day is a `datetime.date`"))?.extract()?,
    };
    text.parse().map(Some).map_err(|error: Error| PyValueError::new_err(error.to_string()))
}
