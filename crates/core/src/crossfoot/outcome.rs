//! What is found out about a system: the verdict and its proof.

use std::fmt;

use super::interval::End;
use super::solver::{Reason, Side};
use crate::decimal::Decimal;

/// Whether one unrounded amount can stand behind every figure of a system at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The figures add up at face value.
    Exact,
    /// They do not, but amounts exist that round to all of them.
    Consistent,
    /// Such amounts exist only with some of them exactly on the boundary between two printed numbers.
    KnifeEdge,
    /// No amounts round to all of them.
    Inconsistent,
    /// It could not be decided, for a [`Reason`].
    Undecided,
}

impl Verdict {
    /// Its name in kebab case, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Consistent => "consistent",
            Self::KnifeEdge => "knife-edge",
            Self::Inconsistent => "inconsistent",
            Self::Undecided => "undecided",
        }
    }

    /// Whether amounts exist that round to all figures.
    pub fn is_possible(self) -> bool {
        matches!(self, Self::Exact | Self::Consistent | Self::KnifeEdge)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Unrounded amounts that round to every figure and obey every sum: the proof that figures can stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Witness {
    /// One amount a figure, in the order of the figures.
    pub amounts: Vec<Decimal>,
    /// How many decimals they have: as few as possible.
    pub decimals: u32,
}

/// Sums and shares that cannot hold together, none of which can be left out: the proof that figures contradict each other.
///
/// Added up with their weights, they say that the figures of `larger` come to no more than those of `smaller`. But the first
/// come to `at_least`, the others to `at_most`, which is less; or as much, and one of the two ends is excluded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contradiction {
    /// The sums by position, in order, with their weights.
    pub sums: Vec<(usize, i128)>,
    /// The ends of shares by position, in order, with their weights.
    pub shares: Vec<(usize, Side, i128)>,
    /// Figures by position, with how often each counts, that come to `at_least`.
    pub larger: Vec<(usize, Decimal)>,
    /// The least that `larger` comes to.
    pub at_least: End,
    /// Figures by position, with how often each counts, that come to `at_most`.
    pub smaller: Vec<(usize, Decimal)>,
    /// The most that `smaller` comes to.
    pub at_most: End,
}

impl Contradiction {
    /// The figures that it is about, in order.
    pub fn figures(&self) -> Vec<usize> {
        let mut figures: Vec<usize> = self.larger.iter().chain(&self.smaller).map(|(figure, _)| *figure).collect();
        figures.sort_unstable();
        figures.dedup();
        figures
    }
}

/// What [`System::reconcile`](super::System::reconcile) found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// The verdict, whose proof has been verified.
    pub verdict: Verdict,
    /// The amounts that prove it, where figures can stand together.
    pub witness: Option<Witness>,
    /// The sums that prove the opposite. Where a system falls apart into several that have nothing to do with each other, there
    /// is one contradiction for each that is impossible.
    pub contradictions: Vec<Contradiction>,
    /// Why nothing could be decided.
    pub reason: Option<Reason>,
}
