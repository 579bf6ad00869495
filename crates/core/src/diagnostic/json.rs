//! Findings as JSON, with a version and a schema (`plans/findings.schema.json`).

use schemars::JsonSchema;
use serde::Serialize;

use super::{Counts, Diagnostic, Label, Severity};
use crate::source::Source;

/// The version of this format; it grows when a field is renamed or removed, not when one is added.
pub const VERSION: u32 = 1;

/// The findings about any number of files.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Findings of logframe check")]
pub struct FindingsJson {
    /// Version of this format: 1.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// One entry a file, in the order in which the files were named.
    pub files: Vec<FileJson>,
}

/// The findings about one file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileJson {
    /// Name of the file as it was given.
    pub file: String,
    /// Why it could not be checked at all, where it could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
    /// The findings, in the order of the text.
    pub findings: Vec<FindingJson>,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingJson {
    /// Name of the rule; `logframe explain` prints its page.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The finding in one line.
    pub message: String,
    /// Where it stands: the main place first.
    pub places: Vec<PlaceJson>,
    /// What can be done.
    pub help: Vec<String>,
    /// What the document prints, as an exact decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// What its parts make, as an exact decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed: Option<String>,
    /// Declared less computed, as an exact decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<String>,
    /// The parts, as exact decimals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// Ids of the things of the plan that it is about.
    pub about: Vec<String>,
    /// The plan's reason for another severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<String>,
}

/// A place in the plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceJson {
    /// The file that it is in, where the plan has others beside its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The cell of a workbook: `Budget!B7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// What stands there.
    pub thing: String,
    /// What to see there.
    pub text: String,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Line on which it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    /// Column after its last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
}

impl FindingsJson {
    /// A document about these files.
    pub fn new(files: Vec<FileJson>) -> Self {
        Self { version: VERSION, files }
    }
}

impl FileJson {
    /// The findings about one file.
    pub fn new(file: &str, findings: &[Diagnostic], source: Option<&Source>) -> Self {
        let counts = Counts::of(findings);
        Self {
            file: file.to_owned(),
            failure: None,
            errors: counts.errors,
            warnings: counts.warnings,
            notes: counts.notes,
            findings: findings.iter().map(|finding| FindingJson::new(finding, source)).collect(),
        }
    }

    /// A file that could not be checked.
    pub fn failed(file: &str, failure: impl Into<String>) -> Self {
        Self { failure: Some(failure.into()), ..Self::new(file, &[], None) }
    }
}

impl FindingJson {
    /// One finding, its places resolved against the text.
    pub fn new(finding: &Diagnostic, source: Option<&Source>) -> Self {
        let number = |pick: fn(&super::Figures) -> String| finding.figures.as_ref().map(pick);
        Self {
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
            places: finding.labels.iter().map(|label| PlaceJson::new(label, source)).collect(),
            help: finding.help.clone(),
            declared: number(|figures| figures.declared.to_string()),
            computed: number(|figures| figures.computed.to_string()),
            difference: number(|figures| figures.difference.to_string()),
            terms: finding.figures.iter().flat_map(|figures| &figures.terms).map(ToString::to_string).collect(),
            about: finding.about.clone(),
            exception: finding.exception.clone(),
        }
    }
}

impl PlaceJson {
    fn new(label: &Label, source: Option<&Source>) -> Self {
        let ends = source.zip(label.span).map(|(s, span)| (s.position(span.start()), s.position(span.end())));
        Self {
            file: source
                .filter(|source| source.has_attached())
                .zip(label.span)
                .map(|(s, span)| s.name_at(span.start()).to_owned()),
            cell: source.zip(label.span).and_then(|(source, span)| source.cell(span.start())),
            thing: label.thing.clone(),
            text: label.text.clone(),
            line: ends.map(|(start, _)| start.line),
            column: ends.map(|(start, _)| start.column),
            end_line: ends.map(|(_, end)| end.line),
            end_column: ends.map(|(_, end)| end.column),
        }
    }
}
