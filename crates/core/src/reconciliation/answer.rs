//! What is found out about printed figures: the verdict with its proof, what explains contradictions, and what can be asked further.

use super::{InPrint, Subject, plan};
use crate::crossfoot::{
    Agreement, Contradiction, Explanation, Explanations, Figure, Footing, Interval, Outcome, Reason, Rounding, Sum, System,
    Unlikely, Verdict,
};
use crate::decimal::Decimal;
use crate::diagnostic::Diagnostic;
use crate::plan::Plan;

/// Contradictions that are explained, at most: whoever has made more mistakes begins with these.
const MOST_EXPLAINED: usize = 20;

/// Printed figures reconciled.
///
/// ```
/// use logframe::{Plan, Source, crossfoot::Verdict};
/// let text = r#"
///     format = 1
///     [plan]
///     id = "demo"
///     title = "A demonstration"
///     currency = "USD"
///     printed = { unit = 1, rounding = "half-up" }
///     [[head]]
///     id = "field"
///     title = "Field work"
///     [[head]]
///     id = "desk"
///     title = "Desk work"
///     [[office]]
///     id = "north"
///     name = "North"
///     [budget]
///     north = { field = 120, desk = 235 }
///     [[declared]]
///     where = "table"
///     total = 354
/// "#;
/// let plan = Plan::parse(&Source::new("demo.toml", text)).plan.unwrap();
/// let reconciliation = plan.reconcile();
/// assert_eq!(reconciliation.outcome.verdict, Verdict::Consistent);
/// assert_eq!(reconciliation.range("total").unwrap().amounts.unwrap().to_string(), "[354, 356)");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reconciliation {
    /// The figures with their names and places.
    pub subject: Subject,
    /// The verdict and its proof.
    pub outcome: Outcome,
    /// What explains the contradictions, each with those that it explains.
    pub causes: Vec<Cause>,
    /// Sums that are possible, and hardly ever so.
    pub unlikely: Vec<Unlikely>,
    /// Every rounding rule, with the verdict if all figures had been rounded by it. There are none where nothing is said to be
    /// rounded, and where figures contradict each other under the rule that is declared: then no other is tried.
    pub rules: Vec<(Rounding, Verdict)>,
    /// Figures that were found wrong while they were read, as [`with_errors`](Reconciliation::with_errors) was told.
    pub errors: Vec<Diagnostic>,
}

/// What explains some contradictions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// The contradictions, as positions in [`Outcome::contradictions`].
    pub contradictions: Vec<usize>,
    /// What explains them.
    pub explanations: Explanations,
}

/// One sum at face value and as its figures are rounded.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SumLine {
    /// Which sum, by position.
    pub sum: usize,
    /// The printed total.
    pub declared: Option<Decimal>,
    /// The parts as they are printed, added up; `None` where one is not printed.
    pub computed: Option<Decimal>,
    /// `declared - computed`.
    pub difference: Option<Decimal>,
    /// What the parts together can stand for; `None` where that has too many digits.
    pub parts: Option<Interval>,
    /// What the total can stand for.
    pub total: Interval,
    /// How it stands, taken alone; `None` where a figure is not printed.
    pub agreement: Option<Agreement>,
}

/// What an amount can be as far as all other figures allow, where all statements of it are disregarded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Range {
    /// The statements of it, by position.
    pub figures: Vec<usize>,
    /// The amounts it can have; `None` where there is none, because the other figures contradict each other.
    pub amounts: Option<Interval>,
    /// The least and the greatest number that could be printed for it.
    pub printed: Option<(Decimal, Decimal)>,
    /// Why it could not be decided.
    pub reason: Option<Reason>,
}

impl Plan {
    /// Whether one unrounded budget can stand behind every figure that the plan's document prints.
    pub fn reconcile(&self) -> Reconciliation {
        let (subject, refusal) = plan::of(self);
        match refusal {
            Some(reason) => Reconciliation::undecided(subject, reason),
            None if self.index().has_unplaced() => Reconciliation::undecided(subject, Reason::Unplaced),
            None => Reconciliation::of(subject),
        }
    }
}

impl Subject {
    /// Whether unrounded amounts can stand behind all of its figures at once.
    pub fn reconcile(self) -> Reconciliation {
        Reconciliation::of(self)
    }
}

impl Reconciliation {
    fn undecided(subject: Subject, reason: Reason) -> Self {
        let outcome = Outcome { verdict: Verdict::Undecided, witness: None, contradictions: Vec::new(), reason: Some(reason) };
        Self { subject, outcome, causes: Vec::new(), unlikely: Vec::new(), rules: Vec::new(), errors: Vec::new() }
    }

