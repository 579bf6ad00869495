//! Heights of rows: not every spreadsheet works them out from the text when it opens a file.

use super::model::{Cell, Column, Look, Value};

/// Points that a line of text takes, and that stand around it.
const LINE: u16 = 13;
const AROUND: u16 = 3;

/// How high the row of a title is.
const TITLE: u16 = 26;

/// The highest row that a spreadsheet has.
const HIGHEST: u16 = 409;

/// How high a row must be, in points; `None` where one line is enough.
pub fn height(row: &[Cell], columns: &[Column]) -> Option<u16> {
    let look = row.first().map(|cell| cell.style.look);
    if look == Some(Look::Title) {
        return Some(TITLE);
    }
    let lines = row.iter().zip(columns).map(|(cell, column)| lines(cell, column.width)).max().unwrap_or(1);
    let is_heading = matches!(look, Some(Look::Heading | Look::NumberHeading));
    (lines > 1 || is_heading)
        .then(|| lines.saturating_mul(LINE).saturating_add(if is_heading { 2 * AROUND } else { AROUND }).min(HIGHEST))
}

/// How many lines a cell's text takes when it is wrapped between words.
fn lines(cell: &Cell, width: u16) -> u16 {
    let is_wrapped = !matches!(cell.style.look, Look::Title | Look::Note | Look::Section);
    match &cell.value {
        Value::Text(text) if is_wrapped => text.split('\n').map(|line| wrapped(line, usize::from(width))).sum(),
        _ => 1,
    }
}

/// Widths are counted in digits of a larger letter, so that a little more than their number fits, even of a wide font.
fn wrapped(line: &str, width: usize) -> u16 {
    let room = (width + width / 8).max(1);
    let (mut lines, mut used) = (1_u16, 0);
    for word in line.split(' ').map(|word| word.chars().count()) {
        let needed = if used == 0 { word } else { used + 1 + word };
        if needed <= room {
            used = needed;
            continue;
        }
        let own = u16::try_from(word.saturating_sub(1) / room).unwrap_or(u16::MAX);
        lines = lines.saturating_add(own).saturating_add(u16::from(used > 0));
        used = word.saturating_sub(usize::from(own) * room);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_between_words() {
        assert_eq!(wrapped("", 20), 1);
        assert_eq!(wrapped("Desks for two", 20), 1);
        assert_eq!(wrapped("Desks for two pupils each", 20), 2);
        assert_eq!(wrapped(&"a".repeat(40), 12), 4);
    }
}
