//! In what currency a number format shows amounts.

use logframe::Currency;

/// The currency that a cell is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    Of(Currency),
    /// A bare `$`, which is the sign of many.
    Dollars,
}

/// Signs that one currency has.
pub const SIGNS: [(&str, &str); 11] = [
    ("€", "EUR"),
    ("£", "GBP"),
    ("US$", "USD"),
    ("U$S", "USD"),
    ("R$", "BRL"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₽", "RUB"),
    ("₹", "INR"),
    ("৳", "BDT"),
    ("₦", "NGN"),
];

impl Money {
    /// What the part of a format's code for positive numbers says: `[$USD] #,##0`, `#,##0 [$€-407]`, `"CHF" #,##0`, `#,##0 €`.
    pub fn of_format(code: &str) -> Option<Self> {
        let (mut rest, mut plain) = (code, String::new());
        while let Some(c) = rest.chars().next().filter(|c| *c != ';') {
            rest = rest.get(c.len_utf8()..)?;
            let inside = match c {
                '[' => Some(rest.split_once(']')?),
                '"' => Some(rest.split_once('"')?),
                _ => None,
            };
            let Some((inside, after)) = inside else {
                plain.extend(is_sign(c).then_some(c));
                continue;
            };
            rest = after;
            // The language of the format stands behind the sign; without a sign it is all there is.
            let sign = if c == '[' { inside.strip_prefix('$').and_then(|inside| inside.split('-').next()) } else { Some(inside) };
            if let Some(money) = sign.and_then(Self::of_sign) {
                return Some(money);
            }
        }
        Self::of_sign(&plain)
    }

    /// What is typed in front of a number, or behind it: `USD 2,400.00`, `300 €`.
    pub fn typed(text: &str) -> Option<Self> {
        let inside = text.trim().trim_start_matches('(').trim_end_matches(')');
        let is_mark = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '+' | '−' | '.' | ',');
        let front = || inside.split(is_mark).find(|word| !word.is_empty());
        let back = || inside.rsplit(is_mark).find(|word| !word.is_empty());
        front().and_then(Self::of_sign).or_else(|| back().and_then(Self::of_sign))
    }

    fn of_sign(sign: &str) -> Option<Self> {
        let sign = sign.trim();
        let code = SIGNS.iter().find(|(own, _)| *own == sign).map_or(sign, |(_, code)| *code);
        if sign == "$" { Some(Self::Dollars) } else { Currency::of_code(code).map(Self::Of) }
    }
}

/// Whether a character is a sign of a currency, or of several.
fn is_sign(c: char) -> bool {
    c == '$' || SIGNS.iter().any(|(sign, _)| sign.chars().eq([c]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_beside_a_number_is_its_currency() {
        let of = |text: &str| Money::typed(text).map(|money| if let Money::Of(one) = money { one.code() } else { "$" });
        for (text, currency) in
            [("USD 2,400.00", "USD"), ("(2.400 €)", "EUR"), ("-£5", "GBP"), ("US$1 200", "USD"), ("$7", "$"), ("CHF -3.5", "CHF")]
        {
            assert_eq!(of(text), Some(currency), "{text}");
        }
        for text in ["2400", "1,234.56", "(5)", "3 pct", "", "-"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn codes_and_signs_that_one_currency_has_are_it() {
        let of = |code: &str| Money::of_format(code).map(|money| if let Money::Of(one) = money { one.code() } else { "$" });
        for (code, currency) in [
            ("[$USD] #,##0", "USD"),
            ("#,##0.00\\ [$€-407]", "EUR"),
            ("\"CHF\" #,##0", "CHF"),
            ("[$CHF-807] #,##0;[Red]-[$CHF-807] #,##0", "CHF"),
            ("#,##0 €", "EUR"),
            ("[$£-809]#,##0", "GBP"),
            ("[$US$] #,##0", "USD"),
            ("_-* #,##0\\ \"€\"_-;\\-* #,##0\\ \"€\"_-", "EUR"),
            ("[Blue][$KES] 0", "KES"),
            ("\"$\"#,##0", "$"),
            ("$#,##0", "$"),
            ("[$$-409]#,##0", "$"),
        ] {
            assert_eq!(of(code), Some(currency), "{code}");
        }
        for code in
            ["General", "#,##0", "[$-409]d mmm", "#,##0 [$Bs.-200A]", "\"month\" 0", "[Red]0", "0;[$USD] 0", "[$", "\"US", ""]
        {
            assert_eq!(of(code), None, "{code}");
        }
    }
}
