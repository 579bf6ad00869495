//! What the columns of a list of budget lines are: by their headings, and by their figures where several could be the amount.

mod amount;
mod by_figures;
mod factors;
mod figures;

use std::collections::BTreeMap;

use super::calendar::{Told, is_certain};
use super::heading::{Column, is_beside_the_budget};
use super::rows::Part;
use crate::cell::Seen;
use crate::records::Field;
use crate::words::is_share;
use amount::{called_amounts, choose, of_periods, outdented, price_among};
pub use by_figures::of_figures;
use factors::Sample;
pub use figures::are_parts_of_one;
use figures::{fits, holds_digits, holds_figures, holds_words, product};

/// The columns of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub of: BTreeMap<usize, Column>,
    /// Of the columns that hold what is spent in some period, what is told of it. One alone is the amount.
    pub periods: BTreeMap<usize, Told>,
    /// Columns of amounts that are not the budget's, as others are.
    pub left_out: Vec<usize>,
    /// Factors that the amount is not the product of.
    pub factors_left_out: Vec<usize>,
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

    /// Whether anything is multiplied.
    fn has_factor(&self) -> bool {
        self.of.values().any(|column| column.is_factor())
    }

    /// Of several amounts none is the one: it is asked which.
    pub fn ask_for_amount(&mut self) {
        if let Some(amount) = self.first(Column::Amount).filter(|_| !self.left_out.is_empty()) {
            self.of.remove(&amount);
            self.doubtful.push(amount);
            self.doubtful.append(&mut self.left_out);
        }
    }

    /// The same, one of them being the amount.
    fn with_amount(&self, at: usize) -> Self {
        let mut columns = self.clone();
        columns.of.insert(at, Column::Amount);
        columns.leave_others(at);
        columns
    }

    /// Leaves out what could be the amount, but for one.
    fn leave_others(&mut self, amount: usize) {
        self.left_out.append(&mut self.doubtful);
        self.left_out.retain(|at| *at != amount);
        self.left_out.sort_unstable();
    }

    /// Takes another column for the amount, which is not the product of the factors: they are of the one that was it.
    pub fn take_amount(&mut self, at: usize) {
        if let Some(before) = self.first(Column::Amount) {
            self.of.remove(&before);
            self.left_out.push(before);
        }
        self.leave_others(at);
        self.of.insert(at, Column::Amount);
        self.leave_factors();
    }

    /// Leaves out what the amount is not the product of.
    fn leave_factors(&mut self) {
        let factors = self.of.iter_mut().filter(|(_, column)| column.is_factor());
        for (at, column) in factors {
            *column = Column::Other;
            self.factors_left_out.push(*at);
        }
    }

    /// The same of quantities of several times, as of quarters, where the amount is the product of none.
    fn leave_factors_of_parts(&mut self, body: &Part<'_, '_>) {
        let is_product = |at: usize| fits(body, at, &|row| product(self, row));
        if self.first(Column::Amount).is_some_and(|at| !is_product(at)) {
            self.leave_factors();
        }
    }

    /// Leaves out shares that are of the total and no factors: amounts are products without them, and none with them.
    fn leave_shares_of_total(&mut self, body: &Part<'_, '_>) {
        let (Some(share), Some(amount)) = (self.first(Column::Share), self.first(Column::Amount)) else { return };
        let mut without = self.clone();
        without.of.insert(share, Column::Other);
        let is_product = |columns: &Self| fits(body, amount, &|row| product(columns, row));
        if !is_product(self) && is_product(&without) {
            *self = without;
        }
    }

    /// Whether they are those of a list: of lines that are multiplied or described, or of amounts by offices and results.
    fn are_of_a_list(&self) -> bool {
        let has = |column: Column| self.has(column);
        let has_amount = has(Column::Amount) || has(Column::Part) || !self.doubtful.is_empty();
        let multiplies = has(Column::UnitCost) || (has_amount && (has(Column::Quantity) || !self.factors_left_out.is_empty()));
        let multiplies_all = has_amount && has(Column::UnitCost) && has(Column::Quantity);
        let is_lines =
            ((has(Column::Description) || has(Column::Result)) && multiplies) || (has(Column::Office) && multiplies_all);
        is_lines || (has_amount && ((has(Column::Office) && has(Column::Result)) || has(Column::Description)))
    }

    /// Whether they are those of offices or results by periods.
    fn are_of_a_table(&self) -> bool {
        !self.periods.is_empty() && [Column::Office, Column::Result, Column::Category].into_iter().any(|column| self.has(column))
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
    let named = with_supposed(named, &periods, header, body);
    let count = |column: Column| named.iter().filter(|(_, one)| *one == column).count();
    // Several columns of one kind are a table of that kind, with figures in them.
    if count(Column::Office) > 1
        || (count(Column::Result) > 1 && named.iter().any(|(at, one)| *one == Column::Result && holds_figures(body, *at)))
    {
        return None;
    }
    let quantities = count(Column::Quantity);
    let (mut columns, mut amounts) = named_columns(&named, header, body)?;
    if let Some(at) = price_among(&columns, &amounts, header, body) {
        amounts.retain(|other| *other != at);
        columns.of.insert(at, Column::UnitCost);
    }
    if let Some(at) = outdented(&amounts, header, body) {
        amounts.retain(|other| *other != at);
        columns.of.insert(at, Column::Subtotal);
    }
    let parts: Vec<usize> = periods.keys().copied().collect();
    choose(&mut columns, &amounts, &parts, header, body);
    periods.extend(called_amounts(&mut columns, header, body));
    let is_certain = periods.keys().all(|at| header.get(*at).is_some_and(|field| is_certain(&field.text)));
    columns.over(periods);
    columns.leave_shares_of_total(body);
    if quantities > 1 {
        columns.leave_factors_of_parts(body);
    }
    if columns.factors_left_out.is_empty() && (columns.has_factor() || columns.has(Column::Amount)) {
        Sample::new(header, body).complete(&mut columns);
    }
    if let Some(at) = described(&columns, header, body) {
        columns.of.insert(at, Column::Description);
    }
    let is_list = columns.are_of_a_list();
    let is_table = is_certain && columns.are_of_a_table();
    if !(is_list || is_table) {
        return None;
    }
    columns.is_table = !is_list;
    let is_unknown = |at: &usize| {
        !columns.of.contains_key(at)
            && !columns.left_out.contains(at)
            && !columns.doubtful.contains(at)
            && !is_explained(&columns, header, *at)
            && holds_figures(body, *at)
    };
    let width = body.width().unwrap_or_default();
    columns.unknown = (0..width).filter(is_unknown).collect();
    Some(columns)
}

