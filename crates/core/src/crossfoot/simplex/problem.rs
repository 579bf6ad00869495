//! A question as rows of whole numbers with limits.

use std::collections::BTreeMap;

use crate::crossfoot::scaled::{Bound, Limits, Question};
use crate::crossfoot::solver::{Proof, Reason, Side};
use crate::crossfoot::system::Share;

use super::number::Number;
use super::value::Range;

const ZERO: Bound = Bound { value: 0, shift: 0 };

/// What a row of the problem says, by position in the system.
#[derive(Clone, Copy, Debug)]
pub enum Claim {
    Sum(usize),
    Share(usize, Side),
}

/// Figures with how often each counts, and what they must come to.
#[derive(Clone, Debug)]
pub struct Row {
    pub claim: Claim,
    pub terms: Vec<(usize, i128)>,
    low: Bound,
    high: Option<Bound>,
}

impl Row {
    pub fn range<N: Number>(&self) -> Range<N> {
        Range::of(Some(self.low), self.high)
    }

    /// Whether what it comes to must be more than its least.
    pub fn is_open(&self) -> bool {
        self.low.shift > 0
    }

    pub fn is_share(&self) -> bool {
        matches!(self.claim, Claim::Share(..))
    }
}

/// Rows over figures with limits, all in whole steps of `10^-decimals`.
#[derive(Clone, Debug)]
pub struct Problem {
    pub limits: Vec<Limits>,
    pub rows: Vec<Row>,
    pub decimals: u32,
    /// Wholes of which nothing is known but that they have shares, so that they are more than nothing; each with such a share.
    wholes: Vec<(usize, usize)>,
}

impl Problem {
    pub fn of(question: &Question<'_>) -> Result<Self, Reason> {
        let figures = question.scaled.system.figures().len();
        let limits: Vec<Limits> = (0..figures).map(|figure| question.limits(figure)).collect();
        let mut problem = Self { limits, rows: Vec::new(), decimals: question.scaled.decimals, wholes: Vec::new() };
        for sum in question.sums {
            problem.rows.push(problem.sum(question, *sum)?);
        }
        for share in question.shares {
            problem.add_share(question, *share)?;
        }
        Ok(problem)
    }

    fn sum(&self, question: &Question<'_>, at: usize) -> Result<Row, Reason> {
        let sum = question.scaled.system.sums().get(at).filter(|sum| sum.terms().all(|(figure, _)| figure < self.limits.len()));
        let sum = sum.ok_or(Reason::NoSuchFigure { sum: at })?;
        let terms = gathered(sum.terms().map(|(figure, sign)| (figure, sign.into()))).ok_or(Reason::TooLarge)?;
        Ok(Row { claim: Claim::Sum(at), terms, low: ZERO, high: Some(ZERO) })
    }

    fn add_share(&mut self, question: &Question<'_>, at: usize) -> Result<(), Reason> {
        let share = *question.scaled.system.shares().get(at).ok_or(Reason::NoSuchShare { share: at })?;
        let limits_of = |figure: usize| self.limits.get(figure).copied().ok_or(Reason::NoSuchShare { share: at });
        let (ends, _part, whole) = (limits_of(share.share)?, limits_of(share.part)?, limits_of(share.whole)?);
        if ends.low.is_none() && ends.high.is_none() {
            return Ok(());
        }
        match whole {
            Limits { low: None, high: None, .. } => self.assume(share.whole, at),
            Limits { low: Some(low), .. } if low > ZERO => {}
            _ => return Err(Reason::NoWhole { share: at }),
        }
        let hundred = 10_i128.checked_pow(self.decimals).and_then(|steps| steps.checked_mul(100)).ok_or(Reason::TooLarge)?;
        let rows = [(Side::Least, ends.low, 1), (Side::Most, ends.high, -1)];
        for (side, end, sign) in rows.into_iter().filter_map(|(side, end, sign)| Some((side, end?, sign))) {
            self.rows.push(end_of(share, Claim::Share(at, side), hundred * sign, end, -sign).ok_or(Reason::TooLarge)?);
        }
        Ok(())
    }

