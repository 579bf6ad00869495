//! New plans from old ones, and from nothing: a plan itself never changes.

mod budget;
mod header;

use logframe::crossfoot::Rounding;
use logframe::{
    Activity, Cell, Declared, Draft, Entries, Error, Figure, Head, Header, Id, Office, OfficeKind, Outcome, Output, Printed,
    Region, country_name,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use header::{HEADER, REQUIRED, set_header};

use crate::decimal::Given;
use crate::errors::{raised, unknown_name};
use crate::made::made;
use crate::plan::Plan;

impl Plan {
    /// The plan with a change.
    fn edited(&self, py: Python<'_>, change: impl FnOnce(&mut Draft) -> Result<(), Error>) -> PyResult<Py<Self>> {
        let mut draft = self.content().draft();
        change(&mut draft).map_err(|error| raised(py, &error))?;
        py.detach(|| made(draft)).plan(py)
    }
}

#[pymethods]
impl Plan {
    /// A plan that says nothing yet but what it is. Each `with_…` gives a plan that says more.
    #[new]
    #[pyo3(
        signature = (id, title, currency, **more),
        text_signature = "(id, title, currency, *, organisation=None, statement=None, language=None, unit=None, rounding=None, \
                          line_unit=None, line_rounding=None, months=None, first_day=None, last_day=None, sdgs=())"
    )]
    fn new(id: &str, title: &str, currency: &str, more: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut header = Header::new("_", title, currency);
        header.id = an_id(id)?.into();
        set_header(&mut header, more, &HEADER[REQUIRED..])?;
        Ok(Self::of(made(Draft { header, ..Draft::default() })))
    }

    /// The plan with another title, currency, …: the names of `Plan(…)`. `None` takes away what may be lacking.
    ///
    /// >>> plan.replace(title="Another", language="es").title
    /// 'Another'
    #[pyo3(
        signature = (**changes),
        text_signature = "($self, *, id=..., title=..., currency=..., organisation=..., statement=..., language=..., unit=..., \
                          rounding=..., line_unit=..., line_rounding=..., months=..., first_day=..., last_day=..., \
                          sdgs=...)"
    )]
    fn replace(&self, py: Python<'_>, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Py<Self>> {
        let mut draft = self.content().draft();
        set_header(&mut draft.header, changes, &HEADER)?;
        py.detach(|| made(draft)).plan(py)
    }

    /// The plan with an amount of an office for an outcome, output, activity or budget head: a `Decimal`, an `int` or a text of digits,
    /// or `"-"` for a printed none. Floats are refused.
    ///
    /// >>> plan.with_allocation("chile", "evaluation", "12500.50").heads["evaluation"].total
    /// Decimal('177280.50')
    fn with_allocation(&self, py: Python<'_>, office: &str, result: &str, amount: &Bound<'_, PyAny>) -> PyResult<Py<Self>> {
        let is_none = amount.cast::<PyString>().is_ok_and(|text| text == Cell::NONE);
        let cell = if is_none { Cell::None } else { Cell::Amount(amount.extract::<Given>()?.0) };
        self.edited(py, |draft| draft.set_allocation(office, result, cell))
    }

    /// The plan without an allocation: its cell is then not given.
    ///
    /// >>> len(plan.without_allocation("chile", "1").allocations)
    /// 79
    fn without_allocation(&self, py: Python<'_>, office: &str, result: &str) -> PyResult<Py<Self>> {
        self.edited(py, |draft| draft.remove_allocation(office, result))
    }

    /// The plan with an office more, or with another one under its id. `kind` is `"country"`, `"sub-regional"` or `"regional"`; `places`
    /// are ISO 3166 codes.
    ///
    /// >>> plan.with_office("bolivia", "Bolivia", kind="country", places=["BO"]).offices["bolivia"].places
    /// ('BO',)
    #[pyo3(signature = (id, name, *, kind = None, places = None, regions = None, leads = false))]
    #[expect(clippy::too_many_arguments, reason = "they are what an office is")]
    fn with_office(
        &self,
        py: Python<'_>,
        id: &str,
        name: &str,
        kind: Option<&str>,
        places: Option<Vec<String>>,
        regions: Option<Vec<String>>,
        leads: bool,
    ) -> PyResult<Py<Self>> {
        let mut office = Office::new("_", name);
        office.id = an_id(id)?.into();
        office.kind = kind.map(|kind| office_kind(py, kind)).transpose()?;
        office.places = some_ids(places)?;
        office.regions = some_ids(regions)?;
        office.leads = leads;
        self.edited(py, |draft| {
            draft.set_office(office);
            Ok(())
        })
    }

    /// The plan without an office and its allocations. What else speaks of it becomes a finding.
    ///
    /// >>> "chile" in plan.without_office("chile").offices
    /// False
    fn without_office(&self, py: Python<'_>, id: &str) -> PyResult<Py<Self>> {
        self.edited(py, |draft| draft.remove_office(id))
    }

    /// The plan with a region more, or with another one under its id. `places` are ISO 3166 codes, or names by their codes.
    ///
    /// >>> plan.with_region("andes", "Andes", ["BO", "PE"]).regions["andes"].places
    /// {'BO': 'Bolivia (Plurinational State of)', 'PE': 'Peru'}
    fn with_region(&self, py: Python<'_>, id: &str, name: &str, places: Places) -> PyResult<Py<Self>> {
        let mut region = Region::new("_", name);
        region.id = an_id(id)?.into();
        region.places = places.entries()?;
        self.edited(py, |draft| {
            draft.set_region(region);
            Ok(())
        })
    }

    /// The plan without a region.
    ///
    /// >>> len(plan.without_region("caribbean").regions) == len(plan.regions) - 1
    /// True
    fn without_region(&self, py: Python<'_>, id: &str) -> PyResult<Py<Self>> {
        self.edited(py, |draft| draft.remove_region(id))
    }

    /// The plan with an outcome more. One that is there under its id keeps its outputs, activities and indicators.
    ///
    /// >>> plan.with_outcome("5", "Shelter", sdgs=["11.1"]).outcomes["5"].sdgs
    /// ('11.1',)
    #[pyo3(signature = (id, title, *, statement = None, sdgs = None, challenges = None, assumptions = None))]
    #[expect(clippy::too_many_arguments, reason = "they are what an outcome is")]
    fn with_outcome(
        &self,
        py: Python<'_>,
        id: &str,
        title: &str,
        statement: Option<String>,
        sdgs: Option<Vec<String>>,
        challenges: Option<Vec<String>>,
        assumptions: Option<Vec<String>>,
    ) -> PyResult<Py<Self>> {
        let mut outcome = Outcome::new("_", title);
        outcome.id = an_id(id)?.into();
        (outcome.statement, outcome.sdgs) = (statement, some_ids(sdgs)?);
        (outcome.challenges, outcome.assumptions) = (challenges.unwrap_or_default(), assumptions.unwrap_or_default());
        self.edited(py, |draft| {
            draft.set_outcome(outcome);
            Ok(())
        })
    }

    /// The plan with an output more, under an outcome. One that is there under its id keeps its activities and indicators.
    ///
    /// >>> plan.with_output("1.3", "Surveys", outcome="1").outcomes["1"].outputs.ids
    /// ('1.1', '1.2', '1.3')
    #[pyo3(signature = (id, title, *, outcome, statement = None, sdgs = None))]
    fn with_output(
        &self,
        py: Python<'_>,
        id: &str,
        title: &str,
        outcome: &str,
        statement: Option<String>,
        sdgs: Option<Vec<String>>,
    ) -> PyResult<Py<Self>> {
        let mut output = Output::new("_", title);
        output.id = an_id(id)?.into();
        (output.statement, output.sdgs) = (statement, some_ids(sdgs)?);
        self.edited(py, |draft| draft.set_output(outcome, output))
    }

    /// The plan with an activity more, under an outcome or an output.
    ///
    /// >>> plan.with_activity("1x", "Count again", under="1.1").outputs["1.1"].activities.ids
    /// ('1x',)
    #[pyo3(signature = (id, title, *, under, sdgs = None))]
    fn with_activity(&self, py: Python<'_>, id: &str, title: &str, under: &str, sdgs: Option<Vec<String>>) -> PyResult<Py<Self>> {
        let mut activity = Activity::new("_", title);
        activity.id = an_id(id)?.into();
        activity.sdgs = some_ids(sdgs)?;
        self.edited(py, |draft| draft.set_activity(under, activity))
    }

    /// The plan with a budget head more: money that serves no outcome.
    ///
    /// >>> plan.with_head("support", "Support costs").heads.ids
    /// ('evaluation', 'support')
    fn with_head(&self, py: Python<'_>, id: &str, title: &str) -> PyResult<Py<Self>> {
        let mut head = Head::new("_", title);
        head.id = an_id(id)?.into();
        self.edited(py, |draft| {
            draft.set_head(head);
            Ok(())
        })
    }

    /// The plan without an outcome, output, activity or budget head, what is under it, and the allocations of all of that.
    ///
    /// >>> plan.without_result("evaluation").total
    /// Decimal('32161263')
    fn without_result(&self, py: Python<'_>, id: &str) -> PyResult<Py<Self>> {
        self.edited(py, |draft| draft.remove_result(id))
    }

    /// The plan with figures that its document prints in a place, instead of those it has for that place: a total, totals by office, by
    /// outcome or budget head. They are compared with the budget by `check`.
    ///
    /// >>> wrong = plan.with_declared("press release", total=32_362_041)
    /// >>> wrong.check().errors[0].difference
    /// Decimal('35998')
    #[pyo3(signature = (place, *, total = None, offices = None, results = None, unit = None, rounding = None))]
    #[expect(clippy::too_many_arguments, reason = "they are what can be printed in a place")]
    fn with_declared(
        &self,
        py: Python<'_>,
        place: &str,
        total: Option<Given>,
        offices: Option<&Bound<'_, PyDict>>,
        results: Option<&Bound<'_, PyDict>>,
        unit: Option<Given>,
        rounding: Option<&str>,
    ) -> PyResult<Py<Self>> {
        let mut declared = Declared::new(place);
        declared.total = total.map(|total| Figure::from(total.0));
        declared.offices = figures(offices)?;
        declared.results = figures(results)?;
        let mut printed = Printed::default();
        printed.unit = unit.map(|unit| unit.0.into());
        printed.rounding = rounding.map(|name| rule(py, name)).transpose()?.map(Into::into);
        declared.printed = Some(printed).filter(|printed| !printed.is_empty());
        self.edited(py, |draft| {
            draft.declared.retain(|one| one.place != declared.place);
            draft.declared.push(declared);
            Ok(())
        })
    }

    /// The plan without the figures that its document prints: those of a place, or all.
    ///
    /// >>> len(plan.without_declared().declared)
    /// 0
    #[pyo3(signature = (place = None))]
    fn without_declared(&self, py: Python<'_>, place: Option<&str>) -> PyResult<Py<Self>> {
        self.edited(py, |draft| {
            let places: Vec<String> = draft.declared.iter().map(|one| one.place.clone()).collect();
            match place {
                Some(place) if !places.iter().any(|one| one == place) => {
                    return Err(Error::unknown("place of declared figures", place, places.iter().map(String::as_str)));
                }
                place => draft.declared.retain(|one| place.is_some_and(|place| one.place != place)),
            }
            Ok(())
        })
    }
}

