//! A time from which and until which something holds.

use chrono::{DateTime, TimeDelta};

use crate::fault::{Fault, Faults};
use crate::time::{Timestamp, truncate};

/// From the first instant, inclusive, to the last, exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Period {
    /// The first instant.
    pub from: Timestamp,
    /// The end.
    pub to: Timestamp,
}

impl Period {
    /// Reads two times as they came in, RFC 3339; notes every fault. What lies wholly in the past, or lasts longer than so
    /// many days, is a slip of the pen.
    pub fn read(from: &str, to: &str, now: Timestamp, longest_days: i64, faults: &mut Faults) -> Option<Self> {
        let (from, to) = (time("from", from, faults), time("to", to, faults));
        let period = Self { from: from?, to: to? };
        faults.when(period.to <= period.from, || {
            Fault::new("to", "not_after_from", "结束必须晚于开始", "the end must be after the beginning")
        });
        faults.when(period.to <= now, || Fault::new("to", "in_the_past", "结束时间已经过去", "the end has passed"));
        faults.when(period.to - period.from > TimeDelta::days(longest_days), || {
            let zh = format!("最长 {longest_days} 天");
            Fault::new("to", "too_long", zh, format!("at most {longest_days} days"))
        });
        let far = now + TimeDelta::days(400);
        faults.when(period.from > far, || Fault::new("from", "too_far", "最多提前 400 天", "at most 400 days ahead"));
        Some(period)
    }

    /// Whether it holds at an instant.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

fn time(field: &'static str, text: &str, faults: &mut Faults) -> Option<Timestamp> {
    let read = DateTime::parse_from_rfc3339(text.trim()).ok().map(|t| truncate(t.to_utc()));
    faults.when(read.is_none(), || {
        if text.trim().is_empty() {
            Fault::new(field, "required", "请填写时间", "a time is required")
        } else {
            Fault::new(field, "bad_time", "时间格式不对", "this is not a time (RFC 3339)")
        }
    });
    read
}
