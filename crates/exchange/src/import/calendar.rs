//! What headings of columns say about the calendar: `Q1 2026`, `Enero`, `Year 2`, `2027`.

use std::fmt;

use logframe::{Period, Step};

use super::currency::is_word_of_money;
use crate::records::Field;
use crate::workbook::Kind;

/// A step of the calendar, as far as a heading tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is this one.
    At(Period),
    /// One of several by its number, of no year that is told: `Q1`, `Year 2`, `January`.
    Nth(Step, u32),
    /// A year of somebody's books, which may begin in any month: `FY2026`.
    Fiscal(u32),
    /// Nothing is told.
    Nothing,
}

/// Why columns are no steps of the calendar, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSteps {
    /// Nothing says of which year they are.
    NoYear,
    Overlap,
    Disorder,
    Gap,
    /// They are no months, quarters, half-years or years, or several of these.
    Uneven,
}

impl fmt::Display for NoSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoYear => "nothing says of which year they are",
            Self::Overlap => "they overlap",
            Self::Disorder => "they are not in their order",
            Self::Gap => "one between them is missing",
            Self::Uneven => "they are not all months, all quarters, all half-years or all calendar years",
        })
    }
}

/// The step that columns are of, and from when to when they go, in the order in which they stand. Those whose year no heading tells are
/// the steps of the plan's duration, where they are as many, and numbered as these are.
pub fn steps(told: &[Told], plan: Option<Period>) -> Result<(Step, Period), NoSteps> {
    let at = |told: &Told| if let Told::At(period) = told { Some(*period) } else { None };
    let periods: Option<Vec<Period>> = told.iter().map(at).collect();
    let periods = periods.or_else(|| of_plan(told, plan?)).ok_or(NoSteps::NoYear)?;
    let mut sorted = periods.clone();
    sorted.sort();
    if sorted.windows(2).any(|two| matches!(two, [one, next] if one.meets(*next))) {
        return Err(NoSteps::Overlap);
    }
    if sorted != periods {
        return Err(NoSteps::Disorder);
    }
    let step = periods.first().and_then(|first| step_of(*first)).ok_or(NoSteps::Uneven)?;
    if periods.iter().any(|period| step_of(*period) != Some(step)) {
        return Err(NoSteps::Uneven);
    }
    let ends = periods.first().zip(periods.last());
    let whole = ends.and_then(|(first, last)| Period::between(first.from, last.to)).ok_or(NoSteps::Gap)?;
    if whole.steps(step).eq(periods) { Ok((step, whole)) } else { Err(NoSteps::Gap) }
}

/// The steps of a plan's duration, where that is what columns are: numbered from its first step, or as the calendar numbers them.
fn of_plan(told: &[Told], plan: Period) -> Option<Vec<Period>> {
    let by = match told.first()? {
        Told::Nth(by, _) => *by,
        Told::Fiscal(_) => Step::Year,
        Told::At(_) | Told::Nothing => return None,
    };
    let steps: Vec<Period> = plan.steps(by).collect();
    let is_whole = steps.first()?.from == plan.from && steps.last()?.to == plan.to && steps.len() == told.len();
    let counts = (1..).zip(told).all(|(n, told)| *told == Told::Nth(by, n));
    let is_numbered = |(told, step): (&Told, &Period)| match told {
        Told::Nth(_, n) => written(by, *n, year(*step)).is_some_and(|written| written == step.to_string()),
        Told::Fiscal(books) => *books == year(*step),
        Told::At(_) | Told::Nothing => false,
    };
    (is_whole && (counts || told.iter().zip(&steps).all(is_numbered))).then_some(steps)
}

/// The step that a period is, from its first day to its last.
fn step_of(period: Period) -> Option<Step> {
    Step::ALL.into_iter().find(|step| period.step(*step) == Some(period))
}

/// The year in which a period begins.
fn year(period: Period) -> u32 {
    period.from.to_string().get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
}

/// A step of a year as periods are written.
fn written(step: Step, number: u32, year: u32) -> Option<String> {
    match step {
        Step::Month => Some(format!("{year}-{number:02}")),
        Step::Quarter => Some(format!("{year}-Q{number}")),
        Step::HalfYear => Some(format!("{year}-H{number}")),
        Step::Year => None,
    }
}

