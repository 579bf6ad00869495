//! From values that are in all ranges to amounts with a few decimals that are.

use super::as_printed;
use super::number::Number;
use super::problem::{Problem, Row};
use super::search::Stop;
use super::tableau::{Line, Tableau};
use super::value::{Range, Value};
use crate::crossfoot::decide::End;
use crate::crossfoot::scaled::Limits;
use crate::crossfoot::solver::{Answer, Reason};

/// With how many decimals more than the figures have amounts are looked for.
const MOST_DECIMALS: u32 = 12;
/// How many decimals finer than the room that is left for it amounts are rounded.
const FINER: u32 = 3;

/// Amounts with a finite number of decimals for a problem that has an answer.
///
/// All ends are moved inwards to multiples of 1, 0.1, 0.01 and so on. What is then at an end is such a multiple, and in most
/// tables so is the rest. Where it is not, all keep away from their ends as far as that can be; then what can be chosen is
/// rounded, and the rest follows from it.
pub fn answer<N: Number>(problem: &Problem) -> Result<Answer, Stop> {
    let fewest = problem.limits.iter().filter(|limits| limits.is_point()).map(|limits| problem.decimals_of(limits.at)).max();
    let (figures, mut inner) = (problem.limits.len(), None);
    for decimals in fewest.unwrap_or(0)..=problem.decimals.saturating_add(MOST_DECIMALS) {
        let Some(tableau) = settled::<N>(problem, decimals)? else { continue };
        let amounts: Vec<N> = tableau.numbers().take(figures).cloned().collect();
        if let Some(answer) = problem.told(decimals, |_: &N| Some(amounts.clone()))? {
            return Ok(answer);
        }
        let inner = match &mut inner {
            Some(inner) => inner,
            none => none.insert(inner_of::<N>(problem)?),
        };
        let Some(mut tableau) = settled::<N>(inner, decimals)? else { continue };
        tableau.choose(figures).and_then(|()| tableau.choose_finer(figures)).ok_or(Stop::Overflow)?;
        let coarseness = tableau.coarseness(figures).ok_or(Stop::Overflow)?;
        if let Some(answer) = problem.told(decimals, |unit: &N| tableau.rounded(figures, &unit.times(&coarseness)?))? {
            return Ok(answer);
        }
    }
    Err(Reason::NoDecimal.into())
}

/// The problem with all ends excluded, but for those that no answer can leave: these are what their figures and rows come to.
fn inner_of<N: Number>(problem: &Problem) -> Result<Problem, Stop> {
    let mut inner = problem.opened();
    while let Some(weights) = as_printed::<N>(&inner)?.settle()? {
        // With the ends included it is possible, so that all which this takes must be at its end in every answer.
        if !inner.pin(&weights).ok_or(Stop::Overflow)? {
            return Err(Reason::NoDecimal.into());
        }
    }
    Ok(inner)
}

/// Values in all ranges, where these are moved inwards to multiples of `10^-decimals`.
fn settled<N: Number>(problem: &Problem, decimals: u32) -> Result<Option<Tableau<N>>, Stop> {
    let mut tableau = inside(problem, decimals).ok_or(Stop::Overflow)?;
    let is_empty = tableau.ranges.iter().any(Range::is_empty);
    Ok((!is_empty && tableau.settle()?.is_none()).then_some(tableau))
}

fn range_inside<N: Number>(limits: &Limits, unit: &N) -> Option<Range<N>> {
    if limits.is_point() {
        return Some(Range::of(limits.low, limits.high));
    }
    let above = |value: i128, is_open: bool| multiple_above(value, unit, is_open);
    let low = limits.low.map_or(Some(None), |low| above(low.value, low.shift > 0).map(Some))?;
    let mirrored = limits.high.map_or(Some(None), |high| above(high.value.checked_neg()?, high.shift < 0).map(Some))?;
    let high = mirrored.map_or(Some(None), |high| high.negative().map(Some))?;
    Some(Range { low: low.map(Value::exactly), high: high.map(Value::exactly) })
}

/// The least multiple of a unit that is no less than a value, or more than it.
fn multiple_above<N: Number>(value: i128, unit: &N, is_more: bool) -> Option<N> {
    let count = N::whole(value).over(unit)?;
    let below = count.floor()?;
    let count = if is_more || below < count { below.plus(&N::whole(1))? } else { below };
    count.times(unit)
}

