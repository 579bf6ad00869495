//! The search of the general simplex: for values in all ranges, and from there for the least or the greatest value of one.

use super::number::Number;
use super::tableau::{Line, Tableau};
use super::value::Value;
use crate::crossfoot::solver::Reason;

/// How many terms of lines may be gone through in one search. The largest tables of this kind that are printed take less than a
/// hundredth of it; all of it takes some seconds.
const MOST_WORK: usize = 50_000_000;

/// Why a search was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A number could not be held.
    Overflow,
    For(Reason),
}

impl From<Reason> for Stop {
    fn from(reason: Reason) -> Self {
        Self::For(reason)
    }
}

/// How a line out of its range, or a variable to be pushed, is to move.
#[derive(Clone, Copy, Debug)]
struct Move {
    variable: usize,
    is_up: bool,
}

/// Rows of the problem with weights under which they contradict each other.
pub type Weights = Vec<(usize, i128)>;

impl<N: Number> Tableau<N> {
    /// Brings every line into its range; where that cannot be, the weights of the rows that show it.
    ///
    /// The choices of the first moves keep lines short; later ones go by R. G. Bland's rule (1977), under which no search is endless.
    pub fn settle(&mut self) -> Result<Option<Weights>, Stop> {
        let mut patience = 4 * self.lines.len();
        while let Some((line, is_up)) = self.broken(patience > 0) {
            let Some(by) = self.mover(line, is_up, patience > 0) else {
                return self.weights(line, is_up).map(Some).ok_or(Stop::Overflow);
            };
            self.correct(line, is_up, by).ok_or(Stop::Overflow)?;
            self.is_allowed()?;
            patience = patience.saturating_sub(1);
        }
        Ok(None)
    }

    fn is_allowed(&self) -> Result<(), Stop> {
        if self.work > MOST_WORK { Err(Reason::TooMuchWork.into()) } else { Ok(()) }
    }

    /// A line that is out of its range, and whether it has to go up: the shortest, or the first variable's.
    fn broken(&self, is_shortest: bool) -> Option<(usize, bool)> {
        let is_up = |line: &Line<N>| {
            let (range, value) = (self.range(line.variable)?, self.value(line.variable)?);
            (!range.contains(value)).then(|| range.is_above(value))
        };
        let broken = self.lines.iter().enumerate().filter_map(|(at, line)| Some((at, line, is_up(line)?)));
        let key = |line: &Line<N>| if is_shortest { (line.terms.len(), line.variable) } else { (line.variable, 0) };
        broken.min_by_key(|(_, line, _)| key(line)).map(|(at, _, is_up)| (at, is_up))
    }

    /// A variable that can move a line: the one in the fewest lines, or the first.
    fn mover(&self, line: usize, is_up: bool, is_rarest: bool) -> Option<usize> {
        let movers = self.movers(line, is_up).map(|mover| mover.variable);
        movers.min_by_key(|variable| if is_rarest { (self.uses.get(*variable).copied(), *variable) } else { (None, *variable) })
    }

    /// All variables that can move a line in a direction, and in which direction they would.
    fn movers(&self, line: usize, is_up: bool) -> impl Iterator<Item = Move> + '_ {
        let terms = self.lines.get(line).into_iter().flat_map(|line| &line.terms);
        let moves = terms.map(move |(variable, factor)| Move { variable: *variable, is_up: is_up == (factor.sign() > 0) });
        moves.filter(|one| self.has_room(one.variable, one.is_up))
    }

    fn correct(&mut self, line: usize, is_up: bool, by: usize) -> Option<()> {
        let to = self.range(self.lines.get(line)?.variable)?.end(!is_up)?.clone();
        self.bring(line, &to, by)
    }

    /// The weights of the rows behind a line that nothing can move further, where its variable would have to go on: as whole
    /// numbers that are as small as can be. (J. Farkas's lemma; the rows are the variables behind the figures.)
    fn weights(&self, line: usize, is_up: bool) -> Option<Weights> {
        let line = self.lines.get(line)?;
        let sign = N::whole(if is_up { -1 } else { 1 });
        let figures = self.values.len().checked_sub(self.lines.len())?;
        let own = (line.variable, N::whole(-1));
        let rows =
            line.terms.iter().chain([&own]).filter_map(|(variable, factor)| Some((variable.checked_sub(figures)?, factor)));
        let weights: Vec<(usize, N)> = rows.map(|(row, factor)| Some((row, factor.times(&sign)?))).collect::<Option<_>>()?;
        let measure = weights.iter().try_fold(N::whole(0), |measure, (_, weight)| measure.measure(weight))?;
        weights.iter().map(|(row, weight)| Some((*row, weight.over(&measure)?.as_i128()?))).collect()
    }

    /// The least or the greatest value that a figure can have, from values in all ranges; `None` where there is no limit.
    pub fn push(&mut self, figure: usize, is_up: bool) -> Result<Option<Value<N>>, Stop> {
        while let Some(step) = self.improvement(figure, is_up) {
            let Some(()) = self.advance(step)? else { return Ok(None) };
            self.is_allowed()?;
        }
        Ok(self.value(figure).cloned())
    }

    /// The first variable that would move the figure in the direction, by Bland's rule: itself if it is no line's.
    fn improvement(&self, figure: usize, is_up: bool) -> Option<Move> {
        match self.line_of(figure) {
            Some(line) => self.movers(line, is_up).min_by_key(|one| one.variable),
            None => Some(Move { variable: figure, is_up }).filter(|_| self.has_room(figure, is_up)),
        }
    }

    /// Moves a variable as far as its own range and those of all lines allow; `None` where nothing stops it.
    fn advance(&mut self, step: Move) -> Result<Option<()>, Stop> {
        let own = self.way(step, None)?;
        let mut nearest: Option<(Value<N>, usize, usize)> = None;
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| line.factor(step.variable).is_some()) {
            let Some(way) = self.way(step, Some(line))? else { continue };
            let is_nearer = nearest.as_ref().is_none_or(|(least, variable, _)| (&way, line.variable) < (least, *variable));
            if is_nearer {
                nearest = Some((way, line.variable, at));
            }
        }
        let moved = match (own, nearest) {
            (Some(own), nearest) if nearest.as_ref().is_none_or(|(way, ..)| own <= *way) => self.travel(step, &own),
            (_, Some((way, _, line))) => self.travel(step, &way).and_then(|()| self.exchange(line, step.variable)),
            (_, None) => return Ok(None),
        };
        moved.map(Some).ok_or(Stop::Overflow)
    }

    /// How far a variable can go until it comes to the end of its range, or a line in which it stands to the end of its own.
    fn way(&self, step: Move, line: Option<&Line<N>>) -> Result<Option<Value<N>>, Stop> {
        let one = N::whole(1);
        let (variable, factor) = match line {
            Some(line) => (line.variable, line.factor(step.variable).unwrap_or(&one)),
            None => (step.variable, &one),
        };
        let is_up = step.is_up == (factor.sign() > 0);
        let ends = self.range(variable).and_then(|range| range.end(is_up)).zip(self.value(variable));
        let Some((end, value)) = ends else { return Ok(None) };
        let way = || end.minus(value)?.over(factor)?.times(&N::whole(if step.is_up { 1 } else { -1 }));
        way().map(Some).ok_or(Stop::Overflow)
    }

    fn travel(&mut self, step: Move, way: &Value<N>) -> Option<()> {
        let by = if step.is_up { way.clone() } else { way.times(&N::whole(-1))? };
        self.shift(step.variable, &by)
    }
}
