//! Deciding a question by the method that suits it: a network where the sums are one, the exact simplex otherwise.

use super::network::Network;
use super::scaled::{Bound, Question};
use super::simplex;
use super::solver::{Answer, Proof, Reason};
use super::system::Sum;

/// Sums beyond this many are not looked through for those that say nothing new.
const MOST_DROPPED: usize = 64;

/// How a question is decided.
#[derive(Debug)]
pub struct Method {
    /// The network of the sums, but for those that are left out because with them it would be none.
    pub network: Option<Network>,
    /// Sums that are left out. Mostly they follow from the others; whatever is found is tried on them.
    left_out: Vec<usize>,
}

impl Method {
    /// The method for a question. It serves for the same question with stricter ends, too.
    pub fn of(question: &Question<'_>) -> Self {
        if let Some(network) = Network::of(question) {
            return Self { network: Some(network), left_out: Vec::new() };
        }
        let (mut kept, mut left_out) = (question.sums.to_vec(), Vec::new());
        while let Some(worst) = most_overused(question, &kept).filter(|_| left_out.len() < MOST_DROPPED) {
            left_out.push(kept.remove(worst));
        }
        let network = if kept.len() < question.sums.len() { Network::of(&Question { sums: &kept, ..*question }) } else { None };
        Self { left_out: if network.is_some() { left_out } else { Vec::new() }, network }
    }

    /// Amounts in steps of `10^-decimals`, where this method finds such; that it finds none proves nothing.
    pub fn amounts(&self, question: &Question<'_>, decimals: u32) -> Result<Option<Vec<i128>>, Reason> {
        let Some(network) = &self.network else { return Ok(None) };
        let amounts = network.amounts(question, decimals)?;
        Ok(amounts.filter(|amounts| self.is_enough(question, amounts, decimals)))
    }

    /// The answer to a question.
    pub fn decide(&self, question: &Question<'_>) -> Result<Answer, Reason> {
        let Some(network) = &self.network else { return solved_exactly(question) };
        match network.solve(question)? {
            Answer::Possible { amounts, decimals } if !self.is_enough(question, &amounts, decimals) => solved_exactly(question),
            answer => Ok(answer),
        }
    }

    /// The least and the greatest amount of a figure whose printed number the question disregards; `None` where the others contradict
    /// each other.
    pub fn extremes(&self, question: &Question<'_>, figure: usize) -> Result<Option<Ends>, Reason> {
        if let Some(network) = &self.network {
            let Some(found) = network.extremes(question, figure)? else { return Ok(None) };
            let is_enough = |amounts: &Vec<i128>| self.is_enough(question, amounts, found.decimals);
            let is_simple = question.shares.is_empty() && self.left_out.is_empty();
            if is_simple || (found.shown.len() == 2 && found.shown.iter().all(is_enough)) {
                let end = |bound: Option<Bound>| bound.map(|bound| (bound.value, question.scaled.decimals, bound.shift));
                return Ok(Some((end(found.low), end(found.high))));
            }
        }
        simplex::extreme(question, figure)
    }

    /// Whether amounts that obey the network obey all the rest.
    fn is_enough(&self, question: &Question<'_>, amounts: &[i128], decimals: u32) -> bool {
        let sums = question.scaled.system.sums();
        let is_kept = |sum: &usize| sums.get(*sum).is_some_and(|sum| is_zero(sum.terms(), amounts));
        self.left_out.iter().all(is_kept)
            && question.shares.iter().all(|share| share_holds(question, *share, amounts, decimals) == Some(true))
    }
}

/// The simplex's answer. It takes the ends of shares in whole steps, where proofs have them in per cent.
fn solved_exactly(question: &Question<'_>) -> Result<Answer, Reason> {
    let answer = simplex::solve(question)?;
    let Answer::Impossible(mut proof) = answer else { return Ok(answer) };
    let steps = 10_i128.checked_pow(question.scaled.decimals).ok_or(Reason::TooLarge)?;
    for (_, _, weight) in &mut proof.shares {
        *weight = weight.checked_mul(steps).ok_or(Reason::TooLarge)?;
    }
    let weights = || proof.sums.iter().map(|(_, weight)| *weight).chain(proof.shares.iter().map(|(_, _, weight)| *weight));
    let common = weights().fold(0, divisor).max(1);
    proof.sums.iter_mut().for_each(|(_, weight)| *weight /= common);
    proof.shares.iter_mut().for_each(|(_, _, weight)| *weight /= common);
    Ok(Answer::Impossible(proof))
}

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.saturating_abs() } else { divisor(b, a % b) }
}

