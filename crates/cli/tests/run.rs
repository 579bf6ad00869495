//! Running the command and looking at what it said.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use logframe_cli::{ExitStatus, Streams, run};

pub const IOM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plans/iom-venezuela-2018.toml");

/// A plan with one budget cell and one printed total, which holds.
pub const TINY: &str = r#"format = 1
[plan]
id = "tiny"
title = "A tiny plan"
currency = "USD"
[[head]]
id = "field"
title = "Field work"
[[office]]
id = "north"
name = "North"
[budget]
north = { field = 1_250 }
[[declared]]
where = "table"
total = 1_250
"#;

#[derive(Debug)]
pub struct Ran {
    pub status: ExitStatus,
    pub out: String,
    pub err: String,
}

pub fn logframe(args: &[&str]) -> Ran {
    logframe_reading(args, b"")
}

pub fn logframe_reading(args: &[&str], mut stdin: &[u8]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("logframe").chain(args.iter().copied());
    let status = run(args, &mut Streams::new(&mut stdin, &mut out, &mut err));
    Ran { status, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// A directory for one test, gone with it.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its name as an argument.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        argument(&path)
    }
}

pub fn argument(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A stream whose reader has gone, as that of `logframe … | head -0`.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A disk without room.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn into(out: &mut dyn Write, args: &[&str]) -> (ExitStatus, String) {
    let mut err = Vec::new();
    let status = run(args.iter().copied(), &mut Streams::new(&mut io::empty(), out, &mut err));
    (status, String::from_utf8(err).unwrap())
}

#[test]
fn a_reader_that_goes_away_is_quiet_success() {
    for args in [
        &["logframe", "check", IOM][..],
        &["logframe", "check", IOM, "--format", "json"],
        &["logframe", "rules"],
        &["logframe", "--help"],
    ] {
        assert_eq!(into(&mut Closed, args), (ExitStatus::Success, String::new()), "{args:?}");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_a_failure_and_says_so() {
    for args in [&["logframe", "check", IOM][..], &["logframe", "check", IOM, "--format", "json"], &["logframe", "new"]] {
        let (status, err) = into(&mut Full, args);
        assert_eq!(status, ExitStatus::CouldNotRun, "{args:?}");
        assert!(err.starts_with("error: cannot write the output: "), "{err}");
    }
}

#[test]
fn usage_errors_exit_with_2_and_explain_themselves_on_stderr() {
    let cases = [
        (&["chekc"][..], "check"),
        (&["check"], "<FILE>"),
        (&["check", "x.toml", "--format", "xml"], "sarif"),
        (&["show"], "<FILE>"),
        (&["show", "x.toml", "bugdet"], "budget"),
        (&["show", "x.toml", "office"], "<ID>"),
        (&["show", "x.toml", "budget", "kenya"], "write `show FILE office kenya`"),
        (&["new", "--force"], "--output"),
        (&["check", "-", "-"], "standard input can be read only once"),
        (&[], "Usage: logframe"),
    ];
    for (args, expected) in cases {
        let ran = logframe(args);
        assert_eq!((ran.status, ran.out.as_str()), (ExitStatus::CouldNotRun, ""), "{args:?}");
        assert!(ran.err.contains(expected), "{args:?}: {}", ran.err);
    }
}

#[test]
fn colour_is_for_those_who_ask_where_there_is_no_terminal() {
    assert!(!logframe(&["check", IOM]).out.contains('\x1b'));
    assert!(logframe(&["check", IOM, "--color", "always"]).out.contains("\x1b["));
    assert!(logframe(&["--color=always", "check", "missing.toml"]).err.contains("\x1b["));
    assert!(!logframe(&["check", IOM, "--color", "never"]).out.contains('\x1b'));
}

#[test]
fn the_version_is_the_packages() {
    assert_eq!(logframe(&["--version"]).out, format!("logframe {}\n", env!("CARGO_PKG_VERSION")));
}
