//! From one thing of a plan to others, as a person thinks: the money of an office, the offices of an activity.

use logframe::report::Dimension;
use pyo3::prelude::*;

use crate::allocations::{Allocations, Names};
use crate::decimal::Exact;
use crate::items::Items;
use crate::offices::{Office, Region, Sheet};
use crate::plan::Plan;
use crate::results::{Activity, Head, Outcome, Output};
use crate::shared::Trail;
use crate::table::Table;

#[pymethods]
impl Plan {
    /// The budget, cell by cell, as a sequence and as a table.
    ///
    /// >>> plan.allocations
    /// <Allocations: 80 cells, USD 32,326,043>
    #[getter]
    fn allocations(&self) -> Allocations {
        Allocations::all(self.shared())
    }

    /// A part of the budget: see `Allocations.filter`.
    ///
    /// >>> plan.filter(region="south-america").total
    /// Decimal('24660190')
    #[pyo3(signature = (*, office = None, kind = None, region = None, outcome = None, output = None, activity = None, result = None))]
    #[expect(clippy::too_many_arguments, reason = "they are the dimensions of a budget")]
    fn filter(
        &self,
        py: Python<'_>,
        office: Option<Names>,
        kind: Option<Names>,
        region: Option<Names>,
        outcome: Option<Names>,
        output: Option<Names>,
        activity: Option<Names>,
        result: Option<Names>,
    ) -> PyResult<Allocations> {
        self.allocations().filter(py, office, kind, region, outcome, output, activity, result)
    }

    /// The budget by two of its dimensions, with totals: see `Allocations.pivot`.
    ///
    /// >>> table = plan.pivot("office", "outcome", declared=True)
    /// >>> table.columns[-3:], table.rows[0][-3:]
    /// (('total', 'declared', 'difference'), (Decimal('800000'), Decimal('800000'), Decimal('0')))
    #[pyo3(signature = (rows = "office", columns = "outcome", *, declared = false))]
    fn pivot(&self, py: Python<'_>, rows: &str, columns: &str, declared: bool) -> PyResult<Table> {
        self.allocations().pivot(py, rows, columns, declared)
    }
}

/// `plan`, `allocations` and `total` of what money is given to, or to whom.
macro_rules! with_money {
    ($kind:ident, $dimension:ident) => {
        #[pymethods]
        impl $kind {
            /// The plan that it is a part of.
            #[getter]
            fn plan(&self, py: Python<'_>) -> PyResult<Py<Plan>> {
                self.trail().plan(py)
            }

            /// Its cells of the budget, with those of everything under it.
            #[getter]
            fn allocations(&self, py: Python<'_>) -> PyResult<Allocations> {
                Allocations::of(py, &self.trail().shared, Dimension::$dimension, &self.said().id)
            }

            /// What its cells of the budget add up to; `None` where there is no amount among them.
            #[getter]
            fn total(&self, py: Python<'_>) -> PyResult<Option<Exact>> {
                self.allocations(py)?.total(py)
            }
        }
    };
}

with_money!(Office, Office);
with_money!(Outcome, Outcome);
with_money!(Output, Output);
with_money!(Activity, Activity);
with_money!(Head, Outcome);

#[pymethods]
impl Office {
    /// The sheets that speak for it, alone or with others.
    ///
    /// >>> [sheet.id for sheet in plan.offices["colombia"].sheets]
    /// ['colombia']
    #[getter]
    fn sheets(&self, py: Python<'_>) -> PyResult<Items> {
        let sheets = self.trail().content().sheets.iter().enumerate();
        let own = sheets.filter(|(_, sheet)| sheet.offices.iter().any(|id| id.value == self.said().id.value));
        let whole = Trail::new(&self.trail().shared).to("sheets");
        let entries = own.map(|(at, sheet)| (sheet.id.as_str(), Sheet::new(sheet.clone(), whole.at(at))));
        Items::new(py, "sheet", &self.trail().to("sheets"), entries)
    }