    fn of(subject: Subject) -> Self {
        if subject.system.sums().is_empty() && subject.system.shares().is_empty() {
            return Self::undecided(subject, Reason::NothingToHold);
        }
        let found = Self::of_declared_rule(subject);
        let tries_others = found.outcome.verdict.is_possible() || !found.subject.is_rule_declared;
        let rules = if tries_others && found.is_rounded() { found.subject.system.rules() } else { Vec::new() };
        Self { rules, ..found }
    }

    /// Whether any figure is said to be rounded.
    pub fn is_rounded(&self) -> bool {
        self.subject.system.figures().iter().any(|figure| figure.unit().is_some())
    }

    /// Without asking what other rounding rules would do.
    pub(crate) fn of_declared_rule(subject: Subject) -> Self {
        let outcome = subject.system.reconcile();
        let causes = causes(&subject.system, &outcome.contradictions);
        let unlikely = if outcome.verdict.is_possible() { subject.system.unlikely() } else { Vec::new() };
        Self { subject, outcome, causes, unlikely, rules: Vec::new(), errors: Vec::new() }
    }

    /// Each sum with what is printed, what its parts make, and how it stands alone.
    pub fn sums(&self) -> Vec<SumLine> {
        (0..self.subject.sums.len()).filter_map(|sum| SumLine::of(&self.subject.system, sum)).collect()
    }

    /// How many amounts and how many shares are printed. A printed none is not counted.
    pub fn counts(&self) -> (usize, usize) {
        let figures = self.subject.system.figures().iter().zip(&self.subject.figures);
        let printed = figures.filter(|(figure, named)| figure.number().is_some() && named.in_print == InPrint::Number);
        let (of_shares, amounts): (Vec<_>, Vec<_>) = printed.partition(|(_, named)| named.is_share());
        (amounts.len(), of_shares.len())
    }

    /// The figures that ids name, with every other statement of the same amount: `office=ecuador`, `result=1`,
    /// `office=ecuador,result=1`, `total`; in a table `row=Ecuador,column=Data`, and `row=Ecuador`, `column=Data` and `total` for
    /// totals.
    pub fn named(&self, ids: &str) -> Vec<usize> {
        let wanted: Vec<&str> = ids.split(',').map(str::trim).collect();
        let is_meant = |own: &[String]| {
            let is_same = own.len() == wanted.len() && wanted.iter().all(|id| own.iter().any(|own| own == id));
            !own.is_empty() && (is_same || own.join(",") == ids.trim())
        };
        let figures = self.subject.figures.iter().enumerate();
        let meant = figures.filter(|(_, named)| is_meant(&named.ids)).map(|(i, _)| i);
        let meant: Vec<usize> = meant.collect();
        let total = self.subject.layout.as_ref().filter(|_| meant.is_empty()).and_then(|layout| layout.total(ids.trim()));
        self.with_repeats(meant.into_iter().chain(total).collect())
    }

