//! The budget over time.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::categories::bare_allocations;
use super::sums::Sums;
use crate::period::{Period, Step};
use crate::plan::{Part, Plan, Spreading};
use crate::table::{Column, Table};

/// What the rows of a budget over time are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeRows {
    /// Offices.
    #[default]
    Office,
    /// Outcomes and budget heads.
    Outcome,
    /// Cost categories.
    Category,
}

impl TimeRows {
    /// The rows of a name: `office`, `outcome` or `category`.
    ///
    /// # Errors
    /// [`Error::Unknown`](crate::Error::Unknown) with the nearest name.
    pub fn named(name: &str) -> Result<Self, crate::Error> {
        match name {
            "office" => Ok(Self::Office),
            "outcome" => Ok(Self::Outcome),
            "category" => Ok(Self::Category),
            other => Err(crate::Error::unknown("rows", other, ["office", "outcome", "category"])),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Outcome => "outcome",
            Self::Category => "category",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Office => "Implementing office",
            Self::Outcome => "Outcome",
            Self::Category => "Cost category",
        }
    }
}

/// The budget by years, half-years, quarters or months. An amount without a period is in the column "whole plan", and one whose period is
/// longer than a step and is not spread in "several": neither is ever put into the first year.
pub fn calendar(plan: &Plan, step: Step, rows: TimeRows) -> Table {
    let spreading = Spreading::new(&plan.header.lines);
    // Many parts have one period in common.
    let periods: HashSet<Period> = plan.lines.iter().flat_map(|line| spreading.periods(line)).collect();
    let step_of: HashMap<Period, Period> = periods.into_iter().filter_map(|period| Some((period, period.step(step)?))).collect();
    let steps: Vec<Period> = step_of.values().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut columns: Vec<(String, String)> = steps.iter().map(|step| (step.to_string(), step.to_string())).collect();
    columns.push(("several".to_owned(), format!("several {}s", step.name())));
    columns.push(("whole".to_owned(), "whole plan".to_owned()));
    let names = names(plan, rows);
    let last = names.len().saturating_sub(1);
    let mut sums = Sums::new(names, columns);
    each_part(plan, &spreading, |Placed { office, root, category, part: (period, amount) }| {
        let row = match rows {
            TimeRows::Office => office,
            TimeRows::Outcome => root,
            TimeRows::Category => category.unwrap_or(last),
        };
        let column = match period {
            None => steps.len() + 1,
            Some(period) => step_of.get(&period).and_then(|step| steps.binary_search(step).ok()).unwrap_or(steps.len()),
        };
        sums.add(row, column, amount);
    });
    let title = format!("{}: by {}, {}", plan.header.title, step.name(), plan.header.currency.value);
    let mut table = sums.table(title, Column::text(rows.name(), rows.heading()));
    table.style = plan.number_style();
    table
}

/// A part of the budget: where it belongs, when it is spent, and how much it is.
struct Placed {
    office: usize,
    /// The outcome or head, as a position among the nodes.
    root: usize,
    category: Option<usize>,
    part: Part,
}

/// Every part of the budget, one after the other: lines as they are spread, and allocations that no lines stand for. They are not kept: decades of months
/// for every line would fill the memory.
fn each_part(plan: &Plan, spreading: &Spreading<'_>, mut add: impl FnMut(Placed)) {
    let built = &plan.index().built;
    let root = |node: usize| plan.nodes().get(node).map_or(node, |node| node.root);
    for ((line, amount), place) in plan.lines.iter().zip(&built.lines).zip(&built.places) {
        let (Some(place), Ok(whole)) = (place, amount.amount) else { continue };
        let parts = spreading.parts(line, amount);
        for part in parts.unwrap_or_else(|_| vec![(line.period.map(|period| *period), whole)]) {
            add(Placed { office: place.office(), root: root(place.node()), category: place.category(), part });
        }
    }
    for (office, node, amount) in bare_allocations(plan) {
        add(Placed { office, root: root(node), category: None, part: (None, amount) });
    }
}

fn names(plan: &Plan, rows: TimeRows) -> Vec<String> {
    match rows {
        TimeRows::Office => plan.offices.iter().map(|office| office.name.clone()).collect(),
        TimeRows::Outcome => plan.nodes().iter().map(|node| node.title.clone()).collect(),
        TimeRows::Category => {
            let titles = plan.cost_categories().into_iter().map(|category| category.title);
            titles.chain(["no category".to_owned()]).collect()
        }
    }
}
