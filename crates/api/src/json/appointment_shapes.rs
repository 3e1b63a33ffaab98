//! Positions that were proposed or given, as they are sent and shown.

use casework::AppointmentView;
use domain::staff::Role;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Fields, FromFields};
use super::people::unit;
use super::shapes::{Named, PositionShape, rfc3339};

/// A position that somebody is to have.
#[derive(Debug, ToSchema)]
pub(crate) struct PositionBody {
    /// The role.
    role: String,
    /// The unit's id.
    unit: String,
    /// Heads the unit.
    #[schema(default = false)]
    lead: bool,
}

impl FromFields for PositionBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { role: f.text("role"), unit: f.text("unit"), lead: f.flag("lead").unwrap_or_default() }
    }
}

impl PositionBody {
    pub(crate) fn draft(&self) -> casework::PositionDraft {
        casework::PositionDraft { role: Role::from_key(&self.role), unit: unit(&self.unit), lead: self.lead }
    }
}

/// Why a position is refused.
#[derive(Debug, ToSchema)]
pub(crate) struct RefusePositionBody {
    /// In words.
    pub(crate) reason: String,
}

impl FromFields for RefusePositionBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { reason: f.text("reason") }
    }
}

/// A position that was proposed or given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppointmentShape {
    /// The id.
    id: String,
    /// Whose.
    person: Named,
    /// What it is.
    #[serde(flatten)]
    position: PositionShape,
    /// Heads the unit.
    lead: bool,
    /// What became of it. One that waits is no position: its holder reads and does nothing by it.
    state: String,
    /// Who proposed it; nobody where it was given on the machine itself.
    proposed_by: Option<Named>,
    /// When.
    proposed_at: String,
    /// Who confirmed or refused it.
    decided_by: Option<Named>,
    /// When.
    decided_at: Option<String>,
    /// Why it was refused.
    reason: Option<String>,
    /// Whether the account still has its first password, which whoever added it knows.
    first_password: bool,
    /// When the password was last changed; null where that was never, or is not on record.
    password_set_at: Option<String>,
    /// Whether it was changed with the word that somebody who confirmed handed over; null where no administrator ever knew one.
    password_vouched: Option<bool>,
    /// Whether the caller confirms or refuses it.
    may_decide: bool,
}

impl From<&AppointmentView> for AppointmentShape {
    fn from(v: &AppointmentView) -> Self {
        let r = &v.record;
        Self {
            id: r.id.to_string(),
            person: Named::new(r.person.0, &r.person.1),
            position: (&v.position).into(),
            lead: r.lead,
            state: r.state.key().to_owned(),
            proposed_by: r.proposed_by.as_ref().map(|(id, name)| Named::new(id, name)),
            proposed_at: rfc3339(r.proposed_at),
            decided_by: r.decided.as_ref().map(|((id, name), _)| Named::new(id, name)),
            decided_at: r.decided.as_ref().map(|(_, at)| rfc3339(*at)),
            reason: r.reason.clone(),
            first_password: r.first_password,
            password_set_at: r.password_set_at.map(rfc3339),
            password_vouched: r.vouched,
            may_decide: v.may_decide,
        }
    }
}

/// A position that was confirmed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConfirmedShape {
    /// What it is.
    #[serde(flatten)]
    pub(crate) appointment: AppointmentShape,
    /// The word with which its owner ends the first password, to be handed over in person: said once. Null where none is needed.
    pub(crate) word: Option<String>,
}

/// A word to be handed over in person.
#[derive(Serialize, ToSchema)]
pub(crate) struct HandOverWord {
    /// The word: said once. Any before it is over.
    pub(crate) word: String,
}

/// Positions that were proposed or given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Appointments {
    /// This page, the newest first.
    pub(crate) items: Vec<AppointmentShape>,
    /// Where it ended, if there is more.
    pub(crate) next_cursor: Option<String>,
}

/// Somebody who was added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddedPersonShape {
    /// The id.
    id: String,
    /// The name.
    name: String,
    /// What he is to be. Where it waits he can sign in, and reads and does nothing.
    appointment: AppointmentShape,
}

impl From<&AppointmentView> for AddedPersonShape {
    fn from(v: &AppointmentView) -> Self {
        Self { id: v.record.person.0.to_string(), name: v.record.person.1.clone(), appointment: v.into() }
    }
}
