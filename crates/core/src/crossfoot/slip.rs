//! Slips: how a wrong number came to be printed for the right one.

use std::fmt;

use super::digits::Digits;
use super::figure::Figure;
use super::interval::Interval;
use crate::decimal::Decimal;

/// How a wrong number came to be printed, the most convincing first. The names of the slips of the pen are those of the
/// literature on transcription errors; which edit of the digits each is, is said with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Slip {
    /// Two digits that stand side by side have changed places.
    Transposed,
    /// A minus too many or too few.
    Sign,
    /// Ten, a hundred, a thousand or a million times too large or too small.
    Magnitude,
    /// One digit is another.
    OneDigit,
    /// A digit is not there.
    DigitDropped,
    /// A digit stands there once more than it should.
    DigitDoubled,
    /// There is a digit that should not be there.
    DigitAdded,
    /// Two digits that do not stand side by side have changed places.
    DigitsExchanged,
    /// A total, or every total of a table, was added up without one of its lines.
    LineLeftOut,
    /// A total, or every total of a table, has one of its lines in it twice.
    LineCountedTwice,
    /// A total, or every total of a table, has a subtotal in it beside the lines of that subtotal.
    SubtotalAdded,
    /// It is the number that is printed next to it.
    NeighbourCopied,
    /// The same total is printed elsewhere as it should be.
    StaleTotal,
    /// Two cells have changed places.
    CellsExchanged,
    /// No slip that is known leads there, or one that would by luck.
    Unexplained,
}

