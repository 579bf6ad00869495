//! Values of a plan, set from cells.

use std::collections::{BTreeSet, HashMap};

use logframe::{
    Cell, Draft, Figure, FlowKind, Funding, Id, Indicator, Line, Measure, Plan, Reading, Span, Spanned, Value as Said,
};

use super::at;
use super::line::{Refused, clear, first, place_in, read_into};
use super::links;
use super::value::{Unit, day, number, text, unknown, whole};
use crate::export::Origin;
use crate::records::Field;

/// A plan whose values are set.
pub struct Setter {
    plan: Plan,
    draft: Draft,
    /// Allocations by office and result.
    cells: HashMap<(Id, Id), usize>,
    /// Lines and allocations that are taken out in the end, so that positions hold until then.
    gone: BTreeSet<usize>,
    gone_cells: BTreeSet<usize>,
    added: Vec<Line>,
}

impl Setter {
    pub fn new(plan: &Plan) -> Self {
        let draft = plan.draft();
        let key = |(at, one): (usize, &logframe::Allocation)| ((one.office.value.clone(), one.result.value.clone()), at);
        let cells = draft.allocations.iter().enumerate().map(key).collect();
        Self { plan: plan.clone(), draft, cells, gone: BTreeSet::new(), gone_cells: BTreeSet::new(), added: Vec::new() }
    }

    /// The plan as far as it is set.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The positions of lines that were taken out.
    pub fn gone(&self) -> &BTreeSet<usize> {
        &self.gone
    }

    /// The plan with what was set, which is set no further.
    pub fn finish(&mut self) -> Plan {
        let mut draft = std::mem::take(&mut self.draft);
        let mut at = 0..;
        draft.lines.retain(|_| at.next().is_some_and(|at| !self.gone.contains(&at)));
        let mut at = 0..;
        draft.allocations.retain(|_| at.next().is_some_and(|at| !self.gone_cells.contains(&at)));
        draft.lines.append(&mut self.added);
        Plan::new(draft)
    }

    /// Says where a value stands that is as it was.
    pub fn place(&mut self, origin: &Origin, span: Span) {
        if let Some((_, links)) = links::of(&mut self.draft, self.plan.nodes(), origin) {
            return links::place(links, span);
        }
        match origin {
            Origin::Allocation { office, result } => {
                let at = self.cells.get(&(office.clone(), result.clone()));
                let cell = at.and_then(|at| self.draft.allocations.get_mut(*at));
                cell.into_iter().for_each(|cell| cell.cell.span = Some(span));
            }
            Origin::Line { at, key } => {
                if let Some(line) = self.draft.lines.get_mut(*at) {
                    place_in(line, key, span);
                }
            }
            Origin::Declared { statement } => {
                if let Some(figure) = self.figure(*statement) {
                    figure.value.span = Some(span);
                }
            }
            Origin::Rate { at, key: "rate" } => {
                self.draft.rates.get_mut(*at).into_iter().for_each(|rate| rate.rate.span = Some(span));
            }
            Origin::Funding { at, key: "amount" } => {
                self.draft.funding.get_mut(*at).into_iter().for_each(|flow| flow.amount.span = Some(span));
            }
            _ => {}
        }
    }

