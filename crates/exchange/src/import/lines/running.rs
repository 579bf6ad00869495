//! A column of subtotals beside the amounts: what has gathered stands in the row of a section's last line, or of its first.

use logframe::{Decimal, Spanned};

use super::List;
use crate::import::totals::Role;
use crate::import::work::Work;

/// A printed subtotal, what the lines that it gathers come to, and how many they are.
type Gathered = (Spanned<Decimal>, Decimal, usize);

impl List<'_> {
    /// Holds each cell of such a column against the amounts beside it, if half of them are what these come to.
    pub(super) fn running_subtotals(&self, work: &mut Work, roles: &[Role]) {
        for (column, name) in &self.running {
            let is_it = |gathered: &&Vec<Gathered>| {
                let hits = gathered.iter().filter(|(printed, sum, _)| printed.value == *sum).count();
                hits > 0 && hits * 2 >= gathered.len()
            };
            let ways = [self.gathered(*column, roles, true), self.gathered(*column, roles, false)];
            let Some(found) = ways.iter().find(is_it) else { continue };
            let what = format!("a subtotal of {name}");
            let all = found.iter().copied().chain(self.gathered_by_totals(*column, roles));
            let missed = all.filter_map(|(printed, sum, lines)| self.against(&what, printed, sum, lines));
            missed.for_each(|finding| work.add(finding));
        }
    }

    /// The subtotals in rows of lines, each of the lines up to it, or from it to the next.
    fn gathered(&self, column: usize, roles: &[Role], is_below: bool) -> Vec<Gathered> {
        let (mut found, mut sum, mut lines) = (Vec::new(), Decimal::ZERO, 0);
        let is_line = |at: &usize| roles.get(*at).is_some_and(Role::is_line);
        let rows = (0..self.rows.len()).filter(is_line);
        let ordered: Vec<usize> = if is_below { rows.collect() } else { rows.rev().collect() };
        for at in ordered {
            let Some(amount) = self.item_at(at).amount else { continue };
            let Some(next) = sum.exact_add(amount) else { return Vec::new() };
            (sum, lines) = (next, lines + 1);
            if let Some(printed) = self.printed_in(at, column) {
                found.push((printed, sum, lines));
                (sum, lines) = (Decimal::ZERO, 0);
            }
        }
        found
    }

    /// What stands there in the rows of totals.
    fn gathered_by_totals<'s>(&'s self, column: usize, roles: &'s [Role]) -> impl Iterator<Item = Gathered> + 's {
        let totals = roles.iter().enumerate().filter_map(|(at, role)| Some((at, role.total()?)));
        totals.filter_map(move |(at, of)| Some((self.printed_in(at, column)?, of.sum, of.lines)))
    }

    fn printed_in(&self, at: usize, column: usize) -> Option<Spanned<Decimal>> {
        let row = self.rows.row(at);
        row.get(column).filter(|field| !field.is_blank()).and_then(|field| self.read_number(field))
    }
}
