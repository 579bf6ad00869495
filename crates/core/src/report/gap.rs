//! What is funded, and what is left to find.

use std::collections::HashMap;

use super::funding::{Flows, in_plan};
use crate::crossfoot::most_matched;
use crate::decimal::Decimal;
use crate::plan::built::Rates;
use crate::plan::{FlowKind, Funding, Id, Plan, Scope};
use crate::source::Spanned;
use crate::table::{Cell, Column, Table};

/// What a gap is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GapRows {
    /// Outcomes and budget heads.
    #[default]
    Outcome,
    /// Offices.
    Office,
}

/// Budget, firm funding, further pledges, the gap and what is over, by outcome or by office. Firm is what is committed, or what was paid
/// where that is more.
///
/// Money pays only for what it is earmarked to, and each unit once: a gap is what is left when the money is laid out so that it pays for as
/// much as it can (a maximum flow from grants to cells), and what is over is money for which nothing is left to be paid. A row counts the
/// money that is earmarked inside of it. Money for several rows, and money that is not earmarked, has rows of its own, and pays in the total.
pub fn gap(plan: &Plan, rows: GapRows) -> Table {
    let columns = vec![
        Column::text("row", if rows == GapRows::Office { "Implementing office" } else { "Outcome" }),
        Column::number("budget", "Budget"),
        Column::number("funded", "Funded"),
        Column::number("pledged", "Further pledged"),
        Column::number("gap", "Gap"),
        Column::number("over", "Over-funded"),
    ];
    let mut table = Table::new(format!("{}: funding gap, {}", plan.header.title, plan.header.currency.value), columns);
    table.style = plan.number_style();
    let grants = grants(plan, rows);
    let cells = cells(plan);
    for (row, name) in named_rows(plan, rows) {
        let own: Vec<&Grant<'_>> = grants.iter().filter(|grant| grant.share == Share::Row(row)).collect();
        let in_row: Vec<CellOf> = cells.iter().filter(|cell| cell.row(rows) == row).copied().collect();
        table.push(line(&name, &own, Some((plan, &in_row))));
    }
    for (share, name) in [(Share::Several, "shared by several"), (Share::All, "not earmarked")] {
        let own: Vec<&Grant<'_>> = grants.iter().filter(|grant| grant.share == share).collect();
        if !own.is_empty() {
            table.push(line(name, &own, None));
        }
    }
    let all: Vec<&Grant<'_>> = grants.iter().collect();
    table.push_total(line("Total", &all, Some((plan, &cells))));
    table
}

/// What money is earmarked to, by a cut: one row of it, or several, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    Row(usize),
    Several,
    All,
}

/// What one donor gives for one purpose.
#[derive(Debug)]
struct Grant<'p> {
    of: Option<&'p Scope>,
    share: Share,
    firm: Decimal,
    /// What is pledged beyond it.
    more: Option<Decimal>,
}

/// A cell of the budget.
#[derive(Clone, Copy)]
struct CellOf {
    office: usize,
    node: usize,
    root: usize,
    amount: Decimal,
}

impl CellOf {
    fn row(self, rows: GapRows) -> usize {
        if rows == GapRows::Office { self.office } else { self.root }
    }
}

/// Grants: kinds are compared donor by donor and earmark by earmark.
fn grants(plan: &Plan, rows: GapRows) -> Vec<Grant<'_>> {
    let rates = Rates::of(plan);
    let mut all: Vec<(&Funding, Flows)> = Vec::new();
    for flow in &plan.funding {
        let Some(amount) = in_plan(plan, &rates, flow) else { continue };
        let known = all.iter().position(|(first, _)| first.donor == flow.donor && first.of == flow.of);
        let at = known.unwrap_or_else(|| {
            all.push((flow, Flows::default()));
            all.len() - 1
        });
        all.get_mut(at).into_iter().for_each(|(_, flows)| flows.add(flow.kind, amount));
    }
    all.into_iter()
        .map(|(flow, flows)| {
            let firm = flows.firm().unwrap_or_default();
            let pledged = flows.of(FlowKind::Pledge).and_then(|pledge| pledge.exact_sub(firm));
            let more = pledged.filter(|more| !more.is_negative() && !more.is_zero());
            Grant { of: flow.of.as_ref(), share: share(plan, rows, flow.of.as_ref()), firm, more }
        })
        .collect()
}

fn share(plan: &Plan, rows: GapRows, of: Option<&Scope>) -> Share {
    let index = plan.index();
    let of = match (of, rows) {
        (None, _) => return Share::All,
        (Some(of), GapRows::Office) => of.offices.as_ref().map(|ids| ids.iter().map(|id| index.office(id)).collect::<Vec<_>>()),
        (Some(of), GapRows::Outcome) => {
            let root = |id: &str| index.node(id).and_then(|at| plan.nodes().get(at)).map(|node| node.root);
            of.results.as_ref().map(|ids| ids.iter().map(|id| root(id)).collect())
        }
    };
    let Some(mut of) = of else { return Share::All };
    of.sort_unstable();
    of.dedup();
    match of.as_slice() {
        [Some(one)] => Share::Row(*one),
        _ => Share::Several,
    }
}