/// What a heading says. A day that a cell holds is the month that it begins.
pub fn heading(field: &Field<'_>) -> Option<Told> {
    match field.kind {
        Kind::Date => field.text.strip_suffix("-01")?.parse().ok().map(Told::At),
        _ => told(&field.text),
    }
}

/// What a heading says that names a period and nothing else.
pub fn told(heading: &str) -> Option<Told> {
    read(heading, &[])
}

/// The same beside words for amounts: `Year 1 cost (USD)`.
pub fn told_of_amount(heading: &str) -> Option<Told> {
    const AMOUNTS: [&str; 15] = [
        "for",
        "cost",
        "costs",
        "budget",
        "amount",
        "total",
        "requested",
        "costo",
        "coste",
        "coût",
        "montant",
        "monto",
        "presupuesto",
        "importe",
        "valor",
    ];
    read(heading, &AMOUNTS)
}

/// Whether a heading can hardly be anything but a period: `S1` may be a strategic objective, and `T2` a target.
pub fn is_certain(heading: &str) -> bool {
    let mut letters = heading.trim().chars();
    let is_letter = letters.next().is_some_and(|c| "sthmySTHMY".contains(c));
    !is_letter || !letters.all(|c| c.is_ascii_digit())
}

fn read(heading: &str, beside: &[&str]) -> Option<Told> {
    const BESIDE: [&str; 12] = ["º", "ª", "of", "de", "del", "du", "des", "the", "la", "le", "el", "us"];
    let text = heading.trim();
    if text.len() > 60 {
        return None;
    }
    if let Ok(period) = text.parse::<Period>() {
        return step_of(period).map(|_| Told::At(period));
    }
    let lower = text.to_lowercase();
    let is_beside = |word: &str| word.is_empty() || BESIDE.contains(&word) || beside.contains(&word) || is_word_of_money(word);
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !is_beside(word));
    let mut heading = Heading::default();
    words.into_iter().try_for_each(|word| heading.take(word))?;
    heading.told()
}

/// What the words of a heading have told so far.
#[derive(Default)]
struct Heading {
    step: Option<Step>,
    number: Option<u32>,
    year: Option<u32>,
    /// Whether a month is named, so that a number behind it is its year: `Jan-26`.
    is_month: bool,
    /// Whether a number of two digits came first: `01/2026`.
    is_padded: bool,
    is_fiscal: bool,
}

/// Sets what was not set.
fn set<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

impl Heading {
    /// Takes in a word; `None` where it says something else than a period.
    fn take(&mut self, word: &str) -> Option<()> {
        if let Some(month) = MONTHS.iter().position(|names| names.contains(&word)) {
            self.is_month = true;
            set(&mut self.step, Step::Month)?;
            return set(&mut self.number, u32::try_from(month + 1).ok()?);
        }
        if let Some((step, _)) = UNITS.iter().find(|(_, names)| names.contains(&word)) {
            return set(&mut self.step, *step);
        }
        if let Some(number) = ORDINALS.iter().position(|names| names.contains(&word)) {
            return set(&mut self.number, u32::try_from(number + 1).ok()?);
        }
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        match word.strip_suffix(digits)? {
            "" => self.number(word),
            "fy" => {
                self.is_fiscal = true;
                if digits.is_empty() { Some(()) } else { self.year(digits) }
            }
            letter => {
                set(&mut self.step, LETTERS.iter().find(|(own, _)| *own == letter)?.1)?;
                set(&mut self.number, small(digits)?)
            }
        }
    }

    fn number(&mut self, word: &str) -> Option<()> {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let is_plain = digits.len() == word.len();
        if is_plain && (digits.len() == 4 || (digits.len() == 2 && (self.is_month || (self.is_fiscal && self.year.is_none())))) {
            return self.year(digits);
        }
        if !is_plain && !ENDINGS.contains(&word.get(digits.len()..)?) {
            return None;
        }
        self.is_padded = is_plain && digits.len() == 2 && self.year.is_none();
        set(&mut self.number, small(digits)?)
    }

    fn year(&mut self, digits: &str) -> Option<()> {
        let year: u32 = digits.parse().ok()?;
        let year = if digits.len() == 2 { 2000 + year } else { year };
        (1900..=2100).contains(&year).then(|| set(&mut self.year, year))?
    }

