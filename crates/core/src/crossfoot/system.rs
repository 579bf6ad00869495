//! Figures and what they should obey: sums and shares.

use super::figure::Figure;
use super::rounding::Rounding;

/// A total and what it is made of. Figures are named by their position in their [`System`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: usize,
    /// What adds up to it.
    pub parts: Vec<usize>,
    /// What is taken off: the lines "less:" of a statement.
    pub less: Vec<usize>,
    /// Whether the total was added up from its parts as they are printed. Then it holds at face value or not at all, and the total
    /// was not rounded itself. Otherwise each figure was rounded apart from the others.
    pub is_of_printed: bool,
}

impl Sum {
    /// A total of parts that were each rounded apart from the others.
    pub fn new(total: usize, parts: impl IntoIterator<Item = usize>) -> Self {
        Self { total, parts: parts.into_iter().collect(), ..Self::default() }
    }

    /// A total that was added up from its parts as they are printed.
    pub fn of_printed(total: usize, parts: impl IntoIterator<Item = usize>) -> Self {
        Self { is_of_printed: true, ..Self::new(total, parts) }
    }

    /// The same with lines that are taken off.
    #[must_use]
    pub fn less(mut self, less: impl IntoIterator<Item = usize>) -> Self {
        self.less.extend(less);
        self
    }

    /// Its figures and how each counts in `parts - less - total = 0`.
    pub fn terms(&self) -> impl Iterator<Item = (usize, i8)> + '_ {
        let parts = self.parts.iter().map(|part| (*part, 1));
        parts.chain(self.less.iter().map(|less| (*less, -1))).chain([(self.total, -1)])
    }
}

/// A printed share in per cent: `share` is 100 times the amount of `part` by that of `whole`, rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The printed share, a figure like others.
    pub share: usize,
    /// What has the share.
    pub part: usize,
    /// What it has a share in: an amount of more than nothing.
    pub whole: usize,
}

/// Figures, and the sums and shares that they should obey.
///
/// ```
/// use logframe::crossfoot::{Figure, Rounding, Sum, System};
/// let mut system = System::default();
/// let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
/// let (cells, total) = ([printed(120), printed(235)], printed(354));
/// system.sum(Sum::new(total, cells));
/// assert_eq!((system.figures().len(), system.sums().len()), (3, 1));
/// ```
#[derive(Clone, Debug, Default)]
pub struct System {
    figures: Vec<Figure>,
    sums: Vec<Sum>,
    shares: Vec<Share>,
}

impl System {
    /// Adds a figure and says at which position it stands.
    pub fn add(&mut self, figure: Figure) -> usize {
        self.figures.push(figure);
        self.figures.len() - 1
    }

    /// Adds a sum and says at which position it stands. A sum that names a figure which is not there says nothing.
    pub fn sum(&mut self, sum: Sum) -> usize {
        self.sums.push(sum);
        self.sums.len() - 1
    }

    /// Adds a share and says at which position it stands. A share that names a figure which is not there says nothing.
    pub fn share(&mut self, share: Share) -> usize {
        self.shares.push(share);
        self.shares.len() - 1
    }

    /// Its figures.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Its sums.
    pub fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// Its shares.
    pub fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// The same with another figure in one place; as it is where there is no such place.
    #[must_use]
    pub fn with(mut self, at: usize, figure: Figure) -> Self {
        if let Some(place) = self.figures.get_mut(at) {
            *place = figure;
        }
        self
    }

    /// The same with other figures in all places.
    pub(super) fn map(&self, figure: impl Fn(usize, &Figure) -> Figure) -> Self {
        let figures = self.figures.iter().enumerate().map(|(i, own)| figure(i, own)).collect();
        Self { figures, sums: self.sums.clone(), shares: self.shares.clone() }
    }

    /// The same if all its rounded figures had been rounded by one rule. Shares keep theirs. `None` where an end of some
    /// figure's amounts has more digits than can be held, or a figure stands for no amount under that rule.
    #[must_use]
    pub fn under(&self, rounding: Rounding) -> Option<Self> {
        let mut is_share = vec![false; self.figures.len()];
        for share in &self.shares {
            is_share.get_mut(share.share).into_iter().for_each(|mark| *mark = true);
        }
        let figures = self.figures.iter().zip(is_share);
        let figures = figures.map(|(figure, is_share)| if is_share { Some(*figure) } else { figure.under(rounding) });
        Some(Self { figures: figures.collect::<Option<_>>()?, sums: self.sums.clone(), shares: self.shares.clone() })
    }
}
