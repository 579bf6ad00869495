//! Sums as a network: where every amount leaves one place and enters another, whether amounts exist is a question of moving what is
//! too much to where it is missing, in whole numbers.
//!
//! [`direct`] recognises sums whose figures are in two of them at most; [`nested`] those whose figures are sets of cells that nest in
//! two ways (a hierarchy of rows over flat columns). For the theory, sources and proofs see `docs/reconciliation.md`.

mod direct;
mod flow;
mod matched;
mod nested;

use super::scaled::{Bound, Kept, NO_END, Question};
use super::solver::{Answer, Proof, Reason};
use flow::{ENDLESS, Flow};
pub use matched::most_matched;

/// A figure as a way from one place to another: its amount leaves `from` and enters `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    pub figure: usize,
    pub from: usize,
    pub to: usize,
}

/// What the places of a network mean as sums.
#[derive(Debug)]
enum Shape {
    Direct(direct::Direct),
    Nested(nested::Nested),
}

/// The sums of a question as a network. In every place what enters is what leaves.
#[derive(Debug)]
pub struct Network {
    pub arcs: Vec<Arc>,
    /// How many places there are.
    pub places: usize,
    /// What enters each place beyond the arcs, less what leaves it: figures that can be one amount only. In whole steps.
    pub constant: Vec<i128>,
    /// The figures that are no arcs, and no printed shares: nothing moves them, yet they must stand for an amount like all others.
    still: Vec<usize>,
    shape: Shape,
}

/// Amounts in whole steps of `10^-decimals`, as limits that include their ends.
#[derive(Clone, Copy, Debug)]
struct Lattice {
    /// How many of its steps are one step of the question.
    finer: i128,
    /// How many steps of the question are one of its steps.
    coarser: i128,
}

/// A limit on this lattice: where the amount stands, and how far it may go down and up.
struct Span {
    at: i128,
    down: i128,
    up: i128,
}

impl Lattice {
    fn of(question: &Question<'_>, decimals: u32) -> Option<Self> {
        let power = |n: u32| 10_i128.checked_pow(n);
        let own = question.scaled.decimals;
        Some(Self { finer: power(decimals.saturating_sub(own))?, coarser: power(own.saturating_sub(decimals))? })
    }

    /// An amount in whole steps of the question on this lattice, or the multiple next below it.
    fn stands(self, at: i128) -> Option<i128> {
        match (self.finer, self.coarser) {
            (1, 1) => Some(at),
            (finer, 1) => at.checked_mul(finer),
            (_, coarser) => Some(at.div_euclid(coarser)),
        }
    }

    /// Where an amount stands and how far it can go; `Ok(None)` where no multiple is allowed.
    fn span(self, question: &Question<'_>, figure: usize) -> Result<Option<Span>, Reason> {
        let kept = question.kept(figure);
        let span = if self.coarser == 1 { self.fine_span(kept) } else { Some(self.coarse_span(kept)) };
        let span = span.ok_or(Reason::TooManyDigits { figure })?;
        Ok((span.down >= 0 && span.up >= 0).then_some(span))
    }

    fn fine_span(self, kept: Kept) -> Option<Span> {
        let [down, up] = kept.reach;
        let [low, high] = kept.shifts;
        let room = |reach: i64, is_open: bool| match reach {
            NO_END => Some(ENDLESS),
            reach => i128::from(reach).checked_mul(self.finer)?.checked_sub(is_open.into()).filter(|room| *room < ENDLESS),
        };
        let (at, down, up) = (kept.at.checked_mul(self.finer)?, room(down, low > 0)?, room(up, high < 0)?);
        // What stands on an excluded end is moved off it.
        let off = i128::from(down < 0) - i128::from(up < 0);
        let moved = |room: i128, by: i128| if room == ENDLESS { room } else { room + by };
        Some(Span { at: at + off, down: moved(down, off), up: moved(up, -off) })
    }

    fn coarse_span(self, kept: Kept) -> Span {
        let limits = kept.limits();
        let below = |value: i128, is_open: bool| {
            value.div_euclid(self.coarser) - i128::from(is_open && value.rem_euclid(self.coarser) == 0)
        };
        let least = limits.low.map(|low| -below(-low.value, low.shift > 0));
        let greatest = limits.high.map(|high| below(high.value, high.shift < 0));
        let at = limits.at.div_euclid(self.coarser);
        let at = least.map_or(at, |least| at.max(least));
        let at = greatest.map_or(at, |greatest| at.min(greatest));
        Span { at, down: least.map_or(ENDLESS, |least| at - least), up: greatest.map_or(ENDLESS, |greatest| greatest - at) }
    }
}

