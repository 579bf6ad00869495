//! Exact decimal numbers: the only place that uses `rust_decimal`.
//!
//! `rust_decimal` guards its sums against overflow, not against silent rounding; this module owns the test that tells an
//! exact result from a rounded one, and gives out nothing else.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Neg;
use std::str::FromStr;

use rust_decimal::Decimal as Inner;

use crate::error::Error;

/// The name under which a [`Decimal`] crosses serde, so that the file layer can hand over the digits of the source text.
pub(crate) const SERDE_NAME: &str = "$logframe::Decimal";

/// An exact decimal number of up to 28 digits (29 where they are below 2^96) that keeps the decimals it was written with.
///
/// Two numbers are equal when their values are (`1.0 == 1.00`); [`Display`](fmt::Display) shows the decimals that were written.
///
/// ```
/// use logframe::Decimal;
/// let a: Decimal = "180_572.10".parse()?;
/// let b: Decimal = "0.90".parse()?;
/// assert_eq!(a.exact_add(b).unwrap().to_string(), "180573.00");
/// assert!("1e5".parse::<Decimal>().is_err());
/// # Ok::<(), logframe::Error>(())
/// ```
// Its parts by themselves, for the sign is then one of two and not any number: an `Option` of it takes no more room, and plans have many.
#[derive(Clone, Copy, Default)]
pub struct Decimal {
    low: u32,
    middle: u32,
    high: u32,
    decimals: u8,
    is_negative: bool,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self::of(Inner::ZERO);
    /// One.
    pub const ONE: Self = Self::of(Inner::ONE);
    /// A hundred.
    pub const HUNDRED: Self = Self::of(Inner::ONE_HUNDRED);
    /// One half.
    pub const HALF: Self = Self::of(Inner::from_parts(5, 0, 0, false, 1));

    #[expect(clippy::cast_possible_truncation, reason = "there are 28 decimals at most")]
    const fn of(inner: Inner) -> Self {
        let parts = inner.unpack();
        let (low, middle, high) = (parts.lo, parts.mid, parts.hi);
        Self { low, middle, high, decimals: parts.scale as u8, is_negative: parts.negative }
    }

    /// Zero has no sign here, wherever it comes from.
    const fn inner(self) -> Inner {
        Inner::from_parts(self.low, self.middle, self.high, self.is_negative, self.decimals as u32)
    }

    /// The sum, or `None` where it has more digits than can be held.
    ///
    /// A sum is exact when it keeps the larger number of decimals; the rule was tried against a big-number library on
    /// millions of pairs near the limits (see `docs/design.md`).
    #[must_use]
    pub fn exact_add(self, other: Self) -> Option<Self> {
        let sum = Self::of(self.inner().checked_add(other.inner())?);
        let exact = sum.decimals == self.decimals.max(other.decimals) || self.is_zero() || other.is_zero();
        exact.then_some(sum)
    }

    /// The difference `self - other`, or `None` where it has more digits than can be held.
    #[must_use]
    pub fn exact_sub(self, other: Self) -> Option<Self> {
        self.exact_add(-other)
    }

    /// The product, or `None` where it has more digits than can be held.
    #[must_use]
    pub fn exact_mul(self, other: Self) -> Option<Self> {
        let product = Self::of(self.inner().checked_mul(other.inner())?);
        let exact = product.decimals == self.decimals + other.decimals || self.is_zero() || other.is_zero();
        exact.then_some(product)
    }

    /// A hundredth of it, or `None` where that has more decimals than can be held.
    ///
    /// ```
    /// use logframe::Decimal;
    /// let share: Decimal = "60".parse()?;
    /// assert_eq!(share.percent(), Some("0.60".parse()?));
    /// # Ok::<(), logframe::Error>(())
    /// ```
    #[must_use]
    pub fn percent(self) -> Option<Self> {
        self.exact_mul(Self::of(Inner::from_parts(1, 0, 0, false, 2)))
    }

    /// `self` divided by `other`, or `None` where that has no exact decimal.
    #[must_use]
    pub fn exact_div(self, other: Self) -> Option<Self> {
        let quotient = Self::of(self.inner().checked_div(other.inner())?);
        (quotient.exact_mul(other)? == self).then_some(quotient)
    }

