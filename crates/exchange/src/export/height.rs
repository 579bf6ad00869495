//! Heights of rows: not every spreadsheet works them out from the text when it opens a file.

use super::model::{Cell, Column, Look, Shown, Value};

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
    if row.iter().any(|cell| cell.style.look == Look::Title) {
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
    // Headings are bold, and the button of the filter stands on them; of other texts a little more fits than the width counts, which is
    // in digits of a larger letter.
    let is_heading = matches!(cell.style.look, Look::Heading | Look::NumberHeading);
    let room = usize::from(if is_heading { width.saturating_sub(2) } else { width.saturating_add(width / 8) });
    match &cell.value {
        Value::Text(text) | Value::Formula { shows: Shown::Text(text), .. } if is_wrapped => {
            // No text has more letters than bytes.
            let is_short = text.len() <= room && !text.contains('\n');
            if is_short { 1 } else { text.split('\n').map(|line| wrapped(line, room.max(1))).sum() }
        }
        _ => 1,
    }
}

/// How many lines of so many letters a text takes.
fn wrapped(line: &str, room: usize) -> u16 {
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
