//! Who pays: donors with what they promised and gave, and what is left to find.

use std::collections::BTreeMap;

use crate::decimal::Decimal;
use crate::plan::built::Rates;
use crate::plan::{FlowKind, Funding, Plan, Scope};
use crate::table::{Cell, Column, Table};

/// An amount of the plan's currency for each kind of flow.
#[derive(Clone, Copy, Default)]
struct Flows([Option<Decimal>; 4]);

impl Flows {
    fn add(&mut self, kind: FlowKind, amount: Decimal) {
        let sum = self.0.get_mut(kind as usize);
        sum.into_iter().for_each(|sum| *sum = sum.unwrap_or_default().exact_add(amount).or(*sum));
    }

    fn of(&self, kind: FlowKind) -> Option<Decimal> {
        self.0.get(kind as usize).copied().flatten()
    }

    /// What is firm: commitments, or what was paid where that is more or no commitment is known.
    fn firm(&self) -> Option<Decimal> {
        self.of(FlowKind::Commitment).max(self.of(FlowKind::Disbursement))
    }
}

/// An amount in the plan's currency; `None` where there is no rate for it. Conversions are rounded as lines are, to two decimals where the
/// plan does not say.
fn in_plan(plan: &Plan, rates: &Rates<'_>, flow: &Funding) -> Option<Decimal> {
    let Some(currency) = &flow.currency else { return Some(*flow.amount) };
    match rates.between(currency, flow.date.map(|date| *date)).ok()? {
        None => Some(*flow.amount),
        Some(conversion) => conversion.apply(*flow.amount, &plan.header.lines).ok(),
    }
}

/// Donors by kind of flow. Pledges, commitments and disbursements are stages of one amount, so that their columns are not added.
pub fn funding(plan: &Plan) -> Table {
    let rates = Rates::of(plan);
    let mut columns = vec![Column::text("donor", "Donor")];
    columns.extend(FlowKind::ALL.map(|kind| Column::number(kind.name(), heading(kind))));
    let mut table = Table::new(format!("{}: funding, {}", plan.header.title, plan.header.currency.value), columns);
    table.style = plan.number_style();
    let mut all = Flows::default();
    for donor in &plan.donors {
        let mut own = Flows::default();
        for flow in plan.funding.iter().filter(|flow| flow.donor == donor.id) {
            if let Some(amount) = in_plan(plan, &rates, flow) {
                own.add(flow.kind, amount);
                all.add(flow.kind, amount);
            }
        }
        table.push(flows(&donor.name, own));
    }
    table.push_total(flows("Total", all));
    table
}

fn heading(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Pledge => "Pledged",
        FlowKind::Commitment => "Committed",
        FlowKind::Disbursement => "Disbursed",
        FlowKind::Expenditure => "Spent",
    }
}

fn flows(name: &str, flows: Flows) -> Vec<Cell> {
    let cells = FlowKind::ALL.map(|kind| flows.of(kind).map_or(Cell::Absent, Cell::number));
    std::iter::once(Cell::text(name)).chain(cells).collect()
}

/// What a gap is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GapRows {
    /// Outcomes and budget heads.
    #[default]
    Outcome,
    /// Offices.
    Office,
}

/// What money is earmarked to, by a cut: one row of it, or several, or all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    Row(usize),
    Several,
    All,
}

/// Budget, firm funding, further pledges and the gap, by outcome or by office. Money that is earmarked to several rows is counted once, in a
/// row of its own, and so is money that is not earmarked. Firm is what is committed, or what was paid where that is more.
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
    let (firm, pledged) = by_row(plan, rows);
    for (row, name, budget) in named_rows(plan, rows) {
        let funded = firm.get(&Share::Row(row)).copied().unwrap_or_default();
        table.push(line(&name, Some(budget), funded, pledged.get(&Share::Row(row)).copied()));
    }
    for (share, name) in [(Share::Several, "shared by several"), (Share::All, "not earmarked")] {
        if firm.contains_key(&share) || pledged.contains_key(&share) {
            let funded = firm.get(&share).copied().unwrap_or_default();
            table.push(line(name, None, funded, pledged.get(&share).copied()));
        }
    }
    let budget = Decimal::exact_sum(plan.allocations.iter().filter_map(|one| one.cell.amount()));
    let sum = |of: &BTreeMap<Share, Decimal>| Decimal::exact_sum(of.values().copied()).unwrap_or_default();
    table.push_total(line("Total", budget, sum(&firm), Some(sum(&pledged)).filter(|sum| !sum.is_zero())));
    table
}

fn line(name: &str, budget: Option<Decimal>, funded: Decimal, pledged: Option<Decimal>) -> Vec<Cell> {
    let number = |number: Option<Decimal>| number.map_or(Cell::Absent, Cell::number);
    let gap = budget.and_then(|budget| budget.exact_sub(funded));
    let over = gap.filter(|gap| gap.is_negative()).map(|gap| -gap);
    let left = gap.map(|gap| if gap.is_negative() { Decimal::ZERO } else { gap });
    vec![Cell::text(name), number(budget), Cell::number(funded), number(pledged), number(left), number(over)]
}

/// Firm funding and what is pledged beyond it, by what it is earmarked to. Kinds are compared donor by donor and earmark by earmark.
fn by_row(plan: &Plan, rows: GapRows) -> (BTreeMap<Share, Decimal>, BTreeMap<Share, Decimal>) {
    let rates = Rates::of(plan);
    let mut grants: Vec<(&Funding, Flows)> = Vec::new();
    for flow in &plan.funding {
        let Some(amount) = in_plan(plan, &rates, flow) else { continue };
        let known = grants.iter().position(|(first, _)| first.donor == flow.donor && first.of == flow.of);
        let at = known.unwrap_or_else(|| {
            grants.push((flow, Flows::default()));
            grants.len() - 1
        });
        grants.get_mut(at).into_iter().for_each(|(_, flows)| flows.add(flow.kind, amount));
    }
    let (mut firm, mut pledged): (BTreeMap<Share, Decimal>, BTreeMap<Share, Decimal>) = Default::default();
    let add = |to: &mut BTreeMap<Share, Decimal>, share: Share, amount: Decimal| {
        let sum = to.entry(share).or_default();
        *sum = sum.exact_add(amount).unwrap_or(*sum);
    };
    for (flow, flows) in grants {
        let share = share(plan, rows, flow.of.as_ref());
        let own = flows.firm().unwrap_or_default();
        add(&mut firm, share, own);
        let more = flows
            .of(FlowKind::Pledge)
            .and_then(|pledge| pledge.exact_sub(own))
            .filter(|more| !more.is_negative() && !more.is_zero());
        more.into_iter().for_each(|more| add(&mut pledged, share, more));
    }
    (firm, pledged)
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

/// The rows of a cut: position, name and budget.
fn named_rows(plan: &Plan, rows: GapRows) -> Vec<(usize, String, Decimal)> {
    let sum = |of: &[usize]| {
        let amounts = of.iter().filter_map(|at| plan.allocations.get(*at)?.cell.amount());
        Decimal::exact_sum(amounts).unwrap_or_default()
    };
    let index = plan.index();
    match rows {
        GapRows::Office => {
            let offices = plan.offices.iter().zip(&index.of_office).enumerate();
            offices.map(|(at, (office, of))| (at, office.name.clone(), sum(of))).collect()
        }
        GapRows::Outcome => {
            let nodes = plan.nodes().iter().zip(&index.of_root).enumerate().filter(|(_, (node, _))| node.parent.is_none());
            nodes.map(|(at, (node, of))| (at, node.title.clone(), sum(of))).collect()
        }
    }
}
