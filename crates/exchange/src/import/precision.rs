//! Amounts that formulas work out finer than their currency can be paid: they are read as they are shown, to its smallest unit, and the plan says so.

use logframe::crossfoot::Rounding;
use logframe::{Cell, Currency, Decimal, Declared, Draft, Figure, Printed, Rounded, Span, Spanned};

use crate::workbook::is_noise;

/// Rounds what is finer than a currency can be paid and is worked out by a formula, and declares that unit. The cells in which that was done.
pub fn to_payable(draft: &mut Draft, currency: &str, is_computed: &dyn Fn(Span) -> bool) -> Vec<Span> {
    let unit = Currency::of_code(currency).and_then(|currency| Decimal::of_steps(1, currency.decimals()?));
    let Some(unit) = unit else { return Vec::new() };
    let mut rounding = ToUnit { unit, is_computed, largest: largest(draft), done: Vec::new() };
    for line in draft.lines.iter_mut().filter(|line| line.currency.is_none()) {
        line.amount.iter_mut().for_each(|amount| rounding.number(amount));
    }
    draft.allocations.iter_mut().for_each(|one| rounding.cell(&mut one.cell));
    draft.declared.iter_mut().for_each(|block| rounding.block(block));
    let done = rounding.done;
    if !done.is_empty() {
        declare(draft, unit);
    }
    done
}

/// The largest amount: floats that cancel out leave noise of its size.
fn largest(draft: &Draft) -> Decimal {
    let lines = draft.lines.iter().filter_map(|line| line.amount.map(|amount| amount.value));
    let cells =
        draft.allocations.iter().filter_map(|one| if let Cell::Amount(value) = one.cell.value { Some(value) } else { None });
    lines.chain(cells).map(Decimal::abs).max().unwrap_or_default()
}

fn declare(draft: &mut Draft, unit: Decimal) {
    let header = &mut draft.header;
    header.lines.unit = Some(unit.into());
    header.lines.round = Some(Rounded::Sum);
    if header.printed.unit.is_none() {
        header.printed = Printed::to_unit(unit, Rounding::HalfAway);
    }
}

struct ToUnit<'c> {
    unit: Decimal,
    is_computed: &'c dyn Fn(Span) -> bool,
    largest: Decimal,
    done: Vec<Span>,
}

impl ToUnit<'_> {
    fn number(&mut self, number: &mut Spanned<Decimal>) {
        let is_finer = number.value.normalized().decimals() > self.unit.decimals();
        let Some(span) = number.span.filter(|span| is_finer && (self.is_computed)(*span)) else { return };
        if let Some(rounded) = Rounding::HalfAway.apply(number.value, self.unit) {
            let off = number.value.exact_sub(rounded);
            number.value = rounded.with_decimals(self.unit.decimals());
            // What only floats put there was finer in no sheet.
            self.done.extend((!off.is_some_and(|off| is_noise(self.largest, off))).then_some(span));
        }
    }

    fn cell(&mut self, cell: &mut Spanned<Cell>) {
        let Cell::Amount(value) = cell.value else { return };
        let mut number = Spanned { value, span: cell.span };
        self.number(&mut number);
        cell.value = Cell::Amount(number.value);
    }

    fn block(&mut self, block: &mut Declared) {
        let named = block.results.0.iter_mut().chain(block.offices.0.iter_mut()).map(|(_, figure)| figure);
        named.chain(block.total.as_mut()).for_each(|figure: &mut Figure| self.number(&mut figure.value));
    }
}
