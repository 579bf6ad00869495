//! What a sheet says when it is read on its own: by that sheets are compared with each other.

use std::collections::{HashMap, HashSet};

use logframe::{Allocation, Cell, Decimal, Draft, Entries, Figure, Id, Span, Spanned};

use super::lines::worth;
use super::named::title;
use super::work::Work;

/// What a sheet says on its own.
#[derive(Debug, Default)]
pub struct Facts {
    /// What its figures come to.
    pub total: Decimal,
    /// Its total as it is printed.
    pub printed: Option<Spanned<Decimal>>,
    /// Its figures by what they are of: lines, or the offices and results of a table.
    pub entries: Vec<Entry>,
    /// What its offices, results, sections and cost categories come to.
    pub groups: Groups,
    /// What its lines come to, by their descriptions.
    pub lines: Groups,
    /// Whether it multiplies quantities and prices.
    pub has_factors: bool,
    /// Amounts and unit costs of its lines.
    pub figures: HashSet<Decimal>,
}

/// A figure with what it is of.
#[derive(Clone, Debug)]
pub struct Entry {
    pub label: String,
    pub number: Spanned<Decimal>,
}

/// Sums by what they are called, in full and without numbers in front.
#[derive(Debug, Default)]
pub struct Groups(HashMap<String, Group>);

/// A sum, and of how many figures it is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub sum: Decimal,
    pub count: usize,
}

impl Groups {
    fn add(&mut self, label: &str, amount: Decimal) {
        let (full, short) = keys(label);
        let short = Some(short).filter(|short| *short != full);
        for key in [Some(full), short].into_iter().flatten() {
            let group = self.0.entry(key).or_default();
            group.sum = group.sum.exact_add(amount).unwrap_or(group.sum);
            group.count += 1;
        }
    }

    /// The sum of a name.
    pub fn get(&self, label: &str) -> Option<Group> {
        let (full, short) = keys(label);
        self.0.get(&full).or_else(|| self.0.get(&short)).copied()
    }
}

/// A label in small letters, in full, and without the number or letter in front.
fn keys(label: &str) -> (String, String) {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let short = title(label);
    let lettered = |text: &str| {
        let mut letters = text.chars();
        let is_lettered =
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_some_and(|c| matches!(c, '.' | ')'));
        is_lettered.then(|| letters.as_str().trim().to_owned()).filter(|rest| rest.len() > 2)
    };
    (plain(label), plain(&lettered(short).unwrap_or_else(|| short.to_owned())))
}

impl Facts {
    pub fn of(work: &Work) -> Self {
        let draft = &work.draft;
        let mut facts = Self { printed: printed(draft), ..Self::default() };
        facts.of_lines(work);
        facts.of_table(draft);
        let amounts = draft.allocations.iter().filter_map(|one| amount(&one.cell)).chain(draft.lines.iter().filter_map(worth));
        facts.total = Decimal::exact_sum(amounts).unwrap_or_default();
        facts.has_factors = draft.lines.iter().any(|line| line.quantity.is_some() || line.unit_cost.is_some());
        facts
    }

    fn of_lines(&mut self, work: &Work) {
        let draft = &work.draft;
        let offices: HashMap<&Id, &str> = draft.offices.iter().map(|one| (&one.id.value, one.name.as_str())).collect();
        let results: HashMap<&Id, &str> = draft.heads.iter().map(|one| (&one.id.value, one.title.as_str())).collect();
        let mut seen = HashSet::new();
        let mut group = |facts: &mut Self, name: &str, at: usize| {
            if let (Some(amount), true) = (draft.lines.get(at).and_then(worth), seen.insert((keys(name), at))) {
                facts.groups.add(name, amount);
            }
        };
        work.sections.iter().flatten().for_each(|(name, at)| group(self, name, *at));
        for (at, line) in draft.lines.iter().enumerate() {
            let Some(amount) = worth(line) else { continue };
            let named = [offices.get(&line.office.value), results.get(&line.result.value)];
            named.into_iter().flatten().for_each(|name| group(self, name, at));
            self.lines.add(&line.description, amount);
            self.figures.extend([Some(amount), line.unit_cost.map(|cost| cost.value)].into_iter().flatten());
            let span = line.amount.and_then(|amount| amount.span).or(line.office.span);
            self.entries.push(Entry { label: line.description.to_string(), number: Spanned { value: amount, span } });
        }
    }

