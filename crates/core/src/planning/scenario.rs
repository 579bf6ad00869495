//! A file that names a plan and what is changed in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Inflation, Scaling, Sharing, Transfer, Unplanned};
use crate::plan::{Line, Plan, Rate};
use crate::source::Spanned;

/// A plan that is another plan with some changes: `scenario = { base = "plan.toml" }`, and a `[[change]]` for each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Scenario {
    /// The version of the format.
    pub format: u32,
    /// The plan that is changed.
    pub scenario: Start,
    /// What is changed, one after the other.
    #[serde(default, rename = "change", skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// The plan that a scenario starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Start {
    /// Its file, in the folder of the scenario or below.
    pub base: Spanned<String>,
    /// The title that the changed plan gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// One change. It has one key, which says what is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Change {
    /// The whole budget is scaled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scaling>,
    /// Money moves from one cell to another.
    #[serde(default, rename = "move", skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
    /// An amount is shared over offices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Sharing>,
    /// Prices rise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inflate: Option<Inflation>,
    /// A rate, instead of the one of its currencies and day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// A budget line, instead of the one of its id, or besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
}

impl Change {
    /// The plan with the change.
    ///
    /// # Errors
    /// [`Unplanned`].
    pub fn apply(&self, plan: &Plan) -> Result<Plan, Unplanned> {
        let mut plan = plan.clone();
        if let Some(scale) = &self.scale {
            plan = scale.apply(&plan)?;
        }
        if let Some(transfer) = &self.transfer {
            plan = transfer.apply(&plan)?;
        }
        if let Some(share) = &self.share {
            plan = share.apply(&plan)?;
        }
        if let Some(inflate) = &self.inflate {
            plan = inflate.apply(&plan)?;
        }
        if self.rate.is_none() && self.line.is_none() {
            return Ok(plan);
        }
        let mut draft = plan.draft();
        // What the document prints about its own numbers is of another budget.
        draft.declared.clear();
        // Places in the scenario are none in the text of the plan.
        self.rate.iter().for_each(|rate| draft.set_rate(rate.without_places()));
        self.line.as_ref().map_or(Ok(()), |line| draft.set_line(line.without_places()))?;
        Ok(Plan::new(draft))
    }

    /// Where it stands in its file, where that is known.
    pub fn span(&self) -> Option<crate::source::Span> {
        let scale = self.scale.as_ref().and_then(|one| one.to.span);
        let transfer = self.transfer.as_ref().and_then(|one| one.amount.span);
        let share = self.share.as_ref().and_then(|one| one.amount.span);
        let inflate = self.inflate.as_ref().and_then(|one| one.percent.span);
        let rate = self.rate.as_ref().and_then(|one| one.rate.span);
        let line = self.line.as_ref().and_then(Line::span);
        scale.or(transfer).or(share).or(inflate).or(rate).or(line)
    }
}

impl Scenario {
    /// The base with all changes, under the scenario's title.
    ///
    /// # Errors
    /// The position of the change that cannot be made, and why.
    pub fn apply(&self, base: &Plan) -> Result<Plan, (usize, Unplanned)> {
        let change = |plan: Plan, (at, change): (usize, &Change)| change.apply(&plan).map_err(|why| (at, why));
        let plan = self.changes.iter().enumerate().try_fold(base.clone(), change)?;
        let Some(title) = &self.scenario.title else { return Ok(plan) };
        let mut draft = plan.draft();
        draft.header.title.clone_from(title);
        Ok(Plan::new(draft))
    }
}
