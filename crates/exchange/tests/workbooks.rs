//! Workbooks read: cells exactly as they are stored, sums done anew, and files that mean harm.

use std::time::{Duration, Instant};

use logframe::diagnostic::text::concise;
use logframe_exchange::{Document, Mapping, Options, import};

use crate::books::{book, book_with, rows, zipped};

/// The rows of the table that a workbook is read as, and what is said about it.
fn table(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let document = Document::of_bytes("book.xlsx", bytes).unwrap();
    let read = document.table(&Options::default());
    let said = read.findings.iter().map(|finding| concise(finding, Some(document.source()))).collect();
    let rows = read.table.map(|table| {
        let row = |row: usize| {
            let cells = (0..table.columns.len()).map(|column| format!("{:?}", table.cell(row, column)));
            format!("{}: {}", table.rows[row].value, cells.collect::<Vec<_>>().join(" "))
        };
        (0..table.rows.len()).map(row).collect()
    });
    (rows.unwrap_or_default(), said)
}

fn refused(bytes: &[u8]) -> String {
    Document::of_bytes("book.xlsx", bytes).unwrap_err().to_string()
}

fn one_sheet(cells: &[&[&str]]) -> Vec<u8> {
    book(&[("Budget", "", &rows(cells))])
}

#[test]
fn a_stored_number_is_what_was_typed() {
    let bytes = one_sheet(&[
        &["Office", "Cost"],
        &["Peru", "0.15417100000000003"],
        &["Chile", "29.020000000000003"],
        &["Peru 2", "1234567.1"],
    ]);
    let (rows, _) = table(&bytes);
    assert_eq!(rows, ["Peru: Amount(0.154171)", "Chile: Amount(29.02)", "Peru 2: Amount(1234567.1)"]);
    let long = one_sheet(&[&["Office", "Cost"], &["Peru", "1234567890123452"], &["Chile", "2"]]);
    let (rows, said) = table(&long);
    assert_eq!(rows[0], "Peru: Amount(1234567890123450)");
    let message = "book.xlsx:Budget!B2: warning[beyond-15-digits]: the cell holds more than 15 significant digits, and is read as 1234567890123450";
    assert!(said.contains(&message.to_owned()), "{said:?}");
}

#[test]
fn scientific_numbers_shared_texts_rich_texts_and_shares_are_read() {
    let xml = r#"<sheetData><row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>0</v></c><c r="D2" t="inlineStr"><is><t>%</t></is></c></row>
        <row r="4"><c r="B4" t="inlineStr"><is><r><t>Pe</t></r><r><t>r&#250; &amp; Co</t></r></is></c><c r="C4"><v>3.2326041E7</v></c><c r="D4" s="1"><v>0.025</v></c></row>
        <row r="5"><c r="B5" t="str"><f>"Chi"&amp;"le"</f><v>Chile</v></c><c r="C5"><v>1E-2</v></c><c r="D5" s="1"><v>1</v></c></row></sheetData>"#;
    let shared =
        "<sst><si><t>Cost</t></si><si><r><t>Of</t></r><r><t xml:space='preserve'>fice</t></r><rPh><t>no</t></rPh></si></sst>";
    let (rows, said) = table(&book_with(&[("Budget", "", xml)], &[("xl/sharedStrings.xml", shared)]));
    assert_eq!(rows, ["Perú & Co: Amount(32326041)", "Chile: Amount(0.01)"]);
    assert!(said.iter().any(|one| one.starts_with("book.xlsx:Budget!D2: note[table]: column holds shares")), "{said:?}");
}

#[test]
fn numbers_that_are_texts_are_read_by_the_convention_of_the_sheet_and_stored_ones_by_none() {
    let (rows, _) = table(&one_sheet(&[&["Office", "Cost"], &["Peru", "1.250,50"], &["Chile", "0.5"], &["Brazil", "1.000"]]));
    assert_eq!(rows[..2], ["Peru: Amount(1250.50)", "Chile: Amount(0.5)"]);
}

