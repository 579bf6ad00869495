//! A sheet without its rows: widths, what stays in view, filters, remarks, and how it is printed.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, IgnoreError, Note, ProtectionOptions, Worksheet, XlsxError};

use super::model::{Allowed, Sheet, SheetKind, Validation, Value};
use super::survey::Survey;

/// What is wider, in characters, goes on two pages side by side: on one nobody could read it.
const WIDEST: u32 = 220;

/// A4.
const PAPER: u8 = 9;

/// Widths, what stays in view, filters, and how it is printed.
pub fn arrange(worksheet: &mut Worksheet, survey: &Survey<'_>) -> Result<(), XlsxError> {
    let sheet = &survey.laid.sheet;
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
    notes(worksheet, survey)?;
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
fn notes(worksheet: &mut Worksheet, survey: &Survey<'_>) -> Result<(), XlsxError> {
    let Some((last, ..)) = survey.seen.remarks.last() else { return Ok(()) };
    let heights = (0..=*last).zip(&survey.seen.heights).filter_map(|(row, height)| Some((row, (*height)?)));
    for (row, height) in heights {
        worksheet.set_row_height(row, height)?;
    }
    for (row, column, remark) in &survey.seen.remarks {
        worksheet.insert_note(*row, *column, &Note::new(*remark).add_author_prefix(false).set_width(260).set_height(90))?;
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
