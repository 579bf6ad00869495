//! The records of `.xls` files (\[MS-XLS\]), as far as the library that reads their cells leaves them out: how large a file claims to be, what is
//! hidden or merged, which numbers are shown in per cent, and which cells are formulas.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::area::Area;
use super::styles::{Shown, built_in, of_code};

/// Cells that all sheets may span, at most: the library that reads them makes room for every one.
const MAX_SPANNED: u64 = 4_000_000;
/// Columns of a sheet in this form.
const MAX_COLUMNS: u16 = 256;

/// What to do with a file that cannot be read.
pub const SAVE: &str = "open it in a spreadsheet and save it as .xlsx";

/// What the library that reads cells does not tell of a sheet, or not always.
#[derive(Debug, Default)]
pub struct Look {
    /// Rows that are not shown.
    pub hidden_rows: HashSet<u32>,
    /// Columns that are not shown, from and to.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Cells that are shown as one.
    pub merged: Vec<Area>,
    /// Numbers that are shown in per cent, by row and column.
    pub percents: HashSet<(u32, u32)>,
    /// Cells that a formula works out, by row and column.
    pub formulas: HashSet<(u32, u32)>,
}

/// Looks through a file; its sheets in their order.
///
/// # Errors
/// Why it is not read: it is no compound file of a workbook, or its cells span more than they may.
pub fn looks(bytes: &[u8]) -> Result<Vec<Look>, String> {
    let damaged = || format!("it is damaged; {SAVE}");
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let mut stream = file.open_stream(name.ok_or("it is a compound file, and no workbook is in it")?).map_err(|_| damaged())?;
    let mut records = Vec::new();
    stream.read_to_end(&mut records).map_err(|_| damaged())?;
    let (mut rest, mut looking, mut extent, mut spanned) = (records.as_slice(), Looking::default(), Extent::default(), 0_u64);
    while let Some(([a, b, c, d], behind)) = rest.split_first_chunk::<4>() {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let Some((data, behind)) = behind.split_at_checked(length) else { break };
        let place = records.len() - rest.len();
        rest = behind;
        match kind {
            BEGIN => spanned += std::mem::take(&mut extent).cells(),
            kind if is_cell(kind) => extent.take(kind, data).ok_or_else(damaged)?,
            _ => {}
        }
        if spanned + extent.cells() > MAX_SPANNED {
            return Err(format!("its cells span more than is read; {SAVE}"));
        }
        // A record that is too short to be one says nothing.
        let _ = looking.take(kind, place, data);
    }
    Ok(looking.sheets)
}

/// Sheets that are looked at, at most.
const MAX_SHEETS: usize = 10_000;

/// The record that a sheet, or another part, begins with.
const BEGIN: u16 = 0x0809;

/// What has been seen of the sheets and of the formats of their cells.
#[derive(Default)]
struct Looking {
    sheets: Vec<Look>,
    /// Their positions, by where each begins.
    begins: HashMap<usize, usize>,
    /// The one under way.
    now: Option<usize>,
    is_unicode: bool,
    /// The formats that have codes of their own, by number.
    codes: HashMap<u16, Shown>,
    /// What the formats of cells say, by number.
    formats: Vec<Shown>,
}

impl Looking {
    /// Takes a record in; `None` for one that says nothing here.
    fn take(&mut self, kind: u16, place: usize, data: &[u8]) -> Option<()> {
        match kind {
            BEGIN => {
                self.now = self.begins.get(&place).copied();
                self.is_unicode = word(data, 0)? >= 0x0600;
            }
            // BOUNDSHEET: where a sheet begins.
            0x0085 if self.sheets.len() < MAX_SHEETS => {
                self.begins.insert(usize::from(word(data, 0)?) | usize::from(word(data, 2)?) << 16, self.sheets.len());
                self.sheets.push(Look::default());
            }
            // FORMAT: a code and its number.
            0x041E => drop(self.codes.insert(word(data, 0)?, of_code(&self.code(data)?))),
            // XF: the format of cells.
            0x00E0 => {
                let number = word(data, 2)?;
                let shown = self.codes.get(&number).copied().unwrap_or_else(|| built_in(number.into()));
                self.formats.push(shown);
            }
            _ => self.sheet(kind, data)?,
        }
        Some(())
    }

