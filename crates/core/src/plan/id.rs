//! Ids, and maps that keep the order of the document.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;
use crate::source::Spanned;

/// The name of a thing in a plan: short, human, the same wherever it is referred to.
///
/// From 1 to 100 characters, none of them a control character, no blank at either end.
///
/// ```
/// use logframe::Id;
/// assert_eq!("costa-rica".parse::<Id>()?.as_str(), "costa-rica");
/// assert!("".parse::<Id>().is_err());
/// assert!("a\u{7}b".parse::<Id>().is_err());
/// # Ok::<(), logframe::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Arc<str>);

/// The name under which an [`Id`] crosses serde, so that a bad one is reported where it stands.
pub(crate) const SERDE_NAME: &str = "$logframe::Id";

impl Id {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An id from text in the program itself; a text that cannot be an id has its bad characters replaced by `_`.
    pub(crate) fn lossy(text: &str) -> Self {
        let clean = |text: &str| {
            let kept: String = text.trim().chars().take(100).map(|c| if c.is_control() { '_' } else { c }).collect();
            if kept.trim().is_empty() { "_".to_owned() } else { kept.trim().to_owned() }
        };
        text.parse().unwrap_or_else(|_| Self(clean(text).into()))
    }
}

impl FromStr for Id {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = |why| Err(Error::NotAnId { text: text.chars().take(60).collect(), why });
        if text.is_empty() {
            refused("it is empty")
        } else if text.chars().any(char::is_control) {
            refused("it holds a control character")
        } else if text.trim() != text {
            refused("it begins or ends with a blank")
        } else if text.chars().count() > 100 {
            refused("it is longer than 100 characters")
        } else {
            Ok(Self(text.into()))
        }
    }
}

impl Default for Id {
    fn default() -> Self {
        Self("_".into())
    }
}

impl Deref for Id {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;
        impl<'de> Visitor<'de> for IdVisitor {
            type Value = Id;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Id, D::Error> {
                inner.deserialize_str(self)
            }
        }
        deserializer.deserialize_newtype_struct(SERDE_NAME, IdVisitor)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[^\\s\\u0000-\\u001f\\u007f-\\u009f]([^\\u0000-\\u001f\\u007f-\\u009f]*[^\\s\\u0000-\\u001f\\u007f-\\u009f])?$", "description": "A short human name, the same wherever it is referred to." })
    }
}

/// A map from ids to values that keeps the order in which it was written and where each key stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(Spanned<Id>, T)>);

impl<T> Entries<T> {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(id, _)| id.as_str() == key).map(|(_, value)| value)
    }

    /// Keys and values in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (Spanned<Id>, T)> {
        self.0.iter()
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, T> IntoIterator for &'a Entries<T> {
    type Item = &'a (Spanned<Id>, T);
    type IntoIter = std::slice::Iter<'a, (Spanned<Id>, T)>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> FromIterator<(Id, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (Id, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key.as_str(), value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of `id = value`")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0).min(4096));
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("EntriesOf{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
    fn inline_schema() -> bool {
        true
    }
}

impl Error {
    /// Nothing of a kind goes by this name: an [`Error::Unknown`] that suggests the nearest of the names there are.
    ///
    /// ```
    /// let error = logframe::Error::unknown("office", "columbia", ["chile", "colombia"]);
    /// assert_eq!(error.to_string(), "no office `columbia` in the plan; did you mean `colombia`?");
    /// ```
    pub fn unknown<'a>(kind: &'static str, id: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Unknown { kind, id: id.to_owned(), nearest: nearest(id, names).map(str::to_owned) }
    }
}

/// The candidate that a mistyped text most likely meant: the one at the smallest edit distance, if that is at most a third of the
/// longer text; texts of one or two letters must differ in case only. Ties go to the earlier candidate.
pub(crate) fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = text.to_lowercase().chars().take(100).collect();
    let scored = candidates.into_iter().map(|candidate| (edit_distance(&wanted, candidate), candidate));
    let (distance, best) = scored.min_by_key(|(distance, _)| *distance)?;
    (distance <= best.chars().count().max(wanted.len()) / 3).then_some(best)
}

/// Optimal string alignment distance (insertions, deletions, substitutions, neighbours swapped), capital letters ignored.
fn edit_distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().take(100).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = (cell(&row, j) + usize::from(x != y)).min(cell(&row, j + 1) + 1).min(cell(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(cell(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_id_is_the_one_a_slip_away() {
        let ids = ["argentina", "brazil", "chile"];
        assert_eq!(nearest("argentnia", ids), Some("argentina"));
        assert_eq!(nearest("Brazil", ids), Some("brazil"));
        assert_eq!(nearest("wxyz", ids), None);
        assert_eq!(nearest("", []), None);
    }

    #[test]
    fn neighbours_swapped_are_one_slip() {
        let chars: Vec<char> = "ab".chars().collect();
        assert_eq!(edit_distance(&chars, "ba"), 1);
        assert_eq!(edit_distance(&[], "abc"), 3);
    }
}