#[test]
fn stale_sums_texts_in_sums_and_typed_totals_are_told_apart() {
    let cells: &[&[&str]] = &[
        &["Office", "A", "B", "C", "D"],
        &["Peru", "10", "10", "1", "1"],
        &["Chile", "5", "x5", "2", "2"],
        &["Total", "=SUM(B2:B3)|15", "=SUM(C2:C3)|10", "=SUM(D2:D3)|4", "3"],
    ];
    // A number that is a text.
    let xml = rows(cells).replace("<t>x5</t>", "<t>5</t>");
    let (_, said) = table(&book(&[("Budget", "", &xml)]));
    let found: Vec<&String> = said.iter().filter(|one| !one.contains("[table]")).collect();
    assert_eq!(
        found,
        [
            "book.xlsx:Budget!C3: warning[text-in-sum]: the formula adds up C2:C3, and passes over a cell that is a text: `5`",
            "book.xlsx:Budget!D4: warning[stale-formula]: the formula adds up D2:D3, which come to 3, but its kept value is 4",
            "book.xlsx:Budget!E4: note[typed-total]: a number is typed here where the others of its row are formulas",
        ]
    );
}

#[test]
fn a_formula_that_cells_share_moves_along() {
    let xml = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Office</t></is></c><c r="B1" t="inlineStr"><is><t>A</t></is></c><c r="C1" t="inlineStr"><is><t>B</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>Peru</t></is></c><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>Total</t></is></c><c r="B3"><f t="shared" ref="B3:C3" si="0">SUM(B2:B2)</f><v>1</v></c><c r="C3"><f t="shared" si="0"/><v>3</v></c></row></sheetData>"#;
    let (_, said) = table(&book(&[("Budget", "", xml)]));
    assert!(
        said.iter().any(|one| one
            .contains("Budget!C3: warning[stale-formula]: the formula adds up C2, which come to 2, but its kept value is 3")),
        "{said:?}"
    );
}

