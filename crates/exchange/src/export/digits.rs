//! Digits of numbers, which are most of what a workbook says.

use std::fmt::Write;

use logframe::Decimal;

/// Writes a whole number.
pub fn push_whole(out: &mut String, number: u64) {
    push_padded(out, number, 1);
}

/// Writes a number without zeros at its end that say nothing.
pub fn push_number(out: &mut String, number: Decimal) {
    let short = number.in_steps(number.decimals()).and_then(|steps| i64::try_from(steps).ok());
    let Some((steps, unit)) = short.zip(10_u64.checked_pow(number.decimals())) else {
        let _ = write!(out, "{}", number.normalized());
        return;
    };
    out.push_str(if steps < 0 { "-" } else { "" });
    let (whole, mut fraction) = (steps.unsigned_abs() / unit, steps.unsigned_abs() % unit);
    push_whole(out, whole);
    let mut decimals = number.decimals();
    if fraction == 0 {
        return;
    }
    while fraction % 10 == 0 {
        (fraction, decimals) = (fraction / 10, decimals - 1);
    }
    out.push('.');
    push_padded(out, fraction, decimals as usize);
}

/// Writes a whole number with at least so many digits.
fn push_padded(out: &mut String, mut number: u64, digits: usize) {
    let (mut text, mut length) = ([b'0'; 20], 0);
    for digit in text.iter_mut().rev() {
        if number == 0 {
            break;
        }
        *digit += u8::try_from(number % 10).unwrap_or_default();
        (number, length) = (number / 10, length + 1);
    }
    let start = text.len() - digits.max(length).min(text.len());
    out.push_str(text.get(start..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_their_digits() {
        for (text, written) in [
            ("0", "0"),
            ("0.00", "0"),
            ("-0.0", "0"),
            ("7", "7"),
            ("1200", "1200"),
            ("1250.50", "1250.5"),
            ("-0.05", "-0.05"),
            ("10.0400", "10.04"),
            ("9223372036854775807", "9223372036854775807"),
            ("92233720368547758.08", "92233720368547758.08"),
            ("0.000000000000000000000001", "0.000000000000000000000001"),
            ("0.9223372036854775807", "0.9223372036854775807"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
        ] {
            let mut out = String::new();
            push_number(&mut out, text.parse().unwrap());
            assert_eq!(out, written);
        }
        let mut out = String::new();
        [0, 9, 10, u64::MAX].into_iter().for_each(|number| push_whole(&mut out, number));
        assert_eq!(out, "091018446744073709551615");
    }
}
