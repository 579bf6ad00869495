//! What labels and headings say of money: cost categories, support costs, and what is no money of the budget.

use super::Column;

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

/// Whether a row below the total is no cost, by its name: people, rates, what others pay.
pub fn is_no_cost(label: &str) -> bool {
    const WORDS: [&str; 49] = [
        "approved",
        "phone",
        "telephone",
        "téléphone",
        "teléfono",
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
        "grant",
        "difference",
        "différence",
        "diferencia",
        "check",
        "control",
        "remaining",
        "per ",
        "%",
        "ratio",
        "in kind",
        "in-kind",
        "contrib",
    ];
    let lower = label.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// Whether a text speaks of results rather than of offices.
pub fn speaks_of_results(text: &str) -> bool {
    matches!(Column::of(text), Some(Column::Result | Column::Category))
}
