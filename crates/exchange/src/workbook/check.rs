//! Formulas that only add up, done anew: a stale one is told from a total that was typed.

use std::collections::HashMap;

use logframe::crossfoot::Rounding;
use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Severity, Span};

use super::area::Area;
use super::formula::Sum;
use super::{Formula, Kind, Sheet, Workbook};
use crate::cell::Seen;

/// Findings that are kept at most.
const MOST: usize = 100;

/// Cells that the sums of a sheet are done anew of, at most, each as often as it is in one: running totals of a long table are made of the
/// square of its rows.
const MOST_ADDED: usize = 20_000_000;

/// What is wrong with the sums of a sheet.
pub fn formulas(workbook: &Workbook, sheet: &Sheet) -> Vec<Diagnostic> {
    let sums: Vec<(Formula<'_>, Sum)> =
        sheet.formulas().filter_map(|formula| Sum::read(formula.text).map(|sum| (formula, sum))).collect();
    let (done, others) = sums.split_at(affordable(sheet, &sums, MOST_ADDED));
    let mut findings: Vec<Diagnostic> =
        done.iter().filter_map(|(formula, sum)| of_sum(workbook, sheet, formula, sum)).take(MOST).collect();
    findings.extend(others.first().and_then(|(formula, _)| not_done(workbook, sheet, formula)));
    findings.extend(typed(workbook, sheet, &sums));
    findings
}

/// How many of the first sums add up so many cells at most.
fn affordable(sheet: &Sheet, sums: &[(Formula<'_>, Sum)], most: usize) -> usize {
    let mut left = Some(most);
    let is_done = |(_, sum): &&(Formula<'_>, Sum)| {
        left = left.and_then(|left| sum.areas.iter().try_fold(left, |left, area| left.checked_sub(size(sheet, *area))));
        left.is_some()
    };
    sums.iter().take_while(is_done).count()
}

/// How many cells of an area hold something, at most.
fn size(sheet: &Sheet, area: Area) -> usize {
    let rows = sheet.rows_in(area.top, area.bottom);
    let first = |row: usize| sheet.rows.get(row).map_or(sheet.cells.len(), |row| row.first as usize);
    let width = (area.right - area.left) as usize + 1;
    rows.len().saturating_mul(width).min(first(rows.end).saturating_sub(first(rows.start)))
}

/// That the sums from one on are too many to be done anew.
fn not_done(workbook: &Workbook, sheet: &Sheet, first: &Formula<'_>) -> Option<Diagnostic> {
    let cell = workbook.at(sheet, first.row, first.column)?;
    let message =
        "the sums of this sheet add up too many cells; from here on they are not done anew, and their kept values are used";
    Some(Diagnostic::new("stale-formula", Severity::Note, message).at(Some(cell.span), "the formula", ""))
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
    // What cancels leaves noise of the size of what was added up.
    let largest = terms.iter().map(|term| term.abs()).fold(kept.abs(), Decimal::max);
    let [kept, computed] = [kept, computed].map(|figure| without_noise(figure, largest));
    let difference = kept.exact_sub(computed)?;
    let areas = sum.areas.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !is_noise(largest, difference) {
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
    let message = format!("the formula adds up {areas}, and passes over {}: `{}`", texts_of(texts.len()), text.escape_debug());
    let finding =
        Diagnostic::new("text-in-sum", Severity::Warning, message).at(Some(*span), "a text that looks like a number", "");
    Some(finding.at(Some(cell.span), "the formula", "").help("make a number of it; a sum counts numbers only"))
}

fn texts_of(count: usize) -> String {
    if count == 1 { "a cell that is a text".to_owned() } else { format!("{count} cells that are texts") }
}

/// What adding up binary floats leaves behind beyond the fifteenth digit of the largest of them.
pub fn is_noise(largest: Decimal, difference: Decimal) -> bool {
    difference.is_zero()
        || difference.abs().exact_mul(Decimal::from(100_000_000_000_000_i64)).is_some_and(|scaled| scaled <= largest.abs())
}

/// A number without the digits that only floats put there, beside figures as large as that: -999.999999999884 is what they make of
/// 1,047,576.41 less 1,048,576.41.
pub fn without_noise(number: Decimal, largest: Decimal) -> Decimal {
    let shorter = (0..number.decimals()).find_map(|decimals| {
        let rounded = Rounding::HalfAway.apply(number, Decimal::of_steps(1, decimals)?)?;
        is_noise(largest, number.exact_sub(rounded)?).then(|| rounded.normalized())
    });
    shorter.unwrap_or(number)
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
        for cell in sheet.cells_in(row, area.left as usize..area.right as usize + 1) {
            let field = workbook.field(sheet, cell);
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
    let cells = sheet.cells_of(at).zip(0..);
    let typed: Vec<Span> = cells
        .filter(|((kind, _), column)| *kind == Kind::Number && !sheet.is_formula(row, *column))
        .map(|(cell, _)| workbook.field(sheet, cell).span)
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

#[cfg(test)]
mod tests {
    use super::super::builder::Builder;
    use super::*;

    #[test]
    fn what_floats_leave_behind_is_measured_by_the_largest_figure() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let shown = |text: &str, largest: &str| without_noise(number(text), number(largest)).to_string();
        // A float holds 1,048,576.41 to some 0.0000000002.
        assert_eq!(shown("-999.999999999884", "1048576.41"), "-1000");
        assert_eq!(shown("-0.339999999850988", "1048576.41"), "-0.34");
        // Beside a thousand only what is less than 0.00000000001 is noise.
        assert_eq!(shown("-999.999999999884", "1000"), "-999.99999999988");
        assert_eq!(shown("1.25", "1048576.41"), "1.25");
        // 15 digits of 1/3, whatever a float makes of the sixteenth.
        assert!(is_noise(number("0.333333333333333"), number("0.0000000000000003")));
        assert!(!is_noise(number("1048576.41"), number("0.01")));
    }

    #[test]
    fn a_sum_of_what_cancels_is_not_stale_by_its_noise() {
        let told = |kept: &str| {
            let mut builder = Builder::default();
            builder.sheet("Budget", false);
            // 1,047,576.41 less 1,048,576.41 is -1,000, and with -999.999999999884 as floats have it for the same, -2,000.
            for (row, amount) in (0..).zip(["1047576.41", "-1048576.41", "-999.9999999998836"]) {
                builder.row(row, false).unwrap();
                builder.number(0, amount, false, row == 2).unwrap();
            }
            builder.row(3, false).unwrap();
            builder.number(0, kept, false, true).unwrap();
            builder.formula("SUM(A1:A3)");
            let workbook = builder.finish("book.xlsx");
            formulas(&workbook, &workbook.sheets[0]).into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(told("-1999.9999999997672"), [""; 0]);
        let wrong = "the formula adds up A1:A3, which come to -2000, but its kept value is -1500";
        assert_eq!(told("-1499.9999999997672"), [wrong]);
    }

    #[test]
    fn running_totals_of_a_long_table_are_done_anew_as_far_as_time_allows() {
        let mut builder = Builder::default();
        builder.sheet("Budget", false);
        for row in 0..40 {
            builder.row(row, false).unwrap();
            builder.number(0, "2", false, false).unwrap();
            builder.number(1, &(2 * (row + 1)).to_string(), false, true).unwrap();
            builder.formula(&format!("SUM(A$1:A{})", row + 1));
        }
        let workbook = builder.finish("book.xlsx");
        let sheet = &workbook.sheets[0];
        let sums: Vec<_> = sheet.formulas().map(|formula| (formula.clone(), Sum::read(formula.text).unwrap())).collect();
        assert_eq!([0, 1, 54, 55, 819, 820].map(|most| affordable(sheet, &sums, most)), [0, 1, 9, 10, 39, 40]);
        assert_eq!(formulas(&workbook, sheet), []);
    }
}
