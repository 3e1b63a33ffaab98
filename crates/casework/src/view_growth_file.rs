//! The growth file 一生一档 of one student, as one dated stream.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::access::Right;
use domain::audit::Act;
use domain::fault::{Fault, Faults};
use domain::growth_file::{EntryKind, Sight, WRITTEN, next_anniversary, right_of};
use domain::id::{AlertId, EventId, StudentId};
use domain::level::Level;
use serde_json::Value;
use storage::{GrowthCursor, GrowthEntry, GrowthFilter, MembershipRecord, Read, StudentRecord};

use crate::file_reader::FileReader;
use crate::file_search::search;
use crate::lists::known_of;
use crate::plans::{PlanGlance, glance};
use crate::{CaseError, Desk, Signed};

/// Days that come round are said so long before.
const KEY_DATE_DAYS: u64 = 60;
/// So many characters are looked for.
const WORDS_CHARS: usize = 100;

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct GrowthQuery {
    /// Of these kinds; all when empty.
    pub kinds: Vec<EntryKind>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day, itself included.
    pub to: Option<NaiveDate>,
    /// In which these words stand.
    pub words: Option<String>,
    /// After this one.
    pub after: Option<GrowthCursor>,
    /// At most so many.
    pub limit: u32,
}

impl GrowthQuery {
    /// Looks at what was asked.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(mut self) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        faults.when(self.from.zip(self.to).is_some_and(|(from, to)| from > to), || {
            Fault::new("to", "before_from", "结束日期早于开始日期", "The last day is before the first")
        });
        self.words = self.words.map(|w| domain::text::line(&w, "q", &mut faults)).filter(|w| !w.is_empty());
        faults.when(self.words.as_ref().is_some_and(|w| w.chars().count() > WORDS_CHARS), || {
            Fault::new("q", "too_long", format!("最多 {WORDS_CHARS} 个字"), format!("At most {WORDS_CHARS} characters"))
        });
        faults.or(self)
    }
}

/// A day that comes round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDate {
    /// When.
    pub on: NaiveDate,
    /// For the how manieth time.
    pub years: i32,
    /// Of which entry.
    pub entry: EventId,
    /// The life event.
    pub event: String,
}

/// A page of a growth file.
#[derive(Debug, Clone)]
pub struct GrowthFile {
    /// Whose.
    pub student: StudentRecord,
    /// The level of the open alert, if the reader may know of it.
    pub level: Option<Level>,
    /// That alert.
    pub open_alert: Option<AlertId>,
    /// The entries, newest first, each with how the reader meets it. Text that must not be read is not in it.
    pub entries: Vec<(GrowthEntry, Sight)>,
    /// How the reader meets restricted text in general.
    pub restricted: Sight,
    /// There is more.
    pub more: bool,
    /// Days that come round soon, as far as the reader may know, nearest first.
    pub key_dates: Vec<KeyDate>,
    /// The kinds that the reader may write.
    pub writes: Vec<EntryKind>,
    /// The lists that the student is on, as far as the reader may know.
    pub lists: Vec<MembershipRecord>,
    /// What the reader knows of the plan.
    pub plan: Option<PlanGlance>,
    /// Whether what was written before another school had the student is sealed to the reader.
    pub sealed: bool,
}

/// A file that is opened to write in it.
#[derive(Debug, Clone)]
pub struct OpenedFile {
    /// Whose.
    pub student: StudentRecord,
    /// The kinds that the reader may write.
    pub writes: Vec<EntryKind>,
}

/// Opens a file to write in it: nothing of what stands there is given.
///
/// # Errors
/// [`CaseError::NotFound`] when the person may not know of the student.
pub async fn open_file(desk: &Desk, by: &Signed, student: StudentId) -> Result<OpenedFile, CaseError> {
    let reader = FileReader::open(desk, by, &desk.storage.read(), student).await?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ListStudents, Some(student), None)]).await?;
    tx.commit().await?;
    Ok(OpenedFile { writes: writes(desk, by, &reader), student: reader.student })
}

