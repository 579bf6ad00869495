//! The budget table, as the document prints it: offices by outcomes and budget heads, with printed totals and shares.

use crate::crossfoot::Agreement;
use crate::decimal::Decimal;
use crate::plan::{Measure, Plan, Statement};
use crate::rules::{self, Judgement};
use crate::table::{Cell, Column, Table};

/// Offices by outcomes and budget heads. Totals and shares are those that the document prints beside each other for its
/// offices; where it prints none, totals are computed. A figure that cannot be right is marked `!`.
pub fn budget(plan: &Plan) -> Table {
    let printed = Printed::of(plan);
    let mut table = Table::new(title(plan), columns(plan, &printed));
    table.style = plan.number_style();
    for (i, office) in plan.offices.iter().enumerate() {
        let mut cells = vec![Cell::text(&office.name)];
        cells.extend(roots(plan).map(|(root, _)| super::cell(plan, super::row_under(plan, i, root))));
        cells.push(printed.total(Some(&office.id), None).unwrap_or_else(|| super::cell(plan, super::row(plan, i))));
        cells.extend(printed.has_shares.then(|| printed.share(Some(&office.id), None)));
        table.push(cells);
    }
    totals(plan, &printed, &mut table);
    table.notes = printed.notes(plan);
    table
}

fn title(plan: &Plan) -> String {
    format!("{}, {}", plan.header.title, plan.header.currency.value)
}

fn columns(plan: &Plan, printed: &Printed<'_>) -> Vec<Column> {
    let mut columns = vec![Column::text("office", "Implementing office")];
    columns.extend(roots(plan).map(|(_, node)| Column::number(node.id.as_str(), &node.title)));
    columns.push(Column::number("total", "Total"));
    columns.extend(printed.has_shares.then(|| Column::number("share", "%")));
    columns
}

/// Outcomes and heads: the columns of the budget.
fn roots(plan: &Plan) -> impl Iterator<Item = (usize, &crate::plan::Node)> {
    plan.nodes().iter().enumerate().filter(|(_, node)| node.parent.is_none())
}

fn totals(plan: &Plan, printed: &Printed<'_>, table: &mut Table) {
    let mut cells = vec![Cell::text("Total")];
    cells.extend(roots(plan).map(|(root, node)| {
        let column = plan.index().of_root.get(root).cloned().unwrap_or_default();
        printed.total(None, Some(&node.id)).unwrap_or_else(|| super::cell(plan, column.into_iter()))
    }));
    cells.push(printed.total(None, None).unwrap_or_else(|| super::cell(plan, 0..plan.allocations.len())));
    cells.extend(printed.has_shares.then(|| printed.share(None, None)));
    table.push_total(cells);
    if roots(plan).any(|(_, node)| printed.share(None, Some(&node.id)) != Cell::Absent) {
        let mut cells = vec![Cell::text("%")];
        cells.extend(roots(plan).map(|(_, node)| printed.share(None, Some(&node.id))));
        table.push_total(cells);
    }
}

/// The figures printed in the place that gives the offices their totals.
struct Printed<'p> {
    figures: Vec<(&'p Statement, Judgement)>,
    has_shares: bool,
}

impl<'p> Printed<'p> {
    fn of(plan: &'p Plan) -> Self {
        let main = plan.declared.iter().position(|block| block.of.is_none() && !block.offices.is_empty());
        let judgements = rules::check(plan).judgements;
        let figures = plan.statements().iter().zip(judgements).filter(|(statement, _)| Some(statement.block) == main);
        let figures: Vec<_> = figures.collect();
        let has_shares = figures.iter().any(|(s, _)| s.measure == Measure::Share && s.scope.offices.is_some());
        Self { figures, has_shares }
    }

    fn find(&self, measure: Measure, office: Option<&str>, result: Option<&str>) -> Option<(&Statement, Judgement)> {
        let one = |ids: &Option<Vec<crate::Spanned<crate::Id>>>, wanted: Option<&str>| match (ids, wanted) {
            (None, None) => true,
            (Some(ids), Some(wanted)) => ids.iter().map(|id| id.as_str()).eq([wanted]),
            _ => false,
        };
        let same = |s: &Statement| s.measure == measure && one(&s.scope.offices, office) && one(&s.scope.results, result);
        self.figures.iter().find(|(statement, _)| same(statement)).map(|(statement, judgement)| (*statement, *judgement))
    }

    fn total(&self, office: Option<&str>, result: Option<&str>) -> Option<Cell> {
        let (statement, judgement) = self.find(Measure::Amount, office, result)?;
        Some(Cell::Number { value: *statement.value, mark: mark(judgement) })
    }

    fn share(&self, office: Option<&str>, result: Option<&str>) -> Cell {
        match self.find(Measure::Share, office, result) {
            Some((statement, judgement)) => Cell::Number { value: *statement.value, mark: mark(judgement) },
            None => Cell::Absent,
        }
    }

    /// What the table cannot show: that printed totals miss their cells.
    fn notes(&self, plan: &Plan) -> Vec<String> {
        let count = |verdict| self.figures.iter().filter(|(_, judgement)| judgement.verdict == Some(verdict)).count();
        let (within, wrong) = (count(Agreement::WithinRounding), count(Agreement::Wrong));
        let mut notes = Vec::new();
        if within > 0 {
            let sum = Decimal::exact_sum(plan.allocations.iter().filter_map(|allocation| allocation.cell.amount()));
            let sum = sum.map_or_else(String::new, |sum| format!(", which add up to {}", sum.grouped(plan.number_style())));
            let figures = if within == 1 { "1 printed total misses its cells" } else { "printed totals miss their cells" };
            let count = if within == 1 { String::new() } else { format!("{within} ") };
            notes.push(format!("{count}{figures}{sum}, by no more than rounding."));
        }
        if wrong > 0 {
            notes.push("! cannot be right: `logframe check` says why.".to_owned());
        }
        notes
    }
}

fn mark(judgement: Judgement) -> &'static str {
    if judgement.verdict == Some(Agreement::Wrong) { "!" } else { "" }
}
