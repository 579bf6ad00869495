//! Bad input: a clear message, the right exit status, no panic. How soon the answer comes is measured by the benchmarks.

use std::fs::{self, File};

use logframe_cli::ExitStatus::{CouldNotRun, Findings};

use crate::run::{Folder, Ran, TINY, argument, logframe, logframe_reading};

fn check(path: &str) -> Ran {
    logframe(&["check", path])
}

/// A file that cannot be read: status 2, nothing on stdout, one clear line on stderr.
fn refused(path: &str, why: &str) {
    let ran = check(path);
    assert_eq!((ran.status, ran.out.as_str()), (CouldNotRun, ""), "{}", ran.err);
    assert!(ran.err.starts_with("error: cannot read ") && ran.err.contains(why), "{}", ran.err);
}

/// A text that is no plan, or a wrong one: status 1, nothing on stderr, a finding with these words.
fn found(content: impl AsRef<[u8]>, words: &[&str]) {
    let folder = Folder::new();
    let ran = check(&folder.file("plan.toml", content));
    assert_eq!((ran.status, ran.err.as_str()), (Findings, ""), "{}", ran.out);
    for word in words {
        assert!(ran.out.contains(word), "`{word}` is not in:\n{}", ran.out);
    }
}

#[test]
fn an_empty_file_says_what_is_missing_and_where_to_start() {
    found("", &["error[missing-key]", "the file is empty", "`logframe new`"]);
    found("\n# only a remark\n", &["error[missing-key]", "`format` is missing"]);
}

#[test]
fn a_binary_file_is_refused() {
    let folder = Folder::new();
    refused(&folder.file("elf.toml", b"\x7fELF\x02\x01\x01\0\0\0"), "binary");
    refused(&folder.file("latin1.toml", b"title = \"Ni\xf1os\""), "byte 12 is not UTF-8");
    refused(&folder.file("workbook.toml", b"PK\x03\x04\x14\0\x06\0"), "a workbook");
}

#[test]
fn a_utf_16_file_is_refused_with_what_to_do() {
    let folder = Folder::new();
    for (mark, bytes) in [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)] {
        let content = mark.into_iter().chain(TINY.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>();
        refused(&folder.file("utf16.toml", content), "UTF-16; save it as UTF-8");
    }
}

