//! What of a row matters for telling totals.

use std::borrow::Cow;
use std::ops::Range;

use super::List;
use crate::cell::Seen;
use crate::import::currency::names_another;
use crate::import::heading::Column;
use crate::import::named::number;
use crate::import::rows::Row;
use crate::import::totals::{Item, Told};
use crate::records::Field;
use crate::words;
use crate::workbook::Kind;

impl List<'_> {
    /// A row as far as totals are concerned.
    pub fn item_at(&self, at: usize) -> Item<'_> {
        self.item(at, self.rows.row(at))
    }

    pub(super) fn item<'r>(&self, at: usize, owned: Row<'r, 'r>) -> Item<'r> {
        let row = &*owned;
        // A rate among amounts, as that of the support costs above what they come to, is none.
        let own = self.printed(row).filter(|field| field.kind != Kind::Percent);
        let parts = self.come_to(row);
        let amount = own.and_then(|field| self.read_number(field)).map(|number| number.value).or(parts);
        let is_figure =
            |column: Column| self.field(row, column).is_some_and(|field| field.seen().is_figure() || field.seen().is_year());
        let has_amount = is_figure(Column::Amount) || is_figure(Column::Subtotal) || parts.is_some();
        let adds = self.adds(at);
        // What adds up several rows has no quantity of its own, whatever stands there.
        let adds_several = adds.iter().map(Range::len).sum::<usize>() > 1;
        let label = self.label_text(row);
        // What calls itself a total counts the quantities, too, and its price is the usual one.
        let is_grand = || words::Kind::of(label) == words::Kind::Grand;
        let is_total = || words::speaks_of_totals(label) && words::names_only_totals(label);
        let counts = || words::Kind::of(label) == words::Kind::Subtotal || is_grand() || is_total();
        let has_price = is_figure(Column::UnitCost);
        let has_quantity = || is_figure(Column::Quantity) && has_amount && !counts();
        let has_factors = !adds_several && if has_price { !is_grand() } else { has_quantity() };
        // The number can stand in a column of its own.
        let first = || row.iter().find(|field| !field.is_blank()).filter(|first| first.text.len() < label.len().max(8));
        let number = number(label).or_else(|| first().and_then(|first| number(&first.text)).filter(|_| !label.is_empty()));
        let number = number.map(|number| number.to_owned().into());
        let told = self.told(at, label);
        let place = self.label(row).and_then(|label| row.iter().position(|field| std::ptr::eq(field, label)));
        let label = match (place, owned) {
            (Some(at), Cow::Owned(mut row)) => row.swap_remove(at).text,
            (Some(at), Cow::Borrowed(row)) => row.get(at).map_or("", |field| &*field.text).into(),
            (None, _) => "".into(),
        };
        Item { label, number, amount, has_factors, adds, told }
    }

    /// The rows that the amount of one adds up.
    pub(super) fn adds(&self, at: usize) -> Vec<Range<usize>> {
        let cells = [Column::Amount, Column::Subtotal].into_iter().filter_map(|column| self.columns.first(column));
        let sums = cells.filter_map(|column| self.sums.get(&(self.rows.position(at), column)));
        let sheet = sums.map(Vec::as_slice).next().unwrap_or_default();
        let listed = |row: usize| self.rows.before(row);
        sheet.iter().map(|rows| listed(rows.start)..listed(rows.end)).filter(|rows| !rows.is_empty()).collect()
    }

    /// What is known of a row from elsewhere: from the mapping, or from another currency that it is in.
    pub(super) fn told(&self, at: usize, label: &str) -> Option<Told> {
        let is_in = |rows: &[u32]| self.numbers_of.get(self.rows.position(at)).is_some_and(|number| rows.contains(number));
        match () {
            () if is_in(&self.told.totals) => Some(Told::Total),
            () if is_in(&self.told.lines) => Some(Told::Line),
            () if words::speaks_of_totals(label) && names_another(label, self.currency) => Some(Told::Aside),
            () => None,
        }
    }

    /// The words that say what a row is: its description, or else whatever words stand in it, remarks apart.
    pub(super) fn label<'r, 't>(&self, row: &'r [Field<'t>]) -> Option<&'r Field<'t>> {
        let is_aside = |at: usize| {
            matches!(
                self.columns.of.get(&at),
                Some(Column::Remarks | Column::Unit | Column::Currency | Column::Period | Column::Part)
            )
        };
        let words =
            || row.iter().enumerate().filter(|(at, field)| field.seen() == Seen::Words && !is_aside(*at)).map(|(_, field)| field);
        let own = || self.field(row, Column::Description).filter(|field| field.seen() == Seen::Words);
        let has_cost = self.field(row, Column::UnitCost).is_some_and(|field| field.seen().is_figure());
        // A word for a total counts wherever it stands.
        let total = words().filter(|_| !has_cost).find(|field| words::speaks_of_totals(&field.text));
        total.or_else(own).or_else(|| words().next())
    }

    pub(super) fn label_text<'r>(&self, row: &'r [Field<'_>]) -> &'r str {
        self.label(row).map_or("", |field| &field.text)
    }
}