impl Network {
    /// The sums of a question as a network; `None` where they are none that is recognised. Shares are left out.
    pub fn of(question: &Question<'_>) -> Option<Self> {
        direct::network(question).or_else(|| nested::network(question))
    }

    fn new(question: &Question<'_>, arcs: Vec<Arc>, constant: Vec<i128>, shape: Shape) -> Self {
        let system = question.scaled.system;
        let mut is_still = vec![true; system.figures().len()];
        let shares = system.shares().iter().map(|share| share.share);
        for moved in arcs.iter().map(|arc| arc.figure).chain(shares) {
            is_still.get_mut(moved).into_iter().for_each(|is_still| *is_still = false);
        }
        let still = is_still.into_iter().enumerate().filter_map(|(figure, is_still)| is_still.then_some(figure)).collect();
        Self { arcs, places: constant.len(), constant, still, shape }
    }

    /// Amounts in steps of `10^-decimals`; `None` where no such amounts exist.
    pub fn amounts(&self, question: &Question<'_>, decimals: u32) -> Result<Option<Vec<i128>>, Reason> {
        let Some(mut settled) = self.settled(question, decimals)? else { return Ok(None) };
        Ok(settled.flow.settle().then(|| settled.amounts(self, question)))
    }

    /// Amounts in steps fine enough that there are some if there are any at all; or the proof that there are none.
    ///
    /// Source of the steps: with more steps to a unit than there are excluded ends, moving each of these inwards by one step
    /// leaves every condition of Hoffman's theorem as it was (docs/reconciliation.md).
    pub fn solve(&self, question: &Question<'_>) -> Result<Answer, Reason> {
        let Some(mut settled) = self.settled(question, self.fine(question))? else { return Err(Reason::TooLarge) };
        if settled.flow.settle() {
            return Ok(Answer::Possible { amounts: settled.amounts(self, question), decimals: settled.decimals });
        }
        Ok(Answer::Impossible(self.proof(&settled.flow.stuck())))
    }

    /// The least and the greatest amount of one figure that all the others allow; `None` where they contradict each other.
    /// With them come amounts that show each, as close to it as the steps are fine.
    pub fn extremes(&self, question: &Question<'_>, figure: usize) -> Result<Option<Extremes>, Reason> {
        let Some(mut settled) = self.settled(question, self.fine(question))? else { return Err(Reason::TooLarge) };
        if !settled.flow.settle() {
            return Ok(None);
        }
        let Some((way, arc)) = self.arcs.iter().enumerate().find(|(_, arc)| arc.figure == figure) else {
            return Ok(Some(Extremes {
                low: None,
                high: None,
                shown: vec![settled.amounts(self, question)],
                decimals: settled.decimals,
            }));
        };
        let now = settled.amount(question, way, figure);
        settled.flow.close(way);
        // A figure grows by what the others can lead from where it enters back to where it leaves.
        let high = self.extreme(question, settled.clone(), (way, now), (arc.to, arc.from), 1);
        let low = self.extreme(question, settled, (way, now), (arc.from, arc.to), -1);
        let (decimals, fine) = (self.fine(question), 10_i128.pow(self.fine(question) - question.scaled.decimals));
        // The end lies less than one step of the question beyond what is reached, and is excluded unless it is reached.
        let end = |reached: i128, side: i128| {
            let off = i8::from(reached.rem_euclid(fine) != 0);
            if side > 0 {
                Bound { value: -(-reached).div_euclid(fine), shift: -off }
            } else {
                Bound { value: reached.div_euclid(fine), shift: off }
            }
        };
        let ends = (low.as_ref().map(|(low, _)| end(*low, -1)), high.as_ref().map(|(high, _)| end(*high, 1)));
        let shown = [low, high].into_iter().flatten().map(|(_, amounts)| amounts).collect();
        Ok(Some(Extremes { low: ends.0, high: ends.1, shown, decimals }))
    }

    /// How far a closed way can go if the others lead `from` one place `to` another, with the amounts then; `None` where there is no limit.
    fn extreme(
        &self,
        question: &Question<'_>,
        settled: Settled,
        (way, now): (usize, i128),
        (from, to): (usize, usize),
        side: i128,
    ) -> Option<(i128, Vec<i128>)> {
        let mut settled = settled;
        let moved = settled.flow.most(from, to);
        let figure = self.arcs.get(way)?.figure;
        let mut amounts = settled.amounts(self, question);
        let reached = now + side * moved;
        *amounts.get_mut(figure)? = reached;
        // Ways without limits may have led something back already; all limits together are less than half of what they have.
        (moved < ENDLESS / 2).then_some((reached, amounts))
    }

