//! Every figure that the document prints about its own numbers, beside what its parts make.

use crate::crossfoot::Agreement;
use crate::decimal::Decimal;
use crate::plan::names::Names;
use crate::plan::{Measure, Plan};
use crate::rules;
use crate::table::{Cell, Column, Table};

/// The declared figures in the order of the plan file: where each is printed, of what, printed and computed, and whether it
/// holds.
pub fn declared(plan: &Plan) -> Table {
    let columns = vec![
        Column::text("where", "Where"),
        Column::text("what", "What"),
        Column::number("printed", "Printed"),
        Column::number("computed", "Computed"),
        Column::number("difference", "Difference"),
        Column::text("verdict", "Agreement"),
    ];
    let mut table = Table::new(format!("{}: declared figures", plan.header.title), columns);
    table.style = plan.number_style();
    let report = rules::check(plan);
    for (statement, judgement) in plan.statements().iter().zip(&report.judgements) {
        let number = |value: Decimal| match statement.measure {
            Measure::Amount => Cell::number(value),
            Measure::Share => Cell::Share { value, mark: "" },
        };
        let difference = judgement.computed.and_then(|computed| statement.value.exact_sub(computed));
        table.push(vec![
            Cell::text(statement.place.as_ref()),
            Cell::text(Names(plan).scope(&statement.scope)),
            number(*statement.value),
            judgement.computed.map_or(Cell::Absent, number),
            difference.map_or(Cell::Absent, number),
            Cell::text(words(judgement.verdict)),
        ]);
    }
    table
}

fn words(verdict: Option<Agreement>) -> &'static str {
    match verdict {
        Some(Agreement::Exact) => "exact",
        Some(Agreement::WithinRounding) => "within rounding",
        Some(Agreement::Wrong) => "wrong",
        None => "cannot be checked",
    }
}
