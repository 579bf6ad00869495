//! Stored numbers, read from their text to the 15 significant digits that a spreadsheet keeps.
//!
//! A spreadsheet computes with 64-bit binary floats, shows 15 significant digits and stores up to 17, so that what was typed as 0.154171
//! can stand in the file as 0.15417100000000003. What was meant is found in the text alone; no amount becomes a float on the way.

/// A stored number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Plain digits, with a point where there are decimals.
    pub text: String,
    /// Whether the text has digits beyond the fifteenth that are more than what binary floats add by themselves.
    pub is_beyond: bool,
}

/// Significant digits that are kept.
const DIGITS: usize = 15;

/// Steps between neighbouring floats that computing alone adds.
const NOISE: u64 = 2;

/// Digits in front of the point that are written out, at most; more are no amount.
const LONGEST: i32 = 40;

/// A number in per cent: moved by two places.
pub fn per_cent(raw: &str) -> Option<Stored> {
    read(raw, 2)
}

/// A stored number; `None` where the text is none.
pub fn stored(raw: &str) -> Option<Stored> {
    read(raw, 0)
}

fn read(raw: &str, moved: i32) -> Option<Stored> {
    let raw = raw.trim();
    if moved == 0 && is_plain(raw) {
        return Some(Stored { text: raw.to_owned(), is_beyond: false });
    }
    taken_apart(raw, moved)
}

/// Whether a number is written as it is kept, as most are: a few digits without zeros that say nothing.
fn is_plain(raw: &str) -> bool {
    let are_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = |whole: &str| are_digits(whole) && !whole.starts_with('0');
    raw.len() <= DIGITS
        && match raw.split_once('.') {
            None => is_whole(raw),
            Some((whole, decimals)) => (whole == "0" || is_whole(whole)) && are_digits(decimals) && !decimals.ends_with('0'),
        }
}

fn taken_apart(raw: &str, moved: i32) -> Option<Stored> {
    let (sign, unsigned) = raw.strip_prefix('-').map_or(("", raw), |rest| ("-", rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, decimals].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) || exponent.abs() > 400 {
        return None;
    }
    let leading = digits.bytes().take_while(|byte| *byte == b'0').count();
    let significant = digits.get(leading..)?.trim_end_matches('0');
    // The number is 0.significant x 10^point.
    let point = i32::try_from(whole.len()).ok()? - i32::try_from(leading).ok()? + exponent + moved;
    if significant.is_empty() {
        return Some(Stored { text: "0".to_owned(), is_beyond: false });
    }
    let (kept, point) = rounded(significant, point);
    if point.abs() > LONGEST {
        return None;
    }
    let text = format!("{sign}{}", plain(&kept, point));
    let is_beyond = significant.len() > DIGITS && !is_noise(raw, &format!("{sign}0.{kept}e{}", point - moved));
    Some(Stored { text, is_beyond })
}

/// Rounded to the digits that are kept, half up.
fn rounded(significant: &str, point: i32) -> (String, i32) {
    let Some((kept, rest)) = significant.split_at_checked(DIGITS) else { return (significant.to_owned(), point) };
    if rest.bytes().next().is_none_or(|next| next < b'5') {
        return (kept.trim_end_matches('0').to_owned(), point);
    }
    let up = kept.trim_end_matches('9');
    match up.split_at_checked(up.len().wrapping_sub(1)) {
        Some((front, last)) => {
            let last = last.bytes().next().map_or('0', |digit| char::from(digit + 1));
            (format!("{front}{last}"), point)
        }
        // All of them were nines.
        None => ("1".to_owned(), point + 1),
    }
}

fn plain(digits: &str, point: i32) -> String {
    match usize::try_from(point) {
        Err(_) | Ok(0) => format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
        Ok(point) if point >= digits.len() => format!("{digits}{}", "0".repeat(point - digits.len())),
        Ok(point) => format!("{}.{}", digits.get(..point).unwrap_or_default(), digits.get(point..).unwrap_or_default()),
    }
}

/// Whether a stored number is as near to what is kept of it as computing with floats leaves it. A whole number of 16 digits was meant as it
/// stands.
#[expect(clippy::disallowed_types, reason = "the bits of two floats are compared; no amount comes of them")]
fn is_noise(raw: &str, kept: &str) -> bool {
    let bits = |text: &str| text.parse::<f64>().map(f64::to_bits).unwrap_or_default();
    raw.contains('.') && bits(raw).abs_diff(bits(kept)) <= NOISE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_floats_add_is_taken_off() {
        let cases = [
            ("0.15417100000000003", "0.154171"),
            ("29.020000000000003", "29.02"),
            ("0.30000000000000004", "0.3"),
            ("9.1000000000000014", "9.1"),
            ("3.2326041E7", "32326041"),
            ("1E-3", "0.001"),
            ("-1.5e2", "-150"),
            ("100", "100"),
            ("0.0", "0"),
            ("2.9999999999999996", "3"),
            ("999999.99999999988", "1000000"),
            ("12345.67", "12345.67"),
            (".5", "0.5"),
        ];
        for (raw, text) in cases {
            assert_eq!(stored(raw), Some(Stored { text: text.to_owned(), is_beyond: false }), "{raw}");
        }
    }

    #[test]
    fn what_is_written_as_it_is_kept_need_not_be_taken_apart() {
        for raw in ["7", "10", "12000", "0.5", "0.05", "12.75", "1234567.1234567", "100000000000000"] {
            assert!(is_plain(raw), "{raw}");
            assert_eq!(taken_apart(raw, 0), Some(Stored { text: raw.to_owned(), is_beyond: false }), "{raw}");
        }
        for raw in ["", ".", "0", "007", ".5", "5.", "5.0", "5.50", "-5", "1e3", "1.2.3", "1,5", "1234567890123456", "٣"] {
            assert!(!is_plain(raw), "{raw}");
        }
    }

    #[test]
    fn more_digits_than_are_kept_are_noticed() {
        for (raw, text) in [("123456789012345.59", "123456789012346"), ("1234567890123452", "1234567890123450")] {
            assert_eq!(stored(raw), Some(Stored { text: text.to_owned(), is_beyond: true }), "{raw}");
        }
    }

    #[test]
    fn per_cent_is_moved_by_two_places() {
        assert_eq!(per_cent("0.025").unwrap().text, "2.5");
        assert_eq!(per_cent("1").unwrap().text, "100");
        assert_eq!(per_cent("0.0030000000000000001").unwrap().text, "0.3");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for raw in ["", "-", "1e", "1e999", "1.2.3", "NaN", "inf", "0x1F", "1e300"] {
            assert_eq!(stored(raw), None, "{raw}");
        }
    }
}