    /// Sets a value; what it is, for people.
    pub fn set(&mut self, origin: &Origin, field: Option<&Field<'_>>) -> Result<String, String> {
        if let Some((what, links)) = links::of(&mut self.draft, self.plan.nodes(), origin) {
            *links = links::read(field)?;
            return Ok(what);
        }
        match origin {
            Origin::Header(key) => self.header(key, field).map(|()| format!("the plan's {}", called(key))),
            Origin::Office { at, .. } => {
                let name = text(field).ok_or("an office needs a name")?;
                let office = self.draft.offices.get_mut(*at).ok_or_else(unknown)?;
                office.name = name;
                Ok(format!("the name of the office {}", office.id.value))
            }
            Origin::Result { node, key } => self.result(*node, key, field),
            Origin::Indicator { node, at, key } => self.indicator(*node, *at, key, field),
            Origin::Allocation { office, result } => self.allocation(office, result, field),
            Origin::Line { at, key } => self.line(*at, key, field),
            Origin::Category { at, .. } => {
                let category = self.draft.categories.get_mut(*at).ok_or_else(unknown)?;
                category.title = text(field).ok_or("a cost category needs a title")?;
                Ok(format!("the title of the cost category {}", category.id.value))
            }
            Origin::Rate { at, key } => self.rate(*at, key, field),
            Origin::Donor { at, .. } => {
                let donor = self.draft.donors.get_mut(*at).ok_or_else(unknown)?;
                donor.name = text(field).ok_or("a donor needs a name")?;
                Ok(format!("the name of the donor {}", donor.id.value))
            }
            Origin::Funding { at, key } => self.funding(*at, key, field),
            Origin::Declared { statement } => {
                let own = self.plan.statements().get(*statement);
                let place = own.map(|one| one.place.to_string()).unwrap_or_default();
                let unit = if own.is_some_and(|own| own.measure == Measure::Share) { Unit::Percent } else { Unit::One };
                let number = number(field, unit)?.ok_or("a declared figure cannot be empty; take it out of the plan itself")?;
                let figure = self.figure(*statement).ok_or_else(unknown)?;
                figure.value = number;
                // The printed text was that of the other number.
                figure.text = None;
                Ok(format!("a declared figure ({place})"))
            }
        }
    }

    fn header(&mut self, key: &str, field: Option<&Field<'_>>) -> Result<(), String> {
        let header = &mut self.draft.header;
        match key {
            "title" => header.title = text(field).ok_or("a plan needs a title")?,
            "organisation" => header.organisation = text(field),
            "statement" => header.statement = text(field),
            "duration.from" => header.duration.get_or_insert_default().from = day(field)?,
            "duration.to" => header.duration.get_or_insert_default().to = day(field)?,
            "duration.months" => header.duration.get_or_insert_default().months = whole(field)?,
            _ => return Err(unknown()),
        }
        Ok(())
    }

