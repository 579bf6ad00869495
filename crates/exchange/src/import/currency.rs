//! The currency that headings, notes and titles name, and the one that cells are shown in.

use logframe::diagnostic::Label;
use logframe::{Currency, Diagnostic, Severity, Span};

use crate::workbook::{Money, SIGNS};

/// Codes of currencies that are also words, or names that organisations go by.
const WORDS: [&str; 14] = ["ALL", "SOS", "BAM", "TOP", "CUP", "MOP", "LAK", "MAD", "TRY", "PEN", "GEL", "BOB", "AMD", "STD"];

/// Words that only one currency has, and ways to write its sign.
const NAMES: [(&str, &str); 21] = [
    ("$us", "USD"),
    ("دولار أمريكي", "USD"),
    ("دولار امريكي", "USD"),
    ("доллар сша", "USD"),
    ("долларах сша", "USD"),
    ("us dollar", "USD"),
    ("dollars us", "USD"),
    ("dólares estadounidenses", "USD"),
    ("canadian dollar", "CAD"),
    ("australian dollar", "AUD"),
    ("euros", "EUR"),
    ("swiss franc", "CHF"),
    ("francs suisses", "CHF"),
    ("schweizer franken", "CHF"),
    ("kenya shilling", "KES"),
    ("kenyan shilling", "KES"),
    ("uganda shilling", "UGX"),
    ("ugandan shilling", "UGX"),
    ("ethiopian birr", "ETB"),
    ("pound sterling", "GBP"),
    ("pounds sterling", "GBP"),
];

/// Words that only one currency is called by; they count where they stand alone.
const WORDS_OF_ONE: [(&str, &str); 15] = [
    ("euro", "EUR"),
    ("ksh", "KES"),
    ("kshs", "KES"),
    ("tk", "BDT"),
    ("taka", "BDT"),
    ("টাকা", "BDT"),
    ("birr", "ETB"),
    ("rp", "IDR"),
    ("tl", "TRY"),
    ("грн", "UAH"),
    ("гривень", "UAH"),
    ("гривня", "UAH"),
    ("ush", "UGX"),
    ("naira", "NGN"),
    ("hryvnia", "UAH"),
];

/// Words and signs that several currencies go by: which is meant is asked.
const WORDS_OF_SEVERAL: [(&str, &str); 8] = [
    ("fcfa", "XOF or XAF"),
    ("cfa", "XOF or XAF"),
    ("bs", "BOB or VES"),
    ("rs", "INR, PKR, NPR or LKR"),
    ("руб", "RUB or BYN"),
    ("рублей", "RUB or BYN"),
    ("kr", "SEK, NOK or DKK"),
    ("dólares", "USD, or those of another country"),
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

/// Words of texts on exchange rates: they name currencies that amounts are not in.
const RATES: [&str; 14] = [
    "exchange",
    "rate",
    "rates",
    "inforeuro",
    "conversion",
    "taux",
    "cambio",
    "câmbio",
    "kurs",
    "wechselkurs",
    "umrechnungskurs",
    "wisselkoers",
    "kurss",
    "курс",
];

/// What says the currency of a file, the surest first.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Headings of amounts.
    headings: Vec<String>,
    /// Cells that say nothing but the currency: `Currency: GBP`, and `Currency` with what stands beside it.
    notes: Vec<String>,
    /// What else stands above tables.
    texts: Vec<String>,
    /// Other headings.
    others: Vec<String>,
}

impl Said {
    pub fn heading(&mut self, text: &str) {
        self.headings.push(text.to_owned());
    }

    /// A heading of anything else.
    pub fn other_heading(&mut self, text: &str) {
        self.others.push(text.to_owned());
    }

    /// Takes in a row above a table. What stands in it of exchange rates, and to the right of them, is left alone.
    pub fn row<'r>(&mut self, cells: impl Iterator<Item = &'r str>) {
        let mut is_named = false;
        for text in cells.filter(|text| !text.is_empty()).take_while(|text| !is_rate(text)) {
            match text.trim().trim_end_matches(':').to_lowercase().as_str() {
                "currency" | "budget currency" | "devise" | "monnaie" | "moneda" | "moeda" | "währung" | "valuta" => {
                    is_named = true;
                }
                _ if is_named || is_note(text) => {
                    self.notes.push(text.to_owned());
                    is_named = false;
                }
                _ => self.texts.push(text.to_owned()),
            }
        }
    }

    /// The currency: that of the headings of amounts, of a note, of a code in brackets or behind "in", of a sign or a word that only one
    /// currency has, of a code that is no word.
    pub fn currency(&self) -> Option<String> {
        let by = |texts: &[String], find: fn(&str) -> Option<String>| texts.iter().find_map(|text| find(text));
        let texts = |texts| by(texts, in_brackets).or_else(|| by(texts, by_sign)).or_else(|| by(texts, bare));
        by(&self.headings, any_of_heading)
            .or_else(|| by(&self.notes, any_name))
            .or_else(|| texts(&self.texts))
            .or_else(|| texts(&self.others))
    }
}

