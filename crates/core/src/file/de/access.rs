//! How lists, tables, keys and spanned values are handed to serde.

use std::borrow::Cow;
use std::str::FromStr;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use super::{ReadError, Reader, Sink, names, unknown_key};
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::tree::{Key, Node};
use crate::plan::Id;
use crate::source::Span;

/// The items of a list.
pub struct Items<'a> {
    pub items: std::slice::Iter<'a, Node<'a>>,
    pub of: Reader<'a>,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = ReadError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        let Some(node) = self.items.next() else { return Ok(None) };
        seed.deserialize(Reader { node, ..self.of }).map(Some).map_err(|error| error.at(node.span, self.of.name))
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The entries of a table; of those that are not `known`, each is reported and skipped.
pub struct Pairs<'a> {
    pub entries: std::slice::Iter<'a, (Key<'a>, Node<'a>)>,
    pub value: Option<(&'a Key<'a>, &'a Node<'a>)>,
    pub known: Option<&'static [&'static str]>,
    pub of: Reader<'a>,
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        for (key, node) in self.entries.by_ref() {
            match self.known {
                Some(known) if self.of.sink.is_full() && !known.contains(&key.text.as_ref()) => {}
                Some(known) if !known.contains(&key.text.as_ref()) => self.of.sink.push(unknown_key(key, known)),
                _ => {
                    self.value = Some((key, node));
                    return seed.deserialize(KeyReader { key, sink: self.of.sink }).map(Some);
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let (key, node) = self.value.take().ok_or_else(|| de::Error::custom("a value without its key"))?;
        let reader = Reader { node, name: &key.text, sink: self.of.sink };
        seed.deserialize(reader).map_err(|error| error.at(node.span, &key.text))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A figure that is written as its bare value.
pub struct Bare<'a>(pub Option<Reader<'a>>);

impl<'de> MapAccess<'de> for Bare<'de> {
    type Error = ReadError;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        let key = self.0.map(|_| BorrowedStrDeserializer::<ReadError>::new("value"));
        key.map(|key| seed.deserialize(key)).transpose()
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let reader = self.0.take().ok_or_else(|| de::Error::custom("a value without its key"))?;
        seed.deserialize(reader)
    }
}

/// Reads a key of a table.
#[derive(Clone, Copy)]
struct KeyReader<'a> {
    pub key: &'a Key<'a>,
    pub sink: &'a Sink,
}

impl<'de> Deserializer<'de> for KeyReader<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_borrowed_str(&self.key.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, ReadError> {
        match name {
            names::SPANNED => visitor.visit_seq(SpannedParts::new(self.key.span, self)),
            names::ID => visitor.visit_str(&self.id()),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'a> KeyReader<'a> {
    fn id(self) -> Cow<'a, str> {
        if let Err(error) = Id::from_str(&self.key.text) {
            let finding = Diagnostic::new("wrong-value", Severity::Error, error.to_string());
            self.sink.push(finding.at(Some(self.key.span), self.key.text.escape_debug().to_string(), ""));
            return "_".into();
        }
        Cow::Borrowed(&self.key.text)
    }
}

/// A spanned value as the three parts that [`crate::Spanned`] asks for.
pub struct SpannedParts<D> {
    span: Span,
    pub value: Option<D>,
    given: u8,
}

impl<D> SpannedParts<D> {
    pub fn new(span: Span, value: D) -> Self {
        Self { span, value: Some(value), given: 0 }
    }
}

impl<'de, D: Deserializer<'de, Error = ReadError>> SeqAccess<'de> for SpannedParts<D> {
    type Error = ReadError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        self.given += 1;
        match self.given {
            1 => seed.deserialize(self.span.start().into_deserializer()).map(Some),
            2 => seed.deserialize(self.span.end().into_deserializer()).map(Some),
            _ => self.value.take().map(|value| seed.deserialize(value)).transpose(),
        }
    }
}
