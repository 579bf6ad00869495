#![doc = include_str!("series_shape.md")]

use super::names::{count, short};
use super::{Context, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::Series;

pub static RULE: Rule =
    Rule { name: "series-shape", severity: Severity::Error, page: include_str!("series_shape.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for series in &context.plan.series {
        of_years(series, findings);
        of_rows(series, findings);
    }
}

fn of_years(series: &Series, findings: &mut Vec<Diagnostic>) {
    let twice = series.years.iter().enumerate().find(|(i, year)| series.years.iter().take(*i).any(|earlier| earlier == *year));
    if let Some((_, year)) = twice {
        findings.push(
            RULE.finding(format!("{} has two columns for the year {year}", short(&series.title)))
                .at(series.id.span, format!("series {}", series.id), "")
                .about(series.id.to_string())
                .help("list each year once in `years`"),
        );
    }
}

fn of_rows(series: &Series, findings: &mut Vec<Diagnostic>) {
    for (country, row) in series.values.iter().filter(|(_, row)| row.len() != series.years.len()) {
        let (values, years) = (count(row.len(), "value"), count(series.years.len(), "year"));
        findings.push(
            RULE.finding(format!("{}: {country} has {values} for {years}", short(&series.title)))
                .at(row.span, format!("series {}, {country}", series.id), "")
                .about(series.id.to_string())
                .about(country.to_string())
                .help("give one value a year, and \"n/a\" where the document says that it is not available"),
        );
    }
}