    fn told(&self) -> Option<Told> {
        match (self.step, self.number, self.year) {
            (None | Some(Step::Year), None, Some(year)) | (Some(Step::Year), Some(_), Some(year)) => {
                if self.is_fiscal {
                    Some(Told::Fiscal(year))
                } else {
                    Some(Told::At(year.to_string().parse().ok()?))
                }
            }
            (None, Some(month), Some(year)) if self.is_padded => Some(Told::At(written(Step::Month, month, year)?.parse().ok()?)),
            (Some(step), Some(number), Some(year)) if !self.is_fiscal => {
                Some(Told::At(written(step, number, year)?.parse().ok()?))
            }
            (Some(step), Some(number), _) => Some(Told::Nth(step, number)),
            _ => None,
        }
    }
}

/// A number that steps can have.
fn small(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|number| (1..=60).contains(number))
}

const LETTERS: [(&str, Step); 6] = [
    ("q", Step::Quarter),
    ("t", Step::Quarter),
    ("h", Step::HalfYear),
    ("s", Step::HalfYear),
    ("m", Step::Month),
    ("y", Step::Year),
];

const ENDINGS: [&str; 13] = ["st", "nd", "rd", "th", "er", "re", "ère", "e", "ème", "o", "a", "º", "ª"];

const UNITS: [(Step, &[&str]); 4] = [
    (Step::Quarter, &["quarter", "qtr", "quart", "trimestre", "trimester", "trim"]),
    (Step::HalfYear, &["half", "semester", "semestre", "sem"]),
    (Step::Month, &["month", "mes", "mois", "mês"]),
    (Step::Year, &["year", "yr", "año", "ano", "année", "annee", "an"]),
];

const ORDINALS: [&[&str]; 4] = [
    &["first", "primer", "primero", "premier", "première", "primeiro", "i"],
    &["second", "segundo", "deuxième", "second", "ii"],
    &["third", "tercer", "tercero", "troisième", "terceiro", "iii"],
    &["fourth", "cuarto", "quatrième", "quarto", "iv"],
];