/// An end of what a figure can be: in whole steps of so many decimals, and on which side of it the end lies.
pub type End = (i128, u32, i8);

/// The least and the greatest that a figure can be; `None` where there is no limit.
pub type Ends = (Option<End>, Option<End>);

fn is_zero(terms: impl Iterator<Item = (usize, i8)>, amounts: &[i128]) -> bool {
    let amount = |(figure, sign): (usize, i8)| amounts.get(figure)?.checked_mul(i128::from(sign));
    let mut terms = terms;
    terms.try_fold(0_i128, |sum, term| sum.checked_add(amount(term)?)) == Some(0)
}

/// Whether a share holds of amounts in whole steps; `None` where the products have too many digits.
fn share_holds(question: &Question<'_>, share: usize, amounts: &[i128], decimals: u32) -> Option<bool> {
    let share = question.scaled.system.shares().get(share)?;
    let limits = question.limits(share.share);
    let (part, whole) = (*amounts.get(share.part)?, *amounts.get(share.whole)?);
    let _ = decimals;
    let part = part.checked_mul(100)?.checked_mul(10_i128.checked_pow(question.scaled.decimals)?)?;
    let beyond = |end: Bound| Some((part.checked_sub(end.value.checked_mul(whole)?)?, end.shift != 0));
    let above = limits.low.map_or(Some((1, false)), beyond)?;
    let below = limits.high.map_or(Some((-1, false)), beyond)?;
    let is_above = above.0 > 0 || (above.0 == 0 && !above.1);
    let is_below = below.0 < 0 || (below.0 == 0 && !below.1);
    Some(whole > 0 && is_above && is_below)
}

/// The position among `kept` of the sum with the most figures that stand in more than two; `None` where no figure does.
fn most_overused(question: &Question<'_>, kept: &[usize]) -> Option<usize> {
    let system = question.scaled.system;
    let mut uses = vec![0_u32; system.figures().len()];
    let terms = |sum: &usize| system.sums().get(*sum).into_iter().flat_map(Sum::terms);
    for (figure, _) in kept.iter().flat_map(terms) {
        *uses.get_mut(figure)? += u32::from(!question.is_point(figure));
    }
    let overused = |sum: &usize| terms(sum).filter(|(figure, _)| uses.get(*figure).is_some_and(|uses| *uses > 2)).count();
    let (worst, count) = kept.iter().map(overused).enumerate().max_by_key(|(_, count)| *count)?;
    (count > 0).then_some(worst)
}

/// A sum that fails alone: its parts cannot make its total, whatever the others say.
pub fn fails_alone(question: &Question<'_>, sum: usize) -> Option<Proof> {
    let mut ends = [Some((0_i128, false)); 2];
    for (figure, sign) in question.scaled.system.sums().get(sum)?.terms() {
        let limits = question.limits(figure);
        let (low, high) = if sign > 0 { (limits.low, limits.high) } else { (limits.high, limits.low) };
        for (end, bound) in ends.iter_mut().zip([low, high]) {
            *end = end.zip(bound).and_then(|((value, is_open), bound)| {
                Some((value.checked_add(bound.value.checked_mul(i128::from(sign))?)?, is_open || bound.shift != 0))
            });
        }
    }
    let [low, high] = ends;
    let weight = match (low, high) {
        (Some((low, is_open)), _) if low > 0 || (low == 0 && is_open) => -1,
        (_, Some((high, is_open))) if high < 0 || (high == 0 && is_open) => 1,
        _ => return None,
    };
    Some(Proof { sums: vec![(sum, weight)], shares: Vec::new() })
}
