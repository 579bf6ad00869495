#![doc = include_str!("series_contradiction.md")]

use super::names::{Names, short};
use super::{Context, Rule};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Severity};
use crate::plan::{Series, SeriesStatement, Value};
use crate::source::Spanned;

pub static RULE: Rule = Rule {
    name: "series-contradiction",
    severity: Severity::Note,
    page: include_str!("series_contradiction.md"),
    check: Some(check),
};

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let names = Names(context.plan);
    for series in &context.plan.series {
        for statement in &series.statements {
            let cell = series.value(&statement.country, *statement.year);
            findings.extend(finding(names, series, statement, cell));
        }
    }
}

fn finding(names: Names<'_>, series: &Series, statement: &SeriesStatement, cell: Option<Spanned<Value>>) -> Option<Diagnostic> {
    let (country, year, said) = (&statement.country, *statement.year, *statement.value);
    let title = short(&series.title);
    let (table, figures) = match cell.map(|cell| cell.value) {
        Some(Value::Number(number)) if number == said => return None,
        Some(Value::Number(number)) => (format!("the table has {}", names.number(number)), Some(figures(said, number))),
        Some(Value::NotAvailable) => ("the table has it as not available".to_owned(), None),
        None => ("the table has no such cell".to_owned(), None),
    };
    let name = crate::plan::country_name(country).unwrap_or(country);
    let message = format!("{title}, {name} {year}: the text says {}, {table}", names.number(said));
    let mut finding = RULE
        .finding(message)
        .at(statement.value.span, format!("{title}, {}", statement.place), format!("said in {}", statement.place))
        .about(series.id.to_string())
        .about(country.to_string())
        .help("both are kept as the document prints them; ask its publisher which is right");
    if let Some(cell) = cell {
        finding = finding.at(cell.span, format!("{title}, {name} {year}"), "the table");
    }
    finding.figures = figures;
    Some(finding)
}

fn figures(declared: Decimal, computed: Decimal) -> Figures {
    let difference = declared.exact_sub(computed).unwrap_or_default();
    Figures { declared, computed, difference, terms: vec![computed] }
}
