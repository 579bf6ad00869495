//! Workbooks in the binary form of Excel 97 to 2003, `.xls`: their cells as a library reads them, and how they look as their records say.

use std::io::{Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, Data, Reader, SheetVisible, Xls};

use super::biff::{Look, SAVE, looks};
use super::builder::{Builder, MAX_COLUMNS, MAX_ROWS};
use super::{Kind, Workbook, xlsx};

/// Reads a workbook of Excel 97 to 2003. What it claims is measured before the library that reads it makes room for it.
pub fn xls(name: &str, bytes: &[u8]) -> Result<Workbook, String> {
    let looks = looks(bytes)?;
    // What a damaged file makes the library do is no reason to end a program.
    let read = catch_unwind(AssertUnwindSafe(|| {
        workbook(name, Xls::new(Cursor::new(bytes)).map_err(|error| error.to_string())?, looks)
    }));
    read.unwrap_or_else(|_| Err(format!("it is damaged; {SAVE}")))
}

fn workbook<RS: Read + Seek, R: Reader<RS>>(name: &str, mut book: R, looks: Vec<Look>) -> Result<Workbook, String> {
    let mut builder = Builder::default();
    let looks = looks.into_iter().chain(std::iter::repeat_with(Look::default));
    for (sheet, mut look) in book.sheets_metadata().to_vec().into_iter().zip(looks) {
        builder.sheet(&sheet.name, sheet.visible != SheetVisible::Visible);
        if let Some(own) = builder.current() {
            own.hidden_columns = std::mem::take(&mut look.hidden_columns);
            own.merged = std::mem::take(&mut look.merged);
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let formulas = book.worksheet_formula(&sheet.name).ok();
        let (top, left) = range.start().unwrap_or_default();
        if range.height() > MAX_ROWS as usize || range.width() > MAX_COLUMNS as usize {
            return Err("it has more rows or columns than are read".to_owned());
        }
        for (row, cells) in (top..).zip(range.rows()) {
            builder.row(row, look.hidden_rows.contains(&row))?;
            for (column, data) in (left..).zip(cells) {
                let formula = formulas.as_ref().and_then(|all| all.get_value((row, column))).filter(|text| !text.is_empty());
                let is_percent = look.percents.contains(&(row, column));
                let is_computed = look.formulas.contains(&(row, column));
                store(&mut builder, column, data, is_percent, is_computed)?;
                if is_computed && !matches!(data, Data::Empty) {
                    // One that cells share has no text.
                    builder.formula(formula.map(String::as_str).unwrap_or_default());
                }
            }
        }
    }
    Ok(Workbook { has_formula_texts: false, ..builder.finish(name) })
}

fn store(builder: &mut Builder, column: u32, data: &Data, is_percent: bool, is_computed: bool) -> Result<(), String> {
    match data {
        Data::Empty => Ok(()),
        Data::Int(number) => builder.number(column, &number.to_string(), is_percent, is_computed),
        // The shortest text that stands for the number, as other workbooks hold it.
        Data::Float(number) => builder.number(column, &number.to_string(), is_percent, is_computed),
        Data::String(text) => builder.cell(column, Kind::Text, text),
        Data::Bool(truth) => builder.cell(column, Kind::Truth, if *truth { "TRUE" } else { "FALSE" }),
        Data::DateTime(time) => {
            let raw = time.as_f64().to_string();
            match xlsx::day(&raw, false) {
                Some(day) => builder.cell(column, Kind::Date, &day),
                None => builder.number(column, &raw, false, is_computed),
            }
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => {
            builder.cell(column, Kind::Date, text.split('T').next().unwrap_or(text))
        }
        Data::Error(error) => builder.cell(column, Kind::Error, written(error)),
    }
}

fn written(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}
