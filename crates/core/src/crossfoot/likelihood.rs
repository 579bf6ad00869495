//! Sums that are possible but unlikely: the exact chance that rounding alone makes so large a difference.
//!
//! Where n parts and their total are rounded to the nearest unit, each apart from the others, the printed parts less the printed
//! total come to the whole number nearest to a sum of n independent errors, each uniform between -1/2 and 1/2. The chance of k
//! units or more, on either side, is the tail of the Irwin-Hall distribution (P. Hall, Biometrika 19, 1927; J. O. Irwin, ibid.):
//! with m = n + 1 - 2k, it is 2 / (n! 2^n) times the sum of (-1)^j C(n,j) (m - 2j)^n over all j with 2j < m.

use std::collections::BTreeMap;

use super::figure::Figure;
use super::interval::Interval;
use super::natural::Natural;
use super::rounding::Rounding;
use super::system::{Sum, System};
use crate::decimal::{Decimal, NumberStyle};

/// Up to so many parts the chance is exact. For longer sums, whose exact chance is a fraction of thousands of digits, a bound
/// takes its place that is never too low: 2 exp(-6 t^2 / n) for t = k - 1/2 (uniform errors are sub-Gaussian with their own
/// variance; Hoeffding's argument with that variance).
const EXACT_PARTS: u32 = 200;

/// A sum that rounding alone leaves possible, but hardly ever makes miss by so much.
///
/// ```
/// use logframe::crossfoot::{Figure, Rounding, Sum, System};
/// let mut system = System::default();
/// let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), Rounding::HalfUp).unwrap());
/// let (parts, total) = ((0..8).map(|_| printed(100)).collect::<Vec<_>>(), printed(804));
/// system.sum(Sum::new(total, parts));
/// let unlikely = system.unlikely();
/// assert_eq!((unlikely[0].residual, unlikely[0].words()), ((-4).into(), "about 1 in 5,100,000".into()));
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unlikely {
    /// The sum by position.
    pub sum: usize,
    /// The printed parts less the printed total.
    pub residual: Decimal,
    /// The chance that rounding alone makes a residual at least as large, on either side: rounded up to two significant digits,
    /// and to 28 decimals.
    pub chance: Decimal,
    /// In how many such sums there is one such residual: rounded down to two significant digits, and to no more than 28 digits.
    pub one_in: Decimal,
    /// Whether the chance is not known but surely no more than that: the sum has more than 200 parts.
    pub is_bound: bool,
}

impl Unlikely {
    /// The chance in words: `about 1 in 4,000`.
    pub fn words(&self) -> String {
        let one_in = self.one_in.grouped(NumberStyle::default());
        if self.is_bound { format!("less than 1 in {one_in}") } else { format!("about 1 in {one_in}") }
    }
}

impl System {
    /// The sums, by position, whose printed figures rounding alone makes miss by so much with a chance below 0.1 %, shared out
    /// among all sums of the system. Such a sum is possible, and worth a look.
    ///
    /// Only sums are looked at whose parts were rounded to the nearest unit, the same for all and for the total, each apart
    /// from the others; exact parts that are whole units do not matter. Sums that cannot hold at all are left out:
    /// [`System::reconcile`] finds them. Figures that share a cause (all of them end in .5, say) are not independent, and the
    /// chance is then not what is given here.
    pub fn unlikely(&self) -> Vec<Unlikely> {
        let mut chances = BTreeMap::new();
        let sums = self.sums().iter().enumerate();
        let missing = sums.filter_map(|(at, sum)| Some((at, Miss::of(self, sum)?)));
        missing.filter_map(|(at, miss)| self.unlikely_sum(at, &miss, &mut chances)).collect()
    }

    fn unlikely_sum(&self, at: usize, miss: &Miss, chances: &mut Chances) -> Option<Unlikely> {
        let key = (miss.parts, miss.units);
        let chance = chances.entry(key).or_insert_with(|| Chance::of(miss.parts, miss.units)).as_ref()?;
        let sums = u32::try_from(self.sums().len()).ok()?;
        let is_unlikely = chance.cases.times(1_000).times(sums) < chance.of;
        let (chance, one_in) = is_unlikely.then(|| Some((chance.rounded_up()?, chance.one_in()?)))??;
        Some(Unlikely { sum: at, residual: miss.residual, chance, one_in, is_bound: miss.parts > EXACT_PARTS })
    }
}

