//! Which rows of a list are totals of others: told by what their formulas add up, by their words and by their figures, whether they stand below
//! what they add up or above.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use logframe::Decimal;

use super::heading::category;
use super::parts::{Part, Parts};
use crate::words::{Kind, speaks_of_totals, spoken};

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
    Total { of: Box<Of>, is_grand: bool },
    /// What stands behind the total of all, and belongs to nothing.
    Behind,
    /// A part of what says again what the total of all is made of.
    Again,
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
}

impl Role {
    pub fn is_line(&self) -> bool {
        matches!(self, Self::Line | Self::Doubtful(_))
    }
}

/// The roles of all rows, in their order.
pub fn roles(items: &[Item<'_>]) -> Vec<Role> {
    let facts = Facts::of(items);
    let usual = Finding::new(&facts).through(&facts.below());
    let above = facts.above();
    let found = Finding::new(&facts).through(&above);
    // Where totals surely stand above, one that does not hold is a total all the same.
    let strict = (found.matched > 1).then(|| Finding { is_strict: true, ..Finding::new(&facts) }.through(&above));
    let others = [Some(strict.unwrap_or(found)), facts.crowned().map(|way| Finding::new(&facts).through(&way))];
    others.into_iter().flatten().fold(usual, |best, other| if other.matched > best.matched { other } else { best }).roles
}

/// A way through the rows: totals come after what they add up.
struct Way {
    order: Vec<usize>,
    /// The row that can only be the total of all.
    crown: Option<usize>,
}

/// What can be said of each row by itself.
struct Facts<'i> {
    items: &'i [Item<'i>],
    /// Whether each says that it is a total.
    says: Vec<bool>,
    /// The last row of what has a number below that of each, and follows it; its own where none does.
    ends: Vec<usize>,
    /// Whether most rows with amounts have factors, so that one without is no usual line.
    have_factors: bool,
}

impl<'i> Facts<'i> {
    fn of(items: &'i [Item<'i>]) -> Self {
        let with_amounts = items.iter().filter(|item| item.amount.is_some()).count();
        let with_factors = items.iter().filter(|item| item.has_factors).count();
        Self {
            items,
            says: items.iter().map(says).collect(),
            ends: (0..items.len()).map(|at| end(items, at)).collect(),
            have_factors: with_factors > 0 && with_factors * 3 >= with_amounts,
        }
    }

    /// From the first row to the last; what adds up rows below it comes after them.
    fn below(&self) -> Way {
        let mut ends = self.ends.clone();
        for (at, item) in self.items.iter().enumerate().rev() {
            let last = item.adds.iter().filter(|rows| rows.start > at).filter_map(|rows| ends.get(rows.end - 1)).max().copied();
            if let (Some(last), Some(own)) = (last, ends.get_mut(at)) {
                *own = last;
            }
        }
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|at| (ends.get(*at).copied(), ends.get(*at) != Some(at), Reverse(*at)));
        Way { order, crown: None }
    }

    /// From the last row to the first; the total of all can stand below, and what is behind it is behind it.
    fn above(&self) -> Way {
        let rows = 0..self.items.len();
        let crown = rows.clone().rfind(|at| self.is_total(*at)).filter(|at| self.ends_at(*at));
        let first = crown.unwrap_or(rows.end);
        Way { order: (0..first).rev().chain(first..rows.end).collect(), crown }
    }

    /// Whether a row is a total by its words or by its formula.
    fn is_total(&self, at: usize) -> bool {
        let adds = |item: &Item<'_>| item.amount.is_some() && (self.says(at) || !item.adds.is_empty());
        self.items.get(at).is_some_and(adds)
    }

    /// Whether the list can end at a row: less stands below it than above, and no line that is multiplied.
    fn ends_at(&self, at: usize) -> bool {
        let (above, below) = self.items.split_at_checked(at).unwrap_or_default();
        let amounts = |items: &[Item<'_>]| items.iter().filter(|item| item.amount.is_some()).count();
        amounts(below) <= amounts(above) && !below.iter().any(|item| item.has_factors)
    }

    /// From the second row to the last, where the first is the total of all.
    fn crowned(&self) -> Option<Way> {
        let first = self.items.iter().position(|item| item.amount.is_some())?;
        let is_crown = self.says(first) && self.items.get(first).is_some_and(|item| item.adds.is_empty());
        is_crown.then(|| Way { order: (first + 1..self.items.len()).chain([first]).collect(), crown: Some(first) })
    }

    /// Whether a row has a number above those of the next.
    fn heads(&self, at: usize) -> bool {
        self.ends.get(at).is_some_and(|end| *end > at)
    }

    fn says(&self, at: usize) -> bool {
        self.says.get(at) == Some(&true)
    }
}

/// Rows that can be parts of one by their numbers, at most.
const MOST_PARTS: usize = 5000;

