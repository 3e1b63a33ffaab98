//! Finding alerts. What is not in scope, and what the reader must not hear of, is not found.

use domain::access::Scope;
use domain::alert::AlertState;
use domain::assessment::EarlierAlert;
use domain::directory::{Audience, Circle};
use domain::id::{AlertId, ClassId, DistrictId, GradeId, PersonId, SchoolId, StudentId};
use domain::level::Level;
use domain::time::Timestamp;
use uuid::Uuid;

use super::{AlertRecord, alert};
use crate::org::{ClassRecord, SchoolRecord};
use crate::row::{Values, at, get, instant};
use crate::student::in_units;
use crate::{Read, StorageError};

/// Which alerts are wanted.
#[derive(Debug, Clone, Default)]
pub struct AlertFilter {
    /// In this state; open ones when nothing is said.
    pub state: Option<AlertState>,
    /// Of this level.
    pub level: Option<Level>,
    /// Of this class.
    pub class: Option<ClassId>,
    /// Of this grade.
    pub grade: Option<GradeId>,
    /// Of this school.
    pub school: Option<SchoolId>,
    /// Held by this person.
    pub owner: Option<PersonId>,
    /// With a proposal that waits for somebody else than this person to sign it.
    pub to_be_signed_by: Option<PersonId>,
    /// Offered to this person, who has not answered yet.
    pub offered_to: Option<PersonId>,
    /// Whose deadline is before this instant.
    pub due_before: Option<Timestamp>,
    /// After this alert, in the order of the list: level, instant of the deadline in microseconds, id.
    pub after: Option<(Level, i64, AlertId)>,
    /// At most so many.
    pub limit: u32,
}

/// An alert in a list.
#[derive(Debug, Clone)]
pub struct AlertSummary {
    /// The alert.
    pub alert: AlertRecord,
    /// The student's name.
    pub student_name: String,
    /// The student's present class.
    pub class: ClassRecord,
    /// Where the student sits and sleeps.
    pub lodging: Lodging,
    /// The school of the alert.
    pub school: SchoolRecord,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// Who proposed what waits for a second signature.
    pub proposed_by: Option<PersonId>,
}

/// Where a student sits and sleeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lodging {
    /// The seat.
    pub seat: Option<String>,
    /// Lives in the dormitory.
    pub boards: bool,
    /// The dormitory.
    pub dormitory: Option<String>,
    /// The bed.
    pub bed: Option<String>,
}

const SELECT: &str = "SELECT a.*, s.name AS student_name, s.seat, s.boards, s.dormitory, s.bed, o.name AS owner_name, \
                      c.name AS class_name, g.stage, g.entry_year, h.name AS school_name, h.duty_phone, \
                      h.counsellor_phone, w.proposed_by \
                      FROM alert a JOIN student s ON s.id = a.student_id JOIN class c ON c.id = a.class_id \
                      JOIN grade g ON g.id = a.grade_id JOIN school h ON h.id = a.school_id \
                      LEFT JOIN person o ON o.id = a.owner_id \
                      LEFT JOIN proposal w ON w.alert_id = a.id AND w.decided_at IS NULL";

