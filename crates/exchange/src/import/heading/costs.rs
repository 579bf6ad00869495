//! What labels and headings say of money: cost categories, support costs, and what is no money of the budget.

use super::Column;
use super::charges::charge;

/// The cost category of support costs: it goes before all others.
pub const INDIRECT: &str = "indirect";
const INDIRECT_WORDS: [&str; 6] = ["indirect", "psc", "programme support", "program support", "overhead", "support cost"];

/// Whether a text names the category of support costs.
pub fn is_indirect(text: &str) -> bool {
    let lower = text.to_lowercase();
    INDIRECT_WORDS.iter().any(|word| lower.contains(word))
}

/// The UN harmonised cost category that a text names, by its id.
pub fn category(text: &str) -> Option<&'static str> {
    const WORDS: [(&str, &[&str]); 8] = [
        (INDIRECT, &INDIRECT_WORDS),
        ("staff", &["staff", "personnel", "personal", "human resources", "ressources humaines", "recursos humanos"]),
        ("supplies", &["supplies", "commodities", "materials", "suministros", "fournitures"]),
        ("equipment", &["equipment", "vehicles", "furniture", "equipo", "équipement"]),
        ("contractual", &["contractual", "contracts", "consultan"]),
        ("travel", &["travel", "viajes", "voyages"]),
        ("transfers", &["transfers", "grants", "counterparts", "transferencias", "transferts"]),
        ("operating", &["operating", "other direct", "running costs", "operativos", "fonctionnement"]),
    ];
    let lower = text.to_lowercase();
    WORDS.iter().find(|(_, words)| words.iter().any(|word| lower.contains(word))).map(|(id, _)| *id)
}

/// Whether a column of amounts is not that of the budget: what was spent, what others pay, what is left.
pub fn is_beside_the_budget(heading: &str) -> bool {
    const WORDS: [&str; 21] = [
        "variance",
        "actual",
        "spent",
        "expenditure",
        "contribution",
        "co-funding",
        "cofunding",
        "cofinancing",
        "co-financing",
        "balance",
        "narrative",
        "notes",
        "per beneficiary",
        "per person",
        "per household",
        "ejecutado",
        "executed",
        "realizado",
        "dépensé",
        "other donors",
        "other funding",
    ];
    let lower = heading.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// Whether what stands below a heading is added up to nothing: prices, rates, and what is left after each row.
pub fn is_no_sum(heading: &str) -> bool {
    const WORDS: [&str; 9] = ["per", "par", "por", "pro", "unit", "rate", "balance", "cumulative", "average"];
    let lower = heading.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// Whether a row below the total is no cost, by how a word of its name begins: people, rates, what others pay. `Migrants` are none of these words.
pub fn is_no_cost(label: &str) -> bool {
    const WORDS: [&str; 42] = [
        "approved",
        "version",
        "signature",
        "signed",
        "reference",
        "beneficiar",
        "bénéficiaire",
        "people",
        "persons",
        "personas",
        "personnes",
        "household",
        "hogares",
        "ménages",
        "rate",
        "taux",
        "tasa",
        "cambio",
        "funded",
        "funding",
        "funds",
        "fonds",
        "fondos",
        "financ",
        "donor",
        "donante",
        "bailleur",
        "gap",
        "income",
        "received",
        "secured",
        "available",
        "difference",
        "différence",
        "diferencia",
        "check",
        "control",
        "remaining",
        "ratio",
        "in kind",
        "in-kind",
        "contrib",
    ];
    let lower = format!(" {}", label.to_lowercase());
    let begins = |word: &str| {
        lower.match_indices(word).any(|(at, _)| lower.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric)))
    };
    let is_share = lower.contains('%') && charge(label).is_none();
    is_share || lower.contains(" per ") || WORDS.iter().any(|word| begins(word))
}

/// Words that say that there is nothing to multiply.
const LUMP: [&str; 8] = ["lump", "lumpsum", "forfait", "forfaitaire", "alzada", "pauschal", "pauschale", "паушально"];

/// Whether a label says that there is nothing to multiply: `Insured sum`, `Travel (lump sum)`.
pub fn is_lump(label: &str) -> bool {
    let lower = label.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| LUMP.contains(&word) || word == "insured")
}

/// Whether what stands for a quantity says that there is nothing to count: `LS`.
pub fn is_lump_sum(quantity: &str) -> bool {
    let lower = quantity.trim().trim_end_matches('.').to_lowercase();
    let is_short = matches!(lower.as_str(), "ls" | "l.s" | "ff" | "global" | "lump sum" | "suma alzada");
    is_short || LUMP.contains(&lower.as_str())
}

/// Whether a text speaks of results rather than of offices.
pub fn speaks_of_results(text: &str) -> bool {
    matches!(Column::of(text), Some(Column::Result | Column::Category))
}
