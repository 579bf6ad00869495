//! Which rows of a list are totals of others: told by their words and their figures, whether they stand below what they add up or above.

use logframe::Decimal;

use super::heading::category;
use super::parts::{Part, Parts};
use crate::words::{Kind, speaks_of_totals};

/// A row of a list, as far as totals are concerned.
#[derive(Clone, Debug)]
pub struct Item<'r> {
    pub label: &'r str,
    pub amount: Option<Decimal>,
    /// Whether it has a quantity or a unit cost: then it is a line, whatever it is called.
    pub has_factors: bool,
    /// Whether its amount is a formula that adds up.
    pub is_sum: bool,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line, or no figure at all.
    Line,
    /// A line whose amount is that of so many rows beside it: it may be a total that nothing calls so.
    Doubtful(usize),
    /// A total of lines: what they come to, how many there are, the row of the one that is furthest from it, and whether it is the total of
    /// all.
    Total { sum: Decimal, lines: usize, furthest: usize, is_grand: bool },
    /// A line that stands behind the total of all.
    Behind,
}

/// What a total is of: the rows from one to another, of which so many are lines, and what these come to.
#[derive(Clone, Copy, Debug)]
pub struct Of {
    pub from: usize,
    pub to: usize,
    pub lines: usize,
    pub sum: Decimal,
}

impl Role {
    /// What a total in a row is of.
    pub fn total(self, at: usize) -> Option<Of> {
        let Self::Total { sum, lines, furthest, .. } = self else { return None };
        let (from, to) = if furthest < at { (furthest, at) } else { (at + 1, furthest + 1) };
        Some(Of { from, to, lines, sum })
    }
}

/// The roles of all rows, in their order.
pub fn roles(items: &[Item<'_>]) -> Vec<Role> {
    let below = Finding::new(items).roles(0..items.len());
    let above = Finding::new(items).roles((0..items.len()).rev());
    if above.matched > below.matched { above.roles } else { below.roles }
}

struct Finding<'i> {
    items: &'i [Item<'i>],
    roles: Vec<Role>,
    parts: Parts,
    /// Whether most rows with amounts have factors, so that one without is no usual line.
    have_factors: bool,
    /// Totals whose figures hold.
    matched: usize,
}

impl<'i> Finding<'i> {
    fn new(items: &'i [Item<'i>]) -> Self {
        let with_amounts = items.iter().filter(|item| item.amount.is_some()).count();
        let with_factors = items.iter().filter(|item| item.has_factors).count();
        Self {
            items,
            roles: vec![Role::Line; items.len()],
            parts: Parts::new(),
            have_factors: with_factors > 0 && with_factors * 3 >= with_amounts,
            matched: 0,
        }
    }

    fn roles(mut self, order: impl Iterator<Item = usize>) -> Self {
        let (mut last_grand, mut behind): (Option<usize>, Vec<usize>) = (None, Vec::new());
        // The last total, where it is of all that came before and nothing follows.
        let mut last: Option<usize> = None;
        for at in order {
            let Some(item) = self.items.get(at) else { continue };
            let Some(amount) = item.amount else { continue };
            match self.total(item, amount) {
                Some(Role::Total { sum, lines, furthest, is_grand }) => {
                    self.matched += usize::from(sum == amount);
                    last = (self.parts.len() == 1).then_some(at);
                    if is_grand {
                        last_grand = Some(at);
                        behind.clear();
                    }
                    self.set(at, Role::Total { sum, lines, furthest, is_grand });
                }
                other => {
                    self.set(at, other.unwrap_or(Role::Line));
                    self.parts.push(Part { sum: amount, lines: 1, first: at, is_gathered: false });
                    behind.push(at);
                    last = None;
                }
            }
        }
        if let Some(Role::Total { is_grand, .. }) = last.and_then(|at| self.roles.get_mut(at)) {
            *is_grand = true;
        }
        if last_grand.is_some() {
            behind.into_iter().for_each(|at| self.set(at, Role::Behind));
        }
        self
    }

    fn set(&mut self, at: usize, role: Role) {
        self.roles.get_mut(at).into_iter().for_each(|own| *own = role);
    }

    /// Whether a row is a total; then what it adds up is gathered. `None` for a line.
    fn total(&mut self, item: &Item<'_>, amount: Decimal) -> Option<Role> {
        let says_so = !item.has_factors && speaks_of_totals(item.label);
        let may_be = says_so || item.is_sum || item.label.trim().is_empty() || (self.have_factors && !item.has_factors);
        let heads = self.have_factors && !item.has_factors && is_heading(item.label);
        let found = self.parts.last_of(amount, if says_so || item.is_sum || heads { 1 } else { 2 });
        if let (Some(from), true) = (found, may_be) {
            return Some(self.gather(from, is_grand(item.label)));
        }
        if says_so && self.parts.len() > 0 {
            let grand = is_grand(item.label);
            let from = if grand { 0 } else { self.parts.nearest(amount) };
            return Some(self.gather(from, grand));
        }
        let is_told = found.is_some_and(|from| self.parts.len() - from > 2);
        is_told.then(|| Role::Doubtful(self.parts.len() - found.unwrap_or_default()))
    }

    fn gather(&mut self, from: usize, is_grand: bool) -> Role {
        let Part { sum, lines, first, .. } = self.parts.gather(from);
        Role::Total { sum, lines, furthest: first, is_grand }
    }
}

