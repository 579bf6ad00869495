//! Tables of figures that are no plan: how the command line says what they are, and how they are read.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use logframe::crossfoot::Rounding;
use logframe::reconciliation::{PrintedTable, Subject};
use logframe::{Decimal, Diagnostic, NoneMeans, Source};
use logframe_exchange::{Convention, Document, Header, Options, Pick, Separator, Totals};

use crate::input::Input;

/// How a table is laid out and written; all of it is found out where it is not said.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Tables")]
pub struct TableArgs {
    /// Take the text for a table, whatever its name is
    #[arg(long)]
    csv: bool,
    /// The sheet of a workbook; without it, the one that holds most figures
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Which lines are totals
    #[arg(long, value_enum, value_name = "WHICH", default_value = "auto")]
    totals: WhichTotals,
    /// The row of totals: its name or number, `last` or `none`
    #[arg(long, value_name = "ROW", default_value = "auto", hide_default_value = true)]
    total_row: PickArg,
    /// The column of totals: its name or number, `last` or `none`
    #[arg(long, value_name = "COLUMN", default_value = "auto", hide_default_value = true)]
    total_column: PickArg,
    /// What an empty cell stands for
    #[arg(long, value_enum, value_name = "MEANING", default_value = "unknown")]
    blank: Means,
    /// What a dash stands for
    #[arg(long, value_enum, value_name = "MEANING", default_value = "zero")]
    none: Means,
    /// How numbers are written, by the number 1234.56: `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, `1234.56`
    #[arg(long, value_name = "SAMPLE")]
    numbers: Option<Convention>,
    /// What stands between cells
    #[arg(long, value_enum, value_name = "WHAT")]
    separator: Option<Between>,
    /// Whether the first line names the columns
    #[arg(long, value_enum, value_name = "WHETHER", default_value = "auto")]
    header: HasHeader,
    /// How many columns at the left are labels
    #[arg(long, value_name = "NUMBER")]
    labels: Option<usize>,
    /// Rows and columns in which nothing stands are amounts that are not known, and not headings or remarks
    #[arg(long)]
    every_row: bool,
}

