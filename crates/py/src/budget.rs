//! What a budget is made of and who pays for it: lines, categories, rates, donors.

use logframe::{BuiltLine, Lines, NumberStyle};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::decimal::{Exact, date};
use crate::items::{hash_of, ids};
use crate::shared::{Trail, noun};

/// A budget line with what it comes to.
#[derive(Clone, PartialEq, Eq)]
pub struct Costed {
    pub line: logframe::Line,
    pub built: BuiltLine,
    pub how: Lines,
}

/// A line of the budget: quantity x unit cost x duration x share charged, or a percentage of other lines, or a typed amount.
///
/// >>> proposal = logframe.load("plans/proposal-example.toml")
/// >>> line = proposal.lines["peru-coordinator-1"]
/// >>> line.unit_cost, line.duration, line.share
/// (Decimal('2850.00'), Decimal('24'), Decimal('30'))
/// >>> line.amount
/// Decimal('20520.00')
#[pyclass(frozen, eq, module = "logframe")]
pub struct Line {
    noun: Costed,
    trail: Trail,
}

noun!(Line(Costed));

/// Getters of texts and ids that may be lacking.
macro_rules! texts {
    ($kind:ident, $($(#[doc = $doc:literal])* $name:ident: $of:expr;)*) => {
        #[pymethods]
        impl $kind {
            $($(#[doc = $doc])* #[getter] fn $name(&self) -> Option<&str> { let of: fn(&Self) -> Option<&str> = $of; of(self) })*
        }
    };
}

/// Getters of numbers that may be lacking.
macro_rules! numbers {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        #[pymethods]
        impl Line {
            $($(#[doc = $doc])* #[getter] fn $name(&self) -> Option<Exact> { self.noun.line.$name.map(|number| Exact(*number)) })*
        }
    };
}

texts! { Line,
    /// Its name, where it has one.
    id: |this| this.noun.line.id.as_ref().map(|id| id.as_str());
    /// Its cost category.
    category: |this| this.noun.line.category.as_ref().map(|id| id.as_str());
    /// What is counted.
    unit: |this| this.noun.line.unit.as_deref();
    /// What the duration is counted in.
    duration_unit: |this| this.noun.line.duration_unit.as_deref();
    /// The post that it pays for.
    post: |this| this.noun.line.post.as_ref().map(|id| id.as_str());
    /// Its currency, where that is not the plan's.
    currency: |this| this.noun.line.currency.as_ref().map(|code| code.as_str());
    /// The donor that it is charged to.
    donor: |this| this.noun.line.donor.as_ref().map(|id| id.as_str());
    /// Anything else.
    remarks: |this| this.noun.line.remarks.as_deref();
}

numbers! {
    /// How many.
    quantity;
    /// What one costs, in the line's currency.
    unit_cost;
    /// For how long, or how often.
    duration;
    /// How much of it is charged to the plan, in per cent.
    share;
    /// Of a percentage line: how many per cent of its base.
    percent;
}

#[pymethods]
impl Line {
    /// Id of the office that spends it.
    #[getter]
    fn office(&self) -> &str {
        &self.noun.line.office
    }

    /// Id of the activity, output, outcome or budget head that it serves.
    #[getter]
    fn result(&self) -> &str {
        &self.noun.line.result
    }

    /// What is paid for.
    #[getter]
    fn description(&self) -> &str {
        &self.noun.line.description
    }

    /// Where it was taken from: a file, a sheet and its cell.
    #[getter]
    fn source(&self) -> Option<String> {
        self.noun.line.source.as_ref().map(ToString::to_string)
    }

    /// The amount that is typed in the plan, in the line's currency.
    #[getter]
    fn typed(&self) -> Option<Exact> {
        self.noun.line.amount.map(|amount| Exact(*amount))
    }

    /// What its factors come to in its own currency, before anything is rounded; `None` where `check` says why not.
    #[getter]
    fn exact(&self) -> Option<Exact> {
        self.noun.built.exact.ok().map(|exact| Exact(exact.normalized()))
    }

    /// What it comes to in the plan's currency, rounded as the plan says; `None` where `check` says why not.
    #[getter]
    fn amount(&self) -> Option<Exact> {
        self.noun.built.amount.ok().map(Exact)
    }

    /// When it is spent, as `"2027-Q1"` or `"2027/2028"`; `None` is in the course of the whole plan.
    #[getter]
    fn period(&self) -> Option<String> {
        self.noun.line.period.map(|period| period.to_string())
    }

    /// Its amount over time: pairs of a period and an amount, which add up to it exactly.
    ///
    /// >>> proposal.lines["peru-coordinator-1"].parts[:2]
    /// (('2027-01', Decimal('855.00')), ('2027-02', Decimal('855.00')))
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let parts = self.noun.line.parts(&self.noun.built, &self.noun.how);
        let parts = parts.map_err(|why| PyValueError::new_err(why.to_string()))?;
        PyTuple::new(py, parts.into_iter().map(|(period, amount)| (period.map(|period| period.to_string()), Exact(amount))))
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.line.id, &self.noun.line.office, &self.noun.line.result, &self.noun.line.description))
    }

    fn __repr__(&self) -> String {
        let amount = self.noun.built.amount.map_or_else(|_| "no amount".to_owned(), |one| one.grouped(NumberStyle::default()));
        format!("<Line {}, {}: {}: {amount}>", self.noun.line.office, self.noun.line.result, self.noun.line.description)
    }
}

/// A cost category.
///
/// >>> plan.categories["staff"].title
/// 'Staff and other personnel'
#[pyclass(frozen, eq, module = "logframe")]
pub struct Category {
    noun: logframe::Category,
    trail: Trail,
}

noun!(Category(logframe::Category));

#[pymethods]
impl Category {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its name.
    #[getter]
    fn title(&self) -> &str {
        &self.noun.title
    }

    /// Whether it holds indirect costs.
    #[getter]
    fn indirect(&self) -> bool {
        self.noun.indirect
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.id, &self.noun.title))
    }

    fn __repr__(&self) -> String {
        format!("<Category {}: {}>", self.noun.id, self.noun.title)
    }
}

