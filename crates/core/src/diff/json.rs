//! A difference as JSON for programs: amounts are strings of their digits.

use serde_json::{Value, json};

use super::{CellChange, Change, Diff, TotalChange, TotalOf};
use crate::plan::{Cell, Profile};

impl Diff {
    /// The difference as JSON. `profiles` are the donors' rules that it is held to.
    pub fn json(&self, profiles: &[Profile]) -> String {
        let value = json!({
            "same": self.is_empty(),
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
            "cells": self.cells.iter().map(cell).collect::<Vec<_>>(),
            "totals": self.totals.iter().map(total).collect::<Vec<_>>(),
            "moved": self.moved.iter().map(|moved| {
                let place = |at: usize| self.cells.get(at).map(|cell| json!({ "office": cell.office, "result": cell.result }));
                json!({ "amount": moved.amount.to_string(), "from": place(moved.from), "to": place(moved.to) })
            }).collect::<Vec<_>>(),
            "amendments": profiles.iter().flat_map(|profile| self.amendments(profile)).map(|one| json!({
                "profile": one.profile,
                "clause": one.clause,
                "text": one.text,
                "limit": one.limit.to_string(),
                "change": total(&one.change),
            })).collect::<Vec<_>>(),
        });
        // Texts and lists can always be written.
        serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
    }
}

fn change(change: &Change) -> Value {
    json!({
        "kind": change.kind.name(),
        "what": change.what.name(),
        "path": change.path,
        "before": change.before,
        "after": change.after,
    })
}

fn cell(cell: &CellChange) -> Value {
    let shown = |cell: Option<Cell>| match cell {
        None => Value::Null,
        Some(Cell::None) => Cell::NONE.into(),
        Some(Cell::Amount(amount)) => amount.to_string().into(),
    };
    json!({
        "office": cell.office,
        "result": cell.result,
        "before": shown(cell.before),
        "after": shown(cell.after),
        "difference": cell.difference.map(|difference| difference.to_string()),
    })
}

fn total(total: &TotalChange) -> Value {
    let of = match total.of {
        TotalOf::Plan => "plan",
        TotalOf::Office => "office",
        TotalOf::Outcome => "outcome",
        TotalOf::Category => "category",
    };
    json!({
        "of": of,
        "id": total.id,
        "name": total.name,
        "before": total.before.to_string(),
        "after": total.after.to_string(),
        "difference": total.difference.to_string(),
    })
}
