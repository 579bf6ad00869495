//! Factors and amounts that no heading names, told by the figures: with them the product is the amount in nearly all rows.

use logframe::Decimal;

use super::Columns;
use super::figures::{MOST_ROWS, number};
use crate::cell::Seen;
use crate::import::heading::Column;
use crate::import::lines::is_below_a_cent;
use crate::import::rows::{Part, Row};
use crate::records::Field;
use crate::words::is_share;

/// Columns that are tried, at most, and how many of them together.
const MOST_TRIED: usize = 12;
const MOST_TOGETHER: usize = 3;

/// The rows of a list that are looked at, and how its columns are called.
pub struct Sample<'r, 't> {
    header: &'r [Field<'t>],
    rows: Vec<Vec<Field<'t>>>,
}

/// Columns that with the factors that are known make the amount, and whether a hundredth of their product does: one is a share.
#[derive(Clone, Debug, Default)]
struct Found {
    factors: Vec<usize>,
    are_in_hundredths: bool,
    hits: usize,
}

impl<'r, 't> Sample<'r, 't> {
    pub fn new(header: &'r [Field<'t>], body: &Part<'_, 't>) -> Self {
        Self { header, rows: body.first(MOST_ROWS).iter().map(Row::into_owned).collect() }
    }

    /// Takes for factors, and for the amount where none is known, what the figures prove to be.
    pub fn complete(&self, columns: &mut Columns) {
        let known = columns.first(Column::Amount);
        let is_open = columns.has_factor() && known.is_none() && columns.doubtful.is_empty() && columns.periods.is_empty();
        let amounts = match known {
            Some(amount) => vec![amount],
            None if is_open => self.tried(columns, None),
            None => columns.doubtful.clone(),
        };
        let found = |amount: &usize| {
            let among = columns.with_amount(*amount);
            self.missing(&among, *amount).map(|found| (among, found))
        };
        let mut all = amounts.iter().filter_map(found);
        match (all.next(), all.next()) {
            (Some((among, found)), None) => {
                *columns = among;
                self.take(columns, &found);
            }
            _ => known.into_iter().for_each(|amount| self.exchange(columns, amount)),
        }
    }

    /// What is called the amount is a price where another column is the product of it.
    fn exchange(&self, columns: &mut Columns, amount: usize) {
        if columns.has(Column::UnitCost) || !columns.has(Column::Quantity) {
            return;
        }
        let mut among = columns.clone();
        among.of.insert(amount, Column::UnitCost);
        let right = self.tried(&among, Some(amount)).into_iter().filter(|at| *at > amount);
        let mut all = right.filter(|at| self.fit(&among, *at, &[], false).is_some());
        if let (Some(product), None) = (all.next(), all.next()) {
            *columns = among.with_amount(product);
        }
    }

    /// The fewest columns that are lacking; none where the known factors make the amount. `None` where nothing does.
    fn missing(&self, columns: &Columns, amount: usize) -> Option<Found> {
        let known = self.fit(columns, amount, &[], false);
        let parts_of_one = columns.has(Column::Share).then(|| self.hits(columns, amount, &[], Scale::Hundredfold).0);
        let least = known.as_ref().map_or(0, |found| found.hits).max(parts_of_one.unwrap_or_default());
        let tried = self.tried(columns, Some(amount));
        let better = |factors: &Vec<usize>| {
            let is_share = !columns.has(Column::Share);
            let ways = [false, true].into_iter().filter(|hundredths| is_share || !hundredths);
            let fits = ways.filter_map(|hundredths| self.fit(columns, amount, factors, hundredths));
            fits.filter(|found| found.hits > least).reduce(best)
        };
        let found = (1..=MOST_TOGETHER).find_map(|count| together(&tried, count).iter().filter_map(better).reduce(best));
        found.or(known)
    }

    /// Columns of figures that are nothing better.
    fn tried(&self, columns: &Columns, amount: Option<usize>) -> Vec<usize> {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let is_free = |at: &usize| match columns.of.get(at) {
            None => true,
            Some(Column::Unit | Column::Other | Column::Period) => !self.seen(*at).any(|seen| seen == Seen::Words),
            Some(_) => false,
        };
        let has_figures = |at: &usize| {
            let figures = self.seen(*at).filter(|seen| matches!(seen, Seen::Number(_))).count();
            figures > 1 && figures > self.seen(*at).filter(|seen| *seen == Seen::Words).count()
        };
        let is_other = |at: &usize| Some(*at) != amount && !columns.periods.contains_key(at) && !columns.doubtful.contains(at);
        (0..width).filter(is_other).filter(is_free).filter(has_figures).take(MOST_TRIED).collect()
    }

    fn seen(&self, at: usize) -> impl Iterator<Item = Seen<'_>> {
        self.rows.iter().filter_map(move |row| row.get(at)).map(Field::seen)
    }

    /// Whether the product is the amount in three quarters of the rows, or in all but one: two of them tell.
    fn fit(&self, columns: &Columns, amount: usize, factors: &[usize], are_in_hundredths: bool) -> Option<Found> {
        let scale = if are_in_hundredths { Scale::Hundredth } else { Scale::One };
        let (hits, telling, all) = self.hits(columns, amount, factors, scale);
        (telling > 1 && (hits * 4 >= all * 3 || hits + 1 == all)).then(|| Found {
            factors: factors.to_vec(),
            are_in_hundredths,
            hits,
        })
    }

    /// In how many rows the product is the amount, in how many of them that tells, and how many can be compared.
    fn hits(&self, columns: &Columns, amount: usize, factors: &[usize], scale: Scale) -> (usize, usize, usize) {
        let compared = self.rows.iter().filter_map(|row| {
            let (amount, own) = (number(row, amount)?, known(columns, row)?);
            let cost = columns.first(Column::UnitCost).and_then(|at| number(row, at));
            let added: Vec<Decimal> = factors.iter().filter_map(|at| number_or_share(row, *at)).collect();
            // A price that is not known yet has to stand there.
            let is_whole = cost.is_some() || (!added.is_empty() && added.len() == factors.len());
            let product = scale.of(added.into_iter().try_fold(own, Decimal::exact_mul)?)?;
            let before = if factors.is_empty() { cost } else { Some(own) };
            is_whole.then(|| (is_near(product, amount), before != Some(amount)))
        });
        compared.fold((0, 0, 0), |(hits, telling, all), (hit, tells)| {
            (hits + usize::from(hit), telling + usize::from(hit && tells), all + 1)
        })
    }

    /// Takes columns for what they are: a share, then a price, a quantity, and whatever else is multiplied.
    fn take(&self, columns: &mut Columns, found: &Found) {
        let mut left = found.factors.clone();
        let named = |at: &usize| self.header.get(*at).is_some_and(|field| is_share(&field.text));
        let share = left.iter().rposition(named).or(left.len().checked_sub(1)).filter(|_| found.are_in_hundredths);
        if let Some(share) = share {
            columns.of.insert(left.remove(share), Column::Share);
        }
        if let Some(cost) = left.last().copied().filter(|_| !columns.has(Column::UnitCost)) {
            columns.of.insert(cost, Column::UnitCost);
            left.pop();
        }
        for at in left {
            let column = if columns.has(Column::Quantity) { Column::Duration } else { Column::Quantity };
            columns.of.insert(at, column);
        }
        columns.left_out.retain(|at| !found.factors.contains(at));
    }
}

