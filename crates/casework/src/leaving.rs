//! Somebody leaves: a position ends, or an account is closed. In one transaction everything that waits for him goes to a
//! successor, or the act is refused with all that still needs him; whoever keeps the accounts reads no content of it.

use chrono::TimeDelta;
use domain::access::{Actor, Right, Scope};
use domain::audit::Act;
use domain::coverage::{Gap, Period, gaps, has_telephone, may_stand_in, opened};
use domain::fault::{Fault, Faults};
use domain::id::{AlertId, PersonId, PositionId, SchoolId};
use domain::org::Unit;
use domain::staff::{Position, Role};
use domain::task::TaskKind;
use storage::{AuditEntry, DeputyRecord, DutyRecord, Read, TaskRecord, Tx};

use crate::appointment::{NewPosition, appoint};
use crate::coverage_of::SchoolCoverage;
use crate::deputies::{AHEAD_DAYS, empty_office};
use crate::directory_changed::tell_schools;
use crate::leaving_close::may_close;
use crate::leaving_needs::counted;
use crate::leaving_offices::{LeftBehind, to_be_confirmed};
use crate::leaving_plans::PlanWork;
use crate::{CaseError, Desk, Signed};

/// What ends, and what is left behind.
struct Leaving {
    person: PersonId,
    /// The whole account.
    whole: bool,
    ended: Vec<(Position, Option<SchoolId>)>,
    schools: Vec<SchoolId>,
    alerts: Vec<(AlertId, SchoolId)>,
    duties: Vec<DutyRecord>,
    deputations: Vec<DeputyRecord>,
    /// Decisions that he is to look at.
    looks: Vec<TaskRecord>,
    tasks: Vec<TaskRecord>,
    plans: PlanWork,
}

/// Ends a position. `by` is nobody on the command line of the machine itself.
///
/// # Errors
/// [`CaseError::NotFound`], a conflict when it has ended, a fault of the successor, or [`CaseError::StillNeeded`].
pub async fn end_position(
    desk: &Desk,
    by: Option<&Signed>,
    id: PositionId,
    successor: Option<PersonId>,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_deputies().await?;
    let (position, school) = tx.read()?.position(id).await?.ok_or(CaseError::NotFound)?;
    if let Some(by) = by
        && !covers(&tx.read()?, &by.scope(desk, Right::ManageStaff), &position, school).await?
    {
        return Err(CaseError::NotFound);
    }
    if position.valid_to.is_some_and(|to| to <= desk.now()) {
        return Err(CaseError::Conflict("already_ended"));
    }
    let person = position.person;
    let leaving = Leaving::of(desk, &tx.read()?, person, Some(id)).await?;
    leave(desk, &mut tx, by, &leaving, successor).await?;
    tx.audit(&[line(desk, by, Act::EndPosition, id.to_string())]).await?;
    Ok(tx.commit().await?)
}

/// Closes an account: every position ends, and every session with it.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`] when he works elsewhere too, a conflict when it is closed already or
/// is one's own, a fault of the successor, or [`CaseError::StillNeeded`].
pub async fn disable_person(
    desk: &Desk,
    by: Option<&Signed>,
    person: PersonId,
    successor: Option<PersonId>,
) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_deputies().await?;
    let leaving = Leaving::of(desk, &tx.read()?, person, None).await?;
    if let Some(by) = by {
        may_close(desk, &tx.read()?, by, person, &leaving.ended).await?;
    }
    if tx.read()?.person(person).await?.is_none() {
        return Err(CaseError::NotFound);
    }
    if tx.read()?.is_disabled(person).await? {
        return Err(CaseError::Conflict("already_ended"));
    }
    leave(desk, &mut tx, by, &leaving, successor).await?;
    tx.set_disabled(person, Some(desk.now())).await?;
    tx.revoke_sessions(person, desk.real_now()).await?;
    tx.audit(&[line(desk, by, Act::DisablePerson, person.to_string())]).await?;
    Ok(tx.commit().await?)
}

fn line(desk: &Desk, by: Option<&Signed>, act: Act, object: String) -> AuditEntry {
    match by {
        Some(by) => by.audit(desk, act, None, Some(object)),
        None => AuditEntry {
            id: desk.ids.uuid(),
            at: desk.now(),
            person: None,
            act,
            student: None,
            object: Some(object),
            detail: None,
            request: None,
        },
    }
}

