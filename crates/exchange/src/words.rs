//! Words of headings and labels: which line says that it is a total, and which words say that figures are in thousands.

/// What a line's name says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The total of all.
    Grand,
    /// A total of some, certainly: "Subtotal".
    Subtotal,
    /// Perhaps a total of some: "Total South America".
    TotalOf,
    Other,
}

const TOTAL: [&str; 48] = [
    "total",
    "totals",
    "totale",
    "totaux",
    "totales",
    "totals",
    "sum",
    "suma",
    "sumas",
    "somme",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "soma",
    "итого",
    "всего",
    "разом",
    "всього",
    "المجموع",
    "totaal",
    "totalt",
    "gesamtbetrag",
    "gesamtkosten",
    "toplam",
    "razem",
    "celkem",
    "ukupno",
    "összesen",
    "jumla",
    "jumlah",
    "合计",
    "合計",
    "总计",
    "усього",
    "сумма",
    "сума",
    "مجموع",
    "الإجمالي",
    "الاجمالي",
    "إجمالي",
    "اجمالي",
    "মোট",
    "সর্বমোট",
    "tổng",
    "ogółem",
    "wadarta",
    "कुल",
];
const SUBTOTAL: [&str; 8] =
    ["subtotal", "subtotals", "subtotales", "zwischensumme", "teilsumme", "sub total", "sous total", "sub totals"];
/// Words for totals that are words for amounts, too.
const SUMS: [&str; 8] = ["sum", "suma", "sumas", "somme", "summe", "soma", "сумма", "сума"];
/// What says by itself that it is all.
const ALL_OF_THEM: [&str; 13] = [
    "overall",
    "altogether",
    "all countries",
    "all offices",
    "all outcomes",
    "all sectors",
    "all activities",
    "amount requested",
    "requested amount",
    "montant demandé",
    "montant sollicité",
    "monto solicitado",
    "total fund cost",
];
/// Words beside "total" that leave it the total of all.
const BESIDE: [&str; 46] = [
    "grand",
    "general",
    "général",
    "générale",
    "generale",
    "geral",
    "gran",
    "overall",
    "all",
    "the",
    "of",
    "in",
    "en",
    "amount",
    "budget",
    "global",
    "row",
    "column",
    "sum",
    "us",
    "usd",
    "eur",
    "gbp",
    "chf",
    "thousand",
    "thousands",
    "million",
    "millions",
    "miles",
    "millones",
    "000",
    "общая",
    "общий",
    "загальна",
    "загальний",
    "бюджет",
    "бюджету",
    "الكلي",
    "العام",
    "الموازنة",
    "الميزانية",
    "کل",
    "genel",
    "tutar",
    "বাজেট",
    "cộng",
];

/// How words begin that leave a total one of the budget or of a part of it.
const GENERAL: [&str; 41] = [
    "subtot",
    "cost",
    "coste",
    "coût",
    "cout",
    "kosten",
    "custo",
    "expen",
    "gasto",
    "dépense",
    "direct",
    "indirect",
    "eligible",
    "éligible",
    "elegible",
    "estimat",
    "request",
    "solicit",
    "demand",
    "contribution",
    "grant",
    "fund",
    "propos",
    "appeal",
    "project",
    "proyecto",
    "projet",
    "program",
    "action",
    "acción",
    "activit",
    "operation",
    "response",
    "outcome",
    "output",
    "objective",
    "result",
    "component",
    "section",
    "presupuesto",
    "carried",
];

/// Words that say in what figures are printed.
const SCALES: [(&str, &str); 14] = [
    ("thousands", "thousands"),
    ("thousand", "thousands"),
    ("'000", "thousands"),
    ("000s", "thousands"),
    ("(000)", "thousands"),
    ("en miles", "thousands"),
    ("miles de", "thousands"),
    ("milliers", "thousands"),
    ("tausend", "thousands"),
    ("millions", "millions"),
    ("million", "millions"),
    ("millones", "millions"),
    ("milhões", "millions"),
    ("mio.", "millions"),
];

impl Kind {
    pub fn of(name: &str) -> Self {
        let lower = spoken(name).to_lowercase();
        let words = words(&lower);
        let joined = words.join(" ");
        let is_total = |word: &&str| TOTAL.contains(word);
        let starts = |word: &&str| joined.starts_with(*word) || joined.ends_with(*word);
        if ALL_OF_THEM.contains(&joined.as_str()) {
            Self::Grand
        } else if SUBTOTAL.iter().any(starts) {
            Self::Subtotal
        } else if !words.iter().any(is_total) {
            Self::Other
        } else if words.iter().all(|word| is_total(word) || BESIDE.contains(word)) {
            Self::Grand
        } else if adds_up(&words) || [words.first(), words.last()].into_iter().flatten().any(|word| word.starts_with("tota")) {
            Self::TotalOf
        } else {
            Self::Other
        }
    }
}

/// What a label says, without what it says in brackets, the number before it, and what it is a share of: `k. TOTALS (sum of 6i and 6j)`,
/// `Administration, 7 % of the subtotal`.
pub fn spoken(name: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: &char| {
        depth = if matches!(c, '(' | '[') { depth + 1 } else { depth };
        let is_outside = depth == 0;
        depth = if matches!(c, ')' | ']') { depth.saturating_sub(1) } else { depth };
        is_outside
    };
    let outside: String = name.chars().filter(outside).collect();
    let whole = if outside.trim().is_empty() { name } else { &outside };
    let own = whole.split('%').next().unwrap_or_default();
    let said = match own.trim_start().split_once(['.', ')']) {
        Some((number, rest)) if number.chars().count() == 1 && !rest.trim().is_empty() => rest,
        _ => own,
    };
    let is_spaced = said.trim().len() > 3 && said.split_whitespace().all(|word| word.chars().count() == 1);
    if is_spaced { said.split_whitespace().collect() } else { said.to_owned() }
}

