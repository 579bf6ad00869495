//! What the columns of a list of budget lines are: by their headings, and by their figures where several could be the amount.

use std::collections::BTreeMap;

use logframe::Decimal;

use super::calendar::{Told, heading, is_certain, told_of_amount};
use super::heading::{Column, is_beside_the_budget};
use super::rows::{Part, Row, Rows};
use crate::cell::Seen;
use crate::records::Field;

/// The columns of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub of: BTreeMap<usize, Column>,
    /// Of the columns that hold what is spent in some period, what is told of it. One alone is the amount.
    pub periods: BTreeMap<usize, Told>,
    /// Columns of amounts that are not the budget's, as others are.
    pub left_out: Vec<usize>,
    /// Columns that can all be the amount.
    pub doubtful: Vec<usize>,
    /// Columns of figures that no heading explains.
    pub unknown: Vec<usize>,
    /// Whether it is a table of offices or results by periods, and not surely one of a budget.
    pub is_table: bool,
}

impl Columns {
    pub fn has(&self, column: Column) -> bool {
        self.of.values().any(|one| *one == column)
    }

    /// The columns of one kind, from left to right.
    pub fn all(&self, column: Column) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.of.iter().filter(move |(_, one)| **one == column).map(|(at, _)| *at)
    }

    /// What a column is called in mapping files.
    pub fn name(&self, at: usize) -> String {
        match (self.periods.get(&at), self.of.get(&at)) {
            (Some(Told::At(period)), _) => period.to_string(),
            (_, column) => column.map_or("other", |column| column.name()).to_owned(),
        }
    }

    /// Takes in the columns of periods: one alone is the amount where no other is, and a part of it that is left out where one is.
    pub fn over(&mut self, periods: BTreeMap<usize, Told>) {
        let has_amount = self.has(Column::Amount) || !self.doubtful.is_empty();
        match (periods.len(), has_amount) {
            (1, true) => self.left_out.extend(periods.into_keys()),
            (count, _) => {
                let column = if count == 1 { Column::Amount } else { Column::Part };
                self.of.extend(periods.keys().map(|at| (*at, column)));
                self.periods = periods;
            }
        }
    }

    /// Leaves out what the amount is not the product of.
    fn leave_factors(&mut self) {
        let is_factor =
            |column: &Column| matches!(column, Column::Quantity | Column::UnitCost | Column::Duration | Column::Share);
        self.left_out.extend(self.of.iter().filter(|(_, column)| is_factor(column)).map(|(at, _)| *at));
        self.of.retain(|_, column| !is_factor(column));
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
    let mut periods = of_periods(header, body);
    let named: Vec<(usize, Column)> = header
        .iter()
        .enumerate()
        .filter(|(at, _)| !periods.contains_key(at))
        .filter_map(|(at, field)| Some((at, Column::of(&field.text)?)))
        .collect();
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
    let parts: Vec<usize> = periods.keys().copied().collect();
    choose(&mut columns, &amounts, &parts, header, body);
    periods.extend(called_amounts(&mut columns, header, body));
    let is_certain = periods.keys().all(|at| header.get(*at).is_some_and(|field| is_certain(&field.text)));
    columns.over(periods);
    if let Some(at) = described(&columns, header, body) {
        columns.of.insert(at, Column::Description);
    }
    let has = |column: Column| columns.has(column);
    let has_amount = has(Column::Amount) || has(Column::Part) || !columns.doubtful.is_empty();
    let is_lines =
        (has(Column::Description) || has(Column::Result)) && (has(Column::UnitCost) || (has(Column::Quantity) && has_amount));
    let is_tidy = has(Column::Office) && has(Column::Result) && has_amount;
    let is_described = has(Column::Description) && has_amount;
    let is_table =
        is_certain && !columns.periods.is_empty() && [Column::Office, Column::Result, Column::Category].into_iter().any(has);
    if !(is_lines || is_tidy || is_described || is_table) {
        return None;
    }
    columns.is_table = !(is_lines || is_tidy || is_described);
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

/// Of a list that multiplies, the first column of words, where no heading names one that says what the lines are for.
fn described(columns: &Columns, header: &[Field<'_>], body: &Part<'_, '_>) -> Option<usize> {
    let names_it = [Column::Description, Column::Result].into_iter().any(|column| columns.has(column));
    let multiplies = [Column::Quantity, Column::UnitCost].into_iter().all(|column| columns.has(column));
    let is_free =
        |at: &usize| !columns.of.contains_key(at) && header.get(*at).is_some_and(|field| Column::of(&field.text).is_none());
    (0..header.len()).filter(is_free).find(|at| holds_words(body, *at)).filter(|_| multiplies && !names_it)
}

/// Whether most rows have words in a column.
fn holds_words(body: &Part<'_, '_>, at: usize) -> bool {
    let body = body.first(MOST_ROWS);
    let words = body.column(at).filter(|field| field.seen() == Seen::Words).count();
    words > 1 && words * 2 >= body.len()
}

/// Columns that are looked at to find one that is the product of others, and rows; both at most.
const MOST_FACTORS: usize = 24;
const MOST_ROWS: usize = 60;

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

/// Rows that are looked at to see what a column of a period holds, and such columns of a list, at most.
const LOOKED_AT: usize = 1000;
const MOST_PERIODS: usize = 400;

/// The columns whose headings name a period, and in which amounts can stand.
fn of_periods(header: &[Field<'_>], body: &Part<'_, '_>) -> BTreeMap<usize, Told> {
    let told = header.iter().enumerate().filter_map(|(at, field)| Some((at, heading(field)?)));
    let body = body.first(LOOKED_AT);
    let periods: BTreeMap<usize, Told> = told.take(MOST_PERIODS).filter(|(at, _)| can_hold_amounts(&body, *at)).collect();
    let has_figures = periods.keys().any(|at| body.column(*at).any(|field| is_amount(field.seen())));
    if has_figures { periods } else { BTreeMap::new() }
}

/// Columns of amounts whose headings name a period, where the amount is their sum: `Year 1 cost`, `Year 2 cost`, `Total cost`.
fn called_amounts(columns: &mut Columns, header: &[Field<'_>], body: &Part<'_, '_>) -> BTreeMap<usize, Told> {
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

fn is_amount(seen: Seen<'_>) -> bool {
    matches!(seen, Seen::Number(written) if !written.is_share)
}

/// Whether amounts can stand in a column: it holds more of them than of words and shares, or nothing at all.
fn can_hold_amounts(body: &Part<'_, '_>, at: usize) -> bool {
    let is_other = |seen: Seen<'_>| seen == Seen::Words || (matches!(seen, Seen::Number(_)) && !is_amount(seen));
    let amounts = body.column(at).filter(|field| is_amount(field.seen())).count();
    let others = body.column(at).filter(|field| is_other(field.seen())).count();
    amounts > others || others == 0
}

/// The amount among several: the one that is the product of the factors, or the sum of the others or of the columns of periods, or that is
/// called the total.
fn choose(columns: &mut Columns, amounts: &[usize], parts: &[usize], header: &[Field<'_>], body: &Part<'_, '_>) {
    let chosen = match amounts {
        [] => None,
        [one] => Some(*one),
        several => {
            let is_product = |at: &usize| fits(body, *at, &|row| product(columns, row));
            let is_sum = |at: &usize| {
                let others: Vec<usize> = several.iter().copied().filter(|other| other != at).collect();
                fits(body, *at, &|row| sum(row, &others))
            };
            let is_whole = |at: &usize| !parts.is_empty() && fits(body, *at, &|row| sum(row, parts));
            let is_called = |at: &usize| header.get(*at).is_some_and(|field| field.text.to_lowercase().contains("total"));
            let product = only(several, &is_product);
            let whole = only(several, &is_sum).or_else(|| only(several, &is_whole));
            if product.is_some() && whole.is_some() && product != whole {
                // What is multiplied is one of several amounts that the whole is the sum of.
                columns.leave_factors();
            }
            whole.or(product).or_else(|| only(several, &is_called))
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

/// What the cells of some columns come to, blank ones being nothing.
fn sum(row: &[Field<'_>], columns: &[usize]) -> Option<Decimal> {
    Decimal::exact_sum(columns.iter().map(|at| number(row, *at).unwrap_or_default()))
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

fn number(row: &[Field<'_>], at: usize) -> Option<Decimal> {
    let field = row.get(at).filter(|field| !field.is_blank())?;
    field.text.replace([',', ' ', '\'', '\u{a0}', '\u{202f}'], "").parse().ok()
}
