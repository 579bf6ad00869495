//! A table of a package while it is filled: each column is said once, what it is beside how its cells are got.

use logframe::table::{Cell, Column, Table};
use logframe::{Date, Decimal, Id, Spanned};

/// What the cells of a column are, as Table Schema has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Count,
    Date,
    Flag,
    /// Several texts, as a JSON array: an id may hold a blank or a comma.
    List,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "number",
            Self::Count => "integer",
            Self::Date => "date",
            Self::Flag => "boolean",
            Self::List => "array",
        }
    }

    fn column(self, name: &str) -> Column {
        if matches!(self, Self::Number | Self::Count) { Column::number(name, name) } else { Column::text(name, name) }
    }
}

/// A column as its schema describes it.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub description: Option<String>,
    /// The only texts that can stand in it; any where there are none.
    pub one_of: &'static [&'static str],
}

/// A column whose cells stand in a column of another table.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    pub field: &'static str,
    pub table: &'static str,
    pub key: &'static str,
}

/// A table of a package, whole.
#[derive(Debug)]
pub struct Resource {
    pub name: &'static str,
    pub fields: Vec<Field>,
    pub key: Vec<&'static str>,
    pub references: Vec<Reference>,
    pub table: Table,
}

/// A table that is being filled from some things of the plan, one a row.
pub struct Sheet<T> {
    things: Vec<T>,
    rows: Vec<Vec<Cell>>,
    resource: Resource,
}

impl<T> Sheet<T> {
    pub fn new(name: &'static str, title: &str, things: impl IntoIterator<Item = T>) -> Self {
        let things: Vec<T> = things.into_iter().collect();
        let rows = things.iter().map(|_| Vec::new()).collect();
        let table = Table::new(title, Vec::new());
        Self { things, rows, resource: Resource { name, fields: Vec::new(), key: Vec::new(), references: Vec::new(), table } }
    }

    /// The columns that together name a row.
    pub fn key(mut self, fields: &[&'static str]) -> Self {
        self.resource.key = fields.to_vec();
        self
    }

    /// The last column refers to one of another table.
    pub fn refers(mut self, table: &'static str, key: &'static str) -> Self {
        let field = self.resource.fields.last().map(|field| Reference { field: field.name, table, key });
        self.resource.references.extend(field);
        self
    }

    /// What has to be known about the last column.
    pub fn about(mut self, description: impl Into<String>) -> Self {
        if let Some(field) = self.resource.fields.last_mut() {
            field.description = Some(description.into());
        }
        self
    }

    /// The only texts that can stand in the last column.
    pub fn one_of(mut self, texts: &'static [&'static str]) -> Self {
        if let Some(field) = self.resource.fields.last_mut() {
            field.one_of = texts;
        }
        self
    }

    pub fn column(mut self, name: &'static str, kind: Kind, cell: impl Fn(&T) -> Cell) -> Self {
        self.resource.fields.push(Field { name, kind, description: None, one_of: &[] });
        self.resource.table.columns.push(kind.column(name));
        self.rows.iter_mut().zip(&self.things).for_each(|(row, thing)| row.push(cell(thing)));
        self
    }

    pub fn text<S: Into<String>>(self, name: &'static str, text: impl Fn(&T) -> Option<S>) -> Self {
        self.column(name, Kind::Text, |thing| text(thing).map_or(Cell::Absent, Cell::text))
    }

    pub fn number(self, name: &'static str, number: impl Fn(&T) -> Option<Decimal>) -> Self {
        self.column(name, Kind::Number, |thing| number(thing).map_or(Cell::Absent, Cell::number))
    }

    pub fn count(self, name: &'static str, count: impl Fn(&T) -> Option<i64>) -> Self {
        self.column(name, Kind::Count, |thing| count(thing).map_or(Cell::Absent, |count| Cell::number(count.into())))
    }

    pub fn date(self, name: &'static str, date: impl Fn(&T) -> Option<Date>) -> Self {
        self.column(name, Kind::Date, |thing| date(thing).map_or(Cell::Absent, |date| Cell::text(date.to_string())))
    }

    pub fn flag(self, name: &'static str, flag: impl Fn(&T) -> bool) -> Self {
        self.column(name, Kind::Flag, |thing| Cell::text(flag(thing).to_string()))
    }

    pub fn list(self, name: &'static str, list: impl Fn(&T) -> Option<Vec<String>>) -> Self {
        let array = |list: Vec<String>| serde_json::to_string(&list).ok().map_or(Cell::Absent, Cell::text);
        self.column(name, Kind::List, |thing| list(thing).map_or(Cell::Absent, array))
    }

    /// The table as it is; nothing where it has no row.
    pub fn filled(self) -> Option<Resource> {
        let mut resource = self.resource;
        self.rows.into_iter().for_each(|row| resource.table.push(row));
        (!resource.table.rows.is_empty()).then_some(resource)
    }
}

/// Ids as a list; nothing where there are none.
pub fn some_ids(ids: &[Spanned<Id>]) -> Option<Vec<String>> {
    Some(ids.iter().map(ToString::to_string).collect()).filter(|ids: &Vec<String>| !ids.is_empty())
}
