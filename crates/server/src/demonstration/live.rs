//! What happens while somebody looks on: within a minute of the start a red is filed, and its climb can be watched.

use std::time::Duration;

use casework::{AlertQuery, Desk, Signed};
use chrono::TimeDelta;
use domain::id::SessionId;
use domain::level::Level;
use domain::observation::FilingDraft;

use super::town::DISTRICT;

/// How long after the start.
pub(crate) const AFTER: Duration = Duration::from_secs(25);

/// Files the red, unless one is open. Whatever goes wrong is said in the log; the demonstration goes on.
pub(crate) async fn live_red(desk: &Desk) {
    tokio::time::sleep(AFTER).await;
    match file(desk).await {
        Ok(true) => tracing::info!("a red was filed: sign in as teacher or counsellor to take it"),
        Ok(false) => {}
        Err(err) => tracing::error!(error = %err, "the red of the demonstration could not be filed"),
    }
}

/// Whether it was filed.
pub(crate) async fn file(desk: &Desk) -> anyhow::Result<bool> {
    let (english, teacher) = (somebody(desk, "english").await?, somebody(desk, "teacher").await?);
    let red = AlertQuery { level: Some(Level::Red), limit: 1, ..AlertQuery::default() };
    if !casework::list_alerts(desk, &teacher, &red).await?.is_empty() {
        return Ok(false);
    }
    let class = casework::classes_for_filing(desk, &teacher).await?.into_iter().find(|(_, mine)| *mine);
    let Some((class, _)) = class else { return Ok(false) };
    let query = casework::StudentQuery { class: Some(class.id), limit: 1, ..casework::StudentQuery::default() };
    let Some(student) = casework::list_students(desk, &english, &query).await?.into_iter().next() else {
        return Ok(false);
    };
    let draft = FilingDraft {
        students: vec![(student.record.id.to_string(), "subject".to_owned())],
        observed_at: (desk.now() - TimeDelta::minutes(2)).to_rfc3339(),
        signs: vec!["says_farewell".to_owned()],
        narrative: "课后把一封信夹在作业里，写着“谢谢老师，再见了”。现在一个人在四楼走廊。".to_owned(),
        safe_now: "unknown".to_owned(),
        where_now: Some("school".to_owned()),
        ..FilingDraft::default()
    };
    casework::file_observation(desk, &english, &draft, None).await?;
    Ok(true)
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
    })
}
