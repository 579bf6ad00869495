//! What the names of sheets say about each other.

/// Words that tell one version of a budget from another.
const VERSIONS: [&str; 36] = [
    "v",
    "ver",
    "version",
    "versión",
    "rev",
    "revised",
    "revision",
    "révisé",
    "révision",
    "revisado",
    "revisión",
    "original",
    "initial",
    "inicial",
    "old",
    "new",
    "final",
    "draft",
    "copy",
    "copie",
    "copia",
    "kopie",
    "approved",
    "amended",
    "amendment",
    "amendement",
    "previous",
    "current",
    "updated",
    "update",
    "submitted",
    "modified",
    "modifié",
    "corrected",
    "superseded",
    "backup",
];

/// Words that say no more than that a budget is there.
const PLAIN: [&str; 22] = [
    "sheet",
    "feuil",
    "feuille",
    "hoja",
    "tabelle",
    "planilha",
    "foglio",
    "budget",
    "budgets",
    "presupuesto",
    "orçamento",
    "detail",
    "details",
    "detailed",
    "plan",
    "table",
    "data",
    "cost",
    "costs",
    "financial",
    "annex",
    "annexe",
];

/// What a name says.
#[derive(Clone, Debug, Default)]
pub struct Called {
    /// Its words, without versions and numbers.
    core: String,
    /// Whether it says no more than that a budget is there.
    says_nothing: bool,
    /// Whether it says that it is a version or a copy.
    is_marked: bool,
}

impl Called {
    pub fn of(name: &str) -> Self {
        let words = words(name);
        let is_version = |word: &String| VERSIONS.contains(&word.as_str());
        let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
        let core: Vec<&str> = words.iter().filter(|word| !is_version(word) && !is_number(word)).map(String::as_str).collect();
        Self {
            says_nothing: core.iter().all(|word| PLAIN.contains(word)),
            core: core.join(" "),
            is_marked: words.iter().any(is_version) || is_copy(name),
        }
    }

    /// Whether two sheets of the same lines may be one budget twice: by their names they are versions, or they are no parts of anything.
    pub fn may_be_version_of(&self, other: &Self) -> bool {
        let is_marked = self.is_marked || other.is_marked;
        self.says_nothing || other.says_nothing || (is_marked && self.core == other.core)
    }
}

/// `Kenya (2)`, as Excel calls a copy.
fn is_copy(name: &str) -> bool {
    let inside = name.trim().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    inside.is_some_and(|(_, number)| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

/// The words of a name in small letters, numbers apart from letters: `Sheet1` is two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in name.to_lowercase().chars() {
        if c.is_alphanumeric() {
            match words.last_mut().filter(|_| last.is_alphanumeric() && last.is_ascii_digit() == c.is_ascii_digit()) {
                Some(word) => word.push(c),
                None => words.push(c.to_string()),
            }
        }
        last = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_parts() {
        let may_be_versions = |one: &str, other: &str| Called::of(one).may_be_version_of(&Called::of(other));
        for (one, other) in [
            ("Budget v1", "Budget v2"),
            ("Kenya", "Kenya revised"),
            ("Kenya", "Kenya (2)"),
            ("Original budget", "Final"),
            ("Sheet1", "Sheet2"),
            ("2024", "2025"),
        ] {
            assert!(may_be_versions(one, other), "{one}, {other}");
        }
        for (one, other) in [("Kenya", "Uganda"), ("Year 1", "Year 2"), ("Outcome 1", "Outcome 2"), ("ECHO share", "Own share")] {
            assert!(!may_be_versions(one, other), "{one}, {other}");
        }
    }
}
