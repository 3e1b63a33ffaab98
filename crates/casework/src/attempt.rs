//! One try of a password, when somebody signs in and when he changes it: counted before it is looked at, and slower with
//! every wrong one.

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::TimeDelta;
use domain::audit::Act;
use domain::id::PersonId;
use storage::{AuditEntry, Delay, SignInRecord};

use crate::desk::PasswordCost;
use crate::password_queue::Lane;
use crate::signed::hash_of;
use crate::{CaseError, Desk};

const FREE_FAILURES: u32 = 3;
const LONGEST_DELAY_SECONDS: i64 = 1_200;

/// One try of a password.
pub(crate) struct Attempt<'a> {
    desk: &'a Desk,
    login: String,
    /// Whose wrong passwords are counted together.
    subject: String,
    lane: Lane,
    request: Option<String>,
}

impl<'a> Attempt<'a> {
    /// At a login, from a device that has signed in to it before or from any other.
    pub(crate) fn at(desk: &'a Desk, login: &str, device: Option<&str>, request: Option<String>) -> Self {
        let login = login.trim().to_lowercase();
        let (subject, lane) = match device {
            Some(device) => (format!("{login}/{}", hash_of(device)), Lane::Known),
            None => (login.clone(), Lane::Stranger(login.clone())),
        };
        Self { desk, login, subject, lane, request }
    }

    /// The same one with what else it takes: wrong ones of that are counted apart, and a right password forgets none.
    pub(crate) fn beside(&self, subject: String) -> Self {
        let (desk, login, lane, request) = (self.desk, self.login.clone(), self.lane.clone(), self.request.clone());
        Self { desk, login, subject, lane, request }
    }

    pub(crate) fn lane(&self) -> &Lane {
        &self.lane
    }

    /// Under what its wrong passwords are forgotten once there was a right one.
    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    /// Waits for its turn and looks at the password: the account, if there is one, and whether it is its password.
    pub(crate) async fn look(&self, password: &str) -> Result<(Option<SignInRecord>, bool), CaseError> {
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
        Ok((record, right))
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
    pub(crate) async fn reserve(&self) -> Result<(), CaseError> {
        let mut tx = self.desk.storage.begin().await?;
        tx.alone_with_attempts(&self.subject).await?;
        let before = tx.read()?.delay(&self.subject).await?;
        let failures = self.free(before)?.saturating_add(1);
        let delay = Delay { failures, free_at: self.desk.real_now() + TimeDelta::seconds(wait_after(failures)) };
        tx.set_delay(&self.subject, delay).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) fn line(&self, act: Act, person: Option<PersonId>, object: Option<String>) -> AuditEntry {
        let (id, at, request) = (self.desk.ids.uuid(), self.desk.now(), self.request.clone());
        AuditEntry { id, at, person, act, student: None, object, detail: None, request }
    }
}

/// How long to wait after so many wrong passwords, in seconds. Of an account no more than a hundred are looked at in a day.
fn wait_after(failures: u32) -> i64 {
    let beyond = failures.saturating_sub(FREE_FAILURES);
    if beyond == 0 { 0 } else { 2_i64.saturating_pow(beyond.min(20)).min(LONGEST_DELAY_SECONDS) }
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
