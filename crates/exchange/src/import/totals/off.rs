//! By which rows the total of all misses its lines.

use logframe::Decimal;

use super::{Item, Role};

/// A total of all that is not what its lines come to, though some rows explain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Off {
    /// The row of the total of all.
    pub grand: usize,
    /// By how much it misses.
    pub by: Decimal,
    pub what: What,
}

/// What explains how far a total of all is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It counts a row that is read as a total.
    Counts(usize),
    /// It counts all that its subtotals come to once more.
    CountsSubtotals,
    /// It lacks a row.
    Lacks(usize),
}

/// What explains that the last total of all is off, if it is and something does.
pub fn off(items: &[Item<'_>], roles: &[Role]) -> Option<Off> {
    let grand = roles.iter().rposition(Role::is_grand)?;
    let by = items.get(grand)?.amount?.exact_sub(roles.get(grand)?.total()?.sum).filter(|by| !by.is_zero())?;
    let rows = || roles.iter().zip(items).enumerate().filter(|(at, _)| *at != grand);
    let is_total = |role: &Role| role.total().is_some_and(|of| of.lines > 0);
    let subtotals = || rows().filter(|(_, (role, _))| is_total(role)).filter_map(|(at, (_, item))| Some((at, item.amount?)));
    let counted = || rows().filter(|(_, (role, _))| is_total(role) || role.is_line());
    let parts = || counted().filter_map(|(at, (_, item))| Some((at, item.amount?)));
    let come_to_it = || subtotals().count() > 1 && Decimal::exact_sum(subtotals().map(|(_, amount)| amount)) == Some(by);
    let what = only(subtotals(), by)
        .map(What::Counts)
        .or_else(|| come_to_it().then_some(What::CountsSubtotals))
        .or_else(|| only(parts(), -by).map(What::Lacks))?;
    Some(Off { grand, by, what })
}

/// The only row of such an amount.
fn only(mut rows: impl Iterator<Item = (usize, Decimal)>, wanted: Decimal) -> Option<usize> {
    let (found, _) = rows.find(|(_, amount)| *amount == wanted)?;
    rows.all(|(_, amount)| amount != wanted).then_some(found)
}
