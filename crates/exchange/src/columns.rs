//! What each column holds.

use logframe::Spanned;

use crate::cell::Seen;
use crate::records::Field;
use crate::words::{is_identifier, is_share};
use crate::workbook::Kind;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names of the rows.
    Label,
    Figures,
    /// Shares, that are no part of sums.
    Shares,
    /// Words beside the figures.
    Words,
    Empty,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    figures: usize,
    years: usize,
    shares: usize,
    words: usize,
    dashes: usize,
}

impl Count {
    fn of(body: &[Vec<Field<'_>>], column: usize) -> Self {
        let mut count = Self::default();
        for field in body.iter().filter_map(|record| record.get(column)) {
            let seen = field.seen();
            count.years += usize::from(seen.is_year());
            match seen {
                // It would be a figure, had it been calculated.
                _ if field.kind == Kind::Error => count.figures += 1,
                Seen::Number(written) if written.is_share => count.shares += 1,
                Seen::Number(_) => count.figures += 1,
                Seen::Words => count.words += 1,
                Seen::None | Seen::NotAvailable => count.dashes += 1,
                Seen::Blank => {}
            }
        }
        count
    }

    fn role(self, name: &str) -> Role {
        match self {
            Self { words, figures, shares, .. } if words > figures + shares => Role::Words,
            // Years beside the labels date the rows.
            Self { years, figures, .. } if years > 0 && years == figures && is_identifier(name) => Role::Words,
            Self { shares, figures, .. } if shares > figures || (is_share(name) && figures + shares > 0) => Role::Shares,
            Self { figures: 0, dashes: 0, shares: 0, .. } => Role::Empty,
            _ => Role::Figures,
        }
    }

    /// Whether a column at the left names the rows: words, or numbers that count or name them.
    fn is_label(self, name: &str, is_first: bool) -> bool {
        let only_years = self.figures > 0 && self.years == self.figures && self.words + self.shares == 0;
        let names_rows = only_years || (self.shares == 0 && !name.is_empty() && is_identifier(name));
        self.words > self.figures + self.shares || (is_first && names_rows)
    }
}

/// What each of the columns holds. Those at the left that name the rows are `labels`, where that is declared.
pub fn roles(names: &[Spanned<String>], body: &[Vec<Field<'_>>], width: usize, labels: Option<usize>) -> Vec<Role> {
    let counts: Vec<Count> = (0..width).map(|column| Count::of(body, column)).collect();
    let name = |column: usize| names.get(column).map_or("", |name| name.value.as_str());
    let is_label = |(column, count): &(usize, &Count)| count.is_label(name(*column), *column == 0);
    let has_others = width > 1;
    let found = || if has_others { counts.iter().enumerate().take_while(is_label).count() } else { 0 };
    let labels = labels.unwrap_or_else(found);
    let role = |(column, count): (usize, &Count)| if column < labels { Role::Label } else { count.role(name(column)) };
    counts.iter().enumerate().map(role).collect()
}
