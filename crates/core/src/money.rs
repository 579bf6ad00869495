//! Amounts of a currency.

use std::fmt;

use crate::decimal::{Decimal, NumberStyle};
use crate::error::Error;

/// A currency by its ISO 4217 code.
///
/// ```
/// use logframe::Currency;
/// assert_eq!(Currency::of_code("USD").unwrap().decimals(), Some(2));
/// assert_eq!(Currency::of_code("JPY").unwrap().decimals(), Some(0));
/// assert!(Currency::of_code("USS").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of an upper-case ISO 4217 code, if there is one.
    pub fn of_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code).map(Self)
    }

    /// Its code, as `USD`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Its English name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Decimals of its smallest unit; `None` where ISO 4217 states none (gold, special drawing rights).
    pub fn decimals(self) -> Option<u32> {
        self.0.exponent().map(u32::from)
    }

    /// The code nearest to a text that is no code.
    pub(crate) fn nearest_code(text: &str) -> Option<&'static str> {
        let upper = text.trim().to_ascii_uppercase();
        Self::of_code(&upper).map(Self::code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An exact amount of one currency. Amounts of two currencies are never added.
///
/// ```
/// use logframe::{Currency, Money};
/// let usd = Currency::of_code("USD").unwrap();
/// let eur = Currency::of_code("EUR").unwrap();
/// let a = Money::new("180572.10".parse()?, usd);
/// assert_eq!(a.exact_add(a)?.to_string(), "USD 361,144.20");
/// assert!(a.exact_add(Money::new("1".parse()?, eur)).is_err());
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// An amount of a currency.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`Error::MixedCurrencies`] for two currencies, [`Error::Overflow`] for a sum of more digits than can be held.
    pub fn exact_add(self, other: Self) -> Result<Self, Error> {
        if self.currency != other.currency {
            return Err(Error::MixedCurrencies(self.currency.to_string(), other.currency.to_string()));
        }
        let amount = self.amount.exact_add(other.amount).ok_or(Error::Overflow)?;
        Ok(Self::new(amount, self.currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount.grouped(NumberStyle::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_in_small_letters_has_a_nearest_code() {
        assert_eq!(Currency::nearest_code("usd"), Some("USD"));
        assert_eq!(Currency::nearest_code("dollars"), None);
    }
}
