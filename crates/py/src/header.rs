//! What a plan says about itself: how long it runs, where it comes from, how its figures are printed, what it excepts.

use std::fmt;

use logframe::Date;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use serde::Serialize;

use crate::decimal::{Exact, date};
use crate::items::{hash_of, texts};

/// How long a plan runs: a number of months, or its first and last day, or both.
///
/// >>> plan.duration
/// <Duration 24 months>
/// >>> plan.duration.months, plan.duration.first_day
/// (24, None)
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Duration(pub logframe::Duration);

#[pymethods]
impl Duration {
    /// Its length in months, where the document gives a length.
    #[getter]
    fn months(&self) -> Option<u32> {
        self.0.months
    }

    /// Its first day, where the document gives one.
    #[getter]
    fn first_day<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.from.map(|day| date(py, *day)).transpose()
    }

    /// Its last day, which still belongs to it, where the document gives one.
    #[getter]
    fn last_day<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.to.map(|day| date(py, *day)).transpose()
    }

    fn __hash__(&self) -> u64 {
        let day = |day: Option<logframe::Spanned<Date>>| day.map(|day| *day);
        hash_of((self.0.months, day(self.0.from), day(self.0.to)))
    }

    fn __repr__(&self) -> String {
        format!("<Duration {}>", self.0)
    }
}

/// The document that a plan was taken from.
///
/// >>> plan.document.publisher, plan.document.year
/// ('International Organization for Migration (IOM)', 2018)
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Document(pub logframe::Document);

#[pymethods]
impl Document {
    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// Who published it.
    #[getter]
    fn publisher(&self) -> Option<&str> {
        self.0.publisher.as_deref()
    }

    /// In what year.
    #[getter]
    fn year(&self) -> Option<u16> {
        self.0.year
    }

    /// Where it can be found.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// A remark about it.
    #[getter]
    fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.0.title, &self.0.publisher, self.0.year))
    }

    fn __repr__(&self) -> String {
        format!("<Document {}>", self.0.title)
    }
}

/// A framework that a plan is aligned with.
///
/// >>> plan.frameworks[0].name, plan.frameworks[0].objectives
/// ('IOM Migration Governance Framework', ('2', '3'))
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Framework(pub logframe::Framework);

#[pymethods]
impl Framework {
    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Those of its objectives that the plan names, by their numbers.
    #[getter]
    fn objectives<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        texts(py, &self.0.objectives)
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.0.name, &self.0.objectives))
    }

    fn __repr__(&self) -> String {
        format!("<Framework {}>", self.0.name)
    }
}

/// How a document prints its figures: the only source of what rounding allows.
///
/// >>> printed = plan.printed
/// >>> printed.unit, printed.rounding, printed.thousands, printed.decimal
/// (Decimal('1'), 'nearest', '.', ',')
#[pyclass(frozen, eq, module = "logframe")]
#[derive(PartialEq, Eq)]
pub struct Printed(pub logframe::Printed);

#[pymethods]
impl Printed {
    /// The unit that figures were rounded to: 1 for whole dollars, 1000 for thousands; `None` where they are exact.
    #[getter]
    fn unit(&self) -> Option<Exact> {
        self.0.unit.map(|unit| Exact(*unit))
    }

    /// How they were rounded to it, in the word of the plan file: `"nearest"`, `"half-even"`, …
    #[getter]
    fn rounding(&self) -> Option<String> {
        self.0.rounding.map(|rule| word(rule.value))
    }

    /// What a printed `-` stands for: `"zero"`, `"rounds-to-zero"` or `"unknown"`.
    #[getter]
    fn none(&self) -> Option<String> {
        self.0.none.map(word)
    }

    /// What stands between groups of three digits.
    #[getter]
    fn thousands(&self) -> Option<&str> {
        self.0.thousands.as_deref()
    }

    /// What stands before the decimals.
    #[getter]
    fn decimal(&self) -> Option<&str> {
        self.0.decimal.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((
            self.0.unit.map(|unit| *unit),
            self.0.rounding.map(|rule| rule.value),
            self.0.none,
            &self.0.thousands,
            &self.0.decimal,
        ))
    }

    fn __repr__(&self) -> String {
        let unit = self.0.unit.map_or_else(|| "exactly".to_owned(), |unit| format!("to units of {}", *unit));
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
#[derive(PartialEq, Eq)]
pub struct RuleException(pub logframe::Exception);

#[pymethods]
impl RuleException {
    /// Name of the rule.
    #[getter]
    fn rule(&self) -> &str {
        &self.0.rule
    }

    /// What its findings weigh in this plan: `"off"`, `"note"`, `"warning"` or `"error"`.
    #[getter]
    fn severity(&self) -> String {
        word(self.0.severity)
    }

    /// Why.
    #[getter]
    fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Id of the thing whose findings it is about; `None` for all findings of the rule.
    #[getter]
    fn of(&self) -> Option<&str> {
        self.0.of.as_ref().map(|id| id.as_str())
    }

    fn __hash__(&self) -> u64 {
        hash_of((&*self.0.rule, self.severity(), &self.0.reason))
    }

    fn __repr__(&self) -> String {
        let of = self.of().map(|id| format!(" of {id}")).unwrap_or_default();
        format!("<RuleException {}{of}: {}>", *self.0.rule, self.severity())
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
