//! Ids for what a table only names.

use std::collections::{HashMap, HashSet};

use logframe::Id;

/// Things of one kind by the names that tables give them, each with an id of its own.
#[derive(Debug, Default)]
pub struct Named {
    ids: HashMap<String, Id>,
    taken: HashSet<String>,
    /// The name that was asked for last: neighbours mostly have the same.
    last: Option<(String, Id)>,
}

impl Named {
    /// The id that a name has.
    pub fn known(&self, name: &str) -> Option<Id> {
        self.ids.get(&key(name)).cloned()
    }

    /// The id of a name, and whether it is new.
    pub fn id(&mut self, name: &str) -> (Id, bool) {
        if let Some((_, id)) = self.last.as_ref().filter(|(last, _)| last == name) {
            return (id.clone(), false);
        }
        let (id, is_new) = self.find(name);
        self.last = Some((name.to_owned(), id.clone()));
        (id, is_new)
    }

    fn find(&mut self, name: &str) -> (Id, bool) {
        let key = key(name);
        if let Some(id) = self.ids.get(&key) {
            return (id.clone(), false);
        }
        let base = code(name).map_or_else(|| slug(name), |(code, _)| code.to_lowercase());
        let free = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") });
        let id = free.into_iter().find(|id| !self.taken.contains(id)).unwrap_or_default();
        self.taken.insert(id.clone());
        let id = id.parse::<Id>().unwrap_or_default();
        self.ids.insert(key, id.clone());
        (id, true)
    }
}

/// A name without what does not tell it from others.
fn key(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number that a name has in an order of parts and their parts: `1.2` of `1.2 Staff`, `A` of `A. Staff`, `B3`.
pub fn number(name: &str) -> Option<&str> {
    const LONGEST: usize = 16;
    let name = name.trim_start();
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(name.len());
    let number = name.get(..end)?.trim_end_matches('.');
    let rest = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let is_one = number.len() - rest.len() < 2 && rest.chars().all(|c| c.is_ascii_digit() || c == '.');
    let behind = name.get(number.len()..).unwrap_or_default();
    // A letter before others is a word.
    let is_word = rest.is_empty() && !(behind.trim().is_empty() || behind.starts_with(['.', ')']));
    (is_one && !number.is_empty() && number.len() <= LONGEST && !is_word).then_some(number)
}

/// The number that a name begins with, and the rest: `1.2`, `Outcome 1: Data`, `A. Staff`.
pub fn code(name: &str) -> Option<(&str, &str)> {
    let trimmed = name.trim();
    let words = [
        "outcome",
        "output",
        "objective",
        "activity",
        "result",
        "pillar",
        "resultado",
        "objetivo",
        "actividad",
        "résultat",
        "objectif",
        "activité",
    ];
    let lower = trimmed.to_lowercase();
    let after = words
        .iter()
        .find(|word| lower.starts_with(*word))
        .and_then(|word| trimmed.get(word.len()..))
        .unwrap_or(trimmed)
        .trim_start();
    let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(after.len());
    let (code, rest) = after.split_at_checked(end)?;
    let code = code.trim_end_matches('.');
    let is_code = !code.is_empty() && code.len() <= 8 && code.starts_with(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches(|c: char| matches!(c, ':' | '.' | ')' | '-' | '–' | '—') || c.is_whitespace()).trim();
    is_code.then_some((code, rest))
}

/// What a name says besides its number.
pub fn title(name: &str) -> &str {
    code(name).map(|(_, rest)| rest).filter(|rest| !rest.is_empty()).unwrap_or(name.trim())
}

/// A name in small letters, without accents, with hyphens between its words.
pub fn slug(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(without_accent).collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() > 40 && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { "unnamed".to_owned() } else { slug }
}

fn without_accent(c: char) -> char {
    const PAIRS: [(&str, char); 8] =
        [("áàâãäå", 'a'), ("éèêë", 'e'), ("íìîï", 'i'), ("óòôõö", 'o'), ("úùûü", 'u'), ("ñ", 'n'), ("ç", 'c'), ("ý", 'y')];
    PAIRS.iter().find(|(accented, _)| accented.contains(c)).map_or(c, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_once() {
        let mut named = Named::default();
        let mut id = |name: &str| named.id(name).0.to_string();
        assert_eq!(id("Dominican R."), "dominican-r");
        assert_eq!(id("Perú"), "peru");
        assert_eq!(id("PERÚ "), "peru");
        assert_eq!(id("Peru!"), "peru-2");
        assert_eq!(id("Outcome 1: Data production"), "1");
        assert_eq!(id("1.2 Training"), "1.2");
        assert_eq!(id("…"), "unnamed");
        assert_eq!((code("Outcome 1: Data"), code("A. Staff"), code("2018")), (Some(("1", "Data")), None, Some(("2018", ""))));
    }
}
