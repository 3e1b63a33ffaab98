//! Lists 清单: children whom somebody keeps in view, each membership with its evidence, its days and its next review.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::fault::{Fault, Faults, merged};
use crate::growth_file::{Source, bad_code, is_code, source_of, too_long};
use crate::id::PersonId;
use crate::lang::Lang;

/// So long what is said of a membership may be.
pub const LIST_CHARS: usize = 2_000;

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchList {
    /// Stable code; codes are for ever.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Class teachers and grade leads do not learn who is on it.
    #[serde(default)]
    pub hidden: bool,
    /// Where evidence has to come from; anywhere when empty.
    #[serde(default)]
    pub evidence_from: BTreeSet<String>,
}

impl WatchList {
    /// The name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// The lists as they are written in configuration, not yet looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchListsDraft {
    version: u32,
    list: Vec<WatchList>,
}

/// The lists in use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WatchLists {
    /// Their version.
    pub version: u32,
    lists: Vec<WatchList>,
}

impl WatchLists {
    /// Looks at a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: WatchListsDraft) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let mut seen = BTreeSet::new();
        for list in &draft.list {
            let field = format!("list[{}]", list.code);
            faults.when(!seen.insert(list.code.as_str()), || {
                Fault::new(&field, "duplicate_code", "代码重复", "this code stands twice")
            });
            // `/lists/imports` is an address of its own.
            faults.when(!is_code(&list.code) || list.code == "imports", || bad_code(&field));
            faults.when(list.zh.trim().is_empty() || list.en.trim().is_empty(), || {
                Fault::new(&field, "no_name", "缺少中文或英文名称", "a name is missing in one language")
            });
            let unknown = list.evidence_from.iter().any(|s| Source::from_key(s).is_none_or(|s| s == Source::Service));
            faults.when(unknown, || {
                Fault::new(&field, "unknown_source", "没有这种来源", "there is no such source of evidence")
            });
        }
        faults.or(Self { version: draft.version, lists: draft.list })
    }

    /// The list with a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&WatchList> {
        self.lists.iter().find(|l| l.code == code)
    }

    /// Every list, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[WatchList] {
        &self.lists
    }
}

/// A day that was typed, and what it has to lie between.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// Today at school.
    pub today: NaiveDate,
    /// When the student was born, where the roster says so.
    pub born: Option<NaiveDate>,
}

/// A membership as it was typed.
#[derive(Debug, Clone, Default)]
pub struct MembershipDraft {
    /// Which list.
    pub list: String,
    /// Since when.
    pub from: String,
    /// What shows it.
    pub evidence: String,
    /// Where that comes from.
    pub source: Option<String>,
    /// When it is looked at again.
    pub review_at: String,
    /// What could not be read at all.
    pub unread: Vec<Fault>,
}

/// A membership, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Which list.
    pub list: String,
    /// Since when.
    pub from: NaiveDate,
    /// What shows it.
    pub evidence: String,
    /// Where that comes from.
    pub source: Source,
    /// When it is looked at again.
    pub review_at: NaiveDate,
}

impl Membership {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: &MembershipDraft, lists: &WatchLists, days: Days) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let list = lists.get(draft.list.trim());
        faults.when(list.is_none(), || {
            let code = if draft.list.trim().is_empty() { "required" } else { "unknown_list" };
            Fault::new("list", code, "请选择清单", "Choose the list")
        });
        let from = past_day(&draft.from, "from", days, &mut faults);
        let evidence = words(&draft.evidence, "evidence", &mut faults);
        let source = source_of(draft.source.as_deref(), &mut faults);
        let review_at = future_day(&draft.review_at, "review_at", days, &mut faults);
        if let Some((list, source)) = list.zip(source) {
            let fits = list.evidence_from.is_empty() || list.evidence_from.contains(source.key());
            faults.when(!fits, || wrong_source(list));
        }
        let read = match (list, from, source, review_at) {
            (Some(list), Some(from), Some(source), Some(review_at)) => {
                faults.or(Self { list: list.code.clone(), from, evidence, source, review_at })
            }
            _ => Err(faults.into_vec()),
        };
        if draft.unread.is_empty() { read } else { Err(merged(draft.unread.clone(), read.err().unwrap_or_default())) }
    }
}