/// How figures were printed; without a unit they are exact.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Tables")]
pub struct PrintedArgs {
    /// The unit that figures were rounded to, as they are printed: 1, 0.01, 1000
    #[arg(long, value_name = "UNIT", value_parser = positive)]
    unit: Option<Decimal>,
    /// The rule that they were rounded by; without it, to the nearest, whatever happened to halves
    #[arg(long, value_parser = rules(), value_name = "RULE")]
    rounding: Option<Rounding>,
    /// Totals were added up from the figures as they are printed
    #[arg(long)]
    printed_sums: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum WhichTotals {
    /// Those that are called so, or whose figures show it
    #[default]
    Auto,
    None,
    LastRow,
    LastColumn,
    /// The last row and the last column
    Last,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Means {
    Zero,
    RoundsToZero,
    #[default]
    Unknown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Between {
    Comma,
    Semicolon,
    Tab,
    Bar,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum HasHeader {
    #[default]
    Auto,
    Yes,
    No,
}

/// The rounding rules by their names.
fn rules() -> impl TypedValueParser<Value = Rounding> {
    let named = Rounding::ALL.map(|rule| PossibleValue::new(rule.name()).help(format!("Rounded {}", rule.words())));
    PossibleValuesParser::new(named).try_map(|name| Rounding::named(&name).ok_or("there is no such rule"))
}

/// A line as it is named on the command line.
#[derive(Clone, Debug, Default)]
struct PickArg(Pick);

impl From<&str> for PickArg {
    fn from(text: &str) -> Self {
        Self(text.parse().unwrap_or_default())
    }
}

/// An amount of more than nothing.
pub fn positive(text: &str) -> Result<Decimal, String> {
    let number: Decimal = text.parse().map_err(|error: logframe::Error| error.to_string())?;
    if number.is_zero() || number.is_negative() { Err("it has to be more than nothing".to_owned()) } else { Ok(number) }
}

impl PrintedArgs {
    /// The same where figures were rounded to a unit, if none is said.
    pub fn or_unit(&self, unit: Decimal) -> Self {
        Self { unit: self.unit.or(Some(unit)), ..self.clone() }
    }

    /// The unit that is said.
    pub fn unit(&self) -> Option<Decimal> {
        self.unit
    }

    /// Whether a rule of rounding is said and not to what.
    pub fn lacks_unit(&self) -> bool {
        self.rounding.is_some() && self.unit.is_none()
    }

    /// The first of these options that is given and says nothing of budget lines.
    pub fn said_of_tables(&self) -> Option<&'static str> {
        self.rounding.map(|_| "--rounding").or(self.printed_sums.then_some("--printed-sums"))
    }

    /// An option that is used.
    pub fn said(&self) -> Option<&'static str> {
        let options =
            [(self.unit.is_some(), "--unit"), (self.rounding.is_some(), "--rounding"), (self.printed_sums, "--printed-sums")];
        options.into_iter().find(|(is_said, _)| *is_said).map(|(_, option)| option)
    }
}

impl TableArgs {
    /// Whether a text is taken for a table: its name or the user says so, or it comes from standard input and is no plan.
    pub fn is_table(&self, input: &Input, source: &Source) -> bool {
        self.csv || input.is_csv() || (matches!(input, Input::Stdin(_)) && !looks_like_plan(source.text()))
    }

    /// The table that a text holds, with notes on what was recognised without being declared.
    ///
    /// # Errors
    /// The findings that keep the text from being a table.
    pub fn table(&self, document: &Document, printed: &PrintedArgs) -> Result<(PrintedTable, Vec<Diagnostic>), Vec<Diagnostic>> {
        let read = document.table(&self.options(printed));
        match read.table {
            Some(table) => Ok((table, read.findings)),
            None => Err(read.findings),
        }
    }

    /// The same as a subject of reconciliation.
    ///
    /// # Errors
    /// The findings that keep the text from being a table, or its figures from being what is declared of them.
    pub fn subject(&self, document: &Document, printed: &PrintedArgs) -> Result<(Subject, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (table, mut findings) = self.table(document, printed)?;
        match table.subject() {
            Ok(subject) => Ok((subject, findings)),
            Err(errors) => {
                findings.extend(errors);
                Err(findings)
            }
        }
    }

    /// An option that is used to say another thing than what is taken for granted.
    pub fn said(&self) -> Option<&'static str> {
        let options = [
            (!matches!(self.totals, WhichTotals::Auto), "--totals"),
            (self.total_row.0 != Pick::Auto, "--total-row"),
            (self.total_column.0 != Pick::Auto, "--total-column"),
            (!matches!(self.blank, Means::Unknown), "--blank"),
            (self.every_row, "--every-row"),
            (!matches!(self.none, Means::Zero), "--none"),
            (self.numbers.is_some(), "--numbers"),
            (self.separator.is_some(), "--separator"),
            (!matches!(self.header, HasHeader::Auto), "--header"),
            (self.labels.is_some(), "--labels"),
            (self.sheet.is_some(), "--sheet"),
        ];
        options.into_iter().find(|(is_said, _)| *is_said).map(|(_, option)| option)
    }

    /// The same for a table without totals, as lists of weights are; totals that are named stay.
    pub fn without_totals(&self) -> Self {
        Self { totals: WhichTotals::None, ..self.clone() }
    }

    fn options(&self, printed: &PrintedArgs) -> Options {
        let mut options = Options::default();
        options.sheet.clone_from(&self.sheet);
        options.separator = self.separator.map(Separator::from);
        options.numbers = self.numbers;
        options.header = self.header.into();
        options.labels = self.labels;
        options.every_row = self.every_row;
        options.totals = self.totals.into();
        options.total_row = self.total_row.0.clone();
        options.total_column = self.total_column.0.clone();
        options.how.unit = printed.unit;
        options.how.rounding = printed.rounding.unwrap_or_default();
        options.how.is_rule_declared = printed.rounding.is_some();
        options.how.none = self.none.into();
        options.how.blank = self.blank.into();
        options.how.sums_printed = printed.printed_sums;
        options
    }
}

/// Whether the first line with something on it is one of TOML or JSON.
fn looks_like_plan(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(first) = lines.next() else { return false };
    let is_key = |key: &str| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | ' '))
    };
    first.starts_with(['{', '[']) || first.split_once('=').is_some_and(|(key, _)| is_key(key))
}

impl From<WhichTotals> for Totals {
    fn from(which: WhichTotals) -> Self {
        match which {
            WhichTotals::Auto => Self::Auto,
            WhichTotals::None => Self::None,
            WhichTotals::LastRow => Self::LastRow,
            WhichTotals::LastColumn => Self::LastColumn,
            WhichTotals::Last => Self::Last,
        }
    }
}

impl From<Means> for NoneMeans {
    fn from(means: Means) -> Self {
        match means {
            Means::Zero => Self::Zero,
            Means::RoundsToZero => Self::RoundsToZero,
            Means::Unknown => Self::Unknown,
        }
    }
}

impl From<Between> for Separator {
    fn from(between: Between) -> Self {
        match between {
            Between::Comma => Self::Comma,
            Between::Semicolon => Self::Semicolon,
            Between::Tab => Self::Tab,
            Between::Bar => Self::Bar,
        }
    }
}

impl From<HasHeader> for Header {
    fn from(has: HasHeader) -> Self {
        match has {
            HasHeader::Auto => Self::Auto,
            HasHeader::Yes => Self::Present,
            HasHeader::No => Self::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_told_from_tables_by_their_first_line() {
        for plan in ["format = 1\n", "# a plan\n\n[plan]\n", "{\"format\": 1}", "[[head]]\n", "a.b = 2"] {
            assert!(looks_like_plan(plan), "{plan}");
        }
        for table in ["Office,2018\nPeru,1\n", "", "a;b=c;d\n1;2;3\n", "Title\na,b\n"] {
            assert!(!looks_like_plan(table), "{table}");
        }
    }

    #[test]
    fn a_unit_is_an_exact_number_above_zero() {
        assert_eq!(positive("0.01"), Ok("0.01".parse().unwrap()));
        for text in ["0", "-1", "1,000", "1e3", "x"] {
            assert!(positive(text).is_err(), "{text}");
        }
    }
}
