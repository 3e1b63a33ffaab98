//! Finding reports that the law demands. Whoever reported finds his own, and whoever has the task of telling; others find what
//! they may hear of, in their units; the district what was told to it.

use std::collections::BTreeSet;

use domain::access::{Place, Scope};
use domain::care::Said;
use domain::directory::{Audience, Circle};
use domain::id::{AlertId, ClassId, DistrictId, EventId, GradeId, MandatoryId, PersonId, SchoolId, StudentId};
use domain::mandatory::{MandatoryReport, Recipient, Suspected, Told};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{MandatoryClock, MandatoryReader, MandatoryRecord, ToldRecord};
use crate::row::{Values, at, get, instant, maybe_instant, word};
use crate::student::{COLUMNS, TABLES, in_units, student};
use crate::{Read, StorageError};

const MOST: u32 = 200;
const REPORT: &str = "r.id AS report_id, r.class_id AS r_class, r.grade_id AS r_grade, r.school_id AS r_school, \
                      r.district_id AS r_district, h.name AS school_name, r.alert_id, r.suspicion, r.suspected, \
                      r.danger_now, r.audience, r.opened_by, r.known_at, r.opened_at, k.act_at, k.chased_at, \
                      k.breached_at, k.reminded_at, k.police_at, k.settled_at";

fn select(wanted: &str) -> String {
    format!(
        "SELECT {REPORT}, {COLUMNS} FROM {TABLES} JOIN mandatory_report r ON r.student_id = s.id \
         JOIN mandatory_clock k ON k.report_id = r.id JOIN school h ON h.id = r.school_id WHERE {wanted}"
    )
}

impl Read<'_> {
    /// A report that a reader may know of.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mandatory(
        &self,
        reader: &MandatoryReader,
        id: MandatoryId,
    ) -> Result<Option<MandatoryRecord>, StorageError> {
        let mut v = Values::default();
        let id = v.push(id.uuid());
        let visible = visible(reader, &mut v);
        let row = self.one(&select(&format!("r.id = {id} AND {visible}")), v.into_vec()).await?;
        match row {
            Some(row) => self.whole(&row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The open reports that a reader may know of, about one student or about all: those first of which the police were not
    /// told, the oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_mandatory(
        &self,
        reader: &MandatoryReader,
        of: Option<StudentId>,
    ) -> Result<Vec<MandatoryRecord>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec!["k.settled_at IS NULL".to_owned(), visible(reader, &mut v)];
        wanted.extend(of.map(|s| format!("r.student_id = {}", v.push(s.uuid()))));
        let order = "CASE WHEN k.police_at IS NULL THEN 0 ELSE 1 END, r.known_at, r.id";
        let sql = format!("{} ORDER BY {order} LIMIT {MOST}", select(&wanted.join(" AND ")));
        let mut out = Vec::new();
        for row in self.all(&sql, v.into_vec()).await? {
            out.push(self.whole(&row).await?);
        }
        Ok(out)
    }

    /// A report, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mandatory_for_service(&self, id: MandatoryId) -> Result<Option<MandatoryRecord>, StorageError> {
        match self.one(&select("r.id = $1"), vec![id.uuid().into()]).await? {
            Some(row) => self.whole(&row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The reports whose clock has come. Looks at the index of what is due, not at what is open.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn due_mandatory(&self, now: Timestamp, limit: u32) -> Result<Vec<MandatoryId>, StorageError> {
        let sql = "SELECT report_id FROM mandatory_clock WHERE act_at IS NOT NULL AND act_at <= $1 \
                   ORDER BY act_at LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(MandatoryId::new(get(r, "report_id")?))).collect()
    }

    /// Who must not hear of a report.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn left_out_of_mandatory(&self, report: Uuid) -> Result<BTreeSet<PersonId>, StorageError> {
        let sql = "SELECT person_id FROM mandatory_exclusion WHERE report_id = $1";
        let rows = self.all(sql, vec![report.into()]).await?;
        rows.iter().map(|r| Ok(PersonId::new(get(r, "person_id")?))).collect()
    }

    /// Who may hear of what is decided about a student's household: nobody whom a report about the student leaves out, and
    /// those alone whom every report about the family admits.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn circle_of_household(&self, student: StudentId) -> Result<Circle, StorageError> {
        let mut circle = Circle::default();
        let sql = "SELECT DISTINCT audience FROM mandatory_report WHERE student_id = $1 AND suspected = 'family'";
        for row in self.all(sql, vec![student.uuid().into()]).await? {
            circle.audience = circle.audience.max(word(&row, "audience", Audience::from_key)?);
        }
        let sql = "SELECT DISTINCT x.person_id FROM mandatory_exclusion x JOIN mandatory_report r ON r.id = x.report_id \
                   WHERE r.student_id = $1";
        for row in self.all(sql, vec![student.uuid().into()]).await? {
            circle.left_out.insert(PersonId::new(get(&row, "person_id")?));
        }
        Ok(circle)
    }

    async fn whole(&self, r: &QueryResult) -> Result<MandatoryRecord, StorageError> {
        let id = MandatoryId::new(get(r, "report_id")?);
        let sql = "SELECT x.person_id, x.named, p.name FROM mandatory_exclusion x JOIN person p ON p.id = x.person_id \
                   WHERE x.report_id = $1 ORDER BY p.name";
        let (mut named, mut left_out) = (Vec::new(), BTreeSet::new());
        for row in self.all(sql, vec![id.uuid().into()]).await? {
            let person = PersonId::new(get(&row, "person_id")?);
            left_out.insert(person);
            if get(&row, "named")? {
                named.push((person, get(&row, "name")?));
            }
        }
        let sql = "SELECT t.*, p.name AS by_name FROM mandatory_recipient t JOIN person p ON p.id = t.recorded_by \
                   WHERE t.report_id = $1 ORDER BY t.recorded_at, t.id LIMIT 200";
        let told = self.all(sql, vec![id.uuid().into()]).await?;
        let report = MandatoryReport {
            alert: get::<Option<Uuid>>(r, "alert_id")?.map(AlertId::new),
            suspicion: get(r, "suspicion")?,
            suspected: word(r, "suspected", Suspected::from_key)?,
            staff: named.iter().map(|(person, _)| *person).collect(),
            known_at: instant(r, "known_at")?,
            danger_now: word(r, "danger_now", Said::from_key)?,
        };
        Ok(MandatoryRecord {
            id,
            student: student(r)?,
            place: Place {
                class: ClassId::new(get(r, "r_class")?),
                grade: GradeId::new(get(r, "r_grade")?),
                school: SchoolId::new(get(r, "r_school")?),
                district: DistrictId::new(get(r, "r_district")?),
            },
            school: get(r, "school_name")?,
            report,
            named,
            circle: Circle { audience: word(r, "audience", Audience::from_key)?, left_out },
            opened_by: PersonId::new(get(r, "opened_by")?),
            opened_at: instant(r, "opened_at")?,
            clock: clock(r)?,
            told: told.iter().map(one_told).collect::<Result<_, _>>()?,
        })
    }
}

