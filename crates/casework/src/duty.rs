//! The duty roster 值班表: who is called first at night, at weekends and on holidays.

use chrono::{NaiveTime, TimeDelta};
use domain::access::Right;
use domain::audit::Act;
use domain::coverage::{DutyTurn, Period, duty_gaps, has_telephone};
use domain::fault::{Fault, Faults};
use domain::id::{DutyId, PersonId, SchoolId};
use domain::staff::Role;
use storage::{DutyRecord, Read};

use crate::directory_changed::tell_schools;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// What is looked at when nobody says.
const DAYS: i64 = 14;
/// The longest roster that is looked at in one go.
const MOST_DAYS: i64 = 100;
/// The longest turn.
const LONGEST_TURN_DAYS: i64 = 31;

/// A turn as it came in.
#[derive(Debug, Clone, Default)]
pub struct DutyDraft {
    /// The id of a person.
    pub person: String,
    /// RFC 3339.
    pub from: String,
    /// RFC 3339.
    pub to: String,
}

/// A part of the roster.
#[derive(Debug, Clone)]
pub struct DutyView {
    /// Which part.
    pub period: Period,
    /// The turns, in order.
    pub turns: Vec<DutyRecord>,
    /// Nights and days off, or parts of them, with nobody on duty who can be woken.
    pub gaps: Vec<Period>,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// Shows a part of a school's roster, and what is missing in it. Without times: a fortnight from today.
///
/// # Errors
/// [`CaseError::NotFound`], or every fault of the times.
pub async fn view_duty(
    desk: &Desk,
    by: &Signed,
    school: SchoolId,
    period: (Option<&str>, Option<&str>),
) -> Result<DutyView, CaseError> {
    if !by.scope(desk, Right::SeeDuty).schools.contains(&school) {
        return Err(CaseError::NotFound);
    }
    let period = read_period(desk, period)?;
    let read = desk.storage.read();
    let turns = read.duty(school, period).await?;
    let contacts = contacts_of(&read, turns.iter().map(|t| t.turn.person)).await?;
    let bare: Vec<DutyTurn> = turns.iter().map(|t| t.turn).collect();
    let gaps = duty_gaps(&bare, &contacts, &desk.calendar, period);
    let may_change = by.scope(desk, Right::ManageDuty).schools.contains(&school);
    Ok(DutyView { period, turns, gaps, may_change })
}

fn read_period(desk: &Desk, (from, to): (Option<&str>, Option<&str>)) -> Result<Period, CaseError> {
    let today = desk.calendar.instant(desk.calendar.date(desk.now()), NaiveTime::MIN);
    let mut faults = Faults::new();
    let mut time = |field: &'static str, text: Option<&str>| {
        let text = text.filter(|t| !t.is_empty())?;
        let read = chrono::DateTime::parse_from_rfc3339(text).ok().map(|t| t.to_utc());
        faults.when(read.is_none(), || Fault::new(field, "bad_time", "时间格式不对", "this is not a time (RFC 3339)"));
        read
    };
    let from = time("from", from).unwrap_or(today);
    let to = time("to", to).unwrap_or(from + TimeDelta::days(DAYS));
    faults.when(to <= from || to - from > TimeDelta::days(MOST_DAYS), || {
        let zh = format!("结束须晚于开始，最多 {MOST_DAYS} 天");
        Fault::new("to", "out_of_range", zh, format!("after the beginning, and at most {MOST_DAYS} days"))
    });
    faults.or(Period { from, to }).map_err(CaseError::Invalid)
}

pub(crate) async fn contacts_of(
    read: &Read<'_>,
    people: impl Iterator<Item = PersonId>,
) -> Result<Vec<domain::staff::ContactMethod>, CaseError> {
    let mut out = Vec::new();
    for person in people.collect::<std::collections::BTreeSet<_>>() {
        out.extend(read.contacts(person).await?);
    }
    Ok(out)
}