    /// The text of a format: of two bytes a letter, or of one.
    fn code(&self, data: &[u8]) -> Option<String> {
        let (is_wide, text) = if self.is_unicode { (data.get(4)? & 1 == 1, data.get(5..)?) } else { (false, data.get(3..)?) };
        let wide = || char::decode_utf16(text.chunks_exact(2).filter_map(|two| word(two, 0))).map(|c| c.unwrap_or('\u{fffd}'));
        Some(if is_wide { wide().collect() } else { text.iter().map(|byte| char::from(*byte)).collect() })
    }

    /// A record of the sheet under way.
    fn sheet(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        let look = self.sheets.get_mut(self.now?)?;
        let number = |at: usize| word(data, at);
        if matches!(kind, 0x0006 | 0x0206 | 0x0406) {
            look.formulas.insert((number(0)?.into(), number(2)?.into()));
        }
        match kind {
            // ROW, COLINFO and MERGEDCELLS.
            0x0208 if number(12)? & 0x20 != 0 => drop(look.hidden_rows.insert(number(0)?.into())),
            0x007D if number(8)? & 1 != 0 => look.hidden_columns.push((number(0)?.into(), number(2)?.into())),
            0x00E5 => look.merged.extend(data.get(2..)?.chunks_exact(8).filter_map(area)),
            // MULRK: a row, its first column, and six bytes a number.
            0x00BD => {
                let (row, first) = (u32::from(number(0)?), u32::from(number(2)?));
                let formats = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6).map(|one| word(one, 0));
                let is_it = |format: &Option<u16>| is_percent(&self.formats, *format);
                look.percents.extend((first..).zip(formats).filter(|(_, format)| is_it(format)).map(|(at, _)| (row, at)));
            }
            kind if is_cell(kind) && is_percent(&self.formats, number(4)) => {
                look.percents.insert((number(0)?.into(), number(2)?.into()));
            }
            _ => {}
        }
        Some(())
    }
}

fn is_percent(formats: &[Shown], number: Option<u16>) -> bool {
    number.and_then(|number| formats.get(usize::from(number))) == Some(&Shown::Percent)
}

fn area(data: &[u8]) -> Option<Area> {
    let number = |at: usize| word(data, at).map(u32::from);
    Some(Area { top: number(0)?, bottom: number(2)?, left: number(4)?, right: number(6)? })
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes)
}

/// Records that hold cells, by their numbers: BLANK, MULBLANK, NUMBER, RK, MULRK, LABEL, LABELSST, RSTRING, BOOLERR, FORMULA.
fn is_cell(kind: u16) -> bool {
    matches!(
        kind,
        0x0201 | 0x00BE | 0x0203 | 0x027E | 0x00BD | 0x0204 | 0x00FD | 0x00D6 | 0x0205 | 0x0006 | 0x0206 | 0x0406 | 0x0001
            ..=0x0005 | 0x007E
    )
}

/// The rows and columns that cells stand in.
#[derive(Default)]
struct Extent {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
}

impl Extent {
    /// Takes a cell in; `None` for one that cannot be.
    fn take(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        let number = |at: usize| word(data, at);
        let (row, first) = (number(0)?, number(2)?);
        let is_several = matches!(kind, 0x00BD | 0x00BE);
        let last = if is_several { number(data.len().checked_sub(2)?)? } else { first };
        if first >= MAX_COLUMNS || last >= MAX_COLUMNS {
            return None;
        }
        let wider = |known: Option<(u16, u16)>, from: u16, to: u16| known.map_or((from, to), |(a, b)| (a.min(from), b.max(to)));
        self.rows = Some(wider(self.rows, row, row));
        self.columns = Some(wider(self.columns, first, last));
        Some(())
    }

    fn cells(&self) -> u64 {
        let span = |of: Option<(u16, u16)>| of.map_or(0, |(from, to)| u64::from(to - from) + 1);
        span(self.rows) * span(self.columns)
    }
}
