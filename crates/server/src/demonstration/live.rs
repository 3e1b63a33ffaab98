//! What happens while somebody looks on: within a minute of the start a red is filed, and its climb can be watched.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use casework::{AlertQuery, Desk, Signed, StudentQuery};
use chrono::TimeDelta;
use domain::id::{SessionId, StudentId};
use domain::observation::FilingDraft;

use super::town::DISTRICT;

/// How long after the start: filling an empty demonstration counts in.
const AFTER: Duration = Duration::from_secs(25);
/// Somebody has time to open the page all the same.
const AT_LEAST: Duration = Duration::from_secs(5);
const LARGEST_CLASS: u32 = 200;
const MOST_ALERTS: u32 = 5_000;

/// Files the red. Whatever goes wrong is said in the log; the demonstration goes on.
pub(crate) async fn live_red(desk: &Desk, began: Instant) {
    tokio::time::sleep(AFTER.saturating_sub(began.elapsed()).max(AT_LEAST)).await;
    match file(desk).await {
        Ok(true) => tracing::info!("a red was filed: sign in as teacher or counsellor to take it"),
        Ok(false) => tracing::warn!("every student has an open alert: start over with --reset"),
        Err(err) => tracing::error!(error = %err, "the red of the demonstration could not be filed"),
    }
}

/// Files a red about a student who has no open alert, in the teacher's class as long as there is one. Says whether
/// there was anybody.
pub(crate) async fn file(desk: &Desk) -> anyhow::Result<bool> {
    let (english, teacher) = (somebody(desk, "english").await?, somebody(desk, "teacher").await?);
    let counsellor = somebody(desk, "counsellor").await?;
    let open = AlertQuery { limit: MOST_ALERTS, ..AlertQuery::default() };
    let open = casework::list_alerts(desk, &counsellor, &open).await?;
    let busy: BTreeSet<StudentId> = open.iter().map(|(s, _)| s.alert.student).collect();
    let mut classes = casework::classes_for_filing(desk, &teacher).await?;
    classes.sort_by_key(|(_, mine)| !*mine);
    for (class, _) in classes {
        let query = StudentQuery { class: Some(class.id), limit: LARGEST_CLASS, ..StudentQuery::default() };
        let students = casework::list_students(desk, &english, &query).await?;
        if let Some(free) = students.into_iter().find(|s| !busy.contains(&s.record.id)) {
            casework::file_observation(desk, &english, &farewell(desk, free.record.id), None).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

fn farewell(desk: &Desk, student: StudentId) -> FilingDraft {
    FilingDraft {
        students: vec![(student.to_string(), "subject".to_owned())],
        observed_at: (desk.now() - TimeDelta::minutes(2)).to_rfc3339(),
        signs: vec!["says_farewell".to_owned()],
        narrative: "课后把一封信夹在作业里，写着“谢谢老师，再见了”。现在一个人在四楼走廊。".to_owned(),
        safe_now: "unknown".to_owned(),
        where_now: Some("school".to_owned()),
        ..FilingDraft::default()
    }
}

async fn somebody(desk: &Desk, login: &str) -> anyhow::Result<Signed> {
    let record = desk.storage.read().sign_in_record(login).await?;
    let record = record.ok_or_else(|| anyhow::anyhow!("{DISTRICT}: nobody is called {login}"))?;
    Ok(Signed {
        actor: desk.storage.read().actor(record.id, desk.now()).await?,
        name: record.name,
        session: SessionId::new(desk.ids.uuid()),
        expires_at: desk.now() + TimeDelta::hours(1),
        request: None,
        first_password: false,
    })
}
