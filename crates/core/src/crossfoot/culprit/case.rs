//! One contradiction under examination: all that has to do with it, and how much may still be tried.

use crate::crossfoot::interval::Interval;
use crate::crossfoot::outcome::Contradiction;
use crate::crossfoot::solver::Reason;
use crate::crossfoot::system::{Sum, System};
use crate::crossfoot::{Figure, Verdict};
use crate::decimal::Decimal;

/// So many other systems are tried at most.
const TRIALS: usize = 2_000;
/// So many figures in sums are looked at in all trials together.
const TERMS: usize = 30_000_000;
/// A system with shares takes about so many times as long.
const SHARES: usize = 500;

/// A contradiction, and the sums and shares that have to do with it.
#[derive(Debug)]
pub struct Case {
    /// All figures, but only the sums and shares that have to do with the contradiction.
    pub system: System,
    /// The same without its shares, where it has any: what is impossible there is impossible, and soon found to be.
    without_shares: Option<System>,
    /// For each figure, the sums it stands in, and how it counts there.
    sums_of: Vec<Vec<(usize, i8)>>,
    /// The figures that may be wrong, in order.
    pub suspects: Vec<usize>,
    unexamined: Vec<usize>,
    trials: usize,
    has_sums_of_printed: bool,
}

impl Case {
    /// What has to do with `contradiction`: all that is tied to it by figures that can be one amount or another.
    pub fn of(whole: &System, contradiction: &Contradiction) -> Self {
        let (system, is_outside) = tied_to(whole, contradiction);
        let is_suspect = |at: &usize| {
            let figure = whole.figures().get(*at).filter(|_| is_outside.get(*at) == Some(&false));
            figure.is_some_and(|figure| figure.number().is_some() && !figure.is_fixed())
        };
        let suspects = contradiction.figures().into_iter().filter(is_suspect).collect();
        let sums_of = sums_of(&system);
        let terms = sums_of.iter().map(Vec::len).sum::<usize>().saturating_add(system.figures().len()).max(1);
        let has_sums_of_printed = system.sums().iter().any(|sum| sum.is_of_printed);
        let cost = if system.shares().is_empty() { terms } else { terms.saturating_mul(SHARES) };
        let trials = (TERMS / cost).clamp(1, TRIALS);
        let without_shares = (!system.shares().is_empty()).then(|| without_shares(&system));
        Self { system, without_shares, sums_of, suspects, unexamined: Vec::new(), trials, has_sums_of_printed }
    }

    pub fn figure(&self, at: usize) -> Option<&Figure> {
        self.system.figures().get(at)
    }

    pub fn number(&self, at: usize) -> Option<Decimal> {
        self.figure(at)?.number()
    }

