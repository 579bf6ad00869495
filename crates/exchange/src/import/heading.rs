//! What headings of budget tables say, in the languages that they are written in.

/// What a column of a list of budget lines holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Office,
    Result,
    Category,
    Description,
    Quantity,
    Unit,
    UnitCost,
    Duration,
    Share,
    Amount,
    /// The amounts of totals, where these stand in a column of their own.
    Subtotal,
    /// A part of the amount: what is spent in some period.
    Part,
    Currency,
    Period,
    Remarks,
    /// Numbers that count the lines, and what else is not read.
    Other,
}

/// Each with its name in mapping files and the words of headings that mean it; the first that fits counts.
const ALL: [(Column, &str, &[&str]); 16] = [
    (
        Column::UnitCost,
        "unit-cost",
        &[
            "unit value",
            "unit rate",
            "monthly salary",
            "salary",
            "rate",
            "cost per month",
            "cost per day",
            "daily rate",
            "monthly rate",
            "valeur unitaire",
            "valor unitario",
            "unit cost",
            "cost per unit",
            "cost/unit",
            "price/unit",
            "unit price",
            "unit rate",
            "rate per",
            "price per",
            "monthly cost",
            "costo unitario",
            "coste unitario",
            "precio unitario",
            "coût unitaire",
            "cout unitaire",
            "prix unitaire",
            "custo unitário",
            "einzelpreis",
            "stückpreis",
            "einzelkosten",
            "stückkosten",
            "preis",
            "costo unitario",
            "prezzo unitario",
            "eenheidsprijs",
            "stuksprijs",
            "цена за единицу",
            "цена",
            "ціна",
            "birim fiyat",
            "birim maliyet",
            "enhetskostnad",
            "enhetspris",
            "styckpris",
            "à-pris",
            "سعر الوحدة",
        ],
    ),
    (
        Column::Share,
        "share",
        &["% charged", "charged", "% of time", "percentage", "% fte", "fte", "share", "loe", "% cargado", "% imputé", "%"],
    ),
    (
        Column::Duration,
        "duration",
        &[
            "days",
            "no. of days",
            "# of days",
            "# days",
            "number of days",
            "no. of months",
            "# months",
            "number of months",
            "weeks",
            "días",
            "duration",
            "months",
            "no. of months",
            "# of months",
            "frequency",
            "recurrence",
            "duración",
            "meses",
            "durée",
            "mois",
            "duração",
        ],
    ),
    (
        Column::Quantity,
        "quantity",
        &[
            "no. of staff",
            "no. of persons",
            "no. of people",
            "number of staff",
            "number of persons",
            "# staff",
            "# of staff",
            "persons",
            "# of units",
            "units",
            "quantity",
            "qty",
            "no. of units",
            "number of units",
            "# of units",
            "# units",
            "cantidad",
            "cant.",
            "quantité",
            "qté",
            "quantidade",
            "units required",
            "number",
            "nº unidades",
            "nº de unidades",
            "no. de unidades",
            "número de unidades",
            "nombre d'unités",
            "menge",
            "anzahl",
            "stück",
            "quantità",
            "aantal",
            "количество",
            "кількість",
            "miktar",
            "antal",
            "الكمية",
        ],
    ),
    (
        Column::Amount,
        "amount",
        &[
            "total cost",
            "total amount",
            "total",
            "amount",
            "budget",
            "cost",
            "sum",
            "monto",
            "importe",
            "montant",
            "coût total",
            "costo total",
            "presupuesto",
            "valor",
            "betrag",
            "gesamtbetrag",
            "gesamtkosten",
            "gesamt",
            "importo",
            "totale",
            "bedrag",
            "totaal",
            "сумма",
            "сума",
            "стоимость",
            "tutar",
            "toplam",
            "belopp",
            "summa",
            "totalt",
            "المبلغ",
            "الإجمالي",
        ],
    ),
    (
        Column::Subtotal,
        "subtotal",
        &["subtotal", "sub-total", "sub total", "section total", "sous-total", "sous total", "zwischensumme", "teilsumme"],
    ),
    // Headings of periods are read by what they say of the calendar.
    (Column::Part, "part", &[]),
    (
        Column::Unit,
        "unit",
        &[
            "unit type",
            "unit of measure",
            "type of unit",
            "unit",
            "uom",
            "unidad",
            "unité",
            "unidade",
            "einheit",
            "unità",
            "eenheid",
            "единица",
            "одиниця",
            "birim",
            "enhet",
            "الوحدة",
        ],
    ),
    (Column::Currency, "currency", &["currency", "moneda", "devise", "moeda"]),
    (Column::Period, "period", &["period", "year", "período", "periodo", "période", "año", "année"]),
    (
        Column::Office,
        "office",
        &[
            "implementing office",
            "office",
            "country office",
            "country",
            "mission",
            "oficina",
            "país",
            "pays",
            "bureau",
            "location",
        ],
    ),
    (
        Column::Result,
        "result",
        &[
            "outcome",
            "output",
            "objective",
            "activity",
            "result",
            "pillar",
            "activities",
            "outputs",
            "cluster",
            "sector",
            "resultado",
            "objetivo",
            "actividad",
            "producto",
            "résultat",
            "objectif",
            "activité",
            "produit",
        ],
    ),
    (
        Column::Category,
        "category",
        &[
            "cost category",
            "budget category",
            "category",
            "object class",
            "categoría",
            "catégorie",
            "categoria",
            "rubro",
            "rubrique",
        ],
    ),
    (
        Column::Description,
        "description",
        &[
            "position",
            "post title",
            "activity description",
            "description of costs",
            "costs",
            "description",
            "budget line",
            "line item",
            "item",
            "particulars",
            "expenditure",
            "details",
            "descripción",
            "concepto",
            "partida",
            "libellé",
            "désignation",
            "descrição",
            "budget item",
            "budget heading",
            "budget description",
            "cost element",
            "cost item",
            "cost breakdown",
            "budget breakdown",
            "cost description",
            "expense",
            "inputs",
            "account",
            "account code",
            "rubriques budgétaires",
            "beschreibung",
            "bezeichnung",
            "kostenposition",
            "kostenart",
            "ausgaben",
            "descrizione",
            "voce di spesa",
            "omschrijving",
            "beschrijving",
            "описание",
            "наименование",
            "статья расходов",
            "опис",
            "найменування",
            "açıklama",
            "beskrivning",
            "kostnadspost",
            "الوصف",
            "البيان",
        ],
    ),
    (
        Column::Remarks,
        "remarks",
        &["remarks", "notes", "comments", "justification", "observaciones", "remarques", "observações", "assumptions"],
    ),
    (
        Column::Other,
        "other",
        &[
            "payment currency",
            "local currency",
            "item no",
            "item no.",
            "budget line no",
            "budget line no.",
            "line no",
            "line no.",
            "item number",
            "code no",
            "ref no",
            "n°",
            "nº",
            "bl no",
            "bl no.",
            "bl",
            "#",
            "no.",
            "no",
            "nr",
            "code",
            "id",
            "ref",
        ],
    ),
];

