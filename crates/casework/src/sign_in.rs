//! Signing in and out. Wrong passwords cost time, per account and per device, never per address: a school is one
//! address. A known device is not slowed by what strangers do to the account.

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::TimeDelta;
use domain::audit::Act;
use domain::id::{PersonId, SessionId};
use domain::text::has_control;
use domain::time::Timestamp;
use storage::{AuditEntry, Delay, SessionRecord, SignInRecord};

use crate::desk::PasswordCost;
use crate::password_queue::Lane;
use crate::signed::{hash_of, hex};
use crate::{CaseError, Desk};

const FREE_FAILURES: u32 = 3;
const LONGEST_DELAY_SECONDS: i64 = 1_200;
/// The longest login and password that are looked at, in bytes.
const LONGEST: usize = 256;

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
    if login.len() > LONGEST || password.len() > LONGEST || has_control(login) {
        return Err(CaseError::InvalidCredentials);
    }
    let login = login.trim().to_lowercase();
    let (subject, lane) = match device {
        Some(device) => (format!("{login}/{}", hash_of(device)), Lane::Known),
        None => (login.clone(), Lane::Stranger(login.clone())),
    };
    let attempt = Attempt { desk, login, subject, lane, request };
    desk.passwords.with_place(&attempt.lane, attempt.sign_in(password, kind)).await
}

/// One try of a password.
struct Attempt<'a> {
    desk: &'a Desk,
    login: String,
    /// Whose wrong passwords are counted together.
    subject: String,
    lane: Lane,
    request: Option<String>,
}

impl Attempt<'_> {
    async fn sign_in(&self, password: &str, kind: SessionKind) -> Result<NewSession, CaseError> {
        let desk = self.desk;
        // Whoever has to wait does not stand in the line.
        self.free(desk.storage.read().delay(&self.subject).await?)?;
        let turn = desk.passwords.turn(&self.lane).await?;
        self.reserve().await?;
        let record = desk.storage.read().sign_in_record(&self.login).await?;
        let hash = record.as_ref().map_or_else(|| dummy(desk.cost), |r| r.password_hash.clone());
        let typed = password.to_owned();
        let right = tokio::task::spawn_blocking(move || verify(&hash, &typed)).await.map_err(|_| CaseError::Busy)?;
        drop(turn);
        let known = record.as_ref().map(|r| r.id);
        match record.filter(|r| right && !r.disabled) {
            Some(record) => self.begin(record, kind).await,
            None => self.refuse(known).await,
        }
    }

    fn free(&self, delay: Option<Delay>) -> Result<u32, CaseError> {
        let now = self.desk.real_now();
        if let Some(free_at) = delay.map(|d| d.free_at).filter(|at| *at > now) {
            let left = (free_at - now).num_milliseconds();
            return Err(CaseError::TooMany { seconds: (left + 999) / 1_000 });
        }
        Ok(delay.map_or(0, |d| d.failures))
    }

    /// Counts the attempt as a wrong one before it is looked at: of many at once, each finds those before it.
    async fn reserve(&self) -> Result<(), CaseError> {
        let mut tx = self.desk.storage.begin().await?;
        tx.alone_with_attempts(&self.subject).await?;
        let before = tx.read()?.delay(&self.subject).await?;
        let failures = self.free(before)?.saturating_add(1);
        let delay = Delay { failures, free_at: self.desk.real_now() + TimeDelta::seconds(wait_after(failures)) };
        tx.set_delay(&self.subject, delay).await?;
        Ok(tx.commit().await?)
    }

    async fn begin(&self, record: SignInRecord, kind: SessionKind) -> Result<NewSession, CaseError> {
        let (desk, now) = (self.desk, self.desk.real_now());
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
        };
        let mut tx = desk.storage.begin().await?;
        tx.add_session(&session).await?;
        tx.clear_delay(&self.subject).await?;
        tx.audit(&[self.line(Act::SignIn, Some(record.id), Some(session.id.to_string()))]).await?;
        tx.commit().await?;
        Ok(NewSession { id: session.id, secret, person: record.id, name: record.name, expires_at: session.expires_at })
    }

    /// Nobody has signed in: the account that was tried is an object of the line, not its person.
    async fn refuse(&self, account: Option<PersonId>) -> Result<NewSession, CaseError> {
        let mut tx = self.desk.storage.begin().await?;
        tx.audit(&[self.line(Act::SignInRefused, None, account.map(|id| id.to_string()))]).await?;
        tx.commit().await?;
        Err(CaseError::InvalidCredentials)
    }

    fn line(&self, act: Act, person: Option<PersonId>, object: Option<String>) -> AuditEntry {
        let (id, at, request) = (self.desk.ids.uuid(), self.desk.now(), self.request.clone());
        AuditEntry { id, at, person, act, student: None, object, detail: None, request }
    }
}

/// How long to wait after so many wrong passwords, in seconds. Of an account no more than a hundred are looked at in a day.
fn wait_after(failures: u32) -> i64 {
    let beyond = failures.saturating_sub(FREE_FAILURES);
    if beyond == 0 { 0 } else { 2_i64.saturating_pow(beyond.min(20)).min(LONGEST_DELAY_SECONDS) }
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

fn hasher(cost: PasswordCost) -> Argon2<'static> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password with a salt of the seam.
pub(crate) async fn hash(desk: &Desk, password: &str) -> Result<String, CaseError> {
    let (cost, password, secret) = (desk.cost, password.to_owned(), desk.ids.secret());
    let hashed = desk.with_password(move || hash_now(cost, &password, &secret)).await?;
    hashed.ok_or(CaseError::Busy)
}

fn hash_now(cost: PasswordCost, password: &str, secret: &[u8]) -> Option<String> {
    let salt = secret.get(..16)?;
    hasher(cost).hash_password_with_salt(password.as_bytes(), salt).ok().map(|h| h.to_string())
}

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|h| Argon2::default().verify_password(password.as_bytes(), &h).is_ok())
}

/// What an unknown login is checked against, so that it takes as long as a known one.
fn dummy(cost: PasswordCost) -> String {
    static DUMMY: OnceLock<String> = OnceLock::new();
    DUMMY.get_or_init(|| hash_now(cost, "nobody has this password", &[7; 32]).unwrap_or_default()).clone()
}
