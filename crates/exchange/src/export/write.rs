//! The book in a file.
//!
//! What lays out workbooks makes a frame of the file: sheets without rows, formats, how all is printed. The rows are written here, each let
//! go as soon as it is written: a large plan has millions of cells. Sheets are looked through and written in threads; how formats are numbered
//! between the two does not depend on them.

use std::io::{Cursor, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use zip::result::ZipResult;
use zip::write::{PreparedZipFile, SimpleFileOptions, ZipFileBuilder};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::arrange::arrange;
use super::cells::{columns, row};
use super::embedded::{Embedded, KEY};
use super::format::{Formats, Key};
use super::laid::Laid;
use super::survey::{Survey, key};
use super::threads;

/// What lays out a sheet when it is asked to; nothing where that would be empty.
pub type Make<'c> = Box<dyn FnOnce() -> Option<Laid<'c>> + Send + 'c>;

/// The parts of a file.
pub struct Parts {
    /// A file whose sheets have no rows.
    frame: Vec<u8>,
    sheets: Vec<PreparedZipFile>,
}

/// Writes a book as the parts of a file: its sheets, and the plan behind them.
pub fn write(title: &str, makes: Vec<Make<'_>>, embedded: &Embedded<'_>) -> Result<Parts, String> {
    let surveys = threads::each(makes.into_iter(), |make| make().map(Survey::of).transpose());
    let surveys: Result<Vec<Survey<'_>>, String> = surveys.into_iter().filter_map(Result::transpose).collect();
    let mut surveys = surveys?;
    let mut formats = Formats::default();
    surveys.iter().flat_map(|survey| &survey.keys).chain([&KEY]).for_each(|key| formats.add(*key));
    surveys.push(Survey::of(embedded.empty().into())?);
    let (embedded_at, numbered) = (surveys.len(), (1..).zip(&surveys));
    let sheets = threads::each(numbered, |(number, survey)| {
        let text = (number == embedded_at).then_some(embedded);
        part(number, survey, text, &formats).map_err(|why| format!("sheet {}: {why}", survey.laid.sheet.name))
    });
    let frame = frame(title, &surveys, &formats).map_err(|error| error.to_string())?;
    Ok(Parts { frame, sheets: sheets.into_iter().collect::<Result<_, _>>()? })
}

/// A file of sheets without their rows.
fn frame(title: &str, surveys: &[Survey<'_>], formats: &Formats) -> Result<Vec<u8>, XlsxError> {
    let mut frame = Workbook::new();
    frame.set_properties(&properties(title)?);
    surveys.iter().try_for_each(|survey| add(&mut frame, survey))?;
    formats.all.iter().for_each(|format| frame.register_format(format));
    frame.save_to_buffer()
}

/// The day of creation is fixed, so that one plan makes one file.
fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    let properties = DocProperties::new().set_title(title).set_author("logframe");
    Ok(properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}

/// Adds a sheet without its rows.
fn add(frame: &mut Workbook, survey: &Survey<'_>) -> Result<(), XlsxError> {
    let worksheet = frame.add_worksheet();
    worksheet.set_name(&survey.laid.sheet.name)?;
    arrange(worksheet, survey)
}

/// How hard rows are packed, from 1 to 9: twice as fast as usual, and a fifth larger.
const PACKED: i64 = 3;

/// Where the sheets of a file are.
const SHEETS: &str = "xl/worksheets/sheet";

/// How much of a sheet is packed at a time.
const PORTION: usize = 1 << 16;

/// Writes a sheet, by its number in the file, in what a file with it alone has around its rows.
fn part(number: usize, survey: &Survey<'_>, text: Option<&Embedded<'_>>, formats: &Formats) -> Result<PreparedZipFile, String> {
    let around = alone(survey, number == 1).map_err(|error| error.to_string())?;
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(PACKED));
    // Without a time, so that one plan makes one file.
    let options = options.last_modified_time(DateTime::default());
    let written = ZipFileBuilder::new(format!("{SHEETS}{number}.xml"), options).and_then(|mut part| {
        let [before, between, behind] =
            self::around(&around).ok_or_else(|| std::io::Error::other("there is no place for rows"))?;
        part.write_all(before.as_bytes())?;
        match text {
            Some(text) => {
                write!(part, "{between}<sheetData>")?;
                pieces(&mut part, text, formats)?;
            }
            None => {
                write!(part, "{}{between}<sheetData>", dimension(survey))?;
                rows(&mut part, survey, formats)?;
            }
        }
        write!(part, "</sheetData>{behind}")?;
        part.finish()
    });
    written.map_err(|error| error.to_string())
}

/// The part of a sheet in a file where nothing else is. One that is not the first, which is shown when the file is opened, is the second.
fn alone(survey: &Survey<'_>, is_first: bool) -> Result<String, XlsxError> {
    let mut workbook = Workbook::new();
    if !is_first {
        // Under a name that is not taken.
        workbook.add_worksheet().set_name(if survey.laid.sheet.name == "_" { "__" } else { "_" })?;
    }
    add(&mut workbook, survey)?;
    let mut file = ZipArchive::new(Cursor::new(workbook.save_to_buffer()?))?;
    let number = if is_first { 1 } else { 2 };
    let part = file.by_name(&format!("{SHEETS}{number}.xml"))?;
    Ok(std::io::read_to_string(part)?)
}

/// What stands before and behind the size of a sheet, and behind its rows.
fn around(part: &str) -> Option<[&str; 3]> {
    let (before, rest) = part.split_once("<dimension ")?;
    let (_, rest) = rest.split_once("/>")?;
    let (between, rest) = rest.split_once("<sheetData")?;
    let (_, behind) = rest.split_once("</sheetData>").or_else(|| rest.split_once("/>"))?;
    Some([before, between, behind])
}

fn dimension(survey: &Survey<'_>) -> String {
    let last = columns(survey.width).pop().unwrap_or_else(|| "A".to_owned());
    format!("<dimension ref=\"A1:{last}{}\"/>", survey.laid.sheet.rows.len().max(1))
}

fn rows(file: &mut impl Write, survey: &Survey<'_>, formats: &Formats) -> std::io::Result<()> {
    let sheet = &survey.laid.sheet;
    // Cells under each other mostly look alike: a column is its letters, and how its last cell looked.
    let mut columns: Vec<(String, Key, usize)> =
        columns(survey.width).into_iter().map(|letters| (letters, KEY, formats.number(KEY))).collect();
    let mut out = String::new();
    for ((number, cells), height) in survey.laid.rows().zip(&survey.heights).filter(|((_, cells), _)| !cells.is_empty()) {
        let cells_of = columns.iter_mut().zip(cells.iter()).map(|((letters, last, format), cell)| {
            let key = key(sheet, number, cell);
            if key != *last {
                (*last, *format) = (key, formats.number(key));
            }
            (letters.as_str(), cell, *format)
        });
        row(&mut out, number + 1, *height, cells_of);
        if out.len() >= PORTION {
            file.write_all(out.as_bytes())?;
            out.clear();
        }
    }
    file.write_all(out.as_bytes())
}

/// The plan's own text. How many rows it takes is not known before; nobody is shown how they look.
fn pieces(file: &mut impl Write, embedded: &Embedded<'_>, formats: &Formats) -> std::io::Result<()> {
    let mut out = String::new();
    embedded.each_row(|number, cell| {
        row(&mut out, number + 1, None, std::iter::once(("A", &cell, formats.number(KEY))));
        file.write_all(out.as_bytes())?;
        out.clear();
        Ok(())
    })
}

impl Parts {
    /// Puts the parts together.
    pub fn join(self, file: impl Write + Seek) -> ZipResult<()> {
        let mut frame = ZipArchive::new(Cursor::new(self.frame))?;
        let (mut file, mut sheets) = (ZipWriter::new(file), self.sheets.into_iter());
        for at in 0..frame.len() {
            let part = frame.by_index_raw(at)?;
            let is_sheet = part.name()?.starts_with(SHEETS);
            match if is_sheet { sheets.next() } else { None } {
                Some(sheet) => file.add_prepared_file(sheet)?,
                None => file.raw_copy_file(part)?,
            }
        }
        file.finish().map(drop)
    }
}
