//! Repair by the fewest figures changed.
//!
//! Every repair must change a figure of every contradiction. So the figures of one are tried in turn, and what then still
//! contradicts itself is the next one. Source: R. Reiter, "A theory of diagnosis from first principles", 1987 (hitting sets).

use std::collections::BTreeSet;

use super::{Change, Repair, Repairs, Unrepaired};
use crate::crossfoot::figure::Figure;
use crate::crossfoot::interval::Interval;
use crate::crossfoot::outcome::{Contradiction, Outcome, Verdict};
use crate::crossfoot::solver::Reason;
use crate::crossfoot::system::{Sum, System};
use crate::decimal::Decimal;

/// Repairs of more figures than this are not looked for.
const MOST_CHANGED: usize = 4;

/// No more repairs than this are given.
const MOST_REPAIRS: usize = 100;

/// No more systems than this are reconciled, nor more figures in all of them.
const MOST_VERDICTS: usize = 20_000;
const MOST_FIGURES: usize = 100_000_000;

pub fn repair(system: &System) -> Result<Repairs, Unrepaired> {
    let mut search = Search { system, known: Vec::new(), found: Vec::new(), verdicts: 0 };
    for size in 0..=MOST_CHANGED {
        search.deepen(&mut Vec::new(), &mut Vec::new(), size)?;
        if !search.found.is_empty() {
            search.found.sort_by_cached_key(|repair| repair.changes.iter().map(|change| change.figure).collect::<Vec<_>>());
            return Ok(Repairs { are_all: search.found.len() < MOST_REPAIRS, found: search.found });
        }
    }
    Err(Unrepaired::TooMany(MOST_CHANGED))
}

struct Search<'s> {
    system: &'s System,
    /// For each contradiction met so far, the figures of which one must change.
    known: Vec<BTreeSet<usize>>,
    found: Vec<Repair>,
    verdicts: usize,
}

