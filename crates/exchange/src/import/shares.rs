//! Shares of the total that a table prints in a column or a row of their own.

use std::collections::HashMap;

use logframe::diagnostic::Figures;
use logframe::reconciliation::{LineSum, PrintedCell, PrintedTable};
use logframe::{Decimal, Diagnostic, Severity, Span, Spanned};

use super::lines::shown;
use super::sheet::Sheet;
use crate::cell::Seen;
use crate::numbers::{Convention, Reading};
use crate::records::Field;

/// Printed shares by the rows and the columns of a table.
#[derive(Clone, Debug, Default)]
pub struct PrintedShares {
    pub of_rows: Vec<(usize, Spanned<Decimal>)>,
    pub of_columns: Vec<(usize, Spanned<Decimal>)>,
}

impl PrintedShares {
    /// The shares beside and below a table: what its headings and labels call `%` or `share of total`, and nothing else.
    pub fn of(sheet: &Sheet<'_>, table: &PrintedTable, header: usize, numbers: Convention, row_of: &dyn Fn(Span) -> u32) -> Self {
        let head = sheet.rows.row(header);
        let row_at = |span: Span| sheet.numbers.binary_search(&row_of(span)).ok();
        let mut shares = Self::default();
        let mut called = head.iter().enumerate().filter(|(_, field)| is_share_of_total(&field.text)).map(|(at, _)| at);
        if let (Some(column), None) = (called.next(), called.next()) {
            let spans = table.rows.iter().enumerate().filter_map(|(at, name)| Some((at, name.span?)));
            let fields = spans.filter_map(|(at, span)| Some((at, sheet.rows.cell(row_at(span)?, column)?)));
            shares.of_rows = fields.filter_map(|(at, field)| Some((at, share(&field, numbers)?))).collect();
        }
        let mut below = sheet.rows.iter().skip(header + 1).filter(|row| is_row_of_shares(row));
        if let (Some(row), None) = (below.next(), below.next()) {
            let named: HashMap<u32, usize> = head.iter().enumerate().map(|(at, field)| (field.span.start(), at)).collect();
            let places = table.columns.iter().enumerate().filter_map(|(at, name)| {
                let span = name.span?;
                Some((at, *named.get(&span.start())?))
            });
            shares.of_columns = places.filter_map(|(at, place)| Some((at, share(row.get(place)?, numbers)?))).collect();
        }
        shares
    }

    /// Shares that miss by more than a whole percentage point, which no rounding explains, where most do not.
    pub fn misses(&self, table: &PrintedTable) -> Vec<Diagnostic> {
        let is_sum = |sums: &[LineSum], at: usize| sums.iter().any(|sum| sum.at == at);
        let rows: Vec<usize> = (0..table.rows.len()).filter(|at| !is_sum(&table.row_sums, *at)).collect();
        let columns: Vec<usize> = (0..table.columns.len()).filter(|at| !is_sum(&table.column_sums, *at)).collect();
        let Some(whole) = come_to(table, &rows, &columns).filter(|whole| !whole.is_zero()) else { return Vec::new() };
        let of_row = |at: usize| come_to(table, &[at], &columns);
        let of_column = |at: usize| come_to(table, &rows, &[at]);
        let of_all = |at: usize, sum: Option<usize>| Some(whole).filter(|_| sum == Some(at));
        let by_row = self.of_rows.iter().filter_map(|(at, share)| Some((table.rows.get(*at)?, *share, of_row(*at)?)));
        let by_column = self.of_columns.iter().filter_map(|(at, share)| {
            let amount = of_all(*at, table.total_column).or_else(|| of_column(*at))?;
            Some((table.columns.get(*at)?, *share, amount))
        });
        [by_row.collect::<Vec<_>>(), by_column.collect()].into_iter().flat_map(|of| missed(&of, whole)).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.of_rows.is_empty() && self.of_columns.is_empty()
    }
}

