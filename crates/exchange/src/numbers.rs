//! How numbers are written: declared, or proven by the cells of the whole file.

use std::fmt;
use std::str::FromStr;

use logframe::{Decimal, NumberStyle};

use crate::cell::{Seen, Written, is_mark, is_space};

/// How the numbers of a file are written, shown by the number 1234.56. Groups are of three digits or there are none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// `1,234.56`
    Comma,
    /// `1.234,56`
    Point,
    /// `1 234,56`, with any blank
    Space,
    /// `1 234.56`, with any blank
    SpacePoint,
    /// `1'234.56`
    Apostrophe,
    /// `1234.56`
    Plain,
}

/// Those that are told apart by the cells. Plain numbers read the same with commas between groups that they have not got.
const CANDIDATES: [Convention; 5] =
    [Convention::Comma, Convention::Point, Convention::Space, Convention::SpacePoint, Convention::Apostrophe];

/// What a number is in a convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Is(Decimal),
    /// It has more digits than can be held.
    TooLong,
}

impl Convention {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [Self::Comma, Self::Point, Self::Space, Self::SpacePoint, Self::Apostrophe, Self::Plain];

    /// The number that a text is in this convention.
    pub(crate) fn number(self, text: &str) -> Option<Decimal> {
        let Seen::Number(written) = Seen::of(text) else { return None };
        match self.read(written)? {
            Reading::Is(number) => Some(number),
            Reading::TooLong => None,
        }
    }

    /// Whether a text is a number in this convention.
    pub(crate) fn reads(self, text: &str) -> bool {
        self.number(text).is_some()
    }

    /// How it shows numbers.
    pub fn style(self) -> NumberStyle {
        let (thousands, decimal) = match self {
            Self::Comma | Self::Plain => (',', '.'),
            Self::Point => ('.', ','),
            Self::Space => (' ', ','),
            Self::SpacePoint => (' ', '.'),
            Self::Apostrophe => ('\'', '.'),
        };
        NumberStyle { thousands, decimal }
    }

    fn groups_by(self, mark: char) -> bool {
        match self {
            Self::Comma => mark == ',',
            Self::Point => mark == '.',
            Self::Space | Self::SpacePoint => is_space(mark),
            Self::Apostrophe => matches!(mark, '\'' | '’'),
            Self::Plain => false,
        }
    }

    /// A number in this convention; `None` where it is not written in it.
    pub(crate) fn read(self, written: Written<'_>) -> Option<Reading> {
        let number: Result<Decimal, _> =
            if written.is_stored { written.digits.parse() } else { self.plain(written.digits)?.parse() };
        let signed = |number: Decimal| if written.is_negative { -number } else { number };
        Some(number.map_or(Reading::TooLong, |number| Reading::Is(signed(number))))
    }

    /// Plain digits with a point.
    fn plain(self, digits: &str) -> Option<String> {
        let (whole, decimals) = match digits.split_once(self.style().decimal) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (digits, None),
        };
        let whole = if whole.is_empty() { "0".to_owned() } else { self.ungrouped(whole)? };
        match decimals {
            None => Some(whole),
            Some(decimals) => (is_digits(decimals)).then(|| format!("{whole}.{decimals}")),
        }
    }

    fn ungrouped(self, whole: &str) -> Option<String> {
        let Some(mark) = whole.chars().find(|c| is_mark(*c)) else { return is_digits(whole).then(|| whole.to_owned()) };
        let mut groups = whole.split(mark);
        let first = groups.next().filter(|first| is_digits(first) && first.len() <= 3 && !first.starts_with('0'))?;
        let is_grouped = groups.all(|group| group.len() == 3 && is_digits(group));
        (self.groups_by(mark) && is_grouped && !first.is_empty()).then(|| whole.replace(mark, ""))
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Convention {
    /// The number 1234.56 in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Comma => "1,234.56",
            Self::Point => "1.234,56",
            Self::Space => "1 234,56",
            Self::SpacePoint => "1 234.56",
            Self::Apostrophe => "1'234.56",
            Self::Plain => "1234.56",
        })
    }
}

impl FromStr for Convention {
    type Err = String;

