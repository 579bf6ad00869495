//! Editing what a budget is made of, and who pays for it.

use logframe::{Base, Donor, Error, FlowKind, Funding, Line, Period, Profile, Rate, Scope, Source, Spread, Step};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{an_id, header::day, some_ids};
use crate::decimal::Given;
use crate::errors::{raised, unreadable_plan};
use crate::plan::Plan;

/// What `with_line` takes besides office, result and description.
const KEYS: [&str; 19] = [
    "id",
    "category",
    "quantity",
    "unit",
    "unit_cost",
    "duration",
    "duration_unit",
    "share",
    "post",
    "percent",
    "of",
    "amount",
    "currency",
    "period",
    "spread",
    "donor",
    "remarks",
    "weights",
    "amounts",
];

#[pymethods]
impl Plan {
    /// The plan with a budget line more, or with another one under its id. Numbers are `Decimal`, `int` or text of digits. `period` is
    /// `"2027"`, `"2027-H1"`, `"2027-Q3"`, `"2027-03"` or two of them, as `"2027/2028"`; `spread` says by what it is spread over that:
    /// `"year"`, `"half-year"`, `"quarter"`, `"month"`, evenly, by `weights`, or in given `amounts`. A percentage line has `percent`, and `of` says of what:
    /// `{"categories": ["staff"], "results": ["1"], "offices": ["peru"], "lines": ["contingency"]}`.
    ///
    /// >>> costed = proposal.with_line("peru", "1.1a", "Paint", id="paint", quantity=40, unit="tin", unit_cost="12.50")
    /// >>> costed.lines["paint"].amount
    /// Decimal('500.00')
    #[pyo3(
        signature = (office, result, description, **more),
        text_signature = "($self, office, result, description, *, id=None, category=None, quantity=None, unit=None, unit_cost=None, \
                          duration=None, duration_unit=None, share=None, post=None, percent=None, of=None, amount=None, \
                          currency=None, period=None, spread=None, weights=None, amounts=None, donor=None, remarks=None)"
    )]
    fn with_line(
        &self,
        py: Python<'_>,
        office: &str,
        result: &str,
        description: &str,
        more: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<Self>> {
        let mut line = Line::new("_", "_", description);
        (line.office, line.result) = (an_id(office)?.into(), an_id(result)?.into());
        set_all(&mut line, more)?;
        self.edited(py, |draft| draft.set_line(line))
    }

    /// The plan with some things of a budget line changed: the names of `with_line`, and `description`. `None` takes away.
    ///
    /// >>> proposal.change_line("peru-coordinator-1", unit_cost="3000.00").lines["peru-coordinator-1"].amount
    /// Decimal('21600.00')
    #[pyo3(signature = (id, **changes), text_signature = "($self, id, **changes)")]
    fn change_line(&self, py: Python<'_>, id: &str, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Py<Self>> {
        let draft = self.content();
        let at = draft.line_at(id).map_err(|error| raised(py, &error))?;
        let Some(mut line) = draft.lines.get(at).cloned() else { return Err(PyValueError::new_err(id.to_owned())) };
        set_all(&mut line, changes)?;
        self.edited(py, |draft| {
            if let Some(old) = draft.lines.get_mut(at) {
                *old = line;
            }
            Ok(())
        })
    }

    /// The plan without a budget line.
    ///
    /// >>> len(proposal.without_line("peru-contingency").lines)
    /// 59
    fn without_line(&self, py: Python<'_>, id: &str) -> PyResult<Py<Self>> {
        self.edited(py, |draft| draft.remove_line(id))
    }

    /// The plan with an exchange rate: how many units of `currency` one unit of `per` is worth, of the plan's currency where that is left
    /// out. One of the same currencies and day is replaced.
    ///
    /// >>> str(proposal.with_rate("PEN", "4", "2026-11-01", per="USD").total)
    /// '1444036.93'
    #[pyo3(signature = (currency, rate, date, *, per = None, source = None))]
    fn with_rate(
        &self,
        py: Python<'_>,
        currency: &str,
        rate: Given,
        date: &Bound<'_, PyAny>,
        per: Option<String>,
        source: Option<String>,
    ) -> PyResult<Py<Self>> {
        let date = day(date)?.ok_or_else(|| PyTypeError::new_err("a rate has a date"))?;
        let mut rate = Rate::new(currency, rate.0, date);
        (rate.per, rate.source) = (per.map(Into::into), source);
        self.edited(py, |draft| {
            draft.set_rate(rate);
            Ok(())
        })
    }

    /// The plan with a donor more, or with another one under its id; `profiles` are ids of rules that it makes, as `"ocha-cbpf"`.
    ///
    /// >>> proposal.with_donor("echo", "Echo", profiles=["cerf"]).donors["echo"].profiles
    /// ('cerf',)
    #[pyo3(signature = (id, name, *, profiles = None))]
    fn with_donor(&self, py: Python<'_>, id: &str, name: &str, profiles: Option<Vec<String>>) -> PyResult<Py<Self>> {
        let mut donor = Donor::new("_", name);
        (donor.id, donor.profiles) = (an_id(id)?.into(), some_ids(profiles)?);
        self.edited(py, |draft| {
            draft.set_donor(donor);
            Ok(())
        })
    }

    /// The plan with money of a donor: a `"pledge"`, `"commitment"`, `"disbursement"` or `"expenditure"`, for the whole plan or for some
    /// offices and results.
    ///
    /// >>> proposal.with_funding("open-hand", 50_000, offices=["peru"]).funding[-1]
    /// <Funding open-hand: commitment of 50,000>
    #[pyo3(signature = (donor, amount, *, kind = "commitment", currency = None, date = None, offices = None, results = None, remarks = None))]
    #[expect(clippy::too_many_arguments, reason = "they are what funding is")]
    fn with_funding(
        &self,
        py: Python<'_>,
        donor: &str,
        amount: Given,
        kind: &str,
        currency: Option<String>,
        date: Option<&Bound<'_, PyAny>>,
        offices: Option<Vec<String>>,
        results: Option<Vec<String>>,
        remarks: Option<String>,
    ) -> PyResult<Py<Self>> {
        let unknown = || raised(py, &Error::unknown("kind of funding", kind, FlowKind::ALL.map(FlowKind::name)));
        let kind = FlowKind::ALL.into_iter().find(|one| one.name() == kind).ok_or_else(unknown)?;
        let mut funding = Funding::new("_", kind, amount.0);
        funding.donor = an_id(donor)?.into();
        (funding.currency, funding.remarks) = (currency.map(Into::into), remarks);
        funding.date = date.map(day).transpose()?.flatten().map(Into::into);
        let list = |given: Option<Vec<String>>| given.map(|ids| some_ids(Some(ids))).transpose();
        let scope = Scope { offices: list(offices)?, results: list(results)? };
        funding.of = Some(scope).filter(|scope| *scope != Scope::default());
        self.edited(py, |draft| {
            let known = draft.donors.iter().any(|donor| donor.id == funding.donor);
            let ids = draft.donors.iter().map(|donor| donor.id.as_str());
            let unknown = (!known).then(|| Error::unknown("donor", &funding.donor, ids));
            draft.funding.push(funding);
            unknown.map_or(Ok(()), Err)
        })
    }

    /// The plan held to a donor's rules: a published profile, `"cerf"`, `"ocha-cbpf"`, `"un-harmonised"` or `"untfhs"`, or a file of rules of
    /// one's own (`.toml`), as `logframe check --profile FILE` takes it.
    ///
    /// >>> [finding.rule for finding in proposal.with_profile("cerf").check().errors]
    /// ['donor-clause', 'donor-clause']
    fn with_profile(&self, py: Python<'_>, id: &str) -> PyResult<Py<Self>> {
        let is_file = std::path::Path::new(id).extension().is_some_and(|ending| ending == "toml");
        let profile = if is_file { own_profile(py, id)? } else { published_profile(py, id)? };
        self.edited(py, |draft| {
            draft.profiles.retain(|one| one.id != profile.id);
            draft.profiles.push(profile);
            Ok(())
        })
    }
}