    fn fine(&self, question: &Question<'_>) -> u32 {
        let open = |arc: &Arc| {
            let limits = question.limits(arc.figure);
            let is_open = |end: Option<Bound>| usize::from(end.is_some_and(|end| end.shift != 0));
            is_open(limits.low) + is_open(limits.high)
        };
        let ends: usize = self.arcs.iter().map(open).sum();
        question.scaled.decimals + (ends + 1).checked_ilog10().unwrap_or(0) + 1
    }

    /// The flow before anything has moved; `None` where some figure can be no amount of these decimals.
    fn settled(&self, question: &Question<'_>, decimals: u32) -> Result<Option<Settled>, Reason> {
        let lattice = Lattice::of(question, decimals).ok_or(Reason::TooLarge)?;
        // Each by itself: fixed amounts may come to a whole number of steps together and be none alone.
        for figure in &self.still {
            if lattice.span(question, *figure)?.is_none() {
                return Ok(None);
            }
        }
        let mut excess = Vec::with_capacity(self.places);
        for constant in &self.constant {
            excess.push((constant / lattice.coarser).checked_mul(lattice.finer).ok_or(Reason::TooLarge)?);
        }
        let (mut room, mut total) = (Vec::with_capacity(2 * self.arcs.len()), 0_i128);
        for arc in &self.arcs {
            let Some(span) = lattice.span(question, arc.figure)? else { return Ok(None) };
            for (place, amount) in [(arc.to, span.at), (arc.from, -span.at)] {
                let here = excess.get_mut(place).ok_or(Reason::TooLarge)?;
                *here = here.checked_add(amount).ok_or(Reason::TooLarge)?;
            }
            let finite = [span.up, span.down].into_iter().filter(|room| *room < ENDLESS);
            total = finite.fold(total, i128::saturating_add);
            room.extend([span.up, span.down]);
        }
        let all = excess.iter().fold(total, |sum, excess| sum.saturating_add(excess.saturating_abs()));
        if all >= ENDLESS / 2 {
            return Err(Reason::TooLarge);
        }
        let flow = Flow::new(excess, self.arcs.iter().map(|arc| (arc.from, arc.to)), &room).ok_or(Reason::TooLarge)?;
        Ok(Some(Settled { flow, lattice, decimals }))
    }

    /// The sums, weighted, whose contradiction the stuck places show.
    fn proof(&self, stuck: &[bool]) -> Proof {
        let mut sums = match &self.shape {
            Shape::Direct(direct) => direct.weights(stuck),
            Shape::Nested(nested) => nested.weights(stuck),
        };
        sums.retain(|(_, weight)| *weight != 0);
        sums.sort_unstable();
        Proof { sums, shares: Vec::new() }
    }
}

/// How far a figure can go, in whole steps of the question, with amounts of all figures (in steps of `10^-decimals`) that go there
/// or next to it.
#[derive(Debug)]
pub struct Extremes {
    pub low: Option<Bound>,
    pub high: Option<Bound>,
    pub shown: Vec<Vec<i128>>,
    pub decimals: u32,
}

/// A flow with what is needed to read amounts from it.
#[derive(Clone, Debug)]
struct Settled {
    flow: Flow,
    lattice: Lattice,
    decimals: u32,
}

impl Settled {
    fn amount(&self, question: &Question<'_>, way: usize, figure: usize) -> i128 {
        self.span(question, figure).map_or(0, |span| span.at + self.flow.moved(way, span.up))
    }

    fn span(&self, question: &Question<'_>, figure: usize) -> Option<Span> {
        self.lattice.span(question, figure).ok().flatten()
    }

    /// One amount a figure; those that are no arc stand where they are, or next to it where they are limited.
    fn amounts(&self, network: &Network, question: &Question<'_>) -> Vec<i128> {
        let stands = |figure: usize| self.lattice.stands(question.scaled.limits(figure).at).unwrap_or(0);
        let mut amounts: Vec<i128> = (0..question.scaled.system.figures().len()).map(stands).collect();
        let still = network.still.iter().map(|figure| (*figure, self.span(question, *figure).map_or(0, |span| span.at)));
        let ways = network.arcs.iter().enumerate();
        let moved = ways.map(|(way, arc)| (arc.figure, self.amount(question, way, arc.figure)));
        for (figure, amount) in still.chain(moved) {
            amounts.get_mut(figure).into_iter().for_each(|place| *place = amount);
        }
        amounts
    }
}