fn clock(r: &QueryResult) -> Result<MandatoryClock, StorageError> {
    Ok(MandatoryClock {
        act_at: maybe_instant(r, "act_at")?,
        chased_at: maybe_instant(r, "chased_at")?,
        breached_at: maybe_instant(r, "breached_at")?,
        reminded_at: maybe_instant(r, "reminded_at")?,
        police_at: maybe_instant(r, "police_at")?,
        settled_at: maybe_instant(r, "settled_at")?,
    })
}

fn one_told(r: &QueryResult) -> Result<ToldRecord, StorageError> {
    Ok(ToldRecord {
        id: EventId::new(get(r, "id")?),
        told: Told {
            recipient: word(r, "recipient", Recipient::from_key)?,
            at: instant(r, "told_at")?,
            office: get(r, "office")?,
            officer: get(r, "officer")?,
            receipt: get(r, "receipt")?,
            receipt_at: maybe_instant(r, "receipt_at")?,
        },
        by: (PersonId::new(get(r, "recorded_by")?), get(r, "by_name")?),
        at: instant(r, "recorded_at")?,
    })
}

/// The words of SQL that say "this reader may know of this report". Whoever it names never does, whatever else he is.
fn visible(reader: &MandatoryReader, v: &mut Values) -> String {
    let scope = &reader.scope;
    let own = v.list(reader.own.iter().map(|p| p.uuid()));
    let parts = if scope.parts.is_empty() { std::slice::from_ref(scope) } else { scope.parts.as_slice() };
    let parts: Vec<String> =
        parts.iter().map(|p| format!("({} AND {})", reached(p, v), not_left_out(p.person, v))).collect();
    let me = not_left_out(scope.person, v);
    format!(
        "((r.opened_by IN ({own}) OR EXISTS (SELECT 1 FROM task t WHERE t.record_id = r.id AND t.state = 'open' \
         AND t.owner_id IN ({own})) OR {}) AND {me})",
        parts.join(" OR ")
    )
}

fn not_left_out(person: Option<PersonId>, v: &mut Values) -> String {
    let person = v.push(person.map(PersonId::uuid));
    format!("NOT EXISTS (SELECT 1 FROM mandatory_exclusion x WHERE x.report_id = r.id AND x.person_id = {person})")
}

fn reached(scope: &Scope, v: &mut Values) -> String {
    let units = in_units(scope, v, "r");
    let confidant = v.list(scope.confidant_schools.iter().map(|i| i.uuid()));
    let mut any = vec![format!(
        "({units} AND (r.audience = 'everyone' OR (r.audience = 'confidants' AND r.school_id IN ({confidant}))))"
    )];
    if !scope.district_rung.is_empty() {
        let districts = v.list(scope.district_rung.iter().map(|i| i.uuid()));
        any.push(format!(
            "(r.district_id IN ({districts}) AND (k.breached_at IS NOT NULL OR r.audience = 'district_only'))"
        ));
    }
    format!("({})", any.join(" OR "))
}