impl Said {
    /// A word of headings and notes that several currencies go by, and which.
    pub fn doubt(&self) -> Option<(&'static str, &'static str)> {
        let texts = [&self.headings, &self.notes, &self.texts].into_iter().flatten();
        texts.flat_map(|text| words_beside(text)).find_map(|word| WORDS_OF_SEVERAL.iter().find(|(own, _)| *own == word).copied())
    }
}

/// The words of a text, in small letters.
fn words_beside(text: &str) -> Vec<String> {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The currency that the heading of an amount names.
pub fn named_in(heading: &str) -> Option<String> {
    any_of_heading(heading)
}

/// Whether a word in small letters is a currency, or one of several that share it: `ksh`, `₹`, `fcfa`.
pub fn is_word_of_money(word: &str) -> bool {
    let is_sign = || SIGNS.iter().any(|(sign, _)| sign.to_lowercase() == word);
    let is_name = || WORDS_OF_ONE.iter().chain(&WORDS_OF_SEVERAL).any(|(own, _)| *own == word);
    is_sign() || is_name() || code(&word.to_uppercase()).is_some()
}

/// Whether a text names a currency.
pub fn names_currency(text: &str) -> bool {
    any(text).is_some()
}

/// Whether a text names another currency than the plan's.
pub fn names_another(text: &str, own: &str) -> bool {
    !own.is_empty() && any_of_heading(text).is_some_and(|code| code != own)
}

/// In the heading of amounts a word counts, too: `Total (Ksh)`.
fn any_of_heading(text: &str) -> Option<String> {
    let of_word = |word: &String| WORDS_OF_ONE.iter().find(|(own, _)| own == word).map(|(_, code)| (*code).to_owned());
    any(text).or_else(|| words_beside(text).iter().find_map(of_word))
}

fn any(text: &str) -> Option<String> {
    in_brackets(text).or_else(|| by_sign(text)).or_else(|| bare(text))
}

/// In a note a bare name counts, and a code whatever word it is.
fn any_name(text: &str) -> Option<String> {
    let codes = || text.split(|c: char| !c.is_alphanumeric()).rev().find_map(code);
    in_brackets(text).or_else(|| by_sign(text)).or_else(codes).or_else(|| any_of_heading(text))
}

fn is_rate(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| RATES.contains(&word)) || (text.contains('=') && text.contains('1'))
}

/// `Currency: GBP`, `Amounts: GBP`, `All amounts in Swiss francs`.
fn is_note(text: &str) -> bool {
    const STARTS: [&str; 13] = [
        "currency",
        "amounts",
        "all amounts",
        "all figures",
        "figures in",
        "budget currency",
        "expressed in",
        "montants en",
        "tous les montants",
        "importes en",
        "devise",
        "moneda",
        "beträge in",
    ];
    let lower = text.trim().trim_start_matches(['(', '[', '*']).to_lowercase();
    STARTS.iter().any(|start| lower.starts_with(start)) && text.chars().count() <= 80
}

/// A code of a currency, also behind a letter for thousands or millions: `KUSD`, `TEUR`.
pub fn code(word: &str) -> Option<String> {
    const SCALED: [&str; 9] = ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK"];
    let word = word.strip_prefix(['K', 'k', 'T', 'M']).filter(|rest| SCALED.contains(rest)).unwrap_or(word);
    let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then(|| Currency::of_code(word)).flatten().map(|_| word.to_owned())
}

/// `(USD)`, `in USD`, `amounts in EUR`, `, CHF`.
fn in_brackets(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let behind = words.windows(2).find_map(|two| match two {
        [before, word]
            if ["in", "en", "em", "amount", "amounts", "total", "cost", "budget"].contains(&before.to_lowercase().as_str()) =>
        {
            code(word)
        }
        _ => None,
    });
    let inside = text.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    let bracketed = inside.flat_map(|inside| inside.split(|c: char| !c.is_alphanumeric())).find_map(code);
    bracketed.or(behind)
}

