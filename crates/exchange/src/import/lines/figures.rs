//! The numbers of the cells of a list.

use logframe::{Decimal, Severity, Spanned};

use super::List;
use crate::cell::Seen;
use crate::import::work::Work;
use crate::numbers::Reading;
use crate::records::Field;

impl List<'_> {
    pub fn read_number(&self, field: &Field<'_>) -> Option<Spanned<Decimal>> {
        match field.seen() {
            Seen::Number(written) if written.is_stored || !written.is_share => match self.numbers.read(written)? {
                Reading::Is(number) if written.is_share => number.percent().map(|value| Spanned::at(value, field.span)),
                Reading::Is(number) => Some(Spanned::at(number, field.span)),
                Reading::TooLong => None,
            },
            _ => None,
        }
    }

    pub fn number(&self, work: &mut Work, field: &Field<'_>, scale: Decimal) -> Option<Spanned<Decimal>> {
        if matches!(field.seen(), Seen::None | Seen::Blank | Seen::NotAvailable) {
            return None;
        }
        if let Some(number) = self.read_number(field) {
            let scaled = if scale == Decimal::ONE { Some(number.value) } else { number.exact_mul(scale) };
            return scaled.map(|value| Spanned::at(value, field.span));
        }
        let why = field.why_no_number().unwrap_or("it is no number, or not written as the others are");
        let message = format!("`{}` cannot be read as a number: {why}", field.text.escape_debug());
        let has_number = field.seen() == Seen::Words && field.text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let help = if has_number {
            "write the number alone; what is counted stands in a column of its own"
        } else {
            "write a number, or leave the cell empty"
        };
        work.find(Severity::Error, "not-a-number", Some(field.span), message, help);
        None
    }

    /// A share in per cent. A plain number of at most one can mean either.
    pub(super) fn share(&self, work: &mut Work, field: &Field<'_>) -> Option<Spanned<Decimal>> {
        let share = match field.seen() {
            Seen::Number(written) => match self.numbers.read(written) {
                Some(Reading::Is(number)) => Spanned::at(number, field.span),
                _ => return self.number(work, field, Decimal::ONE),
            },
            Seen::None | Seen::Blank | Seen::NotAvailable => return None,
            Seen::Words => return self.number(work, field, Decimal::ONE),
        };
        let is_plain = !field.text.ends_with('%');
        if is_plain && self.are_parts_of_one {
            return share.exact_mul(Decimal::HUNDRED).map(|value| Spanned::at(value.normalized(), field.span));
        }
        if is_plain && !share.is_zero() && share.abs() <= Decimal::ONE {
            let message = format!("`{}` can be {} % or a hundred times as much", field.text, field.text);
            work.find(Severity::Error, "doubtful-numbers", Some(field.span), message, "write it with a sign of per cent: `60 %`");
            return None;
        }
        Some(share)
    }
}
