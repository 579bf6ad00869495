//! A difference in words and tables, for a terminal, a document or a page.

use super::money::unknown_lines;
use super::{Amended, Change, Diff, Kind, TotalOf, What};
use crate::plan::{Profile, names};
use crate::table::{Cell, Column, Table, escaped};

impl Diff {
    /// The difference for a terminal of so many columns. `profiles` are the donors' rules that it is held to.
    pub fn text(&self, profiles: &[Profile], width: usize) -> String {
        self.rendered(profiles, &|title| format!("{title}\n"), &|table| table.text(width), &|line| wrapped(&line, width))
    }

    /// The difference as Markdown.
    pub fn markdown(&self, profiles: &[Profile]) -> String {
        self.rendered(profiles, &|title| format!("## {title}\n\n"), &Table::markdown, &|line| format!("- {}\n", marked(&line)))
    }

    /// The difference as an HTML fragment; all text is escaped.
    pub fn html(&self, profiles: &[Profile]) -> String {
        let title = |title: &str| format!("<h3>{}</h3>\n", escaped(title));
        self.rendered(profiles, &title, &Table::html, &|line| format!("<div>{}</div>\n", escaped(&line)))
    }

    fn rendered(
        &self,
        profiles: &[Profile],
        title: &dyn Fn(&str) -> String,
        table: &dyn Fn(&Table) -> String,
        line: &dyn Fn(String) -> String,
    ) -> String {
        if self.is_empty() {
            return line("The two say the same.".to_owned());
        }
        let mut parts = vec![line(self.headline())];
        parts.extend(self.not_compared().map(line));
        let amended: Vec<Amended> = profiles.iter().flat_map(|profile| self.amendments(profile)).collect();
        if !amended.is_empty() {
            let lines: String = amended.iter().map(|one| line(self.sentence(one))).collect();
            parts.push(title("Needs an amendment") + &lines);
        }
        if !self.cells.is_empty() {
            let moved: String = self.moved_lines().into_iter().map(line).collect();
            parts.push(table(&self.money_table()));
            parts.extend((!moved.is_empty()).then_some(moved));
        }
        parts.extend((!self.totals.is_empty()).then(|| table(&self.totals_table())));
        for kind in Kind::ALL {
            let lines: String =
                self.of(kind).filter(|change| !is_in_tables(change)).map(|change| line(sentence(change))).collect();
            parts.extend((!lines.is_empty()).then(|| title(heading(kind)) + &lines));
        }
        parts.join("\n")
    }

    /// What of the money cannot be compared, and why.
    fn not_compared(&self) -> Option<String> {
        if self.old.header.currency != self.new.header.currency {
            return Some("The plan is in another currency: amounts are not compared, and no amendment is looked for.".to_owned());
        }
        let unknown = |plan: &crate::Plan, which: &str| match unknown_lines(plan) {
            0 => None,
            1 => Some(format!("1 budget line of the {which} plan has no amount")),
            n => Some(format!("{n} budget lines of the {which} plan have no amount")),
        };
        let said: Vec<String> = [unknown(&self.old, "old"), unknown(&self.new, "new")].into_iter().flatten().collect();
        (!said.is_empty())
            .then(|| format!("{}: what they are part of is not compared. `logframe check` says why.", said.join(", ")))
    }

    fn headline(&self) -> String {
        let currency = &self.new.header.currency.value;
        let number = |number: crate::Decimal| names::Names(&self.new).number(number);
        let whole = |plan: &crate::Plan| {
            let amounts = plan.allocations.iter().filter_map(|one| one.cell.amount());
            if unknown_lines(plan) > 0 {
                return "a total that is not known".to_owned();
            }
            let too_long = || "a total of more digits than can be held".to_owned();
            crate::Decimal::exact_sum(amounts)
                .map_or_else(too_long, |sum| format!("{} {}", plan.header.currency.value, number(sum)))
        };
        let has_other_currency = self.old.header.currency != self.new.header.currency;
        let total = self.totals.iter().find(|total| total.of == TotalOf::Plan).filter(|_| !has_other_currency);
        let Some(total) = total else {
            let (before, after) = (whole(&self.old), whole(&self.new));
            let rest = if before == after { "as before".to_owned() } else { format!("instead of {before}") };
            return format!("{}: {after}, {rest}.", count(self.changes.len()));
        };
        let more = if total.difference.is_negative() { "less" } else { "more" };
        let percent =
            total.percent().map_or_else(String::new, |percent| format!(" ({})", names::Names(&self.new).percent(percent.abs())));
        format!(
            "{}: {currency} {} instead of {}, {} {more}{percent}.",
            count(self.changes.len()),
            number(total.after),
            number(total.before),
            number(total.difference.abs())
        )
    }

    /// A change that needs an amendment, in a sentence.
    pub fn sentence(&self, one: &Amended) -> String {
        let names = names::Names(&self.new);
        let change = one.percent().map_or_else(
            || "new".to_owned(),
            |percent| {
                let sign = if percent.is_negative() { "" } else { "+" };
                format!("{sign}{}", names.percent(percent))
            },
        );
        format!(
            "heading {} {change} against the approved plan, limit {} ({}: {})",
            one.change.name,
            names.percent(one.limit),
            one.profile,
            one.text
        )
    }

