//! Figures about the world, one a row.

use crate::plan::{Plan, Value, country_name};
use crate::table::{Cell, Column, Table};

/// The plan's series: what, where, in which year, how many. The column `printed` tells a number from one that the document says is
/// not available; what is not given has no row.
pub fn series(plan: &Plan) -> Table {
    let columns = vec![
        Column::text("series", "Series"),
        Column::text("title", "Title"),
        Column::text("country", "Code"),
        Column::text("country_name", "Country"),
        Column::text("year", "Year"),
        Column::text("printed", "Printed"),
        Column::number("value", "Value"),
    ];
    let mut table = Table::new(format!("{}: series", plan.header.title), columns);
    table.style = plan.number_style();
    for series in &plan.series {
        for (country, values) in &series.values {
            for (year, value) in series.years.iter().zip(values.iter()) {
                let name = country_name(country).map_or(Cell::Absent, Cell::text);
                let (printed, number) = match value.value {
                    Value::Number(number) => ("number", Cell::number(number)),
                    Value::NotAvailable => ("not available", Cell::Absent),
                };
                let texts = [series.id.as_str(), &series.title, country.as_str()].map(Cell::text);
                let cells = texts.into_iter().chain([name, Cell::text(year.to_string()), Cell::text(printed), number]);
                table.push(cells.collect());
            }
        }
    }
    table
}
