//! Rounding a whole table so that it still adds up: controlled rounding.
//!
//! Sources: L. H. Cox and L. R. Ernst, "Controlled rounding", 1982; B. D. Causey, L. H. Cox and L. R. Ernst, "Applications of
//! transportation theory to statistical problems", 1985: in two-way tables there always is one, in three-way tables there may be none.

use thiserror::Error;

use super::figure::Figure;
use super::moves::{Room, settle};
use super::solver::Reason;
use super::system::System;
use crate::decimal::Decimal;

/// Why the figures of a system cannot be rounded so that all sums hold. Figures and sums are named by their position.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unrounded {
    /// A unit of nothing, or less.
    #[error("cannot round to units of {0}: a unit is more than nothing")]
    NoUnit(Decimal),
    /// A figure that has no number.
    #[error("figure {} has no amount that could be rounded", .figure + 1)]
    NoAmount {
        /// The figure.
        figure: usize,
    },
    /// The exact amounts do not add up, so no rounding of them can be expected to.
    #[error("sum {} does not hold before rounding: its parts come to {off} more than its total", .sum + 1)]
    NotExact {
        /// The sum.
        sum: usize,
        /// By how much the parts come to more than the total.
        off: Decimal,
    },
    /// However each figure is rounded down or up, one of these sums fails. As far as it can be decided, none
    /// of them could be left out of this.
    #[error("however each figure is rounded down or up, one of {} sums fails", .sums.len())]
    None {
        /// The sums.
        sums: Vec<usize>,
    },
    /// It cannot be decided.
    #[error("it cannot be decided: {0}")]
    Undecided(Reason),
}

impl From<Reason> for Unrounded {
    fn from(reason: Reason) -> Self {
        Self::Undecided(reason)
    }
}

impl System {
    /// Its exact figures rounded to whole units so that all sums hold: each figure becomes the multiple of `unit` just below or just
    /// above its amount, and one that is a multiple stays. Of all such roundings it is one with the least sum of differences from
    /// the amounts. Shares are left aside: [`shares`](super::shares) rounds them.
    ///
    /// Flat tables, tables with a hierarchy on one side, linked tables and running balances can always be rounded so. For other
    /// sums there may be none, which is found out where they are few.
    ///
    /// # Errors
    /// [`Unrounded`] says why there is none, or why it cannot be decided.
    ///
    /// ```
    /// use logframe::crossfoot::{Figure, Sum, System};
    /// let mut table = System::default();
    /// let exact = ["0.4", "0.4", "0.4", "1.2"].map(|n| table.add(Figure::exact(n.parse().unwrap())));
    /// table.sum(Sum::new(exact[3], exact[..3].iter().copied()));
    /// let rounded = table.round(1.into()).unwrap();
    /// assert_eq!(rounded[3], 1.into()); // each part alone would be 0
    /// assert_eq!(rounded[..3].iter().filter(|part| part.is_zero()).count(), 2);
    /// ```
    pub fn round(&self, unit: Decimal) -> Result<Vec<Decimal>, Unrounded> {
        if unit.is_zero() || unit.is_negative() {
            return Err(Unrounded::NoUnit(unit));
        }
        self.is_sound()?;
        self.adds_up()?;
        let all: Vec<usize> = (0..self.sums().len()).collect();
        let (rounded, rooms) = self.rounded_alone(unit)?;
        let Some(moved) = settle(&rounded, &all, unit, &rooms)? else {
            return Err(Unrounded::None { sums: irreducible(&rounded, all, unit, &rooms) });
        };
        let number = |(figure, units): (&Figure, &i128)| {
            let moved = unit.exact_mul(Decimal::of_steps(*units, 0)?)?;
            Some(figure.number()?.exact_add(moved)?.with_decimals(unit.decimals()))
        };
        let numbers: Option<Vec<Decimal>> = rounded.figures().iter().zip(&moved).map(number).collect();
        Ok(numbers.ok_or(Reason::TooLarge)?)
    }

