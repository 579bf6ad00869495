//! The records of `.xls` files (\[MS-XLS\]), only as far as it takes to see how large they claim to be.

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

/// Cells that all sheets may span, at most: the library that reads them makes room for every one.
const MAX_SPANNED: u64 = 4_000_000;
/// Columns of a sheet in this form.
const MAX_COLUMNS: u16 = 256;

/// What to do with a file that cannot be read.
pub const SAVE: &str = "open it in a spreadsheet and save it as .xlsx";

/// Looks through a file.
///
/// # Errors
/// Why it is not read: it is no compound file of a workbook, or its cells span more than they may.
pub fn measure(bytes: &[u8]) -> Result<(), String> {
    let damaged = || format!("it is damaged; {SAVE}");
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let mut stream = file.open_stream(name.ok_or("it is a compound file, and no workbook is in it")?).map_err(|_| damaged())?;
    let mut records = Vec::new();
    stream.read_to_end(&mut records).map_err(|_| damaged())?;
    let (mut rest, mut extent, mut spanned) = (records.as_slice(), Extent::default(), 0_u64);
    while let Some(([a, b, c, d], behind)) = rest.split_first_chunk::<4>() {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let Some((data, behind)) = behind.split_at_checked(length) else { break };
        rest = behind;
        match kind {
            // A sheet begins.
            0x0809 => spanned += std::mem::take(&mut extent).cells(),
            kind if is_cell(kind) => extent.take(kind, data).ok_or_else(damaged)?,
            _ => {}
        }
        if spanned + extent.cells() > MAX_SPANNED {
            return Err(format!("its cells span more than is read; {SAVE}"));
        }
    }
    Ok(())
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
        let number = |at: usize| data.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes);
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
