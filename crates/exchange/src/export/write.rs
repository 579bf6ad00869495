//! The book in a file.
//!
//! What lays out workbooks makes a frame of the file: sheets without rows, formats, how all is printed. The rows are written here, sheet by
//! sheet, each let go as soon as it is written: a large plan has millions of cells.

use std::borrow::Borrow;
use std::io::{Cursor, Write};

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Formula, IgnoreError, Note, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::cells::{columns, row};
use super::format::{Formats, Key};
use super::formula::At;
use super::height::height;
use super::model::{Allowed, Cell, Look, Sheet, SheetKind, Validation, Value};

/// The longest text of a cell, in the units that a spreadsheet counts.
const LONGEST: usize = 32_767;

/// What a reader might type that a spreadsheet takes for a formula, or for more than a text.
const FORMULA_LIKE: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// How long a text can be in the format for texts.
const SHOWN_AS_TEXT: usize = 255;

/// What is wider, in characters, goes on two pages side by side: on one nobody could read it.
const WIDEST: u32 = 220;

/// A4.
const PAPER: u8 = 9;

/// Rows of a sheet, at most.
const MOST_ROWS: usize = 1_048_576;

/// Lays a book down, sheet by sheet.
pub fn write(title: &str, sheets: impl Iterator<Item: Borrow<Sheet>>) -> Result<Vec<u8>, String> {
    let (mut frame, mut parts, mut formats) = (Workbook::new(), ZipWriter::new(Cursor::new(Vec::new())), Formats::default());
    frame.set_properties(&properties(title).map_err(|error| error.to_string())?);
    for (sheet, is_first) in sheets.zip(std::iter::once(true).chain(std::iter::repeat(false))) {
        let sheet = sheet.borrow();
        check(sheet)?;
        let in_sheet = |error: XlsxError| format!("sheet {}: {error}", sheet.name);
        add(&mut frame, sheet).map_err(in_sheet)?;
        let alone = alone(sheet, is_first).map_err(in_sheet)?;
        part(&mut parts, &alone, sheet, &mut formats).map_err(|error| error.to_string())?;
    }
    formats.all.iter().for_each(|format| frame.register_format(format));
    let frame = frame.save_to_buffer().map_err(|error| error.to_string())?;
    filled(&frame, parts).map_err(|error| error.to_string())
}

/// Adds a sheet without its rows.
fn add(frame: &mut Workbook, sheet: &Sheet) -> Result<(), XlsxError> {
    let worksheet = frame.add_worksheet();
    worksheet.set_name(&sheet.name)?;
    arrange(worksheet, sheet)
}

/// A file with a sheet and nothing else; one that is not the first, which is shown when the file is opened, is the second.
fn alone(sheet: &Sheet, is_first: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    if !is_first {
        // Under a name that is not taken.
        workbook.add_worksheet().set_name(if sheet.name == "_" { "__" } else { "_" })?;
    }
    add(&mut workbook, sheet)?;
    workbook.save_to_buffer()
}

/// The day of creation is fixed, so that one plan makes one file.
fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    let properties = DocProperties::new().set_title(title).set_author("logframe");
    Ok(properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}

/// Whether a spreadsheet can hold a sheet.
fn check(sheet: &Sheet) -> Result<(), String> {
    if sheet.rows.len() > MOST_ROWS {
        return Err(format!("sheet {}: it has {} rows, and a spreadsheet holds {MOST_ROWS}", sheet.name, sheet.rows.len()));
    }
    sheet.cells().try_for_each(|(row, column, cell)| {
        check_length(cell).map_err(|why| format!("{}: {why}", At::new(row, column).name_on(&sheet.name)))
    })
}

/// Whether a row is one of a table, headings included.
fn is_ruled(sheet: &Sheet, row: u32) -> bool {
    sheet.header_row.is_some_and(|head| row >= head)
}

/// How hard rows are packed, from 1 to 9: twice as fast as usual, and a fifth larger.
const PACKED: i64 = 3;

/// Where the sheets of a file are.
const SHEETS: &str = "xl/worksheets/sheet";

