//! Names of sheets: unique whatever their case, and such that every spreadsheet takes them.

/// The longest name, in the units that Excel counts.
const LONGEST: usize = 31;

/// Names that are given out.
#[derive(Debug, Default)]
pub struct Names(Vec<String>);

impl Names {
    /// Names that are kept for sheets that every workbook can have.
    pub fn taken(names: &[&str]) -> Self {
        Self(names.iter().map(|name| name.to_lowercase()).collect())
    }

    /// The nearest to a wanted name that is free.
    pub fn free(&mut self, wanted: &str) -> String {
        let clean = clean(wanted);
        let numbered = (2..).map(|n| numbered(&clean, &format!(" ({n})")));
        let mut names = std::iter::once(cut(&clean, LONGEST)).chain(numbered);
        let name = names.find(|name| !self.0.contains(&name.to_lowercase())).unwrap_or_default();
        self.0.push(name.to_lowercase());
        name
    }
}

fn numbered(name: &str, suffix: &str) -> String {
    format!("{}{suffix}", cut(name, LONGEST - suffix.len()))
}

/// Without what no name may hold; an apostrophe may stand inside, and only there.
fn clean(name: &str) -> String {
    let is_bad = |c: char| matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control();
    let kept: String = name.chars().map(|c| if is_bad(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let joined = words.join(" ");
    let bare = joined.trim_matches(['\'', ' ']);
    // "History" is a name that Excel keeps to itself.
    if bare.is_empty() || bare.eq_ignore_ascii_case("history") {
        format!("Office {bare}").trim().to_owned()
    } else {
        bare.to_owned()
    }
}

/// The beginning of a name that fits.
fn cut(name: &str, longest: usize) -> String {
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= longest
    };
    name.chars().take_while(fits).collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_unique() {
        let mut names = Names::taken(&["Budget"]);
        assert_eq!(names.free("Peru"), "Peru");
        assert_eq!(names.free("PERU"), "PERU (2)");
        assert_eq!(names.free("budget"), "budget (2)");
        assert_eq!(names.free("Lima/Callao: [north]*?\\"), "Lima Callao north");
        assert_eq!(names.free("'quoted'"), "quoted");
        assert_eq!(names.free(" // "), "Office");
        assert_eq!(names.free("History"), "Office History");
        let long = "Regional Office for South America, Buenos Aires";
        assert_eq!(names.free(long), "Regional Office for South Ameri");
        assert_eq!(names.free(long), "Regional Office for South A (2)");
        assert_eq!(names.free(&"😀".repeat(20)).encode_utf16().count(), 30);
    }
}