    /// The sums a figure stands in, with their positions.
    pub fn sums_of(&self, figure: usize) -> impl Iterator<Item = (usize, &Sum)> + '_ {
        let sums = self.sums_of.get(figure).into_iter().flatten();
        sums.filter_map(|(at, _)| Some((*at, self.system.sums().get(*at)?)))
    }

    /// How a figure counts in a sum: 0 where it is not in it.
    pub fn sign(&self, figure: usize, sum: usize) -> i8 {
        let mut sums = self.sums_of.get(figure).into_iter().flatten();
        sums.find(|(at, _)| *at == sum).map_or(0, |(_, sign)| *sign)
    }

    pub fn unexamined(self) -> Vec<usize> {
        let mut unexamined = self.unexamined;
        unexamined.sort_unstable();
        unexamined
    }

    pub fn leave_unexamined(&mut self, figures: impl IntoIterator<Item = usize>) {
        self.unexamined.extend(figures);
    }

    /// Takes one trial of those that are left; whether there was one.
    pub fn may_try(&mut self) -> bool {
        let may = self.trials > 0;
        self.trials = self.trials.saturating_sub(1);
        may
    }

    /// Contradictions that are left when a figure is disregarded, or none is; not all of them where there are shares.
    pub fn contradictions(&self, without: Option<usize>) -> Vec<Contradiction> {
        let of = |system: &System| match without {
            Some(figure) => system.clone().with(figure, Figure::unknown()).reconcile().contradictions,
            None => system.reconcile().contradictions,
        };
        let of_sums = self.without_shares.as_ref().map(of).unwrap_or_default();
        if of_sums.is_empty() { of(&self.system) } else { of_sums }
    }

    /// Whether everything can stand together with other numbers in some places. Takes a trial.
    pub fn is_possible_with(&mut self, numbers: &[(usize, Decimal)]) -> bool {
        let is_possible = |system: &System| Self::is_possible(system, numbers);
        self.may_try() && self.without_shares.as_ref().is_none_or(is_possible) && is_possible(&self.system)
    }

    fn is_possible(system: &System, numbers: &[(usize, Decimal)]) -> bool {
        let place = |system: System, (at, number): &(usize, Decimal)| {
            let figure = system.figures().get(*at)?.with_number(*number)?;
            Some(system.with(*at, figure))
        };
        let changed = numbers.iter().try_fold(system.clone(), place);
        changed.is_some_and(|system| system.reconcile().verdict.is_possible())
    }

    /// The amounts a figure can have as far as all the others allow.
    pub fn range(&self, figure: usize) -> Result<Option<Interval>, Reason> {
        let of_sums = self.without_shares.as_ref().map(|system| system.range(&[figure])).transpose()?;
        let amounts = if of_sums == Some(None) { None } else { self.system.range(&[figure])? };
        let Some(amounts) = amounts else { return Ok(None) };
        if !self.has_sums_of_printed {
            return Ok(Some(amounts));
        }
        let outcome = self.system.clone().with(figure, Figure::unknown()).reconcile();
        match (outcome.verdict, outcome.reason) {
            (Verdict::Undecided, Some(reason)) => Err(reason),
            (verdict, _) => Ok(if verdict.is_possible() { self.at_face_value(figure, amounts) } else { None }),
        }
    }

    /// What is left of `amounts` where a figure stands in sums of printed parts, which hold at face value.
    fn at_face_value(&self, figure: usize, amounts: Interval) -> Option<Interval> {
        let mut left = Some(amounts);
        for (_, sum) in self.sums_of(figure).filter(|(_, sum)| sum.is_of_printed) {
            let Some(number) = self.missing_number(sum, figure) else { continue };
            let only =
                if sum.total == figure { Interval::exactly(number) } else { self.figure(figure)?.with_number(number)?.amounts() };
            left = left.filter(|left| left.meets(only)).map(|_| only);
        }
        left
    }

    /// What a figure has to print for a sum to hold at face value.
    fn missing_number(&self, sum: &Sum, figure: usize) -> Option<Decimal> {
        let (mut rest, mut ours) = (Decimal::ZERO, 0_i8);
        for (at, sign) in sum.terms() {
            if at == figure {
                ours = ours.checked_add(sign)?;
            } else {
                let number = self.number(at)?;
                rest = if sign > 0 { rest.exact_add(number)? } else { rest.exact_sub(number)? };
            }
        }
        match ours {
            1 => Some(-rest),
            -1 => Some(rest),
            _ => None,
        }
    }

    /// By how much the parts of a sum can be more than its total; `None` where that cannot be held.
    pub fn miss(&self, sum: &Sum) -> Option<Interval> {
        let term = |(at, sign): (usize, i8)| {
            let figure = self.figure(at)?;
            let amounts = match figure.number() {
                Some(number) if sum.is_of_printed => Interval::exactly(number),
                Some(_) => figure.amounts(),
                None => Interval::ALL,
            };
            Some(if sign < 0 { amounts.negated() } else { amounts })
        };
        sum.terms().try_fold(Interval::exactly(Decimal::ZERO), |miss, one| miss.plus(term(one)?))
    }
}

