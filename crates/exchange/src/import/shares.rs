//! Shares of the total that a table prints in a column or a row of their own.

use std::collections::HashMap;

use logframe::reconciliation::PrintedTable;
use logframe::{Decimal, Span, Spanned};

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

    pub fn is_empty(&self) -> bool {
        self.of_rows.is_empty() && self.of_columns.is_empty()
    }
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