    /// `self` divided by `other` and rounded to `decimals` places (halves away from zero), for showing only: no verdict
    /// ever rests on it. `None` where `other` is zero.
    #[must_use]
    pub fn shown_quotient(self, other: Self, decimals: u32) -> Option<Self> {
        let quotient = self.inner().checked_div(other.inner())?;
        Some(Self::of(quotient.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero)))
    }

    /// What per cent of a whole it is, for showing beside a limit that it is above: to as many decimals as it takes to see that.
    pub(crate) fn percent_above(self, whole: Self, limit: Self) -> Option<Self> {
        let hundredfold = self.exact_mul(Self::HUNDRED)?;
        let shown = |decimals| hundredfold.shown_quotient(whole.abs(), decimals);
        (1..=8).filter_map(shown).find(|percent| percent.abs() > limit).or_else(|| shown(1)).map(Self::normalized)
    }

    /// The largest whole multiple of `unit` that is not above `self`; `None` where `unit` is not positive or the numbers are too
    /// far apart.
    #[must_use]
    pub fn floor_to(self, unit: Self) -> Option<Self> {
        if unit.is_zero() || unit.is_negative() {
            return None;
        }
        let rest = Self::of(self.inner().checked_rem(unit.inner())?);
        let below = if rest.is_negative() { rest.exact_add(unit)? } else { rest };
        self.exact_sub(below)
    }

    /// The same number with so many decimals, where that loses nothing; as it is otherwise.
    #[must_use]
    pub fn with_decimals(self, decimals: u32) -> Self {
        let mut inner = self.inner();
        inner.rescale(decimals);
        let rescaled = Self::of(inner);
        if rescaled == self { rescaled } else { self }
    }

    /// The same number without zeros that multiplying brought: with the decimals that it needs, and those of `other` at least.
    #[must_use]
    pub(crate) fn with_decimals_of(self, other: Self) -> Self {
        let plain = self.normalized();
        plain.with_decimals(plain.decimals().max(other.decimals()))
    }

    /// How many steps of `10^-decimals` it is; `None` where it is no whole number of them, or too many.
    #[must_use]
    pub fn in_steps(self, decimals: u32) -> Option<i128> {
        let inner = self.inner();
        if inner.scale() == decimals {
            return Some(inner.mantissa());
        }
        let plain = if inner.scale() > decimals { inner.normalize() } else { inner };
        let factor = 10_i128.checked_pow(decimals.checked_sub(plain.scale())?)?;
        plain.mantissa().checked_mul(factor)
    }

    /// So many steps of `10^-decimals`; `None` where that has more digits than can be held.
    ///
    /// ```
    /// use logframe::Decimal;
    /// let amount = Decimal::of_steps(-31_313_50, 2).unwrap();
    /// assert_eq!((amount.to_string().as_str(), amount.in_steps(3)), ("-31313.50", Some(-31_313_500)));
    /// ```
    #[must_use]
    pub fn of_steps(steps: i128, decimals: u32) -> Option<Self> {
        let (mut steps, mut decimals) = (steps, decimals);
        while decimals > 0 && steps % 10 == 0 && steps.unsigned_abs() >= 1 << 95 {
            (steps, decimals) = (steps / 10, decimals - 1);
        }
        Inner::try_from_i128_with_scale(steps, decimals).ok().map(Self::of)
    }

    /// Without the zeros at the end of its decimals.
    #[must_use]
    pub fn normalized(self) -> Self {
        Self::of(self.inner().normalize())
    }

    /// Whether `self` is a whole multiple of `unit`; `None` where `unit` is zero or the numbers are too far apart.
    #[must_use]
    pub fn is_multiple_of(self, unit: Self) -> Option<bool> {
        Some(self.inner().checked_rem(unit.inner())?.is_zero())
    }

    /// Whether `self / unit` is an even whole number; `None` as in [`Decimal::is_multiple_of`].
    #[must_use]
    pub fn is_even_multiple_of(self, unit: Self) -> Option<bool> {
        self.is_multiple_of(unit.exact_add(unit)?)
    }

    /// Whether it is zero, however written.
    pub fn is_zero(self) -> bool {
        self.low | self.middle | self.high == 0
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.is_negative && !self.is_zero()
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self::of(self.inner().abs())
    }

    /// Decimals it was written with: 2 for `180572.10`.
    pub fn decimals(self) -> u32 {
        self.decimals.into()
    }

    /// The sum of many, or `None` where it has more digits than can be held.
    pub fn exact_sum(terms: impl IntoIterator<Item = Self>) -> Option<Self> {
        terms.into_iter().try_fold(Self::ZERO, Self::exact_add)
    }

    /// With its thousands set apart as `style` does.
    ///
    /// ```
    /// use logframe::{Decimal, NumberStyle};
    /// let amount: Decimal = "32326041.50".parse()?;
    /// assert_eq!(amount.grouped(NumberStyle::of_language("en")), "32,326,041.50");
    /// assert_eq!(amount.grouped(NumberStyle::of_language("es")), "32.326.041,50");
    /// # Ok::<(), logframe::Error>(())
    /// ```
    pub fn grouped(self, style: NumberStyle) -> String {
        let digits = self.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::from(if self.is_negative() { "-" } else { "" });
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                text.push(style.thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(style.decimal);
            text.push_str(fraction);
        }
        text
    }
}

