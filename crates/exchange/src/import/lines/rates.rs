//! Lines that are a percentage of others, against what they are one of.

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Line, Severity};

use super::{List, shown};
use crate::cell::Seen;
use crate::import::heading::{Charge, Column, Rate, charge, is_of_a_price, rate};
use crate::import::totals::{Item, Role};
use crate::import::work::Work;
use crate::numbers::Reading;
use crate::records::Field;

/// Such lines that are looked at, at most.
const MOST: usize = 200;
/// The highest rate of what can have a price of its own, in per cent.
const HIGH: i64 = 30;

/// What a line can be a percentage of.
#[derive(Default)]
pub(super) struct Bases {
    pub all: Vec<Decimal>,
    /// The total that stands just above it, or else what all lines above come to.
    pub nearest: Decimal,
}

/// A percentage line.
pub(super) struct Rated<'r> {
    pub at: usize,
    pub label: &'r str,
    pub amount: Decimal,
    pub rate: Rate,
    pub is_sure: bool,
}

impl List<'_> {
    /// Holds what says that it is a percentage against what it can be one of.
    pub(super) fn rates(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let rates: Vec<Option<Rate>> =
            items.iter().zip(roles).enumerate().map(|(at, (item, role))| self.rate_of(at, item, role)).collect();
        let rows = rates.iter().enumerate().filter_map(|(at, rate)| Some((at, (*rate)?)));
        for (at, rate) in rows.take(MOST) {
            let Some(item) = items.get(at) else { continue };
            let (Some(amount), Some(is_sure)) = (item.amount, is_sure(items, roles, &rates, at, rate)) else { continue };
            let rated = Rated { at, label: &item.label, amount, rate, is_sure };
            if let Some(bases) = bases(items, roles, &rates, at) {
                self.rated(work, &rated, &bases);
            }
        }
    }

    /// The rate that a line says, in its label or in a column of shares.
    fn rate_of(&self, at: usize, item: &Item<'_>, role: &Role) -> Option<Rate> {
        if !role.is_line() || item.amount.is_none_or(Decimal::is_zero) {
            return None;
        }
        let row = &*self.rows.row(at);
        if item.has_factors && !self.is_rate(row) && !self.is_one_of_a_kind(row, item) {
            return None;
        }
        let beside = || self.field(row, Column::Unit).and_then(|field| rate(&field.text));
        let charged = || charge(&item.label).and_then(|_| self.rate_beside(row).or_else(beside));
        rate(&item.label).or_else(charged)
    }

    /// Whether support costs are written as one of what they come to.
    fn is_one_of_a_kind(&self, row: &[Field<'_>], item: &Item<'_>) -> bool {
        let is_one = |column: Column| {
            let number = self.field(row, column).map(|field| self.read_number(field).map(|number| number.value));
            number.is_none_or(|number| number == Some(Decimal::ONE))
        };
        charge(&item.label) == Some(Charge::Surely) && is_one(Column::Quantity) && is_one(Column::Duration)
    }

    /// A rate in a column of shares, or among the unit costs.
    fn rate_beside(&self, row: &[Field<'_>]) -> Option<Rate> {
        let share = self.field(row, Column::Share);
        let cost = || self.field(row, Column::UnitCost).filter(|_| self.is_rate(row));
        let Seen::Number(written) = share.or_else(cost)?.seen() else { return None };
        let Reading::Is(number) = self.numbers.read(written)? else { return None };
        let is_part = !written.is_share && self.are_parts_of_one;
        if !written.is_share && !is_part && number <= Decimal::ONE {
            return None;
        }
        let percent = if is_part { number.exact_mul(Decimal::HUNDRED)? } else { number };
        // A hundred per cent of it is charged, as of other lines.
        let is_rate = !percent.is_zero() && !percent.is_negative() && percent < Decimal::HUNDRED;
        is_rate.then_some(Rate { percent: percent.normalized(), is_most: false, is_of_some: false })
    }

    pub(super) fn rated(&self, work: &mut Work, line: &Rated<'_>, bases: &Bases) {
        let fits = |base: &Decimal| self.is_it(line, *base).unwrap_or(true);
        let Some(computed) = share(bases.nearest, line.rate.percent).map(Decimal::normalized) else { return };
        if bases.nearest.is_zero() || bases.all.iter().chain([&bases.nearest]).any(fits) {
            return;
        }
        let Some(difference) = line.amount.exact_sub(computed).map(Decimal::normalized) else { return };
        let span = self.printed(&self.rows.row(line.at)).map(|field| field.span);
        let is_less = difference.is_negative();
        let severity = match line.rate {
            Rate { is_most: true, .. } if is_less => Severity::Note,
            Rate { is_of_some: true, .. } => Severity::Warning,
            _ if line.is_sure => Severity::Error,
            _ => Severity::Warning,
        };
        let by = format!("{} {}", shown(difference.abs()), if is_less { "less" } else { "more" });
        let message = format!(
            "`{}` is {}, but {} % of the {} above it is {}: {by}",
            line.label.trim().escape_debug(),
            shown(line.amount),
            shown(line.rate.percent),
            shown(bases.nearest.normalized()),
            shown(computed)
        );
        let figures = Figures { declared: line.amount, computed, difference, terms: vec![bases.nearest, line.rate.percent] };
        let finding = Diagnostic::new("percentage-line", severity, message).at(span, "the percentage", by);
        work.add(finding.figures(figures).help(
            "correct it, its rate or what stands above it; no subtotal, section or sum of lines has it as that percentage",
        ));
    }

    /// Whether an amount is that percentage of a base, but for what rounding explains.
    fn is_it(&self, line: &Rated<'_>, base: Decimal) -> Option<bool> {
        let off = line.amount.exact_sub(share(base, line.rate.percent)?)?.abs();
        let decimals = line.amount.normalized().decimals();
        let own = if decimals == 0 || self.scale != Decimal::ONE { decimals } else { 2 };
        let step = Decimal::of_steps(1, own)?;
        let unit = self.unit.filter(|unit| *unit > step && self.scale == Decimal::ONE).unwrap_or(step);
        // Each part of the amount at a time can be rounded by itself.
        let parts = i64::try_from(self.columns.all(Column::Part).count() + self.columns.periods.len()).ok()?;
        let slack = unit.exact_mul((2 + parts).into())?;
        let is_rounding = off.exact_add(off)? < slack || (own == 2 && off <= unit);
        // A rate with two decimals or more is rounded itself: 6.54 % can be 6.535 %.
        let digits = line.rate.percent.decimals();
        let half = || share(base.abs(), Decimal::of_steps(5, digits + 1)?);
        let is_rate_rounded = || digits > 1 && half().is_some_and(|half| off <= half);
        Some(is_rounding || is_rate_rounded())
    }
}

/// Takes the rate of a percentage line, which its amount has in it, from where shares of a price stand.
pub(super) fn without_rate(line: &mut Line) {
    let is_typed = line.amount.is_some() && line.unit_cost.is_none() && line.quantity.is_none();
    let share = line.share.filter(|share| is_typed && share.value < Decimal::HUNDRED && charge(&line.description).is_some());
    if let Some(share) = share {
        let said = format!("typed; {} % of others", shown(share.value.normalized()));
        line.remarks = Some(line.remarks.take().map_or(said.clone(), |own| format!("{own} ({said})")).into());
        line.share = None;
    }
}

fn share(base: Decimal, percent: Decimal) -> Option<Decimal> {
    base.exact_mul(percent)?.percent()
}

/// Whether a row that says a rate is surely one of others; `None` where it is something else.
fn is_sure(items: &[Item<'_>], roles: &[Role], rates: &[Option<Rate>], at: usize, rate: Rate) -> Option<bool> {
    let label = &items.get(at)?.label;
    let is_high = rate.percent > HIGH.into();
    let closes = || closes_a_total(items, roles, rates, at);
    match charge(label) {
        Some(Charge::Surely) => Some(true),
        Some(Charge::Perhaps) if !is_high => Some(closes()),
        None if !is_high && !is_of_a_price(label) && closes() => Some(true),
        _ => None,
    }
}

/// Whether only other percentages stand between a row and the total of all lines above it, and between it and the next total.
fn closes_a_total(items: &[Item<'_>], roles: &[Role], rates: &[Option<Rate>], at: usize) -> bool {
    let is_other = |row: &usize| {
        let has_amount = items.get(*row).is_some_and(|item| item.amount.is_some());
        has_amount && rates.get(*row).is_some_and(Option::is_none)
    };
    let total = |row: usize| roles.get(row).and_then(Role::total);
    let above = (0..at).rev().find(is_other).and_then(total);
    let is_of_all = above.is_some_and(|of| of.lines > 1 && !(0..of.from).any(|row| is_other(&row)));
    let next = (at + 1..items.len()).find(is_other);
    is_of_all && next.is_none_or(|row| total(row).is_some())
}

/// Sums of the lines from the first one on, with and without what are percentages themselves.
#[derive(Clone, Copy, Default)]
struct Sums {
    all: Decimal,
    plain: Decimal,
}

impl Sums {
    fn add(self, amount: Decimal, is_rate: bool) -> Option<Self> {
        let plain = if is_rate { self.plain } else { self.plain.exact_add(amount)? };
        Some(Self { all: self.all.exact_add(amount)?, plain })
    }

    fn since(self, other: Self) -> Option<[Decimal; 2]> {
        Some([self.all.exact_sub(other.all)?, self.plain.exact_sub(other.plain)?])
    }
}

/// What a row can be a percentage of: totals, as printed and as worked out; the lines of sections, and all lines up to one or from one on;
/// and all others. Of lines without amounts nothing is known.
pub(super) fn bases(items: &[Item<'_>], roles: &[Role], rates: &[Option<Rate>], own: usize) -> Option<Bases> {
    let (mut all, mut sums, mut starts) = (Vec::new(), Sums::default(), vec![Sums::default()]);
    let (mut nearest, mut above) = (None, Sums::default());
    for (at, (item, role)) in items.iter().zip(roles).enumerate() {
        if at == own {
            above = sums;
            starts.iter().filter_map(|start| sums.since(*start)).for_each(|since| all.extend(since));
            continue;
        }
        match (item.amount, role.total()) {
            (Some(amount), Some(of)) => {
                all.extend([amount, of.sum].into_iter().filter(|_| at < own));
                nearest = if at < own { Some(amount) } else { nearest };
                starts.push(sums);
            }
            (Some(amount), None) if role.is_line() => {
                let is_rate = rates.get(at).is_some_and(Option::is_some);
                sums = sums.add(amount, is_rate)?;
                nearest = if at < own && !is_rate { None } else { nearest };
            }
            (None, None) if item.has_factors => return None,
            (None, None) => starts.push(sums),
            _ => {}
        }
        if at < own && role.total().is_some() || item.amount.is_none() {
            let section = starts.iter().rev().nth(1).and_then(|start| sums.since(*start));
            all.extend(section.into_iter().flatten().chain([sums.all, sums.plain]).filter(|_| at < own));
        }
    }
    all.extend([sums.all, sums.plain]);
    Some(Bases { all, nearest: nearest.unwrap_or(above.plain) })
}
