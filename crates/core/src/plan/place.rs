//! Places: countries and territories by their ISO codes, grouped in regions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// The English name of a country (ISO 3166-1 alpha-2) or of a part of one (ISO 3166-2); `None` for what is neither.
///
/// ```
/// assert_eq!(logframe::country_name("CO"), Some("Colombia"));
/// assert_eq!(logframe::country_name("BQ-BO"), Some("Bonaire"));
/// assert_eq!(logframe::country_name("XX"), None);
/// ```
pub fn country_name(code: &str) -> Option<&'static str> {
    let canonical = code.is_ascii() && !code.bytes().any(|byte| byte.is_ascii_lowercase());
    match code.len() {
        _ if !canonical => None,
        // A user-assigned code of ISO 3166 that the EU, the IMF and IATI use; Kosovo has no other.
        2 if code == "XK" => Some("Kosovo"),
        2 => rust_iso3166::from_alpha2(code).map(|country| country.name),
        _ => rust_iso3166::iso3166_2::from_code(code).map(|part| part.name),
    }
}

/// The two-letter code that a text most likely meant: small letters, a three-letter code, `UK`.
pub(crate) fn nearest_country(text: &str) -> Option<&'static str> {
    let upper = text.trim().to_ascii_uppercase();
    match upper.as_str() {
        "UK" => Some("GB"),
        _ if upper.len() == 3 => rust_iso3166::from_alpha3(&upper).map(|country| country.alpha2),
        _ => rust_iso3166::from_alpha2(&upper).map(|country| country.alpha2),
    }
}
