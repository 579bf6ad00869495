//! Which rows of a list are totals of others: told by what their formulas add up, by their words and by their figures, whether they stand below
//! what they add up or above.

mod doubts;
mod facts;
mod finding;
mod labels;
mod off;
mod parts;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use logframe::Decimal;

use facts::{Facts, Way};
use finding::{Finding, Manner};
pub use off::{What, off};
use parts::Part;

/// A row of a list, as far as totals are concerned.
#[derive(Clone, Debug, Default)]
pub struct Item<'r> {
    pub label: Cow<'r, str>,
    /// The number that it has in an order of parts and their parts: `1.2`.
    pub number: Option<Cow<'r, str>>,
    pub amount: Option<Decimal>,
    /// Whether it has a quantity or a unit cost: then it is a line, whatever it is called.
    pub has_factors: bool,
    /// The rows that the formula of its amount adds up, by their positions.
    pub adds: Vec<Range<usize>>,
    /// What is known of it from elsewhere.
    pub told: Option<Told>,
}

/// What a row is told to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Line,
    Total,
    /// Neither, where it stands behind the total: a figure in another currency.
    Aside,
}

/// What a row is. Few are totals, so that what these are of is in a box of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line, or no figure at all.
    Line,
    /// A line whose amount is that of so many rows beside it, or nearly: it may be a total that nothing calls so.
    Doubtful(usize),
    /// A total of lines, and whether it is the total of all.
    Total { of: Box<Of>, is_grand: bool, told_by: By },
    /// What stands behind the total of all, and belongs to nothing.
    Behind,
    /// A part of what says again what the total of all is made of.
    Again,
    /// What is no line, wherever it stands.
    Apart,
}

/// What tells that a row is a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Its words, its number, its formula, or that nothing is multiplied in it.
    Itself,
    /// Only what the rows beside it come to.
    Figures,
}

/// What a total is of: the rows from one to another, of which so many are lines, and what these come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    pub from: usize,
    pub to: usize,
    pub lines: usize,
    pub sum: Decimal,
}

impl From<Part> for Box<Of> {
    fn from(part: Part) -> Self {
        Self::new(Of { from: part.from, to: part.to, lines: part.lines, sum: part.sum })
    }
}

impl Role {
    /// What a total is of.
    pub fn total(&self) -> Option<Of> {
        if let Self::Total { of, .. } = self { Some(**of) } else { None }
    }

    pub fn is_line(&self) -> bool {
        matches!(self, Self::Line | Self::Doubtful(_))
    }

    pub fn is_grand(&self) -> bool {
        matches!(self, Self::Total { is_grand: true, .. })
    }

    pub fn is_by_figures(&self) -> bool {
        matches!(self, Self::Total { told_by: By::Figures, .. })
    }
}