#[test]
fn a_plan_cut_off_anywhere_is_never_a_panic() {
    let folder = Folder::new();
    for end in 0..TINY.len() {
        let ran = check(&folder.file("cut.toml", &TINY[..end]));
        assert_ne!(ran.status, CouldNotRun, "cut at {end}: {}", ran.err);
    }
    found(&TINY[..TINY.find("1_250 }").unwrap()], &["error[syntax]", "plan.toml:13:"]);
    found(r#"{"format": 1, "plan": {"id": "tiny""#, &["error[syntax]", "not valid JSON"]);
}

#[test]
fn a_hundred_megabytes_are_refused_without_being_read() {
    let folder = Folder::new();
    let path = folder.path("large.toml");
    File::create(&path).unwrap().set_len(100 * 1024 * 1024).unwrap();
    refused(&argument(&path), "8 MiB");
}

#[test]
fn ten_thousand_brackets_are_refused() {
    found(format!("format = {}", "[".repeat(10_000)), &["error[syntax]", ": 1 error; the rules were not run"]);
    found(format!("format = {}{}", "[".repeat(10_000), "]".repeat(10_000)), &["error[syntax]"]);
    found(format!("format = {}", "{a=".repeat(10_000)), &["error[syntax]"]);
    found(format!("[{}]", "a.".repeat(10_000)), &["error["]);
    found(format!("{{\"format\": {}", "[".repeat(10_000)), &["error[syntax]"]);
    found(format!("{{\"format\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000)), &["error[syntax]"]);
    found("{\"a\":".repeat(10_000), &["error[syntax]"]);
}

#[test]
fn large_garbage_gets_its_first_error_only() {
    let folder = Folder::new();
    let ran = logframe(&["check", &folder.file("garbage.toml", "=\n".repeat(600_000))]);
    assert_eq!(ran.status, Findings);
    assert!(ran.out.contains(": 1 error; the rules were not run"), "{}", ran.out);
}

#[test]
fn duplicate_keys_are_named() {
    found(TINY.replace("currency", "id = \"again\"\ncurrency"), &["error[syntax]", "duplicate key", "rename or remove one"]);
    found(r#"{"format": 1, "format": 1}"#, &["error[syntax]", "duplicate key `format`"]);
}

#[test]
fn a_directory_is_refused() {
    let folder = Folder::new();
    refused(&argument(&folder.path("")), "it is a directory");
}

#[test]
fn a_missing_file_is_named() {
    let folder = Folder::new();
    refused(&argument(&folder.path("nowhere.toml")), "nowhere.toml: ");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.file("secret.toml", TINY);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&path).is_ok() {
        eprintln!("skipped: this user may read every file (root), so a file without permission cannot be made");
        return;
    }
    refused(&path, "ermission denied");
}

#[test]
fn a_workbook_that_is_cut_short_says_so() {
    let folder = Folder::new();
    for name in ["budget.xlsx", "budget.XLSM", "budget.xls", "budget.ods"] {
        refused(&folder.file(name, b"PK\x03\x04"), "it is cut short, or damaged");
    }
    refused(&folder.file("table.xlsx", b"%PDF-1.7\n\0"), "it is binary: neither a text nor a workbook");
}

#[test]
fn garbage_on_standard_input_is_treated_as_in_a_file() {
    let ran = logframe_reading(&["check", "-"], b"\x00\x01\x02");
    assert_eq!(ran.status, CouldNotRun);
    assert!(ran.err.starts_with("error: cannot read <stdin>: it holds a NUL byte"), "{}", ran.err);
    let ran = logframe_reading(&["check", "-"], b"%PDF-1.7 and so on");
    assert_eq!(ran.status, Findings);
    assert!(ran.out.contains("error[syntax]"), "{}", ran.out);
    assert_eq!(logframe_reading(&["check", "-"], b"").status, Findings);
}

#[test]
fn standard_input_has_the_same_limit_as_a_file() {
    let mut endless = std::io::repeat(b'a');
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = logframe_cli::Streams::new(&mut endless, &mut out, &mut err);
    assert_eq!(logframe_cli::run(["logframe", "check", "-"], &mut streams), CouldNotRun);
    drop(streams);
    assert!(String::from_utf8(err).unwrap().contains("8 MiB"));
}

#[test]
fn an_amount_of_forty_digits_is_refused_with_the_reason() {
    let forty = "1234567890123456789012345678901234567890";
    found(TINY.replace("1_250 }", &format!("{forty} }}")), &["error[inexact-amount]", "more than 28 digits"]);
    found(TINY.replace("total = 1_250", &format!("total = 0.{forty}")), &["error[inexact-amount]", "more than 28 digits"]);
}

#[test]
fn amounts_that_are_no_plain_digits_are_refused() {
    for (amount, why) in
        [("1e3", "exponents"), ("nan", "no number"), ("0xFF", "decimal digits"), ("\"12a\"", "write the digits alone")]
    {
        found(TINY.replace("1_250 }", &format!("{amount} }}")), &["error[", why]);
    }
}

#[test]
fn a_sum_that_no_exact_number_holds_is_reported_and_not_rounded() {
    let largest = "79228162514264337593543950335";
    let plan = TINY
        .replace("[[office]]", "[[office]]\nid = \"south\"\nname = \"South\"\n[[office]]")
        .replace("north = { field = 1_250 }", &format!("north = {{ field = {largest} }}\nsouth = {{ field = {largest} }}"));
    found(plan, &["error[inexact-sum]", "1 cannot be checked"]);
}

#[test]
fn control_characters_in_ids_are_shown_and_not_obeyed() {
    found(TINY.replace("id = \"north\"", "id = \"no\\u001b[31mrth\""), &["error[", "control character"]);
}

#[test]
fn control_characters_from_outside_never_reach_the_terminal() {
    let folder = Folder::new();
    let escape = "\\u001b]0;gotcha\\u0007";
    let plan = TINY
        .replace("name = \"North\"", &format!("name = \"North{escape}\""))
        .replace("where = \"table\"", &format!("where = \"table{escape}\"\noffices = {{ north = 7 }}"))
        .replace("title = \"Field work\"", &format!("title = \"Field work{escape}\""));
    let path = folder.file("plan.toml", plan);
    for args in [&["check", &path][..], &["check", &path, "--format", "concise"], &["show", &path], &["show", &path, "declared"]]
    {
        let ran = logframe(args);
        assert!(!ran.out.contains(['\x1b', '\x07']), "{args:?}: {:?}", ran.out);
        assert!(ran.out.contains("gotcha"), "{args:?}: {}", ran.out);
    }
    let ran = logframe(&["check", "no\u{1b}[31m.toml"]);
    assert!(!ran.err.contains('\x1b'), "{:?}", ran.err);
}
