//! Rows of a sheet as the file format writes them (ECMA-376 part 1, 18.3.1). A number is written as its digits, and never becomes a float.

use std::fmt::Write as _;

use super::digits::{push_number, push_whole};
use super::exact::is_held;
use super::formula::letters;
use super::model::{Cell, Shown, Value};

/// Letters of so many columns.
pub fn columns(width: usize) -> Vec<String> {
    (0..width).map(|at| letters(u16::try_from(at).unwrap_or(u16::MAX)).into_owned()).collect()
}

/// Writes a row; `number` is from 1, `height` in points. Each cell comes with the number of its format.
pub fn row<'c>(out: &mut String, number: u32, height: Option<u16>, cells: impl Iterator<Item = (&'c str, &'c Cell, usize)>) {
    let mut digits = String::new();
    push_whole(&mut digits, number.into());
    push_all(out, ["<row r=\"", &digits, "\""]);
    if let Some(height) = height {
        let hundredths = in_pixels(height);
        let _ = write!(out, " ht=\"{}.{:02}\" customHeight=\"1\"", hundredths / 100, hundredths % 100);
    }
    out.push('>');
    for (column, one, format) in cells {
        push_all(out, ["<c r=\"", column, &digits, "\" s=\""]);
        push_whole(out, format as u64);
        out.push('"');
        cell(out, one);
    }
    out.push_str("</row>");
}

fn push_all<const N: usize>(out: &mut String, texts: [&str; N]) {
    texts.into_iter().for_each(|text| out.push_str(text));
}

/// A height as a screen shows it, which has three pixels to four points: in hundredths of a point.
fn in_pixels(height: u16) -> u32 {
    (u32::from(height) * 4 + 1) / 3 * 75
}

/// The rest of a cell's element.
fn cell(out: &mut String, cell: &Cell) {
    match &cell.value {
        Value::Blank => out.push_str("/>"),
        Value::Text(text) => string(out, text),
        Value::Number(number) if is_held(*number) => {
            out.push_str("><v>");
            push_number(out, *number);
            out.push_str("</v></c>");
        }
        Value::Number(number) => string(out, &number.to_string()),
        Value::Formula { text, shows } => {
            out.push_str(if matches!(shows, Shown::Number(_)) { "><f>" } else { " t=\"str\"><f>" });
            escaped(out, text);
            out.push_str("</f><v>");
            // What shows nothing has nothing kept beside it, where a spreadsheet would take a missing value for zero.
            match shows {
                Shown::Number(number) => push_number(out, *number),
                Shown::Text(text) => escaped(out, text),
                Shown::Dash => out.push_str(logframe::Cell::NONE),
                Shown::Nothing => {}
            }
            out.push_str("</v></c>");
        }
    }
}

/// A text, as it stands.
fn string(out: &mut String, text: &str) {
    if text.is_empty() {
        return out.push_str("/>");
    }
    let is_framed = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    out.push_str(" t=\"inlineStr\"><is><t");
    out.push_str(if is_framed { " xml:space=\"preserve\">" } else { ">" });
    let mut rest = text;
    // What looks like the number of a character that XML cannot hold would be taken for it.
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        escaped(out, before);
        out.push_str(if is_number_of_character(from) { "_x005F_x" } else { "_x" });
        rest = from.get(2..).unwrap_or_default();
    }
    escaped(out, rest);
    out.push_str("</t></is></c>");
}

/// Whether a text begins as `_x000D_` does.
fn is_number_of_character(text: &str) -> bool {
    let digits = text.get(2..6).filter(|_| text.get(6..7) == Some("_"));
    digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// With what XML cannot hold written by its number (ECMA-376 part 1, 22.9.2.19).
fn escaped(out: &mut String, text: &str) {
    let is_plain = |c: char| !matches!(c, '&' | '<' | '>' | '\0'..='\x08' | '\x0B'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    let mut rest = text;
    while let Some(at) = rest.find(|c| !is_plain(c)) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut behind = from.chars();
        match behind.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some(other) => drop(write!(out, "_x{:04X}_", u32::from(other))),
            None => {}
        }
        rest = behind.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Look;

    fn written(cell: &Cell) -> String {
        let mut out = String::new();
        row(&mut out, 7, None, std::iter::once(("B", cell, 3)));
        out.replace("<row r=\"7\"><c r=\"B7\" s=\"3\"", "").replace("</row>", "")
    }

    #[test]
    fn texts_stand_as_they_are() {
        let text = |text: &str| written(&Cell::text(text, Look::Text));
        let inline = |text: &str| format!(" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        assert_eq!(text("Desks & <chairs>"), inline("Desks &amp; &lt;chairs&gt;"));
        assert_eq!(text("a\rb\u{1}"), inline("a_x000D_b_x0001_"));
        assert_eq!(text("_x000D_ _x0041 _x"), inline("_x005F_x000D_ _x0041 _x"));
        assert_eq!(text("_x00é0_ é_x005F_"), inline("_x00é0_ é_x005F_x005F_"));
        assert_eq!(text(" a"), " t=\"inlineStr\"><is><t xml:space=\"preserve\"> a</t></is></c>");
        assert_eq!(text(""), "/>");
    }

    #[test]
    fn numbers_are_written_by_their_digits() {
        assert_eq!(written(&Cell::number("1250.50".parse().unwrap(), 2)), "><v>1250.5</v></c>");
        assert_eq!(written(&Cell::number("-0.000123456789012345".parse().unwrap(), 0)), "><v>-0.000123456789012345</v></c>");
        assert_eq!(written(&Cell::formula("A1&B1", 5.into(), 0)), "><f>A1&amp;B1</f><v>5</v></c>");
    }

    #[test]
    fn heights_are_those_of_whole_pixels() {
        assert_eq!([16, 26, 409].map(in_pixels), [1575, 2625, 40_875]);
    }
}