fn writes(desk: &Desk, by: &Signed, reader: &FileReader) -> Vec<EntryKind> {
    let may = |k: &EntryKind| right_of(*k).is_some_and(|right| reader.may(desk, by, right));
    WRITTEN.into_iter().filter(may).collect()
}

/// Opens a growth file. The audit line is durable before anything is given back; if that fails, nothing is.
///
/// # Errors
/// [`CaseError::NotFound`] when the reader may not know of the student, [`CaseError::Invalid`] with every fault of the
/// question.
pub async fn view_growth_file(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    query: &GrowthQuery,
) -> Result<GrowthFile, CaseError> {
    let file = look_into(desk, by, student, query).await?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadGrowthFile, Some(file.student.id), None)]).await?;
    tx.commit().await?;
    Ok(file)
}

/// What this reader may see of a file. Nothing of it may leave before an audit line has been kept.
pub(crate) async fn look_into(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    query: &GrowthQuery,
) -> Result<GrowthFile, CaseError> {
    let read = desk.storage.read();
    let reader = FileReader::open(desk, by, &read, student).await?;
    let query = query.clone().validate()?;
    let mut found = wanted(desk, &read, &reader, &query).await?;
    let open = read.open_alert_in_scope(&by.scope(desk, Right::SeeAlert), student).await?;
    let key_dates = key_dates(desk, &read, &reader).await?;
    let mut lists = known_of(desk, &read, &reader).await?;
    lists.retain(|m| m.to.is_none());
    let plan = glance(by, &read, &reader).await?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    read.tell_attachments(&mut found).await?;
    let entries = found.into_iter().map(|e| reader.redacted(e)).collect();
    let writes = writes(desk, by, &reader);
    Ok(GrowthFile {
        level: open.as_ref().map(|a| a.climb.level),
        open_alert: open.as_ref().map(|a| a.id),
        restricted: reader.restricted,
        student: reader.student,
        entries,
        more,
        key_dates,
        writes,
        lists,
        plan,
        sealed: reader.sealed.is_some(),
    })
}

/// One more than is wanted, so that it is known whether there is more.
async fn wanted(
    desk: &Desk,
    read: &Read<'_>,
    reader: &FileReader,
    query: &GrowthQuery,
) -> Result<Vec<GrowthEntry>, CaseError> {
    let begin = |day: NaiveDate| desk.calendar.instant(day, NaiveTime::MIN);
    let filter = GrowthFilter {
        kinds: query.kinds.clone(),
        restricted: reader.restricted != Sight::Nothing,
        from: query.from.map(begin),
        before: query.to.and_then(|d| d.succ_opt()).map(begin),
        after: query.after,
        limit: query.limit.saturating_add(1),
    };
    match &query.words {
        Some(words) => search(desk, read, reader, &filter, words).await,
        None => Ok(read.growth_entries(&reader.scope, reader.student.id, &filter).await?),
    }
}

pub(crate) async fn key_dates(desk: &Desk, read: &Read<'_>, reader: &FileReader) -> Result<Vec<KeyDate>, CaseError> {
    let today = desk.calendar.date(desk.now());
    let last = today.checked_add_days(Days::new(KEY_DATE_DAYS)).unwrap_or(today);
    let events = read.life_events(&reader.scope, reader.student.id, reader.restricted == Sight::Reads).await?;
    let mut out: Vec<KeyDate> = events.iter().filter_map(|e| comes_round(desk, e, today, last)).collect();
    out.sort_by_key(|d| d.on);
    Ok(out)
}

fn comes_round(desk: &Desk, e: &GrowthEntry, today: NaiveDate, last: NaiveDate) -> Option<KeyDate> {
    use chrono::Datelike;
    let body: Value = serde_json::from_str(e.body.as_deref()?).ok()?;
    let event = desk.life_events.get(body.get("what")?.as_str()?).filter(|e| e.anniversary)?;
    let day = desk.calendar.date(e.at);
    let on = next_anniversary(day, today).filter(|d| *d <= last)?;
    Some(KeyDate { on, years: on.year() - day.year(), entry: e.id, event: event.code.clone() })
}
