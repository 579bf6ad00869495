//! Stretches of whole days: years, half-years, quarters, months, and from one day to another.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Date;
use crate::error::Error;

/// A piece of the calendar that tables and profiles go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Calendar months.
    Month,
    /// Quarters of a calendar year.
    Quarter,
    /// Halves of a calendar year.
    HalfYear,
    /// Calendar years.
    Year,
}

impl Step {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::HalfYear, Self::Year];

    /// Its name for programs: `half-year`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
            Self::Year => "year",
        }
    }

    /// How many months it has.
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

/// From one day to another, both included.
///
/// Written as a calendar year, half-year, quarter, month or day, or as two of them with a slash between, as ISO 8601 does.
///
/// ```
/// use logframe::{Period, Step};
/// let period: Period = "2026-Q2/2027".parse()?;
/// assert_eq!((period.from.to_string(), period.to.to_string()), ("2026-04-01".to_owned(), "2027-12-31".to_owned()));
/// assert_eq!(period.to_string(), "2026-04-01/2027-12-31");
/// assert_eq!("2026-H1".parse::<Period>()?.steps(Step::Quarter).map(|q| q.to_string()).collect::<Vec<_>>(), ["2026-Q1", "2026-Q2"]);
/// assert!("2027/2026".parse::<Period>().is_err());
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// What a plan may last, in years: a mistyped year would make thousands of columns, and of parts for every line.
    const LONGEST: u32 = 30;

    /// From one day to another; `None` where it ends before it begins, or lasts longer than thirty years.
    pub fn between(from: Date, to: Date) -> Option<Self> {
        let is_short = to.0.year().abs_diff(from.0.year()) <= Self::LONGEST;
        (from <= to && is_short).then_some(Self { from, to })
    }

    /// Whether all of it lies within another.
    pub fn is_within(self, other: Self) -> bool {
        other.from <= self.from && self.to <= other.to
    }

    /// Whether the two have a day in common.
    pub fn meets(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// How many days it has.
    pub fn days(self) -> u32 {
        u32::try_from((self.to.0 - self.from.0).num_days() + 1).unwrap_or(0)
    }

    /// How many months it lasts, counted from its first day, the last one whole though it be only begun.
    pub fn begun_months(self) -> u32 {
        let next = |n: u32| self.from.0.checked_add_months(Months::new(n));
        (1..=Self::LONGEST * 12 + 12).find(|n| next(*n).is_none_or(|day| day > self.to.0)).unwrap_or(1)
    }

    /// Whether it begins on the first of a month and ends on the last of one.
    pub fn is_whole_months(self) -> bool {
        self.from.0.day() == 1 && self.to.0.checked_add_days(Days::new(1)).is_none_or(|next| next.day() == 1)
    }

    /// The whole months, quarters, half-years or years that it touches, in their order.
    pub fn steps(self, step: Step) -> impl Iterator<Item = Self> {
        std::iter::successors(step_at(self.from.0, step), move |last| step_at(last.to.0.checked_add_days(Days::new(1))?, step))
            .take_while(move |one| one.from <= self.to)
    }

    /// The step of the calendar that all of it lies in, where there is one.
    pub fn step(self, step: Step) -> Option<Self> {
        step_at(self.from.0, step).filter(|whole| self.to <= whole.to)
    }

    /// The days that the two have in common.
    pub fn cut(self, other: Self) -> Option<Self> {
        self.meets(other).then(|| Self { from: self.from.max(other.from), to: self.to.min(other.to) })
    }
}

fn step_at(day: NaiveDate, step: Step) -> Option<Period> {
    let month = day.month0() / step.months() * step.months() + 1;
    of_months(day.year(), month, step.months())
}

fn of_months(year: i32, month: u32, months: u32) -> Option<Period> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    let to = from.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
    Some(Period { from: Date(from), to: Date(to) })
}

/// A single piece: `2026`, `2026-H1`, `2026-Q3`, `2026-03`, `2026-03-15`.
fn piece(text: &str) -> Option<Period> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: i32 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
    let one = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?;
    match rest.as_bytes() {
        [] => of_months(year, 1, 12),
        [b'-', b'H', b'1' | b'2'] => of_months(year, one(rest.get(2..)?)? * 6 - 5, 6),
        [b'-', b'Q', quarter] if (b'1'..=b'4').contains(quarter) => of_months(year, one(rest.get(2..)?)? * 3 - 2, 3),
        [b'-', _, _] => of_months(year, one(rest.get(1..)?)?, 1),
        _ => text.parse().ok().map(|day| Period { from: day, to: day }),
    }
}

impl FromStr for Period {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        let period = piece(first).zip(piece(last)).and_then(|(first, last)| Self::between(first.from, last.to));
        period.ok_or_else(|| Error::NotAPeriod(text.chars().take(60).collect()))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_step = |step: &Step| step_at(self.from.0, *step) == Some(*self);
        let (year, month) = (self.from.0.year(), self.from.0.month());
        match Step::ALL.into_iter().find(is_step) {
            Some(Step::Year) => write!(f, "{year:04}"),
            Some(Step::HalfYear) => write!(f, "{year:04}-H{}", month.div_ceil(6)),
            Some(Step::Quarter) => write!(f, "{year:04}-Q{}", month.div_ceil(3)),
            Some(Step::Month) => write!(f, "{year:04}-{month:02}"),
            None if self.is_whole_years() => write!(f, "{year:04}/{:04}", self.to.0.year()),
            None if self.from == self.to => self.from.fmt(f),
            None => write!(f, "{}/{}", self.from, self.to),
        }
    }
}

impl Period {
    fn is_whole_years(self) -> bool {
        let of = |date: NaiveDate| step_at(date, Step::Year);
        of(self.from.0).is_some_and(|year| year.from == self.from) && of(self.to.0).is_some_and(|year| year.to == self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_shown_as_it_is_shortest() {
        for text in ["2026", "2026-H2", "2026-Q4", "2026-02", "2024-02-29", "2026/2028", "2026-01-15/2026-02-14"] {
            assert_eq!(period(text).to_string(), text);
        }
        assert_eq!(period("2026-01/2026-06").to_string(), "2026-H1");
        assert_eq!(period("2026-Q1/2026-Q4").to_string(), "2026");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in
            ["", "26", "2026-Q5", "2026-H0", "2026-13", "2026-02-30", "2026-3", "+026", "2026/", "2027/2026", "1900/2100", "ééé"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn steps_are_whole_and_in_order() {
        let shown = |text: &str, step| period(text).steps(step).map(|one| one.to_string()).collect::<Vec<_>>();
        assert_eq!(shown("2026-11-15/2027-02-01", Step::Month), ["2026-11", "2026-12", "2027-01", "2027-02"]);
        assert_eq!(shown("2026-11-15/2027-02-01", Step::Year), ["2026", "2027"]);
        assert_eq!(shown("9999", Step::HalfYear), ["9999-H1", "9999-H2"]);
        assert_eq!(period("2026-04/2026-05").step(Step::Quarter).unwrap().to_string(), "2026-Q2");
        assert_eq!(period("2026-03/2026-04").step(Step::Quarter), None);
    }

    #[test]
    fn days_are_counted_with_both_ends() {
        assert_eq!(period("2024-02").days(), 29);
        assert_eq!(period("2026-03-15").days(), 1);
    }
}
