//! Plan files: text -> spanned tree -> nouns, and back. TOML and JSON meet in one [`tree`], which is read by one
//! [`deserializer`](de); what is wrong is collected with its place, and a plan is given out only when nothing is.

mod de;
mod hint;
mod json;
mod load;
mod profiles;
mod read;
mod schema;
mod ser;
mod toml;
pub(crate) mod tree;
mod write;

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::plan::Plan;
use crate::source::{self, Source};

pub use load::{Attach, Loaded, beside, is_within};
pub use profiles::{PROFILES, published};
pub use schema::{findings_schema, schema};

impl Plan {
    /// The same plan without the places that it was read at, for findings that shall point elsewhere.
    #[must_use]
    pub fn without_places(&self) -> Self {
        // Every plan can be written and read again.
        plan_of(&tree_of(self)).unwrap_or_else(|| self.clone())
    }
}

/// What a plan says, as a tree without places.
pub(crate) fn tree_of(plan: &Plan) -> tree::Node<'static> {
    let empty = tree::Node { span: source::Span::default(), value: tree::Value::Table(Vec::new()) };
    let draft: &crate::plan::Draft = plan;
    ser::tree(draft).unwrap_or(empty)
}

/// The plan that a tree says; `None` where it is none.
pub(crate) fn plan_of(tree: &tree::Node<'_>) -> Option<Plan> {
    read::of_tree(tree)
}

/// The only version of the plan format there is.
pub(crate) const FORMAT: u32 = 1;

/// What reading a plan gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parsed {
    /// The plan; `None` where the text cannot be read whole. A half-read plan is never given out: its totals would lie.
    pub plan: Option<Plan>,
    /// What is wrong with the text, in its order. Empty where there is a plan.
    pub diagnostics: Vec<Diagnostic>,
}

impl Plan {
    /// Reads a plan from a text: JSON where its name ends in `.json` or its first character is `{`, TOML otherwise.
    ///
    /// ```
    /// use logframe::{Plan, Source};
    /// let source = Source::new("tiny.toml", "format = 1\n[plan]\nid = 'tiny'\ntitle = 'Tiny'\ncurrency = 'USD'\n");
    /// let parsed = Plan::parse(&source);
    /// assert_eq!(parsed.plan.unwrap().header.title, "Tiny");
    ///
    /// let source = Source::new("bad.toml", "format = 1\n[plan]\nid = 'tiny'\ntitel = 'Tiny'\ncurrency = 'USD'\n");
    /// assert!(Plan::parse(&source).diagnostics[0].message.contains("titel"));
    /// ```
    pub fn parse(source: &Source) -> Parsed {
        read::plan(source)
    }

    /// The plan as TOML, written as a person would: one line an office in the budget, long texts on lines of their own.
    /// Reading it gives an equal plan.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write::toml(self, &mut text);
        text
    }

    /// The same, written part by part to wherever it goes: the text of a large plan is never there whole.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_toml(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write::toml(self, out)
    }

    /// The plan as canonical JSON: the shape of the plan file, amounts as strings. Reading it gives an equal plan.
    pub fn to_json(&self) -> String {
        write::json(self)
    }

    /// Writes the plan to a file: JSON where the name ends in `.json`, TOML otherwise. It is written beside the file and put
    /// in its place whole, so that nothing is ever half-written.
    ///
    /// # Errors
    /// [`Error::Unwritable`] with the operating system's reason.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        source::write(path, &if json { self.to_json() } else { self.to_toml() })
    }
}
