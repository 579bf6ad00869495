//! A plan's money through its git history.
//!
//! The history is asked of the `git` that is installed, which knows every kind of repository; nothing is changed in it.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use logframe::table::{Cell, Column, Table};
use logframe::{Decimal, Loaded, Plan, Source, is_within};

use crate::lines::load_with;

/// A version of a plan.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Version {
    /// The commit, in full; `None` for what is in the file and not committed.
    pub commit: Option<String>,
    /// The day of the commit, year-month-day.
    pub date: String,
    /// Who committed it.
    pub author: String,
    /// The first line of the commit's message.
    pub subject: String,
    /// What the plan said; or why that cannot be told.
    pub plan: Result<Plan, String>,
}

/// The versions of a plan that its git repository knows, the oldest first, and what is not committed last. A file that was renamed is
/// followed.
///
/// # Errors
/// Why there is no history, as a sentence: no git, no repository, a file that was never committed.
pub fn history(file: impl AsRef<Path>) -> Result<Vec<Version>, String> {
    let file = file.as_ref();
    let (repository, path) =
        Repository::around(file).map_err(|why| format!("there is no history of {}: {why}", file.display()))?;
    let mut commits = repository.commits(&["--follow"], &[&path])?;
    if commits.is_empty() {
        return Err(format!("{} is in no commit; `git add` and `git commit` keep its versions", file.display()));
    }
    // Where the lines are in a table of their own, a commit of that alone changes the plan.
    if let Some(table) = commits.iter().find_map(|commit| repository.table(commit)) {
        let with_table = repository.commits(&[], &[&path, &table])?;
        let known: HashSet<String> = with_table.iter().map(|one| one.hash.clone()).collect();
        let of_plan = with_table.into_iter().map(|commit| Commit { path: path.clone(), is_removal: false, ..commit });
        commits = of_plan.chain(commits.into_iter().filter(|one| !known.contains(&one.hash))).collect();
    }
    let mut versions: Vec<Version> = commits.iter().rev().map(|commit| repository.version(commit)).collect();
    versions.extend(uncommitted(file, versions.last()));
    Ok(versions)
}

/// The versions as a table: each total, and by how much it changed.
///
/// A version that cannot be read, or has budget lines without an amount, has no total, and a note says why. Where the currency changes
/// there is no difference.
#[must_use]
pub fn history_table(title: &str, versions: &[Version]) -> Table {
    let columns = vec![
        Column::text("date", "Date"),
        Column::text("commit", "Commit"),
        Column::text("currency", "Currency"),
        Column::number("total", "Total"),
        Column::number("change", "Change"),
        Column::text("subject", "What was done"),
    ];
    let mut table = Table::new(format!("{title}: the money through its history"), columns);
    let mut before: Option<(String, Decimal)> = None;
    for version in versions {
        let commit = version.commit.as_deref().map_or("not committed", |hash| hash.get(..9).unwrap_or(hash));
        let total = total(&version.plan);
        if let Err(why) = &total {
            table.notes.push(format!("{commit}: {why}"));
        }
        let total = total.ok();
        let change = before.as_ref().zip(total.as_ref()).filter(|(before, now)| before.0 == now.0);
        let change = change.and_then(|(before, now)| now.1.exact_sub(before.1)).filter(|change| !change.is_zero());
        table.push(vec![
            Cell::text(&version.date),
            Cell::text(commit),
            total.as_ref().map_or(Cell::Absent, |(currency, _)| Cell::text(currency)),
            total.as_ref().map_or(Cell::Absent, |(_, amount)| Cell::number(*amount)),
            change.map_or(Cell::Absent, Cell::number),
            Cell::text(&version.subject),
        ]);
        before = total.or(before);
    }
    if let Some(Ok(plan)) = versions.last().map(|version| &version.plan) {
        table.style = plan.number_style();
    }
    table
}

/// The currency and the total of a version, or why it has none.
fn total(plan: &Result<Plan, String>) -> Result<(String, Decimal), String> {
    let plan = plan.as_ref().map_err(Clone::clone)?;
    let without = plan.built_lines().iter().filter(|line| line.amount.is_err()).count();
    if without > 0 {
        return Err(format!("no total, as {without} of the budget lines have no amount"));
    }
    let total = plan.total().map_err(|error| error.to_string())?;
    Ok((plan.header.currency.to_string(), total.amount))
}

/// A repository, by its top folder, from which all paths are.
struct Repository {
    top: PathBuf,
}

struct Commit {
    hash: String,
    date: String,
    author: String,
    subject: String,
    /// The path of the plan at that time, from the top of the repository.
    path: String,
    /// Whether the commit took the file away.
    is_removal: bool,
}

/// What separates commits in what git prints, and the parts of one: characters that no message has.
const RECORD: char = '\u{1e}';
const PART: char = '\u{1f}';
/// As git takes them.
const LAYOUT: &str = "--format=%x1e%H%x1f%cs%x1f%an%x1f%s";

