//! Arbitrary bytes, and the two plans with something broken in them.

use logframe::Source;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::presentable;
use crate::plans::{iom, read, teaching};

/// One way to break a text.
#[derive(Clone, Debug)]
enum Break {
    Flip(Index, u8),
    Delete(Index, usize),
    Double(Index, usize),
    Truncate(Index),
    Swap(Index, Index),
    Insert(Index, &'static str),
}

/// Pieces that mean something to TOML, JSON or a plan.
const PIECES: [&str; 20] = [
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "=",
    ",",
    "\n",
    "#",
    "[[outcome]]\n",
    "\"-\"",
    "1e5",
    "nan",
    "-",
    "99999999999999999999999999",
    "0.001",
    "\\u0000",
    "null",
    "2018-01-01",
];

fn break_one() -> impl Strategy<Value = Break> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Break::Flip(at, byte)),
        (at(), 1usize..40).prop_map(|(at, n)| Break::Delete(at, n)),
        (at(), 1usize..400).prop_map(|(at, n)| Break::Double(at, n)),
        at().prop_map(Break::Truncate),
        (at(), at()).prop_map(|(a, b)| Break::Swap(a, b)),
        (at(), select(&PIECES[..])).prop_map(|(at, piece)| Break::Insert(at, piece)),
    ]
}

fn broken(text: &str, breaks: &[Break]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for one in breaks {
        let size = bytes.len().max(1);
        let range = |at: &Index, n: usize| at.index(size)..(at.index(size) + n).min(bytes.len());
        match one {
            Break::Flip(at, byte) => bytes.iter_mut().skip(at.index(size)).take(1).for_each(|b| *b = *byte),
            Break::Delete(at, n) => drop(bytes.drain(range(at, *n))),
            Break::Double(at, n) => {
                let piece = bytes[range(at, *n)].to_vec();
                bytes.splice(at.index(size)..at.index(size), piece);
            }
            Break::Truncate(at) => bytes.truncate(at.index(size)),
            Break::Swap(a, b) => bytes = swapped(&bytes, *a, *b),
            Break::Insert(at, piece) => drop(bytes.splice(at.index(size)..at.index(size), piece.bytes())),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// Two words of a text in each other's place: an amount where an id stood, a text where a table stood.
fn swapped(bytes: &[u8], a: Index, b: Index) -> Vec<u8> {
    let mut words: Vec<&[u8]> = bytes.split_inclusive(|byte| b" \n".contains(byte)).collect();
    let (a, b) = (a.index(words.len()), b.index(words.len()));
    words.swap(a, b);
    words.concat()
}

fn assert_survived(bytes: &[u8]) {
    if let Ok(source) = Source::from_bytes("broken", bytes) {
        presentable(&source);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_refused_or_reported(bytes in vec(any::<u8>(), 0..400)) {
        assert_survived(&bytes);
    }

    #[test]
    fn arbitrary_texts_are_reported(text in any::<String>(), braced in any::<bool>()) {
        assert_survived(text.as_bytes());
        assert_survived(format!("format = 1\n{text}").as_bytes());
        if braced {
            assert_survived(format!("{{{text}}}").as_bytes());
        }
    }

    #[test]
    fn texts_of_meaningful_pieces_are_reported(pieces in vec(select(&PIECES[..]), 0..40)) {
        assert_survived(pieces.concat().as_bytes());
        assert_survived(format!("format = 1\nplan = {}", pieces.concat()).as_bytes());
        assert_survived(format!("{{\"format\": 1, \"plan\": {}", pieces.concat()).as_bytes());
    }

    #[test]
    fn the_real_plan_broken_anyhow_is_reported(breaks in vec(break_one(), 1..4)) {
        assert_survived(&broken(iom().text(), &breaks));
    }

    #[test]
    fn the_teaching_plan_broken_anyhow_is_reported(breaks in vec(break_one(), 1..6)) {
        assert_survived(&broken(teaching().text(), &breaks));
    }

    #[test]
    fn the_teaching_plan_in_json_broken_anyhow_is_reported(breaks in vec(break_one(), 1..6)) {
        assert_survived(&broken(&read(&teaching()).to_json(), &breaks));
    }
}