fn nearest<N: Number>(value: &N, unit: &N) -> Option<N> {
    let half = N::whole(1).over(&N::whole(2))?;
    value.over(unit)?.plus(&half)?.floor()?.times(unit)
}

/// The range of a row. A share keeps as far from an excluded end as rounding its part and its whole can bring it.
fn row_inside<N: Number>(problem: &Problem, row: &Row, unit: &N) -> Option<Range<N>> {
    if !row.is_open() {
        return Some(row.range());
    }
    let hundred = N::whole(10_i128.checked_pow(problem.decimals)?.checked_mul(100)?);
    Some(Range { low: Some(Value::exactly(hundred.times(unit)?)), high: None })
}

/// The tableau of the problem with all ends moved inwards to multiples of `10^-decimals`.
fn inside<N: Number>(problem: &Problem, decimals: u32) -> Option<Tableau<N>> {
    let unit: N = problem.unit(decimals)?;
    let figures = problem.limits.iter().map(|limits| range_inside(limits, &unit));
    let rows = problem.rows.iter().map(|row| row_inside(problem, row, &unit));
    let ranges: Vec<Range<N>> = figures.chain(rows).collect::<Option<_>>()?;
    let starts = problem.limits.iter().zip(&ranges);
    let starts = starts.map(|(limits, range)| Some(range.nearest(Value::exactly(nearest(&N::whole(limits.at), &unit)?))));
    let starts = starts.collect::<Option<_>>()?;
    Tableau::of(problem, ranges, starts)
}

impl Problem {
    /// `10^-decimals` in steps.
    fn unit<N: Number>(&self, decimals: u32) -> Option<N> {
        let power = |exponent: u32| Some(N::whole(10_i128.checked_pow(exponent)?));
        power(self.decimals)?.over(&power(decimals)?)
    }

    /// How many decimals a number of steps has.
    fn decimals_of(&self, steps: i128) -> u32 {
        let is_multiple = |zeros: &u32| 10_i128.checked_pow(*zeros).is_none_or(|power| steps % power == 0);
        self.decimals - (1..=self.decimals).take_while(is_multiple).count().try_into().unwrap_or(0).min(self.decimals)
    }

    /// Amounts by the unit of as many decimals or a few more, if they are an answer.
    fn told<N: Number>(&self, decimals: u32, amounts: impl Fn(&N) -> Option<Vec<N>>) -> Result<Option<Answer>, Stop> {
        for decimals in decimals..=decimals.saturating_add(FINER) {
            let unit: N = self.unit(decimals).ok_or(Stop::Overflow)?;
            let amounts = amounts(&unit).ok_or(Stop::Overflow)?;
            let counts: Vec<N> = amounts.iter().map(|amount| amount.over(&unit)).collect::<Option<_>>().ok_or(Stop::Overflow)?;
            if counts.iter().all(N::is_whole) && self.is_met(&amounts).ok_or(Stop::Overflow)? {
                let amounts = counts.iter().map(N::as_i128).collect::<Option<_>>().ok_or(Stop::Overflow)?;
                return Ok(Some(Answer::Possible { amounts, decimals }));
            }
        }
        Ok(None)
    }

    /// Whether amounts are within all limits, and all rows within theirs.
    fn is_met<N: Number>(&self, amounts: &[N]) -> Option<bool> {
        let within = |range: Range<N>, number: &N| range.contains(&Value::exactly(number.clone()));
        let mut figures = self.limits.iter().zip(amounts);
        let are_figures = figures.all(|(limits, amount)| within(Range::of(limits.low, limits.high), amount));
        let sum = |row: &Row| {
            let mut terms = row.terms.iter();
            terms.try_fold(N::whole(0), |sum, (figure, times)| sum.plus(&amounts.get(*figure)?.times(&N::whole(*times))?))
        };
        let rows: Option<Vec<bool>> = self.rows.iter().map(|row| Some(within(row.range(), &sum(row)?))).collect();
        Some(are_figures && rows?.into_iter().all(|within| within))
    }
}

