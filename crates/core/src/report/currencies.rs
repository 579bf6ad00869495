//! Budget lines by currency.

use std::collections::BTreeSet;

use crate::decimal::Decimal;
use crate::plan::Plan;
use crate::table::{Cell, Column, Table};

/// What each office's lines come to in the currencies they are in, and all of them in the plan's. Amounts of two currencies are never
/// added: there is one total a currency.
pub fn currencies(plan: &Plan) -> Table {
    let own = plan.header.currency.as_str();
    let codes: BTreeSet<&str> = plan.lines.iter().map(|line| code(line, own)).collect();
    let columns = codes.iter().map(|code| Column::number(*code, format!("in {code}")));
    let columns = std::iter::once(Column::text("office", "Implementing office")).chain(columns);
    let columns = columns.chain([Column::number("total", format!("All in {own}"))]);
    let mut table = Table::new(format!("{}: budget lines by currency", plan.header.title), columns.collect());
    table.style = plan.number_style();
    for (at, office) in plan.offices.iter().enumerate().filter(|(at, _)| lines(plan).any(|line| line.office == *at)) {
        table.push(row(plan, &codes, &office.name, Some(at)));
    }
    table.push_total(row(plan, &codes, "Total", None));
    table
}

fn code<'p>(line: &'p crate::plan::Line, own: &'p str) -> &'p str {
    line.currency.as_ref().map_or(own, |code| code.as_str())
}

/// A line that has an amount: its office, its currency, what it comes to in that, and in the plan's.
struct Converted<'p> {
    office: usize,
    code: &'p str,
    exact: Decimal,
    amount: Decimal,
}

fn lines(plan: &Plan) -> impl Iterator<Item = Converted<'_>> {
    let (built, own) = (&plan.index().built, plan.header.currency.as_str());
    plan.lines.iter().zip(&built.lines).zip(&built.places).filter_map(move |((line, built), place)| {
        let (code, amount) = (code(line, own), built.amount.ok()?);
        // What is in the plan's currency is as it was rounded.
        let exact = if code == own { amount } else { built.exact.ok()?.normalized() };
        Some(Converted { office: (*place)?.office(), code, exact, amount })
    })
}

fn row(plan: &Plan, codes: &BTreeSet<&str>, name: &str, office: Option<usize>) -> Vec<Cell> {
    let own = || lines(plan).filter(move |line| office.is_none_or(|office| line.office == office));
    let of = |code: &str| own().filter(|line| line.code == code).map(|line| line.exact).collect::<Vec<_>>();
    let sum = |amounts: Vec<Decimal>| match amounts.as_slice() {
        [] => Cell::Absent,
        _ => Decimal::exact_sum(amounts).map_or(Cell::Absent, Cell::number),
    };
    let cells = codes.iter().map(|code| sum(of(code)));
    let total = sum(own().map(|line| line.amount).collect());
    std::iter::once(Cell::text(name)).chain(cells).chain([total]).collect()
}
