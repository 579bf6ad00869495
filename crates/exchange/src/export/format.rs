//! Looks as formats of the file.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::model::{Look, Part, Style};

const INK: Color = Color::RGB(0x1F_2A_37);
const QUIET: Color = Color::RGB(0x5B_67_77);
const BRAND: Color = Color::RGB(0x1F_4E_79);
const HEADING: Color = Color::RGB(0x1F_4E_79);
const RULE: Color = Color::RGB(0xD5_DB_E3);
const TOTAL: Color = Color::RGB(0xEA_F0_F7);
const INPUT: Color = Color::RGB(0xFF_F9_E3);
const COMPUTED: Color = Color::RGB(0xF1_F3_F6);
const GOOD: Color = Color::RGB(0x1B_6B_3A);
const DOUBTFUL: Color = Color::RGB(0x8A_5A_00);
const BAD: Color = Color::RGB(0xB0_1E_1E);

/// What a format is made from.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub style: Style,
    /// Whether the cell has a text, which must stay one.
    pub is_text: bool,
    /// Whether that text could be taken for a formula when it is typed again.
    pub is_quoted: bool,
    /// Whether it stands in a table, whose rows are ruled.
    pub is_ruled: bool,
}

/// Formats that were made, with the number that each has in the file.
#[derive(Default)]
pub struct Formats {
    numbers: HashMap<Key, usize>,
    /// In their order. Several keys can have one.
    pub all: Vec<Format>,
}

impl Formats {
    /// Makes the format of a key, where there is none yet.
    pub fn add(&mut self, key: Key) {
        let all = &mut self.all;
        self.numbers.entry(key).or_insert_with(|| {
            let format = made(key);
            let known = all.iter().position(|other| *other == format);
            1 + known.unwrap_or_else(|| {
                all.push(format);
                all.len() - 1
            })
        });
    }

    /// The number of a format. The one that every file has is number 0.
    pub fn number(&self, key: Key) -> usize {
        self.numbers.get(&key).copied().unwrap_or_default()
    }
}

fn made(key: Key) -> Format {
    let mut format = look(key.style.look);
    if key.is_ruled && is_left(key.style.look) {
        // Otherwise a text would touch the number left of it.
        format = format.set_indent(1);
    }
    if key.is_ruled && !is_head(key.style.look) {
        format = format.set_border_bottom(FormatBorder::Hair).set_border_bottom_color(RULE);
    }
    format = match key.style.part {
        Part::Body => format,
        Part::TotalColumn | Part::TotalRow => format.set_bold().set_background_color(TOTAL),
        Part::Input => input(format),
        Part::Computed => lined(format.set_font_color(QUIET).set_background_color(COMPUTED)),
    };
    if key.style.part == Part::TotalRow {
        format = format.set_border_top(FormatBorder::Thin).set_border_top_color(INK);
    }
    if key.is_text && !is_head(key.style.look) {
        format = format.set_num_format("@");
    }
    if key.is_quoted { format.set_quote_prefix() } else { format }
}

/// A cell to be filled in: it can be changed where the sheet is protected.
fn input(format: Format) -> Format {
    lined(format.set_unlocked().set_background_color(INPUT))
}

/// With lines on all sides, as forms have them.
fn lined(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(RULE)
}

fn is_left(look: Look) -> bool {
    !matches!(look, Look::NumberHeading | Look::Right | Look::Number(_) | Look::Count | Look::Typed | Look::Title | Look::Section)
}

fn is_head(look: Look) -> bool {
    matches!(look, Look::Title | Look::Note | Look::Section | Look::Heading | Look::NumberHeading)
}

fn base() -> Format {
    Format::new().set_font_name("Calibri").set_font_size(10).set_font_color(INK).set_align(FormatAlign::Top)
}

fn look(look: Look) -> Format {
    let format = base();
    match look {
        Look::Text => format.set_text_wrap().set_align(FormatAlign::Left),
        Look::Id => format.set_text_wrap().set_align(FormatAlign::Left).set_num_format("@"),
        Look::Title => format.set_bold().set_font_size(16).set_font_color(BRAND),
        Look::Note => format.set_font_color(QUIET),
        Look::Label => format.set_bold().set_text_wrap().set_align(FormatAlign::Left),
        Look::Section => format.set_bold().set_font_size(12).set_font_color(BRAND),
        Look::Heading => heading(format).set_align(FormatAlign::Left),
        Look::NumberHeading => heading(format).set_align(FormatAlign::Right),
        Look::Right | Look::Typed => format.set_align(FormatAlign::Right),
        Look::Number(decimals) => format.set_align(FormatAlign::Right).set_num_format(number(decimals)),
        Look::Count => format.set_align(FormatAlign::Right).set_num_format("0"),
        Look::Good => format.set_font_color(GOOD).set_align(FormatAlign::Left),
        Look::Doubtful => format.set_font_color(DOUBTFUL).set_align(FormatAlign::Left),
        Look::Bad => format.set_font_color(BAD).set_bold().set_align(FormatAlign::Left),
    }
}

fn heading(format: Format) -> Format {
    let format = format.set_bold().set_font_color(Color::White).set_background_color(HEADING);
    format.set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

/// Thousands apart, with so many decimals; a spreadsheet shows both in the way of its reader.
fn number(decimals: u8) -> String {
    let point = if decimals == 0 { "" } else { "." };
    format!("#,##0{point}{}", "0".repeat(usize::from(decimals.min(28))))
}