/// The last of the rows that have numbers below that of one, and follow it without another between them.
fn end(items: &[Item<'_>], at: usize) -> usize {
    let number = |item: &Item<'_>| item.number.as_deref().map(str::to_owned);
    let Some(own) = items.get(at).filter(|item| item.amount.is_some()).and_then(number) else { return at };
    let is_part = |item: &Item<'_>| item.amount.is_some() && item.number.as_deref().is_some_and(|number| is_part(number, &own));
    let parts = items.iter().skip(at + 1).take(MOST_PARTS).take_while(|item| is_part(item));
    at + parts.count()
}

fn says(item: &Item<'_>) -> bool {
    match item.told {
        Some(told) => told == Told::Total,
        None => !item.has_factors && speaks_of_totals(&item.label),
    }
}

/// A total of all that holds, of at least two lines.
#[derive(Clone, Copy)]
struct Whole {
    amount: Decimal,
    /// The row behind its last line.
    to: usize,
    /// Whether what came since could be said of it again: nothing that is multiplied.
    is_plain_since: bool,
}

struct Finding<'f> {
    facts: &'f Facts<'f>,
    roles: Vec<Role>,
    parts: Parts,
    whole: Option<Whole>,
    /// Lines since the last heading, or the last total.
    since: usize,
    /// Lines since the last total of all.
    behind: Vec<usize>,
    has_grand: bool,
    /// Totals whose figures hold.
    matched: usize,
    crown: Option<usize>,
    /// Whether rows without factors are totals of the lines that are next to them, whatever these come to.
    is_strict: bool,
}

impl<'f> Finding<'f> {
    fn new(facts: &'f Facts<'f>) -> Self {
        Self {
            facts,
            roles: vec![Role::Line; facts.items.len()],
            parts: Parts::new(),
            whole: None,
            since: 0,
            behind: Vec::new(),
            has_grand: false,
            matched: 0,
            crown: None,
            is_strict: false,
        }
    }

    fn through(mut self, way: &Way) -> Self {
        self.crown = way.crown;
        // The last total, where it is of all that came before and nothing follows.
        let mut last: Option<usize> = None;
        for at in &way.order {
            let Some(item) = self.facts.items.get(*at) else { continue };
            let Some(amount) = item.amount else {
                self.since *= usize::from(item.label.trim().is_empty());
                continue;
            };
            let role = self.role(*at, item, amount);
            last = match &role {
                Role::Total { .. } => (self.parts.len() == 1).then_some(*at),
                Role::Line | Role::Doubtful(_) => {
                    self.line(*at, item, amount);
                    None
                }
                Role::Behind | Role::Again => last,
            };
            self.set(*at, role);
        }
        match (last.and_then(|at| self.roles.get_mut(at)), way.order.last()) {
            (Some(Role::Total { is_grand, .. }), _) => *is_grand = true,
            (_, Some(at)) => self.last_row(*at),
            _ => {}
        }
        if self.has_grand {
            std::mem::take(&mut self.behind).into_iter().for_each(|at| self.set(at, Role::Behind));
        }
        self
    }

    fn set(&mut self, at: usize, role: Role) {
        if let Some(own) = self.roles.get_mut(at) {
            *own = role;
        }
    }

    fn line(&mut self, at: usize, item: &Item<'_>, amount: Decimal) {
        self.parts.push(Part { sum: amount, lines: 1, from: at, to: at + 1, is_gathered: false });
        self.behind.push(at);
        self.since += 1;
        if let Some(whole) = &mut self.whole {
            whole.is_plain_since &= !item.has_factors;
        }
    }

    fn role(&mut self, at: usize, item: &Item<'_>, amount: Decimal) -> Role {
        match item.told {
            Some(Told::Line) => return Role::Line,
            Some(Told::Aside) if self.whole.is_some() => return Role::Behind,
            _ if self.picks(item) => return Role::Line,
            _ => {}
        }
        let (says, adds) = (self.facts.says(at), !item.adds.is_empty());
        let lacks_factors = self.facts.have_factors && !item.has_factors && !is_lump(&item.label);
        let is_first = self.facts.heads(at) && self.parts.begin_with(at) < self.parts.len();
        let heads = is_first || (lacks_factors && is_heading(&item.label));
        let found = self.parts.last_of(amount, if says || adds || heads { 1 } else { 2 });
        let may_be = says || adds || heads || lacks_factors || item.label.trim().is_empty();
        match found.filter(|_| may_be) {
            Some(from) if from > 0 && self.crown == Some(at) => self.gather(0, amount, true),
            Some(from) if from == 0 || !self.is_again(item, amount) => self.gather(from, amount, is_grand(&item.label)),
            None if says && amount.is_zero() && self.since == 0 && !is_grand(&item.label) => {
                Role::Total { of: Of { from: at, to: at, lines: 0, sum: amount }.into(), is_grand: false }
            }
            _ if is_first && !adds => self.gather(self.parts.begin_with(at), amount, false),
            _ if (says || adds) && self.parts.len() > 0 => self.mismatch(item, amount),
            _ if self.is_strict && heads && self.parts.ends_with_line() => self.gather(self.parts.nearest(amount), amount, false),
            _ => match found.map(|from| self.parts.len() - from) {
                Some(count) if count > 2 => Role::Doubtful(count),
                _ => Role::Line,
            },
        }
    }

