//! What labels say of charges that are a percentage of other lines: support costs, reserves, taxes, fees.

use std::str::FromStr;

use logframe::Decimal;

use super::is_indirect;
use crate::digits::digit_in_ours;

/// How surely a row with a percentage is one of others, by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// Hardly anything else.
    Surely,
    /// It can as well be a price, a part of one, or a share that the project bears.
    Perhaps,
}

/// A rate that a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub percent: Decimal,
    /// Whether it is the highest that may be.
    pub is_most: bool,
    /// Whether it is said to be one of something else than all that stands above.
    pub is_of_some: bool,
    /// Whether it is said to be one of a total that it is in itself.
    pub is_of_all: bool,
}

/// Words of support costs, wherever they stand. What has up to four letters stands alone, what is longer can go on.
const INDIRECT: [&str; 32] = [
    "indirekt",
    "indiret",
    "gms",
    "icr",
    "isc",
    "npac",
    "nicra",
    "picsc",
    "hq costs",
    "headquarter",
    "administrative cost",
    "admin costs",
    "management fee",
    "management cost",
    "agency fee",
    "frais administratif",
    "frais de gestion",
    "frais généraux",
    "frais de structure",
    "coûts d appui",
    "gastos administrativ",
    "costos administrativ",
    "costes administrativ",
    "gastos de gestión",
    "gastos generales",
    "custos administrativ",
    "taxa de administração",
    "verwaltungskosten",
    "gemeinkosten",
    "накладные",
    "административные",
    "адміністративні",
];
/// What is supported by work that has a price.
const OF_WORK: [&str; 3] = ["technical", "logistic", "transport"];
/// How labels begin of taxes and reserves.
const ON_TOP: [&str; 31] = [
    "vat",
    "tva",
    "iva",
    "mwst",
    "ust",
    "gst",
    "igv",
    "kdv",
    "btw",
    "ндс",
    "пдв",
    "ضريبة",
    "value added tax",
    "sales tax",
    "withholding tax",
    "tax",
    "impuesto",
    "imposto",
    "mehrwertsteuer",
    "contingenc",
    "imprévu",
    "divers et imprévu",
    "imprevisto",
    "unvorhergesehen",
    "непредвиденные",
    "احتياطي",
    "طوارئ",
    "inflation",
    "inflación",
    "inflação",
    "price escalation",
];
/// What is a percentage of others or of some of them, or has a price of its own.
const PERHAPS: [&str; 34] = [
    "fee",
    "fees",
    "charges",
    "commission",
    "comisión",
    "comissão",
    "honoraires",
    "gebühr",
    "audit",
    "reserve",
    "réserve",
    "reserva",
    "rücklage",
    "m e",
    "monitoring",
    "evaluation",
    "suivi",
    "évaluation",
    "seguimiento",
    "evaluación",
    "monitoria",
    "monitoramento",
    "admin",
    "administration",
    "provision",
    "fringe",
    "social charges",
    "social security",
    "charges sociales",
    "charges patronales",
    "cargas sociales",
    "encargos sociais",
    "sozialabgaben",
    "отчисления",
];
/// Whose percentage is one of their time.
const PEOPLE: [&str; 67] = [
    "officer",
    "manager",
    "coordinator",
    "assistant",
    "director",
    "adviser",
    "advisor",
    "specialist",
    "accountant",
    "driver",
    "guard",
    "staff",
    "consultant",
    "clerk",
    "engineer",
    "nurse",
    "cleaner",
    "expert",
    "auditor ",
    "team",
    "time",
    "effort",
    "loe",
    "fte",
    "chargé",
    "responsable",
    "comptable",
    "chauffeur",
    "coordinat",
    "coordonn",
    "directeur",
    "temps",
    "oficial",
    "coordinador",
    "gerente",
    "contador",
    "técnic",
    "conductor",
    "asistente",
    "tiempo",
    "dedicación",
    "coordenador",
    "motorista",
    "assistente",
    "leiter",
    "referent",
    "mitarbeiter",
    "stelle",
    "cook",
    "watchman",
    "teacher",
    "doctor",
    "midwife",
    "trainer",
    "facilitator",
    "secretary",
    "agent",
    "gardien",
    "infirmi",
    "enseignant",
    "formateur",
    "enfermer",
    "docente",
    "promotor",
    "vigilante",
    "leader",
    "head of",
];
/// A price that has it in it, and what the project bears of one.
const WITHIN: [&str; 20] = [
    "incl",
    "including",
    "included",
    "inclusive",
    "inclu",
    "inkl",
    "compris",
    "excl",
    "excluding",
    "exclu",
    "without",
    "hors",
    "sin",
    "ohne",
    "funded",
    "charged",
    "share",
    "discount",
    "remise",
    "rabatt",
];
const MOST: [&str; 14] = [
    "max",
    "maxi",
    "maximum",
    "maximal",
    "up to",
    "not exceed",
    "at most",
    "ceiling",
    "jusqu",
    "hasta",
    "máx",
    "máximo",
    "bis zu",
    "höchstens",
];
/// What stands between a rate and what it is one of.
const OF: [&str; 20] = [
    "of", "on", "du", "de", "des", "les", "la", "sur", "del", "los", "las", "sobre", "da", "do", "dos", "os", "von", "der",
    "auf", "от",
];
/// How words begin of a base that is all that stands above.
const ALL: [&str; 15] = [
    "tota", "cust", "kost", "subtotal", "sub", "direct", "diret", "direkt", "eligible", "cost", "coût", "cout", "budget",
    "above", "the",
];