type Chances = BTreeMap<(u32, u32), Option<Chance>>;

/// By how much a sum misses.
struct Miss {
    /// How many of its parts were rounded.
    parts: u32,
    /// By how many units it misses, to either side.
    units: u32,
    residual: Decimal,
}

impl Miss {
    /// `None` where the sum is not one of independently rounded figures of one unit, and where what it misses by is too little to
    /// be unlikely.
    fn of(system: &System, sum: &Sum) -> Option<Self> {
        let total = *system.figures().get(sum.total)?;
        let unit = total.unit().filter(|_| is_rounded_to_nearest(&total))?;
        let (mut residual, mut parts) = (Decimal::ZERO, 0_u32);
        for (at, sign) in sum.terms() {
            let figure = *system.figures().get(at)?;
            let number = figure.number()?;
            residual = if sign < 0 { residual.exact_sub(number)? } else { residual.exact_add(number)? };
            parts = parts.checked_add(u32::from(counts(&figure, unit)?))?;
        }
        let miss = Self { parts: parts.checked_sub(1)?, units: units(residual, unit)?, residual };
        (!sum.is_of_printed && !miss.is_small() && !has_repeats(sum)).then_some(miss)
    }

    /// Whether it is too little to have a chance below 0.1 %: the square of `2 units - 1` is no more than twice the number of
    /// parts. Held by a test for every number of parts whose chance is exact; beyond, the chance only nears that of a normal
    /// distribution, 1.4 % at this point.
    fn is_small(&self) -> bool {
        let twice = u64::from(self.units) * 2;
        twice < 2 || (twice - 1).saturating_mul(twice - 1) <= 2 * u64::from(self.parts)
    }
}

/// Whether a figure counts as rounded to the nearest `unit`; `None` where it is neither that nor exactly a whole number of them.
fn counts(figure: &Figure, unit: Decimal) -> Option<bool> {
    if figure.amounts().is_point() {
        return figure.number()?.is_multiple_of(unit)?.then_some(false);
    }
    (figure.unit() == Some(unit) && is_rounded_to_nearest(figure)).then_some(true)
}

fn is_rounded_to_nearest(figure: &Figure) -> bool {
    let (Some(number), Some(unit)) = (figure.number(), figure.unit()) else { return false };
    let is_nearest = !matches!(
        figure.rounding(),
        Rounding::Floor | Rounding::Ceiling | Rounding::Truncate | Rounding::AwayFromZero | Rounding::Exact
    );
    let once = Interval::of_printed(number, unit, figure.rounding());
    is_nearest && once == Some(figure.amounts()) && number.is_multiple_of(unit) == Some(true)
}

fn units(residual: Decimal, unit: Decimal) -> Option<u32> {
    let decimals = residual.decimals().max(unit.decimals());
    let units = residual.in_steps(decimals)?.checked_div(unit.in_steps(decimals)?)?;
    u32::try_from(units.unsigned_abs()).ok()
}

fn has_repeats(sum: &Sum) -> bool {
    let mut figures: Vec<usize> = sum.terms().map(|(figure, _)| figure).collect();
    figures.sort_unstable();
    figures.windows(2).any(|pair| pair.first() == pair.last())
}

/// An exact chance: so many cases of so many.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chance {
    cases: Natural,
    of: Natural,
}

impl Chance {
    /// That `parts` roundings make `units` or more, on either side, or a bound of it; `None` where they never do.
    fn of(parts: u32, units: u32) -> Option<Self> {
        let room = parts.checked_add(1)?.checked_sub(units.checked_mul(2)?)?;
        if room == 0 {
            return None;
        }
        if parts > EXACT_PARTS { Self::at_most(parts, units) } else { Self::exactly(parts, room) }
    }

