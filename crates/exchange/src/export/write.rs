//! The book in a file.
//!
//! Here, and nowhere else, an exact number becomes a binary float: from its text, and only where it has no more digits than such a float
//! keeps.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, Formula, IgnoreError, Note, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};

use super::exact::is_held;
use super::format::{Formats, Key};
use super::height::height;
use super::model::{Allowed, Book, Cell, Look, Sheet, SheetKind, Shown, Validation, Value};

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

/// Lays a book down. Each sheet is let go as soon as it is written: a large plan has millions of cells.
pub fn write(book: Book) -> Result<Vec<u8>, String> {
    let mut workbook = Workbook::new();
    let failed = |error: XlsxError| error.to_string();
    workbook.set_properties(&properties(&book).map_err(failed)?);
    let mut formats = Formats::default();
    for sheet in book.sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name).map_err(failed)?;
        cells(worksheet, &sheet, &mut formats)?;
        arrange(worksheet, &sheet).map_err(|error| format!("sheet {}: {error}", sheet.name))?;
    }
    workbook.save_to_buffer().map_err(failed)
}

/// The day of creation is fixed, so that one plan makes one file.
fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    let properties = DocProperties::new().set_title(&book.title).set_author("logframe");
    Ok(properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?))
}

fn cells(worksheet: &mut Worksheet, sheet: &Sheet, formats: &mut Formats) -> Result<(), String> {
    // A formula that shows nothing has nothing kept beside it, where the file format would keep a zero.
    worksheet.set_formula_result_default("");
    for (row, column, one) in sheet.cells() {
        let place = || super::formula::At::new(row, column).name_on(&sheet.name);
        check_length(one).map_err(|why| format!("{}: {why}", place()))?;
        let key = key(one, sheet.header_row.is_some_and(|head| row >= head));
        cell(worksheet, (row, column), one, formats.of(key)).map_err(|error| format!("{}: {error}", place()))?;
    }
    Ok(())
}

fn check_length(cell: &Cell) -> Result<(), String> {
    let Value::Text(text) = &cell.value else { return Ok(()) };
    let length = text.encode_utf16().count();
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
    let is_text = text.is_some_and(|text| text.chars().count() <= SHOWN_AS_TEXT) && !is_plain;
    Key { style: cell.style, is_text, is_quoted, is_ruled }
}

fn cell(worksheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match &cell.value {
        Value::Blank => worksheet.write_blank(row, column, format)?,
        Value::Text(text) => string(worksheet, (row, column), text, format)?,
        Value::Number(number) => match float(*number) {
            Some(float) => worksheet.write_number_with_format(row, column, float, format)?,
            None => worksheet.write_string_with_format(row, column, number.to_string(), format)?,
        },
        Value::Formula { text, shows } => {
            worksheet.write_formula_with_format(row, column, Formula::new(text).set_result(kept(shows)), format)?
        }
    };
    if let Some(remark) = cell.remark {
        worksheet.insert_note(row, column, &Note::new(remark).add_author_prefix(false).set_width(260).set_height(90))?;
    }
    Ok(())
}

/// A text, as it stands. What begins and ends like the markup of a rich text would be taken for it, and is written as a real one.
fn string<'w>(
    worksheet: &'w mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<&'w mut Worksheet, XlsxError> {
    let plain = Format::default();
    match text.split_at_checked(1) {
        Some((first, rest)) if text.starts_with("<r>") && text.ends_with("</r>") => {
            worksheet.write_rich_string_with_format(row, column, &[(&plain, first), (&plain, rest)], format)
        }
        _ => worksheet.write_string_with_format(row, column, text, format),
    }
}

/// The only place where a number becomes a float: one that has all its digits.
#[expect(clippy::disallowed_types, reason = "a spreadsheet has no other numbers; one with more digits is written as text")]
fn float(number: logframe::Decimal) -> Option<f64> {
    is_held(number).then(|| number.normalized().to_string().parse().ok()).flatten()
}

/// What a formula gave, as the file keeps it.
fn kept(shows: &Shown) -> String {
    match shows {
        Shown::Text(text) => text.clone(),
        Shown::Number(number) => number.normalized().to_string(),
        Shown::Dash => logframe::Cell::NONE.to_owned(),
        Shown::Nothing => String::new(),
    }
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
    for (row, height) in (0..).zip(sheet.rows.iter().map(|row| height(row, &sheet.columns))) {
        if let Some(height) = height {
            worksheet.set_row_height(row, height)?;
        }
    }
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
