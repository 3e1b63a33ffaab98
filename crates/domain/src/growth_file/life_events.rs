//! The catalogue of life events 生活事件, as configuration has it.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::fault::{Fault, Faults};
use crate::lang::Lang;

/// One kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    /// Stable code; codes are for ever.
    pub code: String,
    /// Chinese wording.
    pub zh: String,
    /// English wording.
    pub en: String,
    /// What rules may look for.
    #[serde(default)]
    pub tags: BTreeSet<String>,
    /// Its day comes round every year.
    #[serde(default)]
    pub anniversary: bool,
}

impl LifeEvent {
    /// The wording in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// The catalogue as it is written in configuration, not yet looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEventsDraft {
    version: u32,
    event: Vec<LifeEvent>,
}

/// The catalogue in use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LifeEvents {
    /// Its version.
    pub version: u32,
    events: Vec<LifeEvent>,
}

impl LifeEvents {
    /// Looks at a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: LifeEventsDraft) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let mut seen = BTreeSet::new();
        for event in &draft.event {
            let field = format!("event[{}]", event.code);
            faults.when(!seen.insert(event.code.as_str()), || {
                Fault::new(&field, "duplicate_code", "代码重复", "this code stands twice")
            });
            faults.when(!is_code(&event.code), || bad_code(&field));
            faults.when(event.zh.trim().is_empty() || event.en.trim().is_empty(), || {
                Fault::new(&field, "no_name", "缺少中文或英文名称", "a name is missing in one language")
            });
        }
        faults.when(draft.event.is_empty(), || Fault::new("event", "empty", "一项也没有", "there is no event"));
        faults.or(Self { version: draft.version, events: draft.event })
    }

    /// The event with a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&LifeEvent> {
        self.events.iter().find(|e| e.code == code)
    }

    /// Every event, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[LifeEvent] {
        &self.events
    }
}

/// Whether a text is a code: small letters, digits and underscores.
pub(crate) fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The fault of one that is none.
pub(crate) fn bad_code(field: &str) -> Fault {
    Fault::new(field, "bad_code", "代码只能用小写字母、数字和下划线", "a code has small letters, digits and _ alone")
}

/// The next day, from `today` on, on which a date comes round; the 29th of February comes round on the 28th.
#[must_use]
pub fn next_anniversary(day: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let of = |year: i32| day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, day.month(), 28));
    let first = of(today.year()).filter(|d| *d >= today).or_else(|| of(today.year().saturating_add(1)));
    first.filter(|d| *d > day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> LifeEventsDraft {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn what_ships_is_sound_and_a_bereavement_is_what_rules_look_for() {
        let shipped = LifeEvents::validate(draft(include_str!("../../../../config/life_events.toml"))).unwrap();
        let event = shipped.get("bereavement").unwrap();
        assert!(event.tags.contains("bereavement") && event.anniversary);
    }

    #[test]
    fn every_fault_of_a_catalogue_is_named() {
        let text = "version = 1\n[[event]]\ncode = 'A'\nzh = ''\nen = 'a'\n[[event]]\ncode = 'A'\nzh = 'a'\nen = 'a'\n";
        let faults = LifeEvents::validate(draft(text)).unwrap_err();
        let codes: Vec<_> = faults.iter().map(|f| f.code).collect();
        assert_eq!(codes, ["bad_code", "no_name", "duplicate_code", "bad_code"]);
    }

    #[test]
    fn a_day_comes_round_next_year_when_it_is_over_this_year() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(next_anniversary(day(2024, 12, 1), day(2026, 11, 23)), Some(day(2026, 12, 1)));
        assert_eq!(next_anniversary(day(2024, 11, 23), day(2026, 11, 23)), Some(day(2026, 11, 23)));
        assert_eq!(next_anniversary(day(2024, 2, 29), day(2026, 11, 23)), Some(day(2027, 2, 28)));
        assert_eq!(next_anniversary(day(2026, 11, 23), day(2026, 11, 23)), None);
    }
}