    /// The number 1234.56 as it is written in the convention.
    fn from_str(text: &str) -> Result<Self, String> {
        let all = CANDIDATES.into_iter().chain([Self::Plain]);
        let shown: String = text.chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
        let named = all.clone().find(|convention| convention.to_string() == shown.replace('’', "'"));
        let known = || all.map(|convention| format!("`{convention}`")).collect::<Vec<_>>().join(", ");
        named.ok_or_else(|| format!("write 1234.56 as the table would: {}", known()))
    }
}

/// One number read in two ways.
pub type TwoReadings = [(Convention, Decimal); 2];

/// What the cells say about how their numbers are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence<C> {
    /// One convention reads every number that any reads, or several do and give the same numbers.
    Proven(Convention),
    /// Two conventions read every number, and this cell differently.
    Doubtful { cell: C, readings: [(Convention, Decimal); 2] },
    /// No convention reads every number; this one reads most.
    Mixed(Convention),
}

/// Weighs the cells; each comes with what names it. A reading that `can_be` refuses is none.
pub fn weigh<'t, C: Copy>(cells: impl IntoIterator<Item = (C, Written<'t>)>, can_be: impl Fn(Decimal) -> bool) -> Evidence<C> {
    let mut weighed = Weighed::default();
    cells.into_iter().for_each(|(cell, written)| weighed.add(cell, written, &can_be));
    weighed.evidence()
}

/// Numbers that are weighed one after the other.
#[derive(Debug)]
pub struct Weighed<C> {
    /// How many each convention reads.
    read: [usize; CANDIDATES.len()],
    numbers: usize,
    doubts: Vec<([usize; 2], C, TwoReadings)>,
}

impl<C> Default for Weighed<C> {
    fn default() -> Self {
        Self { read: [0; CANDIDATES.len()], numbers: 0, doubts: Vec::new() }
    }
}

