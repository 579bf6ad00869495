//! Tree -> nouns: a serde deserializer that knows where everything stands and that collects what is wrong.
//!
//! A scalar that cannot be read is reported and replaced by a stand-in, so that reading goes on and everything else is reported
//! too. No stand-in ever gets out: a text with any finding gives no plan.

mod access;
mod sink;

use std::str::FromStr;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use access::{Bare, Items, Pairs, SpannedParts};
pub use sink::{ReadError, Sink, unknown_key};

use super::tree::{Node, Value};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::{Date, Period};
use crate::plan::{Id, nearest, serde_names as names};

/// Reads one node. `name` is the key it stands under, for messages.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    node: &'a Node<'a>,
    name: &'a str,
    sink: &'a Sink,
}

impl<'a> Reader<'a> {
    pub fn new(node: &'a Node<'a>, name: &'a str, sink: &'a Sink) -> Self {
        Self { node, name, sink }
    }

    fn report(self, rule: &'static str, message: String, hint: Option<&str>) {
        let finding = Diagnostic::new(rule, Severity::Error, message).at(Some(self.node.span), self.name, "");
        self.sink.push(finding.help_if(hint));
    }

    fn expected(self, what: &str, hint: Option<&str>) {
        self.report(
            "wrong-value",
            format!("`{}` must be {what}, found {}", self.name.escape_debug(), self.node.value.kind()),
            hint,
        );
    }

