//! Bytes that are no text, and texts that are too much.

use logframe::{Error, MAX_BYTES, Source};

use super::messages;

fn refusal(bytes: &[u8]) -> String {
    Source::from_bytes("plan.toml", bytes).unwrap_err().to_string()
}

#[test]
fn utf_16_is_named_with_what_to_do() {
    let little: Vec<u8> = "\u{feff}format = 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = "\u{feff}format = 1\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big] {
        let refusal = refusal(&bytes);
        assert!(refusal.contains("UTF-16") && refusal.contains("UTF-8"), "{refusal}");
    }
}

#[test]
fn a_workbook_is_no_text() {
    let refusal = refusal(b"PK\x03\x04\x14\0\x06\0\x08\0\xff\xfe\xfa\x80");
    assert!(refusal.starts_with("cannot read plan.toml: "), "{refusal}");
}

#[test]
fn a_nul_and_latin_1_are_no_text() {
    assert!(matches!(Source::from_bytes("a", b"format = 1\0"), Err(Error::NotText { .. })));
    assert!(matches!(Source::from_bytes("a", b"title = 'Cura\xe7ao'"), Err(Error::NotText { .. })));
}

#[test]
fn a_byte_order_mark_is_dropped() {
    assert_eq!(Source::from_bytes("a", b"\xEF\xBB\xBFformat = 1").unwrap().text(), "format = 1");
}

#[test]
fn more_bytes_than_a_plan_may_have_are_refused_at_once() {
    let bytes = vec![b' '; usize::try_from(MAX_BYTES).unwrap() + 1];
    assert!(matches!(Source::from_bytes("a", &bytes), Err(Error::TooLarge { .. })));
}

#[test]
fn an_empty_text_says_how_a_plan_begins() {
    for text in ["", "\n\n", "# a remark\n"] {
        let said = messages(text);
        assert!(said[0].starts_with("missing-key: the file is empty"), "{said:?}");
    }
}

fn assert_says_so(text: &str, expected: &str) {
    let said = messages(text);
    assert!(said.iter().any(|message| message.contains(expected)), "{said:?}");
}

#[test]
fn ten_thousand_nested_brackets_are_reported_at_once() {
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    assert_says_so(&format!("format = 1\nplan = {open}{close}\n"), "not valid TOML");
    assert_says_so(&format!("format = 1\nplan = {open}\n"), "not valid TOML");
    assert_says_so(&format!("format = 1\n{open}a{close}\n"), "not valid TOML");
    assert_says_so(&format!("{{\"format\": 1, \"plan\": {open}{close}}}"), "nested too deeply");
    assert_says_so(&format!("{{\"format\": 1, \"plan\": {open}"), "not valid JSON");
    assert_says_so(&format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)), "nested too deeply");
    assert_says_so(&format!("format = 1\nplan = {}{}", "{a = ".repeat(10_000), "}".repeat(10_000)), "not valid TOML");
    assert_says_so(&format!("format = 1\n{} = 1\n", vec!["a"; 10_000].join(".")), "recursion limit");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    std::fs::write(&path, "# ".repeat(2_000_000)).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    let said = std::thread::scope(|scope| {
        scope.spawn(|| {
            let file = std::fs::File::options().write(true).open(&path).unwrap();
            // Now a byte longer, now a byte shorter, as long as somebody reads.
            for length in [4_000_001, 4_000_000].into_iter().cycle() {
                file.set_len(length).unwrap();
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
            }
        });
        let of_changing = |error: Error| error.to_string().contains("changed while it was read").then_some(error.to_string());
        let refused = (0..1000).find_map(|_| Source::read(&path).err().and_then(of_changing));
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        refused
    });
    assert!(said.is_some_and(|said| said.contains("run the command again")));
}