/// What a label is by its words, if it can be a percentage of others.
pub fn charge(label: &str) -> Option<Charge> {
    let said = plain(label);
    let says = |words: &[&str]| words.iter().any(|word| has(&said, word));
    if says(&PEOPLE) {
        return None;
    }
    if (is_indirect(label) && !says(&OF_WORK)) || says(&INDIRECT) {
        return Some(Charge::Surely);
    }
    let own = ["add ", "plus "].iter().find_map(|word| said.trim_start().strip_prefix(word)).unwrap_or(said.trim_start());
    match () {
        () if says(&WITHIN) => None,
        () if ON_TOP.iter().any(|word| has(&format!(" {own}"), word) && own.starts_with(word)) => Some(Charge::Surely),
        () if says(&ON_TOP) || says(&PERHAPS) => Some(Charge::Perhaps),
        () => None,
    }
}

/// Whether a label is that of what is taken off a price.
pub fn is_discount(label: &str) -> bool {
    let said = plain(label);
    ["discount", "rebate", "remise", "rabais", "rabatt", "descuento", "desconto", "skonto"].iter().any(|word| has(&said, word))
}

/// Whether a label speaks of a part of something, or of somebody's time.
pub fn is_of_a_price(label: &str) -> bool {
    let said = plain(label);
    PEOPLE.iter().chain(&WITHIN).any(|word| has(&said, word))
}

/// The only rate that a label says.
pub fn rate(label: &str) -> Option<Rate> {
    // Few labels do, and there can be a hundred thousand of them.
    if !(label.contains(['%', '٪', '％'])
        || ["cent", "CENT", "cient", "rozent", "ROZENT", "роцент"].iter().any(|word| label.contains(word)))
    {
        return None;
    }
    let label = with_signs(label);
    let mut parts = label.split('%');
    let (before, behind, None) = (parts.next()?, parts.next()?, parts.next()) else { return None };
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let own = before.trim_end();
    let number = own.get(own.trim_end_matches(is_digit).len()..)?;
    let next = behind.trim_start();
    let (number, is_before) = match number {
        "" => (next.get(..next.find(|c| !is_digit(c)).unwrap_or(next.len()))?, false),
        number => (number, true),
    };
    // Neither from 5 to 7 nor less than nothing is a rate.
    let is_range = is_before && own.strip_suffix(number).is_some_and(|rest| rest.ends_with(['-', '–', '+', '/']));
    let percent = Decimal::from_str(&number.trim_matches(['.', ',']).replace(',', ".")).ok().filter(|_| !is_range)?;
    let said = plain(&label);
    let is_most = MOST.iter().any(|word| has(&said, word)) || label.contains(['≤', '<']);
    Some(Rate { percent, is_most, is_of_some: is_of_some(behind), is_of_all: is_of_all(behind) })
        .filter(|_| !percent.is_zero() && percent <= Decimal::HUNDRED)
}

