//! Cost categories.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::id::Id;
use crate::source::Spanned;

/// A cost category of the plan's own. A plan that lists none has the eight UN harmonised ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Category {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its name.
    pub title: String,
    /// Whether it holds indirect costs: what donors cap as overhead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub indirect: bool,
}

impl Category {
    /// A category of direct costs.
    pub fn new(id: &str, title: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), title: title.into(), indirect: false }
    }
}

/// The UN harmonised cost categories, by ids that can be read, in their order.
///
/// Source: UNSDG, harmonised budget categories for joint programmes, in force since 1 January 2012.
pub const UN_CATEGORIES: [(&str, &str); 8] = [
    ("staff", "Staff and other personnel"),
    ("supplies", "Supplies, commodities, materials"),
    ("equipment", "Equipment, vehicles and furniture, including depreciation"),
    ("contractual", "Contractual services"),
    ("travel", "Travel"),
    ("transfers", "Transfers and grants to counterparts"),
    ("operating", "General operating and other direct costs"),
    ("indirect", "Indirect support costs"),
];

impl Draft {
    /// The plan's cost categories: its own, or the UN's.
    ///
    /// ```
    /// use logframe::Draft;
    /// let categories = Draft::default().cost_categories();
    /// assert_eq!((categories.len(), categories[7].indirect), (8, true));
    /// ```
    pub fn cost_categories(&self) -> Vec<Category> {
        if !self.categories.is_empty() {
            return self.categories.clone();
        }
        UN_CATEGORIES.iter().map(|(id, title)| Category { indirect: *id == "indirect", ..Category::new(id, *title) }).collect()
    }
}
