//! Rounding rules and the amounts that each sends to a printed figure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::interval::{End, Interval};
use crate::decimal::Decimal;

/// How the figures of a document were rounded to their unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rounding {
    /// To the nearest; what happens to an exact half is not known.
    #[default]
    Nearest,
    /// To the nearest, halves towards plus infinity.
    HalfUp,
    /// To the nearest, halves towards minus infinity.
    HalfDown,
    /// To the nearest, halves away from zero (spreadsheets, commercial rounding).
    HalfAway,
    /// To the nearest, halves towards zero.
    HalfTowardZero,
    /// To the nearest, halves to the even neighbour (bankers' rounding).
    HalfEven,
    /// Down, towards minus infinity.
    Floor,
    /// Up, towards plus infinity.
    Ceiling,
    /// Towards zero: digits are cut off.
    Truncate,
    /// Away from zero.
    AwayFromZero,
    /// Not rounded at all.
    Exact,
}

impl Rounding {
    /// All rules.
    pub const ALL: [Self; 11] = [
        Self::Nearest,
        Self::HalfUp,
        Self::HalfDown,
        Self::HalfAway,
        Self::HalfTowardZero,
        Self::HalfEven,
        Self::Floor,
        Self::Ceiling,
        Self::Truncate,
        Self::AwayFromZero,
        Self::Exact,
    ];

    /// Its name in kebab case, as plan files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::HalfUp => "half-up",
            Self::HalfDown => "half-down",
            Self::HalfAway => "half-away",
            Self::HalfTowardZero => "half-toward-zero",
            Self::HalfEven => "half-even",
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
            Self::Truncate => "truncate",
            Self::AwayFromZero => "away-from-zero",
            Self::Exact => "exact",
        }
    }

    /// The rule of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// The rule in words that fit into "rounded …".
    pub fn words(self) -> &'static str {
        match self {
            Self::Nearest => "to the nearest",
            Self::HalfUp => "half up",
            Self::HalfDown => "half down",
            Self::HalfAway => "half away from zero",
            Self::HalfTowardZero => "half towards zero",
            Self::HalfEven => "half to even",
            Self::Floor => "down",
            Self::Ceiling => "up",
            Self::Truncate => "by cutting digits off",
            Self::AwayFromZero => "away from zero",
            Self::Exact => "not at all",
        }
    }
}

/// Where an interval begins and ends around its printed figure, in half units, with the openness of each end.
type Reach = ((i8, i8), (i8, i8));

const TO_HALF: Reach = ((-1, 0), (1, 0));
const TO_HALF_OPEN: Reach = ((-1, 1), (1, -1));
const HALF_BELOW_IN: Reach = ((-1, 0), (1, -1));
const HALF_ABOVE_IN: Reach = ((-1, 1), (1, 0));
const UNIT_ABOVE: Reach = ((0, 0), (2, -1));
const UNIT_BELOW: Reach = ((-2, 1), (0, 0));
const UNIT_BOTH: Reach = ((-2, 1), (2, -1));
const NONE: Reach = ((0, 0), (0, 0));

impl Rounding {
    /// `amount` rounded to whole `unit`s; a half goes away from zero where the rule does not say. `None` where `unit` is not
    /// positive or the numbers are too far apart.
    ///
    /// ```
    /// use logframe::crossfoot::Rounding;
    /// let amount = "2.4748".parse()?;
    /// let tenth = "0.1".parse()?;
    /// assert_eq!(Rounding::Nearest.apply(amount, tenth), Some("2.5".parse()?));
    /// assert_eq!(Rounding::Floor.apply(amount, tenth), Some("2.4".parse()?));
    /// # Ok::<(), logframe::Error>(())
    /// ```
    pub fn apply(self, amount: Decimal, unit: Decimal) -> Option<Decimal> {
        let below = amount.floor_to(unit)?;
        if self == Self::Exact || below == amount {
            return Some(amount);
        }
        let above = below.exact_add(unit)?;
        let (down, up) = (amount.exact_sub(below)?, above.exact_sub(amount)?);
        let goes_up = match self {
            Self::Floor => false,
            Self::Ceiling => true,
            Self::Truncate => amount.is_negative(),
            Self::AwayFromZero => !amount.is_negative(),
            _ if down != up => up < down,
            Self::HalfUp => true,
            Self::HalfDown => false,
            Self::HalfTowardZero => amount.is_negative(),
            Self::HalfEven => !below.is_even_multiple_of(unit)?,
            _ => !amount.is_negative(),
        };
        Some(if goes_up { above } else { below })
    }
}