impl<C> Weighed<C> {
    /// Takes in a cell. What is stored as a number, or is digits alone, says nothing about conventions.
    pub fn add(&mut self, cell: C, written: Written<'_>, can_be: impl Fn(Decimal) -> bool)
    where
        C: Copy,
    {
        if written.is_stored || is_digits(written.digits) {
            return;
        }
        let is_one = |reading: &Reading| !matches!(reading, Reading::Is(number) if !can_be(*number));
        let readings = CANDIDATES.map(|convention| convention.read(written).filter(is_one));
        self.numbers += usize::from(readings.iter().any(Option::is_some));
        self.read.iter_mut().zip(&readings).for_each(|(count, reading)| *count += usize::from(reading.is_some()));
        for (pair, two) in differing(&readings) {
            if !self.doubts.iter().any(|(other, ..)| *other == pair) {
                self.doubts.push((pair, cell, two));
            }
        }
    }

    pub fn evidence(self) -> Evidence<C> {
        let Self { read, numbers, doubts } = self;
        let reads_all = |at: usize| read.get(at) == Some(&numbers);
        if let Some((_, cell, readings)) = doubts.into_iter().find(|(pair, ..)| pair.iter().all(|at| reads_all(*at))) {
            return Evidence::Doubtful { cell, readings };
        }
        let best = CANDIDATES.into_iter().zip(read).reduce(|best, next| if next.1 > best.1 { next } else { best });
        match best {
            Some((convention, count)) if count == numbers => Evidence::Proven(convention),
            Some((convention, _)) => Evidence::Mixed(convention),
            None => Evidence::Proven(Convention::Comma),
        }
    }
}

/// The pairs of conventions that read one number differently.
fn differing(readings: &[Option<Reading>; 5]) -> Vec<([usize; 2], TwoReadings)> {
    let numbers = CANDIDATES.into_iter().zip(readings).enumerate();
    let numbers: Vec<(usize, Convention, Decimal)> = numbers
        .filter_map(|(at, (convention, reading))| match reading {
            Some(Reading::Is(number)) => Some((at, convention, *number)),
            _ => None,
        })
        .collect();
    let pairs = numbers.iter().flat_map(|a| numbers.iter().map(move |b| (a, b))).filter(|(a, b)| a.0 < b.0 && a.2 != b.2);
    pairs.map(|(a, b)| ([a.0, b.0], [(a.1, a.2), (b.1, b.2)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Seen;

    fn written(text: &str) -> Written<'_> {
        let Seen::Number(written) = Seen::of(text) else { panic!("{text} is no number") };
        written
    }

    fn evidence(cells: &[&'static str]) -> Evidence<&'static str> {
        weigh(cells.iter().map(|cell| (*cell, written(cell))), |_| true)
    }

    fn read(convention: Convention, text: &str) -> Option<String> {
        match convention.read(written(text))? {
            Reading::Is(number) => Some(number.to_string()),
            Reading::TooLong => Some("too long".to_owned()),
        }
    }

    #[test]
    fn each_convention_reads_its_own_numbers() {
        let cases = [
            (Convention::Comma, "4,870,332", "4870332"),
            (Convention::Comma, "1234567.5", "1234567.5"),
            (Convention::Point, "4.870.332,10", "4870332.10"),
            (Convention::Space, "4 870 332,1", "4870332.1"),
            (Convention::Space, "4\u{a0}870\u{a0}332", "4870332"),
            (Convention::Space, "4\u{202f}870", "4870"),
            (Convention::SpacePoint, "4 870.5", "4870.5"),
            (Convention::Apostrophe, "4'870’332", "none"),
            (Convention::Apostrophe, "4’870’332.5", "4870332.5"),
            (Convention::Plain, "4870.5", "4870.5"),
            (Convention::Comma, ".5", "0.5"),
            (Convention::Comma, "(4,870)", "-4870"),
        ];
        for (convention, text, number) in cases {
            assert_eq!(read(convention, text).unwrap_or("none".to_owned()), number, "{text} as {convention}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_not_read() {
        let cases = [
            (Convention::Comma, "4.870.332"),
            (Convention::Comma, "1,23,456"),
            (Convention::Comma, "1234,567"),
            (Convention::Comma, "0,125"),
            (Convention::Comma, "1,234,5"),
            (Convention::Comma, "1."),
            (Convention::Point, "0.5"),
            (Convention::Point, "12.50"),
            (Convention::Plain, "1,234"),
            (Convention::Space, "1 23"),
        ];
        for (convention, text) in cases {
            assert_eq!(read(convention, text), None, "{text} as {convention}");
        }
    }

    #[test]
    fn one_cell_that_fits_one_convention_only_proves_it_for_all() {
        assert_eq!(evidence(&["1,234", "4,870,332"]), Evidence::Proven(Convention::Comma));
        assert_eq!(evidence(&["1.234", "4.870.332"]), Evidence::Proven(Convention::Point));
        assert_eq!(evidence(&["1.234", "0.5"]), Evidence::Proven(Convention::Comma));
        assert_eq!(evidence(&["1.234", "7,5"]), Evidence::Proven(Convention::Point));
        assert_eq!(evidence(&["1 234", "12"]), Evidence::Proven(Convention::Space));
        assert_eq!(evidence(&["1'234.50"]), Evidence::Proven(Convention::Apostrophe));
        assert_eq!(evidence(&["12", "1500"]), Evidence::Proven(Convention::Comma));
    }

    #[test]
    fn a_file_that_can_be_read_in_two_ways_is_doubtful() {
        let thousand = |text: &str| text.parse::<Decimal>().unwrap();
        let readings = [(Convention::Comma, thousand("1.234")), (Convention::Point, thousand("1234"))];
        assert_eq!(evidence(&["7", "1.234", "850"]), Evidence::Doubtful { cell: "1.234", readings });
        assert!(matches!(evidence(&["1,234"]), Evidence::Doubtful { .. }));
    }

    #[test]
    fn numbers_written_in_two_ways_are_mixed_and_the_most_usual_is_named() {
        assert_eq!(evidence(&["4,870,332", "1,000,000", "4.870.332"]), Evidence::Mixed(Convention::Comma));
    }

    #[test]
    fn a_number_of_too_many_digits_is_one_all_the_same() {
        assert_eq!(read(Convention::Comma, &"9".repeat(40)), Some("too long".to_owned()));
    }

    #[test]
    fn a_convention_is_named_by_its_sample() {
        for convention in CANDIDATES {
            assert_eq!(convention.to_string().parse(), Ok(convention));
        }
        assert!("1.234.56".parse::<Convention>().unwrap_err().contains("`1.234,56`"));
    }
}
