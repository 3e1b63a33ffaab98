//! Lets the invented past happen: the real verbs, under a clock that is moved by hand, with letters that go nowhere.

use std::sync::Arc;

use async_trait::async_trait;
use casework::{AlertQuery, Assessed, CaseError, Clocks, Desk, Signed};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use domain::alert::AlertState;
use domain::delivery::{Channel as Carries, Outcome};
use domain::id::{AlertId, Ids, PersonId, SessionId, StudentId};
use domain::level::Level;
use domain::notice::Lane;
use domain::observation::FilingDraft;
use domain::time::{Clock, ManualClock, Timestamp};
use notifier::{Channel, Letter, Post, dispatch_once};

use super::town::{Class, Town, suffix};
use crate::assemble::Service;
use crate::seams::SeededIds;

const MOST_ALERTS: u32 = 200;
const TURNS: usize = 20;

/// Letters of the past arrived long ago.
#[derive(Debug)]
struct LongAgo(Carries);

#[async_trait]
impl Channel for LongAgo {
    fn name(&self) -> &'static str {
        "past"
    }

    fn carries(&self) -> Carries {
        self.0
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        Outcome::Accepted { provider_id: Some(letter.id.to_string()) }
    }
}

/// The past of a service.
pub(crate) struct Past {
    pub(crate) desk: Desk,
    post: Post,
    clock: Arc<ManualClock>,
}

impl Past {
    /// A past that begins at a time.
    pub(crate) fn of(service: &Service, begin: Timestamp) -> Self {
        let clock = Arc::new(ManualClock::at(begin));
        let hands: Arc<dyn Clock> = clock.clone();
        let ids: Arc<dyn Ids> = Arc::new(SeededIds::new(20_260_901, Arc::clone(&clock)));
        let mut desk = service.desk.clone();
        desk.clocks = Clocks::one(Arc::clone(&hands));
        desk.ids = Arc::clone(&ids);
        let mut post = service.post.clone();
        post.school = Arc::clone(&hands);
        post.real = hands;
        post.channels = vec![Arc::new(LongAgo(Carries::Mail)), Arc::new(LongAgo(Carries::Sms))];
        Self { desk, post, clock }
    }

    /// What time it is there.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves on to a time of a day; never back.
    pub(crate) async fn at(&self, day: NaiveDate, hour: u32, minute: u32) -> anyhow::Result<()> {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        self.until(self.desk.calendar.instant(day, time)).await
    }

