//! What a check says at its end: how many declared figures hold, and the sums side by side.

use super::declared_share;
use super::equations::{Equation, Standing};
use crate::crossfoot::Verdict;
use crate::decimal::Decimal;
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
    pub(super) fn of(plan: &Plan, equations: &[Equation]) -> Self {
        let mut worst: Vec<Option<Standing>> = vec![None; plan.statements().len()];
        let shares = declared_share::standings(plan);
        let standings = equations.iter().map(|equation| (equation.statement, equation.standing)).chain(shares);
        for (i, standing) in standings {
            worst.get_mut(i).into_iter().for_each(|worst| *worst = Some(worst.map_or(standing, |so_far| so_far.worse(standing))));
        }
        let mut tally = Self { declared: worst.len(), ..Self::default() };
        for standing in worst {
            match standing {
                Some(Standing::Judged(Verdict::Exact)) => tally.exact += 1,
                Some(Standing::Judged(Verdict::WithinRounding)) => tally.within_rounding += 1,
                Some(Standing::Judged(Verdict::Wrong)) => tally.wrong += 1,
                Some(Standing::Open { .. } | Standing::Overflow) | None => tally.open += 1,
            }
        }
        tally
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
