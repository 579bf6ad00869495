//! Sequences of a plan's things, looked up by position or by id.

use logframe::table::{Cell, Column, Table};
use logframe::{Error, Id, Spanned};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyString, PyTuple, PyType};

use crate::errors;
use crate::look::in_display;
use crate::pickle::Recipe;
use crate::plan::Plan;
use crate::shared::{Step, Trail};

/// A tuple whose things can also be looked up by id.
///
/// >>> import logframe
/// >>> plan = logframe.load("plans/iom-venezuela-2018.toml")
/// >>> plan.offices[0].name
/// 'Argentina'
/// >>> plan.offices["colombia"].places
/// ('CO',)
/// >>> "colombia" in plan.offices, len(plan.offices)
/// (True, 16)
/// >>> plan.offices["columbia"]
/// Traceback (most recent call last):
///     ...
/// logframe.UnknownNameError: no office `columbia` in the plan; did you mean `colombia`?
#[pyclass(frozen, module = "logframe")]
pub struct Items {
    kind: &'static str,
    things: Py<PyTuple>,
    /// Id -> position of the first thing that has it.
    positions: Py<PyDict>,
    trail: Trail,
}

impl Items {
    /// Things under their ids.
    pub fn new<'py, K, T>(
        py: Python<'py>,
        kind: &'static str,
        trail: &Trail,
        entries: impl Iterator<Item = (K, T)>,
    ) -> PyResult<Self>
    where
        K: IntoPyObject<'py>,
        T: IntoPyObject<'py>,
    {
        let positions = PyDict::new(py);
        let mut things = Vec::new();
        for (at, (key, thing)) in entries.enumerate() {
            positions.call_method1("setdefault", (key, at))?;
            things.push(thing);
        }
        let things = PyTuple::new(py, things)?.unbind();
        Ok(Self { kind, things, positions: positions.unbind(), trail: trail.clone() })
    }

    fn refused(&self, py: Python<'_>, key: &Bound<'_, PyAny>) -> PyErr {
        let names: Vec<String> = self.positions.bind(py).keys().iter().map(|key| shown(&key)).collect();
        errors::raised(py, &Error::unknown(self.kind, &shown(key), names.iter().map(String::as_str)))
    }
}

#[pymethods]
impl Items {
    /// The ids, in document order; an allocation's id is its office and its result.
    ///
    /// >>> plan.outcomes.ids
    /// ('1', '2', '3', '4')
    /// >>> plan.allocations.ids[0]
    /// ('argentina', '1')
    #[getter]
    fn ids<'py>(&self, py: Python<'py>) -> Bound<'py, PyTuple> {
        self.positions.bind(py).keys().to_tuple()
    }

    /// The thing of an id, or `default` where there is none.
    ///
    /// >>> plan.heads.get("evaluation").title
    /// 'Evaluation'
    /// >>> plan.heads.get("overhead") is None
    /// True
    #[pyo3(signature = (id, default = None))]
    fn get<'py>(&self, id: &Bound<'py, PyAny>, default: Option<Bound<'py, PyAny>>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = id.py();
        match self.positions.bind(py).get_item(id)? {
            Some(at) => self.things.bind(py).as_any().get_item(at).map(Some),
            None => Ok(default),
        }
    }

    /// The position of a thing.
    ///
    /// >>> plan.offices.index(plan.offices["brazil"])
    /// 1
    #[pyo3(signature = (value, start = 0, stop = isize::MAX, /))]
    fn index<'py>(&self, value: &Bound<'py, PyAny>, start: isize, stop: isize) -> PyResult<Bound<'py, PyAny>> {
        self.things.bind(value.py()).call_method1("index", (value, start, stop))
    }

    /// How often a thing is here.
    ///
    /// >>> plan.offices.count(plan.offices["brazil"])
    /// 1
    #[pyo3(signature = (value, /))]
    fn count<'py>(&self, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.things.bind(value.py()).call_method1("count", (value,))
    }

    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = key.py();
        let things = self.things.bind(py).as_any();
        if !(key.is_instance_of::<PyString>() || key.is_instance_of::<PyTuple>()) {
            return things.get_item(key);
        }
        let at = self.positions.bind(py).get_item(key)?.ok_or_else(|| self.refused(py, key))?;
        things.get_item(at)
    }

    fn __contains__(&self, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = key.py();
        let unhashable = |error: PyErr| if error.is_instance_of::<PyTypeError>(py) { Ok(false) } else { Err(error) };
        Ok(self.things.bind(py).contains(key)? || self.positions.bind(py).contains(key).or_else(unhashable)?)
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.things.bind(py).len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.things.bind(py).try_iter()
    }

    fn __reversed__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("builtins")?.getattr("reversed")?.call1((&self.things,))
    }

    fn __eq__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let things = self.things.bind(other.py());
        match other.cast::<Self>() {
            Ok(other) => things.as_any().rich_compare(&other.get().things, pyo3::basic::CompareOp::Eq),
            Err(_) => things.as_any().rich_compare(other, pyo3::basic::CompareOp::Eq),
        }
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.things.bind(py).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Recipe<'py, (Py<Plan>, Vec<Step>)> {
        self.trail.reduce(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Items{}", self.things.bind(py).repr()?))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let columns = vec![Column::text("id", "Id"), Column::text("title", capital(self.kind))];
        let mut table = Table::new("", columns);
        for thing in self.things.bind(py) {
            let title = thing.getattr("title").or_else(|_| thing.getattr("name"))?;
            let title = title.extract::<Option<String>>()?.map_or(Cell::Absent, Cell::text);
            table.push(vec![Cell::text(thing.getattr("id").or_else(|_| thing.getattr("code"))?.extract::<String>()?), title]);
        }
        Ok(in_display(&table).html_preview(SHOWN))
    }

    #[classmethod]
    fn __class_getitem__<'py>(class: &Bound<'py, PyType>, item: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        class.py().import("types")?.getattr("GenericAlias")?.call1((class, item))
    }
}

/// Things that a notebook shows, about.
const SHOWN: usize = 60;

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// An id as a message shows it.
fn shown(key: &Bound<'_, PyAny>) -> String {
    match key.extract::<(String, String)>() {
        Ok((office, result)) => format!("{office}, {result}"),
        Err(_) => key.to_string(),
    }
}

/// Ids as a tuple of texts.
pub fn ids<'py>(py: Python<'py>, ids: &[Spanned<Id>]) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, ids.iter().map(|id| id.as_str()))
}

/// Texts as a tuple.
pub fn texts<'py>(py: Python<'py>, texts: &[String]) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, texts)
}

/// A hash of what tells two things apart.
pub fn hash_of(key: impl std::hash::Hash) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}
