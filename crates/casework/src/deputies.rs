//! Deputies: somebody is away, and somebody else is told in his place as well.

use chrono::TimeDelta;
use domain::access::Right;
use domain::audit::Act;
use domain::coverage::{Period, closes_a_cycle, may_stand_in, opened};
use domain::fault::{Fault, Faults};
use domain::id::{DeputyId, PersonId, SchoolId};
use domain::staff::Deputy;
use storage::{DeputyRecord, Read, Tx};

use crate::coverage_of::SchoolCoverage;
use crate::directory_changed::tell_schools_of;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// The longest deputation.
const LONGEST_DAYS: i64 = 200;
/// How far ahead it is looked whether an office would be empty.
pub(crate) const AHEAD_DAYS: i64 = 200;

/// A deputation as it came in.
#[derive(Debug, Clone, Default)]
pub struct DeputyDraft {
    /// The id of a person.
    pub deputy: String,
    /// RFC 3339.
    pub from: String,
    /// RFC 3339.
    pub to: String,
}

/// Who stands in for a person and for whom he stands in, now and later.
///
/// # Errors
/// [`CaseError::NotFound`] when he is none of one's people.
pub async fn deputations(desk: &Desk, by: &Signed, person: PersonId) -> Result<Vec<DeputyRecord>, CaseError> {
    let read = desk.storage.read();
    may_act_for(desk, &read, by, person).await?;
    Ok(read.deputations_of(person, desk.now()).await?)
}

/// Whether somebody names deputies for a school's people. What he holds for another does not count: a deputy does not name
/// deputies.
#[must_use]
pub fn may_name_deputies(desk: &Desk, by: &Signed, school: SchoolId) -> bool {
    by.actor.without(|_| true).scope(Right::ManageDuty, desk.now()).schools.contains(&school)
}

/// One acts for oneself; a vice-principal for whoever of the school cannot.
async fn may_act_for(desk: &Desk, read: &Read<'_>, by: &Signed, person: PersonId) -> Result<(), CaseError> {
    if person == by.person() {
        return Ok(());
    }
    let theirs = read.actor(person, desk.now()).await?;
    let ours =
        theirs.positions.iter().filter_map(|(_, school)| *school).any(|school| may_name_deputies(desk, by, school));
    if ours { Ok(()) } else { Err(CaseError::NotFound) }
}

/// Names a deputy for a person.
///
/// # Errors
/// [`CaseError::NotFound`], every fault, or a conflict when he stands in from that time on already.
pub async fn name_deputy(
    desk: &Desk,
    by: &Signed,
    person: PersonId,
    draft: &DeputyDraft,
    key: Option<&IdempotencyKey>,
) -> Result<DeputyRecord, CaseError> {
    let mut tx = desk.storage.begin().await?;
    may_act_for(desk, &tx.read()?, by, person).await?;
    if let Some(id) = answered::<DeputyId>(&mut tx, by, key).await? {
        return tx.read()?.deputation(id, desk.now()).await?.ok_or(CaseError::NotFound);
    }
    // Two people who name each other at the same time must not both be let through.
    tx.alone_with_deputies().await?;
    let deputy = check(desk, &tx.read()?, by, person, draft).await?;
    let id = DeputyId::new(desk.ids.uuid());
    tx.add_deputy(id, &deputy, Some(by.person())).await?;
    tx.audit(&[by.audit(desk, Act::NameDeputy, None, Some(id.to_string()))]).await?;
    if deputy.holds(desk.now()) {
        tell_schools_of(desk, &mut tx, person).await?;
    }
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    let record = tx.read()?.deputation(id, desk.now()).await?.ok_or(CaseError::NotFound)?;
    tx.commit().await?;
    Ok(record)
}

