//! What a plan says, as plain data: the shape of the plan file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::allocation::{self, Allocation};
use super::category::Category;
use super::declared::Declared;
use super::exception::Exception;
use super::funding::{Donor, Funding};
use super::id::Id;
use super::line::{Line, Lines};
use super::office::Office;
use super::place::Region;
use super::printed::Printed;
use super::profile::Profile;
use super::rate::Rate;
use super::result::{Head, Outcome};
use super::sdg::SdgRef;
use super::series::Series;
use super::sheet::Sheet;
use crate::period::Duration;
use crate::source::Spanned;

/// Everything a plan says, in the order of the plan file. Fill it in code, or read it from a file; then freeze it with
/// [`Plan::new`](crate::Plan::new).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(
    title = "logframe plan",
    description = "What a plan says: its results, its budget and the figures that its document prints.",
    deny_unknown_fields
)]
pub struct Draft {
    /// What the plan is.
    #[serde(rename = "plan")]
    pub header: Header,
    /// What it wants to change.
    #[serde(rename = "outcome", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub outcomes: Vec<Outcome>,
    /// Budget heads that are no result.
    #[serde(rename = "head", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub heads: Vec<Head>,
    /// Where it works.
    #[serde(rename = "region", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub regions: Vec<Region>,
    /// Who does the work, in the order of the budget table.
    #[serde(rename = "office", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub offices: Vec<Office>,
    /// Country sheets.
    #[serde(rename = "sheet", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub sheets: Vec<Sheet>,
    /// The budget, one line an office: `argentina = { 1 = 180_572, 3 = "-" }`.
    #[serde(rename = "budget", serialize_with = "allocation::table::serialize", skip_serializing_if = "allocation::none_given")]
    #[schemars(default, schema_with = "allocation::table::schema")]
    pub allocations: Vec<Allocation>,
    /// Cost categories of the plan's own; the UN's where it lists none.
    #[serde(rename = "category", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub categories: Vec<Category>,
    /// Exchange rates.
    #[serde(rename = "rate", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub rates: Vec<Rate>,
    /// Budget lines, from which allocations are built up.
    #[serde(rename = "line", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub lines: Vec<Line>,
    /// Who gives money.
    #[serde(rename = "donor", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub donors: Vec<Donor>,
    /// What they promised and gave.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub funding: Vec<Funding>,
    /// Rules of donors that the plan must meet.
    #[serde(rename = "profile", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub profiles: Vec<Profile>,
    /// What the document prints about its own numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub declared: Vec<Declared>,
    /// Figures about the world.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub series: Vec<Series>,
    /// Rules that the plan wants to weigh otherwise.
    #[serde(rename = "exception", skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub exceptions: Vec<Exception>,
}

/// The `[budget]` table as its allocations.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Budget(#[serde(deserialize_with = "allocation::table::deserialize")] pub Vec<Allocation>);

/// What the plan is: the `[plan]` table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Header {
    /// Its id: `iom-venezuela-2018`.
    pub id: Spanned<Id>,
    /// Its title.
    pub title: String,
    /// Its objective, as the document states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The document's language (ISO 639, as `en` or `es-CO`); numbers are shown in its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The currency of every amount (ISO 4217, as `USD`).
    pub currency: Spanned<String>,
    /// How long it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Duration>,
    /// SDG targets or goals that the plan as a whole contributes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdgs: Vec<SdgRef>,
    /// Other frameworks that it is aligned with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frameworks: Vec<Framework>,
    /// The document it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// How the document prints its figures.
    #[serde(default, skip_serializing_if = "Printed::is_empty")]
    pub printed: Printed,
    /// How the amounts of budget lines are worked out.
    #[serde(default, skip_serializing_if = "Lines::is_empty")]
    pub lines: Lines,
}

impl Header {
    /// A plan's head with what every plan has.
    pub fn new(id: &str, title: impl Into<String>, currency: impl Into<String>) -> Self {
        let currency = Spanned::from(currency.into());
        Self { id: Id::lossy(id).into(), title: title.into(), currency, ..Self::default() }
    }
}

/// A framework that a plan refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Framework {
    /// Its name.
    pub name: String,
    /// Its objectives, by their numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<String>,
}

/// The document that a plan was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// In what year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Where it can be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A remark about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Framework {
    /// A framework of which no objective is named.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), objectives: Vec::new() }
    }
}

impl Document {
    /// A document of which only the title is known.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}