    /// The activities that its sheets list, in the order of the plan; none where no sheet lists any.
    ///
    /// >>> plan.offices["colombia"].activities.ids[:3]
    /// ('1c', '1e', '1f')
    #[getter]
    fn activities(&self, py: Python<'_>) -> PyResult<Items> {
        let content = self.trail().content();
        let sheets = content.sheets.iter().filter(|sheet| sheet.offices.iter().any(|id| id.value == self.said().id.value));
        let listed: std::collections::HashSet<&str> =
            sheets.filter_map(|sheet| sheet.activities.as_ref()).flatten().map(|id| id.as_str()).collect();
        let whole = Trail::new(&self.trail().shared).to("activities");
        let all = content.outcomes.iter().flat_map(logframe::Outcome::all_activities).enumerate();
        let own = all.filter(|(_, activity)| listed.contains(activity.id.as_str()));
        let entries = own.map(|(at, one)| (one.id.as_str(), Activity::new(one.clone(), whole.at(at))));
        Items::new(py, "activity", &self.trail().to("activities"), entries)
    }
}

#[pymethods]
impl Activity {
    /// The offices whose sheets list it, in the order of the plan.
    ///
    /// >>> plan.activities["1a"].offices.ids
    /// ('ro-buenos-aires', 'ro-san-jose')
    #[getter]
    fn offices(&self, py: Python<'_>) -> PyResult<Items> {
        let is_listed = |sheet: &&logframe::Sheet| sheet.activities.iter().flatten().any(|id| id.value == self.said().id.value);
        let sheets = || self.trail().content().sheets.iter().filter(is_listed);
        offices(py, self.trail(), |office| sheets().any(|sheet| sheet.offices.iter().any(|id| id.value == office.id.value)))
    }

    /// The outcome that it works for.
    ///
    /// >>> plan.activities["1a"].outcome
    /// <Outcome 1: Data production and dissemination>
    #[getter]
    fn outcome(&self) -> Option<Outcome> {
        outcome(self.trail(), |outcome| outcome.all_activities().any(|one| one.id.value == self.said().id.value))
    }
}

#[pymethods]
impl Output {
    /// The outcome that it is delivered for.
    ///
    /// >>> plan.outputs["1.1"].outcome.id
    /// '1'
    #[getter]
    fn outcome(&self) -> Option<Outcome> {
        outcome(self.trail(), |outcome| outcome.outputs.iter().any(|one| one.id.value == self.said().id.value))
    }
}

#[pymethods]
impl Outcome {
    /// The offices that get money for it, in the order of the plan.
    ///
    /// >>> plan.outcomes["3"].offices.ids[:3]
    /// ('brazil', 'caribbean', 'chile')
    #[getter]
    fn offices(&self, py: Python<'_>) -> PyResult<Items> {
        let cells = self.allocations(py)?;
        let content = self.trail().content();
        let with_money =
            cells.positions().filter_map(|at| content.allocations.get(at)).filter(|cell| cell.cell.amount().is_some());
        let ids: std::collections::HashSet<&str> = with_money.map(|cell| cell.office.as_str()).collect();
        offices(py, self.trail(), |office| ids.contains(office.id.as_str()))
    }
}

#[pymethods]
impl Region {
    /// The offices that work in it: those with a place in it, or that support it and have no place.
    ///
    /// >>> plan.regions["south-america"].offices.ids[:2]
    /// ('argentina', 'brazil')
    #[getter]
    fn offices(&self, py: Python<'_>) -> PyResult<Items> {
        let region = self.said();
        offices(py, self.trail(), |office| {
            let by_place = office.places.iter().any(|place| region.places.get(place).is_some());
            by_place || (office.places.is_empty() && office.regions.iter().any(|id| id.value == region.id.value))
        })
    }
}

fn offices(py: Python<'_>, of: &Trail, is_wanted: impl Fn(&logframe::Office) -> bool) -> PyResult<Items> {
    let whole = Trail::new(&of.shared).to("offices");
    let wanted = of.content().offices.iter().enumerate().filter(|(_, office)| is_wanted(office));
    let entries = wanted.map(|(at, office)| (office.id.as_str(), Office::new(office.clone(), whole.at(at))));
    Items::new(py, "office", &of.to("offices"), entries)
}

fn outcome(of: &Trail, is_wanted: impl Fn(&logframe::Outcome) -> bool) -> Option<Outcome> {
    let (at, outcome) = of.content().outcomes.iter().enumerate().find(|(_, outcome)| is_wanted(outcome))?;
    Some(Outcome::new(outcome.clone(), Trail::new(&of.shared).to("outcomes").at(at)))
}