    /// Of a table, what each office and each result comes to. A side that has one only says nothing of its own.
    fn of_table(&mut self, draft: &Draft) {
        let sides: [Side<'_>; 2] = [
            (draft.offices.iter().map(|one| (&one.id.value, one.name.as_str())).collect(), |one| &one.office.value),
            (draft.heads.iter().map(|one| (&one.id.value, one.title.as_str())).collect(), |one| &one.result.value),
        ];
        let printed = printed_by_id(draft);
        let is_whole = sides.iter().all(|(names, _)| names.len() > 1);
        for (names, id_of) in sides.into_iter().filter(|(names, _)| names.len() > 1) {
            let mut of: HashMap<&Id, (Group, Option<Span>)> = HashMap::new();
            for one in &draft.allocations {
                let Some(amount) = amount(&one.cell) else { continue };
                let (group, span) = of.entry(id_of(one)).or_default();
                *group = Group { sum: group.sum.exact_add(amount).unwrap_or(group.sum), count: group.count + 1 };
                *span = span.or(one.cell.span);
            }
            for (id, name) in names {
                let Some((group, span)) = of.get(id) else { continue };
                let printed = printed.get(id).copied().unwrap_or(Spanned { value: group.sum, span: *span });
                self.entries.push(Entry { label: name.to_owned(), number: printed });
                if is_whole {
                    self.groups.add(name, group.sum);
                }
            }
        }
    }

    /// Whether most of the labels of the shorter of two sheets stand in the other; and of how many both say the same.
    pub fn shared(&self, other: &Self) -> Shared {
        let (few, many) = if self.entries.len() <= other.entries.len() { (self, other) } else { (other, self) };
        let all: HashMap<String, Decimal> = many.entries.iter().map(|entry| (keys(&entry.label).0, entry.number.value)).collect();
        let mut shared = Shared { all: few.entries.len(), ..Shared::default() };
        for entry in &few.entries {
            if let Some(number) = all.get(&keys(&entry.label).0) {
                shared.found += 1;
                shared.equal += usize::from(*number == entry.number.value && !number.is_zero());
            }
        }
        shared
    }
}

/// The offices or the results of a table, and which of them an amount is of.
type Side<'d> = (Vec<(&'d Id, &'d str)>, fn(&Allocation) -> &Id);

/// How much of a sheet stands in others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shared {
    /// Its figures.
    pub all: usize,
    /// Those whose labels others have.
    pub found: usize,
    /// Those of them that others say the same of.
    pub equal: usize,
}

impl Shared {
    pub fn are_most_found(self) -> bool {
        self.found > 0 && self.found * 2 >= self.all
    }

    pub fn are_most_equal(self) -> bool {
        self.are_most_found() && self.equal > 1 && self.equal * 2 >= self.found
    }
}

fn amount(cell: &Spanned<Cell>) -> Option<Decimal> {
    match cell.value {
        Cell::Amount(amount) => Some(amount),
        Cell::None => None,
    }
}

fn number(figure: &Figure) -> Spanned<Decimal> {
    Spanned { value: figure.value.value, span: figure.value.span }
}

/// What is printed as the totals of offices and results.
fn printed_by_id(draft: &Draft) -> HashMap<&Id, Spanned<Decimal>> {
    let blocks = draft.declared.iter().filter(|block| block.of.is_none());
    let entries = blocks.flat_map(|block| block.offices.0.iter().chain(&block.results.0));
    entries.map(|(id, figure)| (&id.value, number(figure))).collect()
}

/// The printed total of all. Of a table of one column it is that of its only office, or of its only result.
fn printed(draft: &Draft) -> Option<Spanned<Decimal>> {
    let block = draft.declared.iter().find(|block| block.of.is_none()).or(draft.declared.last())?;
    let only =
        |entries: &Entries<Figure>, count: usize| entries.0.first().filter(|_| count == 1).map(|(_, figure)| number(figure));
    let by_office = || only(&block.offices, draft.offices.len());
    block.total.as_ref().map(number).or_else(by_office).or_else(|| only(&block.results, draft.heads.len()))
}
