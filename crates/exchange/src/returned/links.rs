//! Links to the Sustainable Development Goals, set from cells.

use logframe::{Decimal, Draft, Indicator, Node, SdgRef, Span, sdg_title};

use super::at;
use crate::export::Origin;
use crate::records::Field;
use crate::workbook::Kind;

/// The key under which links stand.
const KEY: &str = "sdgs";

/// The links that a cell shows; `None` for a cell of another value.
pub fn of<'d>(draft: &'d mut Draft, nodes: &[Node], origin: &Origin) -> Option<(String, &'d mut Vec<SdgRef>)> {
    match origin {
        Origin::Header(KEY) => Some(("the SDG list of the plan".to_owned(), &mut draft.header.sdgs)),
        Origin::Result { node, key: KEY } => {
            let id = nodes.get(*node)?.id.as_str();
            Some((format!("the SDG list of {id}"), of_result(draft, id)?))
        }
        Origin::Indicator { node, at, key: KEY } => {
            let indicator = indicators(draft, nodes.get(*node)?.id.as_str())?.get_mut(*at)?;
            Some((format!("the SDG list of the indicator {}", indicator.id.value), &mut indicator.sdgs))
        }
        _ => None,
    }
}

fn of_result<'d>(draft: &'d mut Draft, id: &str) -> Option<&'d mut Vec<SdgRef>> {
    for outcome in &mut draft.outcomes {
        if outcome.id.as_str() == id {
            return Some(&mut outcome.sdgs);
        }
        let mut activities = outcome.activities.iter_mut();
        if let Some(activity) = activities.find(|activity| activity.id.as_str() == id) {
            return Some(&mut activity.sdgs);
        }
        for output in &mut outcome.outputs {
            if output.id.as_str() == id {
                return Some(&mut output.sdgs);
            }
            if let Some(activity) = output.activities.iter_mut().find(|activity| activity.id.as_str() == id) {
                return Some(&mut activity.sdgs);
            }
        }
    }
    None
}

fn indicators<'d>(draft: &'d mut Draft, id: &str) -> Option<&'d mut Vec<Indicator>> {
    for outcome in &mut draft.outcomes {
        if outcome.id.as_str() == id {
            return Some(&mut outcome.indicators);
        }
        if let Some(output) = outcome.outputs.iter_mut().find(|output| output.id.as_str() == id) {
            return Some(&mut output.indicators);
        }
    }
    None
}

/// Says where links stand that are as they were.
pub fn place(links: &mut [SdgRef], span: Span) {
    links.iter_mut().for_each(|link| link.span = Some(span));
}

/// The links that a cell names: targets and goals, with blanks, commas or line breaks between them.
pub fn read(field: Option<&Field<'_>>) -> Result<Vec<SdgRef>, String> {
    let Some(field) = field else { return Ok(Vec::new()) };
    let could_be_another = sdg_title(&format!("{}0", field.text)).is_some() && field.text.contains('.');
    if matches!(field.kind, Kind::Number | Kind::Percent) && could_be_another {
        return Err(format!(
            "`{0}` is a number, and can be the target {0} or {0}0; type it as a text, with ' in front",
            field.text
        ));
    }
    let codes = field.text.split([',', ';', '\n', ' ']).map(str::trim).filter(|code| !code.is_empty());
    codes.map(|code| link(code).map(|id| at(id, field.span))).collect()
}

fn link(code: &str) -> Result<logframe::Id, String> {
    let is_day = code.parse::<Decimal>().is_err() && code.parse::<logframe::Date>().is_ok();
    match sdg_title(code) {
        Some(_) => code.parse::<logframe::Id>().map_err(|error| error.to_string()),
        // Some spreadsheets take 8.5 for the eighth of May.
        None if is_day => Err(format!("`{code}` is a day; type the target as a text, with ' in front")),
        None => Err(format!("`{}` is no SDG goal or target; goals are 1 to 17, targets as 10.7 or 16.a", code.escape_debug())),
    }
}
