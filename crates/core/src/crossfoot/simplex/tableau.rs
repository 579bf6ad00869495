//! The tableau of the general simplex: some variables as sums of the others.
//!
//! After B. Dutertre and L. de Moura, "A fast linear-arithmetic solver for DPLL(T)" (2006). Variables are the figures and, behind
//! them, one for each row of the problem: what it comes to. At first these are the sums, and figures what they are sums of.

use super::number::Number;
use super::problem::Problem;
use super::value::{Range, Value};

/// A sum of variables, in order, with factors that are not zero.
type Terms<N> = Vec<(usize, N)>;

/// A variable and the sum of others that it is.
#[derive(Clone, Debug)]
pub struct Line<N> {
    pub variable: usize,
    pub terms: Terms<N>,
}

impl<N: Number> Line<N> {
    pub fn factor(&self, variable: usize) -> Option<&N> {
        let at = self.terms.binary_search_by_key(&variable, |(at, _)| *at).ok()?;
        self.terms.get(at).map(|(_, factor)| factor)
    }
}

/// Variables with their ranges and values, and lines that hold for the values. Variables that are no line's are always in
/// their ranges.
#[derive(Clone, Debug)]
pub struct Tableau<N> {
    pub lines: Vec<Line<N>>,
    pub values: Vec<Value<N>>,
    pub ranges: Vec<Range<N>>,
    /// For each variable, whether it is a line's.
    pub is_line: Vec<bool>,
    /// For each variable, in how many lines it stands.
    pub uses: Vec<usize>,
    /// How many terms were gone through.
    pub work: usize,
}

impl<N: Number> Tableau<N> {
    /// A tableau of the problem's rows, where each figure starts in its range.
    pub fn of(problem: &Problem, ranges: Vec<Range<N>>, starts: Vec<Value<N>>) -> Option<Self> {
        let (figures, rows) = (starts.len(), problem.rows.len());
        let mut tableau = Self {
            lines: Vec::with_capacity(rows),
            values: starts,
            ranges,
            is_line: (0..figures + rows).map(|variable| variable >= figures).collect(),
            uses: vec![0; figures + rows],
            work: 0,
        };
        for (i, row) in problem.rows.iter().enumerate() {
            let terms = row.terms.iter().map(|(figure, times)| (*figure, N::whole(*times))).collect();
            let line = Line { variable: figures + i, terms };
            let value = tableau.sum(&line.terms)?;
            tableau.values.push(value);
            tableau.count(&line.terms, true);
            tableau.lines.push(line);
        }
        Some(tableau)
    }

    fn sum(&self, terms: &Terms<N>) -> Option<Value<N>> {
        let mut terms = terms.iter();
        terms.try_fold(Value::whole(0), |sum, (variable, factor)| sum.plus(&self.values.get(*variable)?.times(factor)?))
    }

    fn count(&mut self, terms: &Terms<N>, is_more: bool) {
        for (variable, _) in terms {
            if let Some(uses) = self.uses.get_mut(*variable) {
                *uses = if is_more { *uses + 1 } else { uses.saturating_sub(1) };
            }
        }
    }

    pub fn value(&self, variable: usize) -> Option<&Value<N>> {
        self.values.get(variable)
    }

    pub fn range(&self, variable: usize) -> Option<&Range<N>> {
        self.ranges.get(variable)
    }

    pub fn line_of(&self, variable: usize) -> Option<usize> {
        self.lines.iter().position(|line| line.variable == variable)
    }

    /// Whether a variable that is no line's can move in a direction.
    pub fn has_room(&self, variable: usize, is_up: bool) -> bool {
        self.range(variable).zip(self.value(variable)).is_some_and(|(range, value)| range.has_room(value, is_up))
    }

    /// Moves a variable that is no line's, and with it all lines in which it stands.
    pub fn shift(&mut self, variable: usize, by: &Value<N>) -> Option<()> {
        for line in &self.lines {
            if let Some(factor) = line.factor(variable) {
                let value = self.values.get_mut(line.variable)?;
                *value = value.plus(&by.times(factor)?)?;
            }
        }
        let value = self.values.get_mut(variable)?;
        *value = value.plus(by)?;
        Some(())
    }

    /// Brings a line's variable to a value by moving one that stands in the line, and lets them change places.
    pub fn bring(&mut self, line: usize, to: &Value<N>, by: usize) -> Option<()> {
        let moved = self.lines.get(line)?;
        let variable = moved.variable;
        let distance = to.minus(self.value(variable)?)?.over(moved.factor(by)?)?;
        self.shift(by, &distance)?;
        self.exchange(line, by)
    }

    /// Makes the line one of a variable that stands in it. No value changes.
    pub fn exchange(&mut self, line: usize, entering: usize) -> Option<()> {
        let solved = self.lines.get(line)?.solved_for(entering)?;
        *self.is_line.get_mut(self.lines.get(line)?.variable)? = false;
        *self.is_line.get_mut(entering)? = true;
        for at in 0..self.lines.len() {
            let Some(factor) = self.lines.get(at)?.factor(entering).cloned() else { continue };
            let old = std::mem::take(&mut self.lines.get_mut(at)?.terms);
            let new = if at == line { solved.terms.clone() } else { replaced(&old, entering, &factor, &solved.terms)? };
            self.work += new.len();
            self.count(&old, false);
            self.count(&new, true);
            self.lines.get_mut(at)?.terms = new;
        }
        self.lines.get_mut(line)?.variable = entering;
        Some(())
    }
}

impl<N: Number> Line<N> {
    /// The line turned round: a variable of its terms as a sum of the others and its own.
    fn solved_for(&self, variable: usize) -> Option<Self> {
        let divisor = self.factor(variable)?.negative()?;
        let others = self.terms.iter().filter(|(other, _)| *other != variable);
        let mut terms: Terms<N> = others.map(|(other, factor)| Some((*other, factor.over(&divisor)?))).collect::<Option<_>>()?;
        let at = terms.partition_point(|(other, _)| *other < self.variable);
        terms.insert(at, (self.variable, N::whole(-1).over(&divisor)?));
        Some(Self { variable, terms })
    }
}

/// Terms where a variable with this factor is replaced by the sum that it is.
fn replaced<N: Number>(terms: &Terms<N>, variable: usize, factor: &N, by: &Terms<N>) -> Option<Terms<N>> {
    let mut new = Vec::with_capacity(terms.len() + by.len());
    let mut others = terms.iter().filter(|(other, _)| *other != variable).peekable();
    for (added, times) in by {
        while let Some(other) = others.next_if(|(other, _)| other < added) {
            new.push(other.clone());
        }
        let times = times.times(factor)?;
        let sum = match others.next_if(|(other, _)| other == added) {
            Some((_, own)) => own.plus(&times)?,
            None => times,
        };
        if sum.sign() != 0 {
            new.push((*added, sum));
        }
    }
    new.extend(others.cloned());
    Some(new)
}
