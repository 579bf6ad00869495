//! Plans from workbooks and tables that people lay out.

use logframe_exchange::{Document, Imported, Mapping, import};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::decimal::Given;
use crate::detached::detached;
use crate::errors::{raised, unreadable_plan};
use crate::plan::Plan;
use crate::reading::file;
use crate::shared::Shared;

/// Reads a workbook as a plan: `.xlsx`, `.xlsm`, `.xls` or `.ods`, from a path, `bytes`, or a file opened for reading bytes.
///
/// What is where is recognised: offices by outcomes with totals, lists of budget lines with subtotals, one sheet an office.
/// `logframe.recognise` shows it. What is taken for the wrong thing is corrected in a mapping file: `mapping`, or `budget.xlsx.map.toml` beside
/// the workbook. `currency` is that of the amounts where no heading says it, `unit` what figures were rounded to.
///
/// Every cell is read exactly, and every finding of `plan.check()` tells its cell. A file that cannot be read raises `PlanError`.
///
/// >>> plan = logframe.read_excel("examples/tables/budget.xlsx")
/// >>> plan
/// <Plan budget: USD 79,040, 1 office>
/// >>> [(finding.cell, finding.rule) for finding in plan.check().errors]
/// [('Budget!H10', 'line-amount')]
#[pyfunction]
#[pyo3(signature = (source, *, mapping = None, currency = None, unit = None))]
pub fn read_excel(
    source: &Bound<'_, PyAny>,
    mapping: Option<&Bound<'_, PyAny>>,
    currency: Option<String>,
    unit: Option<Given>,
) -> PyResult<Py<Plan>> {
    let py = source.py();
    plan(py, imported("read_excel", source, mapping, currency, unit)?)
}

/// Reads a table in CSV or TSV as a plan, as `read_excel` reads a workbook: with the separators and in the encodings that spreadsheets write.
///
/// >>> logframe.read_csv("examples/tables/iom.csv", currency="USD", unit=1)
/// <Plan iom: USD 32,326,043, 16 offices>
#[pyfunction]
#[pyo3(signature = (source, *, mapping = None, currency = None, unit = None))]
pub fn read_csv(
    source: &Bound<'_, PyAny>,
    mapping: Option<&Bound<'_, PyAny>>,
    currency: Option<String>,
    unit: Option<Given>,
) -> PyResult<Py<Plan>> {
    let py = source.py();
    plan(py, imported("read_csv", source, mapping, currency, unit)?)
}

/// What `read_excel` or `read_csv` takes for what in a file, as the text of a mapping file: written to `budget.xlsx.map.toml` and corrected
/// there, it is used from then on.
///
/// >>> print(logframe.recognise("examples/tables/iom.csv"))
/// # How iom.csv is read. Correct what is wrong, and leave out what shall be found out.
/// <BLANKLINE>
/// [plan]
/// id = "iom"
/// title = "iom"
/// <BLANKLINE>
/// [[table]]
/// sheet = ""
/// layout = "offices-by-results"
/// header = 1
/// last = 18
/// <BLANKLINE>
#[pyfunction]
#[pyo3(signature = (source, *, mapping = None))]
pub fn recognise(source: &Bound<'_, PyAny>, mapping: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
    let imported = imported("recognise", source, mapping, None, None)?;
    let name = imported.source.name();
    let shown =
        std::path::Path::new(name).file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(imported.mapping.text(&shown))
}

fn plan(py: Python<'_>, imported: Imported) -> PyResult<Py<Plan>> {
    let Imported { source, plan, findings, .. } = imported;
    match plan {
        Some(plan) => Shared::noticed(plan, source, findings).plan(py),
        None => Err(unreadable_plan(py, &findings, &source, None)),
    }
}

fn imported(
    wanting: &str,
    source: &Bound<'_, PyAny>,
    mapping: Option<&Bound<'_, PyAny>>,
    currency: Option<String>,
    unit: Option<Given>,
) -> PyResult<Imported> {
    let py = source.py();
    let named = mapping.map(|mapping| file(wanting, mapping)).transpose()?;
    let given = Bytes::of(wanting, source)?;
    let read = detached(py, move || {
        let (document, mut how) = match given {
            Bytes::Path(path) => (Document::read(&path)?, Mapping::of(&path)?),
            Bytes::Held(name, bytes) => (Document::of_bytes(&name, &bytes)?, Mapping::default()),
        };
        if let Some(named) = named {
            how = Mapping::read(named)?;
        }
        how.plan.currency = currency.or(how.plan.currency);
        how.plan.unit = unit.map(|unit| unit.0).or(how.plan.unit);
        Ok(import(document, &how))
    })?;
    read.map_err(|error: logframe::Error| raised(py, &error))
}

/// Where a file's bytes are.
enum Bytes {
    Path(std::path::PathBuf),
    Held(String, Vec<u8>),
}

impl Bytes {
    /// A path, bytes, or an object with `read`.
    fn of(wanting: &str, source: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = source.cast::<PyBytes>() {
            return Ok(Self::Held("<bytes>".to_owned(), bytes.as_bytes().to_vec()));
        }
        if source.is_instance_of::<PyString>() || !source.hasattr("read")? {
            return file(wanting, source).map(Self::Path);
        }
        let name = source.getattr("name").and_then(|name| name.extract::<String>()).unwrap_or_else(|_| "<file>".to_owned());
        let read = source.call_method0("read")?;
        match read.cast::<PyBytes>() {
            Ok(bytes) => Ok(Self::Held(name, bytes.as_bytes().to_vec())),
            Err(_) => {
                Err(PyTypeError::new_err(format!("`{wanting}` wants a file that is opened for bytes: `open(path, \"rb\")`")))
            }
        }
    }
}