pub(crate) async fn covers(
    read: &Read<'_>,
    scope: &Scope,
    position: &Position,
    school: Option<SchoolId>,
) -> Result<bool, CaseError> {
    let district = match (school, position.unit) {
        (Some(id), _) => read.school(id).await?.map(|s| s.district),
        (None, Unit::District(id)) => Some(id),
        (None, Unit::School(_) | Unit::Grade(_) | Unit::Class(_)) => None,
    };
    Ok(school.is_some_and(|s| scope.schools.contains(&s)) || district.is_some_and(|d| scope.districts.contains(&d)))
}

impl Leaving {
    /// `which` is one position; nothing for all of them.
    async fn of(desk: &Desk, read: &Read<'_>, person: PersonId, which: Option<PositionId>) -> Result<Self, CaseError> {
        let now = desk.now();
        let all = read.positions_of(person, now).await?;
        let (ended, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|(p, _)| which.is_none_or(|id| p.id == id));
        let mut schools = Vec::new();
        for (position, school) in &ended {
            match (school, position.unit) {
                (Some(id), _) => schools.push(*id),
                (None, Unit::District(id)) => schools.extend(read.schools_in(id).await?),
                (None, Unit::School(_) | Unit::Grade(_) | Unit::Class(_)) => {}
            }
        }
        schools.sort_unstable();
        schools.dedup();
        let stays = |school: SchoolId| kept.iter().any(|(p, s)| *s == Some(school) && p.role != Role::PeerMonitor);
        let mut duties = read.duties_of(person, now).await?;
        duties.retain(|d| which.is_none() || (schools.contains(&d.school) && !stays(d.school)));
        let left = which.is_none() || !ended.iter().any(|(_, s)| s.is_none_or(stays));
        let deputations = if left { read.deputations_of(person, now).await? } else { Vec::new() };
        let remaining = Actor { person, positions: kept, on_duty: Vec::new(), stands_in: Vec::new() };
        let scope = remaining.scope(Right::SeeAlert, now);
        let mut alerts = Vec::new();
        for id in read.owned_alerts(person).await? {
            let alert = read.alert_for_service(id).await?;
            let left = alert.filter(|a| which.is_none() || !scope.covers(&a.place));
            alerts.extend(left.map(|a| (id, a.place.school)));
        }
        let mut tasks = read.open_tasks_of(person).await?;
        // Whoever of the tier above is there then looks: that is no successor's to inherit.
        let looks = tasks.extract_if(.., |t| t.kind == TaskKind::DecisionLook).collect();
        tasks.retain(|t| which.is_none() || !stays_in(&remaining, t.about.place().school));
        let kept = |school| which.is_some() && stays_in(&remaining, school);
        let plans = PlanWork::of(read, person, kept).await?;
        Ok(Self { person, whole: which.is_none(), ended, schools, alerts, duties, deputations, looks, tasks, plans })
    }

    /// Everything that would be left without anybody.
    fn needs(&self, empty: &[Gap]) -> Vec<Fault> {
        let mut faults = Faults::new();
        let owned = ("他负责、还没有结案的预警", "open alerts that are his");
        counted(&mut faults, self.alerts.len(), ("alerts", "alert_owned"), owned);
        counted(&mut faults, self.tasks.len(), ("tasks", "task_open"), ("他还没有办的任务", "tasks that are his"));
        self.plans.needs(&mut faults);
        empty.iter().for_each(|gap| faults.add(empty_office(gap)));
        for duty in &self.duties {
            let field = format!("duties.{}", duty.turn.id);
            faults.add(Fault::new(field, "duty_falls_away", "值班表上还有他的班", "he has this turn of duty"));
        }
        for d in self.deputations.iter().filter(|d| d.deputy.deputy == self.person) {
            let field = format!("deputies.{}", d.id);
            faults.add(Fault::new(field, "deputy_falls_away", "他正在或将要代理别人", "he stands in for somebody"));
        }
        faults.into_vec()
    }
}

