//! Who pays: donors with what they promised and gave.

use crate::decimal::Decimal;
use crate::plan::built::Rates;
use crate::plan::{FlowKind, Funding, Plan};
use crate::table::{Cell, Column, Table};

/// An amount of the plan's currency for each kind of flow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flows([Option<Decimal>; 4]);

impl Flows {
    pub fn add(&mut self, kind: FlowKind, amount: Decimal) {
        let sum = self.0.get_mut(kind as usize);
        sum.into_iter().for_each(|sum| *sum = sum.unwrap_or_default().exact_add(amount).or(*sum));
    }

    pub fn of(&self, kind: FlowKind) -> Option<Decimal> {
        self.0.get(kind as usize).copied().flatten()
    }

    /// What is firm: commitments, or what was paid where that is more or no commitment is known.
    pub fn firm(&self) -> Option<Decimal> {
        self.of(FlowKind::Commitment).max(self.of(FlowKind::Disbursement))
    }
}

/// An amount in the plan's currency; `None` where there is no rate for it. Conversions are rounded as lines are, to two decimals where the
/// plan does not say.
pub(super) fn in_plan(plan: &Plan, rates: &Rates<'_>, flow: &Funding) -> Option<Decimal> {
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
