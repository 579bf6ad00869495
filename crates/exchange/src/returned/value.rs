//! Values of cells as a plan keeps them.

use std::str::FromStr;

use logframe::{Date, Decimal, Spanned};

use super::at;
use crate::records::Field;
use crate::workbook::Kind;

/// What a plan keeps a number in: 50 % is 50 of those that are in per cent, and half of any other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    One,
    Percent,
}

/// A cell with its number in a unit, as plain digits.
pub fn plain<'f>(field: &Field<'f>, unit: Unit) -> Result<Field<'f>, String> {
    let text = match (field.kind, field.text.strip_suffix('%')) {
        (Kind::Percent, Some(shown)) if unit == Unit::Percent => shown.to_owned(),
        (Kind::Percent, Some(shown)) => shown.parse::<Decimal>().ok().and_then(Decimal::percent).ok_or_else(unknown)?.to_string(),
        (Kind::Text, _) if may_be_thousands(&field.text) => {
            return Err(format!("`{}` is a text, and can be thousands or decimals; type it as a number", field.text));
        }
        _ => return Ok(field.clone()),
    };
    Ok(Field { text: text.into(), ..field.clone() })
}

/// Whether a text such as `1.500` is a number by either convention.
fn may_be_thousands(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((whole, decimals)) = text.trim_start_matches('-').split_once('.') else { return false };
    (1..=3).contains(&whole.len()) && !whole.starts_with('0') && decimals.len() == 3 && digits(whole) && digits(decimals)
}

pub fn unknown() -> String {
    "what was changed here cannot be changed in a workbook; change the plan itself".to_owned()
}

pub fn text(field: Option<&Field<'_>>) -> Option<String> {
    field.map(|field| field.text.to_string())
}

pub fn number(field: Option<&Field<'_>>, unit: Unit) -> Result<Option<Spanned<Decimal>>, String> {
    let Some(field) = field else { return Ok(None) };
    match (field.why_no_number(), Decimal::from_str(&plain(field, unit)?.text)) {
        (None, Ok(number)) => Ok(Some(at(number, field.span))),
        (why, _) => Err(format!(
            "`{}` is no exact number{}",
            field.text.escape_debug(),
            why.map(|why| format!(": {why}")).unwrap_or_default()
        )),
    }
}

pub fn day(field: Option<&Field<'_>>) -> Result<Option<Spanned<Date>>, String> {
    let Some(field) = field else { return Ok(None) };
    field.text.parse::<Date>().map(|day| Some(at(day, field.span))).map_err(|error| error.to_string())
}

pub fn whole<T: FromStr>(field: Option<&Field<'_>>) -> Result<Option<T>, String> {
    let Some(field) = field else { return Ok(None) };
    field.text.parse().map(Some).map_err(|_| format!("`{}` is no whole number that it could be", field.text.escape_debug()))
}