/// With what short words mean where figures stand below them; an amount, where nothing else is called so.
fn with_supposed(
    mut named: Vec<(usize, Column)>,
    periods: &BTreeMap<usize, Told>,
    header: &[Field<'_>],
    body: &Part<'_, '_>,
) -> Vec<(usize, Column)> {
    if !named.iter().any(|(_, column)| column.is_factor() || *column == Column::Amount) {
        return named;
    }
    let is_beside = |at: usize| header.get(at).is_some_and(|field| is_beside_the_budget(&field.text));
    let has_amount = !periods.is_empty() || named.iter().any(|(at, column)| *column == Column::Amount && !is_beside(*at));
    let is_free = |at: usize| !periods.contains_key(&at) && named.binary_search_by_key(&at, |(other, _)| *other).is_err();
    let supposed = header.iter().enumerate().filter_map(|(at, field)| {
        let column = Column::supposed(&field.text).filter(|column| !(has_amount && *column == Column::Amount))?;
        (is_free(at) && holds_figures(body, at)).then_some((at, column))
    });
    let supposed: Vec<(usize, Column)> = supposed.collect();
    named.extend(supposed);
    named.sort_by_key(|(at, _)| *at);
    named
}

/// The columns by their headings, and those that are called amounts; `None` where it is a table of offices or results.
fn named_columns(named: &[(usize, Column)], header: &[Field<'_>], body: &Part<'_, '_>) -> Option<(Columns, Vec<usize>)> {
    let (mut columns, mut amounts) = (Columns::default(), Vec::new());
    for (at, column) in named.iter().copied() {
        let text = header.get(at).map_or("", |field| field.text.as_ref());
        match column {
            Column::Amount if is_beside_the_budget(text) || is_share(text) => columns.left_out.push(at),
            Column::Amount | Column::Subtotal => amounts.push(at),
            // What is counted is no number there: it is what is counted.
            Column::Quantity | Column::Duration if holds_words(body, at) && !holds_digits(body, at) => {
                columns.of.entry(at).or_insert(Column::Unit);
            }
            Column::Office | Column::Result | Column::Category if holds_figures(body, at) => return None,
            // Days and months are multiplied.
            Column::Duration | Column::Result => drop(columns.of.insert(at, column)),
            other if columns.has(other) => {}
            other => drop(columns.of.insert(at, other)),
        }
    }
    Some((columns, amounts))
}

/// Whether figures are the factors of an amount that is left out, or number the lines before their names.
fn is_explained(columns: &Columns, header: &[Field<'_>], at: usize) -> bool {
    let text = header.get(at).map_or("", |field| field.text.trim());
    let is_before_names = || text.is_empty() && columns.first(Column::Description).is_some_and(|names| at < names);
    let is_factor = || Column::of(text).is_some_and(Column::is_factor) && columns.left_out.iter().any(|amount| *amount > at);
    is_before_names() || is_factor()
}

/// Of a list that multiplies, the first column of words, where no heading names one that says what the lines are for.
fn described(columns: &Columns, header: &[Field<'_>], body: &Part<'_, '_>) -> Option<usize> {
    let names_it = [Column::Description, Column::Result].into_iter().any(|column| columns.has(column));
    let multiplies = [Column::Quantity, Column::UnitCost].into_iter().all(|column| columns.has(column));
    let is_free =
        |at: &usize| !columns.of.contains_key(at) && header.get(*at).is_some_and(|field| Column::of(&field.text).is_none());
    let free = (0..header.len()).filter(is_free).find(|at| holds_words(body, *at));
    // Cost categories are what the lines are for where no other words are.
    free.or_else(|| columns.first(Column::Category).filter(|at| holds_words(body, *at))).filter(|_| multiplies && !names_it)
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
