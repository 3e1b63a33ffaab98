//! Referrals.

use domain::id::{PersonId, ReferralId, StudentId};
use domain::referral::{Back, Consent, Leg, Referral};
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::row::{at, get, instant, maybe_at, maybe_instant, word};
use crate::{Read, StorageError, Tx};

/// A referral.
#[derive(Debug, Clone)]
pub struct ReferralRecord {
    /// Its id.
    pub id: ReferralId,
    /// Whose.
    pub student: StudentId,
    /// What it says.
    pub referral: Referral,
    /// Who made it.
    pub by: (PersonId, String),
    /// How far it has come.
    pub leg: Leg,
    /// What came of it.
    pub outcome: Option<String>,
    /// The next visit.
    pub next_visit: Option<Timestamp>,
}

impl Tx {
    /// Adds a referral.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_referral(&mut self, r: &ReferralRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO referral (id, student_id, sent_to, reason, consent, consent_by, escort, appointment_at, \
                   made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let w = &r.referral;
        let values = vec![
            r.id.uuid().into(),
            r.student.uuid().into(),
            w.to.clone().into(),
            w.reason.clone().into(),
            w.consent.key().into(),
            w.consent_by.clone().into(),
            w.escort.clone().into(),
            at(w.appointment_at),
            r.by.0.uuid().into(),
            at(r.leg.made_at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Notes that they went. Says whether that was new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn referral_went(&mut self, id: ReferralId, when: Timestamp, by: PersonId) -> Result<bool, StorageError> {
        let sql = "UPDATE referral SET went_at = $2, went_by = $3 WHERE id = $1 AND went_at IS NULL";
        Ok(self.run(sql, vec![id.uuid().into(), at(when), by.uuid().into()]).await? > 0)
    }

    /// Notes what came of it. Says whether that was new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn referral_back(&mut self, id: ReferralId, back: &Back, by: PersonId) -> Result<bool, StorageError> {
        let sql = "UPDATE referral SET back_at = $2, back_by = $3, outcome = $4, next_visit = $5 \
                   WHERE id = $1 AND back_at IS NULL";
        let values = vec![
            id.uuid().into(),
            at(back.at),
            by.uuid().into(),
            back.outcome.clone().into(),
            maybe_at(back.next_visit),
        ];
        Ok(self.run(sql, values).await? > 0)
    }
}

impl Read<'_> {
    /// The referrals of a student, the latest first. Whoever asks has found the student.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn referrals(&self, student: StudentId) -> Result<Vec<ReferralRecord>, StorageError> {
        let sql = "SELECT r.*, p.name AS by_name FROM referral r JOIN person p ON p.id = r.made_by \
                   WHERE r.student_id = $1 ORDER BY r.made_at DESC, r.id DESC LIMIT 100";
        self.all(sql, vec![student.uuid().into()]).await?.iter().map(referral).collect()
    }
}

fn referral(r: &QueryResult) -> Result<ReferralRecord, StorageError> {
    Ok(ReferralRecord {
        id: ReferralId::new(get(r, "id")?),
        student: StudentId::new(get(r, "student_id")?),
        referral: Referral {
            to: get(r, "sent_to")?,
            reason: get(r, "reason")?,
            consent: word(r, "consent", Consent::from_key)?,
            consent_by: get(r, "consent_by")?,
            escort: get(r, "escort")?,
            appointment_at: instant(r, "appointment_at")?,
        },
        by: (PersonId::new(get(r, "made_by")?), get(r, "by_name")?),
        leg: Leg {
            made_at: instant(r, "made_at")?,
            went_at: maybe_instant(r, "went_at")?,
            back_at: maybe_instant(r, "back_at")?,
        },
        outcome: get(r, "outcome")?,
        next_visit: maybe_instant(r, "next_visit")?,
    })
}