/// Writes a sheet as a part, its rows in what a file with it alone has around them.
fn part(parts: &mut ZipWriter<Cursor<Vec<u8>>>, alone: &[u8], sheet: &Sheet, formats: &mut Formats) -> ZipResult<()> {
    let mut alone = ZipArchive::new(Cursor::new(alone))?;
    let number = if alone.index_for_name(&format!("{SHEETS}2.xml")).is_some() { 2 } else { 1 };
    let around = std::io::read_to_string(alone.by_name(&format!("{SHEETS}{number}.xml"))?)?;
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(PACKED));
    // Without a time, so that one plan makes one file.
    parts.start_file(sheet.name.as_str(), options.last_modified_time(DateTime::default()))?;
    Ok(rows(parts, &around, sheet, formats)?)
}

/// The frame with the parts of its sheets, in their order.
fn filled(frame: &[u8], parts: ZipWriter<Cursor<Vec<u8>>>) -> ZipResult<Vec<u8>> {
    let (mut frame, mut parts) = (ZipArchive::new(Cursor::new(frame))?, parts.finish_into_readable()?);
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let mut sheets = 0_usize..;
    for at in 0..frame.len() {
        let part = frame.by_index_raw(at)?;
        let name = part.name()?.into_owned();
        if name.starts_with(SHEETS) {
            file.raw_copy_file_rename(parts.by_index_raw(sheets.next().unwrap_or_default())?, name)?;
        } else {
            file.raw_copy_file(part)?;
        }
    }
    Ok(file.finish()?.into_inner())
}

/// What stands before and behind the rows of a sheet, and its size between them.
fn around(part: &str) -> Option<[&str; 3]> {
    let (before, rest) = part.split_once("<dimension ref=\"")?;
    let (_, rest) = rest.split_once('"')?;
    let (between, rest) = rest.split_once("<sheetData")?;
    let (_, behind) = rest.split_once("</sheetData>").or_else(|| rest.split_once("/>"))?;
    Some([before, between, behind])
}

/// Writes a sheet: its part of the frame with its rows in it.
fn rows(file: &mut impl Write, part: &str, sheet: &Sheet, formats: &mut Formats) -> std::io::Result<()> {
    let [before, between, behind] = around(part).ok_or_else(|| std::io::Error::other("a sheet has no place for its rows"))?;
    let columns = columns(&sheet.rows);
    let last = columns.last().map_or("A", String::as_str);
    write!(file, "{before}<dimension ref=\"A1:{last}{}\"{between}<sheetData>", sheet.rows.len().max(1))?;
    let mut out = String::new();
    for (number, cells) in (1_u32..).zip(&sheet.rows).filter(|(_, cells)| !cells.is_empty()) {
        let is_ruled = is_ruled(sheet, number - 1);
        let cells_of =
            columns.iter().zip(cells).map(|(column, cell)| (column.as_str(), cell, formats.number(key(cell, is_ruled))));
        row(&mut out, number, height_of(sheet, cells), cells_of);
        file.write_all(out.as_bytes())?;
        out.clear();
    }
    write!(file, "</sheetData>{behind}")
}

/// The sheet of the plan's own text is shown to nobody.
fn height_of(sheet: &Sheet, cells: &[Cell]) -> Option<u16> {
    (sheet.kind != SheetKind::Plan).then(|| height(cells, &sheet.columns)).flatten()
}

fn check_length(cell: &Cell) -> Result<(), String> {
    let Value::Text(text) = &cell.value else { return Ok(()) };
    // No text has more of these units than bytes.
    let length = if text.len() <= LONGEST { text.len() } else { text.encode_utf16().count() };
    if length <= LONGEST {
        return Ok(());
    }
    Err(format!("a text has {length} characters, and a cell of a spreadsheet holds {LONGEST}; shorten it in the plan"))
}

fn key(cell: &Cell, is_ruled: bool) -> Key {
    let text = if let Value::Text(text) = &cell.value { Some(text) } else { None };
    let is_quoted = text.is_some_and(|text| text.starts_with(FORMULA_LIKE) && text != logframe::Cell::NONE);
    let is_plain = cell.style.look == Look::Label || cell.style.look == Look::Note;
    // Some spreadsheets show a longer text in a cell of the format for texts as a row of hashes.
    let is_text = text.is_some_and(|text| text.len() <= SHOWN_AS_TEXT || text.chars().count() <= SHOWN_AS_TEXT) && !is_plain;
    Key { style: cell.style, is_text, is_quoted, is_ruled }
}

