//! The book in a file.
//!
//! The rows are written here, some at a time and each let go as soon as it is written: a large plan has millions of cells. They are looked
//! through and written in threads; how formats are numbered between the two does not depend on them.

use std::io::{Cursor, Read, Seek, Write};
use std::ops::Range;

use rust_xlsxwriter::XlsxError;
use zip::ZipArchive;

use super::archive::{Archive, Piece};
use super::cells::{columns, row};
use super::embedded::{Embedded, KEY};
use super::format::{Formats, Key};
use super::frame::{SHEETS, alone, frame};
use super::laid::Laid;
use super::survey::{Seen, Survey, key};
use super::threads;

/// What lays out a sheet when it is asked to; nothing where that would be empty.
pub type Make<'c> = Box<dyn FnOnce() -> Option<Laid<'c>> + Send + 'c>;

/// Rows of a sheet, at most.
const MOST_ROWS: usize = 1_048_576;

/// Rows that are written at a time: half a megabyte of budget lines.
const ROWS: u32 = 512;

/// How much of the plan's text is packed at a time.
const TEXT: usize = 1 << 18;

/// A book of which all is known but its rows.
pub struct Written<'c> {
    /// Its sheets; the last is that of the plan.
    surveys: Vec<Survey<'c>>,
    embedded: Embedded<'c>,
    formats: Formats,
    /// A file whose sheets have no rows.
    frame: Vec<u8>,
}

/// Some rows of a sheet, by its position.
struct Portion {
    sheet: usize,
    rows: Range<u32>,
    is_last: bool,
}

impl<'c> Written<'c> {
    /// Looks a book through; an error where a spreadsheet cannot hold it.
    pub fn new(title: &str, makes: Vec<Make<'c>>, embedded: Embedded<'c>) -> Result<Self, String> {
        let laid: Vec<Laid<'_>> = threads::each(makes, |make| make()).into_iter().flatten().collect();
        laid.iter().try_for_each(check)?;
        let seen = seen(&laid)?;
        let mut surveys: Vec<Survey<'_>> = laid.into_iter().zip(seen).map(|(laid, seen)| Survey::new(laid, seen)).collect();
        let mut formats = Formats::default();
        surveys.iter().flat_map(|survey| &survey.seen.keys).chain([&KEY]).for_each(|key| formats.add(*key));
        surveys.push(Survey::new(Embedded::empty().into(), Seen::default()));
        let frame = frame(title, &surveys, &formats).map_err(|error| error.to_string())?;
        Ok(Self { surveys, embedded, formats, frame })
    }

    /// Writes the file.
    pub fn save(&self, file: impl Write + Seek + Send) -> std::io::Result<()> {
        let mut archive = Archive::new(file);
        let mut frame = ZipArchive::new(Cursor::new(&self.frame))?;
        for at in 0..frame.len() {
            let mut part = frame.by_index(at)?;
            let (name, mut bytes) = (part.name()?.into_owned(), Vec::new());
            if !name.starts_with(SHEETS) {
                part.read_to_end(&mut bytes)?;
                archive.add(&name, &Piece::of(&bytes)?)?;
            }
        }
        self.sheets(&mut archive)?;
        archive.finish().map(drop)
    }

    /// The sheets. That of the plan is made in one go, and therefore begun first.
    fn sheets(&self, archive: &mut Archive<impl Write + Seek + Send>) -> std::io::Result<()> {
        let around = threads::each(self.surveys.iter().enumerate().collect(), |(at, survey)| alone(survey, at == 0));
        let around: Result<Vec<[String; 3]>, XlsxError> = around.into_iter().collect();
        let around = around.map_err(std::io::Error::other)?;
        let plan = self.surveys.len().saturating_sub(1);
        let mut portions = portions(self.surveys.iter().map(|survey| &survey.laid));
        portions.rotate_right(1);
        let mut done = Ok(());
        let make = |portion: Portion| {
            let around = around.get(portion.sheet);
            let pieces = if portion.sheet == plan { self.plan(around) } else { self.rows(&portion, around) };
            (portion, pieces)
        };
        threads::in_order(portions, make, |(portion, pieces)| {
            if done.is_ok() {
                done = pieces.and_then(|pieces| put(archive, &portion, &pieces));
            }
        });
        done
    }

    /// Some rows, with what stands around all of them where they are the first or the last.
    fn rows(&self, portion: &Portion, around: Option<&[String; 3]>) -> std::io::Result<Vec<Piece>> {
        let Some((survey, [before, between, behind])) = self.surveys.get(portion.sheet).zip(around) else {
            return Ok(Vec::new());
        };
        let mut out = String::new();
        if portion.rows.start == 0 {
            out.extend([before, dimension(survey).as_str(), between, "<sheetData>"]);
        }
        push_rows(&mut out, survey, portion.rows.clone(), &self.formats);
        if portion.is_last {
            out.extend(["</sheetData>", behind]);
        }
        Ok(vec![Piece::of(out.as_bytes())?])
    }