async fn leave(
    desk: &Desk,
    tx: &mut Tx,
    by: Option<&Signed>,
    leaving: &Leaving,
    successor: Option<PersonId>,
) -> Result<(), CaseError> {
    let heir = match successor {
        Some(id) => Some(heir(desk, &tx.read()?, by, leaving, id).await?),
        None => None,
    };
    let empty = would_be_empty(desk, &tx.read()?, leaving, heir.as_ref()).await?;
    let mut needs = match heir {
        Some(_) => empty.iter().map(empty_office).collect(),
        None => leaving.needs(&empty),
    };
    needs.extend(accounts_of_nobody(desk, &tx.read()?, leaving).await?);
    needs.extend(tasks_of_nobody(desk, tx, leaving, heir.as_ref()).await?);
    if !needs.is_empty() {
        return Err(CaseError::still_needed(needs));
    }
    let now = desk.now();
    for (position, school) in &leaving.ended {
        tx.cut_position(position, now).await?;
        if let Some(heir) = heir.as_ref().filter(|h| takes_over(h, position)) {
            hand_on(desk, tx, by, heir, (position, *school)).await?;
        }
    }
    let over: Vec<_> = leaving.deputations.iter().map(|d| d.id).collect();
    tx.end_deputations(&over, now).await?;
    for look in &leaving.looks {
        crate::sample::look_anew(desk, tx, look).await?;
    }
    if let Some(heir) = &heir {
        for duty in &leaving.duties {
            tx.pass_duty(duty.turn.id, heir.person).await?;
        }
        for (alert, _) in &leaving.alerts {
            crate::rehome::rehome(desk, tx, *alert, heir.person).await?;
        }
        for task in &leaving.tasks {
            crate::task::rehome_task(desk, tx, task, heir.person).await?;
        }
        leaving.plans.rehome(desk, tx, heir.person).await?;
    }
    tell_schools(desk, tx, &leaving.schools).await
}

/// A position that ends is the successor's.
async fn hand_on(
    desk: &Desk,
    tx: &mut Tx,
    by: Option<&Signed>,
    heir: &Actor,
    (position, school): (&Position, Option<SchoolId>),
) -> Result<(), CaseError> {
    if by.is_some() {
        let new = NewPosition::taken_over(&tx.read()?, heir, position, school).await?;
        return appoint(desk, tx, by, &new).await.map(|_| ());
    }
    let id = PositionId::new(desk.ids.uuid());
    let taken = Position { id, person: heir.person, valid_from: desk.now(), ..position.clone() };
    Ok(tx.add_position(&taken, school).await?)
}

/// Whether somebody still works in a school, with what he keeps.
fn stays_in(remaining: &Actor, school: SchoolId) -> bool {
    remaining.positions.iter().any(|(p, s)| *s == Some(school) && p.role != Role::PeerMonitor)
}

/// The tasks that the successor cannot have: they have to be handed on first.
async fn tasks_of_nobody(
    desk: &Desk,
    tx: &Tx,
    leaving: &Leaving,
    heir: Option<&Actor>,
) -> Result<Vec<Fault>, CaseError> {
    let (mut faults, mut count) = (Faults::new(), 0_usize);
    for task in &leaving.tasks {
        let Some(heir) = heir else { break };
        count += usize::from(!crate::task::heir_may_have(desk, tx, task, heir.person).await?);
    }
    let words = ("接替的人不能接、须先转交的任务", "tasks that the successor cannot have: hand them on first");
    counted(&mut faults, count, ("tasks", "task_open"), words);
    Ok(faults.into_vec())
}

/// The units whose accounts nobody would keep any more. A school that has lost its last administrator is not lost as long as
/// the district has one, who can add another; above the district's there is nobody. Accounts are handed on to no successor.
async fn accounts_of_nobody(desk: &Desk, read: &Read<'_>, leaving: &Leaving) -> Result<Vec<Fault>, CaseError> {
    let mut faults = Faults::new();
    for (position, school) in leaving.ended.iter().filter(|(p, _)| p.role == Role::Administrator) {
        let above = match school {
            Some(id) => read.school(*id).await?.map(|s| Unit::District(s.district)),
            None => None,
        };
        let units: Vec<Unit> = above.into_iter().chain([position.unit]).collect();
        let left = read.administrators(&units, desk.now()).await?;
        let another = left.iter().any(|p| !leaving.ended.iter().any(|(ended, _)| ended.id == *p));
        faults.when(!another, || {
            let zh = "这是最后一位管理员，账号将无人管理：请先添加另一位管理员";
            let en = "this is the last administrator, nobody would keep the accounts: add another one first";
            Fault::new(format!("administrators.{}", position.unit), "last_administrator", zh, en)
        });
    }
    Ok(faults.into_vec())
}

