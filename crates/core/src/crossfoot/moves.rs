//! Moving numbers by whole units until all sums hold, at the least cost: what repairing printed numbers and rounding exact ones
//! have in common.

use super::decide::Method;
use super::figure::Figure;
use super::min_cost::{Way, cheapest};
use super::network::Network;
use super::scaled::{Question, Scaled};
use super::search;
use super::solver::Reason;
use super::system::{Sum, System};
use crate::decimal::Decimal;

/// By how many units a number may move, and what each of them costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    pub up: i128,
    pub down: i128,
    pub cost: i128,
}

/// More units than any number moves by.
pub const ENDLESS: i128 = 1 << 100;

impl Room {
    pub fn is_none(&self) -> bool {
        self.up == 0 && self.down == 0
    }
}

/// By how many units each printed number moves, at the least cost, so that all of `sums` hold; a number that is not printed moves from
/// nothing. `None` where they cannot.
///
/// In a network this is moving what is too much to where it is missing. Sums that are none are searched.
pub fn settle(system: &System, sums: &[usize], unit: Decimal, rooms: &[Room]) -> Result<Option<Vec<i128>>, Reason> {
    let (start, all) = (at_word(system, sums, unit.decimals()), (0..sums.len()).collect::<Vec<_>>());
    let scaled = Scaled::of(&start)?;
    let free: Vec<usize> = rooms.iter().enumerate().filter(|(_, one)| !one.is_none()).map(|(i, _)| i).collect();
    let question = Question { scaled: &scaled, sums: &all, shares: &[], free: &free, is_strict: false };
    let problem = Problem { question, unit: unit.in_steps(scaled.decimals).ok_or(Reason::TooLarge)?, rooms };
    if let Some(network) = Method::of(&question).network {
        let settled = problem.in_network(&network)?;
        match &settled {
            Some(moved) if problem.residuals(moved)?.iter().any(|residual| *residual != 0) => {}
            _ => return Ok(settled),
        }
    }
    let zero = vec![0; rooms.len()];
    let Some(residuals) = problem.in_units(problem.residuals(&zero)?)? else { return Ok(None) };
    search::settle(start.sums(), residuals, rooms)
}

/// Some of the sums alone, over the printed numbers as exact amounts.
fn at_word(system: &System, sums: &[usize], decimals: u32) -> System {
    let mut start = System::default();
    let exact = |number: Decimal| Figure::exact(number.with_decimals(number.decimals().max(decimals)));
    for figure in system.figures() {
        start.add(figure.number().map_or(Figure::unknown(), exact));
    }
    for sum in sums.iter().filter_map(|sum| system.sums().get(*sum)) {
        start.sum(Sum { is_of_printed: false, ..sum.clone() });
    }
    start
}

struct Problem<'q> {
    question: Question<'q>,
    /// The unit in whole steps.
    unit: i128,
    rooms: &'q [Room],
}

impl Problem<'_> {
    fn in_network(&self, network: &Network) -> Result<Option<Vec<i128>>, Reason> {
        let mut excess = network.constant.clone();
        let (mut ways, mut figures) = (Vec::new(), Vec::new());
        for arc in &network.arcs {
            let at = self.question.limits(arc.figure).at;
            for (place, amount) in [(arc.to, at), (arc.from, -at)] {
                let here = excess.get_mut(place).ok_or(Reason::TooLarge)?;
                *here = here.checked_add(amount).ok_or(Reason::TooLarge)?;
            }
            let Room { up, down, cost } = self.rooms.get(arc.figure).copied().unwrap_or_default();
            ways.push(Way { from: arc.from, to: arc.to, room: up, cost });
            ways.push(Way { from: arc.to, to: arc.from, room: down, cost });
            figures.push(arc.figure);
        }
        let Some(excess) = self.in_units(excess)? else { return Ok(None) };
        let Some(flow) = cheapest(&excess, &ways)? else { return Ok(None) };
        let mut moved = vec![0; self.rooms.len()];
        for (figure, both) in figures.iter().zip(flow.chunks(2)) {
            let ([up, down], Some(place)) = (both, moved.get_mut(*figure)) else { continue };
            *place = up - down;
        }
        Ok(Some(moved))
    }

    /// What is amiss, in units; `None` where it is no whole number of them, so that no moves mend it.
    fn in_units(&self, steps: Vec<i128>) -> Result<Option<Vec<i128>>, Reason> {
        if steps.iter().all(|amiss| amiss % self.unit == 0) {
            return Ok(Some(steps.into_iter().map(|amiss| amiss / self.unit).collect()));
        }
        // A number that is not printed need not be a whole number of units.
        let is_printed = |figure: &Figure| figure.number().is_some();
        if self.question.scaled.system.figures().iter().all(is_printed) { Ok(None) } else { Err(Reason::TooMuchWork) }
    }

    /// By how much the parts of each sum come to more than its total after the moves, in steps.
    fn residuals(&self, moved: &[i128]) -> Result<Vec<i128>, Reason> {
        let now = |figure: usize| {
            let moved = moved.get(figure)?.checked_mul(self.unit)?;
            self.question.limits(figure).at.checked_add(moved)
        };
        let residual = |sum: &Sum| {
            let mut terms = sum.terms();
            terms.try_fold(0_i128, |rest, (figure, sign)| rest.checked_add(now(figure)?.checked_mul(sign.into())?))
        };
        self.question.scaled.system.sums().iter().map(|sum| residual(sum).ok_or(Reason::TooLarge)).collect()
    }
}
