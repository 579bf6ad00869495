//! Tables of codes that are part of the program: texts of one code a line, a tab, and what it stands for.
//!
//! They are texts and no arrays of strings because a program with five thousand addresses in its data spends longer on starting
//! than on checking a plan.

/// What stands behind a code in a table that is sorted by its codes.
pub fn find<'t>(table: &'t str, code: &str) -> Option<&'t str> {
    let (mut from, mut to) = (0, table.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = table.as_bytes().get(..middle)?.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let line = table.get(start..)?.lines().next()?;
        let (key, rest) = line.split_once('\t')?;
        match key.cmp(code) {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => from = start + line.len() + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let table = "A\tone\nB-1\ttwo\nC\tthrée\n";
        assert_eq!(["A", "B-1", "C"].map(|code| find(table, code)), [Some("one"), Some("two"), Some("thrée")]);
        assert_eq!(["", "0", "B", "B-2", "D"].map(|code| find(table, code)), [None; 5]);
        assert_eq!(find("", "A"), None);
    }
}