    fn adds_up(&self) -> Result<(), Unrounded> {
        if let Some(figure) = self.figures().iter().position(|figure| figure.number().is_none()) {
            return Err(Unrounded::NoAmount { figure });
        }
        let term = |(figure, sign): (usize, i8)| {
            let number = self.figures().get(figure)?.number()?;
            Some(if sign < 0 { -number } else { number })
        };
        for (i, sum) in self.sums().iter().enumerate() {
            let terms: Option<Vec<Decimal>> = sum.terms().map(term).collect();
            let off = terms.and_then(Decimal::exact_sum).ok_or(Reason::TooLarge)?;
            if !off.is_zero() {
                return Err(Unrounded::NotExact { sum: i, off });
            }
        }
        Ok(())
    }

    /// Each figure rounded to the nearest by itself, and what it would cost in distance to round it the other way.
    fn rounded_alone(&self, unit: Decimal) -> Result<(Self, Vec<Room>), Reason> {
        let amounts = || self.figures().iter().filter_map(Figure::number);
        let decimals = amounts().chain([unit]).map(Decimal::decimals).max().unwrap_or(0);
        let step = unit.in_steps(decimals).ok_or(Reason::TooLarge)?;
        let (mut rounded, mut rooms) = (Vec::new(), Vec::new());
        for (figure, amount) in amounts().enumerate() {
            let steps = amount.in_steps(decimals).ok_or(Reason::TooManyDigits { figure })?;
            let above = steps.rem_euclid(step);
            let is_up = above >= step - above;
            let nearest = steps - above + if is_up { step } else { 0 };
            let cost = (step - 2 * above).abs();
            let number = Decimal::of_steps(nearest, decimals).ok_or(Reason::TooManyDigits { figure })?;
            rounded.push(Figure::exact(number));
            rooms.push(match (above, is_up) {
                (0, _) => Room::default(),
                (_, true) => Room { up: 0, down: 1, cost },
                (_, false) => Room { up: 1, down: 0, cost },
            });
        }
        let figure = |i: usize, own: &Figure| rounded.get(i).copied().unwrap_or(*own);
        Ok((self.map(figure), rooms))
    }
}