/// A position goes to the successor, unless he holds it already. Neither a child's nor an administrator's is handed on.
fn takes_over(heir: &Actor, position: &Position) -> bool {
    let has = heir.positions.iter().any(|(p, _)| p.role == position.role && p.unit == position.unit);
    !has && !matches!(position.role, Role::PeerMonitor | Role::Administrator)
}

/// The successor: a colleague who can be reached, by telephone too where he takes turns of duty over. Of an administrator he
/// gets no office that somebody has to confirm, and nothing that lets him read as if he had one.
async fn heir(
    desk: &Desk,
    read: &Read<'_>,
    by: Option<&Signed>,
    leaving: &Leaving,
    id: PersonId,
) -> Result<Actor, CaseError> {
    let now = desk.now();
    let heir = read.actor(id, now).await?;
    let leaver =
        Actor { person: leaving.person, positions: leaving.ended.clone(), on_duty: Vec::new(), stands_in: Vec::new() };
    let mut faults = Faults::new();
    let able = may_stand_in(&heir, &leaver) && !read.is_disabled(id).await?;
    faults.when(!able, || {
        let zh = "接替的人须是同一学校（或教育局）的教职工，管理员和心理委员除外";
        Fault::new("successor", "cannot_succeed", zh, "a colleague of the same school or office, not an administrator")
    });
    let contacts = read.contacts(id).await?;
    let reached = contacts.iter().any(|c| c.verified_at.is_some() && desk.carried.contains(&c.channel));
    let wakes = leaving.duties.is_empty() || has_telephone(&contacts, id);
    faults.when(able && !(reached && wakes), || {
        Fault::new("successor", "not_reachable", "接替的人没有验证过的联系方式", "nothing that is verified reaches him")
    });
    if let Some(by) = by.filter(|_| able) {
        let taken: Vec<_> = leaving.ended.iter().filter(|(p, _)| takes_over(&heir, p)).cloned().collect();
        to_be_confirmed(desk, read, by, &heir, &taken).await?.into_iter().for_each(|f| faults.add(f));
        let duties = leaving.duties.iter().map(|d| d.school).collect();
        let left = LeftBehind {
            duties,
            alerts: leaving.alerts.iter().map(|(_, s)| *s).collect(),
            plans: leaving.plans.schools(),
        };
        left.not_in_office(read, &heir, &mut faults).await?;
    }
    faults.or(heir).map_err(CaseError::Invalid)
}

async fn would_be_empty(
    desk: &Desk,
    read: &Read<'_>,
    leaving: &Leaving,
    heir: Option<&Actor>,
) -> Result<Vec<Gap>, CaseError> {
    let now = desk.now();
    let (_, policy) = desk.policy_in_force().await?;
    let period = Period { from: now, to: now + TimeDelta::days(AHEAD_DAYS) };
    let mut out: Vec<Gap> = Vec::new();
    for school in &leaving.schools {
        let mut coverage = SchoolCoverage::of(&desk.carried, read, *school, period).await?;
        let before = coverage.gaps(desk).await?;
        let sources = &mut coverage.sources;
        sources.positions.retain(|p| !leaving.ended.iter().any(|(e, _)| e.id == p.id));
        sources.deputies.retain(|d| !leaving.deputations.iter().any(|l| l.deputy == *d));
        if leaving.whole {
            sources.contacts.retain(|c| c.person != leaving.person);
        }
        if let Some(heir) = heir {
            let taken = leaving.ended.iter().filter(|(p, _)| takes_over(heir, p));
            sources.positions.extend(taken.map(|(p, _)| Position {
                person: heir.person,
                valid_from: now,
                ..p.clone()
            }));
            let mut contacts = read.contacts(heir.person).await?;
            contacts.retain(|c| desk.carried.contains(&c.channel));
            sources.contacts.extend(contacts);
        }
        let after = gaps(&coverage.sources, &policy, &coverage.units, period);
        out.extend(opened(&before, &after));
    }
    out.dedup();
    Ok(out)
}
