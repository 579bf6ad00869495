//! Lines that are a percentage of others, against what they are one of.

use logframe::diagnostic::Figures;
use logframe::{Decimal, Diagnostic, Line, Severity};

use super::{List, shown};
use crate::cell::Seen;
use crate::import::heading::{Charge, Column, Rate, charge, is_discount, is_of_a_price, rate};
use crate::import::totals::{Item, Role};
use crate::import::work::Work;
use crate::numbers::Reading;
use crate::records::Field;

/// Such lines that are looked at, at most.
pub(super) const MOST: usize = 200;
/// The highest rate of what can have a price of its own, in per cent.
const HIGH: i64 = 30;

/// What a line can be a percentage of.
#[derive(Default)]
pub(super) struct Bases {
    pub all: Vec<Decimal>,
    /// The total that stands just above it, or else what all lines above come to.
    pub nearest: Decimal,
    /// The row of that total.
    pub total: Option<usize>,
    /// What all lines come to.
    pub whole: Decimal,
}

/// A percentage line.
pub(super) struct Rated<'r> {
    pub at: usize,
    pub label: &'r str,
    pub amount: Decimal,
    pub rate: Rate,
    pub is_sure: bool,
}

/// What a row says of its rate, and where.
struct Said {
    rate: Rate,
    label: String,
    charge: Option<Charge>,
    /// Whether it stands in a column, and can be a share of the total.
    is_beside: bool,
}

