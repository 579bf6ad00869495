//! Formulas that only add up, done anew: a stale one is told from a total that was typed.

use std::collections::HashMap;

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Severity, Span};

use super::area::Area;
use super::formula::Sum;
use super::{Formula, Kind, Sheet, Workbook};
use crate::cell::Seen;

/// Findings that are kept at most.
const MOST: usize = 100;

/// What is wrong with the sums of a sheet.
pub fn formulas(workbook: &Workbook, sheet: &Sheet) -> Vec<Diagnostic> {
    let sums: Vec<(Formula<'_>, Sum)> =
        sheet.formulas().filter_map(|formula| Sum::read(formula.text).map(|sum| (formula, sum))).collect();
    let mut findings: Vec<Diagnostic> =
        sums.iter().filter_map(|(formula, sum)| of_sum(workbook, sheet, formula, sum)).take(MOST).collect();
    findings.extend(typed(workbook, sheet, &sums));
    findings
}

fn of_sum(workbook: &Workbook, sheet: &Sheet, formula: &Formula<'_>, sum: &Sum) -> Option<Diagnostic> {
    let cell = workbook.at(sheet, formula.row, formula.column)?;
    let kept: Decimal = number(&cell.text, cell.kind)?;
    let (mut terms, mut texts) = (Vec::new(), Vec::new());
    for area in &sum.areas {
        each_cell(workbook, sheet, *area, &mut |text, kind, span| match kind {
            Kind::Number | Kind::Percent => terms.extend(number(text, kind)),
            Kind::Text if matches!(Seen::of(text), Seen::Number(_)) => texts.push((text.to_owned(), span)),
            _ => {}
        });
    }
    let computed = Decimal::exact_sum(terms.iter().copied())?;
    let difference = kept.exact_sub(computed)?;
    let areas = sum.areas.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !is_noise(kept, difference) {
        let message = format!("the formula adds up {areas}, which come to {computed}, but its kept value is {kept}");
        let figures = Figures { declared: kept, computed, difference, terms };
        let finding = Diagnostic::new("stale-formula", Severity::Warning, message).at(Some(cell.span), "the formula", "");
        return Some(
            finding
                .figures(figures)
                .help("the file was changed and not calculated again: open it in a spreadsheet, let it calculate, and save it"),
        );
    }
    let (text, span) = texts.first()?;
    let message =
        format!("the formula adds up {areas}, and passes over {} that are texts: `{}`", cells(texts.len()), text.escape_debug());
    let finding =
        Diagnostic::new("text-in-sum", Severity::Warning, message).at(Some(*span), "a text that looks like a number", "");
    Some(finding.at(Some(cell.span), "the formula", "").help("make a number of it; a sum counts numbers only"))
}

fn cells(count: usize) -> String {
    if count == 1 { "a cell".to_owned() } else { format!("{count} cells") }
}

/// What adding up binary floats leaves behind beyond the fifteenth digit.
fn is_noise(kept: Decimal, difference: Decimal) -> bool {
    difference.is_zero()
        || difference.abs().exact_mul(Decimal::from(100_000_000_000_000_i64)).is_some_and(|scaled| scaled <= kept.abs())
}

fn number(text: &str, kind: Kind) -> Option<Decimal> {
    match kind {
        Kind::Number => text.parse().ok(),
        Kind::Percent => text.strip_suffix('%')?.parse::<Decimal>().ok()?.percent(),
        _ => None,
    }
}

fn each_cell(workbook: &Workbook, sheet: &Sheet, area: Area, see: &mut dyn FnMut(&str, Kind, Span)) {
    for row in sheet.rows_in(area.top, area.bottom) {
        let own = sheet.cells_of(row);
        let end = own.len().min(area.right as usize + 1);
        for cell in own.get(area.left as usize..end).unwrap_or_default() {
            let field = workbook.field(sheet, *cell);
            see(&field.text, field.kind, field.span);
        }
    }
}

/// Numbers that were typed in a row of which the other numbers are sums.
fn typed(workbook: &Workbook, sheet: &Sheet, sums: &[(Formula<'_>, Sum)]) -> Vec<Diagnostic> {
    let mut of_row: HashMap<u32, usize> = HashMap::new();
    sums.iter().for_each(|(formula, _)| *of_row.entry(formula.row).or_default() += 1);
    let mut rows: Vec<u32> = of_row.iter().filter(|(_, count)| **count >= 2).map(|(row, _)| *row).collect();
    rows.sort_unstable();
    rows.into_iter()
        .flat_map(|row| typed_in(workbook, sheet, row, of_row.get(&row).copied().unwrap_or_default()))
        .take(MOST)
        .collect()
}

fn typed_in(workbook: &Workbook, sheet: &Sheet, row: u32, sums: usize) -> Vec<Diagnostic> {
    let Some(at) = sheet.rows_in(row, row).next() else { return Vec::new() };
    let cells = sheet.cells_of(at).iter().zip(0..);
    let typed: Vec<Span> = cells
        .filter(|(cell, column)| cell.kind == Kind::Number && sheet.formula(row, *column).is_none())
        .map(|(cell, _)| workbook.field(sheet, *cell).span)
        .collect();
    // A row of lines that are added up across has more numbers than sums.
    if typed.len() >= sums {
        return Vec::new();
    }
    let finding = |span: Span| {
        Diagnostic::new("typed-total", Severity::Note, "a number is typed here where the others of its row are formulas")
            .at(Some(span), "the number", "")
            .help("if it is a total, let a formula add it up")
    };
    typed.into_iter().map(finding).collect()
}
