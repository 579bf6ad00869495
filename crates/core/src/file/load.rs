//! Plans in files: a plan, or a scenario that names one.

use std::path::{Component, Path, PathBuf};

use super::read;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::plan::Plan;
use crate::planning::Scenario;
use crate::source::{Source, Span};

/// What reading a file gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The text that the plan and the diagnostics are about; of a scenario, the text of the plan that it starts from, unless something is
    /// wrong with the scenario itself.
    pub source: Source,
    /// The plan; `None` where the text cannot be read whole.
    pub plan: Option<Plan>,
    /// What is wrong with the text, in its order. Where there is a plan, what was noticed while a table was read as one.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the plan is another than the text says: a scenario changed it.
    pub is_changed: bool,
}

impl Loaded {
    /// What reading something else than a plan's own text gave.
    pub fn new(source: Source, plan: Option<Plan>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { source, plan, diagnostics, is_changed: false }
    }
}

/// Scenarios of scenarios that are followed; a circle ends here.
const DEEPEST: usize = 8;

impl Plan {
    /// Reads a plan from a file: TOML, JSON, or a scenario (`scenario = { base = "plan.toml" }`), whose base is in its own folder or
    /// below.
    ///
    /// # Errors
    /// [`Error`] where the file cannot be read; whatever is wrong with what it says is a diagnostic.
    pub fn load(path: impl AsRef<Path>) -> Result<Loaded, Error> {
        let path = path.as_ref();
        Ok(Self::load_with(Source::read(path)?, path, &|loaded, _| loaded))
    }

    /// The plan of a text that stands in a file. `attach` adds what a plan keeps in other files; it gets the path of the plan that names
    /// them.
    pub fn load_with(source: Source, path: impl AsRef<Path>, attach: &Attach<'_>) -> Loaded {
        of(source, path.as_ref(), DEEPEST, attach)
    }
}

/// What adds to a plan that was read what it keeps in other files.
pub type Attach<'a> = dyn Fn(Loaded, &Path) -> Loaded + 'a;

fn of(source: Source, path: &Path, depth: usize, attach: &Attach<'_>) -> Loaded {
    if is_scenario(&source) {
        return scenario(source, path, depth, attach);
    }
    let parsed = Plan::parse(&source);
    attach(Loaded { source, plan: parsed.plan, diagnostics: parsed.diagnostics, is_changed: false }, path)
}

/// A plan has no key `scenario`, and a scenario must.
fn is_scenario(source: &Source) -> bool {
    let is_key = |line: &str| line.strip_prefix("scenario").is_some_and(|rest| rest.trim_start().starts_with('='));
    source.text().lines().any(|line| line.starts_with("[scenario]") || is_key(line))
}

fn scenario(source: Source, path: &Path, depth: usize, attach: &Attach<'_>) -> Loaded {
    let wrong = |source: Source, diagnostics| Loaded { source, plan: None, diagnostics, is_changed: false };
    let scenario: Scenario = match read::noun(&source) {
        Ok(scenario) => scenario,
        Err(diagnostics) => return wrong(source, diagnostics),
    };
    let named = &scenario.scenario.base;
    let base = match beside(path, named).and_then(|base| follow(&base, depth, attach)) {
        Ok(base) => base,
        Err(why) => return wrong(source, vec![finding(format!("`base` is {why}"), named.span)]),
    };
    let Some(plan) = &base.plan else { return base };
    match scenario.apply(plan) {
        Ok(plan) => Loaded { plan: Some(plan), is_changed: true, ..base },
        Err((at, why)) => {
            let span = scenario.changes.get(at).and_then(crate::planning::Change::span);
            wrong(source, vec![finding(format!("change {} cannot be made: {why}", at + 1), span)])
        }
    }
}

fn follow(base: &Path, depth: usize, attach: &Attach<'_>) -> Result<Loaded, String> {
    let depth = depth.checked_sub(1).ok_or("a scenario of a scenario of itself, or of too many")?;
    let source = Source::read(base).map_err(|error| format!("no file that can be read: {error}"))?;
    Ok(of(source, base, depth, attach))
}

fn finding(message: String, span: Option<Span>) -> Diagnostic {
    Diagnostic::new("wrong-value", Severity::Error, message).at(span, "the scenario", "")
}

/// The file that a plan names, in the plan's folder or below, whatever links there are.
///
/// # Errors
/// Why it is none, to follow "the file is".
pub fn beside(path: &Path, named: &str) -> Result<PathBuf, String> {
    if !is_within(named) {
        return Err(format!("`{}`, and must be a path inside the folder of the file that names it", named.escape_debug()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = folder.join(named);
    // A link can lead out of the folder as `..` does.
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(whole)) if !whole.starts_with(&folder) => {
            Err(format!("`{}`, which leads out of its folder", named.escape_debug()))
        }
        _ => Ok(file),
    }
}

/// Whether a path that a plan names leads to its own folder or below, as far as the path itself says.
pub fn is_within(named: &str) -> bool {
    let mut parts = Path::new(named).components();
    !named.is_empty() && parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