impl Read<'_> {
    /// An alert in scope.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alert(&self, scope: &Scope, id: AlertId) -> Result<Option<AlertSummary>, StorageError> {
        let mut v = Values::default();
        let id = v.push(id.uuid());
        let visible = visible(scope, &mut v);
        let sql = format!("{SELECT} WHERE a.id = {id} AND {visible}");
        self.one(&sql, v.into_vec()).await?.as_ref().map(summary).transpose()
    }

    /// Alerts in scope, most urgent first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alerts(&self, scope: &Scope, filter: &AlertFilter) -> Result<Vec<AlertSummary>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec![visible(scope, &mut v)];
        match filter.state {
            Some(state) => wanted.push(format!("a.state = {}", v.push(state.key()))),
            None => wanted.push("a.closed_at IS NULL".to_owned()),
        }
        if let Some(level) = filter.level {
            wanted.push(format!("a.level = {}", v.push(i64::from(level.number()))));
        }
        for (column, id) in [
            ("class_id", filter.class.map(ClassId::uuid)),
            ("grade_id", filter.grade.map(GradeId::uuid)),
            ("school_id", filter.school.map(SchoolId::uuid)),
        ] {
            if let Some(id) = id {
                wanted.push(format!("a.{column} = {}", v.push(id)));
            }
        }
        if let Some(owner) = filter.owner {
            wanted.push(format!("a.owner_id = {}", v.push(owner.uuid())));
        }
        if let Some(signer) = filter.to_be_signed_by {
            wanted.push(format!("w.proposed_by <> {}", v.push(signer.uuid())));
        }
        if let Some(person) = filter.offered_to {
            let person = v.push(person.uuid());
            wanted.push(format!(
                "EXISTS (SELECT 1 FROM hand_over h WHERE h.alert_id = a.id AND h.answered_at IS NULL \
                 AND h.to_person = {person} AND h.from_person = a.owner_id AND h.offered_at >= a.turn_at)"
            ));
        }
        if let Some(instant) = filter.due_before {
            wanted.push(format!("a.deadline_at < {}", v.push(domain::time::to_micros(instant))));
        }
        let order = "COALESCE(a.deadline_at, 9223372036854775807)";
        if let Some((level, due, id)) = filter.after {
            let (l, d, i) = (v.push(i64::from(level.number())), v.push(due), v.push(id.uuid()));
            wanted.push(format!(
                "(a.level < {l} OR (a.level = {l} AND ({order} > {d} OR ({order} = {d} AND a.id > {i}))))"
            ));
        }
        let limit = v.push(i64::from(filter.limit));
        let sql = format!("{SELECT} WHERE {} ORDER BY a.level DESC, {order}, a.id LIMIT {limit}", wanted.join(" AND "));
        self.all(&sql, v.into_vec()).await?.iter().map(summary).collect()
    }

    /// The one open alert of a student that exactly this circle may hear of, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_alert_of(
        &self,
        student: StudentId,
        circle: &Circle,
    ) -> Result<Option<AlertRecord>, StorageError> {
        let sql = "SELECT * FROM alert WHERE student_id = $1 AND closed_at IS NULL";
        for row in self.all(sql, vec![student.uuid().into()]).await? {
            let found = alert(&row)?;
            let left_out = self.excluded_from(found.id).await?;
            if (Circle { audience: found.audience, left_out }) == *circle {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Of the open alerts of a student that the reader may know of, the one of the highest level.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_alert_in_scope(
        &self,
        scope: &Scope,
        student: StudentId,
    ) -> Result<Option<AlertRecord>, StorageError> {
        let mut v = Values::default();
        let student = v.push(student.uuid());
        let visible = visible(scope, &mut v);
        let sql = format!(
            "SELECT a.* FROM alert a WHERE a.student_id = {student} AND a.closed_at IS NULL AND {visible} \
                     ORDER BY a.level DESC, a.confidential LIMIT 1"
        );
        self.one(&sql, v.into_vec()).await?.as_ref().map(alert).transpose()
    }

    /// An alert, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alert_for_service(&self, id: AlertId) -> Result<Option<AlertRecord>, StorageError> {
        self.one("SELECT * FROM alert WHERE id = $1", vec![id.uuid().into()]).await?.as_ref().map(alert).transpose()
    }

    /// Earlier alerts of a student, for the rules: those of which everybody in a circle may know.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn earlier_alerts(
        &self,
        student: StudentId,
        since: Timestamp,
        circle: &Circle,
    ) -> Result<Vec<EarlierAlert>, StorageError> {
        let mut v = Values::default();
        let (student, since) = (v.push(student.uuid()), v.push(domain::time::to_micros(since)));
        let known = known_to(circle, &mut v, "a", "SELECT 1 FROM alert_exclusion x WHERE x.alert_id = a.id");
        let sql = format!(
            "SELECT a.peak, a.closed_at FROM alert a WHERE a.student_id = {student} AND a.closed_at >= {since} \
             AND a.state = 'closed' AND {known}"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok(EarlierAlert { peak: super::level(r, "peak")?, at: instant(r, "closed_at")? })).collect()
    }

    /// The alerts whose clock has come, earliest first. Looks at the index of what is due, not at what is open.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn due_alerts(&self, now: Timestamp, limit: u32) -> Result<Vec<AlertId>, StorageError> {
        let sql = "SELECT id FROM alert WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "id")?))).collect()
    }
}

