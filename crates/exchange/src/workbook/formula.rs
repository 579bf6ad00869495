//! Formulas that only add up, which can be done anew exactly. Any other is left as it is.

use super::area::{Area, cell};

/// A formula that adds up cells of its own sheet: `SUM(B2:B5)`, `SUM(B2:B5,B9)`, `B6+B9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// What it adds up, each as often as it is named.
    pub areas: Vec<Area>,
}

impl Sum {
    /// The same, and of subtotals that leave each other out: `SUBTOTAL(9,B2:B5)`.
    pub fn of_a_total(formula: &str) -> Option<Self> {
        let upper = formula.trim().trim_start_matches("of:").trim_start_matches('=').replace(' ', "").to_ascii_uppercase();
        let parts = ["SUBTOTAL(9,", "SUBTOTAL(109,", "SUBTOTAL(9;", "SUBTOTAL(109;"];
        match parts.iter().find_map(|part| upper.strip_prefix(part)) {
            Some(rest) => Self::read(&format!("SUM({rest}")),
            None => Self::read(formula),
        }
    }

    /// Reads a formula as it is stored; `None` for one that does anything else than adding up.
    pub fn read(formula: &str) -> Option<Self> {
        // Most formulas are products, and need not be taken apart to see that.
        if formula.contains(['*', '/', '-', '!']) {
            return None;
        }
        let text = formula.trim();
        // OpenDocument writes `of:=SUM([.B2:.B5];[.B9])`.
        let text = text.strip_prefix("of:").unwrap_or(text).trim_start_matches('=').trim();
        let plain: String = text.chars().filter(|c| !matches!(c, '[' | ']' | ' ' | '$')).collect();
        let plain = plain.replace(":.", ":");
        let inside = plain.get(..4).filter(|name| name.eq_ignore_ascii_case("SUM(")).and(plain.strip_suffix(')'));
        let terms: Vec<&str> = match inside {
            Some(whole) => whole.get(4..)?.split([',', ';']).collect(),
            None => plain.split('+').collect(),
        };
        let area = |term: &&str| Area::read(term.strip_prefix('.').unwrap_or(term));
        let areas: Vec<Area> = terms.iter().map(area).collect::<Option<_>>()?;
        let adds_up = inside.is_some() || areas.len() > 1;
        adds_up.then_some(Self { areas })
    }
}

/// The sheets that a formula names: `'Salary grid'!B2`, `Budget!A4`, and as `OpenDocument` writes it `[$Budget.A4]`. Those of other files are
/// none of them.
pub fn sheets_named(formula: &str) -> Vec<String> {
    let quoted = |before: &str| {
        let inside = before.strip_suffix('\'')?;
        let start = inside.rfind('\'').map_or(0, |at| at + 1);
        let name = inside.get(start..)?;
        (!name.contains(']')).then(|| name.to_owned())
    };
    let bare = |before: &str| {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let outside = before.trim_end_matches(is_name);
        let name = before.get(outside.len()..).unwrap_or_default();
        // Behind a bracket stands a sheet of another file, behind a hash what was one.
        (!name.is_empty() && !outside.ends_with([']', '#'])).then(|| name.to_owned())
    };
    // In OpenDocument a point ends the name, and a bracket begins it.
    let open = formula.match_indices("[$").filter_map(|(at, _)| {
        let rest = formula.get(at + 2..)?;
        let (name, _) = rest.strip_prefix('\'').map_or_else(|| rest.split_once('.'), |rest| rest.split_once("'."))?;
        Some(name.to_owned())
    });
    let marked = formula.match_indices('!').filter_map(|(at, _)| formula.get(..at)).filter_map(|b| quoted(b).or_else(|| bare(b)));
    marked.chain(open).collect()
}

