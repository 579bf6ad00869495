//! Parts of a system: sums and shares with the figures they name, as a system of their own.

use super::scaled::Scaled;
use super::solver::Proof;
use super::system::{Share, Sum, System};

/// A part of a system, and the positions its figures, sums and shares have in the whole.
#[derive(Debug)]
pub struct Part {
    pub system: System,
    pub figures: Vec<usize>,
    pub sums: Vec<usize>,
    pub shares: Vec<usize>,
}

impl Part {
    /// The part of a system that some of its sums and shares make.
    pub fn of(whole: &System, sums: Vec<usize>, shares: Vec<usize>) -> Self {
        let mut part = Self { system: System::default(), figures: Vec::new(), sums, shares };
        let mut known = vec![None; whole.figures().len()];
        let mut place = |part: &mut System, figures: &mut Vec<usize>, figure: usize| -> Option<usize> {
            let known = known.get_mut(figure)?;
            if known.is_none() {
                *known = Some(part.add(*whole.figures().get(figure)?));
                figures.push(figure);
            }
            *known
        };
        for sum in part.sums.iter().filter_map(|i| whole.sums().get(*i)) {
            let mut all =
                |list: &[usize]| list.iter().filter_map(|figure| place(&mut part.system, &mut part.figures, *figure)).collect();
            let (parts, less, total) = (all(&sum.parts), all(&sum.less), all(&[sum.total]));
            let total: Vec<usize> = total;
            let sum = Sum { total: total.first().copied().unwrap_or(usize::MAX), parts, less, is_of_printed: sum.is_of_printed };
            part.system.sum(sum);
        }
        for share in part.shares.iter().filter_map(|i| whole.shares().get(*i)) {
            let mut one = |figure| place(&mut part.system, &mut part.figures, figure).unwrap_or(usize::MAX);
            let share = Share { share: one(share.share), part: one(share.part), whole: one(share.whole) };
            part.system.share(share);
        }
        part
    }

    /// A proof about this part as one about the whole.
    pub fn proof_in_whole(&self, proof: &Proof) -> Proof {
        let sums = proof.sums.iter().filter_map(|(sum, weight)| Some((*self.sums.get(*sum)?, *weight)));
        let shares = proof.shares.iter().filter_map(|(share, side, weight)| Some((*self.shares.get(*share)?, *side, *weight)));
        Proof { sums: sums.collect(), shares: shares.collect() }
    }

    /// The parts of a system that have nothing to do with each other: no figure that is not one fixed amount stands in two of them.
    pub fn all_of(scaled: &Scaled<'_>) -> Vec<Self> {
        let system = scaled.system;
        let mut groups = Groups((0..system.figures().len()).collect());
        let joins = |figure: &usize| !scaled.is_point(*figure);
        let of_sum = |sum: &Sum| sum.terms().map(|(figure, _)| figure).filter(joins).collect::<Vec<_>>();
        let of_share = |share: &Share| [share.part, share.whole].into_iter().filter(joins).collect::<Vec<_>>();
        let sums: Vec<_> = system.sums().iter().map(of_sum).collect();
        let shares: Vec<_> = system.shares().iter().map(of_share).collect();
        sums.iter().chain(&shares).for_each(|figures| groups.join(figures));
        let mut parts: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        let mut of_root = std::collections::HashMap::new();
        let mut part_of = |parts: &mut Vec<(Vec<usize>, Vec<usize>)>, figures: &[usize]| {
            let alone = parts.len();
            let at = figures.first().map_or(alone, |first| *of_root.entry(groups.root(*first)).or_insert(alone));
            if at == alone {
                parts.push((Vec::new(), Vec::new()));
            }
            at
        };
        for (i, figures) in sums.iter().enumerate() {
            let at = part_of(&mut parts, figures);
            parts.get_mut(at).into_iter().for_each(|part| part.0.push(i));
        }
        for (i, figures) in shares.iter().enumerate() {
            let at = part_of(&mut parts, figures);
            parts.get_mut(at).into_iter().for_each(|part| part.1.push(i));
        }
        parts.into_iter().map(|(sums, shares)| Self::of(system, sums, shares)).collect()
    }
}

/// Which figures belong together, as a forest: each names one of its group, the root itself.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, figure: usize) -> usize {
        let mut at = figure;
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            let above = self.0.get(up).copied().unwrap_or(up);
            self.0.get_mut(at).into_iter().for_each(|here| *here = above);
            at = above;
        }
        at
    }

    fn join(&mut self, figures: &[usize]) {
        let Some((first, rest)) = figures.split_first() else { return };
        for other in rest {
            let (a, b) = (self.root(*first), self.root(*other));
            self.0.get_mut(b).into_iter().for_each(|root| *root = a);
        }
    }
}