fn by_sign(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let name = NAMES.iter().find(|(name, _)| lower.contains(name));
    name.or_else(|| SIGNS.iter().find(|(sign, _)| lower.contains(&sign.to_lowercase()))).map(|(_, code)| (*code).to_owned())
}

fn bare(text: &str) -> Option<String> {
    // In a text of capitals only every word looks like a code; letters of scripts without capitals are none.
    let is_plain = |c: char| c.is_lowercase() || (c.is_alphabetic() && !c.is_uppercase());
    if text.chars().filter(|c| c.is_alphabetic()).count() > 3 && !text.chars().any(is_plain) {
        return None;
    }
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !WORDS.contains(word)).find_map(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headings: &[&str], rows: &[&[&str]]) -> String {
        let mut said = Said::default();
        headings.iter().for_each(|text| said.heading(text));
        rows.iter().for_each(|row| said.row(row.iter().copied()));
        said.currency().unwrap_or_default()
    }

    #[test]
    fn the_surest_name_counts() {
        assert_eq!(of(&["Total (USD)"], &[&["SOS Children's Villages"]]), "USD");
        assert_eq!(of(&[], &[&["BUDGET FOR ALL COSTS"], &["Amount in EUR"]]), "EUR");
        assert_eq!(of(&["Budget, US$"], &[]), "USD");
        assert_eq!(of(&["Water, CHF"], &[]), "CHF");
        assert_eq!(of(&["Total"], &[&["ALL"], &["SOS"]]), "");
        assert_eq!(of(&["Cost (PEN)"], &[]), "PEN");
    }

    #[test]
    fn headings_of_amounts_count_before_notes_and_notes_before_titles() {
        assert_eq!(of(&["Total (ETB)"], &[&["Budget in USD"]]), "ETB");
        assert_eq!(of(&["Total"], &[&["Plan International (EUR office)"], &["Amounts: GBP"]]), "GBP");
        assert_eq!(of(&["Total"], &[&["Currency:", "UGX"]]), "UGX");
        assert_eq!(of(&["Total"], &[&["Currency", "Euro"]]), "EUR");
        assert_eq!(of(&["Total"], &[&["Partner", "ABC", "Currency: GBP"]]), "GBP");
        assert_eq!(of(&["Total"], &[&["All amounts in Swiss francs"]]), "CHF");
        assert_eq!(of(&["Total"], &[&["All amounts in Canadian dollars (CAD)"]]), "CAD");
    }

    #[test]
    fn signs_and_words_of_one_currency_are_it_and_those_of_several_are_asked_about() {
        for (heading, code) in [
            ("Total (₺)", "TRY"),
            ("Tutar (TL)", "TRY"),
            ("Сума, грн", "UAH"),
            ("Сумма, ₽", "RUB"),
            ("Total (Ksh)", "KES"),
            ("মোট (৳)", "BDT"),
            ("Total (Tk.)", "BDT"),
            ("Total Birr", "ETB"),
            ("Total ($US)", "USD"),
            ("Total (Euro)", "EUR"),
            ("المبلغ (دولار أمريكي)", "USD"),
            ("الموازنة المقترحة USD", "USD"),
        ] {
            assert_eq!(of(&[heading], &[]), code, "{heading}");
        }
        for (heading, doubt) in [("Montant (FCFA)", "XOF or XAF"), ("Total (Bs.)", "BOB or VES"), ("Сумма, руб.", "RUB or BYN")]
        {
            let mut said = Said::default();
            said.heading(heading);
            assert_eq!((said.currency(), said.doubt().map(|(_, which)| which)), (None, Some(doubt)), "{heading}");
        }
        assert_eq!(of(&["Total"], &[&["Team leader (TL)"], &["Tk. office"]]), "");
    }

    #[test]
    fn exchange_rates_name_no_currency_of_amounts() {
        for row in [
            &["Exchange rate (1 USD = 57.5 ETB)"] as &[&str],
            &["Exchange rate USD/KES:", "129.5"],
            &["InforEuro EUR", "1"],
            &["Rate", "USD", "57.5"],
        ] {
            assert_eq!(of(&["Total"], &[row]), "", "{row:?}");
        }
        assert_eq!(of(&["Unit rate (KES)"], &[&["Exchange rate", "USD"]]), "KES");
    }
}