    fn exactly(parts: u32, room: u32) -> Option<Self> {
        let (mut plus, mut minus) = (Natural::default(), Natural::default());
        let mut choices = Natural::of(1);
        for j in (0..).take_while(|j| 2 * j < room) {
            let term = (0..parts).fold(choices.clone(), |term, _| term.times(room - 2 * j));
            let side = if j % 2 == 0 { &mut plus } else { &mut minus };
            *side = side.plus(&term);
            choices = choices.times(parts - j).over(j + 1);
        }
        let of = (1..=parts).fold(Natural::of(1), |of, factor| of.times(2 * factor));
        Some(Self { cases: plus.minus(&minus)?.times(2), of })
    }

    /// 2 exp(-a) for a = 3 (2 units - 1)^2 / (2 parts), with a rounded down and e taken for 2.718.
    fn at_most(parts: u32, units: u32) -> Option<Self> {
        let side = u64::from(units).checked_mul(2)?.checked_sub(1)?;
        let exponent = side.checked_mul(side)?.checked_mul(3)? / (2 * u64::from(parts));
        let exponent = u32::try_from(exponent.min(200)).ok()?;
        Some(Self { cases: Natural::to_the(1_000, exponent).times(2), of: Natural::to_the(2_718, exponent) })
    }

    /// The least number of two significant digits that is no less.
    fn rounded_up(&self) -> Option<Decimal> {
        let mut cases = self.cases.clone();
        for decimals in 0..=28 {
            let enough = (1..100).find(|digits| self.of.times(*digits) >= cases);
            if let Some(digits) = enough.filter(|digits| *digits >= 10 || decimals == 28) {
                return Decimal::of_steps(i128::from(digits), decimals);
            }
            cases = cases.times(10);
        }
        None
    }

