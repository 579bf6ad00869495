//! The XML of workbooks, as a stream.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, Event};

/// What comes next in a part.
pub enum Node<'x> {
    Start(BytesStart<'x>),
    /// An element without content.
    Empty(BytesStart<'x>),
    End(BytesEnd<'x>),
    Text(Cow<'x, str>),
    /// A comment and the like.
    Other,
}

/// A stream of what a part holds. Prefixes of names are left out.
pub struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    pub fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().check_end_names = true;
        Self { reader, buffer: Vec::new() }
    }

    /// The next node; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Node<'_>>, String> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| damaged(&error))?;
        Ok(Some(match event {
            Event::Start(start) => Node::Start(start),
            Event::Empty(start) => Node::Empty(start),
            Event::End(end) => Node::End(end),
            Event::Text(text) => Node::Text(text.into_inner()),
            Event::CData(text) => Node::Text(text.into_inner()),
            Event::GeneralRef(reference) => Node::Text(Cow::Owned(resolved(&reference)?)),
            // A document type can declare entities that grow without end; no workbook has one.
            Event::DocType(_) => return Err("its XML has a document type, which no workbook has".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Node::Other,
            Event::Eof => return Ok(None),
        }))
    }
}

fn damaged(error: &quick_xml::Error) -> String {
    match error {
        quick_xml::Error::Io(error) => error.to_string(),
        other => format!("its XML is damaged ({other})"),
    }
}

/// One of the five entities of XML itself, or a character by its number.
fn resolved(reference: &str) -> Result<String, String> {
    let whole = format!("&{reference};");
    quick_xml::escape::unescape(&whole)
        .map(Cow::into_owned)
        .map_err(|_| format!("its XML names an entity that it may not: {}", whole.escape_debug()))
}

/// The name of an element without its prefix.
pub fn name<'s>(start: &'s BytesStart<'_>) -> &'s str {
    local(start.name().into_inner())
}

/// The same of an element's end.
pub fn end_name<'s>(end: &'s BytesEnd<'_>) -> &'s str {
    local(end.name().into_inner())
}

fn local(name: &str) -> &str {
    let colon = name.bytes().rposition(|byte| byte == b':');
    colon.and_then(|colon| name.get(colon + 1..)).unwrap_or(name)
}

/// An attribute by its name, without its prefix.
pub fn attribute<'s>(start: &'s BytesStart<'_>, wanted: &str) -> Option<Cow<'s, str>> {
    let found = start.attributes().with_checks(false).flatten().find(|one| local(one.key.into_inner()) == wanted)?;
    text(found.value)
}

/// All attributes that can be read, their names without prefixes.
pub fn attributes<'s>(start: &'s BytesStart<'_>) -> impl Iterator<Item = (&'s str, Cow<'s, str>)> {
    let mut all = start.attributes();
    all.with_checks(false);
    all.flatten().filter_map(|one| Some((local(one.key.into_inner()), text(one.value)?)))
}

fn text(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    match value {
        Cow::Borrowed(raw) if !raw.bytes().any(|byte| byte == b'&') => Some(Cow::Borrowed(raw)),
        Cow::Borrowed(raw) => quick_xml::escape::unescape(raw).ok(),
        Cow::Owned(raw) => quick_xml::escape::unescape(&raw).ok().map(|text| Cow::Owned(text.into_owned())),
    }
}
