//! A plan file as a tree of values, each with its place. TOML and JSON are both read into it; written plans come from it.

use std::borrow::Cow;

use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'s> {
    pub span: Span,
    pub value: Value<'s>,
}

/// A key of a table and where it stands.
#[derive(Clone, Debug)]
pub struct Key<'s> {
    pub span: Span,
    pub text: Cow<'s, str>,
}

/// What a value is. A number is the text it was written with: nothing has rounded it yet.
#[derive(Clone, Debug)]
pub enum Value<'s> {
    Null,
    Bool(bool),
    Number(Cow<'s, str>),
    Text(Cow<'s, str>),
    Date(Cow<'s, str>),
    Array(Vec<Node<'s>>),
    Table(Vec<(Key<'s>, Node<'s>)>),
}

impl Value<'_> {
    /// What it is, for a message: "found …".
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::Date(_) => "a date",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}
