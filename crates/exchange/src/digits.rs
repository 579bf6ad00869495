//! Numbers in the digits of other scripts: each digit is one of ours, and nothing is rounded or guessed.

use std::borrow::Cow;

use crate::cell::Seen;

/// The zeros of the scripts: Arabic, Persian and Urdu, Devanagari, Bengali, Burmese, and the wide digits of East Asia. Nine more digits
/// follow each.
const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{1040}', '\u{ff10}'];

/// The text in our digits, where all of it is a number in those of one other script; as it is, where it is not.
pub fn in_ours(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() {
        return text;
    }
    match written_in_one(&text).filter(|ours| matches!(Seen::of(ours), Seen::Number(_))) {
        Some(ours) => ours.into(),
        None => text,
    }
}

/// The text with its digits as ours. `None` where there are none of another script, or those of two.
fn written_in_one(text: &str) -> Option<String> {
    let mut zeros = text.chars().filter_map(zero);
    let zero = zeros.next().filter(|first| *first != '0' && zeros.all(|other| other == *first))?;
    let ours = |c: char| match c {
        '\u{66b}' => '.',
        '\u{66c}' => ',',
        '\u{66a}' => '%',
        c => digit(c, zero).unwrap_or(c),
    };
    // Marks of direction stand around numbers in texts from right to left.
    Some(text.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')).map(ours).collect())
}

/// The zero of the script that a digit is of.
fn zero(c: char) -> Option<char> {
    ['0'].into_iter().chain(ZEROS).find(|zero| digit(c, *zero).is_some())
}

/// A digit of any of the scripts as ours, and any other character as it is.
pub fn digit_in_ours(c: char) -> char {
    zero(c).and_then(|zero| digit(c, zero)).unwrap_or(c)
}

fn digit(c: char, zero: char) -> Option<char> {
    let value = u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10)?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_one_script_are_read_as_ours() {
        let cases = [
            ("٥٤٠٠٠٠٠", "5400000"),
            ("١٢٫٥", "12.5"),
            ("٤٬٨٧٠٬٣٣٢", "4,870,332"),
            ("٤٠٪", "40%"),
            ("۱۲۳", "123"),
            ("১,২৫০", "1,250"),
            ("२०१८", "2018"),
            ("-٥", "-5"),
            ("１２", "12"),
        ];
        for (text, ours) in cases {
            assert_eq!(in_ours(text.into()), ours, "{text}");
        }
    }

    #[test]
    fn two_scripts_in_one_number_are_none_and_words_stay_as_they_are() {
        for text in ["١2", "١২", "المرحلة ١", "৩ মাস", "السعر", "12", "½"] {
            assert_eq!(in_ours(text.into()), text, "{text}");
        }
    }
}
