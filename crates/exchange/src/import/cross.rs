//! Columns beside the amount that are parts of it, such as donors': they are left out of the plan, but where half of the rows add up, all must.

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Severity, Spanned};

use super::heading::Column;
use super::lines::{List, is_below_a_cent, shown};
use super::work::Work;
use crate::cell::Seen;
use crate::records::Field;

/// Columns up to which each is tried to be none of the parts.
const MOST: usize = 8;

/// The amount of a row, and what its parts come to.
type Crossed = (Spanned<Decimal>, Decimal);

impl List<'_> {
    /// Holds what is left out beside the amounts against them, where it adds up to them in half of the rows.
    pub fn cross_sums(&self, work: &mut Work) {
        for columns in [&self.columns.unknown, &self.columns.left_out] {
            let Some(parts) = without_one(columns).into_iter().find(|parts| self.add_up(parts)) else { continue };
            // Rows are not kept: those that miss are looked at once more.
            let crossed = self.rows.iter().filter_map(|row| self.crossed(&row, &parts).map(|crossed| (row, crossed)));
            let missed = crossed.filter(|(_, (amount, sum))| !is_sum(amount.value, *sum));
            missed.for_each(|(row, (amount, sum))| crosses(work, &row, amount, sum));
        }
    }

    /// Whether columns add up to the amounts in half of the rows, two at least.
    fn add_up(&self, columns: &[usize]) -> bool {
        let crossed = self.rows.iter().filter_map(|row| self.crossed(&row, columns));
        let (hits, all) =
            crossed.fold((0, 0), |(hits, all), (amount, sum)| (hits + usize::from(is_sum(amount.value, sum)), all + 1));
        hits > 1 && hits * 2 >= all
    }

    fn crossed(&self, row: &[Field<'_>], columns: &[usize]) -> Option<Crossed> {
        let is_money = |field: &&Field<'_>| !field.seen().is_share();
        let amount = row.get(self.columns.first(Column::Amount)?).filter(is_money).and_then(|field| self.read_number(field))?;
        let parts = || columns.iter().filter_map(|at| row.get(*at));
        // What is not available is not nothing.
        if parts().any(|field| field.seen() == Seen::NotAvailable) {
            return None;
        }
        let parts: Vec<Decimal> = parts().filter_map(|field| Some(self.read_number(field)?.value)).collect();
        let sum = Decimal::exact_sum(parts.iter().copied()).filter(|_| !parts.is_empty())?;
        Some((amount, sum))
    }
}

/// Whether an amount is a sum, but for what formulas make finer than a cent.
fn is_sum(amount: Decimal, sum: Decimal) -> bool {
    amount.exact_sub(sum).is_some_and(is_below_a_cent)
}

/// Columns that can be parts, two at least: all, or all but one, which numbers the rows or points to a note.
fn without_one(columns: &[usize]) -> Vec<Vec<usize>> {
    let but = |one: usize| columns.iter().copied().filter(|at| *at != one).collect();
    let fewer = columns.iter().filter(|_| (3..=MOST).contains(&columns.len())).map(|one| but(*one));
    std::iter::once(columns.to_vec()).filter(|all| all.len() > 1).chain(fewer).collect()
}

fn crosses(work: &mut Work, row: &[Field<'_>], amount: Spanned<Decimal>, sum: Decimal) {
    let Some(difference) = amount.value.exact_sub(sum) else { return };
    let side = if difference.is_negative() { "less" } else { "more" };
    let label = row.iter().map(|field| field.text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
    let message = format!(
        "`{}` is {}, but the columns that it adds up elsewhere come to {}: {} {side}",
        label.escape_debug(),
        shown(amount.value),
        shown(sum),
        shown(difference.abs())
    );
    let figures = Figures { declared: amount.value, computed: sum, difference, terms: Vec::new() };
    let finding = Diagnostic::new("subtotal", Severity::Error, message).at(amount.span, "the amount", "");
    work.add(finding.figures(figures).help("correct the amount or a part; the amount is counted, the parts are left out"));
}
