//! Looking for words in a growth file: only in what this reader may read, since a hit would tell of the rest.

use domain::growth_file::{EntryKind, Sight};
use domain::lang::Lang;
use serde_json::Value;
use storage::{GrowthCursor, GrowthEntry, GrowthFilter, Read};

use crate::file_reader::FileReader;
use crate::{CaseError, Desk};

/// So many entries are looked through at once.
const STEP: u32 = 200;

/// The first entries of the filter in which the words stand.
pub(crate) async fn search(
    desk: &Desk,
    read: &Read<'_>,
    reader: &FileReader,
    filter: &GrowthFilter,
    words: &str,
) -> Result<Vec<GrowthEntry>, CaseError> {
    let words = words.to_lowercase();
    let wanted = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let restricted = reader.restricted == Sight::Reads;
    let mut step = GrowthFilter { restricted, limit: STEP, ..filter.clone() };
    let mut out = Vec::new();
    loop {
        let found = read.growth_entries(&reader.scope, reader.student.id, &step).await?;
        let last = found.last().map(|e| GrowthCursor { at: e.at, id: e.id });
        let more = found.len() >= usize::try_from(STEP).unwrap_or(usize::MAX);
        out.extend(found.into_iter().filter(|e| says(desk, e, &words)));
        if out.len() >= wanted || !more {
            out.truncate(wanted);
            return Ok(out);
        }
        step.after = last;
    }
}

/// Whether the words stand in what is shown of an entry.
fn says(desk: &Desk, e: &GrowthEntry, words: &str) -> bool {
    let body: Value = e.body.as_deref().and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
    let member = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let event = || member("what").and_then(|w| desk.life_events.get(&w).map(|e| format!("{} {}", e.zh, e.en)));
    let said: Vec<Option<String>> = match e.kind {
        EntryKind::Observation => {
            let signs = e.signs.iter().filter_map(|c| desk.catalogue.get(c));
            let signs = signs.map(|s| format!("{} {}", s.name(Lang::Zh), s.name(Lang::En)));
            signs.map(Some).chain([e.filing.as_ref().map(|f| f.narrative.clone())]).collect()
        }
        EntryKind::Alert => vec![member("note")],
        EntryKind::Custody => vec![member("adult"), member("where")],
        EntryKind::Assessment => vec![member("reason")],
        EntryKind::LifeEvent => vec![member("text"), event()],
        EntryKind::Screening => ["reading", "zh", "en", "instrument"].map(member).to_vec(),
        EntryKind::Leave => ["text", "note", "reason", "applied_by", "appealed_by"].map(member).to_vec(),
        EntryKind::Mood
        | EntryKind::List
        | EntryKind::Interview
        | EntryKind::Counselling
        | EntryKind::HomeVisit
        | EntryKind::GuardianContact
        | EntryKind::Notice
        | EntryKind::Watch
        | EntryKind::MandatoryReport
        | EntryKind::Referral
        | EntryKind::LookIn
        | EntryKind::Plan
        | EntryKind::HandOver => vec![member("text")],
    };
    said.into_iter().flatten().any(|text| text.to_lowercase().contains(words))
}