/// How thousands and decimals are set apart when a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberStyle {
    /// Between groups of three digits.
    pub thousands: char,
    /// Before the decimals.
    pub decimal: char,
}

impl NumberStyle {
    /// The style usual in a language, by its ISO 639 code; regional forms as `es-CO` follow their language, except Mexico and
    /// Central America's, which write as English does. Unknown languages are shown as English. Source: Unicode CLDR 44.
    pub fn of_language(language: &str) -> Self {
        let language = language.to_ascii_lowercase();
        let (thousands, decimal) = match language.as_str() {
            "es-mx" | "es-gt" | "es-hn" | "es-ni" | "es-pa" | "es-pr" | "es-sv" | "es-do" => (',', '.'),
            "de-ch" => ('’', '.'),
            other => match other.split(['-', '_']).next().unwrap_or_default() {
                "es" | "pt" | "de" | "it" | "nl" | "id" | "tr" | "da" | "el" => ('.', ','),
                "fr" => ('\u{202f}', ','),
                "ru" | "uk" | "pl" | "cs" | "sv" | "fi" | "nb" => ('\u{a0}', ','),
                _ => (',', '.'),
            },
        };
        Self { thousands, decimal }
    }
}

impl Default for NumberStyle {
    fn default() -> Self {
        Self { thousands: ',', decimal: '.' }
    }
}

impl FromStr for Decimal {
    type Err = Error;

    /// Reads plain decimal digits: an optional minus, digits, an optional point and digits; `_` may stand between digits.
    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = |why| Error::NotExact { text: text.chars().take(60).collect(), why };
        if let Some(why) = why_not_plain(text) {
            return Err(refused(why));
        }
        let plain = text.strip_prefix('+').unwrap_or(text);
        let inner =
            if plain.contains('_') { Inner::from_str_exact(&plain.replace('_', "")) } else { Inner::from_str_exact(plain) };
        inner.map(Self::of).map_err(|_| refused("it has more than 28 digits, and none is dropped"))
    }
}

const EXPECTED: &str = "write digits, as 180572 or 180_572.10";

/// What is wrong with a character that is no digit, point or `_`.
fn why_not_this(stray: char, digits: &[u8]) -> &'static str {
    let only_digits_and = |marks: &[u8]| digits.iter().all(|byte| byte.is_ascii_digit() || marks.contains(byte));
    match stray {
        'e' | 'E' if only_digits_and(b".eE+-") => "exponents are not taken; write the digits out, as 100000",
        ',' => "commas are not taken; group thousands with `_` and put a point before decimals, as 180_572.10",
        '%' => "signs are not taken; a share is in per cent already, write its digits alone, as 2.5",
        '(' | ')' => "brackets are not taken; write a minus before what is less than nothing, as -180572",
        '\'' | '’' => "apostrophes are not taken; group thousands with `_`, as 180_572.10",
        c if c.is_whitespace() => "blanks are not taken; write digits, as 180572 or 180_572.10",
        c if c.is_alphabetic() || "$€£".contains(c) => "letters and signs are not taken; write the digits alone, as 180572",
        _ => EXPECTED,
    }
}