fn published_profile(py: Python<'_>, id: &str) -> PyResult<Profile> {
    let known = logframe::PROFILES.iter().map(|(id, _)| *id);
    let profile = logframe::published(id).ok_or_else(|| raised(py, &Error::unknown("profile", id, known)))?;
    Ok(Profile::published(&profile.id))
}

fn own_profile(py: Python<'_>, file: &str) -> PyResult<Profile> {
    let source = Source::read(file).map_err(|error| raised(py, &error))?;
    Profile::parse(&source).map_err(|findings| unreadable_plan(py, &findings, &source, None))
}

fn set_all(line: &mut Line, changes: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
    let (mut weights, mut amounts) = (None, None);
    for (name, value) in changes.into_iter().flatten() {
        let name: String = name.extract()?;
        match name.as_str() {
            "weights" => weights = value.extract::<Option<Vec<Given>>>()?,
            "amounts" => amounts = value.extract::<Option<Vec<Given>>>()?,
            "description" => line.description = value.extract::<String>()?.into(),
            known if KEYS.contains(&known) => set(line, known, &value)?,
            _ => return Err(PyTypeError::new_err(format!("a budget line has no `{name}`; there are {}", KEYS.join(", ")))),
        }
    }
    if weights.is_none() && amounts.is_none() {
        return Ok(());
    }
    let parts = |parts: Vec<Given>| parts.into_iter().map(|part| part.0.into()).collect();
    let Some(spread) = line.spread.as_mut() else {
        return Err(PyTypeError::new_err("`weights` and `amounts` are what each step gets: say by what, as `spread=\"year\"`"));
    };
    (spread.weights, spread.amounts) = (weights.map(parts), amounts.map(parts));
    Ok(())
}