/// The roles of all rows, in their order.
pub fn roles(items: &[Item<'_>]) -> Vec<Role> {
    let facts = Facts::of(items);
    let (below, above) = (facts.below(), facts.above());
    let best = by_what_they_say(&facts, &below, &above);
    match by_figures(&facts, &below, &above) {
        Some(figures) if !holds(items, &best) => figures,
        // The total of all counts the rows that are totals by their figures, too.
        Some(figures) if are_covered(&figures) => doubts::as_other(best, &figures),
        _ if holds(items, &best) => best,
        _ => with_near_ones(&facts, &best).unwrap_or_else(|| doubts::of(&facts, best)),
    }
}

/// The roles where rows that are nearly what the lines beside them come to are their totals, if the total of all then misses by less.
fn with_near_ones(facts: &Facts<'_>, roles: &[Role]) -> Option<Vec<Role>> {
    let near = doubts::near(facts, roles);
    let missed = missed(facts.items, roles).filter(|_| !near.is_empty())?;
    let mut items = facts.items.to_vec();
    for (at, rows) in near {
        items.get_mut(at)?.adds = vec![rows];
    }
    let told = Facts::of(&items);
    let others = by_what_they_say(&told, &told.below(), &told.above());
    let is_better = self::missed(&items, &others).is_some_and(|other| other < missed);
    is_better.then(|| doubts::of(&told, others))
}

/// By how much the last total of all misses its lines.
fn missed(items: &[Item<'_>], roles: &[Role]) -> Option<Decimal> {
    let last = roles.iter().rposition(Role::is_grand)?;
    Some(items.get(last)?.amount?.exact_sub(roles.get(last)?.total()?.sum)?.abs())
}

/// The roles where totals are told by what they say of themselves: of the ways through the rows the one where most totals hold, and fewest rows
/// that call themselves totals are lines.
fn by_what_they_say(facts: &Facts<'_>, below: &Way, above: &Way) -> Vec<Role> {
    let found = Finding::new(facts, Manner::Usual).through(above);
    // Where totals surely stand above, one that does not hold is a total all the same.
    let strict = (found.matched > 1).then(|| Finding::new(facts, Manner::Strict).through(above));
    let crowned = facts.crowned().map(|way| Finding::new(facts, Manner::Usual).through(&way));
    let others = [Some(strict.unwrap_or(found)), crowned];
    let usual = Finding::new(facts, Manner::Usual).through(below);
    let worth = |found: &Finding<'_>| (found.matched, Reverse(found.unheard()));
    others.into_iter().flatten().fold(usual, |best, other| if worth(&other) > worth(&best) { other } else { best }).roles
}

/// The roles where figures alone tell totals, if they explain the rows: a total of all that calls itself so proves them, or every line has one
/// and that can hardly be chance.
fn by_figures(facts: &Facts<'_>, below: &Way, above: &Way) -> Option<Vec<Role>> {
    if !facts.have_plain_lines() {
        return None;
    }
    let ways = [below, above].into_iter().map(|way| Finding::new(facts, Manner::Free).through(way).roles);
    let explains = |roles: &Vec<Role>| {
        let is_proved = roles.iter().rfind(|role| role.is_grand()).is_some_and(|grand| !grand.is_by_figures());
        let told = || roles.iter().zip(facts.items).filter(|(role, _)| role.is_by_figures() && is_of_several(role));
        let is_no_chance = || told().count() > 2 || told().any(|(_, item)| labels::is_heading(&item.label));
        told().next().is_some() && ((is_proved && holds(facts.items, roles)) || (are_covered(roles) && is_no_chance()))
    };
    ways.into_iter().find(explains)
}

/// Whether the last total of all is what all lines come to.
pub fn holds(items: &[Item<'_>], roles: &[Role]) -> bool {
    let last = roles.iter().rposition(Role::is_grand);
    let grand = last.and_then(|at| Some((items.get(at)?.amount?, roles.get(at)?.total()?)));
    let lines = || items.iter().zip(roles).filter(|(item, role)| item.amount.is_some() && role.is_line()).count();
    grand.is_some_and(|(amount, of)| of.sum == amount && of.lines > 1 && of.lines == lines())
}

/// Whether every line is one of a total that is not that of all, two of which are of several.
fn are_covered(roles: &[Role]) -> bool {
    let totals = || roles.iter().filter(|role| !role.is_grand()).filter_map(Role::total);
    let mut covered = vec![false; roles.len()];
    for of in totals() {
        covered.get_mut(of.from..of.to).unwrap_or_default().fill(true);
    }
    let is_in = |(role, covered): (&Role, bool)| covered || !role.is_line();
    totals().filter(|of| of.lines > 1).count() > 1 && roles.iter().zip(covered).all(is_in)
}

fn is_of_several(role: &Role) -> bool {
    role.total().is_some_and(|of| of.lines > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items<'r>(rows: &[(&'r str, i64, bool)]) -> Vec<Item<'r>> {
        let item = |(label, amount, has_factors): &(&'r str, i64, bool)| Item {
            label: Cow::Borrowed(label),
            amount: (*amount != 0).then(|| (*amount).into()),
            has_factors: *has_factors,
            ..Item::default()
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
            Role::Again => 'a',
            Role::Apart => '-',
            Role::Total { of, is_grand, .. } => match (is_grand, Some(of.sum) == item.amount) {
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
