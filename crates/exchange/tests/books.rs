//! Workbooks made part by part, as other programs write them and as nobody should.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const CONTENT: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const START: &str = r#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
/// Cell formats: 0 plain, 1 per cent, 2 a day.
const STYLES: &str = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

/// The parts of a zip archive as its bytes.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of sheets: of each its name, what is said about it, and the XML of its rows.
pub fn book(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    book_with(sheets, &[])
}

/// The same with more parts, or other ones.
pub fn book_with(sheets: &[(&str, &str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut listed = String::new();
    let mut relations = r#"<Relationship Id="s" Type="x/styles" Target="styles.xml"/><Relationship Id="t" Type="x/sharedStrings" Target="sharedStrings.xml"/>"#.to_owned();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (at, (name, attributes, rows)) in sheets.iter().enumerate() {
        listed += &format!(r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}" {attributes}/>"#);
        relations += &format!(r#"<Relationship Id="rId{at}" Type="x/worksheet" Target="worksheets/sheet{at}.xml"/>"#);
        parts.push((format!("xl/worksheets/sheet{at}.xml"), format!("<worksheet>{rows}</worksheet>")));
    }
    parts.push(("[Content_Types].xml".to_owned(), CONTENT.to_owned()));
    parts.push(("_rels/.rels".to_owned(), START.to_owned()));
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{listed}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
    parts.push(("xl/styles.xml".to_owned(), STYLES.to_owned()));
    parts.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    let all = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).chain(more.iter().copied());
    zipped(&all.collect::<Vec<_>>())
}

/// Rows of cells as XML: numbers where they are digits, texts otherwise and behind an apostrophe; `=` begins a formula with its value behind
/// a bar.
pub fn rows(rows: &[&[&str]]) -> String {
    let mut xml = "<sheetData>".to_owned();
    for (row, cells) in rows.iter().enumerate() {
        xml += &format!(r#"<row r="{}">"#, row + 1);
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let place = format!("{}{}", logframe::column_letters(column), row + 1);
            xml += &match text.strip_prefix('=').and_then(|formula| formula.split_once('|')) {
                Some((formula, value)) => format!(r#"<c r="{place}"><f>{formula}</f><v>{value}</v></c>"#),
                None if text.parse::<logframe::Decimal>().is_ok() => format!(r#"<c r="{place}"><v>{text}</v></c>"#),
                None => {
                    let text = text.strip_prefix('\'').unwrap_or(text);
                    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
                }
            };
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}

/// The workbook with its parts changed.
pub fn with_parts(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut part = |name: &String| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        (name.clone(), change(name, text))
    };
    let parts: Vec<(String, String)> = names.iter().map(&mut part).collect();
    zipped(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// Without what is kept beside formulas, so that whoever opens the file works it out.
pub fn without_kept_values(bytes: &[u8]) -> Vec<u8> {
    let strip = |text: String| {
        let mut pieces = text.split("</f><v>");
        let first = pieces.next().unwrap().to_owned();
        pieces.fold(first, |text, piece| text + "</f>" + piece.split_once("</v>").unwrap().1)
    };
    with_parts(bytes, |_, text| strip(text))
}

/// `LibreOffice`, where it is installed.
pub fn libreoffice() -> Option<std::path::PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join("soffice")).find(|path| path.is_file())
}

/// The file as `LibreOffice` saves it in a format, which is also the ending of its name.
pub fn saved_again(program: &Path, format: &str, bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().join("plan.xlsx"), folder.path().join("out"));
    std::fs::write(&path, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let run =
        Command::new(program).arg(profile).args(["--headless", "--convert-to", format, "--outdir"]).arg(&out).arg(&path).output();
    assert!(run.unwrap().status.success());
    std::fs::read(out.join(format!("plan.{format}"))).unwrap()
}
