//! What stands between the cells of a text.

use std::collections::HashMap;

use crate::records::records;

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

/// The comma comes last: it is the only one that also stands inside numbers.
const ALL: [Separator; 4] = [Separator::Tab, Separator::Semicolon, Separator::Bar, Separator::Comma];

/// Cells from whose records the separator is told.
const SAMPLE: usize = 20_000;
/// Bytes that the sample is taken from.
const SAMPLE_BYTES: usize = 256 * 1024;

impl Separator {
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }

    /// The one by which most records have the same number of cells, two at least; `None` where there is none.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let cut = text.char_indices().map(|(at, _)| at).nth(SAMPLE_BYTES).unwrap_or(text.len());
        let sample = text.get(..cut).unwrap_or(text);
        let scored = ALL.into_iter().map(|separator| (separator.even_records(sample), separator));
        // The first of equal ones.
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.filter(|(even, _)| *even > 0).map(|(_, separator)| separator)
    }

    /// How many records have the number of cells that most have, where that is two at least.
    fn even_records(self, text: &str) -> usize {
        let mut times: HashMap<usize, usize> = HashMap::new();
        for record in records(text, self.byte(), SAMPLE).all {
            *times.entry(record.len()).or_default() += 1;
        }
        let most = times.into_iter().filter(|(cells, _)| *cells > 1).max_by_key(|(cells, times)| (*times, *cells));
        most.map_or(0, |(_, times)| times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_told_from_how_even_the_records_are() {
        assert_eq!(Separator::of("a,b\n1,2\n"), Some(Separator::Comma));
        assert_eq!(Separator::of("a;b;c\nx, y;1,5;2,5\nz;0,5;1\n"), Some(Separator::Semicolon));
        assert_eq!(Separator::of("a\tb\n1,5\t2,5\n"), Some(Separator::Tab));
        assert_eq!(Separator::of("a|b\n1|2\n"), Some(Separator::Bar));
        assert_eq!(Separator::of("Title; with a mark\na,b\n1,2\n3,4\n"), Some(Separator::Comma));
        assert_eq!(Separator::of("a\nb\n"), None);
    }
}