fn set(line: &mut Line, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let number = || Ok::<_, PyErr>(value.extract::<Option<Given>>()?.map(|number| number.0.into()));
    let text = || value.extract::<Option<String>>();
    let id = || text()?.map(|text| an_id(&text)).transpose().map(|id| id.map(Into::into));
    match name {
        "id" => line.id = id()?,
        "category" => line.category = id()?,
        "quantity" => line.quantity = number()?,
        "unit" => line.unit = text()?.map(Into::into),
        "unit_cost" => line.unit_cost = number()?,
        "duration" => line.duration = number()?,
        "duration_unit" => line.duration_unit = text()?.map(Into::into),
        "share" => line.share = number()?,
        "post" => line.post = id()?,
        "percent" => line.percent = number()?,
        "of" => line.of = base(value)?,
        "amount" => line.amount = number()?,
        "currency" => line.currency = text()?.map(Into::into),
        "period" => line.period = text()?.map(|text| period(&text)).transpose()?,
        "spread" => line.spread = text()?.map(|text| spread(value.py(), &text)).transpose()?,
        "donor" => line.donor = id()?,
        _ => line.remarks = text()?.map(Into::into),
    }
    Ok(())
}

fn period(text: &str) -> PyResult<logframe::Spanned<Period>> {
    text.parse::<Period>().map(Into::into).map_err(|error| PyValueError::new_err(error.to_string()))
}

fn spread(py: Python<'_>, name: &str) -> PyResult<Spread> {
    let unknown = || raised(py, &Error::unknown("step", name, Step::ALL.map(Step::name)));
    Step::ALL.into_iter().find(|step| step.name() == name).map(Spread::even).ok_or_else(unknown)
}

/// What a percentage is of: lists of ids by name.
fn base(value: &Bound<'_, PyAny>) -> PyResult<Option<Base>> {
    if value.is_none() {
        return Ok(None);
    }
    let mut base = Base::default();
    for (name, list) in value.cast::<PyDict>()? {
        let (name, list) = (name.extract::<String>()?, Some(some_ids(list.extract()?)?));
        match name.as_str() {
            "lines" => base.lines = list,
            "offices" => base.offices = list,
            "results" => base.results = list,
            "categories" => base.categories = list,
            _ => {
                return Err(PyTypeError::new_err(format!(
                    "`of` has `lines`, `offices`, `results` and `categories`, and no `{name}`"
                )));
            }
        }
    }
    Ok(Some(base))
}