async fn check(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    person: PersonId,
    draft: &DeputyDraft,
) -> Result<Deputy, CaseError> {
    let now = desk.now();
    let mut faults = Faults::new();
    let period = Period::read(&draft.from, &draft.to, now, LONGEST_DAYS, &mut faults);
    let who = draft.deputy.parse::<PersonId>().ok();
    faults.when(draft.deputy.is_empty(), || Fault::new("deputy", "required", "请选择代理人", "a deputy is required"));
    let mut able = false;
    if let Some(who) = who {
        let (deputy, away) = (read.actor(who, now).await?, read.actor(person, now).await?);
        able = may_stand_in(&deputy, &away) && !read.is_disabled(who).await?;
        let contacts = read.contacts(who).await?;
        let reached = contacts.iter().any(|c| c.verified_at.is_some() && desk.carried.contains(&c.channel));
        faults.when(able && !reached, || {
            Fault::new(
                "deputy",
                "not_reachable",
                "这位同事没有验证过的联系方式",
                "nothing that is verified reaches him",
            )
        });
    }
    faults.when(!able && !draft.deputy.is_empty(), || {
        let zh = "代理人须是同一学校（或教育局）的教职工，管理员和心理委员除外";
        Fault::new("deputy", "cannot_stand_in", zh, "a colleague of the same school or office, not an administrator")
    });
    faults.when(person != by.person() && who == Some(by.person()), || {
        let zh = "不能自己指定自己代理别人：请当事人本人或另一位副校长指定";
        Fault::new(
            "deputy",
            "not_oneself",
            zh,
            "nobody makes himself a deputy: the person or another vice-principal does",
        )
    });
    let deputy = who.zip(period).map(|(deputy, p)| Deputy { person, deputy, from: p.from, to: p.to });
    if let Some(deputy) = deputy.as_ref().filter(|_| able) {
        faults.when(closes_a_cycle(&read.deputations(now).await?, deputy), || {
            Fault::new("deputy", "cycle", "这样会互相代理，谁也找不到", "they would stand in for each other in a ring")
        });
    }
    faults.or(deputy)?.ok_or(CaseError::NotFound)
}

/// Ends a deputation.
///
/// # Errors
/// [`CaseError::NotFound`], or [`CaseError::StillNeeded`] when an office would be empty.
pub async fn end_deputy(desk: &Desk, by: &Signed, person: PersonId, id: DeputyId) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    may_act_for(desk, &tx.read()?, by, person).await?;
    let known = tx.read()?.deputation(id, desk.now()).await?.filter(|d| d.deputy.person == person);
    let known = known.ok_or(CaseError::NotFound)?;
    refuse_if_needed(desk, &tx, &known.deputy).await?;
    tx.end_deputy(id, desk.now()).await?;
    tx.audit(&[by.audit(desk, Act::EndDeputy, None, Some(id.to_string()))]).await?;
    tell_schools_of(desk, &mut tx, person).await?;
    Ok(tx.commit().await?)
}

async fn refuse_if_needed(desk: &Desk, tx: &Tx, ended: &Deputy) -> Result<(), CaseError> {
    let (read, now) = (tx.read()?, desk.now());
    let (_, policy) = desk.policy_in_force().await?;
    let mut faults = Faults::new();
    for school in read.schools_of(ended.person, now).await? {
        let period = Period { from: now, to: now + TimeDelta::days(AHEAD_DAYS) };
        let mut coverage = SchoolCoverage::of(&desk.carried, &read, school, period).await?;
        let before = coverage.gaps(desk).await?;
        coverage.sources.deputies.retain(|d| d != ended);
        let after = domain::coverage::gaps(&coverage.sources, &policy, &coverage.units, period);
        opened(&before, &after).iter().for_each(|gap| faults.add(empty_office(gap)));
    }
    let faults = faults.into_vec();
    if faults.is_empty() { Ok(()) } else { Err(CaseError::still_needed(faults)) }
}

/// An office that nobody would hold.
pub(crate) fn empty_office(gap: &domain::coverage::Gap) -> Fault {
    use domain::lang::Lang;
    let (zh, en) = (gap.office.name(Lang::Zh), gap.office.name(Lang::En));
    let field = format!("offices.{}", gap.unit);
    Fault::new(field, "office_empty", format!("{zh}将无人可通知"), format!("nobody could be told as {en}"))
}