/// What is printed where some rows and columns meet.
fn come_to(table: &PrintedTable, rows: &[usize], columns: &[usize]) -> Option<Decimal> {
    let cells = rows.iter().flat_map(|row| columns.iter().map(|column| table.cell(*row, *column)));
    let numbers: Option<Vec<Decimal>> = cells
        .map(|cell| match cell {
            PrintedCell::Amount(number) => Some(number),
            PrintedCell::None | PrintedCell::Blank => Some(Decimal::ZERO),
            PrintedCell::NotAvailable => None,
        })
        .collect();
    Decimal::exact_sum(numbers?)
}

/// Of what, the share that is printed, and the amount.
type Of<'t> = (&'t Spanned<String>, Spanned<Decimal>, Decimal);

fn missed(of: &[Of<'_>], whole: Decimal) -> Vec<Diagnostic> {
    let is_off = |share: Decimal, amount: Decimal| {
        let off = share.exact_mul(whole)?.exact_sub(amount.exact_mul(100.into())?)?;
        Some(off.abs() > whole.abs())
    };
    let missed: Vec<&Of<'_>> = of.iter().filter(|(_, share, amount)| is_off(**share, *amount) == Some(true)).collect();
    // A column of which most miss is one of other shares.
    if missed.len() * 2 >= of.len() {
        return Vec::new();
    }
    missed.into_iter().filter_map(|(name, share, amount)| miss(&name.value, *share, *amount, whole)).collect()
}

fn miss(name: &str, share: Spanned<Decimal>, amount: Decimal, whole: Decimal) -> Option<Diagnostic> {
    let computed = amount.exact_mul(100.into())?.shown_quotient(whole, 1)?;
    let printed = share.value.shown_quotient(Decimal::ONE, 1)?;
    let message = format!(
        "the share of `{}` is printed as {} %, but {} of {} is {} %",
        name.escape_debug(),
        shown(printed.normalized()),
        shown(amount),
        shown(whole),
        shown(computed.normalized())
    );
    let figures = Figures { declared: printed, computed, difference: printed.exact_sub(computed)?, terms: Vec::new() };
    let finding = Diagnostic::new("declared-share", Severity::Error, message).at(share.span, "the share", "");
    Some(finding.figures(figures).help("correct it; shares are no part of sums"))
}

fn share(field: &Field<'_>, numbers: Convention) -> Option<Spanned<Decimal>> {
    let Seen::Number(written) = field.seen() else { return None };
    match numbers.read(written).filter(|_| written.is_share)? {
        Reading::Is(number) => Some(Spanned::at(number, field.span)),
        Reading::TooLong => None,
    }
}

/// A row that is called so, and holds nothing but shares.
fn is_row_of_shares(row: &[Field<'_>]) -> bool {
    let mut filled = row.iter().filter(|field| !field.is_blank());
    let is_called = filled.next().is_some_and(|label| is_share_of_total(&label.text));
    let mut figures = filled.peekable();
    is_called
        && figures.peek().is_some()
        && figures.all(|field| matches!(field.seen(), Seen::Number(written) if written.is_share))
}

/// Whether a heading says that shares are of the total; `% funded` is one of something else.
fn is_share_of_total(heading: &str) -> bool {
    const WORDS: [&str; 16] = [
        "share",
        "shares",
        "percent",
        "percentage",
        "per",
        "cent",
        "of",
        "the",
        "total",
        "budget",
        "grand",
        "del",
        "du",
        "porcentaje",
        "pourcentage",
        "in",
    ];
    let lower = heading.to_lowercase();
    let says_share = heading.contains('%')
        || ["share", "percent", "per cent", "porcentaje", "pourcentage"].iter().any(|word| lower.contains(word));
    says_share && lower.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_the_total_are_told_from_other_shares() {
        for heading in ["%", "Share", "% of total", "Percentage", "Share of the total (%)", "% del total"] {
            assert!(is_share_of_total(heading), "{heading}");
        }
        for heading in ["% funded", "Total", "Share of costs charged", "", "% spent", "of the total"] {
            assert!(!is_share_of_total(heading), "{heading}");
        }
    }
}
