//! What sheets do and what their offices are given, side by side: the ground of two rules.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::crossfoot::NoneMeans;
use crate::plan::{Cell, Id, Outcome, Plan, Sheet};
use crate::source::Spanned;

/// A sheet and an outcome: which of the outcome's activities it carries out, and what its offices are given for it.
pub struct SheetOutcome<'p> {
    pub sheet: &'p Sheet,
    pub outcome: &'p Outcome,
    pub activities: Vec<&'p Spanned<Id>>,
    pub money: Money,
}

/// What the offices of a sheet are given for an outcome, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    /// At least one of them gets an amount that is not zero.
    Some,
    /// All cells are given, and all are zero or none.
    None,
    /// Nothing is given that is not zero, and some cell is not given, or unknown, or no known office's.
    NotGiven,
}

/// All pairs of a sheet that lists activities and an outcome that it carries out or that its offices get something for.
pub fn of(plan: &Plan) -> Vec<SheetOutcome<'_>> {
    if plan.index().has_unplaced() {
        return Vec::new();
    }
    let mut outcomes: HashMap<usize, &Outcome> = HashMap::new();
    for outcome in plan.outcomes.iter().rev() {
        // The first of two of one id wins, as everywhere.
        if let Some(root) = plan.index().node(&outcome.id) {
            outcomes.insert(root, outcome);
        }
    }
    let sheets = plan.sheets.iter().filter(|sheet| sheet.activities.is_some());
    sheets.flat_map(|sheet| of_sheet(plan, sheet, &outcomes)).collect()
}

fn of_sheet<'p>(plan: &'p Plan, sheet: &'p Sheet, outcomes: &HashMap<usize, &'p Outcome>) -> Vec<SheetOutcome<'p>> {
    let index = plan.index();
    let mut activities: BTreeMap<usize, Vec<&Spanned<Id>>> = BTreeMap::new();
    for activity in sheet.activities.iter().flatten() {
        if let Some(node) = plan.node(activity) {
            activities.entry(node.root).or_default().push(activity);
        }
    }
    let rows: Vec<usize> = sheet.offices.iter().filter_map(|office| index.office(office)).collect();
    let all_known = !rows.is_empty() && rows.len() == sheet.offices.len();
    let mut cells: BTreeMap<usize, Vec<(usize, Cell)>> = BTreeMap::new();
    for office in rows {
        for i in index.of_office.get(office).into_iter().flatten() {
            let root = index.places.get(*i).copied().flatten().and_then(|place| Some(index.nodes.get(place.node)?.root));
            if let (Some(root), Some(allocation)) = (root, plan.allocations.get(*i)) {
                cells.entry(root).or_default().push((office, *allocation.cell));
            }
        }
    }
    let roots: BTreeSet<usize> = activities.keys().chain(cells.keys()).copied().collect();
    let mut pair = |root: usize| {
        let outcome = outcomes.get(&root)?;
        let given = cells.get(&root).map(Vec::as_slice).unwrap_or_default();
        let money = money(plan, given, all_known.then_some(sheet.offices.len()));
        Some(SheetOutcome { sheet, outcome, activities: activities.remove(&root).unwrap_or_default(), money })
    };
    roots.into_iter().filter_map(&mut pair).collect()
}

/// `offices` is how many offices the sheet has, where all of them are known.
fn money(plan: &Plan, cells: &[(usize, Cell)], offices: Option<usize>) -> Money {
    if cells.iter().any(|(_, cell)| cell.amount().is_some_and(|amount| !amount.is_zero())) {
        return Money::Some;
    }
    let is_unknown = plan.header.printed.none == Some(NoneMeans::Unknown) && cells.iter().any(|(_, cell)| *cell == Cell::None);
    let given: BTreeSet<usize> = cells.iter().map(|(office, _)| *office).collect();
    if offices == Some(given.len()) && !is_unknown { Money::None } else { Money::NotGiven }
}
