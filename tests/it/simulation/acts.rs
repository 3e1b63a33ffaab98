//! What people do.

use casework::{CaseError, CodeAnswer, CodeHolder, DeputyDraft, IdempotencyKey, Signed};
use chrono::TimeDelta;
use domain::id::{AlertId, ObservationId, PersonId, SessionId, StudentId};
use domain::observation::FilingDraft;
use domain::time::Clock;
use notifier::{AuditClocks, Auditor};

use super::life::Life;

const REPORTERS: [&str; 4] = ["subject", "dorm", "teacher", "nurse"];
const OFFICES: [&str; 8] = ["teacher", "grade", "counsellor", "vice", "principal", "duty", "district", "district-lead"];

/// A filing, answered or not.
#[derive(Debug, Clone)]
pub(super) struct Filing {
    pub(super) by: &'static str,
    pub(super) student: StudentId,
    pub(super) level: u8,
    pub(super) draft: FilingDraft,
    pub(super) key: String,
    /// The observation, once it was answered.
    pub(super) answered: Option<ObservationId>,
}

impl Life {
    /// Somebody, as he is signed in now.
    async fn signed(&self, login: &str) -> Option<Signed> {
        let person: PersonId = self.town.person(login);
        let now = self.clock.now();
        let actor = self.plain.read().actor(person, now).await.ok()?;
        let session = SessionId::new(person.uuid());
        let expires_at = now + TimeDelta::hours(8);
        Some(Signed { actor, name: login.to_owned(), session, expires_at, request: None, first_password: false })
    }

    /// Somebody files an observation.
    pub(super) async fn file(&mut self) {
        let (class, seat) = (self.dice.below(2), self.dice.below(3));
        let student = self.town.student(0, usize::try_from(class).unwrap(), usize::try_from(seat).unwrap());
        let level = self.dice.weighed(&[(40, 4_u8), (20, 3), (20, 2), (20, 1)]);
        let by = *self.dice.one(&REPORTERS);
        let draft = FilingDraft {
            students: vec![(student.to_string(), "subject".to_owned())],
            observed_at: self.clock.now().to_rfc3339(),
            signs: vec![tests::sign(level)],
            safe_now: "yes".to_owned(),
            where_now: Some("school".to_owned()),
            ..FilingDraft::default()
        };
        let key = format!("key-{}", self.filings.len());
        self.filings.push(Filing { by, student, level, draft, key, answered: None });
        self.send_filing(self.filings.len() - 1).await;
    }

    /// Whoever was not answered sends the same again, with the same key.
    pub(super) async fn repeat(&mut self) {
        let n = self.dice.below(self.filings.len() as u64);
        self.send_filing(usize::try_from(n).unwrap()).await;
    }

    /// Everybody who was not answered does so, and is.
    pub(super) async fn repeat_all(&mut self) {
        for n in 0..self.filings.len() {
            self.send_filing(n).await;
            assert!(self.filings[n].answered.is_some(), "filing {n} is not answered although all is well");
        }
    }

    async fn send_filing(&mut self, n: usize) {
        let filing = self.filings[n].clone();
        let Some(by) = self.signed(filing.by).await else { return };
        let key = IdempotencyKey::new(&filing.key, "file", filing.key.as_bytes());
        let said = casework::file_observation(&self.service.desk, &by, &filing.draft, Some(&key)).await;
        match said {
            Ok(filed) => {
                assert!(filing.answered.is_none_or(|id| id == filed.id), "the same key gave two observations");
                self.tell(&format!("{} files {} (level {}): kept", filing.by, filing.key, filing.level));
                self.filings[n].answered = Some(filed.id);
            }
            // The machine's clock went back since he saw it: he is told, and says the time that the machine believes in.
            Err(CaseError::Invalid(faults)) => {
                let said: Vec<(&str, &str)> = faults.iter().map(|f| (f.field.as_str(), f.code)).collect();
                assert_eq!(said, [("observed_at", "in_the_future")]);
                self.tell(&format!("{} files {}: that time has not come yet", filing.by, filing.key));
                self.filings[n].draft.observed_at = self.clock.now().to_rfc3339();
                Box::pin(self.send_filing(n)).await;
            }
            Err(err) => {
                self.tell(&format!("{} files {} (level {}): {err}", filing.by, filing.key, filing.level));
            }
        }
    }