/// A formula that was written for one cell as it is for another: what is not fixed by a dollar sign moves along.
pub fn moved(formula: &str, from: (u32, u32), to: (u32, u32)) -> String {
    let (mut out, mut rest, mut before) = (String::with_capacity(formula.len()), formula, None);
    let mut is_quoted = None;
    while let Some(c) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let starts = is_quoted.is_none() && (c == '$' || c.is_ascii_alphabetic()) && !before.is_some_and(is_name);
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'$').count();
        let (word, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let is_call = behind.starts_with('(') || behind.starts_with(is_name);
        if let (true, false, Some(place)) = (starts, is_call, shifted(word, from, to)) {
            out.push_str(&place);
            (rest, before) = (behind, Some('0'));
            continue;
        }
        match (c, is_quoted) {
            ('"' | '\'', None) => is_quoted = Some(c),
            (_, Some(quote)) if quote == c => is_quoted = None,
            _ => {}
        }
        out.push(c);
        (rest, before) = (rest.get(c.len_utf8()..).unwrap_or_default(), Some(c));
    }
    out
}

fn shifted(word: &str, from: (u32, u32), to: (u32, u32)) -> Option<String> {
    let (row, column) = cell(word)?;
    let has_fixed_column = word.starts_with('$');
    let has_fixed_row = word.get(1..)?.contains('$');
    let shift = |at: u32, from: u32, to: u32, is_fixed: bool| if is_fixed { Some(at) } else { (at + to).checked_sub(from) };
    let row = shift(row, from.0, to.0, has_fixed_row)?;
    let column = shift(column, from.1, to.1, has_fixed_column)?;
    let letters = logframe::column_letters(column as usize);
    let (before, between) = (if has_fixed_column { "$" } else { "" }, if has_fixed_row { "$" } else { "" });
    Some(format!("{before}{letters}{between}{}", row + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(formula: &str) -> Option<String> {
        let sum = Sum::read(formula)?;
        Some(sum.areas.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn sums_are_told_from_other_formulas() {
        assert_eq!(areas("SUM(B2:B5)").as_deref(), Some("B2:B5"));
        assert_eq!(areas("sum($B$2:B5, B9)").as_deref(), Some("B2:B5 B9"));
        assert_eq!(areas("B6+B9+C1").as_deref(), Some("B6 B9 C1"));
        assert_eq!(areas("of:=SUM([.B2:.B5];[.B9])").as_deref(), Some("B2:B5 B9"));
        assert_eq!(Sum::of_a_total("=SUBTOTAL(109, B2:B5)"), Sum::read("SUM(B2:B5)"));
        for formula in ["B2", "B2*C2", "SUM(B2:B5)/2", "SUM(Other!B2:B5)", "ROUND(B2,0)", "SUM(B2:B5)+1", "B2-B3", ""] {
            assert_eq!(areas(formula), None, "{formula}");
        }
    }

    #[test]
    fn the_sheets_that_a_formula_names_are_told() {
        let cases: [(&str, &[&str]); 7] = [
            ("'Salary grid'!B2*1.1", &["Salary grid"]),
            ("SUMIF(Budget!A4:A8,A4,Budget!F4:F8)", &["Budget", "Budget"]),
            ("Año!B2+_1!C3", &["Año", "_1"]),
            ("of:=[$Nairobi.F9]+[$'Goma 2'.F9]+[.B2]", &["Nairobi", "Goma 2"]),
            ("[1]Prices!B2+'[2]Old prices'!B3", &[]),
            ("SUM(B2:B5)", &[]),
            ("#REF!B2", &[]),
        ];
        for (formula, names) in cases {
            assert_eq!(sheets_named(formula), names, "{formula}");
        }
    }

    #[test]
    fn a_shared_formula_moves_with_its_cell() {
        let moved = |formula| moved(formula, (1, 1), (4, 3));
        assert_eq!(moved("SUM(B2:B5)"), "SUM(D5:D8)");
        assert_eq!(moved("$B2+B$2+$B$2"), "$B5+D$2+$B$2");
        assert_eq!(moved("LOG10(B2)&\"B2\"&'B2'!B2"), "LOG10(D5)&\"B2\"&'B2'!D5");
        assert_eq!(moved("rate_B2*B2"), "rate_B2*D5");
    }
}
