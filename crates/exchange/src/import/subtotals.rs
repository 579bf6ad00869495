//! Subtotals that a list prints, kept as statements of the plan where it has a word for what they are of: an office, or a result.

use std::collections::{HashMap, HashSet};

use logframe::{Decimal, Declared, Diagnostic, Draft, Id, Spanned};

use super::work::{Work, add, declared};

/// What the lines of a list are for, in their order: the office and the result of each.
#[derive(Debug, Default)]
pub struct Entries {
    count: usize,
    /// Neighbours mostly are for the same.
    runs: Vec<Run>,
}

/// Entries one after the other that are for the same.
#[derive(Debug)]
struct Run {
    /// The first of them.
    from: usize,
    office: Id,
    result: Id,
    /// Since which entry the office, and the result, is theirs.
    since: (usize, usize),
}

impl Entries {
    pub fn len(&self) -> usize {
        self.count
    }

    /// Adds the line or the allocation that came last.
    pub fn add(&mut self, office: &Id, result: &Id) {
        let from = self.count;
        self.count += 1;
        let since = self.runs.last().map_or((from, from), |last| {
            let (by_office, by_result) = last.since;
            (if last.office == *office { by_office } else { from }, if last.result == *result { by_result } else { from })
        });
        if since.0 == from || since.1 == from {
            self.runs.push(Run { from, office: office.clone(), result: result.clone(), since });
        }
    }

    /// What the entries from one to another are all for.
    pub fn gathered(&self, from: usize, to: usize) -> Gathered {
        let last = to.checked_sub(1).filter(|_| from < to);
        let run = last.and_then(|last| self.runs.partition_point(|run| run.from <= last).checked_sub(1));
        let Some(Run { office, result, since, .. }) = run.and_then(|at| self.runs.get(at)) else { return Gathered::default() };
        let office = (since.0 <= from).then(|| office.clone());
        let result = (since.1 <= from).then(|| result.clone());
        Gathered { office, result, count: to - from }
    }
}

/// What a subtotal is of.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The office of all of it, where it is one.
    office: Option<Id>,
    /// The result of all of it, where it is one.
    result: Option<Id>,
    /// How many lines it is of.
    count: usize,
}

/// A printed subtotal.
#[derive(Debug)]
pub struct Subtotal {
    pub place: String,
    pub printed: Spanned<Decimal>,
    pub gathered: Gathered,
    /// What is said where a plan has no place for it: that it is not what its lines come to.
    pub finding: Option<Diagnostic>,
}

/// How many lines and allocations there are of an office, of a result, of both.
struct Counts(HashMap<(Option<Id>, Option<Id>), usize>);

impl Counts {
    fn of(draft: &Draft) -> Self {
        let lines = draft.lines.iter().map(|line| (&line.office.value, &line.result.value));
        let cells = draft.allocations.iter().map(|cell| (&cell.office.value, &cell.result.value));
        let mut counts = HashMap::new();
        for (office, result) in lines.chain(cells) {
            for key in [(Some(office), Some(result)), (Some(office), None), (None, Some(result))] {
                *counts.entry((key.0.cloned(), key.1.cloned())).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// Whether a subtotal is of all that there is of an office, or of a result, or of both.
    fn is_all(&self, office: Option<&Id>, result: Option<&Id>, gathered: &Gathered) -> bool {
        self.0.get(&(office.cloned(), result.cloned())) == Some(&gathered.count)
    }
}

/// Keeps the subtotals that are of an office or of a result, and of all that the plan has of it. What is said of the others stays.
pub fn declare(work: &mut Work) {
    let subtotals = std::mem::take(&mut work.subtotals);
    if subtotals.is_empty() {
        return;
    }
    let counts = Counts::of(&work.draft);
    let mut blocks = Blocks::of(&work.draft);
    for Subtotal { place, printed, gathered, finding } in subtotals {
        let (office, result) = (gathered.office.as_ref(), gathered.result.as_ref());
        let is_all = |office, result| counts.is_all(office, result, &gathered);
        let id = |id: &Id| Spanned { value: id.clone(), span: printed.span };
        match (office, result) {
            (_, Some(one)) if is_all(office, result) => {
                // Where no other office has it, it is that of all.
                let office = office.filter(|_| !is_all(None, result));
                if let Some(block) = blocks.block(&mut work.draft, &place, office, one) {
                    add(&mut block.results, &id(one), printed);
                }
            }
            (Some(one), _) if is_all(office, None) => {
                if let Some(block) = blocks.block(&mut work.draft, &place, None, one) {
                    add(&mut block.offices, &id(one), printed);
                }
            }
            _ => finding.into_iter().for_each(|finding| work.add(finding)),
        }
    }
}

/// The blocks of printed figures, by their place and the office that they are about; and what they already say.
#[derive(Default)]
struct Blocks {
    at: HashMap<(String, Option<Id>), usize>,
    said: HashSet<(usize, Id)>,
}

impl Blocks {
    fn of(draft: &Draft) -> Self {
        let mut blocks = Self::default();
        for (at, block) in draft.declared.iter().enumerate() {
            let offices = block.of.as_ref().and_then(|scope| scope.offices.as_deref());
            let office = match offices {
                None => None,
                Some([one]) => Some(one.value.clone()),
                Some(_) => continue,
            };
            blocks.at.insert((block.place.clone(), office), at);
            blocks.said.extend(block.results.iter().chain(&block.offices).map(|(id, _)| (at, id.value.clone())));
        }
        blocks
    }

    /// The block of a place for what is about an office, or about all, in which nothing is said of a thing yet.
    fn block<'d>(&mut self, draft: &'d mut Draft, place: &str, office: Option<&Id>, thing: &Id) -> Option<&'d mut Declared> {
        let key = (place.to_owned(), office.cloned());
        let known = self.at.get(&key).copied().filter(|at| !self.said.contains(&(*at, thing.clone())));
        let at = known.unwrap_or_else(|| {
            draft.declared.push(declared(place, office.map(|office| vec![Spanned::from(office.clone())])));
            draft.declared.len() - 1
        });
        self.at.insert(key, at);
        self.said.insert((at, thing.clone()));
        draft.declared.get_mut(at)
    }
}
