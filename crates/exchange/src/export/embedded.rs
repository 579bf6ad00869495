//! The plan itself, inside its workbook: what the workbook is compared with when it comes back.

use super::context::PLAN;
use super::model::{Cell, Column, Look, Sheet, SheetKind};

/// The first row of the sheet: what it is, and in which version of the format.
pub const FORMAT: &str = "logframe-workbook 1";

/// How much of the text stands in one cell, in the units that a spreadsheet counts; 32,767 are the most.
const PIECE: usize = 30_000;

/// The plan's text in pieces that are it again when they are put behind each other, under a row that says what the workbook is.
pub fn embedded(text: &str, format: &str) -> Sheet {
    let pieces = pieces(text).into_iter().map(|piece| vec![Cell::text(piece, Look::Id)]);
    let rows = std::iter::once(vec![Cell::text(format, Look::Id)]).chain(pieces).collect();
    let columns = vec![Column { key: "plan", width: 80, is_folded: false }];
    Sheet { columns, rows, ..Sheet::new(PLAN, SheetKind::Plan) }
}

fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (at, character) in text.char_indices() {
        length += character.len_utf16();
        if length > PIECE {
            pieces.extend(text.get(start..at));
            (start, length) = (at, character.len_utf16());
        }
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text_again() {
        for text in ["", "short", &"a".repeat(30_000), &"ä😀\n".repeat(25_000)] {
            let pieces = pieces(text);
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= PIECE));
        }
        assert_eq!(pieces(&"a".repeat(30_001)).len(), 2);
    }
}
