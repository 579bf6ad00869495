//! The digits of a printed number, and those of every number that one slip turns into it.

use super::figure::Figure;
use super::slip::Slip;
use crate::decimal::Decimal;

/// A printed number as the digits that are typed: in whole units, without the point.
#[derive(Debug)]
pub(super) struct Digits {
    typed: Vec<u8>,
    is_negative: bool,
    /// How many digits are written at least: one before the point and all behind it.
    least: usize,
    /// What the last digit counts.
    step: Decimal,
}

impl Digits {
    /// The digits of what is printed; `None` where nothing is, or too many.
    pub fn of(figure: &Figure) -> Option<Self> {
        let number = figure.number()?;
        let step = step_of(figure)?;
        let steps = quotient(number, step)?;
        let least = usize::try_from(step.normalized().decimals()).ok()?.checked_add(1)?;
        let typed = format!("{:0>least$}", steps.unsigned_abs()).bytes().map(|byte| byte - b'0').collect();
        Some(Self { typed, is_negative: steps < 0, least, step })
    }

    /// Every number that one slip of the digits turns into this one, and perhaps itself.
    pub fn edits(&self) -> Vec<(Slip, Decimal)> {
        let digits = [self.exchanged(), self.replaced(), self.inserted(), self.removed()].concat();
        let edited = digits.iter().filter_map(|(slip, digits)| Some((*slip, self.number(digits)?)));
        edited.chain(self.turned()).chain(self.moved()).collect()
    }

    fn number(&self, digits: &[u8]) -> Option<Decimal> {
        let is_usual = digits.len() == self.least || (digits.len() > self.least && digits.first() != Some(&0));
        let steps = is_usual.then(|| whole(digits))??;
        self.of_steps(if self.is_negative { -steps } else { steps })
    }

    fn of_steps(&self, steps: i128) -> Option<Decimal> {
        Decimal::of_steps(steps, 0)?.exact_mul(self.step)
    }

    fn steps(&self) -> Option<i128> {
        let steps = whole(&self.typed)?;
        Some(if self.is_negative { -steps } else { steps })
    }

    fn turned(&self) -> Option<(Slip, Decimal)> {
        Some((Slip::Sign, self.of_steps(-self.steps()?)?))
    }

    fn moved(&self) -> Vec<(Slip, Decimal)> {
        let Some(steps) = self.steps() else { return Vec::new() };
        let factors = [10, 100, 1_000, 1_000_000];
        let larger = factors.iter().filter_map(|factor| steps.checked_mul(*factor));
        let smaller = factors.iter().filter(|factor| steps % *factor == 0).map(|factor| steps / factor);
        larger.chain(smaller).filter_map(|steps| Some((Slip::Magnitude, self.of_steps(steps)?))).collect()
    }

    fn exchanged(&self) -> Vec<(Slip, Vec<u8>)> {
        let pairs = (0..self.typed.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
        let exchange = |(first, second): (usize, usize)| {
            let mut digits = self.typed.clone();
            digits.swap(first, second);
            (if second == first + 1 { Slip::Transposed } else { Slip::DigitsExchanged }, digits)
        };
        pairs.map(exchange).collect()
    }

    fn replaced(&self) -> Vec<(Slip, Vec<u8>)> {
        let places = (0..self.typed.len()).flat_map(|at| (0..=9).map(move |digit| (at, digit)));
        let replace = |(at, digit): (usize, u8)| {
            let mut digits = self.typed.clone();
            digits.get_mut(at).into_iter().for_each(|place| *place = digit);
            (Slip::OneDigit, digits)
        };
        places.map(replace).collect()
    }

    /// What was meant where a digit was dropped.
    fn inserted(&self) -> Vec<(Slip, Vec<u8>)> {
        let places = (0..=self.typed.len()).flat_map(|at| (0..=9).map(move |digit| (at, digit)));
        let insert = |(at, digit): (usize, u8)| {
            let mut digits = self.typed.clone();
            digits.insert(at, digit);
            (Slip::DigitDropped, digits)
        };
        places.map(insert).collect()
    }

    /// What was meant where a digit was typed that should not be there.
    fn removed(&self) -> Vec<(Slip, Vec<u8>)> {
        let remove = |at: usize| {
            let mut digits = self.typed.clone();
            let digit = digits.remove(at);
            let is_double = at > 0 && digits.get(at - 1) == Some(&digit) || digits.get(at) == Some(&digit);
            (if is_double { Slip::DigitDoubled } else { Slip::DigitAdded }, digits)
        };
        (0..self.typed.len()).map(remove).collect()
    }
}

fn whole(digits: &[u8]) -> Option<i128> {
    digits.iter().try_fold(0_i128, |whole, digit| whole.checked_mul(10)?.checked_add(i128::from(*digit)))
}

/// What the last digit of a figure counts: its unit where that is a power of ten, else as many decimals as it was written with.
/// `None` where nothing is printed.
pub(super) fn step_of(figure: &Figure) -> Option<Decimal> {
    let number = figure.number()?;
    let is_ten = |unit: &Decimal| unit.in_steps(unit.decimals()).is_some_and(is_power_of_ten);
    let unit = figure.unit().filter(is_ten).filter(|unit| number.is_multiple_of(*unit) == Some(true));
    unit.or_else(|| Decimal::of_steps(1, number.decimals()))
}

fn is_power_of_ten(n: i128) -> bool {
    let mut rest = n;
    while rest >= 10 && rest % 10 == 0 {
        rest /= 10;
    }
    rest == 1
}

/// How many `step`s a number is; `None` where it is no whole number of them, or too many.
pub(super) fn quotient(number: Decimal, step: Decimal) -> Option<i128> {
    let decimals = number.decimals().max(step.decimals());
    let (number, step) = (number.in_steps(decimals)?, step.in_steps(decimals)?);
    (number.checked_rem(step)? == 0).then_some(number / step)
}
