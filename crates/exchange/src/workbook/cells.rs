//! A cell in four bytes: a sheet has millions of them.

use std::fmt;

/// What is stored in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Blank,
    Text,
    Number,
    /// A number that is shown in per cent; its text is in per cent.
    Percent,
    /// A day; its text is year-month-day.
    Date,
    Truth,
    /// `#REF!` and the like; or a formula, from its equals sign on, that was never calculated.
    Error,
}

const KINDS: [Kind; 7] = [Kind::Blank, Kind::Text, Kind::Number, Kind::Percent, Kind::Date, Kind::Truth, Kind::Error];

/// Where in its sheet's text a cell begins (28 bits), what it is (3), and whether a formula works it out (1). Where it ends is where the next
/// begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cell(u32);

impl Cell {
    /// Bytes of a sheet's text that can be told apart.
    pub const MOST: usize = 1 << 28;

    pub fn new(start: usize, kind: Kind) -> Self {
        let start = u32::try_from(start.min(Self::MOST - 1)).unwrap_or_default();
        Self(start << 4 | (kind as u32) << 1)
    }

    pub fn start(self) -> u32 {
        self.0 >> 4
    }

    pub fn kind(self) -> Kind {
        KINDS.get((self.0 >> 1 & 7) as usize).copied().unwrap_or(Kind::Blank)
    }

    pub fn is_formula(self) -> bool {
        self.0 & 1 == 1
    }

    #[must_use]
    pub fn of_formula(self) -> Self {
        Self(self.0 | 1)
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let formula = if self.is_formula() { " by a formula" } else { "" };
        write!(f, "{:?} at {}{formula}", self.kind(), self.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_where_it_begins_and_what_it_is() {
        for kind in KINDS {
            for start in [0, 1, 134_217_728, 268_435_455] {
                let cell = Cell::new(start, kind);
                assert_eq!((cell.start() as usize, cell.kind(), cell.is_formula()), (start, kind, false));
                let cell = cell.of_formula();
                assert_eq!((cell.start() as usize, cell.kind(), cell.is_formula()), (start, kind, true));
            }
        }
    }
}