fn cells(plan: &Plan) -> Vec<CellOf> {
    let cell = |(at, one): (usize, &crate::plan::Allocation)| {
        let (office, node) = plan.place(at)?;
        let root = plan.nodes().get(node)?.root;
        Some(CellOf { office, node, root, amount: one.cell.amount()? })
    };
    plan.allocations.iter().enumerate().filter_map(cell).collect()
}

/// The rows of a cut: position and name.
fn named_rows(plan: &Plan, rows: GapRows) -> Vec<(usize, String)> {
    match rows {
        GapRows::Office => plan.offices.iter().map(|office| office.name.clone()).enumerate().collect(),
        GapRows::Outcome => {
            let nodes = plan.nodes().iter().enumerate().filter(|(_, node)| node.parent.is_none());
            nodes.map(|(at, node)| (at, node.title.clone())).collect()
        }
    }
}

/// A row: some grants, and the cells that they are for.
fn line(name: &str, grants: &[&Grant<'_>], of: Option<(&Plan, &[CellOf])>) -> Vec<Cell> {
    let number = |number: Option<Decimal>| number.map_or(Cell::Absent, Cell::number);
    let funded = Decimal::exact_sum(grants.iter().map(|grant| grant.firm));
    let further: Vec<Decimal> = grants.iter().filter_map(|grant| grant.more).collect();
    let pledged = if further.is_empty() { None } else { Decimal::exact_sum(further) };
    let Some((plan, cells)) = of else {
        return vec![Cell::text(name), Cell::Absent, number(funded), number(pledged), Cell::Absent, Cell::Absent];
    };
    let budget = Decimal::exact_sum(cells.iter().map(|cell| cell.amount));
    let paid = paid(plan, grants, cells);
    let left = |of: Option<Decimal>| of.and_then(|of| of.exact_sub(paid?)).map(at_least_zero);
    let over = left(funded).filter(|over| !over.is_zero());
    vec![Cell::text(name), number(budget), number(funded), number(pledged), number(left(budget)), number(over)]
}

fn at_least_zero(amount: Decimal) -> Decimal {
    if amount.is_negative() { Decimal::ZERO } else { amount }
}

/// How much of some cells some grants can pay for; `None` where that has too many digits.
fn paid(plan: &Plan, grants: &[&Grant<'_>], cells: &[CellOf]) -> Option<Decimal> {
    // Cells that the same grants can pay for are one.
    let mut groups: HashMap<Vec<usize>, Vec<Decimal>> = HashMap::new();
    for cell in cells {
        let by = grants.iter().enumerate().filter(|(_, grant)| pays(plan, grant.of, *cell)).map(|(at, _)| at).collect();
        groups.entry(by).or_default().push(cell.amount);
    }
    let mut groups: Vec<(Vec<usize>, Decimal)> =
        groups.into_iter().map(|(by, amounts)| Some((by, Decimal::exact_sum(amounts)?))).collect::<Option<_>>()?;
    groups.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let decimals =
        groups.iter().map(|(_, amount)| amount.decimals()).chain(grants.iter().map(|grant| grant.firm.decimals())).max()?;
    let steps = |amount: Decimal| at_least_zero(amount).in_steps(decimals);
    let supply: Vec<i128> = grants.iter().map(|grant| steps(grant.firm)).collect::<Option<_>>()?;
    let demand: Vec<i128> = groups.iter().map(|(_, amount)| steps(*amount)).collect::<Option<_>>()?;
    let pairs: Vec<(usize, usize)> =
        groups.iter().enumerate().flat_map(|(group, (by, _))| by.iter().map(move |grant| (*grant, group))).collect();
    Decimal::of_steps(most_matched(&supply, &demand, &pairs)?, decimals)
}

/// Whether money can pay for a cell: one of its offices, and one of its results, what is under it, or the whole of which it is a part.
fn pays(plan: &Plan, of: Option<&Scope>, cell: CellOf) -> bool {
    let index = plan.index();
    let Some(of) = of else { return true };
    let is_office = |ids: &Vec<Spanned<Id>>| ids.iter().any(|id| index.office(id) == Some(cell.office));
    let is_result =
        |id: &str| index.node(id).is_some_and(|node| index.is_within(cell.node, node) || index.is_within(node, cell.node));
    of.offices.as_ref().is_none_or(is_office) && of.results.as_ref().is_none_or(|ids| ids.iter().any(|id| is_result(id)))
}
