//! What the labels, the numbers and the amounts of rows say of totals.

use logframe::Decimal;

use crate::import::heading::category;
use crate::words::{Kind, spoken};

/// Whether an amount misses another by a tenth at most.
pub fn is_near(amount: Decimal, other: Decimal) -> bool {
    let tenfold = amount.exact_sub(other).and_then(|off| off.abs().exact_mul(10.into()));
    tenfold.is_some_and(|tenfold| tenfold <= other.abs())
}

/// Whether a label is that of a section: `A. Staff`, `Travel`.
pub fn is_heading(label: &str) -> bool {
    let mut letters = label.trim().chars();
    let is_lettered =
        letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.next().is_some_and(|c| matches!(c, '.' | ')'));
    is_lettered || category(label).is_some()
}

/// Whether a number is one below another: `1.1` below `1`, `A2` below `A`.
pub fn is_part(number: &str, of: &str) -> bool {
    let is_digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let is_below = |rest: &str| rest.starts_with('.') || (is_digit(rest) && of.ends_with(|c: char| c.is_ascii_alphabetic()));
    number.strip_prefix(of).is_some_and(is_below)
}

/// Whether a label says that it is the total of all, where its figures do not tell.
pub fn is_grand(label: &str) -> bool {
    const WORDS: [&str; 13] = [
        "grand",
        "project",
        "overall",
        "proyecto",
        "projet",
        "projeto",
        "budget",
        "presupuesto",
        "solicitado",
        "general",
        "général",
        "geral",
        "requested",
    ];
    let lower = spoken(label).to_lowercase();
    Kind::of(label) == Kind::Grand || (Kind::of(label) != Kind::Subtotal && WORDS.iter().any(|word| lower.contains(word)))
}
