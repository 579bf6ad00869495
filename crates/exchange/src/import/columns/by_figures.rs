//! The columns of a list whose headings say nothing: by what is the product of what.

use logframe::Decimal;

use super::Columns;
use super::amount::choose;
use super::figures::{MOST_ROWS, fits, holds_figures, holds_words, number};
use crate::cell::Seen;
use crate::import::heading::Column;
use crate::import::rows::{Part, Row, Rows};
use crate::records::Field;

/// Columns that are looked at to find one that is the product of others, at most.
const MOST_FACTORS: usize = 24;

/// The columns of a list whose headings are in words that nobody here knows: the amount is the product of two or three columns to its left.
pub fn of_figures(header: &[Field<'_>], body: &Part<'_, '_>) -> Option<Columns> {
    let are_words = header.iter().filter(|field| !field.is_blank()).all(|field| field.seen() == Seen::Words);
    // They are looked at many times.
    let rows = Rows::Records(body.first(MOST_ROWS).iter().map(Row::into_owned).collect());
    let body = &rows.part(0..rows.len())?;
    let width = body.width().unwrap_or_default().min(MOST_FACTORS);
    let description = (0..width).find(|at| holds_words(body, *at))?;
    let figures: Vec<usize> = (0..width).filter(|at| *at > description && holds_figures(body, *at)).collect();
    let (factors, amount) = product_of(body, &figures).filter(|_| are_words && header.len() > figures.len())?;
    let kinds = [Column::Quantity, Column::UnitCost];
    let mut columns = Columns::default();
    columns.of.extend([(description, Column::Description), (amount, Column::Amount)]);
    match factors.as_slice() {
        [quantity, duration, cost] => {
            columns.of.extend([(*quantity, kinds[0]), (*duration, Column::Duration), (*cost, kinds[1])]);
        }
        _ => columns.of.extend(factors.iter().copied().zip(kinds)),
    }
    columns.left_out = figures.into_iter().filter(|at| !columns.of.contains_key(at)).collect();
    let is_called = |at: &usize| header.get(*at).is_some_and(|field| Column::of(&field.text) == Some(Column::Amount));
    let called: Vec<usize> = columns.left_out.iter().copied().filter(is_called).collect();
    if !called.is_empty() && is_called(&amount) {
        // Several say that they are amounts: the product can be a part of one.
        let amounts: Vec<usize> = [amount].into_iter().chain(called).collect();
        columns.of.remove(&amount);
        columns.left_out.retain(|at| !amounts.contains(at));
        choose(&mut columns, &amounts, &[], header, body);
    } else if !called.is_empty() {
        // Another column says that it is the amount.
        columns.of.remove(&amount);
        columns.left_out.retain(|at| !called.contains(at));
        columns.doubtful = [amount].into_iter().chain(called).collect();
    }
    Some(columns)
}

/// Two or three columns, and the one to their right that is their product in most rows.
fn product_of(body: &Part<'_, '_>, figures: &[usize]) -> Option<(Vec<usize>, usize)> {
    let is_it = |factors: &[usize], amount: usize| {
        let product = |row: &[Field<'_>]| {
            factors.iter().map(|at| number(row, *at)).try_fold(Decimal::ONE, |product, factor| product.exact_mul(factor?))
        };
        // Where all but one are 1, anything is a product.
        let tells = |row: &Row<'_, '_>| {
            factors.iter().filter_map(|at| number(row, *at)).filter(|factor| *factor != Decimal::ONE).count() == factors.len()
        };
        let telling = body.iter().filter(tells).filter(|row| number(row, amount) == product(row)).count();
        telling > 1 && fits(body, amount, &product)
    };
    let pairs = || figures.iter().enumerate().flat_map(|(at, one)| figures.iter().skip(at + 1).map(|two| vec![*one, *two]));
    let triples = || {
        pairs().flat_map(|two| {
            let last = two.last().copied();
            figures.iter().filter(move |at| last < Some(**at)).map(move |at| [two.as_slice(), &[*at]].concat())
        })
    };
    let with_amount = |factors: Vec<usize>| {
        let mut right = figures.iter().copied().filter(|at| factors.last() < Some(at));
        let amount = right.find(|amount| is_it(&factors, *amount))?;
        Some((factors, amount))
    };
    triples().find_map(with_amount).or_else(|| pairs().find_map(with_amount))
}
