//! What a plan says about itself: how long it runs, where it comes from, how its figures are printed, what it excepts.

use std::fmt;

use logframe::Date;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use serde::Serialize;

use crate::decimal::{Exact, date};
use crate::items::{hash_of, texts};
use crate::shared::{Trail, noun};

/// How long a plan runs: a number of months, or its first and last day, or both.
///
/// >>> plan.duration
/// <Duration 24 months>
/// >>> plan.duration.months, plan.duration.first_day
/// (24, None)
#[pyclass(frozen, eq, module = "logframe")]
pub struct Duration {
    noun: logframe::Duration,
    trail: Trail,
}

noun!(Duration(logframe::Duration));

#[pymethods]
impl Duration {
    /// Its length in months, where the document gives a length.
    #[getter]
    fn months(&self) -> Option<u32> {
        self.noun.months
    }

    /// Its first day, where the document gives one.
    #[getter]
    fn first_day<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.noun.from.map(|day| date(py, *day)).transpose()
    }

    /// Its last day, which still belongs to it, where the document gives one.
    #[getter]
    fn last_day<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.noun.to.map(|day| date(py, *day)).transpose()
    }

    fn __hash__(&self) -> u64 {
        let day = |day: Option<logframe::Spanned<Date>>| day.map(|day| *day);
        hash_of((self.noun.months, day(self.noun.from), day(self.noun.to)))
    }

    fn __repr__(&self) -> String {
        format!("<Duration {}>", self.noun)
    }
}

/// The document that a plan was taken from.
///
/// >>> plan.document.publisher, plan.document.year
/// ('International Organization for Migration (IOM)', 2018)
#[pyclass(frozen, eq, module = "logframe")]
pub struct Document {
    noun: logframe::Document,
    trail: Trail,
}

noun!(Document(logframe::Document));

#[pymethods]
impl Document {
    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    /// Who published it.
    #[getter]
    fn publisher(&self) -> Option<&str> {
        self.noun.publisher.as_deref()
    }

    /// In what year.
    #[getter]
    fn year(&self) -> Option<u16> {
        self.noun.year
    }

    /// Where it can be found.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.noun.url.as_deref()
    }

    /// A remark about it.
    #[getter]
    fn note(&self) -> Option<&str> {
        self.noun.note.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.title, &self.noun.publisher, self.noun.year))
    }

    fn __repr__(&self) -> String {
        format!("<Document {}>", self.noun.title)
    }
}

/// A framework that a plan is aligned with.
///
/// >>> plan.frameworks[0].name, plan.frameworks[0].objectives
/// ('IOM Migration Governance Framework', ('2', '3'))
#[pyclass(frozen, eq, module = "logframe")]
pub struct Framework {
    noun: logframe::Framework,
    trail: Trail,
}

noun!(Framework(logframe::Framework));

#[pymethods]
impl Framework {
    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.noun.name
    }

    /// Those of its objectives that the plan names, by their numbers.
    #[getter]
    fn objectives<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.noun.objectives)
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.name, &self.noun.objectives))
    }

    fn __repr__(&self) -> String {
        format!("<Framework {}>", self.noun.name)
    }
}

/// How a document prints its figures: the only source of what rounding allows.
///
/// >>> printed = plan.printed
/// >>> printed.unit, printed.rounding, printed.thousands, printed.decimal
/// (Decimal('1'), 'nearest', '.', ',')
#[pyclass(frozen, eq, module = "logframe")]
pub struct Printed {
    noun: logframe::Printed,
    trail: Trail,
}

noun!(Printed(logframe::Printed));

#[pymethods]
impl Printed {
    /// The unit that figures were rounded to: 1 for whole dollars, 1000 for thousands; `None` where they are exact.
    #[getter]
    fn unit(&self) -> Option<Exact> {
        self.noun.unit.map(|unit| Exact(*unit))
    }

    /// How they were rounded to it, in the word of the plan file: `"nearest"`, `"half-even"`, …
    #[getter]
    fn rounding(&self) -> Option<String> {
        self.noun.rounding.map(|rule| word(rule.value))
    }

    /// What a printed `-` stands for: `"zero"`, `"rounds-to-zero"` or `"unknown"`.
    #[getter]
    fn none(&self) -> Option<String> {
        self.noun.none.map(word)
    }

    /// What stands between groups of three digits.
    #[getter]
    fn thousands(&self) -> Option<&str> {
        self.noun.thousands.as_deref()
    }

    /// What stands before the decimals.
    #[getter]
    fn decimal(&self) -> Option<&str> {
        self.noun.decimal.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((
            self.noun.unit.map(|unit| *unit),
            self.noun.rounding.map(|rule| rule.value),
            self.noun.none,
            &self.noun.thousands,
            &self.noun.decimal,
        ))
    }

    fn __repr__(&self) -> String {
        let unit = self.noun.unit.map_or_else(|| "exactly".to_owned(), |unit| format!("to units of {}", *unit));
        let rounding = self.rounding().map(|rule| format!(", {rule}")).unwrap_or_default();
        format!("<Printed {unit}{rounding}>")
    }
}

/// A rule that a plan weighs otherwise, with its reason: an `[[exception]]` of the plan file. It is nothing to raise or catch.
///
/// >>> excepting = logframe.loads('''
/// ... format = 1
/// ... plan = { id = "tiny", title = "Tiny", currency = "USD" }
/// ... [[exception]]
/// ... rule = "declared-total"
/// ... severity = "note"
/// ... reason = "a misprint that the publisher has confirmed"
/// ... ''')
/// >>> excepting.exceptions[0]
/// <RuleException declared-total: note>
/// >>> excepting.exceptions[0].reason
/// 'a misprint that the publisher has confirmed'
#[pyclass(frozen, eq, module = "logframe")]
pub struct RuleException {
    noun: logframe::Exception,
    trail: Trail,
}

noun!(RuleException(logframe::Exception));

#[pymethods]
impl RuleException {
    /// Name of the rule.
    #[getter]
    fn rule(&self) -> &str {
        &self.noun.rule
    }

    /// What its findings weigh in this plan: `"off"`, `"note"`, `"warning"` or `"error"`.
    #[getter]
    fn severity(&self) -> String {
        word(self.noun.severity)
    }

    /// Why.
    #[getter]
    fn reason(&self) -> &str {
        &self.noun.reason
    }

    /// Id of the thing whose findings it is about; `None` for all findings of the rule.
    #[getter]
    fn of(&self) -> Option<&str> {
        self.noun.of.as_ref().map(|id| id.as_str())
    }

    fn __hash__(&self) -> u64 {
        hash_of((&*self.noun.rule, self.severity(), &self.noun.reason))
    }

    fn __repr__(&self) -> String {
        let of = self.of().map(|id| format!(" of {id}")).unwrap_or_default();
        format!("<RuleException {}{of}: {}>", *self.noun.rule, self.severity())
    }
}

/// What serde calls a thing: its word in the plan file.
fn word(thing: impl Serialize) -> String {
    struct Word<T>(T);
    impl<T: Serialize> fmt::Display for Word<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }
    Word(thing).to_string()
}