    /// The plan's own text. How many rows it takes is not known before; nobody is shown how they look.
    fn plan(&self, around: Option<&[String; 3]>) -> std::io::Result<Vec<Piece>> {
        let Some([before, between, behind]) = around else { return Ok(Vec::new()) };
        let (mut pieces, format) = (Vec::new(), self.formats.number(KEY));
        let mut out = format!("{before}{between}<sheetData>");
        self.embedded.each_row(|number, cell| {
            row(&mut out, number + 1, None, std::iter::once(("A", &cell, format)));
            if out.len() >= TEXT {
                pieces.push(Piece::of(out.as_bytes())?);
                out.clear();
            }
            Ok(())
        })?;
        out.extend(["</sheetData>", behind]);
        pieces.push(Piece::of(out.as_bytes())?);
        Ok(pieces)
    }
}

fn check(laid: &Laid<'_>) -> Result<(), String> {
    let (name, rows) = (&laid.sheet.name, laid.sheet.rows.len());
    if rows <= MOST_ROWS { Ok(()) } else { Err(format!("sheet {name}: it has {rows} rows, and a spreadsheet holds {MOST_ROWS}")) }
}

/// All rows of sheets in their order, numbered; one portion at least of each sheet.
fn portions<'l>(sheets: impl Iterator<Item = &'l Laid<'l>>) -> Vec<(usize, Portion)> {
    let of_sheet = |(sheet, laid): (usize, &Laid<'_>)| {
        let end = u32::try_from(laid.sheet.rows.len()).unwrap_or(u32::MAX);
        let starts = (0..end.max(1)).step_by(ROWS as usize);
        starts.map(move |start| Portion { sheet, rows: start..start.saturating_add(ROWS).min(end), is_last: end - start <= ROWS })
    };
    sheets.enumerate().flat_map(of_sheet).enumerate().collect()
}

/// What is seen of the rows of sheets.
fn seen(laid: &[Laid<'_>]) -> Result<Vec<Seen>, String> {
    let mut seen: Vec<Seen> = laid.iter().map(|_| Seen::default()).collect();
    let mut done = Ok(());
    let look = |Portion { sheet, rows, .. }| {
        let of_rows = laid.get(sheet).map(|laid| Seen::of(laid, rows));
        (sheet, of_rows.unwrap_or_else(|| Ok(Seen::default())))
    };
    threads::in_order(portions(laid.iter()), look, |(sheet, more)| match (more, seen.get_mut(sheet)) {
        (Ok(more), Some(seen)) => seen.append(more),
        (Err(why), _) if done.is_ok() => done = Err(why),
        _ => {}
    });
    done.map(|()| seen)
}

fn dimension(survey: &Survey<'_>) -> String {
    let last = columns(survey.seen.width).pop().unwrap_or_else(|| "A".to_owned());
    format!("<dimension ref=\"A1:{last}{}\"/>", survey.laid.sheet.rows.len().max(1))
}

fn push_rows(out: &mut String, survey: &Survey<'_>, rows: Range<u32>, formats: &Formats) {
    let (sheet, heights) = (&survey.laid.sheet, survey.seen.heights.iter().skip(rows.start as usize));
    // Cells under each other mostly look alike: a column is its letters, and how its last cell looked.
    let mut columns: Vec<(String, Key, usize)> =
        columns(survey.seen.width).into_iter().map(|letters| (letters, KEY, formats.number(KEY))).collect();
    for ((number, cells), height) in survey.laid.rows(rows).zip(heights).filter(|((_, cells), _)| !cells.is_empty()) {
        let cells_of = columns.iter_mut().zip(cells.iter()).map(|((letters, last, format), cell)| {
            let key = key(sheet, number, cell);
            if key != *last {
                (*last, *format) = (key, formats.number(key));
            }
            (letters.as_str(), cell, *format)
        });
        row(out, number + 1, *height, cells_of);
    }
}

/// Puts pieces into the part of their sheet.
fn put(archive: &mut Archive<impl Write + Seek>, portion: &Portion, pieces: &[Piece]) -> std::io::Result<()> {
    if portion.rows.start == 0 {
        archive.begin(&format!("{SHEETS}{}.xml", portion.sheet + 1))?;
    }
    pieces.iter().try_for_each(|piece| archive.push(piece))?;
    if portion.is_last { archive.end() } else { Ok(()) }
}
