//! Workbooks made part by part, as other programs write them and as nobody should.

use std::io::{Cursor, Write as _};

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
