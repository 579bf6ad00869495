//! Rules of a donor in a file of their own.

use std::path::Path;

use logframe::diagnostic::text::concise;
use logframe::{Profile, Source};

use crate::failure::Failure;

/// The profile of a file, or everything that keeps it from being one.
pub fn read(file: &Path) -> Result<Profile, Failure> {
    let source = Source::read(file)?;
    Profile::parse(&source).map_err(|findings| {
        let lines = findings.iter().map(|finding| concise(finding, Some(&source)));
        Failure::Refused(lines.collect::<Vec<_>>().join("\n"))
    })
}
