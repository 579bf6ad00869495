//! Budget lines as files hold them: all keys of a line side by side, in the order in which they are written.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::Id;
use super::line::{Base, Details, Line, Spread};
use super::origin::Origin;
use crate::decimal::Decimal;
use crate::period::Period;
use crate::source::Spanned;

#[derive(Serialize, Deserialize)]
#[serde(rename = "Line", rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<Spanned<Id>>,
    office: Spanned<Id>,
    result: Spanned<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<Spanned<Id>>,
    description: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quantity: Option<Spanned<Decimal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit_cost: Option<Spanned<Decimal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration: Option<Spanned<Decimal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration_unit: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<Spanned<Decimal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    post: Option<Spanned<Id>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<Spanned<Decimal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Base>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<Spanned<Decimal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<Spanned<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<Spanned<Period>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spread: Option<Spread>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    donor: Option<Spanned<Id>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remarks: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Origin>,
}

impl From<Written> for Line {
    fn from(written: Written) -> Self {
        let Written { id, post, percent, of, currency, period, spread, donor, .. } = written;
        let details = Details { id, post, percent, of, currency, period, spread, donor };
        let mut line = Self::default().with(details);
        (line.office, line.result, line.category) = (written.office, written.result, written.category);
        (line.description, line.quantity, line.unit) = (written.description, written.quantity, written.unit);
        (line.unit_cost, line.share, line.amount) = (written.unit_cost, written.share, written.amount);
        (line.duration, line.duration_unit) = (written.duration, written.duration_unit);
        (line.remarks, line.source) = (written.remarks, written.source);
        line
    }
}

impl From<Line> for Written {
    fn from(line: Line) -> Self {
        let Details { id, post, percent, of, currency, period, spread, donor } = Details::clone(&line);
        Self {
            id,
            office: line.office,
            result: line.result,
            category: line.category,
            description: line.description,
            quantity: line.quantity,
            unit: line.unit,
            unit_cost: line.unit_cost,
            duration: line.duration,
            duration_unit: line.duration_unit,
            share: line.share,
            post,
            percent,
            of,
            amount: line.amount,
            currency,
            period,
            spread,
            donor,
            remarks: line.remarks,
            source: line.source,
        }
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer).map(Self::from)
    }
}