/// An exchange rate: how many units of a currency one unit of another is worth.
///
/// >>> proposal.rates[0]
/// <Rate 3.72 PEN for 1 USD, from 2026-11-01>
#[pyclass(frozen, eq, module = "logframe")]
pub struct Rate {
    noun: Rated,
    trail: Trail,
}

/// A rate of a plan, with what it is measured in.
#[derive(Clone, PartialEq, Eq)]
pub struct Rated {
    pub rate: logframe::Rate,
    pub per: String,
}

noun!(Rate(Rated));

#[pymethods]
impl Rate {
    /// The currency that is converted.
    #[getter]
    fn currency(&self) -> &str {
        &self.noun.rate.currency
    }

    /// The currency that it is measured in.
    #[getter]
    fn per(&self) -> &str {
        &self.noun.per
    }

    /// How many of the one for one of the other.
    #[getter]
    fn rate(&self) -> Exact {
        Exact(*self.noun.rate.rate)
    }

    /// The day from which it holds.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        date(py, *self.noun.rate.date)
    }

    /// Who published it.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.noun.rate.source.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&*self.noun.rate.currency, &self.noun.per, *self.noun.rate.rate))
    }

    fn __repr__(&self) -> String {
        let rate = &self.noun.rate;
        format!("<Rate {} {} for 1 {}, from {}>", *rate.rate, *rate.currency, self.noun.per, *rate.date)
    }
}

/// Who gives money.
///
/// >>> proposal.donors["northland"].name
/// 'Government of Northland (invented)'
#[pyclass(frozen, eq, module = "logframe")]
pub struct Donor {
    noun: logframe::Donor,
    trail: Trail,
}

noun!(Donor(logframe::Donor));

#[pymethods]
impl Donor {
    /// Its id.
    #[getter]
    fn id(&self) -> &str {
        &self.noun.id
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.noun.name
    }

    /// Ids of the profiles that hold its rules.
    #[getter]
    fn profiles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        ids(py, &self.noun.profiles)
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.id, &self.noun.name))
    }

    fn __repr__(&self) -> String {
        format!("<Donor {}: {}>", self.noun.id, self.noun.name)
    }
}

/// Money that a donor promised or gave.
///
/// >>> proposal.funding[1]
/// <Funding northland: commitment of 450,000>
#[pyclass(frozen, eq, module = "logframe")]
pub struct Funding {
    noun: logframe::Funding,
    trail: Trail,
}

noun!(Funding(logframe::Funding));

#[pymethods]
impl Funding {
    /// Id of the donor.
    #[getter]
    fn donor(&self) -> &str {
        &self.noun.donor
    }

    /// `"pledge"`, `"commitment"`, `"disbursement"` or `"expenditure"`.
    #[getter]
    fn kind(&self) -> &'static str {
        self.noun.kind.name()
    }

    /// How much, in its currency.
    #[getter]
    fn amount(&self) -> Exact {
        Exact(*self.noun.amount)
    }

    /// Its currency, where that is not the plan's.
    #[getter]
    fn currency(&self) -> Option<&str> {
        self.noun.currency.as_ref().map(|code| code.as_str())
    }

    /// When.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.noun.date.map(|day| date(py, *day)).transpose()
    }

    /// Ids of the offices that it is earmarked to; `None` for all.
    #[getter]
    fn offices<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        self.noun.of.as_ref().and_then(|of| of.offices.as_deref()).map(|some| ids(py, some)).transpose()
    }

    /// Ids of the results and budget heads that it is earmarked to; `None` for all.
    #[getter]
    fn results<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        self.noun.of.as_ref().and_then(|of| of.results.as_deref()).map(|some| ids(py, some)).transpose()
    }

    /// Anything else.
    #[getter]
    fn remarks(&self) -> Option<&str> {
        self.noun.remarks.as_deref()
    }

    fn __hash__(&self) -> u64 {
        hash_of((&self.noun.donor, self.noun.kind.name(), *self.noun.amount))
    }

    fn __repr__(&self) -> String {
        let amount = self.noun.amount.grouped(NumberStyle::default());
        let currency = self.noun.currency.as_ref().map_or_else(String::new, |code| format!(" {}", code.value));
        format!("<Funding {}: {} of {amount}{currency}>", self.noun.donor, self.noun.kind)
    }
}