/// Whether words say of what they are the sum: `Sum of personnel`, `Summe Reisekosten`. `Suma alzada` is no sum.
fn adds_up(words: &[&str]) -> bool {
    match words {
        ["somme" | "suma" | "soma", of, ..] => ["de", "des", "du", "del", "da", "do", "das", "dos"].contains(of),
        ["sum", "of", ..] | ["summe", _, ..] => true,
        _ => false,
    }
}

fn words(lower: &str) -> Vec<&str> {
    // Signs that join letters of Indian scripts, and of Persian, stand within words.
    let is_joint = |c: char| matches!(c, '\u{94d}' | '\u{9cd}' | '\u{200c}' | '\u{200d}');
    lower.split(|c: char| !c.is_alphanumeric() && !is_joint(c)).filter(|word| !word.is_empty()).collect()
}

/// Whether any word of a label is one of totals or subtotals.
pub fn speaks_of_totals(name: &str) -> bool {
    let lower = spoken(name).to_lowercase();
    let words = words(&lower);
    let joined = words.join(" ");
    // A page ends with what is carried over to the next.
    let is_carried = ["carried forward", "brought forward"].iter().any(|words| joined.contains(words));
    // A sum can be lump, or insured: it says that it is a total by itself only.
    let is_total = |word: &&str| TOTAL.contains(word) && (!SUMS.contains(word) || Kind::of(name) == Kind::Grand);
    is_carried
        || ALL_OF_THEM.contains(&joined.as_str())
        || adds_up(&words)
        || words.iter().any(is_total)
        || SUBTOTAL.iter().any(|word| joined.contains(word))
}

/// Whether the words of a label are those of a total of a budget, without one that could name what is bought.
pub fn names_only_totals(name: &str) -> bool {
    let lower = spoken(name).to_lowercase();
    let is_general = |word: &&str| GENERAL.iter().any(|start| word.starts_with(start));
    let is_short = |word: &&str| word.chars().count() <= 3 || word.chars().all(|c| c.is_ascii_digit());
    words(&lower).iter().all(|word| TOTAL.contains(word) || BESIDE.contains(word) || is_short(word) || is_general(word))
}

/// Whether a name begins as one of amounts does, and says nothing of results: `Budget`, `Project cost`, `Requirements (USD)`.
pub fn names_amounts(name: &str) -> bool {
    const AMOUNTS: [&str; 14] = [
        "budget",
        "amount",
        "cost",
        "requirement",
        "montant",
        "coût",
        "monto",
        "importe",
        "costo",
        "betrag",
        "kosten",
        "valor",
        "custo",
        "presupuesto",
    ];
    let lower = spoken(name).to_lowercase();
    let words = words(&lower);
    let is_amount = |word: &&str| AMOUNTS.iter().any(|start| word.starts_with(start));
    words.iter().any(is_amount) && names_only_totals(name) && !speaks_of_parts(&words)
}

/// Whether words name the parts of a plan, of which several stand beside each other.
fn speaks_of_parts(words: &[&str]) -> bool {
    const PARTS: [&str; 6] = ["outcome", "output", "objective", "result", "component", "section"];
    words.iter().any(|word| PARTS.iter().any(|start| word.starts_with(start)))
}

/// In what figures are printed, where a text says so.
pub fn scale(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase().replace('’', "'");
    SCALES.into_iter().find(|(word, _)| lower.contains(word)).map(|(_, scale)| scale)
}

/// Whether a heading says that its column numbers or names the rows.
pub fn is_identifier(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let plain = lower.trim().trim_end_matches(['.', ':']);
    matches!(
        plain,
        "" | "#" | "no" | "nr" | "nº" | "n°" | "code" | "id" | "ref" | "line" | "year" | "año" | "année" | "jahr" | "ano"
    )
}

/// Whether a heading says that its column holds shares.
pub fn is_share(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    heading.contains('%') || lower.contains("per cent") || lower.contains("percent") || lower == "share"
}

/// Whether a row holds shares of others, by its name: `% of total`. `PSC 7 %` is money.
pub fn is_row_of_shares(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let starts =
        ["% of", "% du", "% del", "% do", "in %", "en %", "em %", "per cent of", "percent of", "percentage of", "share of total"];
    matches!(lower.as_str(), "%" | "per cent" | "percent" | "percentage") || starts.iter().any(|start| lower.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_totals_of_all_and_of_some() {
        for name in ["Total", "TOTAL", "Grand total", "Total (USD)", "Suma", "Somme", "Total général", "Sum", "Total budget"] {
            assert_eq!(Kind::of(name), Kind::Grand, "{name}");
        }
        for name in ["Subtotal", "Sub-total", "Subtotal South America", "Sous-total"] {
            assert_eq!(Kind::of(name), Kind::Subtotal, "{name}");
        }
        for name in ["Total South America", "South America, total", "Sum of personnel", "Summe Reisekosten", "Suma de personal"] {
            assert_eq!(Kind::of(name), Kind::TotalOf, "{name}");
        }
        for name in ["Peru", "Totally new", "Summary", "Sum insured", "Suma alzada", ""] {
            assert_eq!(Kind::of(name), Kind::Other, "{name}");
        }
    }

    #[test]
    fn thousands_and_millions_are_recognised_in_headings() {
        assert_eq!(scale("USD thousands"), Some("thousands"));
        assert_eq!(scale("Budget (US$ ’000)"), Some("thousands"));
        assert_eq!(scale("en millones de pesos"), Some("millions"));
        assert_eq!(scale("Budget (USD)"), None);
    }
}
