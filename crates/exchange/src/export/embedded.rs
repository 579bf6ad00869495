//! The plan itself, inside its workbook: what the workbook is compared with when it comes back.

use std::{fmt, io};

use logframe::Plan;

use super::context::PLAN;
use super::format::Key;
use super::model::{Cell, Column, Look, Part, Sheet, SheetKind, Style};

/// The first row of the sheet: what it is, and in which version of the format.
pub const FORMAT: &str = "logframe-workbook 1";

/// How much of the text stands in one cell, in the units that a spreadsheet counts; 32,767 are the most.
const PIECE: usize = 30_000;

/// What the format of all its cells is made from.
pub const KEY: Key = Key { style: Style { look: Look::Id, part: Part::Body }, is_text: false, is_quoted: false, is_ruled: false };

/// A plan, and what its workbook is.
pub struct Embedded<'p> {
    pub plan: &'p Plan,
    pub format: String,
}

impl Embedded<'_> {
    /// The sheet without its rows.
    pub fn empty() -> Sheet {
        let columns = vec![Column { key: "plan", width: 80, is_folded: false }];
        Sheet { columns, ..Sheet::new(PLAN, SheetKind::Plan) }
    }

    /// The sheet: under what the workbook is the plan's text, in pieces that are it again when they are put behind each other.
    pub fn sheet(&self) -> Sheet {
        let mut rows = Vec::new();
        let _ = self.each_row(|_, cell| {
            rows.push(vec![cell]);
            Ok(())
        });
        Sheet { rows, ..Self::empty() }
    }

    /// Gives the rows away, one cell each, while the text is being written.
    pub fn each_row(&self, take: impl FnMut(u32, Cell) -> io::Result<()>) -> io::Result<()> {
        let mut pieces = Pieces { piece: self.format.clone(), length: 0, row: 0, take, done: Ok(()) };
        pieces.close();
        // Why it may have ended before its time is kept.
        let _ = self.plan.write_toml(&mut pieces);
        pieces.close();
        pieces.done
    }
}

/// A text that comes bit by bit, and goes away in pieces.
struct Pieces<F> {
    piece: String,
    length: usize,
    row: u32,
    take: F,
    done: io::Result<()>,
}

impl<F: FnMut(u32, Cell) -> io::Result<()>> Pieces<F> {
    fn close(&mut self) {
        self.length = 0;
        let piece = std::mem::take(&mut self.piece);
        if self.done.is_ok() && !piece.is_empty() {
            self.done = (self.take)(self.row, Cell::text(piece, Look::Id));
            self.row += 1;
        }
    }

    fn push(&mut self, text: &str, length: usize) {
        if self.length + length > PIECE {
            self.close();
        }
        self.piece.push_str(text);
        self.length += length;
    }
}

impl<F: FnMut(u32, Cell) -> io::Result<()>> fmt::Write for Pieces<F> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let length = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
        if self.length + length <= PIECE {
            self.push(text, length);
        } else {
            let mut bytes = [0; 4];
            text.chars().for_each(|character| self.push(character.encode_utf8(&mut bytes), character.len_utf16()));
        }
        self.done.as_ref().map(drop).map_err(|_| fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    use fmt::Write;

    use super::*;
    use crate::export::Value;

    fn pieces(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        let take = |row: u32, cell: Cell| {
            assert_eq!(row as usize, all.len());
            if let Value::Text(text) = cell.value {
                all.push(text);
            }
            Ok(())
        };
        let mut pieces = Pieces { piece: String::new(), length: 0, row: 0, take, done: Ok(()) };
        pieces.write_str(text).unwrap();
        pieces.close();
        all
    }

    #[test]
    fn pieces_are_the_text_again() {
        for text in ["", "short", &"a".repeat(30_000), &"ä😀\n".repeat(25_000)] {
            let pieces = pieces(text);
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= PIECE));
        }
        assert_eq!(pieces(&"a".repeat(30_001)).len(), 2);
    }

    #[test]
    fn what_takes_no_more_is_asked_no_more() {
        let mut asked = 0;
        let take = |_: u32, _: Cell| {
            asked += 1;
            Err(io::Error::other("full"))
        };
        let mut pieces = Pieces { piece: String::new(), length: 0, row: 0, take, done: Ok(()) };
        assert!(pieces.write_str(&"a".repeat(100_000)).is_err());
        assert_eq!(pieces.done.unwrap_err().to_string(), "full");
        assert_eq!(asked, 1);
    }
}
