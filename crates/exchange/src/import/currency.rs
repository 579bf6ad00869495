//! The currency that titles and headings name.

use logframe::Currency;

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
