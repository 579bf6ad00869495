//! Who carries the plan out, and where: offices, regions, country sheets.

use logframe::Entries;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::items::{hash_of, ids, texts};
use crate::results::shown;
use crate::shared::{Trail, noun};

/// An office that implements a part of the plan.
///
/// >>> office = plan.offices["colombia"]
/// >>> office.name, office.kind, office.places, office.leads
/// ('Colombia', 'country', ('CO',), False)
#[pyclass(frozen, eq, module = "logframe")]
pub struct Office {
    noun: logframe::Office,
    trail: Trail,
}

noun!(Office(logframe::Office));

#[pymethods]
impl Office {
    /// Its id, also the name of its line in the budget.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its name as printed in the budget table.
    #[getter]
    fn name(&self) -> &str {
        &self.noun.name
    }

    /// `"country"`, `"sub-regional"` or `"regional"`.
    #[getter]
    fn kind(&self) -> Option<String> {
        self.noun.kind.map(|kind| kind.to_string())
    }

    /// ISO codes of the places it works in.
    #[getter]
    fn places<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.places)
    }

    /// Ids of the regions whose offices it supports.
    #[getter]
    fn regions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.regions)
    }

    /// The file that its figures come from, where the plan was combined from several.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.noun.source.as_deref()
    }

    /// Whether it leads the plan.
    #[getter]
    fn leads(&self) -> bool {
        self.noun.leads
    }

    fn __hash__(&self) -> u64 {
        hash_of(("office", &self.noun.id, &self.noun.name))
    }

    fn __repr__(&self) -> String {
        shown("Office", &self.noun.id, &self.noun.name)
    }
}

/// A region of the plan with the places in it.
///
/// >>> plan.regions["south-america"].places["CO"]
/// 'Colombia'
#[pyclass(frozen, eq, module = "logframe")]
pub struct Region {
    noun: logframe::Region,
    trail: Trail,
}

noun!(Region(logframe::Region));

#[pymethods]
impl Region {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.noun.name
    }

    /// Its countries and territories: ISO code and name as printed.
    #[getter]
    fn places<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        texts_by_id(py, &self.noun.places)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("region", &self.noun.id, &self.noun.name))
    }

    fn __repr__(&self) -> String {
        shown("Region", &self.noun.id, &self.noun.name)
    }
}

/// A country sheet: what the plan says about one office, or about several together.
///
/// >>> sheet = plan.sheets["argentina"]
/// >>> sheet.offices, len(sheet.activities)
/// (('argentina',), 15)
/// >>> sorted(sheet.challenges)
/// ['1', '2', '4']
#[pyclass(frozen, eq, module = "logframe")]
pub struct Sheet {
    noun: logframe::Sheet,
    trail: Trail,
}

noun!(Sheet(logframe::Sheet));

#[pymethods]
impl Sheet {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its title as printed.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.noun.title.as_deref()
    }

    /// Ids of the offices it speaks for.
    #[getter]
    fn offices<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.offices)
    }

    /// What the government's response has brought.
    #[getter]
    fn highlights<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.noun.highlights)
    }

    /// Ids of the plan's activities that are carried out here, in printed order; `None` where the sheet lists none.
    #[getter]
    fn activities<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        self.noun.activities.as_deref().map(|activities| ids(py, activities)).transpose()
    }

    /// Challenges by the id of the outcome where the document puts them.
    #[getter]
    fn challenges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let by_outcome = PyDict::new(py);
        for (outcome, challenges) in &self.noun.challenges {
            by_outcome.set_item(outcome.as_str(), texts(py, challenges)?)?;
        }
        Ok(by_outcome)
    }

    /// Challenges that the document puts under no outcome.
    #[getter]
    fn other_challenges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.noun.other_challenges)
    }

    /// The sheet's own words for an activity, by its id, where they differ from the plan's.
    #[getter]
    fn wording<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        texts_by_id(py, &self.noun.wording)
    }

    fn __hash__(&self) -> u64 {
        hash_of(("sheet", &self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        shown("Sheet", &self.noun.id, self.noun.title.as_deref().unwrap_or("no title"))
    }
}

fn texts_by_id<'py>(py: Python<'py>, entries: &Entries<String>) -> PyResult<Bound<'py, PyDict>> {
    let texts = PyDict::new(py);
    for (id, text) in entries {
        texts.set_item(id.as_str(), text)?;
    }
    Ok(texts)
}
