//! What a spreadsheet can hold: 64-bit binary floats, of which 15 significant digits are certain.

use logframe::Decimal;

use super::model::{Cell, Look, Part, Shown, Style, Value};

/// Significant digits that a spreadsheet keeps.
const DIGITS: usize = 15;

/// The remark at an amount that is a text.
const AS_TEXT: &str = "This amount has more digits than a spreadsheet keeps (15). It is written as text, so that none of them is lost, and no \
                       total here is computed from it.";

/// The remark at a total that is no formula.
const NOT_COMPUTED: &str = "This is no formula: it counts an amount that is written as text, or more cells than a formula takes.";

/// The remark where a sum cannot be given.
const TOO_LONG: &str = "This sum has more digits than can be held exactly.";

/// Whether a spreadsheet keeps a number as it is.
pub fn is_held(number: Decimal) -> bool {
    is_short(number) || has_few_digits(number)
}

/// Whether all digits that a number is written with are few enough, as those of most numbers are.
fn is_short(number: Decimal) -> bool {
    let whole = DIGITS.checked_sub(number.decimals() as usize).and_then(|whole| u32::try_from(whole).ok());
    whole.and_then(|whole| 10_i64.checked_pow(whole)).is_some_and(|end| number.abs() < Decimal::from(end))
}

fn has_few_digits(number: Decimal) -> bool {
    let digits = number.abs().normalized().to_string().replace('.', "");
    digits.trim_start_matches('0').trim_end_matches('0').len() <= DIGITS
}

impl Cell {
    /// An exact number with at least so many decimals.
    pub fn number(number: Decimal, decimals: u8) -> Self {
        if is_held(number) {
            return Self { value: Value::Number(number), style: number_style(number, decimals), ..Self::default() };
        }
        Self { remark: Some(AS_TEXT), ..Self::text(number.to_string(), Look::Right) }
    }

    /// A number that formulas would give if they could.
    pub fn not_computed(number: Option<Decimal>, decimals: u8) -> Self {
        let Some(number) = number else { return Self { remark: Some(TOO_LONG), ..Self::default() } };
        let cell = Self::number(number, decimals);
        Self { remark: cell.remark.or(Some(NOT_COMPUTED)), ..cell }
    }

    /// A formula and the number that it gives.
    pub fn formula(text: impl Into<String>, number: Decimal, decimals: u8) -> Self {
        let value = Value::Formula { text: text.into(), shows: Shown::Number(number) };
        Self { value, style: number_style(number, decimals), ..Self::default() }
    }
}

/// Decimals that a number has are always shown.
fn number_style(number: Decimal, decimals: u8) -> Style {
    let own = u8::try_from(number.normalized().decimals()).unwrap_or(u8::MAX);
    Style { look: Look::Number(own.max(decimals)), part: Part::Body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_significant_digits_are_held_wherever_the_point_is() {
        for held in [
            "0",
            "0.00",
            "123456789012345",
            "12345678901234.5",
            "-0.000123456789012345",
            "123456789012345000000",
            "1.50000000000000000",
        ] {
            assert!(is_held(held.parse().unwrap()), "{held}");
        }
        for lost in ["1234567890123456", "1234567890123.456", "-0.1234567890123456", "9007199254740993"] {
            assert!(!is_held(lost.parse().unwrap()), "{lost}");
        }
    }
}
