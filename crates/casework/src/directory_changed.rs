//! Somebody else can be told from now on: every open alert that he is near to hears of it, and its next step finds him.

use domain::id::{PersonId, SchoolId};
use storage::Tx;

use crate::{CaseError, Desk};

/// Under this name it is kept how far the beginnings of turns and deputations have been looked at.
const LOOKED: &str = "directory";

/// Tells the open alerts of some schools.
pub(crate) async fn tell_schools(desk: &Desk, tx: &mut Tx, schools: &[SchoolId]) -> Result<(), CaseError> {
    for school in schools {
        for alert in tx.read()?.open_alerts_of(*school).await? {
            tx.signal_directory(desk.ids.uuid(), alert, desk.now()).await?;
        }
        if let Some(drill) = tx.read()?.running_drill_of(*school).await? {
            tx.signal_directory(desk.ids.uuid(), domain::drill::subject(drill.id), desk.now()).await?;
        }
    }
    Ok(())
}

/// Tells the open alerts of every school that somebody works for.
pub(crate) async fn tell_schools_of(desk: &Desk, tx: &mut Tx, person: PersonId) -> Result<(), CaseError> {
    let schools = tx.read()?.schools_of(person, desk.now()).await?;
    tell_schools(desk, tx, &schools).await
}

/// Turns of duty and deputations that were set before begin now: the alerts that are open then hear of them.
pub(crate) async fn note_what_began(desk: &Desk) -> Result<(), CaseError> {
    let now = desk.now();
    let Some(last) = desk.storage.read().last_beat(LOOKED).await? else {
        let mut tx = desk.storage.begin().await?;
        tx.beat(LOOKED, now).await?;
        return Ok(tx.commit().await?);
    };
    let begun = desk.storage.read().begun(last, now).await?;
    if begun.is_empty() {
        return Ok(());
    }
    let mut tx = desk.storage.begin().await?;
    for (person, school, _) in &begun {
        match school {
            Some(school) => tell_schools(desk, &mut tx, &[*school]).await?,
            None => tell_schools_of(desk, &mut tx, *person).await?,
        }
    }
    tx.beat(LOOKED, now).await?;
    Ok(tx.commit().await?)
}