    fn result(&mut self, node: usize, key: &str, field: Option<&Field<'_>>) -> Result<String, String> {
        let id = self.plan.nodes().get(node).map(|node| node.id.clone()).ok_or_else(unknown)?;
        let what = format!("the {key} of {id}");
        let is = |own: &Spanned<Id>| own.value == id;
        let title = || text(field).ok_or_else(|| format!("{id} needs a title"));
        let listed = || -> Vec<String> {
            text(field)
                .map(|text| text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
                .unwrap_or_default()
        };
        if let Some(head) = self.draft.heads.iter_mut().find(|head| is(&head.id)) {
            head.title = title()?;
            return Ok(what);
        }
        for outcome in &mut self.draft.outcomes {
            if is(&outcome.id) {
                match key {
                    "title" => outcome.title = title()?,
                    "statement" => outcome.statement = text(field),
                    _ => outcome.assumptions = listed(),
                }
                return Ok(what);
            }
            if let Some(output) = outcome.outputs.iter_mut().find(|output| is(&output.id)) {
                match key {
                    "title" => output.title = title()?,
                    "statement" => output.statement = text(field),
                    _ => output.assumptions = listed(),
                }
                return Ok(what);
            }
            let mut activities =
                outcome.activities.iter_mut().chain(outcome.outputs.iter_mut().flat_map(|output| &mut output.activities));
            if let Some(activity) = activities.find(|activity| is(&activity.id)) {
                activity.title = title()?;
                return Ok(what);
            }
        }
        Err(unknown())
    }

    fn indicator(&mut self, node: usize, position: usize, key: &str, field: Option<&Field<'_>>) -> Result<String, String> {
        let id = self.plan.nodes().get(node).map(|node| node.id.clone()).ok_or_else(unknown)?;
        let outcomes = &mut self.draft.outcomes;
        let mut lists = outcomes.iter_mut().flat_map(|outcome| {
            let of_outputs = outcome.outputs.iter_mut().map(|output| (output.id.value.clone(), &mut output.indicators));
            std::iter::once((outcome.id.value.clone(), &mut outcome.indicators)).chain(of_outputs)
        });
        let list = lists.find(|(own, _)| *own == id).map(|(_, list)| list).ok_or_else(unknown)?;
        let indicator = list.get_mut(position).ok_or_else(unknown)?;
        set_indicator(indicator, key, field)?;
        Ok(format!("the {} of the indicator {}", called(key), indicator.id.value))
    }

    fn allocation(&mut self, office: &Id, result: &Id, field: Option<&Field<'_>>) -> Result<String, String> {
        let what = format!("the amount of {office} for {result}");
        let known = self.cells.get(&(office.clone(), result.clone())).copied();
        let cell = match field {
            None => {
                self.gone_cells.extend(known);
                return Ok(what);
            }
            Some(field) if field.text == Cell::NONE => at(Cell::None, field.span),
            Some(field) => {
                let number = number(Some(field), Unit::One)?.ok_or_else(unknown)?;
                at(Cell::Amount(number.value), field.span)
            }
        };
        if let Some(own) = known.and_then(|at| self.draft.allocations.get_mut(at)) {
            own.cell = cell;
        } else {
            let mut own = logframe::Allocation::of(office.clone(), result.clone(), cell.value);
            own.cell = cell;
            self.draft.allocations.push(own);
        }
        Ok(what)
    }

    fn line(&mut self, position: usize, key: &str, field: Option<&Field<'_>>) -> Result<String, String> {
        let currency = self.draft.header.currency.value.clone();
        let line = self.draft.lines.get_mut(position).ok_or_else(unknown)?;
        let what = format!("{} of line {} ({})", key.replace('-', " "), position + 1, line.description);
        match field {
            None => clear(line, key)?,
            Some(field) => read_into(line, &[(key, field.clone())]).map_err(first)?,
        }
        if line.currency.as_ref().is_some_and(|own| own.value == currency) {
            line.currency = None;
        }
        Ok(what)
    }

    /// Takes a line out; what it was.
    pub fn remove_line(&mut self, at: usize) -> String {
        self.gone.insert(at);
        self.draft.lines.get(at).map(|line| line.description.to_string()).unwrap_or_default()
    }

    /// A line of cells by their keys, whatever it lacks.
    pub fn read_line(&self, fields: &[(&'static str, Field<'_>)]) -> Result<Line, Refused> {
        let mut line = Line::new("_", "_", "");
        read_into(&mut line, fields)?;
        if line.currency.as_ref().is_some_and(|own| own.value == self.draft.header.currency.value) {
            line.currency = None;
        }
        Ok(line)
    }

    /// Adds a line; what it is.
    pub fn push_line(&mut self, line: Line) -> String {
        let what = line.description.to_string();
        self.added.push(line);
        what
    }

    /// Adds a line of cells by their keys; what it is.
    pub fn add_line(&mut self, fields: &[(&'static str, Field<'_>)]) -> Result<String, Refused> {
        let line = self.read_line(fields)?;
        let span = fields.first().map(|(_, field)| field.span).unwrap_or_default();
        for key in ["office", "result", "description"] {
            if !fields.iter().any(|(own, _)| *own == key) {
                return Err(vec![(span, format!("a budget line has no {key}"))]);
            }
        }
        Ok(self.push_line(line))
    }

    fn rate(&mut self, position: usize, key: &str, field: Option<&Field<'_>>) -> Result<String, String> {
        let own = self.draft.header.currency.value.clone();
        let rate = self.draft.rates.get_mut(position).ok_or_else(unknown)?;
        let of = if key == "rate" { String::new() } else { format!("{key} of the ") };
        let what = format!("the {of}rate of {}", rate.currency.value);
        let code = || text(field).map(|code| code.to_uppercase());
        match key {
            "currency" => rate.currency = code().ok_or("a rate needs its currency")?.into(),
            "per" => rate.per = code().filter(|code| *code != own).map(Into::into),
            "rate" => rate.rate = number(field, Unit::One)?.ok_or("a rate cannot be empty")?,
            "date" => rate.date = day(field)?.ok_or("a rate needs its day")?,
            _ => rate.source = text(field),
        }
        Ok(what)
    }

    fn funding(&mut self, position: usize, key: &str, field: Option<&Field<'_>>) -> Result<String, String> {
        let own = self.draft.header.currency.value.clone();
        let flow = self.draft.funding.get_mut(position).ok_or_else(unknown)?;
        let what = format!("the {} of a {} of {}", called(key), flow.kind, flow.donor.value);
        set_funding(flow, key, field, &own)?;
        Ok(what)
    }

    /// The declared figure of a statement: they come in the order in which they are written out.
    fn figure(&mut self, statement: usize) -> Option<&mut Figure> {
        let block = self.plan.statements().get(statement)?.block;
        let first = self.plan.statements().iter().position(|one| one.block == block)?;
        let declared = self.draft.declared.get_mut(block)?;
        let figures = declared
            .total
            .iter_mut()
            .chain(declared.results.0.iter_mut().map(|(_, figure)| figure))
            .chain(declared.offices.0.iter_mut().map(|(_, figure)| figure));
        let shares = declared.shares.iter_mut().flat_map(|shares| {
            let results = shares.results.0.iter_mut().map(|(_, figure)| figure);
            shares.total.iter_mut().chain(results).chain(shares.offices.0.iter_mut().map(|(_, figure)| figure))
        });
        figures.chain(shares).nth(statement - first)
    }
}

/// What people call a value.
fn called(key: &str) -> &str {
    match key {
        "duration.from" => "first day",
        "duration.to" => "last day",
        "duration.months" => "number of months",
        "baseline.year" => "year of the baseline",
        "target.year" => "year of the target",
        "means-of-verification" => "means of verification",
        "of.offices" => "offices",
        "of.results" => "results",
        other => other,
    }
}

fn set_indicator(indicator: &mut Indicator, key: &str, field: Option<&Field<'_>>) -> Result<(), String> {
    match key {
        "title" => indicator.title = text(field).ok_or("an indicator needs a title")?,
        "unit" => indicator.unit = text(field),
        "baseline" => set_reading(&mut indicator.baseline, field)?,
        "target" => set_reading(&mut indicator.target, field)?,
        "baseline.year" => set_year(&mut indicator.baseline, field)?,
        "target.year" => set_year(&mut indicator.target, field)?,
        "means-of-verification" => indicator.means_of_verification = text(field),
        _ => indicator.assumption = text(field),
    }
    Ok(())
}

fn set_reading(reading: &mut Option<Reading>, field: Option<&Field<'_>>) -> Result<(), String> {
    let Some(field) = field else {
        *reading = None;
        return Ok(());
    };
    let value = if field.text == Said::NOT_AVAILABLE {
        Said::NotAvailable
    } else {
        Said::Number(number(Some(field), Unit::Percent)?.ok_or_else(unknown)?.value)
    };
    match reading {
        Some(own) => own.value = at(value, field.span),
        None => *reading = Some(Reading::new(value)),
    }
    Ok(())
}

fn set_year(reading: &mut Option<Reading>, field: Option<&Field<'_>>) -> Result<(), String> {
    let year = whole(field)?;
    let reading = reading.as_mut().ok_or("a year without a value; write the value, too")?;
    reading.year = year;
    Ok(())
}

fn set_funding(flow: &mut Funding, key: &str, field: Option<&Field<'_>>, own: &str) -> Result<(), String> {
    let ids = || -> Result<Option<Vec<Spanned<Id>>>, String> {
        let Some(text) = text(field) else { return Ok(None) };
        let ids = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let ids: Result<Vec<Spanned<Id>>, logframe::Error> = ids.map(|id| id.parse::<Id>().map(Into::into)).collect();
        ids.map(Some).map_err(|error| error.to_string())
    };
    match key {
        "donor" => flow.donor = text(field).ok_or("it needs a donor")?.parse::<Id>().map_err(|error| error.to_string())?.into(),
        "kind" => {
            let name = text(field).unwrap_or_default();
            let kinds = FlowKind::ALL.map(FlowKind::name).join(", ");
            flow.kind = FlowKind::ALL
                .into_iter()
                .find(|kind| kind.name() == name)
                .ok_or_else(|| format!("`{name}` is none of {kinds}"))?;
        }
        "amount" => flow.amount = number(field, Unit::One)?.ok_or("it needs an amount")?,
        "currency" => flow.currency = text(field).map(|code| code.to_uppercase()).filter(|code| code != own).map(Into::into),
        "date" => flow.date = day(field)?,
        "of.offices" => flow.of.get_or_insert_default().offices = ids()?,
        "of.results" => flow.of.get_or_insert_default().results = ids()?,
        _ => flow.remarks = text(field),
    }
    if flow.of.as_ref().is_some_and(|scope| scope.offices.is_none() && scope.results.is_none()) {
        flow.of = None;
    }
    Ok(())
}
