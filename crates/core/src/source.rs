//! Text with a name, and positions in it.
//!
//! A position is two integers; line and column are questions asked later of the text.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Seek, Write};
use std::num::NonZeroU32;
use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Error;

/// The largest text that is read, in bytes (8 MiB): a plan of 100,000 allocations takes about 2.5 MB. A TOML text is held many
/// times over while it is read, so the limit is what bounds memory on hostile input.
pub const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// A piece of a text: byte offsets, the end excluded.
///
/// ```
/// use logframe::Span;
/// let span = Span::between(3, 8);
/// assert_eq!((span.start(), span.end(), span.range()), (3, 8, 3..8));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    /// The end and one more, which is never zero: a place that may be missing takes no more room, and plans have many.
    past_end: NonZeroU32,
}

impl Span {
    /// The span of a byte range; offsets past 4 GiB, which no [`Source`] has, are clamped.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self::between(clamp(range.start), clamp(range.end))
    }

    /// The span from one byte to another, which is the one after its last.
    pub const fn between(start: u32, end: u32) -> Self {
        Self { start, past_end: NonZeroU32::MIN.saturating_add(end) }
    }

    /// First byte.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The byte after the last.
    pub const fn end(self) -> u32 {
        self.past_end.get() - 1
    }

    /// The span as a byte range.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end() as usize
    }
}

/// The beginning of a text.
impl Default for Span {
    fn default() -> Self {
        Self::between(0, 0)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Span({}..{})", self.start, self.end())
    }
}

/// A value together with where it was read. Two spanned values are equal when their values are: the place takes no part.
///
/// ```
/// use logframe::Spanned;
/// let built: Spanned<&str> = "argentina".into();
/// assert_eq!(built.span, None);
/// assert_eq!(*built, "argentina");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands; `None` where it was built in code.
    pub span: Option<Span>,
}

impl<T> Spanned<T> {
    /// A value read at `span`.
    pub fn at(value: T, span: Span) -> Self {
        Self { value, span: Some(span) }
    }
}

impl<T> From<T> for Spanned<T> {
    fn from(value: T) -> Self {
        Self { value, span: None }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A named text: a plan file, or standard input, or a request body. Cheap to clone.
///
/// ```
/// use logframe::{Source, Span};
/// let source = Source::new("plan.toml", "format = 1\nplan = 2\n");
/// assert_eq!(source.position(11).line, 2);
/// assert_eq!(source.slice(Span::between(0, 6)), "format");
/// ```
#[derive(Clone, Debug)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    lines: Arc<[u32]>,
    /// Texts that follow the first.
    attached: Arc<[Attached]>,
    /// A column of an ASCII text is a difference; a plan in JSON may be one line of a megabyte.
    is_ascii: bool,
}

/// A text that follows the first.
#[derive(Clone, Debug)]
struct Attached {
    /// Where it begins.
    start: u32,
    name: Arc<str>,
    /// The sheet of a workbook that it stands for.
    sheet: Option<Arc<str>>,
}

/// What stands between the cells of a row in the text that stands for a sheet; no cell's text holds it.
pub const CELL_SEPARATOR: char = '│';

impl Source {
    /// A text under a name that messages will show. A byte order mark is dropped.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let text = text.strip_prefix('\u{feff}').map(Arc::from).unwrap_or(text);
        let starts = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        let lines = std::iter::once(0).chain(starts).collect();
        let name: Arc<str> = name.into();
        // A name is shown in every message; a terminal must not obey it.
        let name = if name.contains(char::is_control) { name.replace(char::is_control, "\u{fffd}").into() } else { name };
        let is_ascii = text.is_ascii();
        Self { name, text, lines, attached: Arc::default(), is_ascii }
    }

    /// The text with another one after it, as a plan that keeps its lines in a table; and where the other begins. Places in both are places
    /// in the whole, and each is told by the name of its own text.
    ///
    /// ```
    /// use logframe::Source;
    /// let (whole, start) = Source::new("plan.toml", "format = 1").with(&Source::new("lines.csv", "id\noffice\n"));
    /// assert_eq!((whole.name_at(0), whole.name_at(start)), ("plan.toml", "lines.csv"));
    /// assert_eq!(whole.position(start + 3).line, 2);
    /// ```
    #[must_use]
    pub fn with(&self, other: &Self) -> (Self, u32) {
        let text = format!("{}\n{}", self.text, other.text);
        let start = u32::try_from(self.text.len() + 1).unwrap_or(u32::MAX);
        let other = Attached { start, name: other.name.clone(), sheet: None };
        let attached = self.attached.iter().cloned().chain([other]).collect();
        (Self { attached, ..Self::new(self.name.clone(), text) }, start)
    }