    fn moved_lines(&self) -> Vec<String> {
        let names = names::Names(&self.new);
        let place =
            |at: usize| self.cells.get(at).map(|cell| format!("{} / {}", self.office(&cell.office), self.result(&cell.result)));
        let lines = self.moved.iter().filter_map(|moved| {
            Some(format!("{} moved from {} to {}", names.number(moved.amount), place(moved.from)?, place(moved.to)?))
        });
        lines.collect()
    }

    /// A name in the new plan, or in the old one where it is gone.
    fn office(&self, id: &str) -> String {
        let plan = if self.new.office(id).is_some() { &self.new } else { &self.old };
        names::Names(plan).office(id)
    }

    fn result(&self, id: &str) -> String {
        let plan = if self.new.node(id).is_some() { &self.new } else { &self.old };
        names::Names(plan).result(id)
    }

    /// The cells of the budget that changed, before and after.
    pub fn money_table(&self) -> Table {
        let columns = vec![
            Column::text("office", "Office"),
            Column::text("result", "Result"),
            Column::number("before", "Before"),
            Column::number("after", "After"),
            Column::number("difference", "Difference"),
        ];
        let mut table = Table::new(format!("Budget, {}", self.new.header.currency.value), columns);
        table.style = self.new.number_style();
        for cell in &self.cells {
            let shown = |cell: Option<crate::plan::Cell>| match cell {
                None => Cell::Absent,
                Some(crate::plan::Cell::None) => Cell::None,
                Some(crate::plan::Cell::Amount(amount)) => Cell::number(amount),
            };
            let difference = cell.difference.map_or(Cell::Absent, Cell::number);
            let names = [Cell::text(self.office(&cell.office)), Cell::text(self.result(&cell.result))];
            table.push(names.into_iter().chain([shown(cell.before), shown(cell.after), difference]).collect());
        }
        table
    }

    /// The totals that changed, before and after.
    pub fn totals_table(&self) -> Table {
        let columns = vec![
            Column::text("of", "Total of"),
            Column::number("before", "Before"),
            Column::number("after", "After"),
            Column::number("difference", "Difference"),
            Column::number("percent", "%"),
        ];
        let mut table = Table::new(format!("Totals, {}", self.new.header.currency.value), columns);
        table.style = self.new.number_style();
        let (plan, parts): (Vec<_>, Vec<_>) = self.totals.iter().partition(|total| total.of == TotalOf::Plan);
        for (total, is_plan) in parts.into_iter().map(|total| (total, false)).chain(plan.into_iter().map(|total| (total, true))) {
            let percent = total.percent().map_or(Cell::Absent, Cell::number);
            let numbers = [total.before, total.after, total.difference].map(Cell::number);
            let cells = std::iter::once(Cell::text(&total.name)).chain(numbers).chain([percent]).collect();
            if is_plan { table.push_total(cells) } else { table.push(cells) }
        }
        table
    }

    /// Every change, one a row.
    pub fn changes_table(&self) -> Table {
        let columns = ["kind", "what", "where", "before", "after"].map(|key| Column::text(key, key));
        let mut table = Table::new("Changes", columns.to_vec());
        for change in &self.changes {
            let text = |text: Option<&String>| text.map_or(Cell::Absent, Cell::text);
            let first = [change.kind.name(), change.what.name()].map(Cell::text);
            let rest = [Cell::text(change.path.join(" / ")), text(change.before.as_ref()), text(change.after.as_ref())];
            table.push(first.into_iter().chain(rest).collect());
        }
        table
    }
}

fn count(changes: usize) -> String {
    names::count(changes, "change")
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "Lines, rates and donors",
        Kind::Structure => "Structure",
        Kind::Declared => "Declared figures",
        Kind::Results => "Results",
        Kind::Wording => "Wording",
    }
}

/// Cells of the budget stand in the tables.
fn is_in_tables(change: &Change) -> bool {
    change.what != What::Moved && change.path.first().is_some_and(|key| key == "budget")
}

fn sentence(change: &Change) -> String {
    let place = change.path.join(" / ");
    let short = |text: Option<&String>| names::short(text.map_or("", String::as_str));
    match (change.what, &change.before) {
        (What::Added, _) => format!("+ {place}: {}", short(change.after.as_ref())),
        (What::Removed, _) => format!("- {place}: {}", short(change.before.as_ref())),
        (What::Renamed, _) => format!("~ {place}: was `{}`", short(change.before.as_ref())),
        (What::Moved, Some(before)) => format!("~ {place}: moved from {before}"),
        (What::Moved, None) => format!("~ {place}: moved to another position"),
        (What::Changed, _) => format!("~ {place}: {} -> {}", quoted(change.before.as_deref()), quoted(change.after.as_deref())),
    }
}

fn quoted(text: Option<&str>) -> String {
    format!("\"{}\"", names::short(text.unwrap_or_default()))
}

/// What Markdown would take for markup.
fn marked(line: &str) -> String {
    let special = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#');
    line.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// A line broken at blanks, the further ones set in.
fn wrapped(line: &str, width: usize) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for word in line.split(' ') {
        let size = word.chars().count();
        if used > 0 && used + 1 + size > width {
            text.push_str("\n    ");
            used = 4;
        } else if used > 0 {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += size;
    }
    text + "\n"
}