impl Slip {
    /// It in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Transposed => "neighbouring digits transposed",
            Self::Sign => "the sign turned round",
            Self::Magnitude => "a power of ten too large or too small",
            Self::OneDigit => "one wrong digit",
            Self::DigitDropped => "a digit dropped",
            Self::DigitDoubled => "a digit typed twice",
            Self::DigitAdded => "a digit too many",
            Self::DigitsExchanged => "two digits exchanged",
            Self::LineLeftOut => "a line left out",
            Self::LineCountedTwice => "a line counted twice",
            Self::SubtotalAdded => "a subtotal added in",
            Self::NeighbourCopied => "the number next to it copied",
            Self::StaleTotal => "an older total left standing",
            Self::CellsExchanged => "two cells exchanged",
            Self::Unexplained => "no slip of the pen that is known",
        }
    }

    /// It in words, with the digits it is about, where `printed` stands for `right`.
    ///
    /// ```
    /// use logframe::crossfoot::Slip;
    /// assert_eq!(Slip::Transposed.told(4_835_748.into(), 4_853_748.into()), "neighbouring digits transposed: 35 for 53");
    /// assert_eq!(Slip::Magnitude.told(235_400.into(), 2_354_000.into()), "ten times too small");
    /// ```
    pub fn told(self, printed: Decimal, right: Decimal) -> String {
        let detail = match self {
            Self::Magnitude => return times(printed, right).unwrap_or_else(|| self.words().to_owned()),
            Self::Transposed | Self::OneDigit => instead(printed, right).map(|(wrong, right)| format!("{wrong} for {right}")),
            Self::DigitsExchanged => instead(printed, right).and_then(|(wrong, _)| first_and_last(&wrong)),
            Self::DigitDropped => extra_digit(right, printed),
            Self::DigitDoubled | Self::DigitAdded => extra_digit(printed, right),
            _ => None,
        };
        detail.map_or_else(|| self.words().to_owned(), |detail| format!("{}: {detail}", self.words()))
    }

    /// Every number within one slip of the digits of what `figure` prints that can stand for an amount of `amounts`, each with
    /// the most convincing slip that leads from it to what is printed; the most convincing first.
    ///
    /// In wide `amounts` some are there by luck: a single digit can be exchanged in so many ways.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, Interval, Rounding, Slip};
    /// let printed = Figure::printed(665_481.into(), 1.into(), Rounding::HalfUp).unwrap();
    /// let right = Slip::possible(&printed, Interval::exactly(665_418.into()));
    /// assert_eq!(right, [(Slip::Transposed, 665_418.into())]);
    /// ```
    pub fn possible(figure: &Figure, amounts: Interval) -> Vec<(Self, Decimal)> {
        edits(figure).into_iter().filter(|(_, number)| is_admissible(figure, *number, amounts)).collect()
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

/// Whether `number`, printed in the place of `figure`, can stand for an amount of `amounts`.
pub(super) fn is_admissible(figure: &Figure, number: Decimal, amounts: Interval) -> bool {
    figure.with_number(number).is_some_and(|other| other.amounts().meets(amounts))
}

/// Every number that one slip of the digits turns into what `figure` prints, each with the most convincing slip that does.
pub(super) fn edits(figure: &Figure) -> Vec<(Slip, Decimal)> {
    let Some(digits) = Digits::of(figure) else { return Vec::new() };
    let mut edits = Vec::new();
    for (slip, number) in digits.edits() {
        let is_whole = figure.unit().is_none_or(|unit| number.is_multiple_of(unit) == Some(true));
        if is_whole && Some(number) != figure.number() {
            edits.push((slip, number));
        }
    }
    edits.sort_by_key(|(slip, number)| (*number, *slip));
    edits.dedup_by_key(|(_, number)| *number);
    edits.sort_by_key(|(slip, number)| (*slip, *number));
    edits
}

const TIMES: [(u32, &str); 4] = [(1, "ten"), (2, "a hundred"), (3, "a thousand"), (6, "a million")];

fn times(printed: Decimal, right: Decimal) -> Option<String> {
    TIMES.iter().find_map(|(power, words)| {
        let factor = Decimal::of_steps(10_i128.pow(*power), 0)?;
        let is_times = |small: Decimal, large: Decimal| small.exact_mul(factor) == Some(large);
        if is_times(printed, right) {
            Some(format!("{words} times too small"))
        } else {
            is_times(right, printed).then(|| format!("{words} times too large"))
        }
    })
}

/// The digits of both numbers, without points, padded to one length where `is_level`.
fn digits_of(a: Decimal, b: Decimal, is_level: bool) -> Option<(String, String)> {
    let (a, b) = (a.abs().normalized(), b.abs().normalized());
    let decimals = a.decimals().max(b.decimals());
    let (a, b) = (a.in_steps(decimals)?.to_string(), b.in_steps(decimals)?.to_string());
    let width = if is_level { a.len().max(b.len()) } else { 0 };
    Some((format!("{a:0>width$}"), format!("{b:0>width$}")))
}

/// From the first to the last digit in which two numbers differ: what is printed there, and what should be.
fn instead(printed: Decimal, right: Decimal) -> Option<(String, String)> {
    let (wrong, right) = digits_of(printed, right, true)?;
    let differing = |(i, (a, b)): (usize, (char, char))| (a != b).then_some(i);
    let places: Vec<usize> = wrong.chars().zip(right.chars()).enumerate().filter_map(differing).collect();
    let (first, last) = (*places.first()?, *places.last()?);
    Some((wrong.get(first..=last)?.to_owned(), right.get(first..=last)?.to_owned()))
}

fn first_and_last(digits: &str) -> Option<String> {
    let (first, last) = (digits.chars().next()?, digits.chars().next_back()?);
    Some(format!("{last} and {first}"))
}

/// The digit that one number has more than another.
fn extra_digit(longer: Decimal, shorter: Decimal) -> Option<String> {
    let (longer, shorter) = digits_of(longer, shorter, false)?;
    let same = longer.chars().zip(shorter.chars()).take_while(|(a, b)| a == b).count();
    longer.chars().nth(same).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crossfoot::{End, Rounding};
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn printed(number: &str, unit: &str) -> Figure {
        Figure::printed(dec(number), dec(unit), Rounding::HalfUp).unwrap()
    }

    /// The slip that leads from `right` to `wrong`, where nothing but `right` is admissible.
    fn slip(wrong: &str, right: &str, unit: &str) -> Option<Slip> {
        let found = Slip::possible(&printed(wrong, unit), Interval::exactly(dec(right)));
        assert!(found.iter().all(|(_, number)| *number == dec(right)));
        found.first().map(|(slip, _)| *slip)
    }

    #[test]
    fn every_slip_of_the_digits_is_told_from_the_others() {
        let cases = [
            ("4835748", "4853748", "1", Slip::Transposed),
            ("665481", "665418", "1", Slip::Transposed),
            ("-1200", "1200", "1", Slip::Sign),
            ("235400", "2354000", "1", Slip::Magnitude),
            ("12000", "12", "1", Slip::Magnitude),
            ("362447", "362441", "1", Slip::OneDigit),
            ("23547", "235847", "1", Slip::DigitDropped),
            ("133340", "13340", "1", Slip::DigitDoubled),
            ("137340", "13340", "1", Slip::DigitAdded),
            ("913402", "213409", "1", Slip::DigitsExchanged),
            ("0.51", "0.15", "0.01", Slip::Transposed),
            ("1.5", "0.15", "0.01", Slip::Magnitude),
            ("780000", "708000", "1000", Slip::Transposed),
        ];
        for (wrong, right, unit, expected) in cases {
            assert_eq!(slip(wrong, right, unit), Some(expected), "{wrong} for {right}");
        }
        assert_eq!(slip("1234", "5678", "1",), None);
    }

    #[test]
    fn a_thousand_taken_for_a_decimal_point_is_found_though_no_whole_number_is_printed() {
        assert_eq!(slip("4.870", "4870", "1"), Some(Slip::Magnitude));
        assert_eq!(Slip::Magnitude.told(dec("4.870"), dec("4870")), "a thousand times too small");
    }

    #[test]
    fn nobody_writes_a_zero_before_a_number() {
        assert_eq!(slip("10", "1", "1"), Some(Slip::Magnitude), "not 01 with its digits transposed");
        assert_eq!(slip("120", "21", "1"), None, "not 021");
        assert_eq!(slip("1.20", "0.21", "0.01"), Some(Slip::DigitsExchanged), "but 0.21 begins with one");
    }

    #[test]
    fn a_wide_interval_has_every_edit_that_falls_into_it() {
        let end = |n: i64| End { value: n.into(), shift: 0 };
        let found = Slip::possible(&printed("21", "1"), Interval::between(end(10), end(12)));
        assert_eq!(found, [(Slip::Transposed, 12.into()), (Slip::OneDigit, 11.into())]);
    }

    #[test]
    fn the_digits_concerned_are_said() {
        let cases = [
            (Slip::OneDigit, "362447", "362441", "one wrong digit: 7 for 1"),
            (Slip::DigitDropped, "23547", "235847", "a digit dropped: 8"),
            (Slip::DigitDoubled, "133340", "13340", "a digit typed twice: 3"),
            (Slip::DigitsExchanged, "913402", "213409", "two digits exchanged: 2 and 9"),
            (Slip::Magnitude, "12000", "12", "a thousand times too large"),
            (Slip::Transposed, "0.51", "0.15", "neighbouring digits transposed: 51 for 15"),
            (Slip::Sign, "-5", "5", "the sign turned round"),
        ];
        for (slip, wrong, right, words) in cases {
            assert_eq!(slip.told(dec(wrong), dec(right)), words);
        }
    }

    proptest! {
        #[test]
        fn a_slip_that_is_made_is_found_and_the_right_number_with_it(right in 10i64..10i64.pow(12), at in 0usize..11, digit in 0u8..10) {
            let mut text = right.to_string().into_bytes();
            let at = at % text.len();
            text[at] = b'0' + digit;
            let wrong: i64 = String::from_utf8(text).unwrap().parse().unwrap();
            prop_assume!(wrong != right && wrong.to_string().len() == right.to_string().len());
            let figure = Figure::printed(wrong.into(), 1.into(), Rounding::Nearest).unwrap();
            let found = Slip::possible(&figure, Interval::exactly(right.into()));
            prop_assert_eq!(found.len(), 1);
            prop_assert!(found[0].0 <= Slip::OneDigit && found[0].1 == Decimal::from(right));
        }

        #[test]
        fn no_number_is_too_long_to_be_asked_about(mantissa in any::<i64>(), decimals in 0u32..28) {
            let number = Decimal::of_steps(i128::from(mantissa), decimals).unwrap();
            let _ = Slip::possible(&Figure::exact(number), Interval::ALL);
        }
    }
}