impl Repository {
    /// The repository that a file is in, and the file's path in it.
    fn around(file: &Path) -> Result<(Self, String), String> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = file.file_name().and_then(OsStr::to_str).ok_or("it has no name")?;
        let said = git(folder, ["rev-parse", "--show-toplevel", "--show-prefix"])?;
        let said = String::from_utf8_lossy(&said);
        let mut lines = said.lines();
        let top = PathBuf::from(lines.next().unwrap_or("."));
        Ok((Self { top }, format!("{}{name}", lines.next().unwrap_or_default())))
    }

    /// Commits that changed one of some files, the newest first.
    fn commits(&self, options: &[&str], paths: &[&str]) -> Result<Vec<Commit>, String> {
        let args = ["log", LAYOUT, "--name-status"].iter().chain(options).chain(&["--"]).chain(paths);
        match git(&self.top, args) {
            Ok(said) => Ok(String::from_utf8_lossy(&said).split(RECORD).filter_map(commit).collect()),
            // A repository without a commit.
            Err(why) if why.contains("does not have any commits") => Ok(Vec::new()),
            Err(why) => Err(why),
        }
    }

    /// The path from the top of the table that a plan named in a commit, where it names one.
    fn table(&self, commit: &Commit) -> Option<String> {
        let text = self.text(commit, &commit.path).ok()?;
        let plan = Plan::parse(&Source::new(commit.path.as_str(), text)).plan?;
        path_beside(&commit.path, plan.header.lines.file.as_ref()?)
    }

    fn text(&self, commit: &Commit, path: &str) -> Result<String, String> {
        let bytes = git(&self.top, ["cat-file", "blob", &format!("{}:{path}", commit.hash)])?;
        String::from_utf8(bytes).map_err(|_| format!("{path} is no UTF-8 text"))
    }

    fn version(&self, commit: &Commit) -> Version {
        Version {
            commit: Some(commit.hash.clone()),
            date: commit.date.clone(),
            author: commit.author.clone(),
            subject: commit.subject.clone(),
            plan: self.plan(commit),
        }
    }

    fn plan(&self, commit: &Commit) -> Result<Plan, String> {
        if commit.is_removal {
            return Err("the plan was removed".to_owned());
        }
        let bytes = self.text(commit, &commit.path)?;
        let source = Source::from_bytes(commit.path.as_str(), bytes.as_bytes()).map_err(|error| error.to_string())?;
        let table = |named: &str| {
            let path =
                path_beside(&commit.path, named).ok_or_else(|| format!("`{named}`, which is not inside the plan's folder"))?;
            Ok(Source::new(path.as_str(), self.text(commit, &path)?))
        };
        let loaded = load_with(source, &commit.path, &table);
        // Its base would be the one of today, if there is one.
        if loaded.is_changed {
            return Err("a scenario has no history of its own; ask for that of the plan that it changes".to_owned());
        }
        plan_of(loaded)
    }
}

/// What git prints, called in a folder; or why it does not.
fn git<A: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = A>) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "core.quotePath=false", "-c", "log.showSignature=false"]);
    command.args(["--no-pager", "--literal-pathspecs"]);
    let done = command.args(args).env("LC_ALL", "C").output().map_err(|error| format!("git cannot be run ({error})"))?;
    if done.status.success() {
        return Ok(done.stdout);
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(said.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ").to_owned())
}

/// What is in the file and in no commit.
fn uncommitted(file: &Path, last: Option<&Version>) -> Option<Version> {
    let plan = crate::load(file).map_err(|error| error.to_string()).and_then(plan_of);
    let is_known = last.is_some_and(|last| last.plan == plan);
    let version = Version { commit: None, date: String::new(), author: String::new(), subject: String::new(), plan };
    (!is_known && file.exists()).then_some(version)
}

fn plan_of(loaded: Loaded) -> Result<Plan, String> {
    let first = loaded.diagnostics.first().map(|finding| finding.message.clone());
    loaded.plan.ok_or_else(|| first.unwrap_or_else(|| "the plan could not be read".to_owned()))
}

/// One commit as git prints it: its parts in one line, then what became of the file.
fn commit(record: &str) -> Option<Commit> {
    let mut lines = record.lines();
    let mut parts = lines.next()?.split(PART).map(str::to_owned);
    let (hash, date, author, subject) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let change = lines.find(|line| !line.is_empty())?;
    let path = change.rsplit('\t').next()?.to_owned();
    Some(Commit { hash, date, author, subject, path, is_removal: change.starts_with('D') })
}

/// A path beside another one or below; nothing that leads elsewhere.
fn path_beside(path: &str, named: &str) -> Option<String> {
    let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    is_within(named).then(|| format!("{folder}{}", named.trim_start_matches("./")))
}