/// The words of SQL that say "everybody in this circle may know of it": its audience is no narrower, and nobody is left out
/// of it who is not left out here. `left_out` selects whom it leaves out, as `x`.
pub(crate) fn known_to(circle: &Circle, v: &mut Values, table: &str, left_out: &str) -> String {
    let wide: Vec<String> =
        Audience::ALL.into_iter().filter(|a| *a <= circle.audience).map(|a| v.push(a.key())).collect();
    let others = if circle.left_out.is_empty() {
        String::new()
    } else {
        format!(" AND x.person_id NOT IN ({})", v.list(circle.left_out.iter().map(|p| p.uuid())))
    };
    format!("{table}.audience IN ({}) AND NOT EXISTS ({left_out}{others})", wide.join(", "))
}

/// The words of SQL that say "this reader may know of this alert". Whoever stands in for somebody knows what that one may
/// know, and what he may know himself.
pub(crate) fn visible(scope: &Scope, v: &mut Values) -> String {
    let me = not_left_out(scope, v);
    if scope.parts.is_empty() {
        return format!("({} AND {me} AND a.sealed_at IS NULL)", reached(scope, v));
    }
    let parts: Vec<String> =
        scope.parts.iter().map(|p| format!("({} AND {})", reached(p, v), not_left_out(p, v))).collect();
    format!("(({}) AND {me} AND a.sealed_at IS NULL)", parts.join(" OR "))
}

fn not_left_out(scope: &Scope, v: &mut Values) -> String {
    let person = v.push(scope.person.map(PersonId::uuid));
    format!("NOT EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = a.id AND x.person_id = {person})")
}

/// By unit, by duty, or by the district's rung: there only while the present turn has come so far, and only while it is
/// an orange or a red; or because the district decides on it.
fn reached(scope: &Scope, v: &mut Values) -> String {
    let mut any = Vec::new();
    let units = in_units(scope, v, "a");
    let confidant = v.list(scope.confidant_schools.iter().map(|i| i.uuid()));
    let audience = format!("(a.audience = 'everyone' OR (a.audience = 'confidants' AND a.school_id IN ({confidant})))");
    any.push(format!("({units} AND {audience})"));
    if !scope.duty.is_empty() {
        let schools = v.list(scope.duty.iter().map(|i| i.uuid()));
        any.push(format!(
            "(a.school_id IN ({schools}) AND a.level >= 3 AND a.closed_at IS NULL AND a.audience = 'everyone')"
        ));
    }
    if !scope.district_rung.is_empty() {
        let districts = v.list(scope.district_rung.iter().map(|i| i.uuid()));
        any.push(format!(
            "(a.district_id IN ({districts}) AND a.tier = 'district' AND a.level >= 3 AND a.closed_at IS NULL)"
        ));
    }
    if !scope.district_alone.is_empty() {
        let districts = v.list(scope.district_alone.iter().map(|i| i.uuid()));
        any.push(format!("(a.district_id IN ({districts}) AND a.district_decides AND a.level >= 3)"));
    }
    format!("({})", any.join(" OR "))
}

fn summary(r: &sea_orm::QueryResult) -> Result<AlertSummary, StorageError> {
    Ok(AlertSummary {
        alert: alert(r)?,
        student_name: get(r, "student_name")?,
        class: crate::org::class(r)?,
        lodging: Lodging {
            seat: get(r, "seat")?,
            boards: get(r, "boards")?,
            dormitory: get(r, "dormitory")?,
            bed: get(r, "bed")?,
        },
        school: SchoolRecord {
            id: SchoolId::new(get(r, "school_id")?),
            district: DistrictId::new(get(r, "district_id")?),
            name: get(r, "school_name")?,
            duty_phone: get(r, "duty_phone")?,
            counsellor_phone: get(r, "counsellor_phone")?,
        },
        owner_name: get(r, "owner_name")?,
        proposed_by: get::<Option<Uuid>>(r, "proposed_by")?.map(PersonId::new),
    })
}
