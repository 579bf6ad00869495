//! What is around the rows of a workbook: what lays out workbooks makes a file of sheets without them, of formats, and of how all is printed.

use std::io::Cursor;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use zip::ZipArchive;

use super::arrange::arrange;
use super::format::Formats;
use super::survey::Survey;

/// Where the sheets of a file are.
pub const SHEETS: &str = "xl/worksheets/sheet";

/// A file of sheets without their rows.
pub fn frame(title: &str, surveys: &[Survey<'_>], formats: &Formats) -> Result<Vec<u8>, XlsxError> {
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
    let name = &survey.laid.sheet.name;
    let worksheet = frame.add_worksheet();
    let added = worksheet.set_name(name).map(drop).and_then(|()| arrange(worksheet, survey));
    added.map_err(|error| XlsxError::CustomError(format!("sheet {name}: {error}")))
}

/// What stands before and behind the size of a sheet, and behind its rows: as in a file where nothing else is. A sheet that is not the first, which
/// is shown when the file is opened, is the second there.
pub fn alone(survey: &Survey<'_>, is_first: bool) -> Result<[String; 3], XlsxError> {
    let mut workbook = Workbook::new();
    if !is_first {
        // Under a name that is not taken.
        workbook.add_worksheet().set_name(if survey.laid.sheet.name == "_" { "__" } else { "_" })?;
    }
    add(&mut workbook, survey)?;
    let mut file = ZipArchive::new(Cursor::new(workbook.save_to_buffer()?))?;
    let part = std::io::read_to_string(file.by_name(&format!("{SHEETS}{}.xml", if is_first { 1 } else { 2 }))?)?;
    around(&part).ok_or_else(|| XlsxError::CustomError("a sheet has no place for its rows".to_owned()))
}

fn around(part: &str) -> Option<[String; 3]> {
    let (before, rest) = part.split_once("<dimension ")?;
    let (_, rest) = rest.split_once("/>")?;
    let (between, rest) = rest.split_once("<sheetData")?;
    let (_, behind) = rest.split_once("</sheetData>").or_else(|| rest.split_once("/>"))?;
    Some([before, between, behind].map(str::to_owned))
}
