//! What became of the money: cells, totals, and what moved from one cell to another.

use std::collections::{BTreeSet, HashMap};

use super::patch::Renames;
use crate::decimal::Decimal;
use crate::plan::built::LinePlace;
use crate::plan::{Cell, Plan};

/// A cell of the budget that is not what it was. No cell, none and zero are three things.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CellChange {
    /// The office, by its id in the new plan where it is there.
    pub office: String,
    /// The result or budget head, likewise.
    pub result: String,
    /// What it was; `None` where it was not given.
    pub before: Option<Cell>,
    /// What it is; `None` where it is not given.
    pub after: Option<Cell>,
    /// How much more it is, where both are amounts or nothing.
    pub difference: Option<Decimal>,
}

/// A sum of the budget that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TotalChange {
    /// What it is of: an office, an outcome or head, a cost category, or the plan.
    pub of: TotalOf,
    /// Its id; empty for the plan.
    pub id: String,
    /// Its name in the plan.
    pub name: String,
    /// What it was.
    pub before: Decimal,
    /// What it is.
    pub after: Decimal,
    /// How much more that is.
    pub difference: Decimal,
}

impl TotalChange {
    /// The difference in per cent of what it was, for showing only; `None` where it was nothing.
    pub fn percent(&self) -> Option<Decimal> {
        let percent = self.difference.exact_mul(Decimal::HUNDRED)?.shown_quotient(self.before.abs(), 1);
        percent.map(Decimal::normalized)
    }
}

/// What a total is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TotalOf {
    /// The whole plan.
    Plan,
    /// An office.
    Office,
    /// An outcome or a budget head.
    Outcome,
    /// A cost category, of budget lines.
    Category,
}

/// Money that left one cell and went to another: the one is less by as much as the other is more, and no third by as much.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MovedMoney {
    /// How much.
    pub amount: Decimal,
    /// The cell that it left, as a position among the changed cells.
    pub from: usize,
    /// The cell that it went to, likewise.
    pub to: usize,
}

/// The cells that differ, those of the new plan first.
pub fn cells(old: &Plan, new: &Plan, renames: &Renames) -> Vec<CellChange> {
    let now = |id: &str| renames.get(id).map_or(id, String::as_str).to_owned();
    let before: HashMap<(String, String), Cell> =
        old.allocations.iter().map(|one| ((now(&one.office), now(&one.result)), *one.cell)).collect();
    let after: HashMap<(String, String), Cell> =
        new.allocations.iter().map(|one| ((one.office.to_string(), one.result.to_string()), *one.cell)).collect();
    let of_new = new.allocations.iter().map(|one| (one.office.to_string(), one.result.to_string()));
    let of_old = old.allocations.iter().map(|one| (now(&one.office), now(&one.result)));
    let mut seen = BTreeSet::new();
    let unknown: BTreeSet<(String, String)> = unknown_cells(old, &now).chain(unknown_cells(new, &str::to_owned)).collect();
    let all = of_new.chain(of_old).filter(|place| seen.insert(place.clone()) && !unknown.contains(place));
    all.filter_map(|place| change(before.get(&place).copied(), after.get(&place).copied(), place)).collect()
}

/// Cells with lines whose amounts are not known: they are compared with nothing.
fn unknown_cells<'p>(plan: &'p Plan, now: &'p dyn Fn(&str) -> String) -> impl Iterator<Item = (String, String)> + 'p {
    plan.index().built.cells.iter().filter(|cell| cell.sum.is_err() && cell.given.is_none()).filter_map(|cell| {
        let (office, node) = (plan.offices.get(cell.office)?, plan.nodes().get(cell.node)?);
        Some((now(&office.id), now(&node.id)))
    })
}

/// How many budget lines have no amount, and what that leaves open.
pub fn unknown_lines(plan: &Plan) -> usize {
    plan.built_lines().iter().filter(|line| line.amount.is_err()).count()
}

fn change(before: Option<Cell>, after: Option<Cell>, (office, result): (String, String)) -> Option<CellChange> {
    let is_same = match (before, after) {
        (Some(Cell::Amount(before)), Some(Cell::Amount(after))) => before == after,
        (before, after) => before == after,
    };
    let amount = |cell: Option<Cell>| cell.map_or(Decimal::ZERO, |cell| cell.amount().unwrap_or_default());
    let difference = amount(after).exact_sub(amount(before));
    (!is_same).then_some(CellChange { office, result, before, after, difference })
}

