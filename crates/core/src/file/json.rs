//! JSON text -> tree. `serde_json` checks the grammar and hands out raw pieces of the text, whose places are their addresses
//! in it; no number is ever converted.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::hint;
use super::tree::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// Deepest nesting that is read; a plan needs 6.
const MAX_DEPTH: usize = 64;

/// The tree of a JSON text, or its first syntax error.
pub fn tree(source: &Source) -> Result<Node<'_>, Vec<Diagnostic>> {
    let raw: &RawValue = serde_json::from_str(source.text()).map_err(|error| vec![syntax(&error, source)])?;
    Reader { source }.node(raw.get(), 0).map_err(|finding| vec![*finding])
}

fn syntax(error: &serde_json::Error, source: &Source) -> Diagnostic {
    let start = source.line_start(error.line()) as usize + error.column().saturating_sub(1);
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    let span = character(source.text(), start);
    finding(format!("not valid JSON: {message}"), span).help_if(hint::about_json(span, source))
}

/// The character that a byte belongs to; `serde_json` counts in bytes, and one past the end where a text stops too soon.
fn character(text: &str, byte: usize) -> Span {
    let start = (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let size = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(start..start + size)
}

/// What was read, or the one finding that stops the reading.
type Found<T> = Result<T, Box<Diagnostic>>;

fn finding(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new("syntax", Severity::Error, message).at(Some(span), "the plan file", "")
}

struct Reader<'s> {
    source: &'s Source,
}

impl<'s> Reader<'s> {
    fn span(&self, piece: &str) -> Span {
        let start = (piece.as_ptr() as usize).saturating_sub(self.source.text().as_ptr() as usize);
        Span::new(start..start + piece.len())
    }

    fn node(&self, piece: &'s str, depth: usize) -> Found<Node<'s>> {
        let span = self.span(piece);
        if depth > MAX_DEPTH {
            return Err(finding("not a plan: it is nested too deeply", span).help("a plan needs a nesting of 6").into());
        }
        let value = match piece.as_bytes().first() {
            Some(b'{') => self.table(piece, depth)?,
            Some(b'[') => {
                Value::Array(self.items(piece)?.into_iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Value::Text(self.read::<Text<'s>>(piece)?.0),
            Some(b't') => Value::Bool(true),
            Some(b'f') => Value::Bool(false),
            Some(b'n') | None => Value::Null,
            Some(_) => Value::Number(Cow::Borrowed(piece)),
        };
        Ok(Node { span, value })
    }

    fn table(&self, piece: &'s str, depth: usize) -> Found<Value<'s>> {
        let mut entries: Vec<(Key<'s>, Node<'s>)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut after = self.span(piece).start() + 1;
        for (Text(text), raw) in self.read::<Pairs<'s>>(piece)?.0 {
            let value = self.node(raw.get(), depth + 1)?;
            let span = self.key_span(after, value.span.start());
            after = value.span.end();
            if !seen.insert(text.clone()) {
                return Err(finding(format!("not valid JSON: duplicate key `{text}`"), span)
                    .help("each key may stand once; rename or remove one of the two")
                    .into());
            }
            entries.push((Key { span, text }, value));
        }
        Ok(Value::Table(entries))
    }

    /// The key stands between the end of the value before it and the start of its own value, from the first quote to the last.
    fn key_span(&self, from: u32, to: u32) -> Span {
        let between = self.source.slice(Span::between(from, to));
        let start = between.find('"').unwrap_or(0);
        let end = between.rfind('"').map_or(between.len(), |last| last + 1);
        Span::new(from as usize + start..from as usize + end)
    }

    fn items(&self, piece: &'s str) -> Found<Vec<&'s str>> {
        Ok(self.read::<Vec<&'s RawValue>>(piece)?.into_iter().map(RawValue::get).collect())
    }

    fn read<T: Deserialize<'s>>(&self, piece: &'s str) -> Found<T> {
        serde_json::from_str(piece).map_err(|error| {
            let text = error.to_string();
            let message = text.split(" at line ").next().unwrap_or(&text);
            Box::new(finding(format!("not valid JSON: {message}"), self.span(piece)))
        })
    }
}

/// A text that borrows where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'s>(#[serde(borrow)] Cow<'s, str>);

/// The entries of an object in their order, doubles included.
struct Pairs<'s>(Vec<(Text<'s>, &'s RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Pairs<'de>, A::Error> {
                Err(serde::de::Error::custom("a list where an object is expected"))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}