    /// A workbook: of each sheet its name, and a text with a line a row and [`CELL_SEPARATOR`] between cells. Places in it are told as
    /// cells. Given back is where each sheet's text begins, too.
    ///
    /// ```
    /// use logframe::Source;
    /// let (book, starts) = Source::of_sheets("budget.xlsx", [("Budget", "Office│1│Total\nPeru│5│5\n".to_owned())]);
    /// let five = starts[0] + book.text()[starts[0] as usize..].find('5').unwrap() as u32;
    /// assert_eq!(book.place(five), "budget.xlsx:Budget!B2");
    /// ```
    pub fn of_sheets<'a>(name: impl Into<Arc<str>>, sheets: impl IntoIterator<Item = (&'a str, String)>) -> (Self, Vec<u32>) {
        let name: Arc<str> = name.into();
        let (mut text, mut attached) = (String::new(), Vec::new());
        for (sheet, rows) in sheets {
            text.push('\n');
            let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let sheet = Some(sheet.replace(char::is_control, "\u{fffd}").into());
            attached.push(Attached { start, name: name.clone(), sheet });
            text.push_str(&rows);
        }
        let starts = attached.iter().map(|one| one.start).collect();
        (Self { attached: attached.into(), ..Self::new(name, text) }, starts)
    }

    /// A place as it is written for people: `plan.toml:12:7`, or `budget.xlsx:Budget!B7` in a workbook.
    pub fn place(&self, offset: u32) -> String {
        let name = self.name_at(offset);
        if let Some(cell) = self.cell(offset) {
            return format!("{name}:{cell}");
        }
        let at = self.position(offset);
        format!("{name}:{}:{}", at.line, at.column)
    }

    /// The cell that a place is in, with its sheet, in a workbook: `Budget!B7`, `'Budget 2018'!B7`.
    pub fn cell(&self, offset: u32) -> Option<String> {
        let sheet = self.sheet(offset)?;
        let (row, column) = self.row_and_column(offset);
        Some(format!("{sheet}!{}{row}", column_letters(column as usize)))
    }

    /// The sheet that a place is in, in a workbook, as formulas write it: `Budget`, `'Budget 2018'`.
    pub fn sheet(&self, offset: u32) -> Option<Cow<'_, str>> {
        let sheet = self.part(offset)?.sheet.as_ref()?;
        let is_plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_') && !sheet.starts_with(|c: char| c.is_ascii_digit());
        Some(if is_plain { Cow::Borrowed(sheet) } else { format!("'{}'", sheet.replace('\'', "''")).into() })
    }

    /// Of a place in a workbook, the row, from 1, and the column, from 0, of its cell.
    pub fn row_and_column(&self, offset: u32) -> (u32, u32) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let line = self.line_around(offset).start;
        let column = self.slice(Span::between(line, offset)).matches(CELL_SEPARATOR).count();
        (count(self.line_in_part(offset)), count(column))
    }

    /// The text alone, without those that follow it.
    pub fn first(&self) -> &str {
        let end = self.attached.first().map_or(self.text.len(), |other| (other.start as usize).saturating_sub(1));
        self.text.get(..end).unwrap_or_default()
    }

    /// Whether other texts follow the first.
    pub fn has_attached(&self) -> bool {
        !self.attached.is_empty()
    }

    /// The name of the text that a place is in.
    pub fn name_at(&self, offset: u32) -> &str {
        self.part(offset).map_or(&self.name, |part| &part.name)
    }

    /// The name of the text that a place is in, with its sheet in a workbook.
    pub(crate) fn text_at(&self, offset: u32) -> Cow<'_, str> {
        match self.part(offset).and_then(|part| part.sheet.as_ref()) {
            Some(sheet) => format!("{}:{sheet}", self.name_at(offset)).into(),
            None => self.name_at(offset).into(),
        }
    }

    fn part(&self, offset: u32) -> Option<&Attached> {
        let behind = self.attached.partition_point(|part| part.start <= offset);
        self.attached.get(behind.checked_sub(1)?)
    }

    /// The line that a place is in, with its line break.
    pub fn line_around(&self, offset: u32) -> Span {
        let line = self.lines.partition_point(|start| *start <= offset);
        Span::between(self.line_start(line), self.line_start(line + 1))
    }

    /// A text from bytes that came from outside.
    ///
    /// A UTF-8 byte order mark is dropped.
    ///
    /// # Errors
    /// [`Error::NotText`] for UTF-16, binary data and anything else that is not UTF-8; [`Error::TooLarge`] above [`MAX_BYTES`].
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: &[u8]) -> Result<Self, Error> {
        let name = name.into();
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Error::TooLarge { name: name.to_string() });
        }
        Self::of_utf8(name, bytes)
    }

    /// A text from a file.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the operating system's reason, or with "it changed while it was read"; and what
    /// [`Source::from_bytes`] refuses.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::read_up_to(path, MAX_BYTES)
    }

    /// The same for a text that may be longer than a plan: a table of lines.
    ///
    /// # Errors
    /// As [`read`](Self::read), above so many bytes.
    pub fn read_up_to(path: impl AsRef<Path>, most: u64) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let unreadable = |source: io::Error| Error::Unreadable { name: name.clone(), source };
        if path.is_dir() {
            return Err(unreadable(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory, not a plan file")));
        }
        let mut file = fs::File::open(path).map_err(unreadable)?;
        let before = file.metadata().map_err(unreadable)?;
        if before.len() > most {
            return Err(Error::TooLarge { name });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or(0) + 1);
        // One byte beyond the limit is enough to know that a file without a length (a pipe) is too large.
        Read::by_ref(&mut file).take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        let after = file.metadata().map_err(unreadable)?;
        let same = before.len() == after.len() && before.modified().ok() == after.modified().ok();
        // The files of `/proc` say that they are empty, and are not.
        let is_whole = !before.is_file() || before.len() == 0 || before.len() == bytes.len() as u64;
        if !same || !is_whole {
            return Err(unreadable(io::Error::other("it changed while it was read; run the command again")));
        }
        if bytes.len() as u64 > most {
            return Err(Error::TooLarge { name });
        }
        Self::of_utf8(name.into(), &bytes)
    }

    fn of_utf8(name: Arc<str>, bytes: &[u8]) -> Result<Self, Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(Self::new(name, text)),
            other => Err(Error::NotText { name: name.to_string(), why: describe(bytes, other.err()) }),
        }
    }

    /// The name that messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span is not one of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.line_start(line) as usize;
        let before = self.text.get(start..offset as usize).unwrap_or_default();
        let column = if self.is_ascii { before.len() } else { before.chars().count() };
        Position { line: self.line_in_part(offset), column: column + 1 }
    }

    /// The line of a place, from 1, in the text that it is in.
    fn line_in_part(&self, offset: u32) -> usize {
        let line = self.lines.partition_point(|start| *start <= offset);
        line - self.part(offset).map_or(0, |part| self.lines.partition_point(|line| *line < part.start))
    }

    /// The nearest character boundary at or before a byte offset.
    pub(crate) fn boundary(&self, offset: u32) -> u32 {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// Byte offset at which a line (from 1) begins; the end of the text for a line past the last.
    pub fn line_start(&self, line: usize) -> u32 {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.lines.get(line.saturating_sub(1)).copied().unwrap_or(end)
    }
}

