//! Which rows are totals, going through them one way.

use logframe::Decimal;

use super::facts::{Facts, Way};
use super::labels::{is_grand, is_heading, is_near};
use super::parts::{Part, Parts};
use super::{By, Item, Of, Role, Told};

/// A total of all that holds, of at least two lines.
#[derive(Clone, Copy)]
struct Whole {
    amount: Decimal,
    /// The row behind its last line.
    to: usize,
    /// Whether what came since could be said of it again: nothing that is multiplied.
    is_plain_since: bool,
}

/// What is taken for a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// What says so, and what nothing is multiplied in, where it holds.
    Usual,
    /// Rows without factors, too, of the lines that are next to them, whatever these come to.
    Strict,
    /// Any row that is not multiplied, by its figures alone.
    Free,
}

pub struct Finding<'f> {
    facts: &'f Facts<'f>,
    pub roles: Vec<Role>,
    parts: Parts,
    whole: Option<Whole>,
    /// Lines since the last heading, or the last total.
    since: usize,
    /// Lines since the last total of all.
    behind: Vec<usize>,
    has_grand: bool,
    /// Totals whose figures hold.
    pub matched: usize,
    crown: Option<usize>,
    manner: Manner,
}

impl<'f> Finding<'f> {
    pub fn new(facts: &'f Facts<'f>, manner: Manner) -> Self {
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
            manner,
        }
    }

    pub fn through(mut self, way: &Way) -> Self {
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
                Role::Total { of, .. } => (self.parts.len() == 1 && self.parts.starts_at() == Some(of.from)).then_some(*at),
                Role::Line | Role::Doubtful(_) => {
                    self.line(*at, item, amount);
                    None
                }
                Role::Behind | Role::Again | Role::Apart => last,
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

    /// How many rows with amounts call themselves totals, and are lines.
    pub fn unheard(&self) -> usize {
        let is_unheard = |(at, role): &(usize, &Role)| {
            let item = self.facts.items.get(*at);
            role.is_line() && self.facts.says(*at) && item.is_some_and(|item| item.amount.is_some_and(|amount| !amount.is_zero()))
        };
        self.roles.iter().enumerate().filter(is_unheard).count()
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
        let lacks_factors = self.facts.lacks_factors(item);
        let is_first = self.facts.heads(at) && self.parts.begin_with(at) < self.parts.len();
        let heads = is_first || ((lacks_factors || self.manner == Manner::Free) && is_heading(&item.label));
        let found = self.parts.last_of(amount, if says || adds || heads { 1 } else { 2 });
        let is_told = says || adds || is_first || lacks_factors || item.label.trim().is_empty();
        let told_by = if is_told { By::Itself } else { By::Figures };
        let may_be = is_told || (self.manner == Manner::Free && self.facts.is_plain(at));
        match found.filter(|_| may_be) {
            Some(from) if from > 0 && self.crown == Some(at) => self.gather(0, amount, true, told_by),
            Some(from) if from > 0 && self.repeats(from, item, amount) => self.gather_once(from, amount, told_by),
            Some(from) if from == 0 || !self.is_again(item, amount) => self.gather(from, amount, is_grand(&item.label), told_by),
            None if says && amount.is_zero() && self.since == 0 && !is_grand(&item.label) => {
                Role::Total { of: Of { from: at, to: at, lines: 0, sum: amount }.into(), is_grand: false, told_by }
            }
            _ if is_first && !adds => self.gather(self.parts.begin_with(at), amount, false, told_by),
            _ if (says || adds) && self.parts.len() > 0 => self.mismatch(item, amount),
            _ if self.manner == Manner::Strict && heads && self.parts.ends_with_line() => {
                self.gather(self.parts.nearest(amount), amount, false, told_by)
            }
            _ => Role::Line,
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
            _ if grand => self.gather(0, amount, grand, By::Itself),
            Some(first) => self.gather(self.parts.begin_with(first), amount, grand, By::Itself),
            None => self.gather(self.parts.nearest(amount), amount, grand, By::Itself),
        }
    }

    /// Whether a row behind the total of all adds up some of what that is made of: it says a part of it again.
    fn picks(&self, item: &Item<'_>) -> bool {
        let is_within = |whole: Whole| item.adds.iter().all(|rows| rows.end <= whole.to);
        !item.adds.is_empty() && !is_grand(&item.label) && self.whole.is_some_and(is_within)
    }

    /// Whether a total of all is of what came since the last one, and that says again what it is made of; or what is paid of it, all together
    /// with what others pay.
    fn is_again(&self, item: &Item<'_>, amount: Decimal) -> bool {
        let is_it = |whole: &Whole| {
            let since = || self.parts.whole().and_then(|all| all.exact_sub(whole.amount));
            let adds_others = || since() == Some(amount) && self.parts.sum_of(1) == Some(whole.amount);
            let is_said = || amount == whole.amount || since() == Some(whole.amount) || adds_others();
            whole.is_plain_since && self.parts.len() > 1 && is_said()
        };
        self.whole.as_ref().is_some_and(is_it) && is_grand(&item.label)
    }

    /// Whether the lines from a part on, which a total of all is of, say once more what the subtotals before them came to.
    fn repeats(&self, from: usize, item: &Item<'_>, amount: Decimal) -> bool {
        is_grand(&item.label)
            && self.parts.before(from) == Some(amount)
            && self.parts.rows_from(from).is_some_and(|rows| !self.facts.multiplies(rows))
    }

    /// A total of all, without the lines from a part on.
    fn gather_once(&mut self, from: usize, amount: Decimal, told_by: By) -> Role {
        let rows = self.parts.rows_from(from).unwrap_or_default();
        self.parts.cut(from);
        let lines = rows.filter(|at| self.facts.items.get(*at).is_some_and(|item| item.amount.is_some()));
        lines.for_each(|at| self.set(at, Role::Again));
        self.gather(0, amount, true, told_by)
    }

    fn again(&mut self, amount: Decimal) -> Role {
        let part = self.parts.gather(1);
        self.parts.cut(1);
        self.matched += usize::from(part.sum == amount);
        std::mem::take(&mut self.behind).into_iter().for_each(|at| self.set(at, Role::Again));
        Role::Total { of: part.into(), is_grand: false, told_by: By::Itself }
    }

    fn gather(&mut self, from: usize, amount: Decimal, is_grand: bool, told_by: By) -> Role {
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
        Role::Total { of: part.into(), is_grand, told_by }
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
            self.set(at, Role::Total { of: Of { from: 0, to: at, lines, sum }.into(), is_grand: true, told_by: By::Itself });
        }
    }
}
