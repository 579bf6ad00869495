//! What labels say of rows that are no lines: who pays for the budget, and what a line has in it.

use super::charges::{charge, has, plain};
use crate::words::speaks_of_totals;

const CONTRIBUTIONS: [&str; 34] = [
    "income from",
    "participants fees",
    "participant fees",
    "fees from",
    "eigen bijdrage",
    "bijdrage van",
    "in kind",
    "contribution",
    "contribuci",
    "contribuiç",
    "cofinanc",
    "co financ",
    "cofund",
    "co fund",
    "own fund",
    "own resources",
    "matching",
    "cost share",
    "cost sharing",
    "other donor",
    "other fund",
    "other sources",
    "counterpart",
    "apport",
    "fonds propres",
    "autres bailleurs",
    "aporte",
    "contrapartida",
    "fondos propios",
    "eigenmittel",
    "eigenanteil",
    "eigenbeitrag",
    "drittmittel",
    "egenandel",
];
const TAKEN_OFF: [&str; 10] =
    ["less", "minus", "deduct", "moins", "à déduire", "menos", "abzüglich", "abzgl", "minus eigen", "fratrukket"];
const REQUESTED: [&str; 25] = [
    "gevraagd",
    "appl",
    "applied",
    "request",
    "asked",
    "sought",
    "net",
    "remain",
    "balance",
    "grant",
    "funding",
    "to be fund",
    "to be financ",
    "demand",
    "sollicit",
    "solicit",
    "pedido",
    "beantragt",
    "zuwendung",
    "omsøkt",
    "søknadsbeløp",
    "montant",
    "donor",
    "bailleur",
    "donante",
];
const OF_WHICH: [&str; 22] = [
    "of which",
    "thereof",
    "including",
    "incl",
    "dont",
    "y compris",
    "de los cuales",
    "de las cuales",
    "del cual",
    "incluyendo",
    "dos quais",
    "das quais",
    "incluindo",
    "davon",
    "darunter",
    "di cui",
    "waarvan",
    "varav",
    "hvorav",
    "в том числе",
    "из них",
    "منها",
];

/// Whether a row below the total is what somebody pays of it.
pub fn is_contribution(label: &str) -> bool {
    let said = plain(label);
    CONTRIBUTIONS.iter().any(|word| has(&said, word))
        && (charge(label).is_none() || is_taken_off(label) || said.contains("income"))
}

/// Whether a label says that its amount is taken off.
pub fn is_taken_off(label: &str) -> bool {
    starts(label, &TAKEN_OFF)
}

/// Whether a row below contributions is what is left to be asked for.
pub fn is_requested(label: &str) -> bool {
    let said = plain(label);
    REQUESTED.iter().any(|word| has(&said, word))
}

/// Whether a row is a part of the one above it: `of which vehicles`.
pub fn is_of_the_row_above(label: &str) -> bool {
    starts(label, &OF_WHICH) && !speaks_of_totals(label)
}

fn starts(label: &str, words: &[&str]) -> bool {
    let said = plain(label);
    words.iter().any(|word| said.trim_start().starts_with(word) && has(&said, word))
}