/// Whether what stands behind a rate names something else than all that stands above.
fn is_of_some(behind: &str) -> bool {
    let said = plain(behind);
    let mut words = said.split_whitespace();
    let is_named = |word: &str| !ALL.iter().any(|all| word.starts_with(all)) && !word.starts_with(|c: char| c.is_ascii_digit());
    words.any(|word| OF.contains(&word)) && words.filter(|word| !OF.contains(word)).any(is_named)
}

/// Whether what stands behind a rate is a total of more than direct costs.
fn is_of_all(behind: &str) -> bool {
    let said = plain(behind);
    let says = |words: &[&str]| words.iter().any(|word| has(&said, word));
    says(&["total", "totale", "totaux", "gesamt", "budget", "presupuesto"]) && !says(&["direct", "diret", "direkt"])
}

/// With signs for words of per cent, and digits that are read everywhere.
fn with_signs(label: &str) -> String {
    let digit = |c: char| match c {
        '٪' | '％' => '%',
        _ => digit_in_ours(c),
    };
    let mut said: String = label.to_lowercase().chars().map(digit).collect();
    for word in ["per cent", "percent", "pour cent", "por ciento", "por cento", "prozent", "процентов"] {
        said = said.replace(word, "%");
    }
    said
}

/// The words of a label in small letters, each between spaces.
pub(super) fn plain(label: &str) -> String {
    let lower = label.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Whether a word stands in a plain text: a short one alone, a longer one with any ending.
pub(super) fn has(said: &str, word: &str) -> bool {
    let is_short = word.chars().count() < 5;
    said.match_indices(word).any(|(at, _)| {
        let behind = said.get(at + word.len()..).unwrap_or_default();
        said.get(..at).is_some_and(|before| before.ends_with(' ')) && (!is_short || behind.starts_with(' ') || behind.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_a_label_is_its_only_percentage() {
        let percent = |label: &str| rate(label).map(|rate| rate.percent.to_string());
        for (label, expected) in [
            ("Indirect costs 7%", "7"),
            ("PSC (7 %)", "7"),
            ("Frais de gestion 7,5 %", "7.5"),
            ("KDV %18", "18"),
            ("Management fee, 10 per cent", "10"),
            ("Накладные расходы 5 %", "5"),
            ("تكاليف غير مباشرة ٧٪", "7"),
        ] {
            assert_eq!(percent(label).as_deref(), Some(expected), "{label}");
        }
        for label in ["PSC", "7 % of 93 %", "5-7 %", "Officer", "0 %", "%", "250 %", "…%"] {
            assert_eq!(percent(label), None, "{label}");
        }
        assert!(rate("Indirect costs (maximum 7% of 7)").unwrap().is_most);
        let is_of_some = |label: &str| rate(label).unwrap().is_of_some;
        assert!(is_of_some("VAT (20%) on fees only") && is_of_some("5 % of salaries"));
        assert!(!is_of_some("7% of total direct costs") && !is_of_some("7 % of 7") && !is_of_some("7%"));
    }

    #[test]
    fn words_tell_what_is_a_percentage_of_others() {
        for label in [
            "Indirect costs 7%",
            "PSC (7%)",
            "GMS 8 %",
            "VAT 15%",
            "Add VAT 15%",
            "Contingency 5%",
            "management fee 10 %",
            "Gastos administrativos 8%",
            "Verwaltungskosten 13 %",
            "Frais de gestion 7%",
        ] {
            assert_eq!(charge(label), Some(Charge::Surely), "{label}");
        }
        for label in ["Audit 2%", "Charges sociales 22%", "Administration 7%", "M&E 5%", "FSP fee 2.5%", "Laptops, VAT 15%"] {
            assert_eq!(charge(label), Some(Charge::Perhaps), "{label}");
        }
        for label in [
            "Technical support costs 20%",
            "Coordinator 50%",
            "Admin officer (60 % time)",
            "M&E Officer 50%",
            "Laptops incl. VAT 15%",
            "Rent 40%",
        ] {
            assert_eq!(charge(label), None, "{label}");
        }
    }
}
