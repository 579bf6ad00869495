//! Budget lines, set from their cells.

use logframe::{Diagnostic, Line, Span};

use super::value::{Unit, plain, unknown};
use crate::lines::Reader;
use crate::numbers::Convention;
use crate::records::Field;

/// What keeps a value from being set, and where.
pub type Refused = Vec<(Span, String)>;

/// Reads cells into a line as a table of lines is read.
pub fn read_into(line: &mut Line, fields: &[(&str, Field<'_>)]) -> Result<(), Refused> {
    let mut reader = Reader { start: 0, numbers: Convention::Plain, findings: Vec::new() };
    let mut refused = Vec::new();
    for (key, field) in fields {
        match in_a_line(key, field) {
            Ok(field) => reader.set(line, key, &field),
            Err(why) => refused.push((field.span, why)),
        }
    }
    let place = |finding: &Diagnostic| finding.place().and_then(|label| label.span).unwrap_or_default();
    refused.extend(reader.findings.iter().map(|finding| (place(finding), finding.message.clone())));
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

/// A cell of a line as a table of lines would have it.
fn in_a_line<'f>(key: &str, field: &Field<'f>) -> Result<Field<'f>, String> {
    match key {
        "share" | "percent" => plain(field, Unit::Percent),
        "quantity" | "unit-cost" | "duration" | "amount" => plain(field, Unit::One),
        "currency" => Ok(Field { text: field.text.to_uppercase().into(), ..field.clone() }),
        _ => Ok(field.clone()),
    }
}

pub fn first(refused: Refused) -> String {
    refused.into_iter().next().map(|(_, why)| why).unwrap_or_default()
}

pub fn clear(line: &mut Line, key: &str) -> Result<(), String> {
    match key {
        "id" => line.id = None,
        "category" => line.category = None,
        "quantity" => line.quantity = None,
        "unit" => line.unit = None,
        "unit-cost" => line.unit_cost = None,
        "duration" => line.duration = None,
        "duration-unit" => line.duration_unit = None,
        "share" => line.share = None,
        "percent" => line.percent = None,
        "of" => line.of = None,
        "amount" => line.amount = None,
        "currency" => line.currency = None,
        "period" => line.period = None,
        "spread" => line.spread = None,
        "post" => line.post = None,
        "donor" => line.donor = None,
        "remarks" => line.remarks = None,
        // A line that loses all of its cells is taken out elsewhere.
        "office" | "result" | "description" => return Err(format!("a budget line needs its {key}")),
        _ => return Err(unknown()),
    }
    Ok(())
}

pub fn place_in(line: &mut Line, key: &str, span: Span) {
    let number = match key {
        "quantity" => &mut line.quantity,
        "unit-cost" => &mut line.unit_cost,
        "duration" => &mut line.duration,
        "share" => &mut line.share,
        "percent" => &mut line.percent,
        "amount" => &mut line.amount,
        "office" => return line.office.span = Some(span),
        "result" => return line.result.span = Some(span),
        "category" => return line.category.iter_mut().for_each(|id| id.span = Some(span)),
        "id" => return line.id.iter_mut().for_each(|id| id.span = Some(span)),
        "currency" => return line.currency.iter_mut().for_each(|code| code.span = Some(span)),
        "period" => return line.period.iter_mut().for_each(|period| period.span = Some(span)),
        _ => return,
    };
    number.iter_mut().for_each(|number| number.span = Some(span));
}