    fn assume(&mut self, whole: usize, share: usize) {
        if let Some(limits) = self.limits.get_mut(whole) {
            limits.low = Some(Bound { shift: 1, ..ZERO });
            self.wholes.push((whole, share));
        }
    }

    /// What the claims with these weights prove. They prove nothing where it takes a whole that is known only to be more than nothing.
    pub fn proof(&self, weights: &[(usize, i128)]) -> Result<Proof, Reason> {
        for (whole, share) in &self.wholes {
            if self.count(*whole, weights).ok_or(Reason::TooLarge)? < 0 {
                return Err(Reason::NoWhole { share: *share });
            }
        }
        let mut proof = Proof::default();
        for (row, weight) in weights.iter().filter_map(|(row, weight)| Some((self.rows.get(*row)?, *weight))) {
            match row.claim {
                Claim::Sum(sum) => proof.sums.push((sum, weight)),
                Claim::Share(share, side) => proof.shares.push((share, side, weight)),
            }
        }
        proof.sums.sort_unstable();
        proof.shares.sort_unstable();
        Ok(proof)
    }

    /// The same where no figure and no share lies exactly on an end.
    pub fn opened(&self) -> Self {
        let mut opened = self.clone();
        for limits in opened.limits.iter_mut().filter(|limits| !limits.is_point()) {
            limits.low = limits.low.map(|low| Bound { shift: 1, ..low });
            limits.high = limits.high.map(|high| Bound { shift: -1, ..high });
        }
        for row in opened.rows.iter_mut().filter(|row| row.is_share()) {
            row.low.shift = 1;
        }
        opened
    }

    /// Brings to its end all that is taken by rows with these weights; whether there is anything that was not.
    pub fn pin(&mut self, weights: &[(usize, i128)]) -> Option<bool> {
        let counts: Vec<i128> = (0..self.limits.len()).map(|figure| self.count(figure, weights)).collect::<Option<_>>()?;
        let mut is_any = false;
        for (limits, count) in self.limits.iter_mut().zip(counts).filter(|(limits, count)| *count != 0 && !limits.is_point()) {
            let end = if count > 0 { limits.high } else { limits.low };
            let end = Some(Bound { shift: 0, ..end? });
            (limits.low, limits.high, is_any) = (end, end, true);
        }
        for (row, _) in weights {
            if let Some(row) = self.rows.get_mut(*row).filter(|row| row.high.is_none()) {
                (row.low, row.high, is_any) = (ZERO, Some(ZERO), true);
            }
        }
        Some(is_any)
    }

    /// How often a figure counts in all rows together with these weights.
    fn count(&self, figure: usize, weights: &[(usize, i128)]) -> Option<i128> {
        let rows = weights.iter().filter_map(|(row, weight)| Some((self.rows.get(*row)?, weight)));
        let terms = rows.flat_map(|(row, weight)| row.terms.iter().map(move |(at, times)| (*at, times, weight)));
        let mut ours = terms.filter(|(at, ..)| *at == figure);
        ours.try_fold(0_i128, |sum, (_, times, weight)| sum.checked_add(times.checked_mul(*weight)?))
    }
}

/// One end of a share: what `times` the part and the whole by its end, with a sign, come to at the least.
fn end_of(share: Share, claim: Claim, times: i128, end: Bound, sign: i128) -> Option<Row> {
    let terms = gathered([(share.part, times), (share.whole, end.value.checked_mul(sign)?)])?;
    Some(Row { claim, terms, low: Bound { value: 0, shift: end.shift.abs() }, high: None })
}

/// Terms by figure in order, each figure once.
fn gathered(terms: impl IntoIterator<Item = (usize, i128)>) -> Option<Vec<(usize, i128)>> {
    let mut counts: BTreeMap<usize, i128> = BTreeMap::new();
    for (figure, times) in terms {
        let count = counts.entry(figure).or_default();
        *count = count.checked_add(times)?;
    }
    Some(counts.into_iter().filter(|(_, count)| *count != 0).collect())
}
