//! What all things of a plan share: the plan, the text it was read from, and the way from the plan to each of them.

use std::sync::{Arc, Mutex, PoisonError};

use logframe::{Diagnostic, Source};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyWeakrefMethods, PyWeakrefReference};

use crate::pickle::{Recipe, recipe};
use crate::plan::Plan;

/// A plan and its text. Plans that are larger than a text may be have none; findings then name things instead of places.
pub struct Shared {
    pub content: logframe::Plan,
    pub source: Option<Source>,
    /// What was noticed while a table was read as the plan: reports tell it, too.
    pub noticed: Vec<Diagnostic>,
    /// The Python object of the plan, while there is one.
    handle: Mutex<Option<Py<PyWeakrefReference>>>,
}

impl Shared {
    pub fn new(content: logframe::Plan, source: Option<Source>) -> Arc<Self> {
        Arc::new(Self { content, source, noticed: Vec::new(), handle: Mutex::default() })
    }

    /// A plan that was read from a workbook or a table.
    pub fn noticed(content: logframe::Plan, source: Source, noticed: Vec<Diagnostic>) -> Arc<Self> {
        Arc::new(Self { content, source: Some(source), noticed, handle: Mutex::default() })
    }

    /// The Python object of the plan: the same one as long as somebody holds it, so that things pickled together share it.
    pub fn plan(self: &Arc<Self>, py: Python<'_>) -> PyResult<Py<Plan>> {
        let held = self.handle.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|weak| weak.clone_ref(py));
        let alive = held.and_then(|weak| weak.bind(py).upgrade());
        if let Some(plan) = alive.and_then(|plan| plan.cast_into::<Plan>().ok()) {
            return Ok(plan.unbind());
        }
        let plan = Bound::new(py, Plan::of(self.clone()))?;
        let weak = PyWeakrefReference::new(plan.as_any())?.unbind();
        *self.handle.lock().unwrap_or_else(PoisonError::into_inner) = Some(weak);
        Ok(plan.unbind())
    }
}

/// A step from a thing to a part of it.
#[derive(Clone, Copy, Debug, IntoPyObject)]
pub enum Step {
    /// An attribute.
    Name(&'static str),
    /// A position.
    At(usize),
}

/// Where in a plan a thing stands. It is no part of what the thing is: equal things may stand in different places.
#[derive(Clone)]
pub struct Trail {
    pub shared: Arc<Shared>,
    steps: Vec<Step>,
}

impl Trail {
    /// The start: the plan itself.
    pub fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: shared.clone(), steps: Vec::new() }
    }

    /// On to an attribute.
    pub fn to(&self, name: &'static str) -> Self {
        self.and(Step::Name(name))
    }

    /// On to a position.
    pub fn at(&self, position: usize) -> Self {
        self.and(Step::At(position))
    }

    fn and(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { shared: self.shared.clone(), steps }
    }

    pub fn content(&self) -> &logframe::Plan {
        &self.shared.content
    }

    pub fn plan(&self, py: Python<'_>) -> PyResult<Py<Plan>> {
        self.shared.plan(py)
    }

    /// How the thing is pickled: as the plan, and the way to it.
    pub fn reduce<'py>(&self, py: Python<'py>) -> Recipe<'py, (Py<Plan>, Vec<Step>)> {
        recipe(py, "_part", (self.plan(py)?, self.steps.clone()))
    }
}

/// The part of a plan at the end of a way: what pickle calls.
#[pyfunction]
pub fn _part<'py>(plan: Bound<'py, PyAny>, steps: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let mut thing = plan;
    for step in steps.try_iter()? {
        let step = step?;
        thing = match step.cast::<PyString>() {
            Ok(name) => thing.getattr(name)?,
            Err(_) => thing.get_item(step)?,
        };
    }
    Ok(thing)
}

/// What every noun of a plan is in Python: what it says, and where it stands.
macro_rules! noun {
    ($kind:ident($inner:ty)) => {
        impl PartialEq for $kind {
            fn eq(&self, other: &Self) -> bool {
                self.noun == other.noun
            }
        }

        impl $kind {
            /// What the plan says, where it says it.
            pub fn new(noun: $inner, trail: $crate::shared::Trail) -> Self {
                Self { noun, trail }
            }

            #[allow(dead_code, reason = "not every noun is asked for what it says, or where")]
            pub(crate) fn said(&self) -> &$inner {
                &self.noun
            }

            #[allow(dead_code, reason = "as above")]
            pub(crate) fn trail(&self) -> &$crate::shared::Trail {
                &self.trail
            }
        }

        #[pymethods]
        impl $kind {
            fn __reduce__<'py>(
                &self,
                py: Python<'py>,
            ) -> $crate::pickle::Recipe<'py, (Py<$crate::plan::Plan>, Vec<$crate::shared::Step>)> {
                self.trail.reduce(py)
            }
        }
    };
}
pub(crate) use noun;
