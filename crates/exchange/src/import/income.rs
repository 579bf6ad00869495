//! Income and expenditure in one list: only what is spent is the budget.

use super::rows::Part;
use super::sheet::label;
use crate::cell::Seen;
use crate::records::Field;

const INCOME: [&str; 22] = [
    "income",
    "revenue",
    "revenues",
    "receipts",
    "sources of funds",
    "sources of funding",
    "funding",
    "resources",
    "ingresos",
    "recettes",
    "produits",
    "ressources",
    "receitas",
    "einnahmen",
    "erträge",
    "entrate",
    "inkomsten",
    "baten",
    "intäkter",
    "доходы",
    "incomes",
    "total income",
];
const EXPENDITURE: [&str; 22] = [
    "expenditure",
    "expenditures",
    "expenses",
    "expense",
    "costs",
    "uses of funds",
    "spending",
    "gastos",
    "egresos",
    "dépenses",
    "charges",
    "emplois",
    "despesas",
    "ausgaben",
    "aufwendungen",
    "uscite",
    "kosten",
    "uitgaven",
    "lasten",
    "kostnader",
    "расходы",
    "budget",
];
const BALANCE: [&str; 12] = [
    "balance",
    "surplus",
    "deficit",
    "difference",
    "surplus/deficit",
    "saldo",
    "solde",
    "resultat",
    "résultat",
    "diferencia",
    "différence",
    "differenz",
];

/// The rows of a list that are income, or what is left of it, by their positions; empty where it is not of both.
pub fn rows_of_income(rows: &Part<'_, '_>) -> Vec<usize> {
    let is_called = |row: &[Field<'_>], words: &[&str]| label(row).is_some_and(|name| words.contains(&plain(&name).as_str()));
    let has_figures = |row: &[Field<'_>]| row.iter().any(|field| field.seen() != Seen::Words && !field.is_blank());
    let heading = |words: &[&str]| rows.iter().position(|row| !has_figures(&row) && is_called(&row, words));
    let Some((income, spent)) = heading(&INCOME).and_then(|income| Some((income, heading(&EXPENDITURE)?))) else {
        return Vec::new();
    };
    let end = if income < spent { spent } else { rows.len() };
    let is_balance = |at: &usize| is_called(&rows.row(*at), &BALANCE);
    (0..rows.len()).filter(|at| (income..end).contains(at) || (*at > spent && is_balance(at))).collect()
}

/// A name in small letters, without the number or letter in front and without what stands in brackets.
fn plain(name: &str) -> String {
    let lower = name.split('(').next().unwrap_or_default().trim().trim_end_matches(':').to_lowercase();
    let rest =
        lower.split_once(['.', ')']).filter(|(front, _)| front.chars().count() <= 3).map_or(lower.as_str(), |(_, rest)| rest);
    rest.trim().to_owned()
}
