//! How numbers are shown, as far as it says what they are: shares, days, or plain numbers.

use super::money::Money;
use super::package::Package;
use super::xml::{Node, Xml, attribute, name};

/// What a number format says about a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Plain,
    Percent,
    Date,
    /// True or false, which some spreadsheets store as 1 and 0.
    Truth,
}

/// The styles of a workbook's cells by their number.
pub fn styles(package: &mut Package<'_>, part: &str) -> Result<Vec<(Shown, Option<Money>)>, String> {
    let Some(part) = package.part(part)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(part);
    let (mut own, mut cells, mut is_in_cells) = (Vec::new(), Vec::new(), false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(start) | Node::Empty(start) => match name(&start) {
                "numFmt" => {
                    let number = |key: &str| attribute(&start, key)?.parse::<u32>().ok();
                    if let (Some(id), Some(code)) = (number("numFmtId"), attribute(&start, "formatCode")) {
                        own.push((id, (of_code(&code), Money::of_format(&code))));
                    }
                }
                "cellXfs" => is_in_cells = true,
                "xf" if is_in_cells => {
                    let id: u32 = attribute(&start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default();
                    let shown =
                        own.iter().find(|(other, _)| *other == id).map_or_else(|| (built_in(id), None), |(_, shown)| *shown);
                    cells.push(shown);
                }
                _ => {}
            },
            Node::End(end) if super::xml::end_name(&end) == "cellXfs" => is_in_cells = false,
            _ => {}
        }
    }
    Ok(cells)
}

/// The formats that have numbers of their own (ECMA-376 part 1, 18.8.30).
pub fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
        _ => Shown::Plain,
    }
}

/// What a format's code says, leaving out what stands in quotes and brackets.
pub fn of_code(code: &str) -> Shown {
    if is_truth(code) {
        return Shown::Truth;
    }
    let mut plain = String::new();
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' | '_' | '*' if !is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => is_bracketed = true,
            ']' if !is_quoted => is_bracketed = false,
            c if !is_quoted && !is_bracketed => plain.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    // Only the part for positive numbers counts.
    let positive = plain.split(';').next().unwrap_or_default().replace("general", "");
    if positive.contains('%') {
        Shown::Percent
    } else if positive.contains(['y', 'd', 'h']) || (positive.contains('m') && !positive.contains(['0', '#'])) {
        Shown::Date
    } else {
        Shown::Plain
    }
}

/// Whether a format shows one word for every number but zero, and another for that: `"TRUE";"TRUE";"FALSE"`, in whatever language.
fn is_truth(code: &str) -> bool {
    let parts: Vec<&str> = code.split(';').collect();
    let is_word = |part: &&str| part.len() > 2 && part.matches('"').count() == 2 && part.starts_with('"') && part.ends_with('"');
    matches!(parts.as_slice(), [more, less, zero] if more == less && more != zero) && parts.iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_shares_and_days_from_numbers() {
        for code in ["General", "0.00", "#,##0", "#,##0.00 [$USD]", "\"day\" 0", "0_);[Red](0)", "#,##0\\ \"m\""] {
            assert_eq!(of_code(code), Shown::Plain, "{code}");
        }
        for code in ["0%", "0.0 %", "#,##0.00%;[Red]-0%"] {
            assert_eq!(of_code(code), Shown::Percent, "{code}");
        }
        for code in ["yyyy-mm-dd", "[$-409]d mmm yyyy;@", "h:mm", "mmm\\ yy", "mm/dd"] {
            assert_eq!(of_code(code), Shown::Date, "{code}");
        }
        for code in ["\"TRUE\";\"TRUE\";\"FALSE\"", "\"WAHR\";\"WAHR\";\"FALSCH\""] {
            assert_eq!(of_code(code), Shown::Truth, "{code}");
        }
        for code in ["\"more\";\"less\";\"none\"", "0;0;\"-\"", "\"a\"0\"b\";\"a\"0\"b\";\"-\""] {
            assert_eq!(of_code(code), Shown::Plain, "{code}");
        }
    }
}
