//! Repair by the least total change.

use super::{Change, Repair, Repairs, Unrepaired};
use crate::crossfoot::figure::Figure;
use crate::crossfoot::moves::{ENDLESS, Room, settle};
use crate::crossfoot::solver::Reason;
use crate::crossfoot::system::{Sum, System};
use crate::decimal::Decimal;

pub fn repair(system: &System) -> Result<Repairs, Unrepaired> {
    let in_sums = in_sums(system);
    let unit = Unit::of(system, &in_sums)?;
    let rooms: Option<Vec<Room>> = system.figures().iter().map(|figure| unit.room(figure)).collect();
    let all: Vec<usize> = (0..system.sums().len()).collect();
    let moved = settle(system, &all, unit.size, &rooms.ok_or(Reason::TooLarge)?)?.ok_or(Unrepaired::NoChange)?;
    let mut changes = Vec::new();
    for (figure, (own, units)) in system.figures().iter().zip(moved).enumerate() {
        if let Some(number) = own.number().filter(|_| units != 0) {
            let moved = Decimal::of_steps(units, 0).and_then(|units| unit.size.exact_mul(units));
            let number = moved.and_then(|moved| number.exact_add(moved)).ok_or(Reason::TooManyDigits { figure })?;
            changes.push(Change { figure, number, amounts: None });
        }
    }
    Ok(Repairs { are_all: changes.is_empty(), found: vec![Repair { changes }] })
}

fn in_sums(system: &System) -> Vec<bool> {
    let mut is_in = vec![false; system.figures().len()];
    for (figure, _) in system.sums().iter().flat_map(Sum::terms) {
        is_in.get_mut(figure).into_iter().for_each(|is_in| *is_in = true);
    }
    is_in
}

/// What figures are changed by.
struct Unit {
    size: Decimal,
    /// Whether no figure that may change was rounded, so that those change which were not.
    is_last_decimal: bool,
}

impl Unit {
    fn of(system: &System, in_sums: &[bool]) -> Result<Self, Unrepaired> {
        let figures = || system.figures().iter().zip(in_sums).filter(|(_, is_in)| **is_in).map(|(figure, _)| figure);
        let mut units = figures().filter(|figure| !figure.is_fixed()).filter_map(Figure::unit);
        let Some(size) = units.next() else {
            let decimals = figures().filter_map(Figure::number).map(Decimal::decimals).max().unwrap_or(0);
            return Ok(Self { size: Decimal::of_steps(1, decimals).ok_or(Reason::TooLarge)?, is_last_decimal: true });
        };
        match units.find(|other| *other != size) {
            Some(other) => Err(Unrepaired::Units { one: size, other }),
            None => Ok(Self { size, is_last_decimal: false }),
        }
    }

    /// How a figure may move; `None` where its number is too far from its unit.
    fn room(&self, figure: &Figure) -> Option<Room> {
        let Some(number) = figure.number() else {
            return Some(Room { up: ENDLESS, down: if figure.is_nonnegative() { 0 } else { ENDLESS }, cost: 0 });
        };
        if figure.is_fixed() || (figure.unit().is_none() && !self.is_last_decimal) {
            return Some(Room::default());
        }
        let down = if figure.is_nonnegative() {
            let decimals = number.decimals().max(self.size.decimals());
            number.in_steps(decimals)?.checked_div(self.size.in_steps(decimals)?)?
        } else {
            ENDLESS
        };
        Some(Room { up: ENDLESS, down, cost: 1 })
    }
}