    /// Moves on to a time and lets everything that is due happen.
    pub(crate) async fn until(&self, at: Timestamp) -> anyhow::Result<()> {
        if at > self.clock.now() {
            self.clock.set(at);
        }
        for _ in 0..TURNS {
            let mut done = casework::escalate_overdue(&self.desk).await?;
            done += casework::consume_signals(&self.desk).await?;
            for lane in [Lane::Red, Lane::Normal] {
                done += dispatch_once(&self.post, lane).await?;
            }
            if done == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Lets happen what is due about reports and sweeps, and about children of whom nobody writes.
    pub(crate) async fn turn(&self) -> anyhow::Result<()> {
        for _ in 0..TURNS {
            let turned = casework::turn_reports(&self.desk).await? + casework::turn_unseen(&self.desk).await?;
            if turned == 0 {
                break;
            }
        }
        self.until(self.clock.now()).await
    }

    /// Somebody at work at this time.
    pub(crate) async fn person(&self, town: &Town, login: &str) -> anyhow::Result<Signed> {
        let id: PersonId = *town.people.get(login).ok_or_else(|| anyhow::anyhow!("nobody is called {login}"))?;
        let actor = self.desk.storage.read().actor(id, self.clock.now()).await?;
        Ok(Signed {
            actor,
            name: login.to_owned(),
            session: SessionId::new(self.desk.ids.uuid()),
            expires_at: self.clock.now() + TimeDelta::hours(8),
            request: None,
            first_password: false,
        })
    }

    /// Somebody files what was seen.
    pub(crate) async fn file(
        &self,
        by: &Signed,
        student: StudentId,
        signs: &[&str],
        words: &str,
    ) -> anyhow::Result<()> {
        let draft = FilingDraft {
            students: vec![(student.to_string(), "subject".to_owned())],
            observed_at: (self.clock.now() - TimeDelta::minutes(4)).to_rfc3339(),
            signs: signs.iter().map(|s| (*s).to_owned()).collect(),
            narrative: words.to_owned(),
            safe_now: "yes".to_owned(),
            where_now: Some("school".to_owned()),
            ..FilingDraft::default()
        };
        casework::file_observation(&self.desk, by, &draft, None).await?;
        Ok(())
    }

    /// The counsellor of a school takes what waits, and says what is to be done; the vice-principal signs.
    pub(crate) async fn respond(&self, town: &Town, school: usize) -> anyhow::Result<()> {
        let counsellor = self.person(town, &format!("counsellor{}", suffix(school))).await?;
        let vice = self.person(town, &format!("vice{}", suffix(school))).await?;
        let waiting = AlertQuery { state: Some(AlertState::Untriaged), limit: MOST_ALERTS, ..AlertQuery::default() };
        for (summary, _) in casework::list_alerts(&self.desk, &counsellor, &waiting).await? {
            let (id, level) = (summary.alert.id, summary.alert.climb.level);
            self.take(&counsellor, id, level, summary.alert.climb.custody).await?;
            let seen = casework::view_alert(&self.desk, &counsellor, id).await?;
            let (to, reason) = judged(level, summary.alert.peak, summary.alert.climb.epoch);
            let version = seen.summary.alert.decision;
            let means = Some(true);
            let done = casework::assess_alert(&self.desk, &counsellor, id, version, Some(to.number()), reason, means);
            if allowed(done.await)? == Some(Assessed::AwaitingSecondSignature) {
                let seen = casework::view_alert(&self.desk, &vice, id).await?;
                let version = seen.summary.alert.decision;
                allowed(casework::decide_proposal(&self.desk, &vice, id, version, true, None).await)?;
            }
        }
        Ok(())
    }

    /// At the end of a day the counsellor reads what has joined the alerts of these classes.
    pub(crate) async fn read_up(&self, town: &Town, classes: &[&Class]) -> anyhow::Result<()> {
        for school in [0, 1] {
            let here: Vec<_> = classes.iter().filter(|c| c.school == school).flat_map(|c| &c.students).collect();
            let counsellor = self.person(town, &format!("counsellor{}", suffix(school))).await?;
            let open = AlertQuery { limit: MOST_ALERTS, ..AlertQuery::default() };
            let all = casework::list_alerts(&self.desk, &counsellor, &open).await?;
            for (summary, _) in all.into_iter().filter(|(s, _)| here.contains(&&s.alert.student)) {
                casework::view_alert(&self.desk, &counsellor, summary.alert.id).await?;
            }
        }
        Ok(())
    }

    /// The counsellor takes the open alert of a child, and perhaps proposes to lower it.
    pub(crate) async fn take_up(&self, town: &Town, student: StudentId, propose: bool) -> anyhow::Result<()> {
        let counsellor = self.person(town, "counsellor").await?;
        let open = AlertQuery { limit: MOST_ALERTS, ..AlertQuery::default() };
        let all = casework::list_alerts(&self.desk, &counsellor, &open).await?;
        let Some((summary, _)) = all.into_iter().find(|(s, _)| s.alert.student == student) else { return Ok(()) };
        let (id, level) = (summary.alert.id, summary.alert.climb.level);
        self.take(&counsellor, id, level, false).await?;
        if propose {
            let version = casework::view_alert(&self.desk, &counsellor, id).await?.summary.alert.decision;
            let reason = "面谈四十分钟，愿意说话，家长今晚陪同。建议降级。";
            casework::assess_alert(&self.desk, &counsellor, id, version, Some(2), reason, Some(true)).await?;
        }
        Ok(())
    }

    async fn take(&self, by: &Signed, id: AlertId, level: Level, custody: bool) -> anyhow::Result<()> {
        casework::acknowledge_alert(&self.desk, by, id, None).await?;
        if level == Level::Red && !custody {
            let since = self.clock.now().to_rfc3339();
            casework::record_custody(&self.desk, by, id, "心理老师", &since, "心理咨询室", None).await?;
        }
        Ok(())
    }
}

/// What may not be done now is left as it is.
fn allowed<T>(done: Result<T, CaseError>) -> anyhow::Result<Option<T>> {
    match done {
        Ok(value) => Ok(Some(value)),
        Err(CaseError::Conflict(_) | CaseError::Stale) => Ok(None),
        Err(err) => Err(err.into()),
    }
}

/// First the level is confirmed; when it comes up again for review, it goes down by one. What once was orange or red stays
/// on weekly follow-up: nobody calls a farewell letter a passing mood.
fn judged(level: Level, peak: Level, turn: u32) -> (Level, &'static str) {
    let again = turn > 0;
    match level {
        Level::Red if again => (Level::Orange, "已就诊，家长陪护，复评风险下降；继续每日跟进。"),
        Level::Red => (Level::Red, "面谈确认有具体想法，已联系家长到校，转介医院。"),
        Level::Orange if again => (Level::Yellow, "连续两次面谈情绪平稳，家长配合，转为每周跟进。"),
        Level::Orange => (Level::Orange, "面谈后维持，家长已知情，本周内每日见一次。"),
        Level::Yellow if again && peak >= Level::Orange => {
            (Level::Yellow, "仍在每周跟进，复评平稳；班主任和心理老师继续留意，不降级。")
        }
        Level::Yellow if again => (Level::Blue, "近期表现好转，班主任日常关注即可。"),
        Level::Yellow => (Level::Yellow, "面谈一次，约定每周见面，班主任和科任老师留意。"),
        Level::Blue => (Level::Blue, "班主任日常关注，期末前再看一次。"),
    }
}
