//! Nouns -> tree, for writing: a serde serializer that keeps numbers apart from texts.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct};

use super::tree::{Key, Node, Value};
use crate::plan::serde_names as names;
use crate::source::Span;

/// A value as a tree without places. Only shapes that a plan has can be written.
pub fn tree<T: Serialize + ?Sized>(value: &T) -> Result<Node<'static>, WriteError> {
    value.serialize(WHOLE)
}

/// The fields of a struct, one after the other, and of lists among them one entry after the other: the tree of a large plan is many times as
/// large as its text, and is never there whole.
pub fn parts<T: Serialize + ?Sized>(value: &T, mut take: impl FnMut(&'static str, Node<'static>)) -> Result<(), WriteError> {
    value.serialize(Builder(Wanted::Fields(&mut take))).map(drop)
}

/// A shape that no plan has; it cannot come from the nouns.
#[derive(Debug)]
pub struct WriteError(String);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}

impl ser::Error for WriteError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn node(value: Value<'static>) -> Node<'static> {
    Node { span: Span::default(), value }
}

fn unsupported<T>(what: &str) -> Result<T, WriteError> {
    Err(WriteError(format!("a plan has no {what}")))
}

/// What is made of a value.
enum Wanted<'t> {
    /// Its tree.
    Whole,
    /// The trees of its fields, which are given away.
    Fields(Take<'t>),
    /// Those of its entries, under a key.
    Entries(&'static str, Take<'t>),
}

type Take<'t> = &'t mut dyn FnMut(&'static str, Node<'static>);

struct Builder<'t>(Wanted<'t>);

const WHOLE: Builder<'static> = Builder(Wanted::Whole);

type Built = Result<Node<'static>, WriteError>;

macro_rules! whole {
    ($($method:ident: $type:ty),*) => { $(
        fn $method(self, n: $type) -> Built {
            Ok(node(Value::Number(Cow::Owned(n.to_string()))))
        }
    )* };
}

impl<'t> ser::Serializer for Builder<'t> {
    type Ok = Node<'static>;
    type Error = WriteError;
    type SerializeSeq = List<'t>;
    type SerializeTuple = Impossible<Node<'static>, WriteError>;
    type SerializeTupleStruct = Impossible<Node<'static>, WriteError>;
    type SerializeTupleVariant = Impossible<Node<'static>, WriteError>;
    type SerializeMap = Table<'t>;
    type SerializeStruct = Table<'t>;
    type SerializeStructVariant = Impossible<Node<'static>, WriteError>;

    whole!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    whole!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);

    fn serialize_bool(self, truth: bool) -> Built {
        Ok(node(Value::Bool(truth)))
    }
    #[expect(clippy::disallowed_types, reason = "the trait names the type; it is refused")]
    fn serialize_f32(self, _: f32) -> Built {
        unsupported("binary float")
    }
    #[expect(clippy::disallowed_types, reason = "the trait names the type; it is refused")]
    fn serialize_f64(self, _: f64) -> Built {
        unsupported("binary float")
    }
    fn serialize_char(self, c: char) -> Built {
        self.serialize_str(c.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, text: &str) -> Built {
        Ok(node(Value::Text(Cow::Owned(text.to_owned()))))
    }
    fn serialize_bytes(self, _: &[u8]) -> Built {
        unsupported("bytes")
    }
    fn serialize_none(self) -> Built {
        Ok(node(Value::Null))
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Built {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Built {
        Ok(node(Value::Null))
    }
    fn serialize_unit_struct(self, _: &'static str) -> Built {
        unsupported("unit struct")
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Built {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Built {
        let built = value.serialize(WHOLE)?;
        Ok(match (name, built.value) {
            (names::DECIMAL, Value::Text(digits)) => node(Value::Number(Cow::Owned(grouped(&digits)))),
            (names::DATE, Value::Text(date)) => node(Value::Date(date)),
            (_, value) => node(value),
        })
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Built {
        unsupported("enum with data")
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<List<'t>, WriteError> {
        let taken = if let Wanted::Entries(key, take) = self.0 { Some((key, take)) } else { None };
        Ok(List { items: Vec::new(), taken })
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, WriteError> {
        unsupported("tuple")
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, WriteError> {
        unsupported("tuple struct")
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, WriteError> {
        unsupported("enum with data")
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Table<'t>, WriteError> {
        Ok(Table::default())
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Table<'t>, WriteError> {
        let take = if let Wanted::Fields(take) = self.0 { Some(take) } else { None };
        Ok(Table { take, ..Table::default() })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, WriteError> {
        unsupported("enum with data")
    }
}

/// Digits with `_` between thousands, as a person writes them in TOML.
fn grouped(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = rest.find('.').map_or((rest, ""), |point| rest.split_at(point));
    let mut text = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push('_');
        }
        text.push(digit);
    }
    text + fraction
}

struct List<'t> {
    items: Vec<Node<'static>>,
    taken: Option<(&'static str, Take<'t>)>,
}

impl SerializeSeq for List<'_> {
    type Ok = Node<'static>;
    type Error = WriteError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        let item = value.serialize(WHOLE)?;
        match &mut self.taken {
            Some((key, take)) => take(key, node(Value::Array(vec![item]))),
            None => self.items.push(item),
        }
        Ok(())
    }
    fn end(self) -> Built {
        Ok(node(Value::Array(self.items)))
    }
}

#[derive(Default)]
struct Table<'t> {
    entries: Vec<(Key<'static>, Node<'static>)>,
    key: String,
    take: Option<Take<'t>>,
}

impl Table<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, key: Cow<'static, str>, value: &T) -> Result<(), WriteError> {
        self.entries.push((Key { span: Span::default(), text: key }, value.serialize(WHOLE)?));
        Ok(())
    }
}

impl SerializeMap for Table<'_> {
    type Ok = Node<'static>;
    type Error = WriteError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), WriteError> {
        match key.serialize(WHOLE)?.value {
            Value::Text(text) => self.key = text.into_owned(),
            _ => return unsupported("key that is no text"),
        }
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), WriteError> {
        let key = std::mem::take(&mut self.key);
        self.push(key.into(), value)
    }
    fn end(self) -> Built {
        Ok(node(Value::Table(self.entries)))
    }
}

impl SerializeStruct for Table<'_> {
    type Ok = Node<'static>;
    type Error = WriteError;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), WriteError> {
        let Some(take) = &mut self.take else { return self.push(key.into(), value) };
        // A list of which each entry was given away is empty.
        let rest = value.serialize(Builder(Wanted::Entries(key, *take)))?;
        take(key, rest);
        Ok(())
    }
    fn end(self) -> Built {
        Ok(node(Value::Table(self.entries)))
    }
}