impl<N: Number> Tableau<N> {
    /// Makes all that can be only one amount, and all that shares come to, follow from figures: these are what can be chosen.
    fn choose(&mut self, figures: usize) -> Option<()> {
        for at in 0..self.lines.len() {
            let line = self.lines.get(at)?;
            if !self.is_point(line.variable) {
                continue;
            }
            let movable = line.terms.iter().filter(|(variable, _)| !self.is_point(*variable));
            let is_plain = |factor: &N| factor.times(factor).is_some_and(|square| square == N::whole(1));
            let best = movable.min_by_key(|(variable, factor)| (*variable >= figures, !is_plain(factor), *variable));
            if let Some(variable) = best.map(|(variable, _)| *variable) {
                self.exchange(at, variable)?;
            }
        }
        let is_share = |variable: &usize| self.is_line.get(*variable) == Some(&false) && !self.is_point(*variable);
        for share in (figures..self.values.len()).filter(is_share).collect::<Vec<_>>() {
            let is_figure = |line: &Line<N>| line.variable < figures && !self.is_point(line.variable);
            let line = self.lines.iter().position(|line| is_figure(line) && line.factor(share).is_some());
            line.map_or(Some(()), |line| self.exchange(line, share))?;
        }
        Some(())
    }

    /// Chooses figures that make up others whole rather than in parts: of `x = (19 + y) / 3`, x, since not every decimal y gives a
    /// decimal x. Each exchange makes the determinant of what follows smaller, so that it ends; it is bounded all the same.
    fn choose_finer(&mut self, figures: usize) -> Option<()> {
        let is_part = |factor: &N| factor.times(factor).is_some_and(|square| square < N::whole(1));
        for _ in 0..8 * self.lines.len() {
            let is_free = |variable: usize| variable < figures && !self.is_point(variable);
            let part = |line: &Line<N>| {
                line.terms.iter().find(|(other, factor)| is_free(*other) && is_part(factor)).map(|(other, _)| *other)
            };
            let lines = self.lines.iter().enumerate().filter(|(_, line)| is_free(line.variable));
            let Some((at, variable)) = lines.into_iter().find_map(|(at, line)| Some((at, part(line)?))) else { break };
            self.exchange(at, variable)?;
        }
        Some(())
    }

    fn is_point(&self, variable: usize) -> bool {
        self.range(variable).is_some_and(Range::is_point)
    }

    fn numbers(&self) -> impl Iterator<Item = &N> {
        self.values.iter().map(|value| &value.number)
    }

    /// The least whole number whose multiples make the lines of figures whole.
    fn coarseness(&self, figures: usize) -> Option<N> {
        let lines = self.lines.iter().filter(|line| line.variable < figures);
        let mut factors = lines.flat_map(|line| &line.terms).filter(|(variable, _)| *variable < figures);
        let measure = factors.try_fold(N::whole(1), |measure, (_, factor)| measure.measure(factor))?;
        Some(measure.denominator())
    }

    /// The figures' amounts where those that can be chosen are multiples of a unit.
    fn rounded(&self, figures: usize, unit: &N) -> Option<Vec<N>> {
        let is_figure = |variable: usize| variable < figures && self.is_line.get(variable) == Some(&false);
        let is_chosen = |variable: usize| is_figure(variable) && !self.is_point(variable);
        let numbers = self
            .numbers()
            .enumerate()
            .map(|(variable, number)| if is_chosen(variable) { nearest(number, unit) } else { Some(number.clone()) });
        let mut numbers: Vec<N> = numbers.collect::<Option<_>>()?;
        for line in &self.lines {
            let mut terms = line.terms.iter();
            let sum = terms.try_fold(N::whole(0), |sum, (variable, factor)| sum.plus(&numbers.get(*variable)?.times(factor)?))?;
            *numbers.get_mut(line.variable)? = sum;
        }
        numbers.truncate(figures);
        Some(numbers)
    }
}

/// A whole number without its factors 2 and 5: 1 where parts of it are finite decimals.
fn without_tens<N: Number>(number: &N) -> Option<N> {
    let mut number = number.clone();
    for prime in [2, 5].map(N::whole) {
        loop {
            let part = number.over(&prime)?;
            if !part.is_whole() {
                break;
            }
            number = part;
        }
    }
    Some(number)
}

/// A value in steps of the problem as the end of what a figure can be.
pub fn end<N: Number>(value: &Value<N>, decimals: u32) -> Result<End, Stop> {
    if without_tens(&value.number.denominator()).ok_or(Stop::Overflow)? != N::whole(1) {
        return Err(Reason::NoDecimal.into());
    }
    let (mut number, mut decimals) = (value.number.clone(), decimals);
    while !number.is_whole() {
        number = number.times(&N::whole(10)).ok_or(Stop::Overflow)?;
        decimals = decimals.checked_add(1).ok_or(Stop::Overflow)?;
    }
    Ok((number.as_i128().ok_or(Stop::Overflow)?, decimals, value.beyond.sign()))
}
