//! What the columns of a list of budget lines are: by their headings, and by their figures where several could be the amount.

use std::collections::BTreeMap;

use logframe::Decimal;

use super::heading::{Column, is_beside_the_budget};
use super::rows::Part;
use crate::cell::Seen;
use crate::records::Field;

/// The columns of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub of: BTreeMap<usize, Column>,
    /// Columns of amounts that are not the budget's, as others are.
    pub left_out: Vec<usize>,
    /// Columns that can all be the amount.
    pub doubtful: Vec<usize>,
    /// Columns of figures that no heading explains.
    pub unknown: Vec<usize>,
}

impl Columns {
    pub fn has(&self, column: Column) -> bool {
        self.of.values().any(|one| *one == column)
    }

    /// The columns of one kind, from left to right.
    pub fn all(&self, column: Column) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.of.iter().filter(move |(_, one)| **one == column).map(|(at, _)| *at)
    }

    /// The leftmost column of one kind.
    pub fn first(&self, column: Column) -> Option<usize> {
        self.all(column).next()
    }
}

/// The columns of a list under a row of headings; `None` where the row is not one of headings of a list.
pub fn of_headings(header: &[Field<'_>], body: &Part<'_, '_>) -> Option<Columns> {
    if header.iter().any(|field| matches!(field.seen(), Seen::Number(_)) && !field.seen().is_year()) {
        return None;
    }
    let named: Vec<(usize, Column)> =
        header.iter().enumerate().filter_map(|(at, field)| Some((at, Column::of(&field.text)?))).collect();
    let count = |column: Column| named.iter().filter(|(_, one)| *one == column).count();
    // Several columns of one kind are a table of that kind, with figures in them.
    if count(Column::Office) > 1
        || (count(Column::Result) > 1 && named.iter().any(|(at, one)| *one == Column::Result && holds_figures(body, *at)))
    {
        return None;
    }
    let mut columns = Columns::default();
    let mut amounts = Vec::new();
    for (at, column) in named {
        let text = header.get(at).map_or("", |field| field.text.as_ref());
        match column {
            Column::Amount if is_beside_the_budget(text) => columns.left_out.push(at),
            Column::Amount => amounts.push(at),
            Column::Office | Column::Result | Column::Category if holds_figures(body, at) => return None,
            // Days and months are multiplied.
            Column::Duration | Column::Result => drop(columns.of.insert(at, column)),
            other if columns.has(other) => {}
            other => drop(columns.of.insert(at, other)),
        }
    }
    choose(&mut columns, &amounts, header, body);
    let has = |column: Column| columns.has(column);
    let has_amount = has(Column::Amount) || !columns.doubtful.is_empty();
    let is_lines =
        (has(Column::Description) || has(Column::Result)) && (has(Column::UnitCost) || (has(Column::Quantity) && has_amount));
    let is_tidy = has(Column::Office) && has(Column::Result) && has_amount;
    let is_described = has(Column::Description) && has_amount;
    if !(is_lines || is_tidy || is_described) {
        return None;
    }
    let is_unknown = |at: &usize| {
        !columns.of.contains_key(at)
            && !columns.left_out.contains(at)
            && !columns.doubtful.contains(at)
            && holds_figures(body, *at)
    };
    let width = body.width().unwrap_or_default();
    columns.unknown = (0..width).filter(is_unknown).collect();
    Some(columns)
}

/// Whether a row of headings speaks of quantities or prices: the table below is a list of lines, whatever else is in it.
pub fn speaks_of_factors(header: &[Field<'_>]) -> bool {
    let named = header.iter().filter_map(|field| Column::of(&field.text));
    named.filter(|column| matches!(column, Column::Quantity | Column::UnitCost | Column::Unit)).count() > 1
}

/// Whether a row is the headings of budget lines: it names quantities and unit costs.
pub fn is_list_of_lines(header: &[Field<'_>]) -> bool {
    let words = header.iter().all(|field| !field.seen().is_figure());
    let has = |wanted: Column| header.iter().any(|field| Column::of(&field.text) == Some(wanted));
    words && has(Column::Quantity) && has(Column::UnitCost)
}

/// Whether a column holds figures rather than words.
fn holds_figures(body: &Part<'_, '_>, at: usize) -> bool {
    let (mut figures, mut words) = (0, 0);
    for field in body.column(at) {
        let seen = field.seen();
        figures += usize::from(seen.is_figure());
        words += usize::from(seen == Seen::Words);
    }
    figures > words
}

/// The amount among several: the one that is the product of the factors, or the sum of the others, or that is called the total.
fn choose(columns: &mut Columns, amounts: &[usize], header: &[Field<'_>], body: &Part<'_, '_>) {
    let chosen = match amounts {
        [] => None,
        [one] => Some(*one),
        several => {
            let is_product = |at: &usize| fits(body, *at, &|row| product(columns, row));
            let is_sum = |at: &usize| {
                let others: Vec<usize> = several.iter().copied().filter(|other| other != at).collect();
                fits(body, *at, &|row| {
                    others
                        .iter()
                        .map(|other| number(row, *other).or(Some(Decimal::ZERO)))
                        .try_fold(Decimal::ZERO, |sum, one| sum.exact_add(one?))
                })
            };
            let is_called = |at: &usize| header.get(*at).is_some_and(|field| field.text.to_lowercase().contains("total"));
            only(several, &is_product).or_else(|| only(several, &is_sum)).or_else(|| only(several, &is_called))
        }
    };
    match chosen {
        Some(at) => {
            columns.of.insert(at, Column::Amount);
            columns.left_out.extend(amounts.iter().filter(|other| **other != at));
        }
        None => columns.doubtful = amounts.to_vec(),
    }
}

fn only(all: &[usize], is_it: &dyn Fn(&usize) -> bool) -> Option<usize> {
    let mut found = all.iter().copied().filter(|at| is_it(at));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whether most rows that can be compared hold what is worked out, and two of them at least.
fn fits(body: &Part<'_, '_>, at: usize, worked_out: &dyn Fn(&[Field<'_>]) -> Option<Decimal>) -> bool {
    let compared = body.iter().filter_map(|row| Some(number(&row, at)? == worked_out(&row)?));
    let (hits, all) = compared.fold((0, 0), |(hits, all), hit| (hits + usize::from(hit), all + 1));
    hits >= 1 && hits * 4 >= all * 3
}

fn product(columns: &Columns, row: &[Field<'_>]) -> Option<Decimal> {
    let cost = columns.first(Column::UnitCost).and_then(|at| number(row, at))?;
    let factors = [Column::Quantity, Column::Duration].into_iter().flat_map(|column| columns.all(column));
    let product = factors.filter_map(|at| number(row, at)).try_fold(cost, Decimal::exact_mul)?;
    match columns.first(Column::Share).and_then(|at| row.get(at)).filter(|field| !field.is_blank()) {
        Some(field) => product.exact_mul(field.text.trim_end_matches('%').trim().parse().ok()?)?.percent(),
        None => Some(product),
    }
}

fn number(row: &[Field<'_>], at: usize) -> Option<Decimal> {
    let field = row.get(at).filter(|field| !field.is_blank())?;
    field.text.replace([',', ' ', '\'', '\u{a0}', '\u{202f}'], "").parse().ok()
}
