//! How numbers are shown: each plan in its own way, or all of them as the reader is used to.

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};

use logframe::table::Table;
use logframe::{NumberStyle, Plan};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The name of the choice that leaves each plan its own way.
const OF_PLAN: &str = "plan";
/// The languages that can be chosen; their ways of writing numbers are those of [`NumberStyle::of_language`].
const LANGUAGES: [&str; 8] = ["en", "es", "es-mx", "fr", "pt", "de", "de-ch", "ru"];

/// What has been chosen for this program.
static CHOSEN: RwLock<&'static str> = RwLock::new(OF_PLAN);

fn chosen() -> &'static str {
    *CHOSEN.read().unwrap_or_else(PoisonError::into_inner)
}

fn choose(name: &'static str) {
    *CHOSEN.write().unwrap_or_else(PoisonError::into_inner) = name;
}

/// The way of writing numbers that was chosen; `None` where each plan is shown in its own.
fn preferred() -> Option<NumberStyle> {
    (chosen() != OF_PLAN).then(|| NumberStyle::of_language(chosen()))
}

#[pymethods]
impl crate::plan::Plan {
    /// What stands between thousands, and before decimals, where the plan's numbers are shown now: for charts.
    #[getter]
    fn _number_marks(&self) -> (char, char) {
        let style = in_display(self.content()).number_style();
        (style.thousands, style.decimal)
    }
}

/// What can be shown in a way of writing numbers.
pub trait Shown: Clone {
    /// The same, shown in that way.
    fn in_style(&self, style: NumberStyle) -> Self;
}

impl Shown for Plan {
    fn in_style(&self, style: NumberStyle) -> Self {
        self.shown_in(style)
    }
}

impl Shown for Table {
    fn in_style(&self, style: NumberStyle) -> Self {
        let mut table = self.clone();
        table.style = style;
        table
    }
}

/// A thing as it shall be shown now.
pub fn in_display<T: Shown>(thing: &T) -> Cow<'_, T> {
    preferred().map_or(Cow::Borrowed(thing), |style| Cow::Owned(thing.in_style(style)))
}

/// What `logframe.display` gives back: the way numbers were shown before comes back at the end of a `with` block.
///
/// >>> with logframe.display(number_format="es"):
/// ...     print(plan)
/// <Plan iom-venezuela-2018: USD 32.326.043, 16 offices>
/// >>> print(plan)
/// <Plan iom-venezuela-2018: USD 32,326,043, 16 offices>
#[pyclass(frozen, module = "logframe")]
pub struct Display {
    now: &'static str,
    before: &'static str,
}

#[pymethods]
impl Display {
    fn __enter__(this: Py<Self>) -> Py<Self> {
        this
    }

    #[pyo3(signature = (*_error))]
    fn __exit__(&self, _error: &Bound<'_, pyo3::types::PyTuple>) {
        choose(self.before);
    }

    fn __repr__(&self) -> String {
        format!("<Display: numbers are shown as {:?}>", self.now)
    }
}

/// How numbers are shown from now on: `"en"` (1,234.56), `"es"`, `"pt"` or `"de"` (1.234,56), `"fr"` or `"ru"` (1 234,56),
/// `"es-mx"` (1,234.56), `"de-ch"` (1’234.56), or `"plan"`, each plan in the way of its own language, as at the start.
///
/// It changes what is shown in tables, cards, charts and findings, never what is held: amounts stay exact `Decimal`s. For some
/// lines only, use it in a `with` statement.
///
/// >>> with logframe.display(number_format="de"):
/// ...     text = plan.table("budget").text()
/// >>> next(line.split()[-2:] for line in text.splitlines() if line.startswith("Mexico"))
/// ['665.418', '2,1']
/// >>> logframe.display(number_format="latin")
/// Traceback (most recent call last):
///     ...
/// ValueError: no number format `latin`; there are `plan`, `en`, `es`, `es-mx`, `fr`, `pt`, `de`, `de-ch`, `ru`
#[pyfunction]
#[pyo3(signature = (*, number_format))]
pub fn display(number_format: &str) -> PyResult<Display> {
    let names = || std::iter::once(OF_PLAN).chain(LANGUAGES);
    let Some(name) = names().find(|name| *name == number_format) else {
        let names: Vec<_> = names().map(|name| format!("`{name}`")).collect();
        return Err(PyValueError::new_err(format!("no number format `{number_format}`; there are {}", names.join(", "))));
    };
    let before = chosen();
    choose(name);
    Ok(Display { now: name, before })
}
