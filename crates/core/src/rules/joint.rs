//! How all printed figures stand together: asked only where some of them do not add up as they are printed.

use crate::crossfoot::{Agreement, Contradiction, Verdict};
use crate::plan::Plan;
use crate::plan::equations::{Equation, Standing};
use crate::reconciliation::{Cause, Reconciliation, Words};

use super::declared_share::Share;

/// How many printed figures a plan has, and whether one unrounded budget can stand behind all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Together {
    /// The verdict on all of them at once.
    pub verdict: Verdict,
    /// Printed amounts: allocations and declared amounts.
    pub amounts: usize,
    /// Printed shares.
    pub shares: usize,
}

/// The figures of a plan reconciled, seen from its statements.
pub(super) struct Joint {
    pub found: Reconciliation,
    /// Statements stand after so many figures.
    allocations: usize,
    /// Statements that are wrong each alone.
    wrong: Vec<bool>,
}

impl Joint {
    /// `None` where all figures add up as they are printed, or nothing could be compared.
    pub fn of(plan: &Plan, equations: &[Equation], shares: &[Share]) -> Option<Self> {
        let of_equations = equations.iter().map(|equation| (equation.statement, equation.standing));
        let all = || of_equations.clone().chain(shares.iter().map(|share| (share.statement, share.standing)));
        let differs = |standing| matches!(standing, Standing::Judged(agreement) if agreement > Agreement::Exact);
        if !all().any(|(_, standing)| differs(standing)) {
            return None;
        }
        let mut wrong = vec![false; plan.statements().len()];
        for (statement, _) in all().filter(|(_, standing)| *standing == Standing::Judged(Agreement::Wrong)) {
            wrong.get_mut(statement).into_iter().for_each(|wrong| *wrong = true);
        }
        let found = Reconciliation::of_declared_rule(plan.subject().ok()?);
        Some(Self { found, allocations: plan.allocations.len(), wrong })
    }

    pub fn together(&self) -> Together {
        let (amounts, shares) = self.found.counts();
        Together { verdict: self.found.outcome.verdict, amounts, shares }
    }

    /// The statement that a figure is, by position.
    pub fn statement(&self, figure: usize) -> Option<usize> {
        figure.checked_sub(self.allocations).filter(|statement| *statement < self.wrong.len())
    }

    /// The contradictions of which no total and no share is wrong alone, with what explains them: all others are reported where
    /// they show.
    pub fn only_together(&self) -> impl Iterator<Item = (&Contradiction, Option<&Cause>)> {
        let contradictions = self.found.outcome.contradictions.iter().enumerate();
        let hidden = contradictions.filter(|(_, one)| !self.is_reported(one));
        hidden.map(|(i, one)| (one, self.found.causes.iter().find(|cause| cause.contradictions.contains(&i))))
    }

    fn is_reported(&self, contradiction: &Contradiction) -> bool {
        let is_wrong = |figure: usize| self.statement(figure).and_then(|i| self.wrong.get(i)) == Some(&true);
        self.totals(contradiction).iter().any(|figure| is_wrong(*figure))
    }

    /// The totals of a contradiction's sums and its shares.
    fn totals(&self, contradiction: &Contradiction) -> Vec<usize> {
        let system = &self.found.subject.system;
        let sums = contradiction.sums.iter().filter_map(|(sum, _)| Some(system.sums().get(*sum)?.total));
        let shares = contradiction.shares.iter().filter_map(|(share, ..)| Some(system.shares().get(*share)?.share));
        sums.chain(shares).collect()
    }

    /// Whether more than rounding within one sum is said of a statement: it belongs to sums that cannot hold together, or its
    /// difference is hardly rounding.
    pub fn is_suspect(&self, statement: usize) -> bool {
        let figure = self.allocations + statement;
        let system = &self.found.subject.system;
        let is_unlikely =
            || self.found.unlikely.iter().filter_map(|one| system.sums().get(one.sum)).any(|sum| sum.total == figure);
        self.only_together().any(|(one, _)| one.figures().contains(&figure) || self.totals(one).contains(&figure))
            || is_unlikely()
    }

    /// What explains that a statement is wrong, in sentences.
    pub fn explanation(&self, statement: usize) -> Vec<String> {
        let causes = &self.found.causes;
        let same = self.found.with_repeats(vec![self.allocations + statement]);
        let concerns = |cause: &&Cause| {
            let contradictions = cause.contradictions.iter().filter_map(|i| self.found.outcome.contradictions.get(*i));
            contradictions.flat_map(|one| self.totals(one)).any(|total| same.contains(&total))
        };
        // Where there is one cause, it is that of everything: what it does not explain would have one of its own.
        let cause = causes.iter().find(concerns).or(if causes.len() == 1 { causes.first() } else { None });
        // Where it cannot be told which figure it is, a total and its parts say so themselves.
        let cause = cause.filter(|cause| cause.explanations.only().is_some());
        cause.map_or_else(Vec::new, |cause| self.told(cause))
    }

    /// What explains some contradictions, in sentences; nothing where nothing does.
    pub fn told(&self, cause: &Cause) -> Vec<String> {
        if cause.explanations.ranked.is_empty() {
            return Vec::new();
        }
        // A finding speaks of itself, however many others have the same cause.
        vec![Words(&self.found.subject).explanations(&cause.explanations, 1)]
    }
}
