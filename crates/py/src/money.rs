//! Money: allocations, and what the document prints about its own numbers.

use logframe::{Cell, Id, Measure, NumberStyle, Spanned};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::Exact;
use crate::items::{hash_of, ids};
use crate::shared::{Trail, noun};

/// An amount of an office for a result or a budget head: one cell of the budget table.
///
/// Zero, none (printed `-`) and not given are three things: an amount of zero, no amount with `is_none`, no allocation at all.
///
/// >>> plan.allocations["argentina", "1"].amount
/// Decimal('180572')
/// >>> plan.allocations["argentina", "3"]
/// <Allocation argentina, 3: none>
#[pyclass(frozen, eq, module = "logframe")]
pub struct Allocation {
    noun: logframe::Allocation,
    trail: Trail,
}

noun!(Allocation(logframe::Allocation));

#[pymethods]
impl Allocation {
    /// Id of the office that gets it.
    #[getter]
    fn office(&self) -> &str {
        &self.noun.office
    }

    /// Id of the outcome, output, activity or budget head that it serves.
    #[getter]
    fn result(&self) -> &str {
        &self.noun.result
    }

    /// How much, exactly; `None` where the document prints none.
    #[getter]
    fn amount(&self) -> Option<Exact> {
        self.noun.cell.amount().map(Exact)
    }

    /// Whether the document prints that there is none.
    #[getter]
    fn is_none(&self) -> bool {
        *self.noun.cell == Cell::None
    }

    /// Whether it is built up from budget lines, and not given in the budget table.
    #[getter]
    fn is_built(&self) -> bool {
        self.noun.is_built
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.office, &self.noun.result, self.noun.cell.amount()))
    }

    fn __repr__(&self) -> String {
        let amount = self.noun.cell.amount().map_or_else(|| "none".to_owned(), |amount| amount.grouped(NumberStyle::default()));
        format!("<Allocation {}, {}: {amount}>", self.noun.office, self.noun.result)
    }
}

/// A figure that the document prints about its own numbers. The same number printed in three places is three statements.
///
/// >>> statement = plan.declared[0]
/// >>> statement.place, statement.measure, statement.value
/// ('main table', 'amount', Decimal('32326041'))
/// >>> statement.offices is None  # the whole plan
/// True
#[pyclass(frozen, eq, module = "logframe")]
pub struct Statement {
    noun: Said,
    trail: Trail,
}

noun!(Statement(Said));

/// What a statement says, wherever it stands.
#[derive(PartialEq, Eq)]
pub struct Said {
    place: String,
    share: bool,
    scope: logframe::Scope,
    value: logframe::Decimal,
    unit: Option<logframe::Decimal>,
    text: Option<String>,
}

impl Said {
    /// A statement of the plan.
    pub fn of(statement: &logframe::Statement) -> Self {
        Self {
            place: statement.place.to_string(),
            share: statement.measure == Measure::Share,
            scope: statement.scope.clone(),
            value: *statement.value,
            unit: statement.printed.unit.map(|unit| *unit),
            text: statement.text.clone(),
        }
    }
}

#[pymethods]
impl Statement {
    /// Where it is printed, in words.
    #[getter]
    fn place(&self) -> &str {
        &self.noun.place
    }

    /// `"amount"` of the plan's currency, or `"share"` in per cent.
    #[getter]
    fn measure(&self) -> &str {
        if self.noun.share { "share" } else { "amount" }
    }

    /// Ids of the offices it is about; `None` for all of them.
    #[getter]
    fn offices<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        some_ids(py, self.noun.scope.offices.as_deref())
    }

    /// Ids of the outcomes, deeper results or budget heads it is about; `None` for all of them.
    #[getter]
    fn results<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        some_ids(py, self.noun.scope.results.as_deref())
    }

    /// The number, exactly.
    #[getter]
    fn value(&self) -> Exact {
        Exact(self.noun.value)
    }

    /// The unit it was rounded to: 1 for whole dollars, 0.1 for a share of one decimal.
    #[getter]
    fn unit(&self) -> Option<Exact> {
        self.noun.unit.map(Exact)
    }

    /// What is printed letter by letter, where the plan keeps it.
    #[getter]
    fn text(&self) -> Option<&str> {
        self.noun.text.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.place, self.noun.share, self.noun.value))
    }

    fn __repr__(&self) -> String {
        let sign = if self.noun.share { "%" } else { "" };
        let scope: Vec<_> =
            [&self.noun.scope.offices, &self.noun.scope.results].into_iter().flatten().flatten().map(|id| id.as_str()).collect();
        let scope = if scope.is_empty() { "whole plan".to_owned() } else { scope.join(", ") };
        format!("<Statement {}, {scope}: {}{sign}>", self.noun.place, self.noun.value.grouped(NumberStyle::default()))
    }
}

fn some_ids<'py>(py: Python<'py>, some: Option<&[Spanned<Id>]>) -> PyResult<Option<Bound<'py, PyTuple>>> {
    some.map(|some| ids(py, some)).transpose()
}
