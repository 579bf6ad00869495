#![doc = include_str!("lib.md")]

mod decimal;
mod error;
mod file;
mod money;
mod period;
mod plan;
mod source;

pub mod crossfoot;
pub mod diagnostic;
pub mod diff;
pub mod planning;
pub mod reconciliation;
pub mod report;
pub mod rules;
pub mod table;

pub use crossfoot::NoneMeans;
pub use decimal::{Decimal, NumberStyle};
pub use diagnostic::{Counts, Diagnostic, Figures, Label, Severity};
pub use error::Error;
pub use file::{Attach, Loaded, PROFILES, Parsed, beside, findings_schema, is_within, published, schema};
pub use money::{Currency, Money};
pub use period::{Date, Duration, Period, Step};
pub use plan::{
    Activity, Adjustment, Allocation, Amendment, Base, BuiltLine, Category, CategoryShare, Cell, Clause, Declared, Details,
    Document, Donor, Draft, Entries, Exception, Figure, FlowKind, Framework, Funding, Head, Header, Heading, Id, Indicator, Line,
    Lines, Measure, Node, NodeKind, Office, OfficeKind, Origin, Outcome, Output, Part, Plan, Printed, Profile, Rate, Reading,
    Region, Remainder, Rounded, SDG_GOALS, Scope, SdgRef, Series, SeriesStatement, Shares, Sheet, Spread, Statement,
    UN_CATEGORIES, Unbuilt, Unspread, Value, country_name, sdg_title,
};
pub use rules::Report;
pub use source::{
    CELL_SEPARATOR, MAX_BYTES, OpenFile, Position, Source, Span, Spanned, column_letters, write as write_text, write_with,
};

/// The examples of pages about the library, held to what they say.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/reconciliation.md")]
#[doc = include_str!("../../../docs/tutorials/service.md")]
struct Pages;
