//! The money of one office, as it sent it.

use std::collections::{HashMap, HashSet};

use super::{Contribution, Work};
use crate::decimal::Decimal;
use crate::diagnostic::Severity;
use crate::plan::{Allocation, Cell, Declared, Figure, Id, Line, Measure, Office, Plan, Scope, Statement, names};

impl Work<'_> {
    pub(super) fn take(&mut self, at: usize, one: &Contribution) {
        if !super::is_in_currency(self.regional, one) {
            let (own, theirs) = (&self.regional.header.currency.value, &one.plan.header.currency.value);
            let message = format!("{} is in {theirs}, and the regional plan in {own}; nothing of it is taken", one.name);
            let help = "budget in the currency of the region, with rates for lines";
            return self.say(Severity::Error, message, &one.plan.header.id, help);
        }
        let offices: Vec<Office> = self.own(at, one).into_iter().cloned().collect();
        self.unknown_offices(one);
        let mut lines: Vec<Line> = Vec::new();
        for office in &offices {
            lines.extend(self.office(one, office));
        }
        self.free_ids(one, &mut lines);
        self.draft.lines.extend(lines);
        // A file of which another one takes the place brings nothing at all.
        if !offices.is_empty() || super::offices(&one.plan).next().is_none() {
            self.common(one, &offices);
        }
        self.left_out(one);
    }

    /// Money of offices that the sent plan itself does not list.
    fn unknown_offices(&mut self, one: &Contribution) {
        let cells = one.plan.allocations.iter().map(|cell| &cell.office.value);
        let unknown: Vec<&Id> = unique(cells.chain(one.plan.lines.iter().map(|line| &line.office.value)))
            .filter(|id| one.plan.office(id).is_none())
            .collect();
        for id in unknown {
            let message = format!("{} has money of `{id}`, which it does not list as an office", one.name);
            self.say(Severity::Error, message, id, "it is left out; add the office, or correct its id");
        }
    }

    /// Takes the cells and declared totals of an office, and gives its lines.
    fn office(&mut self, one: &Contribution, office: &Office) -> Vec<Line> {
        let id = &office.id.value;
        if self.regional.office(id).is_none() {
            let message = format!("the regional plan has no office `{id}`, which {} sent", one.name);
            self.say(Severity::Warning, message, id, "it is added; correct its id if it is another's");
            self.draft.offices.push(without_office_places(office.clone()));
        }
        self.compare(one, office);
        self.draft.allocations.retain(|cell| cell.office.value != *id);
        self.draft.lines.retain(|line| line.office.value != *id);
        let own = one.plan.allocations.iter().filter(|cell| cell.office.value == *id && !cell.is_built);
        let mut cells: Vec<Allocation> = own.cloned().collect();
        // Places in the office's text are none in the region's.
        cells.iter_mut().for_each(|cell| (cell.office.span, cell.result.span, cell.cell.span) = (None, None, None));
        let cells = self.known(one, cells, |cell| cell.result.value.clone());
        self.draft.allocations.extend(cells);
        if let Some(own) = self.draft.offices.iter_mut().find(|own| own.id.value == *id) {
            own.source = Some(one.name.clone());
        }
        self.draft.declared.extend(declared(one, id, self.regional));
        let lines: Vec<Line> =
            one.plan.lines.iter().filter(|line| line.office.value == *id).map(|line| sourced(line, &one.name)).collect();
        self.known(one, lines, |line| line.result.value.clone())
    }

    /// Things for results that the regional plan has; the others are reported and left out.
    fn known<T>(&mut self, one: &Contribution, things: Vec<T>, result: impl Fn(&T) -> Id) -> Vec<T> {
        let (known, unknown): (Vec<T>, Vec<T>) =
            things.into_iter().partition(|thing| self.regional.node(&result(thing)).is_some());
        let ids: Vec<Id> = unknown.iter().map(result).collect();
        for id in unique(ids.iter()) {
            let message = format!("{} has money for `{id}`, which the regional plan does not have", one.name);
            self.say(Severity::Error, message, id, "it is left out; add the result to the regional plan, or correct its id");
        }
        known
    }

    /// Gives lines whose ids another office has too ids that nobody has, wherever they are named.
    fn free_ids(&mut self, one: &Contribution, lines: &mut [Line]) {
        let mut taken: HashSet<Id> =
            self.draft.lines.iter().filter_map(|line| line.id.as_ref()).map(|id| id.value.clone()).collect();
        let doubles: Vec<(Id, Id)> = lines
            .iter()
            .filter_map(|line| Some((line.id.as_ref()?.value.clone(), line.office.value.clone())))
            .filter(|(id, _)| taken.contains(id))
            .collect();
        taken.extend(lines.iter().filter_map(|line| line.id.as_ref()).map(|id| id.value.clone()));
        let mut renamed: HashMap<Id, Id> = HashMap::new();
        for (id, office) in doubles {
            let free = (1u32..).map(|n| if n == 1 { format!("{office}-{id}") } else { format!("{office}-{id}-{n}") });
            let Some(free) = free.map(|text| Id::lossy(&text)).find(|free| !taken.contains(free)) else { continue };
            let message = format!("the line `{id}` of {} has the id of another office's; it is `{free}` now", one.name);
            self.say(Severity::Note, message, &free, "nothing refers to another line than before");
            taken.insert(free.clone());
            renamed.entry(id).or_insert(free);
        }
        let ids = lines
            .iter_mut()
            .filter(|line| line.id.is_some() || line.of.is_some())
            .map(|line| &mut **line)
            .flat_map(|line| line.id.iter_mut().chain(line.of.iter_mut().flat_map(|of| of.lines.iter_mut().flatten())));
        for id in ids {
            if let Some(free) = renamed.get(&id.value) {
                id.value = free.clone();
            }
        }
    }

    /// What the regional plan had for an office against what it sent.
    fn compare(&mut self, one: &Contribution, office: &Office) {
        let of = |plan: &Plan| -> Vec<(Id, Cell)> {
            let own = plan.allocations.iter().filter(|cell| cell.office.value == office.id.value);
            own.map(|cell| (cell.result.value.clone(), *cell.cell)).collect()
        };
        let sent: HashMap<Id, Cell> = of(&one.plan).into_iter().collect();
        let names = names::Names(self.regional);
        let shown = |cell: Cell| cell.amount().map_or_else(|| "none".to_owned(), |amount| names.number(amount));
        let mut messages = Vec::new();
        for (result, cell) in of(self.regional) {
            let is = match sent.get(&result) {
                Some(sent) if *sent == cell => continue,
                Some(sent) => format!("is {} in {}", shown(*sent), one.name),
                None if sent.keys().any(|other| is_under(self.regional, other, &result)) => {
                    let under = sent.iter().filter(|(other, _)| is_under(self.regional, other, &result));
                    let sum = Decimal::exact_sum(under.filter_map(|(_, cell)| cell.amount()));
                    if sum.is_none() || sum == cell.amount() {
                        continue;
                    }
                    let sum = sum.map(|sum| names.number(sum)).unwrap_or_default();
                    format!("comes to {sum} in {}, by what is under it", one.name)
                }
                None => format!("is not given in {}", one.name),
            };
            let what = format!("{} / {}", names.office(&office.id), names.result(&result));
            messages.push(format!("{what} was {} in the regional plan and {is}", shown(cell)));
        }
        for message in messages {
            self.say(Severity::Note, message, &office.id, "what the office sent is taken");
        }
    }

    /// What the money of each office comes to in the plan that it is taken from, and in the combined one: the same, or it is said.
    pub(super) fn compare_totals(&mut self, combined: &Plan, sent: &[Contribution]) {
        for (at, one) in sent.iter().enumerate() {
            for office in self.own(at, one) {
                self.compare_total(combined, &one.plan, &one.name, office);
            }
        }
        let kept = super::offices(self.regional).filter(|office| !self.senders.contains_key(&office.id.value));
        for office in kept.collect::<Vec<_>>() {
            self.compare_total(combined, self.regional, "the regional plan", office);
        }
    }

    fn compare_total(&mut self, combined: &Plan, from: &Plan, name: &str, office: &Office) {
        let names = names::Names(self.regional);
        // What had no amount there is no concern of combining; `check` says why.
        let Some(was) = total(from, &office.id, self.regional) else { return };
        let is = match total(combined, &office.id, self.regional) {
            Some(is) if is == was => return,
            Some(is) => format!("comes to {} here", names.number(is)),
            None => "cannot be worked out here".to_owned(),
        };
        let message = format!("the budget of {} came to {} in {name} and {is}", names::short(&office.name), names.number(was));
        let help = "rates, how lines are rounded, or which lines a percentage counts, differ between the two";
        self.say(Severity::Error, message, &office.id, help);
    }

    /// What is in an office's file and is not money.
    fn left_out(&mut self, one: &Contribution) {
        let sheets: HashSet<&Id> = self.regional.sheets.iter().map(|sheet| &sheet.id.value).collect();
        let sheets = one.plan.sheets.iter().filter(|sheet| !sheets.contains(&sheet.id.value)).map(|sheet| &sheet.id.value);
        let series =
            one.plan.series.iter().filter(|series| !self.regional.series.contains(series)).map(|series| &series.id.value);
        for id in sheets.chain(series) {
            let message = format!("`{id}` of {} is not taken", one.name);
            self.say(Severity::Note, message, id, "combining is about money; put it into the regional plan by hand");
        }
    }
}