    /// A total that is not what the last parts come to.
    fn mismatch(&mut self, item: &Item<'_>, amount: Decimal) -> Role {
        if self.is_again(item, amount) {
            return self.again(amount);
        }
        let grand = is_grand(&item.label);
        let is_behind = grand
            && self.whole.is_some_and(|whole| whole.is_plain_since)
            && !self.parts.whole().is_some_and(|all| is_near(amount, all));
        match item.adds.iter().map(|rows| rows.start).min() {
            _ if is_behind => Role::Behind,
            _ if grand => self.gather(0, amount, grand),
            Some(first) => self.gather(self.parts.begin_with(first), amount, grand),
            None => self.gather(self.parts.nearest(amount), amount, grand),
        }
    }

    /// Whether a row behind the total of all adds up some of what that is made of: it says a part of it again.
    fn picks(&self, item: &Item<'_>) -> bool {
        let is_within = |whole: Whole| item.adds.iter().all(|rows| rows.end <= whole.to);
        !item.adds.is_empty() && !is_grand(&item.label) && self.whole.is_some_and(is_within)
    }

    /// Whether a total of all is of what came since the last one, and that says again what it is made of.
    fn is_again(&self, item: &Item<'_>, amount: Decimal) -> bool {
        let is_it = |whole: &Whole| {
            let since = || self.parts.whole().and_then(|all| all.exact_sub(whole.amount));
            whole.is_plain_since && self.parts.len() > 1 && (amount == whole.amount || since() == Some(whole.amount))
        };
        self.whole.as_ref().is_some_and(is_it) && is_grand(&item.label)
    }

    fn again(&mut self, amount: Decimal) -> Role {
        let part = self.parts.gather(1);
        self.parts.cut(1);
        self.matched += usize::from(part.sum == amount);
        std::mem::take(&mut self.behind).into_iter().for_each(|at| self.set(at, Role::Again));
        Role::Total { of: part.into(), is_grand: false }
    }

    fn gather(&mut self, from: usize, amount: Decimal, is_grand: bool) -> Role {
        let part = self.parts.gather(from);
        self.matched += usize::from(part.sum == amount);
        self.since = 0;
        if is_grand && from == 0 && part.sum == amount && part.lines > 1 {
            self.whole = Some(Whole { amount, to: part.to, is_plain_since: true });
            self.behind.clear();
        }
        if is_grand {
            self.has_grand = true;
            self.behind.clear();
        }
        Role::Total { of: part.into(), is_grand }
    }

    /// What stands last and comes near to all the rest is its total, whatever it is called.
    fn last_row(&mut self, at: usize) {
        let Some(item) = self.facts.items.get(at) else { return };
        let (Some(amount), Some(Role::Line), None) = (item.amount, self.roles.get(at), item.told) else { return };
        let Some(sum) = self.parts.whole().and_then(|all| all.exact_sub(amount)) else { return };
        let lines = self.parts.lines().saturating_sub(1);
        if item.has_factors || lines < 2 || self.has_grand {
            return;
        }
        if self.facts.have_factors && is_near(amount, sum) {
            self.set(at, Role::Total { of: Of { from: 0, to: at, lines, sum }.into(), is_grand: true });
        } else if lines > 2 && is_near(amount, sum) {
            self.set(at, Role::Doubtful(lines));
        }
    }
}

/// Whether an amount misses another by a tenth at most.
fn is_near(amount: Decimal, other: Decimal) -> bool {
    let tenfold = amount.exact_sub(other).and_then(|off| off.abs().exact_mul(10.into()));
    tenfold.is_some_and(|tenfold| tenfold <= other.abs())
}

/// Whether a label says that there is nothing to multiply.
fn is_lump(label: &str) -> bool {
    const WORDS: [&str; 8] = ["lump", "lumpsum", "forfait", "forfaitaire", "alzada", "pauschal", "pauschale", "insured"];
    let lower = label.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// Whether a label is that of a section: `A. Staff`, `Travel`.
fn is_heading(label: &str) -> bool {
    let mut letters = label.trim().chars();
    let is_lettered =
        letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.next().is_some_and(|c| matches!(c, '.' | ')'));
    is_lettered || category(label).is_some()
}

/// Whether a number is one below another: `1.1` below `1`, `A2` below `A`.
fn is_part(number: &str, of: &str) -> bool {
    let is_digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let is_below = |rest: &str| rest.starts_with('.') || (is_digit(rest) && of.ends_with(|c: char| c.is_ascii_alphabetic()));
    number.strip_prefix(of).is_some_and(is_below)
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
    let lower = spoken(label).to_lowercase();
    Kind::of(label) == Kind::Grand || (Kind::of(label) != Kind::Subtotal && WORDS.iter().any(|word| lower.contains(word)))
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
            Role::Total { of, is_grand } => match (is_grand, Some(of.sum) == item.amount) {
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
