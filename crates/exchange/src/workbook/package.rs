//! The parts of a zipped workbook, unpacked no further than is sensible.

use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// Bytes that all parts may unpack to, together (512 MiB): ten times a budget of 100,000 lines, and little enough for a zip bomb.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;

/// A zipped workbook.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

/// A part that is being unpacked.
pub type Part<'p> = BufReader<Unpacking<'p>>;

/// Ends with an error where too much comes out.
pub struct Unpacking<'p> {
    inner: Box<dyn Read + 'p>,
    left: &'p mut u64,
}

impl Read for Unpacking<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        *self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(too_much()))?;
        Ok(read)
    }
}

fn too_much() -> String {
    format!("it unpacks to more than {} MiB", MAX_UNPACKED / 1024 / 1024)
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
            ZipError::InvalidArchive(_) | ZipError::Io(_) => {
                "it is cut short, or damaged: its list of parts is missing".to_owned()
            }
            other => format!("it is a damaged zip archive ({other})"),
        })?;
        Ok(Self { archive, left: MAX_UNPACKED })
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A part by its name; `None` where there is none. Names are looked up and never written to: a name that leads out of a folder leads
    /// nowhere.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, String> {
        if !self.has(name) {
            return Ok(None);
        }
        let file = self.archive.by_name(name).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => {
                format!("its part {} is encrypted or packed in an unusual way", name.escape_debug())
            }
            other => format!("its part {} is damaged ({other})", name.escape_debug()),
        })?;
        let unpacking = Unpacking { inner: Box::new(file), left: &mut self.left };
        Ok(Some(BufReader::with_capacity(1 << 16, unpacking)))
    }
}
