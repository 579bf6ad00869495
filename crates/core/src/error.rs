//! Calls that could not be served. A fact about the user's plan is never an error: it is a [`crate::Diagnostic`].

use thiserror::Error;

/// Why a call could not be served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read; the reason is the operating system's.
    #[error("cannot read {name}: {source}")]
    Unreadable {
        /// The file's name as given.
        name: String,
        /// What went wrong.
        source: std::io::Error,
    },
    /// A file could not be written; what stood there before is untouched.
    #[error("cannot write {name}: {source}")]
    Unwritable {
        /// The file's name as given.
        name: String,
        /// What went wrong.
        source: std::io::Error,
    },
    /// More bytes than a plan may have.
    #[error("cannot read {name}: it is larger than what is read: 8 MiB of a plan, 64 MiB of a table of lines")]
    TooLarge {
        /// The file's name as given.
        name: String,
    },
    /// Bytes that are no UTF-8 text.
    #[error("cannot read {name}: {why}")]
    NotText {
        /// The file's name as given.
        name: String,
        /// What the bytes look like, and what to do.
        why: String,
    },
    /// A text that is no exact decimal number.
    #[error("`{text}` is no exact amount: {why}")]
    NotExact {
        /// The text as given.
        text: String,
        /// What is wrong with it and what is expected.
        why: &'static str,
    },
    /// A text that cannot be an id.
    #[error("`{}` cannot be an id: {why}", .text.escape_debug())]
    NotAnId {
        /// The text as given.
        text: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A text that is no calendar date.
    #[error("`{0}` is no date; write year-month-day as in 2018-04-01")]
    NotADate(String),
    /// A text that is no stretch of days.
    #[error("`{0}` is no period; write 2026, 2026-H1, 2026-Q3, 2026-03, or two days as 2026-01-15/2026-06-30")]
    NotAPeriod(String),
    /// Amounts of two currencies met in one sum.
    #[error("cannot add {0} to {1}: convert one of them first")]
    MixedCurrencies(String, String),
    /// A result that has more digits than an exact decimal holds (28).
    #[error("the result has more digits than can be held exactly")]
    Overflow,
    /// Nothing in the plan goes by this name.
    #[error("no {kind} `{id}` in the plan{}", .nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    Unknown {
        /// What was looked for: `office`, `table`, …
        kind: &'static str,
        /// The name as given.
        id: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
}
