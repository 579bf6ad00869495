//! In what amounts are printed: thousands, lakhs, millions. Headings of amounts and notes of their own say so, a title that names a sum does not.

use super::currency::{is_word_of_money, names_currency};

/// A scale as it is called, and by how much amounts are multiplied.
pub type Scale = (&'static str, i64);

const THOUSANDS: Scale = ("thousands", 1000);
const MILLIONS: Scale = ("millions", 1_000_000);

/// Words that may stand beside a scale in a note.
const BESIDE: [&str; 47] = [
    "dólares",
    "in",
    "en",
    "em",
    "of",
    "de",
    "des",
    "the",
    "all",
    "are",
    "is",
    "amount",
    "amounts",
    "figures",
    "values",
    "budget",
    "total",
    "cost",
    "costs",
    "expressed",
    "shown",
    "stated",
    "reported",
    "currency",
    "montants",
    "montant",
    "importes",
    "importe",
    "monto",
    "montos",
    "cifras",
    "valores",
    "exprimés",
    "exprimé",
    "budgets",
    "us",
    "d'euros",
    "dollars",
    "dollar",
    "francs",
    "swiss",
    "rs",
    "rupees",
    "unit",
    "units",
    "year",
    "per",
];

/// What a text says about the scale of money; `None` where it says nothing, or names a sum.
pub fn said(text: &str) -> Option<Scale> {
    if text.chars().count() > 120 {
        return None;
    }
    let plain = without_marks(&text.replace(['’', '‘', '`', '´'], "'").to_lowercase());
    let segments: Vec<&str> = plain
        .split(['(', ')', '[', ']', ',', ';', ':', '|', '–', '—', '/', '\n'])
        .map(str::trim)
        .filter(|segment| !segment.is_empty())
        .collect();
    let is_of_money = segments.len() == 1
        || plain
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| ["amount", "amounts", "budget", "cost", "costs", "total"].contains(&word))
        || names_currency(text);
    segments.iter().find_map(|segment| note(segment, is_of_money))
}

/// Without commas inside numbers: `480,000` is a sum.
fn without_marks(text: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_mark = |at: usize| {
        is_digit(text.get(..at).and_then(|before| before.chars().next_back()))
            && is_digit(text.get(at + 1..).and_then(|behind| behind.chars().next()))
    };
    text.char_indices().filter(|(at, c)| *c != ',' || !is_mark(*at)).map(|(_, c)| c).collect()
}

/// A part of a text that is a note on the scale: nothing else stands in it, or it stands beside a currency.
fn note(segment: &str, is_of_money: bool) -> Option<Scale> {
    let words: Vec<&str> = segment.split_whitespace().map(|word| word.trim_matches('"')).collect();
    let (at, found, has_currency) = words.iter().enumerate().find_map(|(at, word)| {
        let own = joined(word).map(|scale| (at, scale, true));
        own.or_else(|| scale(word).map(|scale| (at, scale, false))).or_else(|| letter(&words, at).map(|scale| (at, scale, true)))
    })?;
    // `5 million` is a sum.
    let is_number = |word: &&str| word.chars().any(|c| c.is_ascii_digit()) && scale(word).is_none();
    if at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(is_number) {
        return None;
    }
    let is_filler = |word: &&str| BESIDE.contains(word);
    let before = words.get(..at)?.iter().rev().find(|word| !is_filler(word));
    let behind = words.get(at + 1..)?.iter().find(|word| !is_filler(word));
    let is_beside = [before, behind].into_iter().flatten().any(|word| is_currency(word));
    let is_pure = words.iter().enumerate().all(|(i, word)| i == at || is_filler(word) || is_currency(word) || is_year(word));
    (has_currency || is_beside || (is_pure && is_of_money)).then_some(found)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with("20") && word.chars().all(|c| c.is_ascii_digit())
}

fn is_currency(word: &str) -> bool {
    let plain = word.trim_matches(['.', '\'']);
    matches!(plain, "$" | "euros" | "d'euros" | "dollars" | "dollar" | "francs" | "rupees") || is_word_of_money(plain)
}