fn sums_of(system: &System) -> Vec<Vec<(usize, i8)>> {
    let mut sums_of = vec![Vec::new(); system.figures().len()];
    for (at, sum) in system.sums().iter().enumerate() {
        for (figure, sign) in sum.terms() {
            sums_of.get_mut(figure).into_iter().for_each(|sums: &mut Vec<_>| sums.push((at, sign)));
        }
    }
    sums_of.iter_mut().for_each(|sums| sums.dedup_by_key(|(at, _)| *at));
    sums_of
}

fn without_shares(system: &System) -> System {
    let sums = vec![true; system.sums().len()];
    only(system, &sums)
}

/// All figures with the sums and shares that have to do with a contradiction; and for each figure whether it stands in others.
/// A figure that can be one amount only ties nothing, unless the sum that it stands in does not hold either.
fn tied_to(whole: &System, contradiction: &Contradiction) -> (System, Vec<bool>) {
    let of_sums = whole.sums().iter().map(|sum| sum.terms().map(|(figure, _)| figure).collect());
    let of_shares = whole.shares().iter().map(|share| vec![share.share, share.part, share.whole]);
    let claims: Vec<Vec<usize>> = of_sums.chain(of_shares).collect();
    let mut claims_of = vec![Vec::new(); whole.figures().len()];
    for (at, figures) in claims.iter().enumerate() {
        let is_broken = whole.sums().get(at).is_some_and(|sum| is_broken(whole, sum));
        let ties = |figure: &usize| is_broken || whole.figures().get(*figure).is_some_and(|figure| !figure.amounts().is_point());
        for figure in figures.iter().filter(|figure| ties(figure)) {
            claims_of.get_mut(*figure).into_iter().for_each(|claims: &mut Vec<usize>| claims.push(at));
        }
    }
    let shares = contradiction.shares.iter().map(|(share, ..)| share + whole.sums().len());
    let mut waiting: Vec<usize> = contradiction.sums.iter().map(|(sum, _)| *sum).chain(shares).collect();
    let mut is_tied = vec![false; claims.len()];
    while let Some(at) = waiting.pop() {
        let Some(tied) = is_tied.get_mut(at).filter(|tied| !**tied) else { continue };
        *tied = true;
        let figures = claims.get(at).into_iter().flatten();
        waiting.extend(figures.filter_map(|figure| claims_of.get(*figure)).flatten());
    }
    (only(whole, &is_tied), outside(whole, &claims, &is_tied))
}

/// Whether a sum of figures that can be one amount each does not hold.
fn is_broken(whole: &System, sum: &Sum) -> bool {
    let exact = |(at, sign): (usize, i8)| {
        let figure = whole.figures().get(at).filter(|figure| figure.amounts().is_point())?;
        let number = figure.number()?;
        Some(if sign < 0 { -number } else { number })
    };
    let miss = sum.terms().try_fold(Decimal::ZERO, |miss, term| miss.exact_add(exact(term)?));
    miss.is_some_and(|miss| !miss.is_zero())
}

fn only(whole: &System, is_tied: &[bool]) -> System {
    let mut system = System::default();
    for figure in whole.figures() {
        system.add(*figure);
    }
    let (sums, shares) = is_tied.split_at(whole.sums().len().min(is_tied.len()));
    for (sum, _) in whole.sums().iter().zip(sums).filter(|(_, is_tied)| **is_tied) {
        system.sum(sum.clone());
    }
    for (share, _) in whole.shares().iter().zip(shares).filter(|(_, is_tied)| **is_tied) {
        system.share(*share);
    }
    system
}

fn outside(whole: &System, claims: &[Vec<usize>], is_tied: &[bool]) -> Vec<bool> {
    let mut is_outside = vec![false; whole.figures().len()];
    for (figures, _) in claims.iter().zip(is_tied).filter(|(_, is_tied)| !**is_tied) {
        for figure in figures {
            is_outside.get_mut(*figure).into_iter().for_each(|mark| *mark = true);
        }
    }
    is_outside
}
