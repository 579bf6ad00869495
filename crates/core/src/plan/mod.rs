//! The plan and its nouns: one noun a file, plain immutable data under OECD-DAC and IATI names.

mod allocation;
pub(crate) mod built;
mod category;
mod codes;
mod declared;
mod draft;
mod edit;
pub(crate) mod equations;
mod exception;
mod funding;
pub(crate) mod grid;
mod id;
mod index;
mod indicator;
mod line;
mod links;
pub(crate) mod names;
mod number;
mod office;
mod origin;
mod place;
mod printed;
mod profile;
mod rate;
mod result;
mod sdg;
mod series;
pub(crate) mod share_base;
mod sheet;
mod spreading;
mod written;

/// The names under which types of their own cross serde; the file layer answers to them.
pub(crate) mod serde_names {
    pub(crate) use super::allocation::SERDE_NAME as CELL;
    pub(crate) use super::id::SERDE_NAME as ID;
    pub(crate) use super::indicator::SERDE_NAME as VALUE;
    pub(crate) use super::number::SPANNED;
    pub(crate) use crate::decimal::SERDE_NAME as DECIMAL;
    pub(crate) use crate::period::{PERIOD, SERDE_NAME as DATE};
}

use std::ops::Deref;
use std::sync::Arc;

pub use allocation::{Allocation, Cell};
pub use built::{BuiltLine, Unbuilt};
pub use category::{Category, UN_CATEGORIES};
pub use declared::{Declared, Figure, Measure, Scope, Shares, Statement};
pub(crate) use draft::Budget;
pub use draft::{Document, Draft, Framework, Header};
pub use exception::{Adjustment, Exception};
pub use funding::{Donor, FlowKind, Funding};
pub(crate) use id::nearest;
pub use id::{Entries, Id};
pub(crate) use index::Index;
pub use index::{Node, NodeKind};
pub use indicator::{Indicator, Reading, Value};
pub use line::{Base, Details, Line, Lines, Remainder, Rounded, Spread};
pub(crate) use links::sdg_links;
pub use office::{Office, OfficeKind};
pub use origin::Origin;
pub(crate) use place::nearest_country;
pub use place::{Region, country_name};
pub use printed::Printed;
pub use profile::{Amendment, CategoryShare, Clause, Heading, Profile};
pub use rate::Rate;
pub use result::{Activity, Head, Outcome, Output};
pub use sdg::{SDG_GOALS, SdgRef, sdg_title};
pub(crate) use sdg::{goal_of as sdg_goal_of, targets as sdg_targets};
pub use series::{Series, SeriesStatement};
pub use sheet::Sheet;
pub(crate) use spreading::Spreading;
pub use spreading::{Part, Unspread};

use crate::decimal::{Decimal, NumberStyle};
use crate::money::{Currency, Money};

/// An immutable plan: a [`Draft`] that was read or built, with what is needed to look things up and add them. Cheap to clone.
///
/// All fields of the draft can be read through it. Two plans are equal when they say the same, wherever it was read.
///
/// ```
/// use logframe::{Allocation, Draft, Head, Header, Id, Office, Plan};
/// let draft = Draft {
///     header: Header::new("demo", "A demonstration", "USD"),
///     heads: vec![Head::new("field", "Field work")],
///     offices: vec![Office::new("north", "North")],
///     allocations: vec![Allocation::new("north", "field", "1250.50".parse()?)],
///     ..Draft::default()
/// };
/// let plan = Plan::new(draft);
/// assert_eq!(plan.total()?.to_string(), "USD 1,250.50");
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    frozen: Arc<Frozen>,
    /// How numbers are shown, where that is not the way of the plan's language.
    style: Option<NumberStyle>,
}

#[derive(Debug)]
struct Frozen {
    draft: Draft,
    index: Index,
}

impl Plan {
    /// Freezes a draft; the allocations of an office are put together, and those that its budget lines build up are added. Nothing is
    /// refused here: whatever is doubtful about it, [`check`](crate::rules::check) reports.
    pub fn new(mut draft: Draft) -> Self {
        let index = Index::of(&mut draft);
        Self { frozen: Arc::new(Frozen { draft, index }), style: None }
    }

