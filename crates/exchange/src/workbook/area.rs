//! Places in a sheet as they are written: `B7`, `A1:F20`.

use std::fmt;

use logframe::column_letters;

/// A rectangle of cells, all ends included, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

impl Area {
    /// Reads `B7` or `A1:F20`; dollar signs are passed over.
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let ((top, left), (bottom, right)) = (cell(from)?, cell(to)?);
        Some(Self { top: top.min(bottom), left: left.min(right), bottom: top.max(bottom), right: left.max(right) })
    }
}

/// Row and column of a cell as it is written.
pub fn cell(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().strip_prefix('$').unwrap_or(text.trim());
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, rest) = text.split_at_checked(letters)?;
    let digits = rest.strip_prefix('$').unwrap_or(rest);
    if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.left as usize), self.top + 1)?;
        if (self.top, self.left) != (self.bottom, self.right) {
            write!(f, ":{}{}", column_letters(self.right as usize), self.bottom + 1)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        for text in ["A1", "B7", "A1:F20", "AA10:XFD1048576"] {
            assert_eq!(Area::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Area::read("$B$7:a1").unwrap().to_string(), "A1:B7");
        for text in ["", "A", "7", "A0", "ABCD1", "A12345678", "A1:", "é1"] {
            assert_eq!(Area::read(text), None, "{text}");
        }
    }
}