impl List<'_> {
    /// Holds what says that it is a percentage against what it can be one of.
    pub(super) fn rates(&self, work: &mut Work, items: &[Item<'_>], roles: &[Role]) {
        let rows = items.iter().zip(roles).enumerate();
        let said: Vec<(usize, Said)> = rows.filter_map(|(at, (item, role))| Some((at, self.rate_of(at, item, role)?))).collect();
        if said.is_empty() {
            return;
        }
        let mut are_rates = vec![false; items.len()];
        for (at, said) in &said {
            are_rates.get_mut(*at).into_iter().for_each(|is_rate| *is_rate = said.charge.is_some());
        }
        // Where what has a price of its own has a percentage, too, others can be what the project bears.
        let are_shares = said.iter().any(|(_, said)| said.charge.is_none());
        let is_sure = |at: usize, said: &Said| is_sure(said, are_shares, || closes_a_total(items, roles, &are_rates, at));
        let found = said.iter().filter_map(|(at, said)| Some((*at, said, is_sure(*at, said)?)));
        for (at, said, is_sure) in found.take(MOST) {
            let amount = items.get(at).and_then(|item| item.amount).map(Decimal::abs);
            let Some((amount, mut bases)) = amount.zip(bases(items, roles, &are_rates, at)) else { continue };
            bases.all.extend(Some(bases.whole).filter(|_| said.rate.is_of_all));
            bases.all.extend(bases.total.into_iter().flat_map(|total| self.numbers_in(total)));
            let rated = Rated { at, label: &said.label, amount, rate: said.rate, is_sure };
            if !(said.is_beside && is_share_of_all(&rated, &bases)) {
                self.rated(work, &rated, &bases);
            }
        }
    }

    /// The rate that a line says, in its words or in a column of shares.
    fn rate_of(&self, at: usize, item: &Item<'_>, role: &Role) -> Option<Said> {
        if !role.is_line() || item.amount.is_none_or(Decimal::is_zero) {
            return None;
        }
        let row = &*self.rows.row(at);
        let is_figure = |at: &usize| row.get(*at).is_some_and(|field| field.seen().is_figure());
        let has_factors = item.has_factors && !self.is_rate(row) && !self.is_one_of_a_kind(row, item);
        if has_factors || self.columns.factors_left_out.iter().any(is_figure) {
            return None;
        }
        let said = |label: &str, rate: Rate, is_beside: bool| {
            let is_off = item.amount.is_some_and(Decimal::is_negative) && is_discount(label);
            let charge = charge(label).or_else(|| charge(&item.label)).or_else(|| is_off.then_some(Charge::Surely));
            Said { rate, label: label.trim().to_owned(), charge, is_beside }
        };
        if let Some(rate) = rate(&item.label) {
            return Some(said(&item.label, rate, false));
        }
        let is_remark = |at: usize| self.columns.of.get(&at) == Some(&Column::Remarks);
        let words = row.iter().enumerate().filter(|(at, field)| !is_remark(*at) && field.seen() == Seen::Words);
        let named = || words.map(|(_, field)| &*field.text).find_map(|text| Some((text, rate(text)?)));
        let beside = || named().map(|(text, rate)| said(if charge(text).is_some() { text } else { &item.label }, rate, false));
        let found = self.rate_beside(row).map(|rate| said(&item.label, rate, true)).or_else(beside);
        found.filter(|said| said.charge.is_some())
    }

    /// The numbers of a row, whatever they are: a percentage can be one of the money of one donor.
    fn numbers_in(&self, at: usize) -> Vec<Decimal> {
        self.rows.row(at).iter().filter_map(|field| Some(self.read_number(field)?.value)).collect()
    }

    /// Whether support costs are written as one of what they come to.
    fn is_one_of_a_kind(&self, row: &[Field<'_>], item: &Item<'_>) -> bool {
        let is_one = |column: Column| {
            let number = self.field(row, column).map(|field| self.read_number(field).map(|number| number.value));
            number.is_none_or(|number| number == Some(Decimal::ONE))
        };
        is_one(Column::Quantity)
            && is_one(Column::Duration)
            && rate(&item.label).is_some()
            && charge(&item.label) == Some(Charge::Surely)
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
        is_rate.then_some(Rate { percent: percent.normalized(), is_most: false, is_of_some: false, is_of_all: false })
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
        let most = if line.rate.is_most { "at most " } else { "" };
        let message = format!(
            "`{}` is {}, but {most}{} % of the {} above it is {}: {by}",
            line.label.trim().escape_debug(),
            shown(line.amount),
            shown(line.rate.percent),
            shown(bases.nearest.normalized()),
            shown(computed)
        );
        let figures = Figures { declared: line.amount, computed, difference, terms: vec![bases.nearest, line.rate.percent] };
        let finding = Diagnostic::new("percentage-line", severity, message).at(span, "the percentage", by);
        work.add(finding.figures(figures).help(
            "correct it, its rate or what stands above it; it is that percentage of no subtotal and of no group of lines there",
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

/// Whether a rate beside an amount is only its share of all lines.
fn is_share_of_all(line: &Rated<'_>, bases: &Bases) -> bool {
    let shown = line
        .amount
        .exact_mul(Decimal::HUNDRED)
        .and_then(|amount| amount.shown_quotient(bases.whole, line.rate.percent.decimals()));
    shown == Some(line.rate.percent)
}

/// Whether a row that says a rate is surely one of others; `None` where it is something else.
fn is_sure(said: &Said, are_shares: bool, closes: impl Fn() -> bool) -> Option<bool> {
    let is_high = said.rate.percent > HIGH.into();
    match said.charge {
        Some(Charge::Surely) => Some(true),
        Some(Charge::Perhaps) if !is_high => Some(closes()).filter(|closes| *closes || !are_shares),
        None if !is_high && !is_of_a_price(&said.label) && closes() => Some(true),
        _ => None,
    }
}

/// Whether only other percentages stand between a row and the total of all lines above it, and between it and a total of both.
fn closes_a_total(items: &[Item<'_>], roles: &[Role], are_rates: &[bool], at: usize) -> bool {
    let is_other = |row: &usize| {
        let has_amount = items.get(*row).is_some_and(|item| item.amount.is_some());
        has_amount && are_rates.get(*row) == Some(&false)
    };
    let total = |row: usize| roles.get(row).and_then(Role::total);
    let above = (0..at).rev().find(is_other).and_then(total);
    let Some(above) = above.filter(|of| of.lines > 1 && !(0..of.from).any(|row| is_other(&row))) else { return false };
    let next = (at + 1..items.len()).find(is_other);
    next.is_none_or(|row| total(row).is_some_and(|of| of.from <= above.from))
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

/// What a row can be a percentage of: a line or a total above it, this as printed and as worked out, with what is charged on it since;
/// the lines of a section, all lines up to one or from one on; and all others. Of lines without amounts nothing is known.
pub(super) fn bases(items: &[Item<'_>], roles: &[Role], are_rates: &[bool], own: usize) -> Option<Bases> {
    let (mut all, mut sums, mut starts) = (Vec::new(), Sums::default(), vec![Sums::default()]);
    let (mut nearest, mut above) = (None, Sums::default());
    for (at, (item, role)) in items.iter().zip(roles).enumerate() {
        if at == own {
            above = sums;
            starts.iter().filter_map(|start| sums.since(*start)).for_each(|since| all.extend(since));
            continue;
        }
        let is_above = at < own;
        let ends = match (item.amount, role.total()) {
            (Some(amount), Some(of)) => {
                all.extend([amount, of.sum].into_iter().filter(|_| is_above));
                nearest = if is_above { Some((at, amount, sums)) } else { nearest };
                true
            }
            (Some(amount), None) if role.is_line() => {
                let is_rate = are_rates.get(at) == Some(&true);
                sums = sums.add(amount, is_rate)?;
                all.extend(Some(amount).filter(|_| is_above));
                nearest = nearest.filter(|_| !is_above || is_rate);
                false
            }
            (None, None) if item.has_factors => return None,
            (amount, _) => amount.is_none(),
        };
        if ends {
            let section = starts.last().and_then(|start| sums.since(*start));
            all.extend(section.into_iter().flatten().chain([sums.all, sums.plain]).filter(|_| is_above));
            starts.push(sums);
        }
    }
    all.extend([sums.all, sums.plain]);
    let charged = nearest.and_then(|(_, amount, since)| amount.exact_add(above.since(since)?[0]));
    all.extend(charged);
    let whole = sums.all.exact_add(items.get(own)?.amount.unwrap_or_default())?;
    let total = nearest.map(|(at, ..)| at);
    Some(Bases { all, nearest: nearest.map_or(above.plain, |(_, amount, _)| amount), total, whole })
}