    /// A copy of what the plan says, to change and freeze again.
    pub fn draft(&self) -> Draft {
        self.frozen.draft.clone()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.frozen.index
    }

    /// Every figure that the document prints about its own numbers, in the order of the plan file.
    pub fn statements(&self) -> &[Statement] {
        &self.frozen.index.statements
    }

    /// Every result and budget head, in document order: outcomes with their outputs and activities, then heads.
    pub fn nodes(&self) -> &[Node] {
        &self.frozen.index.nodes
    }

    /// The result or budget head of an id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.frozen.index.node(id).and_then(|i| self.frozen.index.nodes.get(i))
    }

    /// The office of an id.
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.frozen.index.office(id).and_then(|i| self.offices.get(i))
    }

    /// The office and the result of an allocation, as positions in [`Draft::offices`] and in [`nodes`](Self::nodes); `None` where one
    /// of them is unknown.
    pub fn place(&self, allocation: usize) -> Option<(usize, usize)> {
        self.frozen.index.places.get(allocation).copied().flatten().map(|place| (place.office, place.node))
    }

    /// The position of an office's allocation for a result, in [`Draft::allocations`].
    pub fn position(&self, office: &str, result: &str) -> Option<usize> {
        let row = self.frozen.index.of_office.get(self.frozen.index.office(office)?)?;
        row.iter().copied().find(|at| self.allocations.get(*at).is_some_and(|one| one.result.as_str() == result))
    }

    /// What each budget line comes to, in the order of [`Draft::lines`].
    pub fn built_lines(&self) -> &[BuiltLine] {
        &self.frozen.index.built.lines
    }

    /// The plan's currency, where its code is one of ISO 4217.
    pub fn currency(&self) -> Option<Currency> {
        Currency::of_code(&self.header.currency)
    }

    /// How numbers are shown: in the way of the plan's language, or as [`shown_in`](Self::shown_in) says.
    pub fn number_style(&self) -> NumberStyle {
        self.style.unwrap_or_else(|| NumberStyle::of_language(self.header.language.as_deref().unwrap_or("en")))
    }

    /// The same plan for people who write numbers in another way: tables and findings show them so. What it says does not change.
    ///
    /// ```
    /// use logframe::{Draft, NumberStyle, Plan};
    /// let plan = Plan::new(Draft::default());
    /// let spanish = plan.shown_in(NumberStyle::of_language("es"));
    /// assert_eq!(spanish.number_style().thousands, '.');
    /// assert_eq!(spanish, plan);
    /// ```
    #[must_use]
    pub fn shown_in(&self, style: NumberStyle) -> Self {
        Self { frozen: Arc::clone(&self.frozen), style: Some(style) }
    }

    /// The sum of all allocations.
    ///
    /// # Errors
    /// [`Error::Overflow`](crate::Error::Overflow) where the sum has more digits than can be held;
    /// [`Error::Unknown`](crate::Error::Unknown) where the currency is none of ISO 4217.
    pub fn total(&self) -> Result<Money, crate::Error> {
        let unknown = || crate::Error::Unknown {
            kind: "currency",
            id: self.header.currency.to_string(),
            nearest: Currency::nearest_code(&self.header.currency).map(str::to_owned),
        };
        let currency = self.currency().ok_or_else(unknown)?;
        let amounts = self.allocations.iter().filter_map(|allocation| allocation.cell.amount());
        let amount = Decimal::exact_sum(amounts).ok_or(crate::Error::Overflow)?;
        Ok(Money::new(amount, currency))
    }
}

impl Deref for Plan {
    type Target = Draft;
    fn deref(&self) -> &Draft {
        &self.frozen.draft
    }
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.frozen.draft == other.frozen.draft
    }
}

impl Eq for Plan {}

impl From<Draft> for Plan {
    fn from(draft: Draft) -> Self {
        Self::new(draft)
    }
}
