//! A plan that is put together from tables.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use logframe::{
    Allocation, Cell, Declared, Diagnostic, Draft, Entries, Figure, Head, Id, Office, Scope, Severity, Span, Spanned,
};

use super::named::{Named, title};
use super::subtotals::Subtotal;

/// What has been read so far.
#[derive(Debug, Default)]
pub struct Work {
    pub draft: Draft,
    pub findings: Vec<Diagnostic>,
    /// Subtotals of which it is seen at the end whether the plan has a place for them.
    pub subtotals: Vec<Subtotal>,
    /// How many there are of each kind, those that are left out included.
    kinds: BTreeMap<(&'static str, Severity), usize>,
    offices: Named,
    results: Named,
    cells: HashSet<(Id, Id)>,
    /// Texts that several lines can have in common.
    texts: HashSet<Arc<str>>,
    categories: HashMap<&'static str, Id>,
    /// What sections and cost categories are called in the file, each with a line that it is of, by its position; only where sheets are
    /// compared with each other.
    pub sections: Option<Vec<(String, usize)>>,
}

/// Findings of one kind that are kept, at most: notes never take the place of errors.
const MOST: usize = 200;

impl Work {
    /// That of a sheet which is compared with others.
    pub fn compared() -> Self {
        Self { sections: Some(Vec::new()), ..Self::default() }
    }

    pub fn find(&mut self, severity: Severity, rule: &'static str, span: Option<Span>, message: impl Into<String>, help: &str) {
        let thing = if span.is_some() { "the cell" } else { "the file" };
        self.add(Diagnostic::new(rule, severity, message).at(span, thing, "").help(help));
    }

    pub fn add(&mut self, finding: Diagnostic) {
        let count = self.kinds.entry((finding.rule, finding.severity)).or_default();
        *count += 1;
        if *count <= MOST {
            self.findings.push(finding);
        } else if *count == MOST + 1 {
            let message = format!("there are more than {MOST} findings of this kind; the others are left out");
            let more = Diagnostic::new(finding.rule, Severity::Note, message).at(None, "the file", "");
            self.findings.push(more.help("mend these, and the others are told"));
        }
    }

    /// A text that other lines can have, too: kept once.
    pub fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&text));
        text
    }

    /// A cost category by its id.
    pub fn category(&mut self, id: &'static str) -> Spanned<Id> {
        self.categories.entry(id).or_insert_with(|| id.parse().unwrap_or_default()).clone().into()
    }

    /// The office of a name; where it stands first is where it comes from.
    pub fn office(&mut self, name: &str, span: Option<Span>, source: Option<&str>) -> Spanned<Id> {
        let (id, is_new) = self.offices.id(name);
        if is_new {
            let mut office = Office::new("_", name.trim());
            office.id = Spanned { value: id.clone(), span };
            office.source = source.map(str::to_owned);
            self.draft.offices.push(office);
        }
        Spanned { value: id, span }
    }

    /// The budget head of a name: a table of a budget does not say which results there are below it.
    pub fn result(&mut self, name: &str, span: Option<Span>) -> Spanned<Id> {
        let (id, is_new) = self.results.id(name);
        let spanned = Spanned { value: id, span };
        if is_new {
            let mut head = Head::new("_", title(name));
            head.id = spanned.clone();
            self.draft.heads.push(head);
        }
        spanned
    }

    /// The office of a name, where there is one.
    pub fn known_office(&self, name: &str) -> Option<Spanned<Id>> {
        self.offices.known(name).map(Spanned::from)
    }

    /// The budget head of a name or a title, where there is one.
    pub fn known_result(&self, name: &str) -> Option<Spanned<Id>> {
        let titled = || self.draft.heads.iter().find(|head| head.title.eq_ignore_ascii_case(title(name)));
        self.results.known(name).map(Spanned::from).or_else(|| titled().map(|head| Spanned::from(head.id.value.clone())))
    }

    /// The amount of an office for a result; one that is there already is said.
    pub fn amount(&mut self, office: &Spanned<Id>, result: &Spanned<Id>, cell: Cell, span: Option<Span>) {
        if !self.cells.insert((office.value.clone(), result.value.clone())) {
            let message = format!("there are two amounts of {} for {}", office.value, result.value);
            return self.find(
                Severity::Error,
                "duplicate-id",
                span,
                message,
                "leave one of the two out, or give one of them another name",
            );
        }
        let mut allocation = Allocation::of(office.value.clone(), result.value.clone(), cell);
        (allocation.office.span, allocation.result.span, allocation.cell.span) = (office.span, result.span, span);
        self.draft.allocations.push(allocation);
    }
}

/// A printed figure.
pub fn figure(number: Spanned<logframe::Decimal>) -> Figure {
    let mut figure = Figure::from(number.value);
    figure.value.span = number.span;
    figure
}

/// A block of printed figures that is filled one after the other.
pub fn declared(place: &str, offices: Option<Vec<Spanned<Id>>>) -> Declared {
    let mut declared = Declared::new(place);
    declared.of = offices.map(|offices| Scope { offices: Some(offices), ..Scope::default() });
    declared
}

/// Adds to a map of printed figures.
pub fn add(entries: &mut Entries<Figure>, id: &Spanned<Id>, number: Spanned<logframe::Decimal>) {
    entries.0.push((Spanned { value: id.value.clone(), span: number.span }, figure(number)));
}