/// The letters of a spreadsheet's column, counted from 0: A, B, … Z, AA, …
pub fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        match (column / 26).checked_sub(1) {
            Some(rest) => column = rest,
            None => return letters.into_iter().rev().collect(),
        }
    }
}

/// Writes a text beside its target and renames it into place: the target is the old file or the new one, never a part. A link
/// is followed; a device or a pipe, which cannot be replaced, is written to.
///
/// # Errors
/// [`Error::Unwritable`] with the operating system's reason.
pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    write_with(path, |file| file.write_all(text.as_bytes()))
}

/// Where [`write_with`] has a file written.
pub trait OpenFile: Write + Seek + Send {}

impl<T: Write + Seek + Send> OpenFile for T {}

/// The same for what a function writes, and so need not be held whole: a workbook.
///
/// # Errors
/// [`Error::Unwritable`] with the operating system's reason, or that of the function.
pub fn write_with(path: &Path, write: impl FnOnce(&mut dyn OpenFile) -> io::Result<()>) -> Result<(), Error> {
    let unwritable = |source| Error::Unwritable { name: path.display().to_string(), source };
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(old) if old.is_dir() => Err(unwritable(io::ErrorKind::IsADirectory.into())),
        Ok(old) if !old.is_file() => into_device(&target, write).map_err(unwritable),
        old => replace(&target, write, old.ok().map(|old| old.permissions())).map_err(unwritable),
    }
}

