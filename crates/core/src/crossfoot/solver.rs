//! What the two ways of solving have in common: the answers to a [`Question`](super::scaled::Question), and why there may be none.

use std::fmt;

/// Why something cannot be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// A figure has more digits than exact whole numbers can hold beside the others.
    TooManyDigits {
        /// The figure's position.
        figure: usize,
    },
    /// Together the figures have more digits than exact whole numbers can hold.
    TooLarge,
    /// It would take more steps than are allowed.
    TooMuchWork,
    /// A sum names a figure that is not there.
    NoSuchFigure {
        /// The sum's position.
        sum: usize,
    },
    /// A share names a figure that is not there.
    NoSuchShare {
        /// The share's position.
        share: usize,
    },
    /// A share of something that may be nothing, or less.
    NoWhole {
        /// The share's position.
        share: usize,
    },
    /// A proof did not hold when it was tried anew: a fault of this library, which gives no verdict rather than a wrong one.
    Unproved,
    /// The answer is no decimal number: a third, say.
    NoDecimal,
    /// There is no sum and no share that could hold or not.
    NothingToHold,
    /// What some figures belong to is unknown, and so is what they should add up to.
    Unplaced,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooManyDigits { .. } => "a figure has more digits than can be held exactly beside the others",
            Self::TooLarge => "the figures together have more digits than can be held exactly",
            Self::TooMuchWork => "it would take more steps than are allowed",
            Self::NoSuchFigure { .. } => "a sum names a figure that is not there",
            Self::NoSuchShare { .. } => "a share names a figure that is not there",
            Self::NoWhole { .. } => "a share is of an amount that may be nothing, or less than nothing",
            Self::Unproved => "the proof of the answer did not hold when it was tried anew",
            Self::NoDecimal => "the answer is no decimal number",
            Self::NothingToHold => "no total is printed that anything should add up to",
            Self::Unplaced => "some figures name what is not there; `check` says which",
        })
    }
}

/// Which end of a share is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The least: the part is at least that share of the whole.
    Least,
    /// The most: the part is at most that share of the whole.
    Most,
}

/// Why no amounts can be found: sums and ends of shares with whole-number weights. Each sum `parts - less - total` is 0, each
/// weighted `100 part - least whole` and `most whole - 100 part` is 0 or more (more than 0 where the end is excluded); yet all
/// together, weighted and added, are less than 0 whatever the figures stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Sums by position, with weights that are not 0.
    pub sums: Vec<(usize, i128)>,
    /// Ends of shares by position, with weights above 0. The simplex takes the ends in whole steps of the scaled system, as the
    /// amounts are, and `100` likewise; everywhere else they are in per cent.
    pub shares: Vec<(usize, Side, i128)>,
}

/// The answer to a question.
#[derive(Clone, Debug)]
pub enum Answer {
    /// One amount a figure, in whole steps of `10^-decimals`.
    Possible { amounts: Vec<i128>, decimals: u32 },
    /// There are none.
    Impossible(Proof),
}