    /// Somebody takes an alert, says who is with the child, assesses it, or is still worried.
    pub(super) async fn act(&mut self) {
        let Some((alert, decision)) = self.some_alert().await else { return };
        let login = *self.dice.one(&OFFICES);
        let Some(by) = self.signed(login).await else { return };
        let desk = &self.service.desk;
        let (what, done) = match self.dice.below(4) {
            0 | 1 => ("takes it", casework::acknowledge_alert(desk, &by, alert, None).await.is_ok()),
            2 => {
                let since = self.clock.now().to_rfc3339();
                let said = casework::record_custody(desk, &by, alert, "王老师", &since, "教室", None).await;
                ("says who is with the child", said.is_ok())
            }
            _ => {
                let level = u8::try_from(self.dice.between(1, 4)).unwrap();
                let said = casework::assess_alert(desk, &by, alert, decision, Some(level), "问过了", Some(true)).await;
                ("assesses it", said.is_ok())
            }
        };
        self.tell(&format!("{login} {what}: {done}"));
        if self.dice.chance(150) {
            self.worry().await;
        }
    }

    async fn worry(&mut self) {
        let n = usize::try_from(self.dice.below(self.filings.len() as u64)).unwrap();
        let filing = self.filings[n].clone();
        let (Some(id), Some(by)) = (filing.answered, self.signed(filing.by).await) else { return };
        let said = casework::still_worried(&self.service.desk, &by, id, "还是不放心", None).await;
        self.tell(&format!("{} is still worried: {}", filing.by, said.is_ok()));
    }

    /// Somebody answers under the number of a message that he got.
    pub(super) async fn answer_by_code(&mut self) {
        let Some((alert, _)) = self.some_alert().await else { return };
        let login = *self.dice.one(&OFFICES);
        let Some(by) = self.signed(login).await else { return };
        let Some((epoch, counter)) = self.code_of(alert, by.person()).await else { return };
        let code = self.service.post.composer.key.code(by.person(), alert, epoch, counter);
        let answer = *self.dice.one(&[CodeAnswer::Take, CodeAnswer::Cannot]);
        let said = casework::answer_by_code(&self.service.desk, CodeHolder::Signed(&by), &code, answer).await;
        self.tell(&format!("{login} answers by number: {answer:?} {}", said.is_ok()));
    }

    /// Somebody stands in for somebody from now on.
    pub(super) async fn stand_in(&mut self) {
        let (person, deputy) =
            (*self.dice.one(&["teacher", "grade", "counsellor"]), *self.dice.one(&["nurse", "dorm"]));
        let Some(by) = self.signed("vice").await else { return };
        let now = self.clock.now();
        let draft = DeputyDraft {
            deputy: self.town.person(deputy).to_string(),
            from: now.to_rfc3339(),
            to: (now + TimeDelta::minutes(self.dice.between(5, 600))).to_rfc3339(),
        };
        let said = casework::name_deputy(&self.service.desk, &by, self.town.person(person), &draft, None).await;
        self.tell(&format!("{deputy} stands in for {person}: {}", said.is_ok()));
    }

    /// The auditor looks at everything, or has a doubt about some alert.
    pub(super) async fn audit(&mut self) {
        let Some((alert, _)) = self.some_alert().await else { return };
        if self.dice.chance(500) {
            let report = notifier::audit_once(&self.auditor()).await;
            return self.tell(&format!("the auditor nudges {} alerts", report.nudged));
        }
        let id = domain::id::Ids::uuid(&*self.service.desk.ids);
        if let Ok(mut tx) = self.service.desk.storage.begin().await
            && tx.signal_nudge(id, alert, self.clock.now()).await.is_ok()
        {
            drop(tx.commit().await);
        }
    }

    pub(super) fn auditor(&self) -> Auditor {
        let clock = || self.clock.clone();
        let clocks = AuditClocks { school: clock(), real: clock(), machine: clock() };
        let mut auditor = Auditor::new(self.service.desk.storage.clone(), clocks, self.service.desk.ids.clone());
        // One thing at a time: what is looked at must not depend on how long it takes.
        auditor.patience = std::time::Duration::from_secs(600);
        auditor
    }

    async fn some_alert(&self) -> Option<(AlertId, u64)> {
        let all = self.alerts().await;
        let alert = (!all.is_empty()).then(|| self.dice.one(&all))?;
        Some((alert.id, alert.decision))
    }
}