    /// Some figures with all that state the same amount again.
    pub(crate) fn with_repeats(&self, figures: Vec<usize>) -> Vec<usize> {
        let mut all = figures;
        let pairs = self.subject.system.sums().iter().filter_map(|sum| Some((self.only_part(sum)?, sum.total)));
        let pairs: Vec<(usize, usize)> = pairs.collect();
        loop {
            let has = |figure: &usize| all.contains(figure);
            let joined = pairs.iter().filter(|(a, b)| has(a) != has(b));
            let new: Vec<usize> = joined.map(|(a, b)| if has(a) { *b } else { *a }).collect();
            if new.is_empty() {
                break;
            }
            all.extend(new);
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The part that is the whole of a sum, zeros left aside.
    pub(super) fn only_part(&self, sum: &Sum) -> Option<usize> {
        let is_zero = |figure: &Figure| figure.amounts() == Interval::exactly(Decimal::ZERO);
        let counts = |part: &&usize| !self.subject.system.figures().get(**part).is_some_and(is_zero);
        let mut parts = sum.parts.iter().filter(counts);
        let only = parts.next().filter(|_| sum.less.is_empty())?;
        parts.next().is_none().then_some(*only)
    }

    /// What the amount that ids name can be, as [`Reconciliation::named`] reads them; `None` where they name nothing.
    pub fn range(&self, ids: &str) -> Option<Range> {
        let figures = self.named(ids);
        let first = self.subject.system.figures().get(*figures.first()?)?;
        let (amounts, reason) = match self.subject.system.range(&figures) {
            Ok(amounts) => (amounts.map(normalized), None),
            Err(reason) => (None, Some(reason)),
        };
        let printed = amounts.and_then(|amounts| admissible(first, amounts));
        Some(Range { figures, amounts, printed, reason })
    }

    /// The rules that the figures can have been rounded by.
    pub fn compatible(&self) -> Vec<Rounding> {
        self.rules.iter().filter(|(_, verdict)| verdict.is_possible()).map(|(rule, _)| *rule).collect()
    }

    /// The rules that the figures refute.
    pub fn refuted(&self) -> Vec<Rounding> {
        self.rules.iter().filter(|(_, verdict)| *verdict == Verdict::Inconsistent).map(|(rule, _)| *rule).collect()
    }
}

impl SumLine {
    /// The least and the greatest difference that rounding alone explains; `None` where a figure is not printed, or its amount
    /// has no limit.
    pub fn slack(&self) -> Option<(Decimal, Decimal)> {
        let (declared, computed) = (self.declared?, self.computed?);
        let (parts, total) = (self.parts?, self.total);
        let least = declared.exact_sub(total.high?.value)?.exact_add(parts.low?.value.exact_sub(computed)?)?;
        let most = declared.exact_sub(total.low?.value)?.exact_add(parts.high?.value.exact_sub(computed)?)?;
        Some((least.normalized(), most.normalized()))
    }

    /// A sum of a system, taken alone.
    pub(super) fn of(system: &System, at: usize) -> Option<Self> {
        let sum = system.sums().get(at)?;
        let total = system.figures().get(sum.total)?;
        let face = |figure: usize| system.figures().get(figure).and_then(Figure::number);
        let numbers: Option<Vec<Decimal>> =
            sum.terms().map(|(figure, sign)| face(figure).map(|number| if sign < 0 { -number } else { number })).collect();
        let residual = numbers.and_then(Decimal::exact_sum);
        let declared = total.number();
        let computed = declared.zip(residual).and_then(|(declared, residual)| declared.exact_add(residual));
        let difference = declared.zip(computed).and_then(|(declared, computed)| declared.exact_sub(computed));
        let (parts, own) = if sum.is_of_printed {
            (computed.map(Interval::exactly), declared.map_or(Interval::ALL, Interval::exactly))
        } else {
            (amounts(system, sum), total.amounts())
        };
        let footing = computed.zip(parts).map(|(value, amounts)| Footing { value, amounts, terms: sum.parts.len() });
        let agreement = footing.zip(declared).map(|(footing, declared)| footing.verdict(declared, own));
        Some(Self { sum: at, declared, computed, difference, parts, total: own, agreement })
    }
}

/// What the parts of a sum can stand for.
fn amounts(system: &System, sum: &Sum) -> Option<Interval> {
    let amounts = |figure: &usize| Some(system.figures().get(*figure)?.amounts());
    let parts = sum.parts.iter().try_fold(Interval::exactly(Decimal::ZERO), |sum, part| sum.plus(amounts(part)?))?;
    sum.less.iter().try_fold(parts, |sum, part| sum.plus(amounts(part)?.negated()))
}

/// Each contradiction with what explains it; those that have one explanation together.
fn causes(system: &System, contradictions: &[Contradiction]) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for (i, contradiction) in contradictions.iter().enumerate().take(MOST_EXPLAINED) {
        if let Some(cause) = causes.iter_mut().find(|cause| cause.is_of(contradiction)) {
            cause.contradictions.push(i);
            continue;
        }
        let explanations = system.explanations(contradiction);
        match causes.iter_mut().find(|cause| cause.explanations == explanations) {
            Some(cause) => cause.contradictions.push(i),
            None => causes.push(Cause { contradictions: vec![i], explanations }),
        }
    }
    causes
}

impl Cause {
    /// Whether it explains a further contradiction: an explanation reconciles all that has to do with it, so the figures it
    /// corrects stand in every contradiction there.
    fn is_of(&self, contradiction: &Contradiction) -> bool {
        let figures = contradiction.figures();
        let stands_in = |explanation: &Explanation| {
            explanation.corrections.iter().any(|correction| figures.binary_search(&correction.figure).is_ok())
        };
        let ranked = &self.explanations.ranked;
        !ranked.is_empty() && ranked.iter().all(stands_in)
    }
}

fn normalized(interval: Interval) -> Interval {
    interval.map_values(Decimal::normalized)
}

/// The least and the greatest number that a figure could print if its amount were one of `amounts`.
pub(super) fn admissible(figure: &Figure, amounts: Interval) -> Option<(Decimal, Decimal)> {
    let (low, high, unit) = (amounts.low?.value, amounts.high?.value, figure.unit()?);
    let near = |value: Decimal| {
        let below = value.floor_to(unit)?;
        let steps = (-2..=2).map(|n: i64| below.exact_add(unit.exact_mul(n.into())?));
        steps.collect::<Option<Vec<_>>>()
    };
    let is_possible = |number: &Decimal| figure.with_number(*number).is_some_and(|other| other.amounts().meets(amounts));
    let (least, greatest) = (near(low)?.into_iter().find(is_possible)?, near(high)?.into_iter().rev().find(is_possible)?);
    Some((least.normalized(), greatest.normalized()))
}
