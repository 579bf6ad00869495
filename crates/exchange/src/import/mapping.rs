//! What is where in a file of tables: found out, shown, corrected by hand, kept for the next time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use logframe::{Decimal, Error, Period, Source};
use serde::{Deserialize, Serialize};

/// How a file of tables is read as a plan. What is left out is found out.
///
/// ```
/// use logframe_exchange::Mapping;
/// let mapping = Mapping::parse("[plan]\ncurrency = \"USD\"\nunit = \"1\"\n\n[[table]]\nsheet = \"Budget\"\nlayout = \"lines\"\n")?;
/// assert_eq!(mapping.tables[0].sheet, "Budget");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Mapping {
    /// What the file does not say about the plan.
    #[serde(default)]
    pub plan: PlanMapping,
    /// Its tables; where there are none, every visible sheet is looked at.
    #[serde(default, rename = "table", skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableMapping>,
}

/// What the file does not say about the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct PlanMapping {
    /// Its id; that of the file's name where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title; what stands above the first table where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its currency (ISO 4217); the one that titles and headings name where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The unit that its figures were rounded to; they are exact where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_text")]
    pub unit: Option<Decimal>,
    /// From when to when it runs: `2026`, `2026-04/2027-03`. Columns that say quarters or years and not which are found in it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_text")]
    pub duration: Option<Period>,
}

/// One table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct TableMapping {
    /// The sheet that it is on; empty in a file of one table.
    #[serde(default)]
    pub sheet: String,
    /// What its rows and columns are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// The row of its column names (the last, where they take several), from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<u32>,
    /// Its last row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<u32>,
    /// Rows that are totals, whatever they are called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<u32>,
    /// Rows that are budget lines, whatever they are called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
    /// The office that all of it is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The unit that its shares of the total were rounded to, in percentage points; without one they are left out.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "as_text")]
    pub share_unit: Option<Decimal>,
    /// How texts that are numbers are written, by the number 1234.56.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<String>,
    /// What the columns of a list are, by their letters: `B = "description"`, or when their amounts are spent: `H = "2026-Q1"`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
}

/// What the rows and columns of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Offices below each other, outcomes or budget heads side by side.
    OfficesByResults,
    /// Outcomes or budget heads below each other, offices side by side.
    ResultsByOffices,
    /// Outcomes or budget heads of one office below each other, with one column of amounts.
    Results,
    /// Budget lines below each other; without descriptions, allocations.
    Lines,
    /// Totals of the other sheets: they are held against those, and add nothing.
    Summary,
    /// No table of the budget.
    Skip,
}

impl Layout {
    /// Its name in mapping files.
    pub fn name(self) -> &'static str {
        match self {
            Self::OfficesByResults => "offices-by-results",
            Self::ResultsByOffices => "results-by-offices",
            Self::Results => "results",
            Self::Lines => "lines",
            Self::Summary => "summary",
            Self::Skip => "skip",
        }
    }
}

impl Mapping {
    /// Reads the text of a mapping file.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`Error`] where it cannot be read, or is no mapping.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let source = Source::read(&path)?;
        Self::parse(source.text())
            .map_err(|why| Error::NotText { name: source.name().to_owned(), why: format!("it is no mapping of tables:\n{why}") })
    }

    /// The file beside a file of tables in which its mapping is kept: `budget.xlsx.map.toml`.
    pub fn beside(file: &Path) -> PathBuf {
        let mut name = file.as_os_str().to_owned();
        name.push(".map.toml");
        name.into()
    }

    /// The mapping that is kept beside a file of tables; one that says nothing where there is none.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn of(file: &Path) -> Result<Self, Error> {
        let beside = Self::beside(file);
        if beside.is_file() { Self::read(beside) } else { Ok(Self::default()) }
    }

    /// As the text of a mapping file.
    pub fn text(&self, of: &str) -> String {
        let body = toml::to_string(self).unwrap_or_default();
        format!("# How {of} is read. Correct what is wrong, and leave out what shall be found out.\n\n{body}")
    }

    /// What is said about a sheet.
    pub(crate) fn table(&self, sheet: &str) -> Option<&TableMapping> {
        self.tables
            .iter()
            .find(|table| table.sheet.eq_ignore_ascii_case(sheet) || (table.sheet.is_empty() && self.tables.len() == 1))
    }
}

/// Values as texts: a TOML number would be a binary float.
mod as_text {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub fn serialize<T: Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(T::to_string).serialize(serializer)
    }

    pub fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}