impl Column {
    /// Its name in mapping files.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(column, ..)| *column == self).map_or("other", |(_, name, _)| name)
    }

    /// The column of a name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|(_, own, _)| *own == name).map(|(column, ..)| *column)
    }

    /// The names of all.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ALL.iter().map(|(_, name, _)| *name)
    }

    /// What a heading means; `None` where no word tells.
    pub fn of(heading: &str) -> Option<Self> {
        let plain = plain(heading);
        if plain.is_empty() {
            return None;
        }
        // A column that numbers the lines names them by what it numbers.
        let numbers_lines = ["no", "no.", "number", "#", "code", "ref", "ref."]
            .iter()
            .any(|ending| plain.strip_suffix(ending).is_some_and(|rest| rest.ends_with(' ')));
        let exact = ALL.iter().find(|(.., words)| words.contains(&plain.as_str()));
        if let Some((column, ..)) = exact {
            return Some(*column);
        }
        if numbers_lines {
            return Some(Self::Other);
        }
        if plain.chars().count() > 60 {
            return None;
        }
        // The longest word that it holds tells most.
        let held =
            |words: &[&str]| words.iter().filter(|word| word.len() > 2 && holds(&plain, word)).map(|word| word.len()).max();
        let found = ALL.iter().filter_map(|(column, _, words)| Some((held(words)?, *column)));
        found.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, column)| column)
    }
}

/// A heading in small letters, without what stands in brackets and without a currency.
fn plain(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let mut text = String::new();
    let mut depth = 0_u32;
    for c in lower.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => text.push(if c.is_whitespace() || c == '_' || c == ':' { ' ' } else { c }),
            _ => {}
        }
    }
    let kept =
        text.split(' ').filter(|word| !word.is_empty() && !matches!(*word, "usd" | "eur" | "us$" | "$" | "€" | "in" | "en"));
    kept.collect::<Vec<_>>().join(" ")
}

/// Whether a text holds some words as whole words.
fn holds(text: &str, words: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(words).any(|(at, _)| {
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + words.len()..).unwrap_or_default());
        is_edge(before.chars().next_back()) && (is_edge(behind.chars().next()) || behind.starts_with('s'))
    })
}

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

/// Whether a row below the total is no cost, by its name: people, rates, what others pay.
pub fn is_no_cost(label: &str) -> bool {
    const WORDS: [&str; 40] = [
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_published_templates_are_understood() {
        let cases = [
            ("Description", Column::Description),
            ("Budget Line Description", Column::Description),
            ("Unit Quantity", Column::Quantity),
            ("Qty", Column::Quantity),
            ("Unit cost (USD)", Column::UnitCost),
            ("Unit Cost", Column::UnitCost),
            ("Duration Recurrence", Column::Duration),
            ("% charged to CHF", Column::Share),
            ("Total Cost", Column::Amount),
            ("Total (USD)", Column::Amount),
            ("Amount USD", Column::Amount),
            ("Unit of measure", Column::Unit),
            ("Implementing office", Column::Office),
            ("Cost category", Column::Category),
            ("Costo unitario", Column::UnitCost),
            ("Cantidad", Column::Quantity),
            ("Libellé", Column::Description),
            ("Remarks", Column::Remarks),
            ("#", Column::Other),
        ];
        for (heading, column) in cases {
            assert_eq!(Column::of(heading), Some(column), "{heading}");
        }
        for heading in ["Argentina", "", "2018", "Data production"] {
            assert_eq!(Column::of(heading), None, "{heading}");
        }
    }

    #[test]
    fn every_name_is_one_of_a_column() {
        for name in Column::names() {
            assert_eq!(Column::named(name).map(Column::name), Some(name));
        }
    }
}