/// What keeps a text from being a plain decimal number.
fn why_not_plain(text: &str) -> Option<&'static str> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text).as_bytes();
    let prefix = digits.get(..2).map(<[u8]>::to_ascii_lowercase);
    if matches!(prefix.as_deref(), Some(b"0x" | b"0o" | b"0b")) {
        return Some("it is not in decimal digits; write it in decimal, as 180572");
    }
    if digits.eq_ignore_ascii_case(b"nan") || digits.eq_ignore_ascii_case(b"inf") {
        return Some("it is no number; leave the key out where an amount is not given");
    }
    if let Some(stray) = text.trim_start_matches(['-', '+']).chars().find(|c| !c.is_ascii_digit() && !matches!(c, '.' | '_')) {
        return Some(why_not_this(stray, digits));
    }
    if digits.iter().filter(|b| **b == b'.').count() > 1 {
        return Some("it has more than one point; group thousands with `_`, as 180_572.10");
    }
    let joined = |part: &[u8]| part.split(|b| *b == b'_').all(|group| !group.is_empty());
    if digits.split(|b| *b == b'.').all(joined) { None } else { Some(EXPECTED) }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // rust_decimal pads by its own rules; `pad` gives the usual ones.
        f.pad(&self.inner().to_string())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.inner(), f)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.inner() == other.inner()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner().hash(state);
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.inner().cmp(&other.inner())
    }
}

impl Neg for Decimal {
    type Output = Self;
    fn neg(self) -> Self {
        Self::of(-self.inner())
    }
}

impl From<i64> for Decimal {
    fn from(n: i64) -> Self {
        Self::of(n.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn reads_what_was_written_with_its_decimals() {
        for text in ["0", "180572.10", "-0.5", "9007199254740993.01", "79228162514264337593543950335"] {
            assert_eq!(dec(text).to_string(), text);
        }
        assert_eq!(dec("1_000.50").to_string(), "1000.50");
    }

    #[test]
    fn refuses_what_would_be_inexact_and_says_what_is_expected() {
        let cases = [
            ("1e5", "exponents"),
            ("nan", "no number"),
            ("-inf", "no number"),
            ("0xFF", "decimal digits"),
            ("1,000", "commas"),
            ("1.000.000", "more than one point"),
            ("1 000", "blanks"),
            ("", "write digits"),
            ("-", "write digits"),
            ("1.", "write digits"),
            (".5", "write digits"),
            ("1__0", "write digits"),
            ("٣", "write digits"),
            ("1234567890123456789012345678901234567890", "28 digits"),
            ("0.12345678901234567890123456789012", "28 digits"),
        ];
        for (text, why) in cases {
            let error = text.parse::<Decimal>().unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn nothing_less_nothing_has_no_sign() {
        assert_eq!(Decimal::ZERO.exact_sub(Decimal::ZERO).unwrap().to_string(), "0");
        assert_eq!(dec("1.50").exact_sub(dec("1.50")).unwrap().to_string(), "0.00");
    }

    #[test]
    fn a_sum_that_would_lose_digits_is_refused() {
        let max = dec("79228162514264337593543950335");
        assert_eq!(max.exact_add(dec("0.1")), None);
        assert_eq!(max.exact_add(dec("1")), None);
        assert_eq!(dec("0.0000000000000000000000000001").exact_mul(dec("0.1")), None);
    }

    #[test]
    fn one_that_may_be_missing_takes_no_more_room() {
        assert_eq!(size_of::<Option<Decimal>>(), 16);
    }

    proptest! {
        #[test]
        fn sums_agree_with_integers(a in -10i64.pow(15)..10i64.pow(15), b in -10i64.pow(15)..10i64.pow(15), scale in 0u32..6) {
            let part = |n: i64| Decimal::of(Inner::new(n, scale));
            prop_assert_eq!(part(a).exact_add(part(b)), Some(part(a + b)));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<Decimal>();
        }

        #[test]
        fn grouping_only_adds_separators(n in any::<i64>()) {
            let plain: String = Decimal::from(n).grouped(NumberStyle::default()).replace(',', "");
            prop_assert_eq!(plain, n.to_string());
        }
    }
}