/// The same sums without those that are not needed to make rounding impossible. One that cannot be decided without is kept.
fn irreducible(rounded: &System, sums: Vec<usize>, unit: Decimal, rooms: &[Room]) -> Vec<usize> {
    let mut kept = sums;
    for sum in (0..rounded.sums().len()).rev() {
        let without: Vec<usize> = kept.iter().copied().filter(|other| *other != sum).collect();
        if settle(rounded, &without, unit, rooms) == Ok(None) {
            kept = without;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::crossfoot::Sum;

    /// A system of tenths: leaves, and totals each of some leaves, with the sums given as (total, parts).
    fn of_tenths(leaves: &[i64], sets: &[Vec<usize>], sums: &[(usize, Vec<usize>)]) -> System {
        let mut system = System::default();
        let totals = sets.iter().map(|set| set.iter().map(|leaf| leaves[*leaf]).sum::<i64>());
        for tenths in leaves.iter().copied().chain(totals) {
            system.add(Figure::exact(Decimal::of_steps(tenths.into(), 1).unwrap()));
        }
        for (total, parts) in sums {
            system.sum(Sum::new(*total, parts.iter().copied()));
        }
        system
    }

    fn tenths(system: &System) -> Vec<i128> {
        system.figures().iter().map(|figure| figure.number().unwrap().in_steps(1).unwrap()).collect()
    }

    /// The least distance, in tenths, of all roundings of the leaves whose totals are roundings too.
    fn least(leaves: &[i64], sets: &[Vec<usize>]) -> Option<i64> {
        let choices = 0..1_u32 << leaves.len();
        let distance = |choice: u32| {
            let up = |leaf: usize| i64::from(choice >> leaf & 1);
            let rounded = |leaf: usize| 10 * (leaves[leaf].div_euclid(10) + up(leaf));
            let figures = (0..leaves.len()).map(|leaf| vec![leaf]).chain(sets.iter().cloned());
            let distances = figures.map(|set| set.iter().map(|leaf| rounded(*leaf) - leaves[*leaf]).sum::<i64>().abs());
            distances.map(|distance| (distance < 10).then_some(distance)).sum::<Option<i64>>()
        };
        choices.filter_map(distance).min()
    }

    fn judge(leaves: &[i64], sets: &[Vec<usize>], sums: &[(usize, Vec<usize>)]) -> Result<(), TestCaseError> {
        let system = of_tenths(leaves, sets, sums);
        match (system.round(1.into()), least(leaves, sets)) {
            (Err(Unrounded::None { sums }), None) => prop_assert!(!sums.is_empty()),
            (Ok(rounded), Some(least)) => {
                let off = rounded.iter().zip(tenths(&system)).map(|(rounded, exact)| rounded.in_steps(1).unwrap() - exact);
                prop_assert!(off.clone().all(|off| off.abs() < 10));
                prop_assert_eq!(off.map(i128::abs).sum::<i128>(), i128::from(least));
                let exact = system.map(|i, _| Figure::exact(rounded[i]));
                prop_assert_eq!(exact.reconcile().verdict, crate::crossfoot::Verdict::Exact);
            }
            other => prop_assert!(false, "{:?}", other),
        }
        Ok(())
    }

    /// Totals as lists of leaves, and sums as a total and its parts.
    type Claims = (Vec<Vec<usize>>, Vec<(usize, Vec<usize>)>);

    /// Rows 0-2 and columns 0-2 of nine leaves, their totals, and the total of all.
    fn square() -> Claims {
        let rows = (0..3).map(|row| (0..3).map(|column| 3 * row + column).collect());
        let columns = (0..3).map(|column| (0..3).map(|row| 3 * row + column).collect());
        let sets: Vec<Vec<usize>> = rows.chain(columns).chain([(0..9).collect()]).collect();
        let mut sums: Vec<(usize, Vec<usize>)> = (0..6).map(|i| (9 + i, sets[i].clone())).collect();
        sums.extend([(15, vec![9, 10, 11]), (15, vec![12, 13, 14])]);
        (sets, sums)
    }

    /// The square with rows 0 and 1 as a group, columns likewise, and the group by group block.
    fn grouped() -> Claims {
        let (mut sets, mut sums) = square();
        sets.extend([vec![0, 1, 3, 4]]);
        sums.push((16, vec![0, 1, 3, 4]));
        (sets, sums)
    }

    /// Eight leaves of a 2 x 2 x 2 table with the totals along each axis, of each plane, and of all.
    fn cube() -> Claims {
        let along = |bit: usize| (0..8).filter(move |leaf| leaf >> bit & 1 == 0).map(move |leaf| vec![leaf, leaf | 1 << bit]);
        let plane = |(bit, side): (usize, usize)| (0..8).filter(move |leaf| leaf >> bit & 1 == side).collect();
        let planes = (0..3).flat_map(|bit| [(bit, 0), (bit, 1)]).map(plane);
        let sets: Vec<Vec<usize>> = (0..3).flat_map(along).chain(planes).chain([(0..8).collect()]).collect();
        let sums = sets.iter().enumerate().map(|(i, set)| (8 + i, set.clone())).collect();
        (sets, sums)
    }

    #[test]
    fn a_table_in_three_ways_may_have_no_rounding() {
        // Halves in four corners of which any two share one plane: each plane has two of them, so just one of the two goes up.
        let (sets, sums) = cube();
        let mut halves = [0; 8];
        for leaf in [0b000, 0b011, 0b101, 0b110] {
            halves[leaf] = 5;
        }
        let Err(Unrounded::None { sums }) = of_tenths(&halves, &sets, &sums).round(1.into()) else { panic!() };
        // Three planes in which three of the corners meet by twos: no two of the three go the same way.
        assert_eq!(sums, [13, 14, 16]);
    }

    #[test]
    fn groups_on_both_sides_may_leave_no_rounding() {
        // Rows 1, 1/2, 1; columns 1, 1/2, 1; block 1: five sets of two of the five halves each, in an odd circle.
        let (sets, sums) = grouped();
        let system = of_tenths(&[0, 5, 5, 5, 0, 0, 5, 0, 5], &sets, &sums);
        let Err(Unrounded::None { sums }) = system.round(1.into()) else { panic!() };
        // Rows 0 and 2, columns 0 and 2, and the block.
        assert_eq!(sums, [0, 2, 3, 5, 8]);
        assert_eq!(Unrounded::None { sums }.to_string(), "however each figure is rounded down or up, one of 5 sums fails");
    }

    #[test]
    fn amounts_that_do_not_add_up_are_refused() {
        let mut system = System::default();
        let parts = [1, 2, 4].map(|n| system.add(Figure::exact(n.into())));
        system.sum(Sum::new(parts[2], [parts[0], parts[1]]));
        let refused = system.round(10.into()).unwrap_err();
        assert_eq!(refused.to_string(), "sum 1 does not hold before rounding: its parts come to -1 more than its total");
        assert_eq!(system.round(0.into()), Err(Unrounded::NoUnit(0.into())));
    }

    #[test]
    fn a_budget_in_units_becomes_one_in_thousands() {
        let mut system = System::default();
        let cells = [-1_500, 2_400, 3_400, 4_300].map(|n| system.add(Figure::exact(n.into())));
        system.sum(Sum::new(cells[3], [cells[0], cells[1], cells[2]]));
        // Down or up: -2 or -1, 2 or 3, 3 or 4, 4 or 5. The nearest: -1 + 2 + 3 = 4 is 500 + 400 + 400 + 300 away.
        let rounded = system.round(1000.into()).unwrap();
        assert_eq!(rounded, [-1000, 2000, 3000, 4000].map(Decimal::from));
    }

    proptest! {
        #[test]
        fn a_flat_table_always_has_a_nearest_rounding(leaves in proptest::collection::vec(-30..30_i64, 9)) {
            let (sets, sums) = square();
            prop_assert!(least(&leaves, &sets).is_some());
            judge(&leaves, &sets, &sums)?;
        }

        #[test]
        fn a_hierarchy_of_rows_always_has_a_nearest_rounding(leaves in proptest::collection::vec(0..30_i64, 8)) {
            // Rows a, b of region one and c of region two over two columns; every row, region and the total over both columns.
            let rows = [vec![0], vec![1], vec![2], vec![0, 1], vec![2], vec![0, 1, 2]];
            let leaf = |row: usize, column: usize| 2 * row + column;
            let mut sets: Vec<Vec<usize>> = Vec::new();
            for members in &rows {
                let cells = |columns: &[usize]| members.iter().flat_map(|row| columns.iter().map(|column| leaf(*row, *column)).collect::<Vec<_>>()).collect();
                sets.extend([cells(&[0]), cells(&[1]), cells(&[0, 1])]);
            }
            // Each set is the sum of its leaves; regions and the total also the sums of what is printed below them.
            let at = |row: usize, column: usize| 8 + 3 * row + column;
            let mut sums: Vec<(usize, Vec<usize>)> = sets.iter().enumerate().map(|(i, set)| (8 + i, set.clone())).collect();
            for column in 0..3 {
                sums.extend([(at(3, column), vec![at(0, column), at(1, column)]), (at(5, column), vec![at(3, column), at(4, column)])]);
            }
            prop_assert!(least(&leaves, &sets).is_some());
            judge(&leaves, &sets, &sums)?;
        }

        #[test]
        fn groups_on_both_sides_are_rounded_where_they_can_be(leaves in proptest::collection::vec(0..20_i64, 9)) {
            let (sets, sums) = grouped();
            judge(&leaves, &sets, &sums)?;
        }

        #[test]
        fn a_table_in_three_ways_is_rounded_where_it_can_be(leaves in proptest::collection::vec(prop_oneof![Just(5_i64), Just(0), 0..20_i64], 8)) {
            let (sets, sums) = cube();
            judge(&leaves, &sets, &sums)?;
        }
    }
}