/// Whether a label is that of a section: `A. Staff`, `Travel`.
fn is_heading(label: &str) -> bool {
    let mut letters = label.trim().chars();
    let is_lettered =
        letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.next().is_some_and(|c| matches!(c, '.' | ')'));
    is_lettered || category(label).is_some()
}

/// Whether a label says that it is the total of all, where its figures do not tell.
fn is_grand(label: &str) -> bool {
    const WORDS: [&str; 13] = [
        "grand",
        "project",
        "overall",
        "proyecto",
        "projet",
        "projeto",
        "budget",
        "presupuesto",
        "solicitado",
        "general",
        "général",
        "geral",
        "requested",
    ];
    let lower = label.to_lowercase();
    Kind::of(label) == Kind::Grand || (Kind::of(label) != Kind::Subtotal && WORDS.iter().any(|word| lower.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items<'r>(rows: &[(&'r str, i64, bool)]) -> Vec<Item<'r>> {
        let item = |(label, amount, has_factors): &(&'r str, i64, bool)| Item {
            label,
            amount: (*amount != 0).then(|| (*amount).into()),
            has_factors: *has_factors,
            is_sum: false,
        };
        rows.iter().map(item).collect()
    }

    /// A letter a row: a line, a subtotal, the grand total, one that does not hold (capital), a doubt, behind.
    fn told(rows: &[(&str, i64, bool)]) -> String {
        let items = items(rows);
        let letter = |(role, item): (Role, &Item<'_>)| match role {
            Role::Line => 'l',
            Role::Doubtful(_) => '?',
            Role::Behind => 'b',
            Role::Total { sum, is_grand, .. } => match (is_grand, Some(sum) == item.amount) {
                (true, true) => 'g',
                (false, true) => 's',
                (true, false) => 'G',
                (false, false) => 'S',
            },
        };
        roles(&items).into_iter().zip(&items).map(letter).collect()
    }

    #[test]
    fn totals_are_told_by_words_and_figures_wherever_they_stand() {
        let (a, b) = (("a", 10, true), ("b", 20, true));
        assert_eq!(told(&[a, b, ("TOTAL", 30, false)]), "llg");
        assert_eq!(told(&[a, b, ("GRAND TOTAL (A+B)", 30, false)]), "llg");
        assert_eq!(told(&[a, b, ("Coût total du projet", 30, false)]), "llg");
        assert_eq!(told(&[a, b, ("Direct costs", 30, false)]), "llg");
        assert_eq!(told(&[a, ("Section total A", 10, false), b, ("Sub-total B", 21, false), ("Total", 30, false)]), "lslSg");
        assert_eq!(told(&[("Total", 30, false), ("A. Staff", 10, false), a, ("B. Travel", 20, false), b]), "gslsl");
        // A running total, and what comes on top.
        assert_eq!(told(&[a, b, ("Total", 30, false), ("PSC", 2, false), ("Grand total", 32, false)]), "llglg");
        assert_eq!(told(&[a, b, ("Grand total", 99, false)]), "llG");
    }

    #[test]
    fn a_line_is_no_total_because_of_a_word_and_no_row_below_the_total_is_a_line() {
        assert_eq!(told(&[("Total station", 10, true), ("b", 20, true), ("Total", 30, false)]), "llg");
        assert_eq!(told(&[("a", 10, true), ("b", 20, true), ("Total", 30, false), ("Beneficiaries", 25_000, false)]), "llgb");
    }

    #[test]
    fn an_amount_that_is_the_sum_of_others_by_chance_is_a_doubt() {
        assert_eq!(told(&[("a", 10, false), ("b", 20, false), ("c", 5, false), ("d", 35, false), ("e", 1, false)]), "lll?l");
    }
}