    /// The greatest number of two significant digits that is no more than one by the chance.
    fn one_in(&self) -> Option<Decimal> {
        let mut cases = self.cases.clone();
        let mut factor = 1_i128;
        while factor < 10_i128.pow(26) && cases.times(100) <= self.of {
            cases = cases.times(10);
            factor = factor.checked_mul(10)?;
        }
        let digits = (1..100).rev().find(|digits| cases.times(*digits) <= self.of)?;
        Decimal::of_steps(factor.checked_mul(i128::from(digits))?, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(cases: u32, of: u32) -> Chance {
        Chance { cases: Natural::of(cases), of: Natural::of(of) }
    }

    fn is(chance: &Chance, cases: u32, of: u32) -> bool {
        chance.cases.times(of) == chance.of.times(cases)
    }

    /// A sum of `parts` figures of 100, and a total that is `less` than they make.
    fn column(parts: i64, less: i64, rounding: Rounding) -> System {
        let mut system = System::default();
        let mut printed = |n: i64| system.add(Figure::printed(n.into(), 1.into(), rounding).unwrap());
        let (cells, total) = ((0..parts).map(|_| printed(100)).collect::<Vec<_>>(), printed(parts * 100 - less));
        system.sum(Sum::new(total, cells));
        system
    }

    #[test]
    fn chances_are_those_of_sums_of_uniform_errors() {
        assert!(is(&Chance::of(3, 1).unwrap(), 1, 3), "the corners of a cube that are cut off at half its edges: 2 / 3!");
        assert!(is(&Chance::of(2, 1).unwrap(), 1, 4), "two corner triangles of side 1/2 on a square");
        assert!(is(&Chance::of(5, 2).unwrap(), 1, 60));
        assert!(is(&Chance::of(8, 4).unwrap(), 2, 40_320 * 256), "2 / (8! 2^8)");
        assert!(is(&Chance::of(8, 3).unwrap(), 2 * (6_561 - 8), 40_320 * 256), "3^8 - 8 of them");
        assert_eq!(Chance::of(8, 5), None, "nine halves and more cannot be made of eight halves");
        assert_eq!(Chance::of(3, 2), None, "but at one point, which has no chance");
    }

    #[test]
    fn chances_agree_with_fractions_worked_out_elsewhere() {
        let table = [(16, 4, "0.0020"), (16, 3, "0.030"), (30, 4, "0.027"), (50, 3, "0.23"), (50, 4, "0.087")];
        let rounded: Vec<String> =
            table.iter().map(|(parts, units, _)| Chance::of(*parts, *units).unwrap().rounded_up().unwrap().to_string()).collect();
        assert_eq!(rounded, table.map(|(_, _, chance)| chance));
    }

    #[test]
    fn a_column_is_unlikely_from_the_difference_on_that_the_table_names() {
        for (parts, from) in [(5, 3), (8, 4), (16, 5), (30, 6), (50, 8)] {
            let reported: Vec<i64> =
                (1..=(parts / 2)).filter(|k| !column(parts, *k, Rounding::HalfUp).unlikely().is_empty()).collect();
            assert_eq!(reported, (from..=parts / 2).collect::<Vec<_>>(), "{parts} parts");
        }
    }

    #[test]
    fn numbers_are_rounded_to_the_safe_side() {
        assert_eq!(ratio(1, 3).rounded_up().unwrap().to_string(), "0.34");
        assert_eq!(ratio(1, 4_000).rounded_up().unwrap().to_string(), "0.00025");
        assert_eq!(ratio(1, 4_099).one_in().unwrap().to_string(), "4000");
        assert_eq!(ratio(1, 99).one_in().unwrap().to_string(), "99");
        let least = Chance { cases: Natural::of(1), of: Natural::to_the(10, 60) };
        assert_eq!(least.rounded_up().unwrap(), Decimal::of_steps(1, 28).unwrap());
        assert_eq!(least.one_in().unwrap(), Decimal::of_steps(99 * 10_i128.pow(26), 0).unwrap());
    }

    #[test]
    fn what_is_passed_over_as_small_is_never_unlikely() {
        for parts in 1..=EXACT_PARTS {
            let miss = |units| Miss { parts, units, residual: Decimal::ZERO };
            let Some(units) = (1..=parts / 2).rev().find(|units| miss(*units).is_small()) else { continue };
            let chance = Chance::of(parts, units).unwrap();
            assert!(chance.cases.times(1_000) >= chance.of, "{units} units of {parts} parts");
        }
    }

    #[test]
    fn the_bound_for_long_columns_is_no_less_than_the_chance() {
        for (parts, units) in [(20, 4), (50, 8), (100, 12), (200, 16), (200, 40)] {
            let (exact, bound) = (Chance::of(parts, units).unwrap(), Chance::at_most(parts, units).unwrap());
            assert!(bound.rounded_up() >= exact.rounded_up(), "{units} of {parts}");
        }
        let found = column(1_000, 60, Rounding::Nearest).unlikely();
        assert!(found[0].is_bound && found[0].words().starts_with("less than 1 in "));
        assert!(column(1_000, 20, Rounding::Nearest).unlikely().is_empty(), "20 units: 3 % of such columns");
    }

    #[test]
    fn only_sums_of_figures_that_were_rounded_to_the_nearest_are_looked_at() {
        assert_eq!(column(16, 6, Rounding::Floor).unlikely(), []);
        let exact = column(16, 6, Rounding::HalfEven);
        assert_eq!(exact.unlikely().len(), 1);
        assert_eq!(exact.clone().with(3, Figure::unknown()).unlikely(), []);
        let thousand = Figure::printed(Decimal::from(100), Decimal::from(10), Rounding::HalfEven).unwrap();
        assert_eq!(exact.clone().with(3, thousand).unlikely(), [], "figures of two units");
        let fewer = exact.with(3, Figure::exact(100.into())).unlikely();
        assert_eq!(fewer.len(), 1, "an exact part is no part that was rounded");
    }

    #[test]
    fn the_more_sums_there_are_the_less_is_one_of_them_remarkable() {
        let mut many = column(16, 5, Rounding::HalfUp);
        assert_eq!(many.unlikely().len(), 1);
        let again = many.sums()[0].clone();
        for _ in 0..99 {
            many.sum(again.clone());
        }
        assert_eq!(many.unlikely(), []);
    }
}
