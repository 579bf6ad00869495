//! Why a command stops.

use std::io;

/// What keeps a command from going on.
#[derive(Debug)]
pub enum Failure {
    /// It cannot be done; the message says why, and what to do.
    Refused(String),
    /// Nobody reads the output any more.
    ReaderGone,
}

impl From<io::Error> for Failure {
    // Only writing the output goes through here: reading fails with a [`logframe::Error`], which names the file.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::Refused(format!("cannot write the output: {error}")),
        }
    }
}

impl From<logframe::Error> for Failure {
    fn from(error: logframe::Error) -> Self {
        Self::Refused(error.to_string())
    }
}
