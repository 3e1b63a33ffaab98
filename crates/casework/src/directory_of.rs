//! Who is on which rung of an alert now, for a reader to see.

use domain::directory::Directory;
use storage::{AlertRecord, Read};

use crate::climbing::units;
use crate::{CaseError, Desk};

/// The directory of an alert, as its next step would find it.
pub(crate) async fn directory_of(desk: &Desk, read: &Read<'_>, alert: &AlertRecord) -> Result<Directory, CaseError> {
    let now = desk.now();
    let mut sources = read.directory_sources(&alert.place, now).await?;
    sources.excluded = read.excluded_from(alert.id).await?;
    sources.audience = alert.audience;
    sources.contacts.retain(|c| desk.carried.contains(&c.channel));
    Ok(Directory::of(&sources, &units(&alert.place), now))
}
