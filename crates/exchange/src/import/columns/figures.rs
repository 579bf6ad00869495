//! What columns of a list hold, and what their figures come to.

use std::borrow::Cow;

use logframe::Decimal;

use super::Columns;
use crate::cell::Seen;
use crate::import::heading::Column;
use crate::import::rows::{Part, Row};
use crate::records::Field;

/// Rows that are looked at to see what a column holds, at most.
pub const MOST_ROWS: usize = 60;

/// Whether most rows have words in a column.
pub fn holds_words(body: &Part<'_, '_>, at: usize) -> bool {
    let body = body.first(MOST_ROWS);
    let words = body.column(at).filter(|field| field.seen() == Seen::Words).count();
    words > 1 && words * 2 >= body.len()
}

/// Whether any row has words with a number in front: `12 months`.
pub fn holds_digits(body: &Part<'_, '_>, at: usize) -> bool {
    body.first(MOST_ROWS).column(at).any(|field| field.text.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a column holds figures rather than words.
pub fn holds_figures(body: &Part<'_, '_>, at: usize) -> bool {
    let (mut figures, mut words) = (0, 0);
    for field in body.column(at) {
        let seen = field.seen();
        figures += usize::from(seen.is_figure());
        words += usize::from(seen == Seen::Words);
    }
    figures > words
}

pub fn is_amount(seen: Seen<'_>) -> bool {
    matches!(seen, Seen::Number(written) if !written.is_share)
}

/// Whether amounts can stand in a column: it holds more of them than of words and shares, or nothing at all.
pub fn can_hold_amounts(body: &Part<'_, '_>, at: usize) -> bool {
    let is_other = |seen: Seen<'_>| seen == Seen::Words || (matches!(seen, Seen::Number(_)) && !is_amount(seen));
    let amounts = body.column(at).filter(|field| is_amount(field.seen())).count();
    let others = body.column(at).filter(|field| is_other(field.seen())).count();
    amounts > others || others == 0
}

/// Whether most rows that can be compared hold what is worked out, and two of them at least.
pub fn fits(body: &Part<'_, '_>, at: usize, worked_out: &dyn Fn(&[Field<'_>]) -> Option<Decimal>) -> bool {
    let compared = body.iter().filter_map(|row| Some(number(&row, at)? == worked_out(&row)?));
    let (hits, all) = compared.fold((0, 0), |(hits, all), hit| (hits + usize::from(hit), all + 1));
    hits >= 1 && hits * 4 >= all * 3
}

/// What the cells of some columns come to, blank ones being nothing.
pub fn sum(row: &[Field<'_>], columns: &[usize]) -> Option<Decimal> {
    Decimal::exact_sum(columns.iter().map(|at| number(row, *at).unwrap_or_default()))
}

pub fn product(columns: &Columns, row: &[Field<'_>]) -> Option<Decimal> {
    let cost = columns.first(Column::UnitCost).and_then(|at| number(row, at))?;
    let factors = [Column::Quantity, Column::Duration].into_iter().flat_map(|column| columns.all(column));
    let product = factors.filter_map(|at| number(row, at)).try_fold(cost, Decimal::exact_mul)?;
    match columns.first(Column::Share).and_then(|at| row.get(at)).filter(|field| !field.is_blank()) {
        Some(field) => product.exact_mul(field.text.trim_end_matches('%').trim().parse().ok()?)?.percent(),
        None => Some(product),
    }
}

pub fn number(row: &[Field<'_>], at: usize) -> Option<Decimal> {
    let field = row.get(at).filter(|field| !field.is_blank())?;
    with_point(&field.text.replace([' ', '\'', '\u{a0}', '\u{202f}'], "")).parse().ok()
}

/// A number with a point before its decimals, as far as its own marks tell: what stands last tells it from those between thousands.
fn with_point(text: &str) -> Cow<'_, str> {
    let is_alone = |mark: char| text.matches(mark).count() == 1;
    let behind = |at: usize| text.len() - at - 1;
    match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', ".").into(),
        (Some(comma), None) if is_alone(',') && behind(comma) != 3 => text.replace(',', ".").into(),
        (Some(_), _) => text.replace(',', "").into(),
        (None, Some(_)) if !is_alone('.') => text.replace('.', "").into(),
        _ => text.into(),
    }
}

/// Whether shares are parts of one: those of full-time posts, and what else the amounts prove to be no per cents.
pub fn are_parts_of_one<'r, 't: 'r>(columns: &Columns, rows: impl Iterator<Item = Row<'r, 't>>) -> bool {
    let (Some(share), Some(amount)) = (columns.first(Column::Share), columns.first(Column::Amount)) else { return false };
    let hit = |row: &[Field<'_>]| {
        row.get(share).filter(|field| !field.is_blank() && !field.text.ends_with('%'))?;
        Some(product(columns, row)?.exact_mul(Decimal::HUNDRED)? == number(row, amount)?)
    };
    let (hits, all) = rows.filter_map(|row| hit(&row)).fold((0, 0), |(hits, all), hit| (hits + usize::from(hit), all + 1));
    hits >= 1 && hits * 4 >= all * 3
}