fn scale(word: &str) -> Option<Scale> {
    match word.trim_matches('.') {
        "'000" | "000" | "000s" | "'000s" | "000's" | "'000'" | "thousands" | "thousand" | "milliers" | "miles" | "milhares"
        | "tausend" | "tsd" | "тыс" | "тис" => Some(THOUSANDS),
        "lakh" | "lakhs" | "lac" | "lacs" => Some(("lakhs", 100_000)),
        "million" | "millions" | "millones" | "milhões" | "mio" | "mn" | "mln" | "млн" | "millionen" => Some(MILLIONS),
        "crore" | "crores" => Some(("crores", 10_000_000)),
        "billion" | "billions" | "bn" => Some(("billions", 1_000_000_000)),
        _ => None,
    }
}

/// A currency and a scale in one word: `KUSD`, `k€`, `TEUR`, `$m`, `US$'000`.
fn joined(word: &str) -> Option<Scale> {
    let front = [("k", THOUSANDS), ("t", THOUSANDS), ("m", MILLIONS), ("'000", THOUSANDS)];
    let back = [
        ("k", THOUSANDS),
        ("mn", MILLIONS),
        ("m", MILLIONS),
        ("'000s", THOUSANDS),
        ("'000", THOUSANDS),
        ("000s", THOUSANDS),
        ("000", THOUSANDS),
    ];
    let in_front = front.iter().find(|(mark, _)| word.strip_prefix(mark).is_some_and(is_currency));
    in_front.or_else(|| back.iter().find(|(mark, _)| word.strip_suffix(mark).is_some_and(is_currency))).map(|(_, scale)| *scale)
}

/// `US$ m`, `EUR k`.
fn letter(words: &[&str], at: usize) -> Option<Scale> {
    let is_behind_currency = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| is_currency(word));
    match words.get(at).filter(|_| is_behind_currency) {
        Some(&"m") => Some(MILLIONS),
        Some(&"k") => Some(THOUSANDS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_headings_say_the_scale() {
        let thousands = [
            "USD '000",
            "USD ’000",
            "(in thousands of US dollars)",
            "US$ thousands",
            "In '000 USD",
            "Amounts in KUSD",
            "k€",
            "TEUR",
            "(000s)",
            "En milliers d’euros",
            "Budget (USD '000)",
            "Budget, USD thousands",
            "amounts in thousands of USD",
            "Total (in thousands)",
            "Programme budget in USD thousands",
            "Budget by country and outcome (in USD '000)",
            "US$'000",
            "Amounts in USD thousands",
        ];
        for text in thousands {
            assert_eq!(said(text), Some(THOUSANDS), "{text}");
        }
        for text in ["in Mio. EUR", "US$ million", "US$ m", "€m", "Amount (EUR millions)", "en millones de dólares USD"] {
            assert_eq!(said(text), Some(MILLIONS), "{text}");
        }
        assert_eq!(said("(Rs in lakhs)"), Some(("lakhs", 100_000)));
        assert_eq!(said("Rs. crores"), Some(("crores", 10_000_000)));
    }

    #[test]
    fn a_scale_stands_beside_any_currency() {
        for (text, scale) in
            [("(₹ in lakhs)", "lakhs"), ("Montant (en milliers de FCFA)", "thousands"), ("(тис. грн)", "thousands")]
        {
            assert_eq!(said(text).map(|(name, _)| name), Some(scale), "{text}");
        }
    }

    #[test]
    fn a_sum_beside_a_currency_is_no_scale() {
        for text in ["USD 480,000", "Requested: USD 61,000", "Grant: 61,000 USD", "EUR 1,250,000", "Amount (max USD 50,000)"] {
            assert_eq!(said(text), None, "{text}");
        }
        assert_eq!(said("Amount (USD, 000)"), Some(THOUSANDS));
    }

    #[test]
    fn a_title_that_names_a_sum_or_people_says_no_scale() {
        for text in [
            "USD 5 million Resilience Programme",
            "A plan for 2 million people",
            "Beneficiaries (thousands)",
            "Total budget: USD 5 million",
            "Thousand Hills Project",
            "Million Voices, budget",
            "Budget (USD)",
            "TRY",
            "MXN",
            "KES",
            "Total",
            "Item m",
            "2 000 USD",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
