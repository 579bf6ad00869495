//! Files of tables: texts in the encodings that spreadsheets write, and workbooks.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};
use logframe::{Diagnostic, Error, Severity, Source};

use crate::options::Options;
use crate::read::{ReadTable, read, read_records};
use crate::workbook::{Kind, Sheet, Workbook, formulas};

/// Bytes of a file that are read, at most (64 MiB).
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A file of tables.
///
/// ```
/// use logframe_exchange::{Document, Options};
/// // As an older Excel saves it: Windows-1252, with semicolons.
/// let document = Document::of_bytes("table.csv", b"Pa\xefs;2018;Total\nPer\xfa;1.250,50;1.250,50\n")?;
/// let read = document.table(&Options::default());
/// assert_eq!(read.table.unwrap().rows[0].value, "Perú");
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    source: Source,
    workbook: Option<Workbook>,
    findings: Vec<Diagnostic>,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error`] with why it cannot be read: the operating system's reason, a size of more than 64 MiB, a workbook that is damaged or protected
    /// by a password.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let unreadable = |source| Error::Unreadable { name: name.clone(), source };
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(unreadable)?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        Self::of_bytes(&name, &bytes)
    }

    /// Reads the bytes of a file; `name` is what messages call it.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn of_bytes(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Error::TooLarge { name: name.to_owned() });
        }
        if Workbook::is_one(bytes) {
            let workbook = Workbook::read(name, bytes)?;
            let (source, findings) = (workbook.source.clone(), workbook.findings.clone());
            return Ok(Self { source, workbook: Some(workbook), findings });
        }
        let Some((text, encoding)) = decoded(bytes) else {
            let why = "its letters are in an encoding that nothing tells: open it in a spreadsheet, and save it as `CSV UTF-8`, or as .xlsx";
            return Err(Error::NotText { name: name.to_owned(), why: why.to_owned() });
        };
        if let Some(what) = other_format(&text) {
            let why = format!("it is {what}, whatever its name says: open it in a spreadsheet, and save it as .xlsx");
            return Err(Error::NotText { name: name.to_owned(), why });
        }
        if text.contains('\0') {
            return Err(Error::NotText { name: name.to_owned(), why: "it is binary: neither a text nor a workbook".to_owned() });
        }
        // Very old programs end lines with a carriage return alone.
        let text = if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n").into() } else { text };
        let note = (encoding != UTF_8).then(|| {
            Diagnostic::new("encoding", Severity::Note, format!("the text is no UTF-8, and is read as {}", encoding.name()))
                .at(None, name, "")
                .help("names with accents tell whether that is right; save it as UTF-8 to be sure")
        });
        Ok(Self { source: Source::new(name, text.into_owned()), workbook: None, findings: note.into_iter().collect() })
    }

    /// Its text; of a workbook, the text that stands for its cells.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Whether it is a workbook.
    pub fn is_workbook(&self) -> bool {
        self.workbook.is_some()
    }

    /// Whether it is a workbook that was made of a plan, and holds it.
    pub fn holds_plan(&self) -> bool {
        self.workbook.as_ref().is_some_and(|workbook| !workbook.embedded.is_empty())
    }

    /// What was noticed about the file itself.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The workbook, where it is one.
    pub(crate) fn workbook(&self) -> Option<&Workbook> {
        self.workbook.as_ref()
    }

    /// Forgets the texts of formulas, once nobody asks for them any more; which cells are computed stays known.
    pub(crate) fn forget_formulas(&mut self) {
        self.workbook.iter_mut().for_each(Workbook::forget_formulas);
    }

    /// Reads it as one table; of a workbook, one of its sheets. Formulas that only add up are done anew.
    pub fn table(&self, options: &Options) -> ReadTable {
        let Some(workbook) = &self.workbook else {
            let mut read = read(&self.source, options);
            read.findings.extend(self.findings.clone());
            return read;
        };
        let (sheet, mut findings) = match chosen(workbook, options.sheet.as_deref()) {
            Ok(chosen) => chosen,
            Err(finding) => return ReadTable { findings: vec![*finding], ..ReadTable::default() },
        };
        let mut read = read_records(&self.source, workbook.records(sheet), options);
        findings.extend(self.findings.clone());
        findings.extend(formulas(workbook, sheet));
        read.findings.splice(0..0, findings);
        logframe::diagnostic::sort(&mut read.findings);
        read
    }
}

/// The sheet that is meant, and a note where it was not said which.
fn chosen<'w>(workbook: &'w Workbook, wanted: Option<&str>) -> Result<(&'w Sheet, Vec<Diagnostic>), Box<Diagnostic>> {
    let name = workbook.source.name();
    let error = |message: String, help: String| {
        Box::new(Diagnostic::new("table", Severity::Error, message).at(None, name, "").help(help))
    };
    let named = |sheets: &[&Sheet]| sheets.iter().map(|sheet| format!("`{}`", sheet.name)).collect::<Vec<_>>().join(", ");
    if let Some(wanted) = wanted {
        let found = workbook.sheets.iter().find(|sheet| sheet.name.eq_ignore_ascii_case(wanted));
        let all = || named(&workbook.sheets.iter().collect::<Vec<_>>());
        return found.map(|sheet| (sheet, Vec::new())).ok_or_else(|| {
            error(format!("the workbook has no sheet `{}`", wanted.escape_debug()), format!("there are {}", all()))
        });
    }
    let mut sheets: Vec<(&Sheet, usize)> = workbook.sheets.iter().map(|sheet| (sheet, sheet.count(Kind::Number))).collect();
    sheets.retain(|(sheet, figures)| !sheet.is_hidden && (*figures > 0 || sheet.rows.len() > 1));
    let Some((best, _)) = sheets.iter().copied().reduce(|best, next| if next.1 > best.1 { next } else { best }) else {
        return Err(error(
            "no sheet of the workbook holds a table".to_owned(),
            "a table has a row of names and rows of figures".to_owned(),
        ));
    };
    let others: Vec<&Sheet> = sheets.iter().map(|(sheet, _)| *sheet).filter(|sheet| sheet.name != best.name).collect();
    let note = (!others.is_empty()).then(|| {
        let message = format!("the sheet `{}` is read, which holds most figures", best.name);
        Diagnostic::new("table", Severity::Note, message)
            .at(None, name, "")
            .help(format!("`--sheet` reads another: {}", named(&others)))
    });
    Ok((best, note.into_iter().collect()))
}

/// What a text is that spreadsheets open, and that is no table of cells: systems send web pages that are called `.xls`.
fn other_format(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).chars().take(2000).collect();
    let lower = start.to_lowercase();
    let is_page = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta"].iter().any(|tag| lower.starts_with(tag));
    if is_page || (lower.starts_with("<?xml") && lower.contains("<html")) || lower.starts_with("mime-version:") {
        return Some("a web page");
    }
    (lower.starts_with("<?xml") && lower.contains("urn:schemas-microsoft-com:office:spreadsheet"))
        .then_some("a workbook of Excel 2003 in XML")
}

/// Words of budgets, by which encodings of other scripts than ours are told.
const WORDS_OF_SCRIPTS: [(&Encoding, &[&str]); 2] = [
    (
        WINDOWS_1251,
        &[
            "сумма",
            "сума",
            "количество",
            "кількість",
            "цена",
            "ціна",
            "итого",
            "всего",
            "всього",
            "разом",
            "стоимость",
            "вартість",
            "наименование",
            "найменування",
            "описание",
            "опис",
            "единица",
            "одиниця",
            "бюджет",
            "статья",
            "стаття",
        ],
    ),
    (
        WINDOWS_1256,
        &["المجموع", "الإجمالي", "الاجمالي", "المبلغ", "الكمية", "السعر", "البيان", "الوصف", "الوحدة", "التكلفة", "العدد"],
    ),
];

/// A text, and the encoding that it is in: as its byte order mark says, UTF-8 where it is that, or what Excel for Windows writes. `None` where
/// its words are of letters that are not ours, and nothing tells which.
fn decoded(bytes: &[u8]) -> Option<(Cow<'_, str>, &'static Encoding)> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, _) = encoding.decode(bytes);
        return Some((text, encoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((Cow::Borrowed(text), UTF_8));
    }
    // Latin letters in UTF-16 without a mark have every second byte empty.
    let encoding = match bytes {
        [_, 0, ..] => UTF_16LE,
        [0, _, ..] => UTF_16BE,
        _ if is_of_other_letters(bytes) => {
            let has_its_words = |(encoding, words): &(&'static Encoding, &[&str])| {
                let (text, _) = encoding.decode_without_bom_handling(bytes);
                let lower = text.to_lowercase();
                words.iter().filter(|word| lower.split(|c: char| !c.is_alphabetic()).any(|own| own == **word)).count() > 1
            };
            WORDS_OF_SCRIPTS.iter().find(|of| has_its_words(of))?.0
        }
        _ => WINDOWS_1252,
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Some((text, encoding))
}

/// Whether words are of letters beyond ASCII: half of these stand in rows of four or more, as accents never do.
fn is_of_other_letters(bytes: &[u8]) -> bool {
    // Some letters of Ukrainian and Russian stand before the others.
    let is_letter = |byte: u8| byte >= 0xC0 || [0xA5, 0xA8, 0xAA, 0xAF, 0xB2, 0xB3, 0xB4, 0xB8, 0xBA, 0xBF].contains(&byte);
    let rows = || bytes.split(|byte| !is_letter(*byte)).map(<[u8]>::len);
    let (in_rows, all) = (rows().filter(|letters| *letters > 3).sum::<usize>(), rows().sum::<usize>());
    in_rows > 0 && in_rows * 2 >= all
}
