//! What the text of a cell is: a number with what stands around it, a dash, words for "not available", or other words.

/// What a cell's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen<'t> {
    Blank,
    /// A dash.
    None,
    /// "N.A." and the like.
    NotAvailable,
    Number(Written<'t>),
    Words,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'t> {
    /// Digits and the marks between them.
    pub digits: &'t str,
    /// Whether a minus or brackets make it negative.
    pub is_negative: bool,
    /// Whether it is in per cent.
    pub is_share: bool,
    /// Whether its digits are plain, whatever convention others follow: it was no text.
    pub is_stored: bool,
}

const NOT_AVAILABLE: [&str; 17] = [
    "na",
    "n.a",
    "n.a.",
    "n/a",
    "n / a",
    "nd",
    "n.d",
    "n.d.",
    "n/d",
    "tbd",
    "tbc",
    "...",
    "…",
    "not available",
    "not applicable",
    "no disponible",
    "no aplica",
];

/// What may stand between digits.
pub fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’') || is_space(c)
}

/// Blanks that group thousands: the usual one, the one that does not break, and the thin ones.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '−')
}

impl<'t> Seen<'t> {
    pub fn of(text: &'t str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Blank;
        }
        if text.chars().take(4).count() <= 3 && text.chars().all(is_dash) {
            return Self::None;
        }
        if text.len() <= 20 && NOT_AVAILABLE.iter().any(|words| text.eq_ignore_ascii_case(words)) {
            return Self::NotAvailable;
        }
        Written::of(text).map_or(Self::Words, Self::Number)
    }

    /// A number as a workbook stores it.
    pub fn stored(text: &'t str) -> Self {
        let (plain, is_share) = text.strip_suffix('%').map_or((text, false), |plain| (plain, true));
        let (digits, is_negative) = plain.strip_prefix('-').map_or((plain, false), |digits| (digits, true));
        Self::Number(Written { digits, is_negative, is_share, is_stored: true })
    }

    /// Whether it is a number that is no year: a plain number of four digits as a heading or label can be one.
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Number(_)) && !self.is_year()
    }

    pub fn is_share(self) -> bool {
        matches!(self, Self::Number(Written { is_share: true, .. }))
    }

    pub fn is_year(self) -> bool {
        let Self::Number(Written { digits, is_negative: false, is_share: false, .. }) = self else { return false };
        digits.len() == 4 && digits.parse::<u16>().is_ok_and(|year| (1900..=2100).contains(&year))
    }
}

impl<'t> Written<'t> {
    /// Takes off brackets, signs, a currency and the sign of per cent, each at most once.
    fn of(text: &'t str) -> Option<Self> {
        // Most texts are words, and no sign of a currency has small letters.
        if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let (inside, in_brackets) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inside) => (inside.trim(), true),
            None => (text, false),
        };
        let (inside, has_currency) = without_currency(inside);
        let (inside, has_minus) = without_sign(inside)?;
        let (inside, has_second) = if has_currency { (inside, false) } else { without_currency(inside) };
        let (inside, is_share) = match inside.strip_suffix('%') {
            Some(inside) => (inside.trim(), true),
            None => (inside, false),
        };
        // `(-5)` can mean either; money is no share.
        if (in_brackets && has_minus) || (is_share && (has_currency || has_second)) {
            return None;
        }
        let is_number = inside.contains(|c: char| c.is_ascii_digit()) && inside.chars().all(|c| c.is_ascii_digit() || is_mark(c));
        is_number.then_some(Self { digits: inside, is_negative: in_brackets || has_minus, is_share, is_stored: false })
    }
}

/// Without a sign in front or, as ledgers print it, behind; `None` where both stand.
fn without_sign(text: &str) -> Option<(&str, bool)> {
    let is_sign = |c: char| c == '+' || is_dash(c);
    let in_front = text.chars().next().filter(|c| is_sign(*c));
    let behind = text.chars().next_back().filter(|c| is_dash(*c));
    match (in_front, behind) {
        (Some(_), Some(_)) => None,
        (Some(sign), None) => Some((text.get(sign.len_utf8()..)?.trim(), sign != '+')),
        (None, Some(sign)) => Some((text.get(..text.len() - sign.len_utf8())?.trim(), true)),
        (None, None) => Some((text, false)),
    }
}

/// Without a currency in front or behind: a sign, or three capital letters.
fn without_currency(text: &str) -> (&str, bool) {
    let is_currency = |word: &str| {
        matches!(
            word,
            "$" | "€"
                | "£"
                | "¥"
                | "US$"
                | "$US"
                | "CHF"
                | "U$S"
                | "R$"
                | "S/"
                | "₺"
                | "₴"
                | "₽"
                | "₹"
                | "৳"
                | "₦"
                | "FCFA"
                | "TL"
                | "грн"
                | "грн."
                | "руб"
                | "руб."
        ) || (word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let is_body = |c: char| c.is_ascii_digit() || is_mark(c) || is_dash(c) || c == '+';
    let first = text.find(is_body).unwrap_or(0);
    let last = text
        .rfind(|c: char| c.is_ascii_digit() || is_dash(c))
        .map_or(text.len(), |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let (front, back) = (text.get(..first).unwrap_or_default(), text.get(last..).unwrap_or_default());
    if is_currency(front.trim()) {
        return (text.get(first..).unwrap_or(text).trim(), true);
    }
    if is_currency(back.trim()) { (text.get(..last).unwrap_or(text).trim(), true) } else { (text, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(&str, bool, bool)> {
        match Seen::of(text) {
            Seen::Number(Written { digits, is_negative, is_share, .. }) => Some((digits, is_negative, is_share)),
            _ => None,
        }
    }

    #[test]
    fn signs_brackets_currencies_and_per_cent_are_taken_off() {
        for text in ["-1,250", "−1,250", "1,250-", "(1,250)", "( USD 1,250 )", "$-1,250", "-$1,250", "USD -1,250", "-1,250 EUR"]
        {
            assert_eq!(number(text), Some(("1,250", true, false)), "{text}");
        }
        for text in ["1,250", "+1,250", "US$ 1,250", "USD 1,250", "1,250 €", "£1,250"] {
            assert_eq!(number(text), Some(("1,250", false, false)), "{text}");
        }
        assert_eq!(number("41.5 %"), Some(("41.5", false, true)));
        assert_eq!(number("1 234"), Some(("1 234", false, false)));
    }

    #[test]
    fn what_can_mean_two_things_is_no_number() {
        for text in
            ["(-5)", "-5-", "--5", "5 USD EUR", "USD 5 %", "12x4", "1e5", "2018-04-01", "5*", "Peru", "USD", ".", "½", "٣"]
        {
            assert_eq!(Seen::of(text), Seen::Words, "{text}");
        }
    }

    #[test]
    fn nothing_none_and_not_available_are_three_things() {
        assert_eq!(Seen::of("  "), Seen::Blank);
        for text in ["-", "–", "—", "--", "−"] {
            assert_eq!(Seen::of(text), Seen::None, "{text}");
        }
        for text in ["N.A", "n/a", "NA", "…", "Not available"] {
            assert_eq!(Seen::of(text), Seen::NotAvailable, "{text}");
        }
    }

    #[test]
    fn a_year_is_no_figure_in_a_heading() {
        assert!(Seen::of("2018").is_year() && !Seen::of("2018").is_figure());
        assert!(Seen::of("2,018").is_figure() && Seen::of("3018").is_figure());
    }
}