const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "ene", "enero", "janv", "janvier", "janeiro"],
    &["feb", "february", "febrero", "fév", "févr", "février", "fev", "fevereiro"],
    &["mar", "march", "marzo", "mars", "março"],
    &["apr", "april", "abr", "abril", "avr", "avril"],
    &["may", "mayo", "mai", "maio"],
    &["jun", "june", "junio", "juin", "junho"],
    &["jul", "july", "julio", "juil", "juillet", "julho"],
    &["aug", "august", "ago", "agosto", "août", "aout"],
    &["sep", "sept", "september", "septiembre", "setiembre", "septembre", "set", "setembro"],
    &["oct", "october", "octubre", "octobre", "out", "outubro"],
    &["nov", "november", "noviembre", "novembre", "novembro"],
    &["dec", "december", "dic", "diciembre", "déc", "décembre", "dez", "dezembro"],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Told {
        Told::At(text.parse().unwrap())
    }

    #[test]
    fn headings_that_name_a_period_are_understood() {
        for (heading, period) in [
            ("2026", "2026"),
            ("Year 2026", "2026"),
            ("Year 1 (2026)", "2026"),
            ("Q1 2026", "2026-Q1"),
            ("2026 Q3", "2026-Q3"),
            ("1st quarter 2026 (USD)", "2026-Q1"),
            ("Trimestre 2 de 2027", "2027-Q2"),
            ("I Trimestre 2026", "2026-Q1"),
            ("2nd half 2026", "2026-H2"),
            ("S1 2026", "2026-H1"),
            ("January 2026", "2026-01"),
            ("Enero de 2026", "2026-01"),
            ("févr. 2026", "2026-02"),
            ("Jan-26", "2026-01"),
            ("2026-01", "2026-01"),
            ("01/2026", "2026-01"),
        ] {
            assert_eq!(told(heading), Some(at(period)), "{heading}");
        }
        for (heading, step, number) in [
            ("Q4", Step::Quarter, 4),
            ("T1", Step::Quarter, 1),
            ("Trimestre 1", Step::Quarter, 1),
            ("1er trimestre", Step::Quarter, 1),
            ("1.º trimestre", Step::Quarter, 1),
            ("1st quarter", Step::Quarter, 1),
            ("H2", Step::HalfYear, 2),
            ("Enero", Step::Month, 1),
            ("Month 14", Step::Month, 14),
            ("Year 1", Step::Year, 1),
            ("Año 2", Step::Year, 2),
            ("Q1 FY26", Step::Quarter, 1),
        ] {
            assert_eq!(told(heading), Some(Told::Nth(step, number)), "{heading}");
        }
        assert_eq!((told("FY2026"), told("FY 26")), (Some(Told::Fiscal(2026)), Some(Told::Fiscal(2026))));
        assert_eq!((told("Year 1 cost (USD)"), told_of_amount("Year 1 cost (USD)")), (None, Some(Told::Nth(Step::Year, 1))));
    }

    #[test]
    fn other_headings_name_none() {
        for heading in [
            "",
            "1",
            "Year",
            "Months",
            "Quantity",
            "Q",
            "Q0",
            "Budget 2026",
            "2026/27",
            "2026-2027",
            "Q1 Q2",
            "Phase 1",
            "May be",
            "123",
            "2026-01-15",
            "1st",
            "Total",
            "13/2026",
            "Q5 2026",
            "FY",
            "A1",
            "12x",
        ] {
            assert_eq!(told(heading), None, "{heading}");
        }
        for (heading, is) in [("S1", false), ("T2", false), ("Q1", true), ("2026", true), ("Semestre 1", true)] {
            assert_eq!(is_certain(heading), is, "{heading}");
        }
    }

    #[test]
    fn columns_are_steps_one_after_the_other_or_it_is_said_why_not() {
        let of = |headings: &[&str], plan: &str| {
            let told: Vec<Told> = headings.iter().map(|heading| told(heading).unwrap()).collect();
            steps(&told, plan.parse().ok()).map(|(step, period)| (step, period.to_string()))
        };
        let is = |step, period: &str| Ok((step, period.to_owned()));
        assert_eq!(of(&["Q4 2026", "Q1 2027"], ""), is(Step::Quarter, "2026-10-01/2027-03-31"));
        assert_eq!(of(&["2026", "2027"], ""), is(Step::Year, "2026/2027"));
        assert_eq!(of(&["Q1", "Q2", "Q3", "Q4"], "2026"), is(Step::Quarter, "2026"));
        // Counted from the plan's beginning, or as the calendar numbers them: one of the two fits.
        assert_eq!(of(&["Q1", "Q2", "Q3", "Q4"], "2026-04/2027-03"), is(Step::Quarter, "2026-04-01/2027-03-31"));
        assert_eq!(of(&["Q2", "Q3", "Q4", "Q1"], "2026-04/2027-03"), is(Step::Quarter, "2026-04-01/2027-03-31"));
        assert_eq!(of(&["Year 1", "Year 2"], "2026/2027"), is(Step::Year, "2026/2027"));
        assert_eq!(of(&["FY2026", "FY2027"], "2026/2027"), is(Step::Year, "2026/2027"));
        // Years that begin in April are none of the calendar.
        assert_eq!(of(&["Year 1"], "2026-04/2027-03"), Err(NoSteps::NoYear));
        assert_eq!(of(&["Q1", "Q2"], "2026"), Err(NoSteps::NoYear));
        assert_eq!(of(&["Q1", "Q2", "Q3", "Q4"], ""), Err(NoSteps::NoYear));
        assert_eq!(of(&["Q1 2026", "Q3 2026"], ""), Err(NoSteps::Gap));
        assert_eq!(of(&["Q2 2026", "Q1 2026"], ""), Err(NoSteps::Disorder));
        assert_eq!(of(&["2026", "Q1 2026"], ""), Err(NoSteps::Overlap));
        assert_eq!(of(&["Q1 2026", "Q1 2026"], ""), Err(NoSteps::Overlap));
        assert_eq!(of(&["Q1 2026", "H2 2026"], ""), Err(NoSteps::Uneven));
        assert_eq!(of(&["1990", "2090"], ""), Err(NoSteps::Gap));
    }
}
