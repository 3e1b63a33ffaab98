//! What would be missed by an instrument that is written otherwise than the one that ships.

use super::{CriticalItem, Instrument};
use crate::fault::{Fault, Faults};

/// Everything in which `own` hears less than `shipped` does.
pub(super) fn faults(own: &Instrument, shipped: &Instrument) -> Vec<Fault> {
    let mut faults = Faults::new();
    let mut softer = |bad: bool, what: &str| {
        faults.when(bad, || {
            let field = format!("instrument[{}].{what}", own.code);
            Fault::new(field, "softer", "不能比随程序发布的更宽松", "it must not ask for less than what ships")
        });
    };
    softer((own.least, own.most) != (shipped.least, shipped.most), "most");
    softer(own.positive_from > shipped.positive_from, "positive_from");
    softer(own.stages.iter().any(|s| !shipped.stages.contains(s)), "stages");
    let Some(theirs) = &shipped.critical else { return faults.into_vec() };
    softer(own.critical.as_ref().is_none_or(|c| hears_less(c, theirs)), "critical");
    faults.into_vec()
}

fn hears_less(own: &CriticalItem, theirs: &CriticalItem) -> bool {
    let with_total = match (own.alert_with_total_from, theirs.alert_with_total_from) {
        (_, None) => false,
        (None, Some(_)) => own.alert_from > theirs.today_from,
        (Some(own), Some(theirs)) => own > theirs,
    };
    (own.item, own.least, own.most) != (theirs.item, theirs.least, theirs.most)
        || own.next_day_from > theirs.next_day_from
        || own.today_from > theirs.today_from
        || own.alert_from > theirs.alert_from
        || own.level < theirs.level
        || with_total
}