/// By what a product is multiplied.
#[derive(Clone, Copy)]
enum Scale {
    One,
    Hundredth,
    Hundredfold,
}

impl Scale {
    fn of(self, product: Decimal) -> Option<Decimal> {
        match self {
            Self::One => Some(product),
            Self::Hundredth => product.percent(),
            Self::Hundredfold => product.exact_mul(Decimal::HUNDRED),
        }
    }
}

/// What the known factors of a row come to; `None` where its price is lacking, as in a total.
fn known(columns: &Columns, row: &[Field<'_>]) -> Option<Decimal> {
    let cost = match columns.first(Column::UnitCost) {
        Some(at) => number(row, at)?,
        None => Decimal::ONE,
    };
    let factors = [Column::Quantity, Column::Duration].into_iter().flat_map(|column| columns.all(column));
    let product = factors.filter_map(|at| number(row, at)).try_fold(cost, Decimal::exact_mul)?;
    match columns.first(Column::Share).and_then(|at| number_or_share(row, at)) {
        Some(share) => product.exact_mul(share)?.percent(),
        None => Some(product),
    }
}

fn number_or_share(row: &[Field<'_>], at: usize) -> Option<Decimal> {
    let field = row.get(at)?;
    number(row, at).or_else(|| field.text.trim_end_matches('%').trim().parse().ok())
}

/// What rounding to cents leaves is none.
fn is_near(product: Decimal, amount: Decimal) -> bool {
    product.exact_sub(amount).is_some_and(is_below_a_cent)
}

fn best(one: Found, other: Found) -> Found {
    if other.hits > one.hits { other } else { one }
}

/// So many of some columns, in all ways.
fn together(all: &[usize], count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let with = |at: usize, first: &usize| {
        let rest = together(all.get(at + 1..).unwrap_or_default(), count - 1);
        rest.into_iter().map(|rest| [&[*first], rest.as_slice()].concat()).collect::<Vec<_>>()
    };
    all.iter().enumerate().flat_map(|(at, first)| with(at, first)).collect()
}
