//! Amounts of one currency in another, by the rates that the plan states.

use std::collections::HashMap;

use super::Unbuilt;
use crate::decimal::Decimal;
use crate::period::Date;
use crate::plan::draft::Draft;
use crate::plan::line::{Line, Lines};
use crate::plan::rate::Rate;

/// The plan's rates, by what they are for: a currency, measured in another.
pub(crate) struct Rates<'d> {
    plan: &'d str,
    of: HashMap<(&'d str, &'d str), Vec<&'d Rate>>,
}

/// How an amount becomes one of the plan's currency: times one number, divided by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Conversion {
    pub times: Decimal,
    pub by: Decimal,
}

impl<'d> Rates<'d> {
    pub fn of(draft: &'d Draft) -> Self {
        let plan = draft.header.currency.as_str();
        let mut of: HashMap<_, Vec<&Rate>> = HashMap::new();
        for rate in &draft.rates {
            let per = rate.per.as_ref().map_or(plan, |per| per.as_str());
            of.entry((rate.currency.as_str(), per)).or_default().push(rate);
        }
        of.values_mut().for_each(|rates| rates.sort_by_key(|rate| *rate.date));
        Self { plan, of }
    }

    /// How a line is converted; `None` where it is in the plan's currency.
    pub fn conversion(&self, line: &Line) -> Result<Option<Conversion>, Unbuilt> {
        let Some(currency) = line.currency.as_ref().map(|code| code.as_str()) else { return Ok(None) };
        self.between(currency, line.period.map(|period| period.from))
    }

    /// How a currency is converted on a day; `None` where it is the plan's.
    pub fn between(&self, currency: &str, day: Option<Date>) -> Result<Option<Conversion>, Unbuilt> {
        if currency == self.plan {
            return Ok(None);
        }
        if let Some(rate) = self.rate(currency, self.plan, day) {
            return rate.map(|rate| Some(Conversion { times: Decimal::ONE, by: rate }));
        }
        if let Some(rate) = self.rate(self.plan, currency, day) {
            return rate.map(|rate| Some(Conversion { times: rate, by: Decimal::ONE }));
        }
        self.by_way_of_a_third(currency, day)
    }

    /// Both are measured in a third currency, as the United Nations measures all in dollars.
    fn by_way_of_a_third(&self, currency: &str, day: Option<Date>) -> Result<Option<Conversion>, Unbuilt> {
        let mut thirds: Vec<&str> = self.of.keys().filter(|(of, _)| *of == currency).map(|(_, per)| *per).collect();
        thirds.sort_unstable();
        let both = |third: &str| Some((self.rate(currency, third, day)?, self.rate(self.plan, third, day)?));
        let (by, times) = thirds.into_iter().find_map(both).ok_or(Unbuilt::NoRate)?;
        Ok(Some(Conversion { times: times?, by: by? }))
    }

    /// The rate that holds on a day: the only one, or the newest that is not later.
    fn rate(&self, currency: &str, per: &str, day: Option<Date>) -> Option<Result<Decimal, Unbuilt>> {
        let rates = self.of.get(&(currency, per))?;
        if let [only] = rates.as_slice() {
            return Some(usable(only));
        }
        let Some(day) = day else { return Some(Err(Unbuilt::ManyRates)) };
        let rate = rates.iter().rev().find(|rate| *rate.date <= day);
        Some(rate.map_or(Err(Unbuilt::NoRate), |rate| usable(rate)))
    }
}

fn usable(rate: &Rate) -> Result<Decimal, Unbuilt> {
    if rate.rate.is_zero() || rate.rate.is_negative() { Err(Unbuilt::UnusableRate) } else { Ok(*rate.rate) }
}

impl Conversion {
    /// An amount of the plan's currency, rounded once; where the plan declares no unit, only if it has an exact decimal.
    pub fn apply(self, amount: Decimal, lines: &Lines) -> Result<Decimal, Unbuilt> {
        let above = amount.exact_mul(self.times).ok_or(Unbuilt::TooLong)?;
        match lines.unit {
            Some(unit) => lines.rule().quotient(above, self.by, *unit).ok_or(Unbuilt::TooLong),
            None => above.exact_div(self.by).ok_or(Unbuilt::Unrounded),
        }
    }
}
