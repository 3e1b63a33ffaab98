//! What follows from low mood in a report: the class teacher talks, later the counsellor. Tasks, each given once for each time of
//! low mood; never an alert.

use domain::directory::Office;
use domain::id::PersonId;
use domain::report::{ClassReport, LowTime, Week};
use domain::task::TaskKind;
use storage::{LowTimeRecord, StudentRecord, Tx};

use crate::task::{Wanted, directory_for, give_by_service};
use crate::{CaseError, Desk, Signed};

const TALK: &str = "周报显示情绪低落已持续多日：请和他谈一谈，并写下谈了什么。有危险请立即报告。";
const COUNSELLOR: &str = "周报显示情绪低落已持续一周左右：请约谈，并写下情况。有危险请立即报告。";

/// Gives the tasks that follow from a report of a class.
pub(super) async fn follow_moods(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    week: Week,
    report: &ClassReport,
    students: &[StudentRecord],
) -> Result<(), CaseError> {
    let (today, terms) = (desk.calendar.date(desk.now()), desk.policy_in_force().await?.1.mood.clone());
    let low = report.students.iter().filter(|l| l.mood.is_low());
    for (line, since) in low.filter_map(|l| Some((l, l.low_since?))) {
        let Some(student) = students.iter().find(|s| s.id == line.student) else { continue };
        tx.alone_with_student(student.id).await?;
        let last = tx.read()?.last_low_time(student.id).await?;
        let on = last.and_then(|l| Some(LowTimeRecord { time: l.time.going_on(since, week)?, ..l }));
        let mut record = on.unwrap_or_else(|| LowTimeRecord {
            id: desk.ids.uuid(),
            student: student.id,
            time: LowTime { began: since, last: week },
            talk: None,
            counsellor: None,
        });
        let days = record.time.days(week, today);
        let due_at = terms.due.after(desk.now(), &desk.calendar);
        let wanted = |owner: PersonId, text: &str| Wanted {
            alert: None,
            record: Some(record.id),
            kind: TaskKind::LookIn,
            text: text.to_owned(),
            restricted: false,
            owner,
            from: None,
            due_at,
        };
        let talk = (days >= terms.talk_days && record.talk.is_none()).then(|| wanted(by.person(), TALK));
        let counsellor = if days >= terms.counsellor_days && record.counsellor.is_none() {
            counsellor_of(desk, tx, student).await?.map(|owner| wanted(owner, COUNSELLOR))
        } else {
            None
        };
        if let Some(task) = talk {
            record.talk = Some(give_by_service(desk, tx, student, task).await?);
        }
        if let Some(task) = counsellor {
            record.counsellor = Some(give_by_service(desk, tx, student, task).await?);
        }
        tx.put_low_time(&record).await?;
    }
    Ok(())
}

/// The counsellor; where a school has none, whoever stands above.
async fn counsellor_of(desk: &Desk, tx: &Tx, student: &StudentRecord) -> Result<Option<PersonId>, CaseError> {
    let directory = directory_for(desk, tx, &student.place(), None, None).await?;
    let tiers = [Office::Counsellor, Office::VicePrincipal, Office::Principal].map(|o| directory.people(&[o]));
    Ok(tiers.into_iter().flatten().next().map(|entry| entry.person))
}
