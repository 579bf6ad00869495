#![doc = include_str!("declared_share.md")]

use super::names::{Names, ids, short};
use super::{Context, Rule};
use crate::crossfoot::{Agreement, End, Interval};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Figures, Label, Severity};
use crate::plan::equations::Standing;
use crate::plan::grid::Grid;
use crate::plan::share_base::{self, Origin, ShareBase};
use crate::plan::{Plan, Scope, Statement};
use crate::source::Span;

pub static RULE: Rule =
    Rule { name: "declared-share", severity: Severity::Error, page: include_str!("declared_share.md"), check: Some(check) };

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for share in &context.shares {
        let Some(statement) = context.plan.statements().get(share.statement) else { continue };
        match share.standing {
            Standing::Judged(Agreement::Exact) | Standing::Open { .. } | Standing::Overflow => {}
            Standing::Judged(verdict) => {
                let joint = context.joint.as_ref().filter(|_| verdict == Agreement::Wrong);
                let explained = joint.map_or_else(Vec::new, |joint| joint.explanation(share.statement));
                let finding = finding(context.plan, statement, share, verdict);
                findings.push(explained.into_iter().fold(finding, Diagnostic::help));
            }
            Standing::NoBase => findings.push(baseless(context.plan, statement, share)),
        }
    }
}

/// An amount that a share is made of: where it comes from, at face value, and what it can stand for.
#[derive(Clone)]
struct Amount {
    value: Decimal,
    amounts: Interval,
    words: String,
    span: Option<Span>,
}

impl Amount {
    /// `scope` is what it is about, where it is not printed.
    fn of(grid: &Grid<'_>, origin: &Origin, scope: &Scope) -> Option<Self> {
        let (plan, names) = (grid.plan, Names(grid.plan));
        match origin {
            Origin::Printed(i) => {
                let found = plan.statements().get(*i)?;
                let words = format!("the printed total of {} ({})", names.scope(&found.scope), short(&found.place));
                let (value, span) = (*found.value, found.value.span);
                Some(Self { value, amounts: found.printed.amounts(value)?, words, span })
            }
            Origin::Cells(cells) => {
                let (sum, _) = grid.sum(cells, &plan.header.printed)?;
                let words = format!("the sum of the cells of {}", names.scope(scope));
                Some(Self { value: sum.value, amounts: sum.amounts, words, span: None })
            }
        }
    }
}

/// A declared share: which statement it is, what it is made of, and how it stands.
pub(super) struct Share {
    pub statement: usize,
    part: Amount,
    base: Amount,
    pub standing: Standing,
}

impl Share {
    /// The share that the amounts make, in per cent, for showing.
    fn shown(&self, decimals: u32) -> Option<Decimal> {
        self.part.value.exact_mul(Decimal::HUNDRED)?.shown_quotient(self.base.value, decimals)
    }

    /// The same as it should be printed.
    pub fn rounded(&self, statement: &Statement) -> Option<Decimal> {
        let unit = statement.printed.unit.map_or(Decimal::ZERO, |unit| unit.value);
        let rounding = statement.printed.rule();
        Some(rounding.apply(self.shown(unit.decimals() + 6)?, unit)?.with_decimals(unit.decimals()))
    }
}

/// All declared shares of a plan, in the order of the statements.
pub(super) fn of(plan: &Plan) -> Vec<Share> {
    let bases = share_base::of(plan);
    if bases.is_empty() {
        return Vec::new();
    }
    let grid = Grid::of(plan);
    bases.iter().filter_map(|base| share(&grid, base)).collect()
}

fn share(grid: &Grid<'_>, base: &ShareBase) -> Option<Share> {
    let statement = grid.plan.statements().get(base.statement)?;
    let (part, whole) = (Amount::of(grid, &base.part, &statement.scope)?, Amount::of(grid, &base.whole, &Scope::default())?);
    let standing = match judge(statement, &part, &whole) {
        _ if whole.value.is_zero() || whole.value.is_negative() || part.value.is_negative() => Standing::NoBase,
        Some(verdict) => Standing::Judged(verdict),
        None => Standing::Overflow,
    };
    Some(Share { statement: base.statement, part, base: whole, standing })
}