impl Rounding {
    /// `numerator / denominator` rounded to whole `unit`s in one step, whether or not the quotient has an exact decimal; a half goes
    /// away from zero where the rule does not say. `None` where the denominator is zero, `unit` is not positive, the rule is exact and
    /// the quotient no whole unit, or the numbers are too far apart.
    ///
    /// ```
    /// use logframe::crossfoot::Rounding;
    /// let (two, three, cent) = ("2".parse()?, "3".parse()?, "0.01".parse()?);
    /// assert_eq!(Rounding::HalfUp.quotient(two, three, cent), Some("0.67".parse()?));
    /// assert_eq!(Rounding::Truncate.quotient(-two, three, cent), Some("-0.66".parse()?));
    /// # Ok::<(), logframe::Error>(())
    /// ```
    pub fn quotient(self, numerator: Decimal, denominator: Decimal, unit: Decimal) -> Option<Decimal> {
        if denominator.is_zero() || unit.is_zero() || unit.is_negative() {
            return None;
        }
        let whole = |number: Decimal| Some((number.in_steps(number.decimals())?, number.decimals()));
        let ((n, n_places), (d, d_places), (u, u_places)) = (whole(numerator)?, whole(denominator)?, whole(unit)?);
        let ten = |places: u32| 10_i128.checked_pow(places);
        let above = n.checked_mul(ten((d_places + u_places).saturating_sub(n_places))?)?;
        let below = d.checked_mul(u)?.checked_mul(ten(n_places.saturating_sub(d_places + u_places))?)?;
        let (above, below) = if below < 0 { (above.checked_neg()?, below.checked_neg()?) } else { (above, below) };
        let (floor, rest) = (above.div_euclid(below), above.rem_euclid(below));
        let units = floor.checked_add(i128::from(self.goes_up(above < 0, floor, rest, below)?))?;
        Decimal::of_steps(units.checked_mul(u)?, u_places)
    }

    /// Whether what lies `rest / whole` of a unit above `floor` units is rounded up; `None` where it may not be rounded at all.
    fn goes_up(self, is_negative: bool, floor: i128, rest: i128, whole: i128) -> Option<bool> {
        let against_half = rest.cmp(&(whole - rest));
        Some(match self {
            _ if rest == 0 => false,
            Self::Exact => return None,
            Self::Floor => false,
            Self::Ceiling => true,
            Self::Truncate => is_negative,
            Self::AwayFromZero => !is_negative,
            _ if against_half.is_ne() => against_half.is_gt(),
            Self::HalfUp => true,
            Self::HalfDown => false,
            Self::HalfTowardZero => is_negative,
            Self::HalfEven => floor % 2 != 0,
            _ => !is_negative,
        })
    }
}

/// How far the amounts behind any number of figures of one unit reach around the sum of the figures: whole numbers of half
/// units, so that adding a figure costs no decimal arithmetic.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reaches {
    low: (i64, bool),
    high: (i64, bool),
}

impl Reaches {
    /// With one figure more.
    pub(super) fn plus(self, printed: Decimal, unit: Decimal, rounding: Rounding) -> Option<Self> {
        let ((low, low_shift), (high, high_shift)) = reach(printed, unit, rounding)?;
        let end = |(sum, open): (i64, bool), halves: i8, shift: i8| (sum + i64::from(halves), open || shift != 0);
        Some(Self { low: end(self.low, low, low_shift), high: end(self.high, high, high_shift) })
    }

    /// The interval around the sum of the figures.
    pub(super) fn around(self, value: Decimal, unit: Decimal) -> Option<Interval> {
        let half = unit.exact_mul(Decimal::HALF)?;
        let end = |(halves, open): (i64, bool), side: i8| {
            let value = value.exact_add(half.exact_mul(Decimal::from(halves))?)?;
            Some(End { value, shift: if open { side } else { 0 } })
        };
        Some(Interval::between(end(self.low, 1)?, end(self.high, -1)?))
    }
}

