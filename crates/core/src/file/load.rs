//! Plans in files: a plan, or a scenario that names one.

use std::path::{Component, Path, PathBuf};

use super::read;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::plan::Plan;
use crate::planning::Scenario;
use crate::source::{Source, Span, Spanned};

/// What reading a file gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The text that the plan and the diagnostics are about; of a scenario, the text of the plan that it starts from, unless something is
    /// wrong with the scenario itself.
    pub source: Source,
    /// The plan; `None` where the text cannot be read whole.
    pub plan: Option<Plan>,
    /// What is wrong with the text, in its order. Empty where there is a plan.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the plan is another than the text says: a scenario changed it.
    pub is_changed: bool,
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
        load(path.as_ref(), DEEPEST)
    }

    /// The plan of a text that stands in a file: as [`load`](Self::load), where the text was read already.
    pub fn load_source(source: Source, path: impl AsRef<Path>) -> Loaded {
        of(source, path.as_ref(), DEEPEST)
    }
}

fn load(path: &Path, depth: usize) -> Result<Loaded, Error> {
    Ok(of(Source::read(path)?, path, depth))
}

fn of(source: Source, path: &Path, depth: usize) -> Loaded {
    if is_scenario(&source) {
        return scenario(source, path, depth);
    }
    let parsed = Plan::parse(&source);
    Loaded { source, plan: parsed.plan, diagnostics: parsed.diagnostics, is_changed: false }
}

/// A plan has no key `scenario`, and a scenario must.
fn is_scenario(source: &Source) -> bool {
    let is_key = |line: &str| line.strip_prefix("scenario").is_some_and(|rest| rest.trim_start().starts_with('='));
    source.text().lines().any(|line| line.starts_with("[scenario]") || is_key(line))
}

fn scenario(source: Source, path: &Path, depth: usize) -> Loaded {
    let wrong = |source: Source, diagnostics| Loaded { source, plan: None, diagnostics, is_changed: false };
    let scenario: Scenario = match read::noun(&source) {
        Ok(scenario) => scenario,
        Err(diagnostics) => return wrong(source, diagnostics),
    };
    let named = &scenario.scenario.base;
    let base = match inside(path, named).and_then(|base| follow(&base, depth)) {
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

fn follow(base: &Path, depth: usize) -> Result<Loaded, String> {
    let depth = depth.checked_sub(1).ok_or("a scenario of a scenario of itself, or of too many")?;
    load(base, depth).map_err(|error| format!("no file that can be read: {error}"))
}

fn finding(message: String, span: Option<Span>) -> Diagnostic {
    Diagnostic::new("wrong-value", Severity::Error, message).at(span, "the scenario", "")
}

/// A file that a plan names: in the plan's folder or below, whatever links there are.
fn inside(path: &Path, named: &Spanned<String>) -> Result<PathBuf, String> {
    let relative = Path::new(named.as_str());
    let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !is_plain || named.is_empty() {
        return Err(format!("`{}`, and must be a path inside the folder of the file that names it", named.escape_debug()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = folder.join(relative);
    // A link can lead out of the folder as `..` does.
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(whole)) if !whole.starts_with(&folder) => {
            Err(format!("`{}`, which leads out of its folder", named.escape_debug()))
        }
        _ => Ok(file),
    }
}