    /// A text; the empty text stands in for anything else.
    fn text(self) -> &'a str {
        match &self.node.value {
            Value::Text(text) => text,
            Value::Number(_) => {
                self.expected("a text", Some("put it in quotes"));
                ""
            }
            _ => {
                self.expected("a text", None);
                ""
            }
        }
    }

    /// The digits of an exact number; zero stands in for anything else. `word` is a text that is taken as well.
    fn digits(self, word: Option<&'static str>) -> &'a str {
        let (Value::Number(text) | Value::Text(text)) = &self.node.value else {
            let dotted = matches!(self.node.value, Value::Table(_)) && self.name.bytes().all(|byte| byte.is_ascii_digit());
            let hint = if dotted {
                Some(format!("put an id that has a point in quotes: \"{}.1\"", self.name))
            } else {
                word.map(|word| format!("write digits, or \"{word}\""))
            };
            self.expected("an exact number", hint.as_deref());
            return "0";
        };
        if word == Some(text) {
            return text;
        }
        match Decimal::from_str(text) {
            Ok(_) => text,
            Err(error) => {
                let hint = word.map(|word| format!("write an exact number, or \"{word}\""));
                self.report("inexact-amount", format!("`{}`: {error}", self.name.escape_debug()), hint.as_deref());
                "0"
            }
        }
    }

    fn date(self) -> &'a str {
        match &self.node.value {
            Value::Date(text) | Value::Text(text) if Date::from_str(text).is_ok() => text,
            Value::Date(_) | Value::Text(_) => {
                self.report(
                    "wrong-value",
                    format!("`{}` must be a date that exists, written as year-month-day", self.name),
                    Some("write it as 2018-04-01"),
                );
                "2000-01-01"
            }
            _ => {
                self.expected("a date", Some("write it as 2018-04-01"));
                "2000-01-01"
            }
        }
    }

    fn period(self) -> &'a str {
        const HINT: &str = "write \"2026\", \"2026-H1\", \"2026-Q3\", \"2026-03\", or two days as \"2026-01-15/2026-06-30\"";
        match &self.node.value {
            Value::Text(text) if Period::from_str(text).is_ok() => return text,
            Value::Text(text) => {
                let text: String = text.escape_debug().take(60).collect();
                self.report("wrong-value", format!("`{}` must be a period, and `{text}` is none", self.name), Some(HINT));
            }
            Value::Number(_) => self.expected("a period, which is a text", Some("put it in quotes")),
            _ => self.expected("a period", Some(HINT)),
        }
        "2000"
    }

    fn id(self) -> &'a str {
        if let Value::Number(_) = &self.node.value {
            self.expected(
                "an id, which is a text",
                Some("put it in quotes: 8.1 and 8.10 are one number, \"8.1\" and \"8.10\" two ids"),
            );
            return "_";
        }
        let text = self.text();
        match Id::from_str(text) {
            Ok(_) => text,
            Err(error) if matches!(self.node.value, Value::Text(_)) => {
                self.report("wrong-value", error.to_string(), Some("an id is short and human, as `costa-rica`"));
                "_"
            }
            Err(_) => "_",
        }
    }

    fn whole(self) -> u64 {
        let hint = Some("write digits alone, as 2018");
        let Value::Number(text) = &self.node.value else {
            self.expected("a whole number", hint);
            return 0;
        };
        text.replace('_', "").parse().unwrap_or_else(|_| {
            self.report("wrong-value", format!("`{}` must be a whole number from 0, found {text}", self.name), hint);
            0
        })
    }

    fn small<T: TryFrom<u64> + Default>(self) -> T {
        let whole = self.whole();
        T::try_from(whole).unwrap_or_else(|_| {
            self.report("wrong-value", format!("`{}` is too large: {whole}", self.name), None);
            T::default()
        })
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(*truth),
            Value::Number(text) | Value::Text(text) | Value::Date(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Table(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let Value::Bool(truth) = self.node.value else {
            self.expected("true or false", Some("write it without quotes"));
            return visitor.visit_bool(false);
        };
        visitor.visit_bool(truth)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_u16(self.small())
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_u32(self.small())
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_borrowed_str(self.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_borrowed_str(self.text())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, ReadError> {
        match name {
            names::SPANNED => visitor.visit_seq(SpannedParts::new(self.node.span, self)),
            names::DECIMAL => visitor.visit_borrowed_str(self.digits(None)),
            names::CELL => visitor.visit_borrowed_str(self.digits(Some("-"))),
            names::VALUE => visitor.visit_borrowed_str(self.digits(Some("n/a"))),
            names::DATE => visitor.visit_borrowed_str(self.date()),
            names::PERIOD => visitor.visit_borrowed_str(self.period()),
            names::ID => visitor.visit_borrowed_str(self.id()),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let items = if let Value::Array(items) = &self.node.value {
            items.as_slice()
        } else {
            self.expected("a list", Some("write it in brackets: [\"…\", \"…\"]"));
            &[]
        };
        visitor.visit_seq(Items { items: items.iter(), of: self })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let entries = if let Value::Table(entries) = &self.node.value {
            entries.as_slice()
        } else {
            self.expected("a table", Some("write it as { id = value }"));
            &[]
        };
        visitor.visit_map(Pairs { entries: entries.iter(), value: None, known: None, of: self })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let Value::Table(entries) = &self.node.value else {
            if name == "Figure" {
                return visitor.visit_map(Bare(Some(self)));
            }
            let message = format!("`{}` must be a table with {}, found {}", self.name, fields.join(", "), self.node.value.kind());
            let error: ReadError = de::Error::custom(message);
            return Err(error.at(self.node.span, self.name));
        };
        let pairs = Pairs { entries: entries.iter(), value: None, known: Some(fields), of: self };
        visitor.visit_map(pairs).map_err(|error| error.at(self.node.span, self.name))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let text = self.text();
        let known = variants.iter().find(|variant| **variant == text);
        if known.is_none() && matches!(self.node.value, Value::Text(_)) {
            let near = nearest(text, variants.iter().copied());
            let hint =
                near.map_or_else(|| format!("write one of {}", variants.join(", ")), |near| format!("did you mean `{near}`?"));
            self.report("wrong-value", format!("`{}` cannot be `{}`", self.name, text.escape_debug()), Some(&hint));
        }
        let variant: &'de str = known.or(variants.first()).copied().unwrap_or_default();
        visitor.visit_enum(BorrowedStrDeserializer::<ReadError>::new(variant))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}
