//! Who is on which rung of an alert now, for a reader to see.

use domain::access::Place;
use domain::directory::{Circle, Directory};
use storage::{AlertRecord, Read};

use crate::climbing::units;
use crate::{CaseError, Desk};

/// The directory of an alert, as its next step would find it.
pub(crate) async fn directory_of(desk: &Desk, read: &Read<'_>, alert: &AlertRecord) -> Result<Directory, CaseError> {
    let left_out = read.excluded_from(alert.id).await?;
    directory_of_circle(desk, read, &alert.place, &Circle { audience: alert.audience, left_out }).await
}

/// The directory of what a circle may hear of at a place, before there is an alert.
pub(crate) async fn directory_of_circle(
    desk: &Desk,
    read: &Read<'_>,
    place: &Place,
    circle: &Circle,
) -> Result<Directory, CaseError> {
    let now = desk.now();
    let mut sources = read.directory_sources(place, now).await?;
    sources.excluded = circle.left_out.clone();
    sources.audience = circle.audience;
    sources.contacts.retain(|c| desk.carried.contains(&c.channel));
    Ok(Directory::of(&sources, &units(place), now))
}
