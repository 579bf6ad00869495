//! Which columns of a list are amounts: the one that is the budget's, those of totals alone, and those of periods.

use std::collections::BTreeMap;

use logframe::Decimal;

use super::Columns;
use super::figures::{can_hold_amounts, fits, is_amount, number, product, sum};
use crate::import::calendar::{Told, heading, told_of_amount};
use crate::import::heading::Column;
use crate::import::rows::Part;
use crate::records::Field;
use crate::words::{Kind, speaks_of_totals};

/// Rows that are looked at to see what a column of a period holds, and such columns of a list, at most.
const LOOKED_AT: usize = 1000;
const MOST_PERIODS: usize = 400;

/// The amount among several: the one that is the product of the factors, or the sum of the others or of the columns of periods, or that is
/// called the total.
pub fn choose(columns: &mut Columns, amounts: &[usize], parts: &[usize], header: &[Field<'_>], body: &Part<'_, '_>) {
    let chosen = match amounts {
        [] => None,
        [one] => Some(*one),
        several => {
            let only = |is_it: &dyn Fn(&usize) -> bool| only(several, is_it);
            let text = |at: &usize| header.get(*at).map_or("", |field| &*field.text);
            let is_called = |at: &usize| text(at).to_lowercase().contains("total");
            let is_product = |at: &usize| fits(body, *at, &|row| product(columns, row));
            let is_sum = |at: &usize| {
                let others: Vec<usize> = several.iter().copied().filter(|other| other != at).collect();
                fits(body, *at, &|row| sum(row, &others))
            };
            // What is multiplied for each part of the time has prices beside it that are called costs.
            let is_sum_of_totals = |at: &usize| {
                let others: Vec<usize> = several.iter().copied().filter(|other| other != at && is_called(other)).collect();
                others.len() > 1 && is_called(at) && fits(body, *at, &|row| sum(row, &others))
            };
            let is_whole = |at: &usize| !parts.is_empty() && fits(body, *at, &|row| sum(row, parts));
            let is_whole_by_name = |at: &usize| is_called(at) && Kind::of(text(at)) != Kind::Subtotal;
            let product = only(&is_product);
            let is_of_no_time = |at: &usize| told_of_amount(text(at)).is_none();
            let of_same = || first_of_same(several, body, &is_sum).filter(|_| several.iter().all(is_of_no_time));
            let whole = only(&is_sum).or_else(of_same).or_else(|| only(&is_sum_of_totals)).or_else(|| only(&is_whole));
            if product.is_some() && whole.is_some() && product != whole {
                // What is multiplied is one of several amounts that the whole is the sum of.
                columns.leave_factors();
            }
            whole.or(product).or_else(|| only(&is_called)).or_else(|| only(&is_whole_by_name))
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

/// The price among what is called an amount: `Quantity, Cost, Total`, where the product is a total at least as often as not.
pub fn price_among(columns: &Columns, amounts: &[usize], header: &[Field<'_>], body: &Part<'_, '_>) -> Option<usize> {
    let quantity = columns.first(Column::Quantity).filter(|_| !columns.has(Column::UnitCost))?;
    let is_plain = |at: &usize| {
        let text = header.get(*at).map_or("", |field| field.text.as_ref());
        [
            "cost",
            "costs",
            "coût",
            "cout",
            "costo",
            "coste",
            "custo",
            "kosten",
            "value",
            "стоимость",
            "вартість",
            "montant",
            "betrag",
            "valor",
        ]
        .contains(&text.split('(').next().unwrap_or_default().trim().to_lowercase().as_str())
    };
    let price = amounts.iter().copied().find(|at| *at > quantity && is_plain(at))?;
    let body = body.first(LOOKED_AT);
    let is_product = |amount: usize| {
        let numbers = |row: &[Field<'_>]| Some((number(row, quantity)?, number(row, price)?, number(row, amount)?));
        let compared = body.iter().filter_map(|row| numbers(&row));
        let tells = |quantity: Decimal, hit: bool| hit && quantity != Decimal::ONE;
        let (telling, hits, all) = compared.fold((0, 0, 0), |(telling, hits, all), (quantity, price, amount)| {
            let hit = quantity.exact_mul(price) == Some(amount);
            (telling + usize::from(tells(quantity, hit)), hits + usize::from(hit), all + 1)
        });
        telling > 0 && hits * 2 >= all
    };
    amounts.iter().any(|amount| *amount > price && is_product(*amount)).then_some(price)
}

fn only(all: &[usize], is_it: &dyn Fn(&usize) -> bool) -> Option<usize> {
    let mut found = all.iter().copied().filter(|at| is_it(at));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The first of three columns or more, where all that are it say the same in every row: all is asked for, and nobody else pays.
fn first_of_same(all: &[usize], body: &Part<'_, '_>, is_it: &dyn Fn(&usize) -> bool) -> Option<usize> {
    let mut found = all.iter().copied().filter(|at| is_it(at));
    let first = found.next().filter(|_| all.len() > 2)?;
    let says_the_same = |at: usize| body.iter().all(|row| number(&row, first) == number(&row, at));
    found.all(says_the_same).then_some(first)
}

/// The column of totals among those of amounts: it has figures only where the others have none.
pub fn outdented(amounts: &[usize], header: &[Field<'_>], body: &Part<'_, '_>) -> Option<usize> {
    let is_called = |at: &usize| header.get(*at).is_some_and(|field| speaks_of_totals(&field.text));
    let has = |row: &[Field<'_>], at: usize| row.get(at).is_some_and(|field| field.seen().is_figure());
    let stands_alone = |at: &usize| {
        let others = |row: &[Field<'_>]| amounts.iter().any(|other| other != at && has(row, *other));
        let (own, both, rest) = body.iter().fold((0, 0, 0), |(own, both, rest), row| match (has(&row, *at), others(&row)) {
            (true, false) => (own + 1, both, rest),
            (true, true) => (own, both + 1, rest),
            (false, true) => (own, both, rest + 1),
            (false, false) => (own, both, rest),
        });
        own > 0 && both == 0 && rest > 0
    };
    let found = amounts.iter().copied().find(|at| is_called(at) && stands_alone(at));
    found.filter(|_| amounts.len() > 1)
}

/// The columns whose headings name a period, and in which amounts can stand.
pub fn of_periods(header: &[Field<'_>], body: &Part<'_, '_>) -> BTreeMap<usize, Told> {
    let told = header.iter().enumerate().filter_map(|(at, field)| Some((at, heading(field)?)));
    let body = body.first(LOOKED_AT);
    let periods: BTreeMap<usize, Told> = told.take(MOST_PERIODS).filter(|(at, _)| can_hold_amounts(&body, *at)).collect();
    let has_figures = periods.keys().any(|at| body.column(*at).any(|field| is_amount(field.seen())));
    if has_figures { periods } else { BTreeMap::new() }
}

/// Columns of amounts whose headings name a period, where the amount is their sum: `Year 1 cost`, `Year 2 cost`, `Total cost`.
pub fn called_amounts(columns: &mut Columns, header: &[Field<'_>], body: &Part<'_, '_>) -> BTreeMap<usize, Told> {
    let Some(amount) = columns.first(Column::Amount) else { return BTreeMap::new() };
    let told = |at: &usize| Some((*at, told_of_amount(&header.get(*at)?.text)?));
    let periods: BTreeMap<usize, Told> = columns.left_out.iter().filter_map(told).collect();
    let parts: Vec<usize> = periods.keys().copied().collect();
    if parts.len() < 2 || !fits(body, amount, &|row| sum(row, &parts)) {
        return BTreeMap::new();
    }
    columns.left_out.retain(|at| !periods.contains_key(at));
    periods
}
