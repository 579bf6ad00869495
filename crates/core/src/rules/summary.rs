//! What a check says at its end: how many declared figures hold, and the sums side by side.

use super::Context;
use crate::crossfoot::Agreement;
use crate::decimal::Decimal;
use crate::plan::equations::Standing;
use crate::plan::{Entries, Figure, Measure, Plan};

/// How many declared figures hold. A figure with several equations counts by its worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Declared figures.
    pub declared: usize,
    /// Those that equal what they are made of.
    pub exact: usize,
    /// Those that differ by no more than rounding allows.
    pub within_rounding: usize,
    /// Those that are wrong.
    pub wrong: usize,
    /// Those that cannot be judged, because something is not given or unknown.
    pub open: usize,
}

impl Tally {
    pub(super) fn of(judgements: &[Judgement]) -> Self {
        let mut tally = Self { declared: judgements.len(), ..Self::default() };
        for judgement in judgements {
            match judgement.verdict {
                Some(Agreement::Exact) => tally.exact += 1,
                Some(Agreement::WithinRounding) => tally.within_rounding += 1,
                Some(Agreement::Wrong) => tally.wrong += 1,
                None => tally.open += 1,
            }
        }
        tally
    }
}

/// How a declared figure stands to what it is made of. A figure with several equations stands as its worst does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Judgement {
    /// What its parts make at face value; `None` where they are not all given, or too large to add.
    pub computed: Option<Decimal>,
    /// Whether it holds; `None` where that cannot be judged.
    pub verdict: Option<Agreement>,
}

/// One judgement a statement, in their order.
pub(super) fn judgements(context: &Context<'_>) -> Vec<Judgement> {
    let statements = context.plan.statements();
    let mut worst: Vec<Option<(Standing, Option<Decimal>)>> = vec![None; statements.len()];
    let amounts = context.equations.iter().map(|equation| (equation.statement, equation.standing, Some(equation.sum.value)));
    let shares = context.shares.iter().map(|share| {
        let computed = statements.get(share.statement).and_then(|statement| share.rounded(statement));
        (share.statement, share.standing, computed)
    });
    for (i, standing, computed) in amounts.chain(shares) {
        let Some(entry) = worst.get_mut(i) else { continue };
        if entry.is_none_or(|(so_far, _)| so_far.worse(standing) != so_far) {
            *entry = Some((standing, computed));
        }
    }
    worst.into_iter().map(judgement).collect()
}

fn judgement(worst: Option<(Standing, Option<Decimal>)>) -> Judgement {
    match worst {
        Some((Standing::Judged(verdict), computed)) => Judgement { computed, verdict: Some(verdict) },
        _ => Judgement::default(),
    }
}

/// The plan's total, as it is printed and as its parts make it. What is not printed, or has too many digits, is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The first printed total of the whole plan.
    pub declared: Option<Decimal>,
    /// All allocations added up.
    pub cells: Option<Decimal>,
    /// The printed totals of the offices added up, where every office has one beside the total.
    pub offices: Option<Decimal>,
    /// The printed totals of outcomes and heads added up, where each has one beside the total.
    pub results: Option<Decimal>,
}

impl Summary {
    fn of_entries(entries: &Entries<Figure>, expected: usize) -> Option<Decimal> {
        let whole = expected > 0 && entries.0.len() == expected;
        whole.then(|| Decimal::exact_sum(entries.iter().map(|(_, figure)| *figure.value))).flatten()
    }

    pub(super) fn of(plan: &Plan) -> Self {
        let whole = |statement: &&crate::plan::Statement| {
            statement.measure == Measure::Amount && statement.scope.offices.is_none() && statement.scope.results.is_none()
        };
        let total = plan.statements().iter().find(whole);
        let block = plan.declared.iter().find(|block| block.of.is_none() && block.total.is_some() && !block.offices.is_empty());
        let roots = plan.outcomes.len() + plan.heads.len();
        Self {
            declared: total.map(|statement| *statement.value),
            cells: Decimal::exact_sum(plan.allocations.iter().filter_map(|allocation| allocation.cell.amount())),
            offices: block.and_then(|block| Self::of_entries(&block.offices, plan.offices.len())),
            results: block.and_then(|block| Self::of_entries(&block.results, roots)),
        }
    }
}
