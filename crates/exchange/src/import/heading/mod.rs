//! What headings of budget tables say, in the languages that they are written in.

mod charges;
mod costs;
mod funding;
mod words;

pub use charges::{Charge, Rate, charge, is_discount, is_of_a_price, rate};
pub use costs::{
    INDIRECT, category, is_beside_the_budget, is_indirect, is_lump, is_lump_sum, is_no_cost, is_no_sum, speaks_of_results,
};
pub use funding::{is_contribution, is_of_the_row_above, is_requested, is_taken_off};
use words::{ALL, SUPPOSED};

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

    /// Whether amounts are the product of it.
    pub fn is_factor(self) -> bool {
        matches!(self, Self::Quantity | Self::UnitCost | Self::Duration | Self::Share)
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

    /// What a short word alone means where figures stand below it: elsewhere it can be a name, a number of lines, or anything else.
    pub fn supposed(heading: &str) -> Option<Self> {
        let plain = plain(heading);
        SUPPOSED.iter().find(|(_, words)| words.contains(&plain.trim_end_matches('.'))).map(|(column, _)| *column)
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
