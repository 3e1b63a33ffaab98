//! Somebody who is signed in: looked up at every request, so that a change of position or a sign-out holds from the
//! next request on.

use chrono::TimeDelta;
use domain::access::{Actor, Right, Scope};
use domain::audit::Act;
use domain::id::{PersonId, SessionId, StudentId};
use sha2::{Digest, Sha256};
use storage::AuditEntry;

use crate::{CaseError, Desk};

const TOUCH_SECONDS: i64 = 60;

/// A signed-in person, for one request.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who, with what positions.
    pub actor: Actor,
    /// The name.
    pub name: String,
    /// The session.
    pub session: SessionId,
    /// When the session ends.
    pub expires_at: domain::time::Timestamp,
    /// The request that this is for.
    pub request: Option<String>,
    /// Whether the account still has its first password, which somebody else knows.
    pub first_password: bool,
}

/// What a session opens while its account still has its first password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Nothing: what whoever made the account could do as well.
    OwnersAlone,
    /// The same as with any other: what may not wait until the password is changed.
    FirstPassword,
}

impl Signed {
    /// The person.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.actor.person
    }

    /// The scope of a right.
    #[must_use]
    pub fn scope(&self, desk: &Desk, right: Right) -> Scope {
        self.actor.scope(right, desk.now())
    }

    pub(crate) fn audit(
        &self,
        desk: &Desk,
        act: Act,
        student: Option<StudentId>,
        object: Option<String>,
    ) -> AuditEntry {
        AuditEntry {
            id: desk.ids.uuid(),
            at: desk.now(),
            person: Some(self.person()),
            act,
            student,
            object,
            // Whoever added the account could have done it as well.
            detail: self.first_password.then(|| "first_password".to_owned()),
            request: self.request.clone(),
        }
    }
}

/// The hash under which a session's secret is stored.
pub(crate) fn hash_of(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        use std::fmt::Write;
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// Looks a session up by its secret.
///
/// # Errors
/// [`CaseError::NotSignedIn`] when there is none, or it has ended, or its account is closed;
/// [`CaseError::PasswordChangeRequired`] where its account has its first password, and that does not open this.
pub async fn authenticate(
    desk: &Desk,
    secret: &str,
    kind: &str,
    request: Option<String>,
    opening: Opening,
) -> Result<Signed, CaseError> {
    let now = desk.real_now();
    let read = desk.storage.read();
    let session = read.session(&hash_of(secret)).await?.ok_or(CaseError::NotSignedIn)?;
    let idle = TimeDelta::minutes(i64::from(desk.sessions.idle_minutes));
    let over = session.revoked_at.is_some() || session.disabled || now >= session.expires_at;
    if over || session.kind != kind || now - session.last_seen_at >= idle {
        return Err(CaseError::NotSignedIn);
    }
    if session.first_password && opening == Opening::OwnersAlone {
        return Err(CaseError::PasswordChangeRequired);
    }
    if now - session.last_seen_at >= TimeDelta::seconds(TOUCH_SECONDS) {
        let mut tx = desk.storage.begin().await?;
        tx.touch_session(session.id, now).await?;
        tx.commit().await?;
    }
    let actor = read.actor(session.person, desk.now()).await?;
    let (name, id, expires_at, first_password) = (session.name, session.id, session.expires_at, session.first_password);
    Ok(Signed { actor, name, session: id, expires_at, request, first_password })
}