/// What moved.
pub fn moved(cells: &[CellChange]) -> Vec<MovedMoney> {
    let mut by_size: HashMap<Decimal, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, cell) in cells.iter().enumerate() {
        let Some(difference) = cell.difference.filter(|difference| !difference.is_zero()) else { continue };
        let (down, up) = by_size.entry(difference.abs().normalized()).or_default();
        if difference.is_negative() { down.push(at) } else { up.push(at) }
    }
    let pair = |(amount, (down, up)): (Decimal, (Vec<usize>, Vec<usize>))| match (down.as_slice(), up.as_slice()) {
        ([from], [to]) => Some(MovedMoney { amount, from: *from, to: *to }),
        _ => None,
    };
    let mut moved: Vec<MovedMoney> = by_size.into_iter().filter_map(pair).collect();
    moved.sort_by_key(|moved| moved.from);
    moved
}

/// The totals that differ: of the plan, of offices, of outcomes and heads, of cost categories.
pub fn totals(old: &Plan, new: &Plan, renames: &Renames) -> Vec<TotalChange> {
    let mut all = Vec::new();
    for of in [TotalOf::Plan, TotalOf::Office, TotalOf::Outcome, TotalOf::Category] {
        let (before, after) = (sums(old, of), sums(new, of));
        let now = |id: &str| renames.get(id).map_or(id, String::as_str).to_owned();
        let before: Vec<(String, String, Option<Decimal>)> =
            before.into_iter().map(|(id, name, sum)| (now(&id), name, sum)).collect();
        let find = |of: &[(String, String, Option<Decimal>)], id: &str| {
            of.iter().find(|(own, ..)| own == id).map_or(Some(Decimal::ZERO), |(.., sum)| *sum)
        };
        let mut seen = BTreeSet::new();
        for (id, name, _) in after.iter().chain(&before).filter(|(id, ..)| seen.insert(id.clone())) {
            // A sum that cannot be held is compared with nothing.
            let Some((was, is)) = find(&before, id).zip(find(&after, id)) else { continue };
            let Some(difference) = is.exact_sub(was).filter(|difference| !difference.is_zero()) else { continue };
            all.push(TotalChange { of, id: id.clone(), name: name.clone(), before: was, after: is, difference });
        }
    }
    all
}

/// Ids, names and sums of one kind; no sum where an amount in it is not known.
fn sums(plan: &Plan, of: TotalOf) -> Vec<(String, String, Option<Decimal>)> {
    let index = plan.index();
    let unknown = Unknown::of(plan);
    let sum = |of: &mut dyn Iterator<Item = usize>, is_unknown: bool| {
        let amounts = of.filter_map(|at| plan.allocations.get(at)?.cell.amount());
        if is_unknown { None } else { Decimal::exact_sum(amounts) }
    };
    match of {
        TotalOf::Plan => {
            let all = sum(&mut (0..plan.allocations.len()), !unknown.offices.is_empty());
            vec![(String::new(), "the plan".to_owned(), all)]
        }
        TotalOf::Office => {
            let offices = plan.offices.iter().zip(&index.of_office).enumerate();
            let sum = |at: usize, of: &[usize]| sum(&mut of.iter().copied(), unknown.offices.contains(&at));
            offices.map(|(at, (office, of))| (office.id.to_string(), office.name.clone(), sum(at, of))).collect()
        }
        TotalOf::Outcome => {
            let roots = plan.nodes().iter().zip(&index.of_root).enumerate().filter(|(_, (node, _))| node.parent.is_none());
            let sum = |at: usize, of: &[usize]| sum(&mut of.iter().copied(), unknown.roots.contains(&at));
            roots.map(|(at, (node, of))| (node.id.to_string(), node.title.clone(), sum(at, of))).collect()
        }
        TotalOf::Category => categories(plan),
    }
}

/// Where there are lines whose amounts are not known and that no given amount stands for.
#[derive(Default)]
struct Unknown {
    offices: BTreeSet<usize>,
    roots: BTreeSet<usize>,
}

impl Unknown {
    fn of(plan: &Plan) -> Self {
        let cells = plan.index().built.cells.iter().filter(|cell| cell.sum.is_err() && cell.given.is_none());
        let mut unknown = Self::default();
        for cell in cells {
            unknown.offices.insert(cell.office);
            unknown.roots.extend(plan.nodes().get(cell.node).map(|node| node.root));
        }
        unknown
    }
}

fn categories(plan: &Plan) -> Vec<(String, String, Option<Decimal>)> {
    let mut sums: Vec<(String, String, Option<Decimal>)> =
        plan.cost_categories().into_iter().map(|one| (one.id.to_string(), one.title, Some(Decimal::ZERO))).collect();
    let built = &plan.index().built;
    for (place, line) in built.places.iter().zip(&built.lines) {
        let at = place.and_then(LinePlace::category);
        if let Some((.., sum)) = at.and_then(|at| sums.get_mut(at)) {
            *sum = sum.and_then(|sum| sum.exact_add(line.amount.ok()?));
        }
    }
    sums
}
