//! What a FILE argument names: a file or standard input, and a plan or something else.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use logframe::{Error, Loaded, Source};
use logframe_exchange::{Document, Imported, import, is_table, load_source};

use crate::failure::Failure;
use crate::import::ImportArgs;

/// What a FILE argument names.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, which has been read.
    Stdin(Vec<u8>),
}

const STDIN: &str = "<stdin>";
/// Bytes of a table on standard input that are read, at most, as of a file (64 MiB).
const MAX_TABLE: u64 = 64 * 1024 * 1024;

impl Input {
    /// The inputs that arguments name; `-` is standard input, which is read here and now.
    pub fn of(files: &[PathBuf], stdin: &mut dyn Read) -> Result<Vec<Self>, Failure> {
        if files.iter().filter(|file| is_stdin(file)).count() > 1 {
            return Err(Failure::Refused("`-` is named twice, and standard input can be read only once".to_owned()));
        }
        files.iter().map(|file| Self::new(file, stdin)).collect()
    }

    /// The input that one argument names.
    pub fn new(file: &Path, stdin: &mut dyn Read) -> Result<Self, Failure> {
        if !is_stdin(file) {
            return Ok(Self::File(file.to_owned()));
        }
        let mut bytes = Vec::new();
        // One byte beyond the limit is enough to know that there is too much.
        let read = stdin.take(MAX_TABLE + 1).read_to_end(&mut bytes);
        read.map_err(|source| Error::Unreadable { name: STDIN.to_owned(), source })?;
        Ok(Self::Stdin(bytes))
    }

    /// Its name in messages.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin(_) => STDIN.to_owned(),
        }
    }

    /// Its text as a plan's, or why it has none.
    pub fn read(&self) -> Result<Source, String> {
        let read = match self {
            Self::File(path) => Source::read(path),
            Self::Stdin(bytes) => Source::from_bytes(STDIN, bytes),
        };
        read.map_err(|error| error.to_string())
    }

    /// The plan it holds, or why nothing can be read. A file may be a scenario, whose base stands beside it, or a workbook or table, which is
    /// read as `how` says.
    pub fn plan(&self, how: &ImportArgs) -> Result<Loaded, String> {
        if let Some(imported) = self.import(how)? {
            return Ok(Loaded::new(imported.source, imported.plan, imported.findings));
        }
        let source = self.read()?;
        Ok(match self {
            Self::File(path) => load_source(source, path),
            Self::Stdin(_) => load_source(source, ""),
        })
    }

    /// The plan of a workbook or a table, and what was recognised in it; `None` where it is neither.
    pub fn import(&self, how: &ImportArgs) -> Result<Option<Imported>, String> {
        let is_table = match self {
            Self::File(path) => is_table(path),
            Self::Stdin(bytes) => bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]),
        };
        if !is_table {
            return Ok(None);
        }
        let mapping = how.mapping(if let Self::File(path) = self { Some(path) } else { None })?;
        Ok(Some(import(self.document()?, &mapping)))
    }

    /// The same, where all of the plan is needed: what it keeps in a table of its own, too.
    pub fn whole_plan(&self, how: &ImportArgs) -> Result<Loaded, String> {
        let loaded = self.plan(how)?;
        let lines = loaded.plan.as_ref().map(|plan| &plan.header.lines);
        match lines.and_then(|lines| lines.file.as_ref().filter(|_| !lines.is_read)) {
            None => Ok(loaded),
            Some(file) => Err(format!(
                "the budget lines of {} are in `{}`, beside its file\n  give the file instead of standard input",
                self.name(),
                file.escape_debug()
            )),
        }
    }

    /// Whether its name says that it is a table.
    pub fn is_csv(&self) -> bool {
        matches!(self, Self::File(path) if is_csv(path))
    }

    /// It as a file of tables: a text or a workbook.
    pub fn document(&self) -> Result<Document, String> {
        let read = match self {
            Self::File(path) => Document::read(path),
            Self::Stdin(bytes) => Document::of_bytes(STDIN, bytes),
        };
        read.map_err(|error| error.to_string())
    }
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn is_csv(path: &Path) -> bool {
    matches!(extension(path).as_deref(), Some("csv" | "tsv"))
}

fn extension(path: &Path) -> Option<String> {
    path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase)
}