/// `None` where the products have more digits than can be held.
fn judge(statement: &Statement, part: &Amount, base: &Amount) -> Option<Agreement> {
    let share = statement.printed.amounts(*statement.value)?;
    let percent = |value: Decimal| value.exact_mul(Decimal::HUNDRED);
    if holds(share, Interval::exactly(percent(part.value)?), Interval::exactly(base.value))? {
        return Some(Agreement::Exact);
    }
    let hundredfold = |end: End| Some(End { value: percent(end.value)?, ..end });
    let part = Interval::between(hundredfold(part.amounts.low?)?, hundredfold(part.amounts.high?)?);
    Some(if holds(share, part, base.amounts)? { Agreement::WithinRounding } else { Agreement::Wrong })
}

/// Whether `part / base` can lie in `share`: the lowest share of the smallest base is not above the largest part, nor the
/// highest share of the largest base below the smallest part. An end is excluded where one of its factors is.
fn holds(share: Interval, part: Interval, base: Interval) -> Option<bool> {
    let compared = |share: End, base: End, part: End| {
        let is_open = [share, base, part].iter().any(|end| end.shift != 0);
        Some((share.value.exact_mul(base.value)?.cmp(&part.value), is_open))
    };
    let (low, high) = (share.low?, share.high?);
    let smallest = if low.value.is_negative() { base.high? } else { base.low? };
    let (least, least_open) = compared(low, smallest, part.high?)?;
    let (greatest, greatest_open) = compared(high, base.high?, part.low?)?;
    let is_below = least.is_lt() || (least.is_eq() && !least_open);
    Some(is_below && (greatest.is_gt() || (greatest.is_eq() && !greatest_open)))
}

fn baseless(plan: &Plan, statement: &Statement, share: &Share) -> Diagnostic {
    let names = Names(plan);
    let scope = names.scope(&statement.scope);
    let (part, base) = (names.number(share.part.value), names.number(share.base.value));
    let mut finding = RULE
        .finding(format!("a share of {scope} is printed ({}), but {part} has no share in {base}", short(&statement.place)))
        .at(statement.value.span, names.statement(statement), "cannot be checked")
        .help(format!("the part is {}; the base is {}", share.part.words, share.base.words));
    finding.about.extend(ids(&statement.scope));
    finding
}

fn finding(plan: &Plan, statement: &Statement, share: &Share, verdict: Agreement) -> Diagnostic {
    let names = Names(plan);
    let decimals = statement.printed.unit.map_or(2, |unit| unit.decimals());
    let computed = share.rounded(statement).unwrap_or_default();
    let fine = share.shown(decimals + 3).unwrap_or_default();
    let wrong = verdict == Agreement::Wrong;
    let close = if wrong { "" } else { ", within rounding" };
    let difference = statement.value.exact_sub(computed).unwrap_or_default();
    let message = format!(
        "the share of {} is printed as {} ({}), but {} of {} is {}{close}",
        names.scope(&statement.scope),
        names.percent(*statement.value),
        short(&statement.place),
        names.number(share.part.value),
        names.number(share.base.value),
        names.percent(fine),
    );
    let severity = if wrong { RULE.severity } else { Severity::Note };
    let mut finding = Diagnostic::new(RULE.name, severity, message)
        .at(statement.value.span, names.statement(statement), format!("rounds to {}", names.percent(computed)))
        .help(format!("the part is {}; the base is {}", share.part.words, share.base.words));
    let in_percent = statement.value.exact_mul(Decimal::HUNDRED).map(Decimal::normalized);
    if let Some(percent) =
        in_percent.filter(|percent| percent.exact_sub(computed).is_some_and(|off| off.abs() < Decimal::from(1)))
    {
        finding = finding.help(format!("shares are in per cent: write {percent}"));
    }
    let places = [(&share.part, "the part"), (&share.base, "the base")];
    let distinct = if share.part.span == share.base.span { 1 } else { 2 };
    let known = places.into_iter().take(distinct).filter(|(amount, _)| amount.span.is_some());
    finding.labels.extend(known.map(|(amount, text)| Label::new(amount.span, amount.words.as_str(), text)));
    finding.about.extend(ids(&statement.scope));
    finding.figures(Figures { declared: *statement.value, computed, difference, terms: vec![share.part.value, share.base.value] })
}