/// What the cells of an office come to that are for results that the regional plan knows; `None` where that cannot be added, or is
/// not known of some line.
fn total(plan: &Plan, office: &Id, region: &Plan) -> Option<Decimal> {
    let own = plan.allocations.iter().filter(|cell| cell.office.value == *office && region.node(&cell.result).is_some());
    let unknown =
        plan.lines.iter().zip(plan.built_lines()).any(|(line, built)| line.office.value == *office && built.amount.is_err());
    if unknown { None } else { Decimal::exact_sum(own.filter_map(|cell| cell.cell.amount())) }
}

/// Whether money for one result is money for another one above it.
fn is_under(plan: &Plan, result: &Id, above: &Id) -> bool {
    let index = plan.index();
    index.node(result).zip(index.node(above)).is_some_and(|(result, above)| index.is_within(result, above))
}

/// What an office declares about its own money and the regional plan does not, under the name of its file. In a plan of one office that
/// is what it says of the whole.
fn declared(one: &Contribution, office: &Id, region: &Plan) -> Vec<Declared> {
    let is_alone = super::offices(&one.plan).count() == 1;
    let is_own = |scope: &Scope| match scope.offices.as_deref() {
        None => is_alone,
        Some([id]) => id.value == *office,
        Some(_) => false,
    };
    let own = one.plan.statements().iter().filter(|statement| statement.measure == Measure::Amount && is_own(&statement.scope));
    let is_known = |statement: &Statement| {
        region
            .statements()
            .iter()
            .any(|own| own.scope == statement.scope && own.value == statement.value && own.place == statement.place)
    };
    let mut blocks: Vec<Declared> = Vec::new();
    for block in own.filter(|statement| !is_known(statement)).map(|statement| block(one, office, statement)) {
        // A plan of one office can say its total and the office's, which is one figure here.
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    blocks
}

fn block(one: &Contribution, office: &Id, statement: &Statement) -> Declared {
    let results = statement.scope.results.as_ref().map(|ids| ids.iter().map(|id| id.value.clone().into()).collect());
    let mut figure = Figure::from(statement.value.value);
    figure.text.clone_from(&statement.text);
    let mut printed = statement.printed.clone();
    if let Some(unit) = &mut printed.unit {
        unit.span = None;
    }
    if let Some(rule) = &mut printed.rounding {
        rule.span = None;
    }
    Declared {
        of: Some(Scope { offices: Some(vec![office.clone().into()]), results }),
        printed: (!printed.is_empty()).then_some(printed),
        total: Some(figure),
        ..Declared::new(format!("{}: {}", one.name, statement.place))
    }
}

fn unique<'i>(ids: impl Iterator<Item = &'i Id>) -> impl Iterator<Item = &'i Id> {
    let mut seen = HashSet::new();
    ids.filter(move |id| seen.insert(*id))
}

fn without_office_places(mut office: Office) -> Office {
    office.id.span = None;
    office.places.iter_mut().chain(&mut office.regions).for_each(|id| id.span = None);
    office
}

/// A line without its places in another text, and with the file that it comes from.
fn sourced(line: &Line, file: &str) -> Line {
    let mut line = line.without_places();
    line.source = Some(line.source.take().map_or_else(|| file.into(), |own| format!("{file}: {own}").into()));
    line
}