impl Interval {
    /// The amounts that `rounding` sends to the figure `printed` in whole `unit`s. `None` where a bound has more digits than
    /// can be held. Source of the table: the definition of each rule; held by a test that rounds a lattice of eighths.
    pub fn of_printed(printed: Decimal, unit: Decimal, rounding: Rounding) -> Option<Self> {
        Reaches::default().plus(printed, unit, rounding)?.around(printed, unit)
    }
}

fn reach(printed: Decimal, unit: Decimal, rounding: Rounding) -> Option<Reach> {
    let by_sign = |positive, zero, negative| match (printed.is_zero(), printed.is_negative()) {
        (true, _) => zero,
        (_, true) => negative,
        _ => positive,
    };
    Some(match rounding {
        Rounding::Exact => NONE,
        Rounding::Nearest => TO_HALF,
        Rounding::HalfUp => HALF_BELOW_IN,
        Rounding::HalfDown => HALF_ABOVE_IN,
        Rounding::HalfAway => by_sign(HALF_BELOW_IN, TO_HALF_OPEN, HALF_ABOVE_IN),
        Rounding::HalfTowardZero => by_sign(HALF_ABOVE_IN, TO_HALF, HALF_BELOW_IN),
        Rounding::HalfEven if printed.is_even_multiple_of(unit)? => TO_HALF,
        Rounding::HalfEven => TO_HALF_OPEN,
        Rounding::Floor => UNIT_ABOVE,
        Rounding::Ceiling => UNIT_BELOW,
        Rounding::Truncate => by_sign(UNIT_ABOVE, UNIT_BOTH, UNIT_BELOW),
        Rounding::AwayFromZero => by_sign(UNIT_BELOW, NONE, UNIT_ABOVE),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [Rounding; 9] = [
        Rounding::HalfUp,
        Rounding::HalfDown,
        Rounding::HalfAway,
        Rounding::HalfTowardZero,
        Rounding::HalfEven,
        Rounding::Floor,
        Rounding::Ceiling,
        Rounding::Truncate,
        Rounding::AwayFromZero,
    ];

    /// `eighths / 8` rounded to whole numbers, by the definition of each rule in integers.
    fn round_eighths(eighths: i64, rule: Rounding) -> i64 {
        let (floor, rest) = (eighths.div_euclid(8), eighths.rem_euclid(8));
        let up = match rule {
            Rounding::Floor => false,
            Rounding::Ceiling => rest > 0,
            Rounding::Truncate => rest > 0 && eighths < 0,
            Rounding::AwayFromZero => rest > 0 && eighths > 0,
            _ if rest != 4 => rest > 4,
            Rounding::HalfUp => true,
            Rounding::HalfDown => false,
            Rounding::HalfAway => eighths > 0,
            Rounding::HalfTowardZero => eighths < 0,
            _ => floor % 2 != 0,
        };
        floor + i64::from(up)
    }

    #[test]
    fn an_amount_lies_in_the_interval_of_a_figure_exactly_when_it_rounds_to_it() {
        let eighth: Decimal = "0.125".parse().unwrap();
        for rule in RULES {
            for eighths in -40..=40 {
                let amount = Decimal::from(eighths).exact_mul(eighth).unwrap();
                let rounded = round_eighths(eighths, rule);
                assert_eq!(rule.apply(amount, Decimal::from(1)), Some(Decimal::from(rounded)), "{rule:?} {amount}");
                for printed in -7..=7 {
                    let figure = Interval::of_printed(Decimal::from(printed), Decimal::from(1), rule).unwrap();
                    assert_eq!(figure.meets(Interval::exactly(amount)), rounded == printed, "{rule:?} {amount} {printed}");
                }
            }
        }
    }

    #[test]
    fn nearest_keeps_both_halves_because_the_rule_for_ties_is_not_known() {
        let figure = Interval::of_printed(Decimal::from(5), Decimal::from(10), Rounding::Nearest).unwrap();
        assert_eq!(figure.to_string(), "[0.0, 10.0]");
    }

    #[test]
    fn names_are_those_of_plan_files() {
        for rule in Rounding::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
            assert_eq!(Rounding::named(rule.name()), Some(rule));
        }
    }
}
