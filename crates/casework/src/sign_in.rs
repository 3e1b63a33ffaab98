//! Signing in and out. Wrong passwords cost time, per account and per device, never per address: a school is one
//! address. A known device is not slowed by what strangers do to the account.

use chrono::TimeDelta;
use domain::audit::Act;
use domain::id::{PersonId, SessionId};
use domain::password::LONGEST_BYTES;
use domain::text::has_control;
use domain::time::Timestamp;
use storage::{SessionRecord, SignInRecord};

use crate::attempt::Attempt;
use crate::signed::{hash_of, hex};
use crate::{CaseError, Desk};

/// The longest login that is looked at, in bytes.
const LONGEST_LOGIN: usize = 256;

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// Pages, in a browser.
    Page,
    /// The API.
    Api,
}

impl SessionKind {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
        }
    }
}

/// A session that has just begun.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// Its secret, handed out once.
    pub secret: String,
    /// Whose.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Signs somebody in. `device` tells apart the devices that have signed in to this account before.
///
/// # Errors
/// [`CaseError::InvalidCredentials`], [`CaseError::TooMany`] or [`CaseError::Busy`].
pub async fn sign_in(
    desk: &Desk,
    login: &str,
    password: &str,
    device: Option<&str>,
    kind: SessionKind,
    request: Option<String>,
) -> Result<NewSession, CaseError> {
    if login.len() > LONGEST_LOGIN || password.len() > LONGEST_BYTES || has_control(login) {
        return Err(CaseError::InvalidCredentials);
    }
    let attempt = Attempt::at(desk, login, device, request);
    desk.passwords.with_place(attempt.lane(), try_it(desk, &attempt, password, kind)).await
}

async fn try_it(
    desk: &Desk,
    attempt: &Attempt<'_>,
    password: &str,
    kind: SessionKind,
) -> Result<NewSession, CaseError> {
    let (record, right) = attempt.look(password).await?;
    let known = record.as_ref().map(|r| r.id);
    match record.filter(|r| right && !r.disabled) {
        Some(record) => begin(desk, attempt, record, kind).await,
        None => refuse(desk, attempt, known).await,
    }
}

async fn begin(
    desk: &Desk,
    attempt: &Attempt<'_>,
    record: SignInRecord,
    kind: SessionKind,
) -> Result<NewSession, CaseError> {
    let now = desk.real_now();
    let secret = hex(&desk.ids.secret());
    let session = SessionRecord {
        id: SessionId::new(desk.ids.uuid()),
        token_hash: hash_of(&secret),
        kind: kind.key().to_owned(),
        person: record.id,
        name: record.name.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + TimeDelta::minutes(i64::from(desk.sessions.longest_minutes)),
        revoked_at: None,
        disabled: false,
        first_password: false,
    };
    let mut tx = desk.storage.begin().await?;
    if !tx.add_session(&session, &record.password_hash).await? {
        // The password was changed while this one was looked at.
        drop(tx);
        return refuse(desk, attempt, Some(record.id)).await;
    }
    tx.clear_delay(attempt.subject()).await?;
    tx.audit(&[attempt.line(Act::SignIn, Some(record.id), Some(session.id.to_string()))]).await?;
    tx.commit().await?;
    Ok(NewSession { id: session.id, secret, person: record.id, name: record.name, expires_at: session.expires_at })
}

/// Nobody has signed in: the account that was tried is an object of the line, not its person.
async fn refuse(desk: &Desk, attempt: &Attempt<'_>, account: Option<PersonId>) -> Result<NewSession, CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[attempt.line(Act::SignInRefused, None, account.map(|id| id.to_string()))]).await?;
    tx.commit().await?;
    Err(CaseError::InvalidCredentials)
}

/// Ends a session: its secret is refused from the next request on.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(desk: &Desk, signed: &crate::Signed) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    tx.revoke_session(signed.session, desk.real_now()).await?;
    tx.audit(&[signed.audit(desk, Act::SignOut, None, Some(signed.session.to_string()))]).await?;
    Ok(tx.commit().await?)
}
