//! The currency that titles and headings name, and the one that cells are shown in.

use logframe::diagnostic::Label;
use logframe::{Currency, Diagnostic, Severity, Span};

use crate::workbook::Money;

/// Codes of currencies that are also words, or names that organisations go by.
const WORDS: [&str; 14] = ["ALL", "SOS", "BAM", "TOP", "CUP", "MOP", "LAK", "MAD", "TRY", "PEN", "GEL", "BOB", "AMD", "STD"];

/// Signs and words that only one currency has.
const SIGNS: [(&str, &str); 11] = [
    ("us$", "USD"),
    ("u$s", "USD"),
    ("us dollar", "USD"),
    ("dólares estadounidenses", "USD"),
    ("€", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP"),
    ("r$", "BRL"),
    ("swiss francs", "CHF"),
    ("kenya shilling", "KES"),
    ("pound sterling", "GBP"),
];

/// Currencies whose sign is no `$`.
const NO_DOLLARS: [&str; 3] = ["EUR", "GBP", "CHF"];

/// The currencies that cells of amounts are shown in, each with the first such cell.
#[derive(Debug, Default)]
pub struct ShownIn(Vec<(Money, Span)>);

impl ShownIn {
    pub fn add(&mut self, money: Money, span: Span) {
        if !self.0.iter().any(|(known, _)| *known == money) {
            self.0.push((money, span));
        }
    }

    fn currencies(&self) -> impl Iterator<Item = (&'static str, Span)> {
        self.0.iter().filter_map(|(money, span)| if let Money::Of(one) = money { Some((one.code(), *span)) } else { None })
    }

    /// The one currency that is shown; `None` where there is none, or another beside it.
    pub fn only(&self) -> Option<(&'static str, Span)> {
        let mut all = self.currencies();
        all.next().filter(|_| all.next().is_none())
    }

    /// A cell that is shown with a `$`.
    pub fn dollars(&self) -> Option<Span> {
        self.0.iter().find(|(money, _)| *money == Money::Dollars).map(|(_, span)| *span)
    }

    /// Amounts of several currencies are never added up.
    pub fn mixed(&self) -> Option<Diagnostic> {
        let mut named: Vec<(&str, Span)> = self.currencies().collect();
        let dollars = self.dollars().filter(|_| named.iter().any(|(code, _)| NO_DOLLARS.contains(code)));
        named.extend(dollars.map(|span| ("$", span)));
        let ((_, first), others) = named.split_first().filter(|(_, others)| !others.is_empty())?;
        let codes = named.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
        let message = format!("amounts are shown in several currencies: {codes}");
        let mut finding = Diagnostic::new("mixed-currency", Severity::Error, message).at(Some(*first), "the cell", "");
        finding.labels.extend(others.iter().map(|(code, span)| Label::new(Some(*span), "another", format!("shown in {code}"))));
        Some(finding.help("correct the number format of the cells, or name the currency of each line in a column of its own"))
    }

    /// Amounts that are shown in another currency than the one that counts.
    pub fn other_than(&self, currency: &str) -> Option<Diagnostic> {
        let (code, span) = self.only().filter(|(code, _)| *code != currency)?;
        let message = format!("amounts are shown in {code}, and are read as {currency}");
        let finding = Diagnostic::new("mixed-currency", Severity::Warning, message).at(Some(span), "the cell", "");
        Some(finding.help("correct the number format of the cells, or what the headings or the mapping say"))
    }
}

/// The currency that some texts name, the surest first: a code in brackets or behind "in", a sign or a word that only one currency has, a code
/// that is no word.
pub fn currency(texts: &[String]) -> Option<String> {
    let by = |find: fn(&str) -> Option<String>| texts.iter().find_map(|text| find(text));
    by(in_brackets).or_else(|| by(by_sign)).or_else(|| by(bare))
}

fn known(word: &str) -> Option<String> {
    let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then(|| Currency::of_code(word)).flatten().map(|_| word.to_owned())
}

/// `(USD)`, `in USD`, `amounts in EUR`, `, CHF`.
fn in_brackets(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let behind = words.windows(2).find_map(|two| match two {
        [before, code]
            if ["in", "en", "em", "amount", "amounts", "total", "cost", "budget"].contains(&before.to_lowercase().as_str()) =>
        {
            known(code)
        }
        _ => None,
    });
    let inside = text.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    let bracketed = inside.flat_map(|inside| inside.split(|c: char| !c.is_alphanumeric())).find_map(known);
    bracketed.or(behind)
}

fn by_sign(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    SIGNS.iter().find(|(sign, _)| lower.contains(sign)).map(|(_, code)| (*code).to_owned())
}

fn bare(text: &str) -> Option<String> {
    // In a text of capitals only every word looks like a code.
    if text.chars().filter(|c| c.is_alphabetic()).count() > 3 && !text.chars().any(char::is_lowercase) {
        return None;
    }
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !WORDS.contains(word)).find_map(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_name_counts() {
        let of = |texts: &[&str]| currency(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["SOS Children's Villages", "Total (USD)"]).as_deref(), Some("USD"));
        assert_eq!(of(&["BUDGET FOR ALL COSTS", "Amount in EUR"]).as_deref(), Some("EUR"));
        assert_eq!(of(&["Budget, US$"]).as_deref(), Some("USD"));
        assert_eq!(of(&["Water, CHF"]).as_deref(), Some("CHF"));
        assert_eq!(of(&["ALL", "SOS", "Total"]), None);
        assert_eq!(of(&["Cost (PEN)"]).as_deref(), Some("PEN"));
    }
}