/// Sets a turn.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], every fault, or a conflict when that turn is set already.
pub async fn set_duty(
    desk: &Desk,
    by: &Signed,
    school: SchoolId,
    draft: &DutyDraft,
    key: Option<&IdempotencyKey>,
) -> Result<DutyRecord, CaseError> {
    may_change(desk, by, school)?;
    let now = desk.now();
    let mut tx = desk.storage.begin().await?;
    if let Some((id, person, name, period)) = answered(&mut tx, by, key).await? {
        return Ok(DutyRecord { turn: DutyTurn { id, person, period }, school, name });
    }
    let mut faults = Faults::new();
    let period = Period::read(&draft.from, &draft.to, now, LONGEST_TURN_DAYS, &mut faults);
    let person = colleague(desk, &tx.read()?, school, &draft.person, &mut faults).await?;
    let (period, (person, name)) = faults.or(period.zip(person))?.ok_or(CaseError::NotFound)?;
    let turn = DutyTurn { id: DutyId::new(desk.ids.uuid()), person, period };
    tx.add_duty(school, &turn, Some(by.person())).await?;
    tx.audit(&[by.audit(desk, Act::SetDuty, None, Some(turn.id.to_string()))]).await?;
    if period.holds(now) {
        tell_schools(desk, &mut tx, &[school]).await?;
    }
    remember(&mut tx, by, key, &(turn.id, person, &name, period), desk.real_now()).await?;
    tx.commit().await?;
    Ok(DutyRecord { turn, school, name })
}

/// A member of the school's staff who can be woken.
async fn colleague(
    desk: &Desk,
    read: &Read<'_>,
    school: SchoolId,
    text: &str,
    faults: &mut Faults,
) -> Result<Option<(PersonId, String)>, CaseError> {
    let staff = read.staff_of(school, desk.now()).await?;
    let id = text.parse::<PersonId>().ok();
    let Some(found) = staff.into_iter().find(|p| Some(p.id) == id) else {
        faults.add(if text.is_empty() {
            Fault::new("person", "required", "请选择值班的人", "who is on duty is required")
        } else {
            Fault::new("person", "unknown_person", "本校没有这位教职工", "nobody of this school's staff")
        });
        return Ok(None);
    };
    let positions = read.actor(found.id, desk.now()).await?.positions;
    faults.when(positions.iter().all(|(p, _)| p.role == Role::Administrator), || {
        let zh = "管理员不处理预警，不能值班";
        Fault::new("person", "administrator", zh, "an administrator sees no alert and cannot be on duty")
    });
    let contacts = read.contacts(found.id).await?;
    faults.when(!has_telephone(&contacts, found.id), || {
        Fault::new(
            "person",
            "no_telephone",
            "没有验证过的电话，夜里叫不醒",
            "without a verified telephone nobody is woken",
        )
    });
    Ok(Some((found.id, found.name)))
}

/// Takes a turn back, before it begins.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict when it has begun.
pub async fn remove_duty(desk: &Desk, by: &Signed, school: SchoolId, id: DutyId) -> Result<(), CaseError> {
    may_change(desk, by, school)?;
    let mut tx = desk.storage.begin().await?;
    let known = tx.read()?.duty_turn(school, id).await?.ok_or(CaseError::NotFound)?;
    if known.turn.period.from <= desk.now() {
        return Err(CaseError::Conflict("already_begun"));
    }
    tx.remove_duty(id).await?;
    tx.audit(&[by.audit(desk, Act::RemoveDuty, None, Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

fn may_change(desk: &Desk, by: &Signed, school: SchoolId) -> Result<(), CaseError> {
    if by.scope(desk, Right::ManageDuty).schools.contains(&school) {
        Ok(())
    } else if by.scope(desk, Right::SeeDuty).schools.contains(&school) {
        Err(CaseError::Forbidden)
    } else {
        Err(CaseError::NotFound)
    }
}