/// A review of a membership: what was found, and when it is looked at again.
///
/// # Errors
/// Everything that is wrong with it.
pub fn review(text: &str, review_at: &str, days: Days) -> Result<(String, NaiveDate), Vec<Fault>> {
    let mut faults = Faults::new();
    let text = words(text, "text", &mut faults);
    let day = future_day(review_at, "review_at", days, &mut faults);
    let Some(day) = day else { return Err(faults.into_vec()) };
    faults.or((text, day))
}

/// The end of a membership: up to which day, and why.
///
/// # Errors
/// Everything that is wrong with it.
pub fn end(to: &str, reason: &str, from: NaiveDate, days: Days) -> Result<(NaiveDate, String), Vec<Fault>> {
    let mut faults = Faults::new();
    let to = past_day(to, "to", days, &mut faults);
    faults.when(to.is_some_and(|to| to < from), || {
        Fault::new("to", "before_from", "早于列入的日期", "That is before the student was put on the list")
    });
    let reason = words(reason, "reason", &mut faults);
    let Some(to) = to else { return Err(faults.into_vec()) };
    faults.or((to, reason))
}

/// One student, one case 一人一案: what for, what is done, who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// What is to be reached.
    pub target: String,
    /// What is done.
    pub measures: String,
    /// Who answers for it.
    pub responsible: PersonId,
}

impl Support {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(target: &str, measures: &str, responsible: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let target = words(target, "target", &mut faults);
        let measures = words(measures, "measures", &mut faults);
        let person = responsible.trim().parse().ok();
        faults.when(person.is_none(), no_responsible);
        let Some(responsible) = person else { return Err(faults.into_vec()) };
        faults.or(Self { target, measures, responsible })
    }
}

/// Nobody of this school answers for it.
#[must_use]
pub fn no_responsible() -> Fault {
    Fault::new("responsible", "required", "请选择本校的责任人", "Choose who of this school answers for it")
}

fn wrong_source(list: &WatchList) -> Fault {
    let names = |lang: Lang| {
        let all = list.evidence_from.iter().filter_map(|s| Source::from_key(s)).map(|s| s.name(lang));
        all.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    Fault::new(
        "source",
        "evidence_needed",
        format!("这份清单需要来自{}的依据", names(Lang::Zh)),
        format!("This list needs evidence from: {}", names(Lang::En)),
    )
}

/// Words that have to be there.
pub fn words(typed: &str, field: &str, faults: &mut Faults) -> String {
    let text = crate::text::lines(typed, field, faults);
    faults.when(text.is_empty(), || Fault::new(field, "required", "请填写", "This is required"));
    faults.when(text.chars().count() > LIST_CHARS, || too_long(field, LIST_CHARS));
    text
}

/// Any day.
pub(crate) fn any_day(typed: &str, field: &str, faults: &mut Faults) -> Option<NaiveDate> {
    let typed = typed.trim();
    let day = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok().filter(|_| typed.len() == 10);
    faults.when(day.is_none(), || {
        let code = if typed.is_empty() { "required" } else { "bad_day" };
        Fault::new(field, code, "请填写日期，例如 2026-11-23", "Give a day such as 2026-11-23")
    });
    day
}

fn past_day(typed: &str, field: &str, days: Days, faults: &mut Faults) -> Option<NaiveDate> {
    let day = any_day(typed, field, faults)?;
    faults.when(day > days.today, || Fault::new(field, "in_the_future", "这个日期还没有到", "This has not come yet"));
    faults.when(days.born.is_some_and(|born| day < born), || {
        Fault::new(field, "before_birth", "早于学生的出生日期", "This is before the student was born")
    });
    Some(day)
}

/// A day that is still to come.
pub(crate) fn future_day(typed: &str, field: &str, days: Days, faults: &mut Faults) -> Option<NaiveDate> {
    let day = any_day(typed, field, faults)?;
    faults.when(day <= days.today, || {
        Fault::new(field, "not_in_the_future", "请选今天以后的日期", "Choose a day after today")
    });
    Some(day)
}

#[cfg(test)]
#[path = "watch_list_tests.rs"]
mod tests;
