//! Shares of the total that a table prints in a column or a row of their own.

use std::collections::HashMap;

use logframe::diagnostic::Figures;
use logframe::reconciliation::{LineSum, PrintedCell, PrintedTable};
use logframe::{Decimal, Diagnostic, Severity, Span, Spanned};

use super::heading::Column;
use super::lines::{List, shown};
use super::sheet::{Sheet, label};
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

    /// Shares that miss by more than a whole percentage point, which no rounding explains, where most do not: by the figures, and by the
    /// printed totals as well.
    pub fn misses(&self, table: &PrintedTable) -> Vec<Diagnostic> {
        let is_sum = |sums: &[LineSum], at: usize| sums.iter().any(|sum| sum.at == at);
        let rows: Vec<usize> = (0..table.rows.len()).filter(|at| !is_sum(&table.row_sums, *at)).collect();
        let columns: Vec<usize> = (0..table.columns.len()).filter(|at| !is_sum(&table.column_sums, *at)).collect();
        let all = (table.total_row, table.total_column);
        let printed = |row: Option<usize>, column: Option<usize>| come_to(table, &[row?], &[column?]);
        let Some(whole) = come_to(table, &rows, &columns).filter(|whole| !whole.is_zero()) else { return Vec::new() };
        let of = |amount: Option<Decimal>, row, column| Some((amount?, printed(row, column).zip(printed(all.0, all.1))));
        let by_row = self.of_rows.iter().filter_map(|(at, share)| {
            let (amount, printed) = of(come_to(table, &[*at], &columns), Some(*at), all.1)?;
            Some(Of { name: &table.rows.get(*at)?.value, share: *share, amount, whole, printed })
        });
        let by_column = self.of_columns.iter().filter_map(|(at, share)| {
            let own = if all.1 == Some(*at) { columns.as_slice() } else { &[*at] };
            let (amount, printed) = of(come_to(table, &rows, own), all.0, Some(*at))?;
            Some(Of { name: &table.columns.get(*at)?.value, share: *share, amount, whole, printed })
        });
        [by_row.collect::<Vec<_>>(), by_column.collect()].iter().flat_map(|of| missed(of)).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.of_rows.is_empty() && self.of_columns.is_empty()
    }
}

impl List<'_> {
    /// Shares that miss in a column beside the amounts: of the amount that has all of it. What is multiplied is no share of the total.
    pub fn shares_of_total(&self, head: &[Field<'_>]) -> Vec<Diagnostic> {
        let has = |column: Column| self.columns.has(column);
        let multiplies = has(Column::Share) && (has(Column::Quantity) || has(Column::UnitCost));
        let mut called = (0..head.len()).filter(|at| head.get(*at).is_some_and(|field| is_share_of_total(&field.text)));
        let (Some(column), None, false) = (called.next(), called.next(), multiplies) else { return Vec::new() };
        let amount = |row: &[Field<'_>]| Some(self.read_number(row.get(self.columns.first(Column::Amount)?)?)?.value);
        let printed = || {
            self.rows.iter().filter_map(|row| {
                // Among shares that come to a hundred a plain number is one, too.
                let share = row.get(column).and_then(|field| share(field, self.numbers).or_else(|| self.read_number(field)))?;
                Some((label(&row)?, share, amount(&row)?))
            })
        };
        let whole = printed().filter(|(_, share, _)| share.value == Decimal::from(100)).last().map(|(.., amount)| amount);
        let Some(whole) = whole.filter(|whole| !whole.is_zero()) else { return Vec::new() };
        let printed: Vec<(String, Spanned<Decimal>, Decimal)> = printed().collect();
        let of = printed.iter().map(|(name, share, amount)| Of { name, share: *share, amount: *amount, whole, printed: None });
        missed(&of.collect::<Vec<_>>())
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

/// A share that is printed, and what it can be of.
struct Of<'t> {
    name: &'t str,
    share: Spanned<Decimal>,
    amount: Decimal,
    whole: Decimal,
    /// The amount and the whole as totals print them.
    printed: Option<(Decimal, Decimal)>,
}

impl Of<'_> {
    fn is_off(&self) -> bool {
        let is_off = |(amount, whole): (Decimal, Decimal)| {
            let off = self.share.exact_mul(whole)?.exact_sub(amount.exact_mul(100.into())?)?;
            Some(off.abs() > whole.abs())
        };
        let is_by_totals = || self.printed.is_none_or(|printed| is_off(printed) == Some(true));
        is_off((self.amount, self.whole)) == Some(true) && is_by_totals()
    }

    fn told(&self) -> Option<Diagnostic> {
        let computed = self.amount.exact_mul(100.into())?.shown_quotient(self.whole, 1)?;
        let printed = self.share.value.shown_quotient(Decimal::ONE, 1)?;
        let message = format!(
            "the share of `{}` is printed as {} %, but {} of {} is {} %",
            self.name.escape_debug(),
            shown(printed.normalized()),
            shown(self.amount),
            shown(self.whole),
            shown(computed.normalized())
        );
        let figures = Figures { declared: printed, computed, difference: printed.exact_sub(computed)?, terms: Vec::new() };
        let finding = Diagnostic::new("declared-share", Severity::Error, message).at(self.share.span, "the share", "");
        Some(finding.figures(figures).help("correct it; shares are no part of sums"))
    }
}

fn missed(all: &[Of<'_>]) -> Vec<Diagnostic> {
    let missed: Vec<&Of<'_>> = all.iter().filter(|of| of.is_off()).collect();
    let fit = all.len() - missed.len();
    // A column of which most miss is one of other shares; a wrong one makes their total wrong, too.
    let are_shares = fit > 1 && fit * 2 >= all.len();
    missed.into_iter().filter(|_| are_shares).filter_map(Of::told).collect()
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