/// In a pipe nobody can go back, so it is given all at once.
fn into_device(target: &Path, write: impl FnOnce(&mut dyn OpenFile) -> io::Result<()>) -> io::Result<()> {
    let mut bytes = io::Cursor::new(Vec::new());
    write(&mut bytes)?;
    fs::write(target, bytes.into_inner())
}

fn replace(
    target: &Path,
    write: impl FnOnce(&mut dyn OpenFile) -> io::Result<()>,
    permissions: Option<fs::Permissions>,
) -> io::Result<()> {
    let (beside, file) = create_beside(target)?;
    let done = write_whole(file, write, permissions).and_then(|()| fs::rename(&beside, target));
    if done.is_err() {
        // The partial file is of no use to anybody; that it may not exist is no further failure.
        let _ = fs::remove_file(&beside);
    }
    done
}

/// A new file beside the target. Threads and processes that save to one path at one time each get a file of their own.
fn create_beside(target: &Path) -> io::Result<(PathBuf, fs::File)> {
    let mut taken = io::ErrorKind::AlreadyExists.into();
    for attempt in 0..1000 {
        let mut beside = target.as_os_str().to_owned();
        beside.push(format!(".{}-{attempt}.partial", std::process::id()));
        match fs::File::create_new(&beside) {
            Ok(file) => return Ok((beside.into(), file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}

fn write_whole(
    file: fs::File,
    write: impl FnOnce(&mut dyn OpenFile) -> io::Result<()>,
    permissions: Option<fs::Permissions>,
) -> io::Result<()> {
    let mut buffered = io::BufWriter::new(file);
    write(&mut buffered)?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

fn describe(bytes: &[u8], error: Option<std::str::Utf8Error>) -> String {
    match (bytes, error) {
        ([0xFF, 0xFE, ..] | [0xFE, 0xFF, ..], _) => "it is UTF-16; save it as UTF-8".into(),
        ([b'P', b'K', 3, 4, ..], _) => "it is a zip archive or a workbook, not a text".into(),
        (_, Some(error)) => format!("byte {} is not UTF-8; save the file as UTF-8", error.valid_up_to() + 1),
        (_, None) => "it holds a NUL byte, so it is binary or UTF-16; a plan is a UTF-8 text".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_that_save_to_one_path_leave_a_whole_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.toml");
        let texts: Vec<String> = (0..4).map(|i| i.to_string().repeat(100_000)).collect();
        std::thread::scope(|scope| {
            for text in &texts {
                scope.spawn(|| (0..20).for_each(|_| write(&path, text).unwrap()));
            }
        });
        assert!(texts.contains(&fs::read_to_string(&path).unwrap()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_followed_and_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("plan.toml"), folder.path().join("link.toml"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    }

    #[test]
    fn what_cannot_be_written_to_its_end_leaves_the_former_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.xlsx");
        write(&path, "old").unwrap();
        let error = write_with(&path, |file| {
            file.write_all(b"new")?;
            Err(io::Error::other("no more"))
        });
        assert!(matches!(error, Err(Error::Unwritable { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        write_with(&path, |file| {
            file.write_all(b"now")?;
            file.seek(io::SeekFrom::Start(1))?;
            file.write_all(b"e")
        })
        .unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn columns_have_letters() {
        let letters = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("x", "é = 1\nü");
        assert_eq!(source.position(3), Position { line: 1, column: 3 });
        assert_eq!(source.position(7), Position { line: 2, column: 1 });
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        let source = Source::from_bytes("x", b"\xEF\xBB\xBFformat = 1").unwrap();
        assert_eq!(source.text(), "format = 1");
    }

    #[test]
    fn utf16_is_named_as_what_it_is() {
        let error = Source::from_bytes("x", b"\xFF\xFEf\0").unwrap_err();
        assert!(error.to_string().contains("UTF-16"), "{error}");
    }

    #[test]
    fn spans_take_no_part_in_equality() {
        assert_eq!(Spanned::at(1, Span::new(3..4)), Spanned::from(1));
    }
}
