//! Links to the Sustainable Development Goals.

use logframe::{SDG_GOALS, sdg_title};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::items::{hash_of, texts};
use crate::shared::{Trail, noun};

/// A target or goal of the Sustainable Development Goals, with what in the plan contributes to it.
///
/// >>> sdg = plan.sdgs["10.7"]
/// >>> sdg.goal, sdg.goal_title, sdg.links
/// (10, 'Reduced inequalities', ('the plan',))
#[pyclass(frozen, eq, module = "logframe")]
pub struct Sdg {
    noun: Link,
    trail: Trail,
}

noun!(Sdg(Link));

/// A code, and what is linked to it.
type Link = (String, Vec<String>);

impl Sdg {
    fn goal_number(&self) -> Option<usize> {
        self.noun.0.split('.').next()?.parse().ok().filter(|goal| (1..=SDG_GOALS.len()).contains(goal))
    }
}

#[pymethods]
impl Sdg {
    /// Its code: `"10.7"` for a target, `"10"` for a goal.
    #[getter]
    fn code(&self) -> &str {
        &self.noun.0
    }

    /// Its text; `None` where no target has the code.
    #[getter]
    fn title(&self) -> Option<&str> {
        sdg_title(&self.noun.0)
    }

    /// Number of its goal, 1 to 17.
    #[getter]
    fn goal(&self) -> Option<usize> {
        self.goal_number()
    }

    /// Name of its goal.
    #[getter]
    fn goal_title(&self) -> Option<&'static str> {
        SDG_GOALS.get(self.goal_number()? - 1).copied()
    }

    /// What contributes to it: `"the plan"`, `"outcome 1"`, `"activity 1a"`, …
    #[getter]
    fn links<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.noun.1)
    }

    fn __hash__(&self) -> u64 {
        hash_of(&self.noun)
    }

    fn __repr__(&self) -> String {
        let title: String = self.title().unwrap_or("unknown").chars().take(60).collect();
        format!("<Sdg {}: {title}>", self.noun.0)
    }
}
