//! Places: countries and territories by their ISO codes, grouped in regions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes;
use super::id::{Entries, Id};
use crate::source::Spanned;

/// A region of the plan with the places in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Region {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its name.
    pub name: String,
    /// Its countries and territories: ISO 3166-1 alpha-2 code, or 3166-2 where that is finer (`BQ-BO`), and name as printed.
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub places: Entries<String>,
}

impl Region {
    /// A region without places.
    pub fn new(id: &str, name: impl Into<String>) -> Self {
        Self { id: Id::lossy(id).into(), name: name.into(), places: Entries::default() }
    }
}

/// Countries: two-letter code, three-letter code, name. Source: ISO 3166-1 by way of the crate `rust_iso3166`, with which a test
/// compares it.
const COUNTRIES: &str = include_str!("../../data/countries.tsv");

/// Parts of countries: code, name. Source: ISO 3166-2 likewise.
const SUBDIVISIONS: &str = include_str!("../../data/subdivisions.tsv");

/// The English name of a country (ISO 3166-1 alpha-2) or of a part of one (ISO 3166-2); `None` for what is neither.
///
/// ```
/// assert_eq!(logframe::country_name("CO"), Some("Colombia"));
/// assert_eq!(logframe::country_name("BQ-BO"), Some("Bonaire"));
/// assert_eq!(logframe::country_name("XX"), None);
/// ```
pub fn country_name(code: &str) -> Option<&'static str> {
    match code.len() {
        // A user-assigned code of ISO 3166 that the EU, the IMF and IATI use; Kosovo has no other.
        2 if code == "XK" => Some("Kosovo"),
        2 => codes::find(COUNTRIES, code)?.split_once('\t').map(|(_, name)| name),
        _ => codes::find(SUBDIVISIONS, code),
    }
}

/// The two-letter code that a text most likely meant: small letters, a three-letter code, `UK`.
pub(crate) fn nearest_country(text: &str) -> Option<&'static str> {
    let upper = text.trim().to_ascii_uppercase();
    let is_meant = |two: &str, three: &str| two == upper || three == upper;
    let mut countries = COUNTRIES.lines().filter_map(|line| line.split_once('\t'));
    match upper.as_str() {
        "UK" => Some("GB"),
        _ => countries.find(|(two, rest)| is_meant(two, rest.get(..3).unwrap_or_default())).map(|(two, _)| two),
    }
}