fn an_id(text: &str) -> PyResult<Id> {
    text.parse().map_err(|error: Error| PyValueError::new_err(error.to_string()))
}

fn some_ids(texts: Option<Vec<String>>) -> PyResult<Vec<logframe::Spanned<Id>>> {
    texts.into_iter().flatten().map(|text| an_id(&text).map(Into::into)).collect()
}

fn rule(py: Python<'_>, name: &str) -> PyResult<Rounding> {
    let names = Rounding::ALL.map(Rounding::name);
    Rounding::named(name).ok_or_else(|| raised(py, &Error::unknown("rounding rule", name, names)))
}

fn office_kind(py: Python<'_>, name: &str) -> PyResult<OfficeKind> {
    let kinds = [OfficeKind::Country, OfficeKind::SubRegional, OfficeKind::Regional];
    let names = kinds.map(|kind| kind.to_string());
    let found = kinds.into_iter().zip(&names).find(|(_, known)| *known == name).map(|(kind, _)| kind);
    found.ok_or_else(|| unknown_name(py, format!("no kind of office `{name}`; there are {}", names.join(", "))))
}

/// Printed figures by ids.
fn figures(given: Option<&Bound<'_, PyDict>>) -> PyResult<Entries<Figure>> {
    let mut entries = Entries::default();
    for (id, figure) in given.into_iter().flatten() {
        entries.0.push((an_id(&id.extract::<String>()?)?.into(), Figure::from(figure.extract::<Given>()?.0)));
    }
    Ok(entries)
}

/// Places: codes, or names by their codes.
#[derive(FromPyObject)]
enum Places {
    Named(std::collections::BTreeMap<String, String>),
    Codes(Vec<String>),
}

impl Places {
    fn entries(self) -> PyResult<Entries<String>> {
        let named: Vec<(String, String)> = match self {
            Self::Named(names) => names.into_iter().collect(),
            Self::Codes(codes) => {
                let name = |code: &String| country_name(code).map_or_else(|| code.clone(), str::to_owned);
                codes.into_iter().map(|code| (code.clone(), name(&code))).collect()
            }
        };
        let mut entries = Entries::default();
        for (code, name) in named {
            entries.0.push((an_id(&code)?.into(), name));
        }
        Ok(entries)
    }
}