#[test]
fn what_is_no_amount_is_said_at_its_cell() {
    let names = ["Colombia", "Mexico", "Panama", "Aruba", "Guyana"];
    let more: Vec<[&str; 2]> = names.map(|name| [name, "7"]).to_vec();
    let cells = [vec![["Office", "A"], ["Peru", "43191"], ["Chile", "1"], ["Brazil", "2"], ["Ecuador", "3"]], more].concat();
    let xml = rows(&cells.iter().map(<[&str; 2]>::as_slice).collect::<Vec<_>>())
        .replace(r#"<c r="B2"><v>43191</v></c>"#, r#"<c r="B2" s="2"><v>43191</v></c>"#)
        .replace(r#"<c r="B3"><v>1</v></c>"#, r#"<c r="B3" t="e"><v>#REF!</v></c>"#)
        .replace(r#"<c r="B4"><v>2</v></c>"#, r#"<c r="B4"><f>SUM(B5:B5)</f></c>"#);
    let (_, said) = table(&book(&[("Budget", "", &xml)]));
    assert_eq!(
        said,
        [
            "book.xlsx:Budget!B2: error[not-a-number]: `2018-04-01` cannot be read as an amount: it is a day",
            "book.xlsx:Budget!B3: error[not-a-number]: `#REF!` cannot be read as an amount: it is what a formula gives that fails",
            "book.xlsx:Budget!B4: error[not-a-number]: `=SUM(B5:B5)` cannot be read as an amount: the formula was never calculated; open the file in a spreadsheet and save it",
        ]
    );
}

#[test]
fn macros_links_and_hidden_things_are_said_and_left_alone() {
    let workbook = r#"<workbook><externalReferences><externalReference r:id="x"/></externalReferences><sheets><sheet name="Budget" r:id="rId0"/></sheets></workbook>"#;
    let relations = r#"<Relationships><Relationship Id="rId0" Type="x/worksheet" Target="/xl/worksheets/sheet0.xml"/><Relationship Id="v" Type="x/vbaProject" Target="vbaProject.bin"/></Relationships>"#;
    let xml = format!(
        r#"<cols><col min="3" max="3" hidden="1"/></cols>{}"#,
        rows(&[&["Office", "Water, USD"], &["Peru", "1"]]).replace(r#"<row r="2">"#, r#"<row r="2" hidden="1">"#)
    );
    let bytes = book_with(&[("Budget", "", &xml)], &[("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations)]);
    let imported = import(Document::of_bytes("book.xlsm", &bytes).unwrap(), &Mapping::default());
    let said: Vec<String> = imported.findings.iter().map(|finding| finding.message.clone()).collect();
    for wanted in [
        "the workbook has links to other files; they are not followed, their last values are used",
        "the workbook has macros; they are not run",
        "hidden rows of `Budget` hold something, and are read: 2",
        "`Budget` has hidden columns, and they are read: C",
    ] {
        assert!(said.iter().any(|one| one == wanted), "{wanted}: {said:?}");
    }
}

#[test]
fn texts_are_read_in_the_encodings_that_spreadsheets_write() {
    let text = "País;Coste;Total\nPerú;1.250,50;1.250,50\n";
    let utf16 = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let with_mark = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
    for bytes in [text.as_bytes().to_vec(), with_mark, utf16(true), utf16(false), latin] {
        let read = Document::of_bytes("table.csv", &bytes).unwrap().table(&Options::default());
        assert_eq!(read.table.unwrap().rows[0].value, "Perú");
    }
}

#[test]
fn files_that_are_no_workbooks_say_what_they_are() {
    let good = one_sheet(&[&["Office", "A"], &["Peru", "1"]]);
    assert_eq!(
        refused(good.get(..good.len() / 2).unwrap()),
        "cannot read book.xlsx: it is cut short, or damaged: its list of parts is missing"
    );
    let mut encrypted = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    encrypted.extend([0; 600]);
    encrypted.extend("EncryptedPackage".bytes().flat_map(|byte| [byte, 0]));
    assert_eq!(refused(&encrypted), "cannot read book.xlsx: it is protected by a password; save it without one");
    assert!(refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]).contains("cannot read book.xlsx"));
    assert!(refused(&zipped(&[("a.txt", "no workbook")])).contains("no workbook is in it"));
    assert!(refused(b"%PDF-1.7\n\0\x01").contains("binary: neither a text nor a workbook"));
    // A text under a workbook's name is read as the text that it is.
    assert!(!Document::of_bytes("book.xlsx", b"Office,A\nPeru,1\n").unwrap().is_workbook());
}

#[test]
fn entities_and_names_that_lead_elsewhere_lead_nowhere() {
    let bomb = r#"<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook><sheets/></workbook>"#;
    assert!(refused(&book_with(&[], &[("xl/workbook.xml", bomb)])).contains("document type"));
    let outside =
        r#"<Relationships><Relationship Id="rId0" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>"#;
    let bytes = book_with(
        &[("Budget", "", &rows(&[&["Office", "A"]]))],
        &[("xl/_rels/workbook.xml.rels", outside), ("../../evil.xml", "x")],
    );
    let (rows, said) = table(&bytes);
    assert!(rows.is_empty() && said[0].contains("no sheet of the workbook holds a table"), "{said:?}");
    let unknown = rows_with("&unknown;");
    assert!(refused(&book(&[("Budget", "", &unknown)])).contains("names an entity that it may not"));
}

fn rows_with(text: &str) -> String {
    rows(&[&["Office", "A"], &[text, "1"]])
}

/// What is refused is refused soon: in a test without optimisation within this.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let blanks = " ".repeat(600 * 1024 * 1024);
    let bytes = book_with(&[("Budget", "", "")], &[("xl/worksheets/sheet0.xml", &blanks)]);
    assert!(bytes.len() < 1_000_000);
    drop(blanks);
    let start = Instant::now();
    assert!(refused(&bytes).contains("unpacks to more than 512 MiB"));
    assert!(start.elapsed() < SOON);
}

#[test]
fn sizes_that_are_claimed_are_not_believed() {
    let claim = format!(r#"<dimension ref="A1:XFD1048576"/>{}"#, rows(&[&["Office", "A"], &["Peru", "1"]]));
    assert_eq!(table(&book(&[("Budget", "", &claim)])).0.len(), 1);
    let row = r#"<sheetData><row r="1000000000"><c r="A1000000000"><v>1</v></c></row></sheetData>"#;
    assert!(refused(&book(&[("Budget", "", row)])).contains("more than 1048576 rows"));
    let disorder = r#"<sheetData><row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData>"#;
    assert!(refused(&book(&[("Budget", "", disorder)])).contains("row 2 stands after row 5"));
    let wide: String = (1..700).map(|row| format!(r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#)).collect();
    assert!(refused(&book(&[("Budget", "", &format!("<sheetData>{wide}</sheetData>"))])).contains("cells"));
}

#[test]
fn a_million_rows_of_nothing_but_style_are_nothing() {
    let mut xml = rows(&[&["Office", "A"], &["Peru", "1"]]).replace("</sheetData>", "");
    (3..=1_048_576).for_each(|row| xml += &format!(r#"<row r="{row}"><c r="A{row}" s="1"/></row>"#));
    let bytes = book(&[("Budget", "", &(xml + "</sheetData>"))]);
    let start = Instant::now();
    assert_eq!(table(&bytes).0, ["Peru: Amount(1)"]);
    assert!(start.elapsed() < SOON);
}

#[test]
fn true_and_false_are_no_numbers_however_they_are_stored() {
    let styles = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;TRUE&quot;;&quot;TRUE&quot;;&quot;FALSE&quot;"/></numFmts>
        <cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    let xml = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Office</t></is></c><c r="B1" t="inlineStr"><is><t>Cost</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>Peru</t></is></c><c r="B2" s="1"><v>1</v></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>Chile</t></is></c><c r="B3" s="1"><v>0</v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>Cuba</t></is></c><c r="B4" s="0"><v>10</v></c></row>
        <row r="5"><c r="A5" t="inlineStr"><is><t>Haiti</t></is></c><c r="B5"><v>20</v></c></row>
        <row r="6"><c r="A6" t="inlineStr"><is><t>Total</t></is></c><c r="B6"><v>30</v></c></row></sheetData>"#;
    let excel = book_with(&[("Budget", "", xml)], &[("xl/styles.xml", styles)]);
    let cell = |text: &str| format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>");
    let row = |name: &str, value: &str| {
        format!("<table:table-row>{}<table:table-cell {value}</table:table-cell></table:table-row>", cell(name))
    };
    let rows = [
        format!("<table:table-row>{}{}</table:table-row>", cell("Office"), cell("Cost")),
        row("Peru", "office:value-type='boolean' office:boolean-value='5'><text:p>TRUE</text:p>"),
        row("Chile", "office:value-type='float' office:value='0'><text:p>FALSE</text:p>"),
        row("Cuba", "office:value-type='float' office:value='10'><text:p>10</text:p>"),
        row("Haiti", "office:value-type='float' office:value='20'><text:p>20</text:p>"),
        row("Total", "office:value-type='float' office:value='30'><text:p>30</text:p>"),
    ];
    let content = format!(
        "<office:document-content><table:table table:name='Budget'>{}</table:table></office:document-content>",
        rows.concat()
    );
    let open = zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]);
    for bytes in [excel, open] {
        let (_, said) = table(&bytes);
        for (place, word) in [("B2", "TRUE"), ("B3", "FALSE")] {
            let wanted = format!("book.xlsx:Budget!{place}: error");
            assert!(said.iter().any(|said| said.starts_with(&wanted) && said.contains(word)), "{said:?}");
        }
        assert!(!said.iter().any(|said| said.contains("B4")), "{said:?}");
    }
}