impl Search<'_> {
    /// Finds the repairs that change all of `freed` and at most `left` figures more, none of them `barred`.
    fn deepen(&mut self, freed: &mut Vec<usize>, barred: &mut Vec<usize>, left: usize) -> Result<(), Unrepaired> {
        let suspects = match self.suspects(freed, left)? {
            Suspects::TooMany => return Ok(()),
            Suspects::Of(suspects) => suspects,
            Suspects::None => match self.numbers(freed)? {
                Some(repair) => {
                    self.found.push(repair);
                    return Ok(());
                }
                None => (0..self.system.figures().len()).filter(|figure| self.may_change(*figure)).collect(),
            },
        };
        if left == 0 {
            return Ok(());
        }
        let before = barred.len();
        for figure in suspects {
            if !freed.contains(&figure) && !barred.contains(&figure) && self.found.len() < MOST_REPAIRS {
                freed.push(figure);
                self.deepen(freed, barred, left - 1)?;
                freed.pop();
                barred.push(figure);
            }
        }
        barred.truncate(before);
        Ok(())
    }

    fn may_change(&self, figure: usize) -> bool {
        self.system.figures().get(figure).is_some_and(|figure| figure.number().is_some() && !figure.is_fixed())
    }

    /// The figures one of which must change beside `freed`.
    fn suspects(&mut self, freed: &[usize], left: usize) -> Result<Suspects, Unrepaired> {
        if !self.known.iter().any(|known| is_apart(known, freed)) {
            let outcome = self.reconcile(&without(self.system, freed))?;
            if outcome.contradictions.is_empty() {
                return Ok(Suspects::None);
            }
            for contradiction in &outcome.contradictions {
                // A freed figure is still there only as an amount that is no less than nothing: changing it would not help.
                let could_help = |figure: &usize| !freed.contains(figure) && self.may_change(*figure);
                let suspects: BTreeSet<usize> = figures_of(self.system, contradiction).filter(could_help).collect();
                if suspects.is_empty() {
                    return Err(Unrepaired::Fixed);
                }
                self.known.push(suspects);
            }
        }
        let mut open: Vec<&BTreeSet<usize>> = self.known.iter().filter(|known| is_apart(known, freed)).collect();
        open.sort_by_key(|known| known.len());
        // Contradictions that have nothing in common each need a change of their own.
        let mut apart: Vec<&BTreeSet<usize>> = Vec::new();
        for known in &open {
            if apart.iter().all(|other| other.is_disjoint(known)) {
                apart.push(known);
            }
        }
        let smallest = open.first().map_or_else(Vec::new, |known| known.iter().copied().collect());
        Ok(if apart.len() > left { Suspects::TooMany } else { Suspects::Of(smallest) })
    }

    fn reconcile(&mut self, system: &System) -> Result<Outcome, Unrepaired> {
        self.verdicts += 1;
        if self.verdicts > MOST_VERDICTS || self.verdicts.saturating_mul(system.figures().len()) > MOST_FIGURES {
            return Err(Unrepaired::Undecided(Reason::TooMuchWork));
        }
        let outcome = system.reconcile();
        match (outcome.verdict, outcome.reason) {
            (Verdict::Undecided, reason) => Err(Unrepaired::Undecided(reason.unwrap_or(Reason::TooMuchWork))),
            _ => Ok(outcome),
        }
    }

    /// New numbers for the freed figures, with which the system has been found possible; `None` where totals of printed parts leave
    /// none, so that more must change.
    fn numbers(&mut self, freed: &[usize]) -> Result<Option<Repair>, Unrepaired> {
        let base = without(self.system, freed);
        let mut current = base.clone();
        let mut changes = Vec::new();
        let is_told = |figure: &&usize| told(&base, **figure).is_some();
        // Numbers that printed parts leave no choice of come first: the ranges of the others then take them into account.
        for figure in freed.iter().filter(is_told).chain(freed.iter().filter(|figure| !is_told(figure))) {
            let old = self.system.figures().get(*figure).copied().ok_or(Reason::TooLarge)?;
            let (number, amounts) = match told(&current, *figure) {
                Some(number) => (Some(number), None),
                None if is_share(self.system, *figure) => (self.share(&current, *figure, old)?, None),
                None => {
                    let within = |system: &System| system.range(&[*figure]).map(|range| range.unwrap_or(Interval::ALL));
                    (nearest(old, within(&current)?), Some(within(&base)?))
                }
            };
            let other = number.and_then(|number| Some((number, old.with_number(number)?)));
            let Some((number, other)) = other else { return self.stuck(freed) };
            current = current.with(*figure, other);
            changes.push(Change { figure: *figure, number, amounts });
        }
        if !self.reconcile(&current)?.verdict.is_possible() {
            return self.stuck(freed);
        }
        changes.sort_by_key(|change| change.figure);
        Ok(Some(Repair { changes }))
    }

    /// Nothing but a total of printed parts can leave freed figures no number, and that only where it leaves one of them no choice;
    /// with two freed figures in such a sum, other numbers might do.
    fn stuck(&self, freed: &[usize]) -> Result<Option<Repair>, Unrepaired> {
        let sums = self.system.sums().iter().filter(|sum| sum.is_of_printed);
        let counts = sums.map(|sum: &Sum| sum.terms().filter(|(figure, _)| freed.contains(figure)).count());
        if counts.max() == Some(1) { Ok(None) } else { Err(Unrepaired::Undecided(Reason::NoDecimal)) }
    }

    /// The number of a share, as amounts show that are possible.
    fn share(&mut self, current: &System, figure: usize, old: Figure) -> Result<Option<Decimal>, Unrepaired> {
        let Some(witness) = self.reconcile(current)?.witness else { return Ok(None) };
        let Some(share) = current.shares().iter().find(|share| share.share == figure) else { return Ok(None) };
        let (Some(part), Some(whole)) = (witness.amounts.get(share.part), witness.amounts.get(share.whole)) else {
            return Ok(None);
        };
        let unit = unit_of(old);
        let about = part.exact_mul(Decimal::HUNDRED).and_then(|part| part.shown_quotient(*whole, unit.decimals()));
        for number in about.into_iter().flat_map(|about| around(about, unit)) {
            let Some(changed) = old.with_number(number) else { continue };
            if self.reconcile(&current.clone().with(figure, changed))?.verdict.is_possible() {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}

enum Suspects {
    /// Nothing is left that contradicts itself.
    None,
    /// More figures would have to change than are left to be changed.
    TooMany,
    Of(Vec<usize>),
}

fn is_apart(known: &BTreeSet<usize>, freed: &[usize]) -> bool {
    freed.iter().all(|figure| !known.contains(figure))
}

/// The system with some figures not printed.
fn without(system: &System, freed: &[usize]) -> System {
    system.map(|i, figure| match figure {
        _ if !freed.contains(&i) => *figure,
        _ if figure.is_nonnegative() => Figure::unknown().nonnegative().unwrap_or(*figure),
        _ => Figure::unknown(),
    })
}

/// The figures whose printed numbers a contradiction is made of.
fn figures_of(system: &System, contradiction: &Contradiction) -> impl Iterator<Item = usize> {
    let shares = contradiction.shares.iter().filter_map(|(share, ..)| system.shares().get(*share)).map(|share| share.share);
    contradiction.figures().into_iter().chain(shares)
}

fn is_share(system: &System, figure: usize) -> bool {
    system.shares().iter().any(|share| share.share == figure)
}

/// The only number that a figure can have, where it is the one that is not printed in a sum of printed parts.
fn told(system: &System, figure: usize) -> Option<Decimal> {
    let number = |(other, sign): (usize, i8)| {
        let number = system.figures().get(other)?.number()?;
        Some(if sign < 0 { -number } else { number })
    };
    let of_sum = |sum: &Sum| {
        let own = sum.terms().find(|(other, _)| *other == figure)?.1;
        let rest: Option<Vec<Decimal>> = sum.terms().filter(|(other, _)| *other != figure).map(number).collect();
        let rest = Decimal::exact_sum(rest?)?;
        Some(if own > 0 { -rest } else { rest })
    };
    system.sums().iter().filter(|sum| sum.is_of_printed).find_map(of_sum)
}

/// What a figure is a multiple of: its unit, or a step of its last decimal.
fn unit_of(figure: Figure) -> Decimal {
    let last = || figure.number().and_then(|number| Decimal::of_steps(1, number.decimals()));
    figure.unit().or_else(last).unwrap_or(Decimal::from(1))
}

fn around(number: Decimal, unit: Decimal) -> impl Iterator<Item = Decimal> {
    let below = number.floor_to(unit);
    let next = |by: Decimal| below.and_then(|below| below.exact_add(by));
    [below, next(unit), next(-unit)].into_iter().flatten()
}

/// The number nearest to the printed one that can stand for one of these amounts.
fn nearest(figure: Figure, amounts: Interval) -> Option<Decimal> {
    let (old, unit) = (figure.number()?, unit_of(figure));
    let ends: Vec<Decimal> = [amounts.low, amounts.high].into_iter().flatten().map(|end| end.value).collect();
    let middle = match ends.as_slice() {
        [low, high] => low.exact_add(*high).and_then(|both| both.exact_mul(Decimal::HALF)),
        _ => None,
    };
    let near = ends.iter().chain([&old]).flat_map(|end| around(*end, unit));
    let stands = |number: &Decimal| figure.with_number(*number).is_some_and(|figure| figure.amounts().meets(amounts));
    // What was rounded is a whole number of units; what was not may lie anywhere.
    let between = ends.iter().copied().chain(middle).filter(|_| figure.unit().is_none());
    let numbers = [old].into_iter().chain(near).chain(between).filter(stands);
    numbers
        .filter_map(|number| Some((number.exact_sub(old)?.abs(), number)))
        .min()
        .map(|(_, number)| number.with_decimals(old.decimals()))
}