/// Widths, what stays in view, filters, and how it is printed.
fn arrange(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    for (at, column) in (0..).zip(&sheet.columns) {
        worksheet.set_column_width(at, column.width)?;
        if column.is_folded {
            worksheet.group_columns_collapsed(at, at)?;
        }
    }
    if sheet.kind == SheetKind::Plan {
        worksheet.set_very_hidden(true);
        return Ok(());
    }
    notes(worksheet, sheet)?;
    if let Some(head) = sheet.header_row {
        worksheet.set_freeze_panes(head + 1, sheet.frozen_columns)?;
        worksheet.set_repeat_rows(0, head)?;
        let last = width(sheet).saturating_sub(1);
        // On a protected sheet nothing could be sorted.
        if sheet.body_rows > 0 && !sheet.is_protected {
            worksheet.autofilter(head, 0, head + sheet.body_rows, last)?;
        }
    }
    ids_are_meant(worksheet, sheet)?;
    if sheet.is_protected {
        let options = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::new() };
        worksheet.protect_with_options(&options);
    }
    sheet.validations.iter().try_for_each(|one| validate(worksheet, one))?;
    page(worksheet, sheet)
}

/// A list to choose from, or the bounds of a number.
fn validate(worksheet: &mut Worksheet, one: &Validation) -> Result<(), XlsxError> {
    let number = |rule| DataValidation::new().allow_decimal_number_formula(rule);
    let validation = match &one.allowed {
        Allowed::Cells(cells) => DataValidation::new().allow_list_formula(Formula::new(format!("={cells}"))),
        Allowed::Suggested(words) => DataValidation::new().allow_list_strings(words)?.show_error_message(false),
        Allowed::NotNegative => number(DataValidationRule::GreaterThanOrEqualTo(Formula::new("=0"))),
        Allowed::Percent => number(DataValidationRule::Between(Formula::new("=0"), Formula::new("=100"))),
    };
    let validation = validation.set_error_title("This cannot stand here")?.set_error_message(one.message)?;
    worksheet.add_data_validation(one.first_row, one.column, one.last_row, one.column, &validation)?;
    Ok(())
}

/// Remarks at cells. Where they are shown depends on the heights of the rows above.
fn notes(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let remarks = || sheet.cells().filter_map(|(row, column, cell)| Some((row, column, cell.remark?)));
    let Some((last, ..)) = remarks().last() else { return Ok(()) };
    for (row, cells) in (0..=last).zip(&sheet.rows) {
        if let Some(height) = height_of(sheet, cells) {
            worksheet.set_row_height(row, height)?;
        }
    }
    for (row, column, remark) in remarks() {
        worksheet.insert_note(row, column, &Note::new(remark).add_author_prefix(false).set_width(260).set_height(90))?;
    }
    Ok(())
}

/// That an id looks like a number is no mistake which a spreadsheet should mark.
fn ids_are_meant(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).saturating_sub(1);
    let last_column = width(sheet).saturating_sub(1);
    worksheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn page(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).saturating_sub(1);
    let characters: u32 = sheet.columns.iter().filter(|column| !column.is_folded).map(|column| u32::from(column.width)).sum();
    let is_wide = characters > WIDEST;
    // On a form the total and what is to be read stand above the headings; they are printed on both pages.
    let first = if is_wide && !sheet.is_protected { in_header(worksheet, sheet)? } else { 0 };
    if is_wide {
        worksheet.set_repeat_columns(0, 0)?;
    }
    worksheet.set_print_area(first, 0, last_row, width(sheet).saturating_sub(1))?;
    worksheet.set_paper_size(PAPER).set_landscape().set_print_fit_to_pages(if is_wide { 2 } else { 1 }, 0);
    worksheet.set_margins(0.5, 0.5, 0.7, 0.7, 0.35, 0.35);
    worksheet.set_footer("&L&8&F&C&8&A&R&8&P / &N");
    worksheet.set_screen_gridlines(false);
    Ok(())
}

/// A title that would be cut where a page ends stands in the header of the page; the row that is printed first.
fn in_header(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<u32, XlsxError> {
    let title = sheet.cell(0, 0).map(|cell| &cell.value);
    if let Some(Value::Text(title)) = title {
        let short: String = title.chars().take(100).collect();
        worksheet.set_header(format!("&L&14&B&K1F4E79{}", short.replace('&', "&&")));
    }
    let head = sheet.header_row.unwrap_or_default();
    worksheet.set_repeat_rows(head, head)?;
    Ok(head)
}

fn width(sheet: &Sheet) -> u16 {
    u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX)
}
