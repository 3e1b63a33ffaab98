//! One life: what happens, step by step.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::delivery::Outcome;
use domain::id::MessageId;
use domain::notice::Lane;
use domain::time::{Clock, ManualClock, Timestamp};
use sea_orm::DatabaseConnection;
use server::assemble::Service;
use server::seams::SeededIds;
use storage::{Storage, Target};
use tests::Town;
use tests::database::behind;
use tests::world::shanghai;
use tokio::task::JoinHandle;

use super::acts::Filing;
use super::chaos::Chaos;
use super::dice::Dice;
use super::ground::{Ground, service};
use super::truth::Row;
use super::wires::{Call, Wires};

const STEPS: u64 = 140;
/// As many calls to providers are open at once at most.
const OPEN_CALLS: usize = 6;

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Taken,
    TakenInVain,
    TakenAndLost,
    Lost,
    Retry,
    Elsewhere,
    Refused,
    Bad,
}

const ANSWERS: [(u64, Answer); 8] = [
    (50, Answer::Taken),
    (6, Answer::TakenInVain),
    (8, Answer::TakenAndLost),
    (8, Answer::Lost),
    (10, Answer::Retry),
    (6, Answer::Elsewhere),
    (2, Answer::Refused),
    (2, Answer::Bad),
];

impl Answer {
    /// What the provider says.
    fn said(self, id: MessageId) -> Outcome {
        match self {
            Self::Taken | Self::TakenInVain => Outcome::Accepted { provider_id: Some(id.to_string()) },
            Self::TakenAndLost | Self::Lost => Outcome::Ambiguous("lost".to_owned()),
            Self::Retry => Outcome::Retry("busy".to_owned()),
            Self::Elsewhere => Outcome::Elsewhere("limited".to_owned()),
            Self::Refused => Outcome::Refused("unknown account".to_owned()),
            Self::Bad => Outcome::BadAddress("no such number".to_owned()),
        }
    }
}

/// What may happen next.
#[derive(Debug, Clone, Copy)]
enum Next {
    Tick,
    Work,
    Answer,
    Receipt,
    Ask,
    Seconds,
    Minutes,
    Due,
    Outage,
    Back,
    File,
    Repeat,
    Act,
    Code,
    Audit,
    StandIn,
    Fuse,
    Weather,
}

const CHANCES: [(u64, Next); 18] = [
    (26, Next::Tick),
    (40, Next::Work),
    (36, Next::Answer),
    (10, Next::Receipt),
    (4, Next::Ask),
    (12, Next::Seconds),
    (8, Next::Minutes),
    (10, Next::Due),
    (1, Next::Outage),
    (1, Next::Back),
    (7, Next::File),
    (4, Next::Repeat),
    (7, Next::Act),
    (4, Next::Code),
    (3, Next::Audit),
    (1, Next::StandIn),
    (4, Next::Fuse),
    (3, Next::Weather),
];

/// A worker that waits for providers: it may have taken one message that waited and one that somebody left.
struct Waiting {
    worker: JoinHandle<()>,
    calls: Vec<(Call, i64)>,
}

/// A life.
pub(super) struct Life {
    pub(super) seed: u64,
    pub(super) dice: Dice,
    pub(super) clock: Arc<ManualClock>,
    pub(super) chaos: Arc<Chaos>,
    pub(super) wires: Arc<Wires>,
    pub(super) town: Town,
    pub(super) service: Service,
    /// The same database without mishaps.
    pub(super) plain: Storage,
    /// Looks past everything.
    pub(super) eye: DatabaseConnection,
    pub(super) told: Vec<String>,
    pub(super) filings: Vec<Filing>,
    pub(super) rows: BTreeMap<MessageId, Row>,
    /// How many second copies of a message are explained.
    pub(super) excused: BTreeMap<MessageId, usize>,
    pub(super) receipts: Vec<(MessageId, &'static str, bool)>,
    waiting: Vec<Waiting>,
    target: Target,
    lives: u64,
    /// The latest that the clock ever showed.
    latest: Timestamp,
    began: Timestamp,
}

impl Life {
    pub(super) async fn begin(ground: &Ground, seed: u64) -> Self {
        let target = ground.copy(seed);
        let dice = Dice::of(seed);
        let start =
            ["2026-11-23 10:00", "2026-11-23 21:20", "2026-11-24 03:00", "2026-11-27 17:00", "2026-11-28 11:00"];
        let clock = Arc::new(ManualClock::at(shanghai(dice.one::<&str>(&start))));
        let (chaos, wires) = (Arc::new(Chaos::of(seed)), Arc::new(Wires::default()));
        let (plain, service) = start_up(&target, &clock, &chaos, &wires, seed, 0).await;
        let (latest, began) = (clock.now(), clock.now());
        let eye = behind(&target).await;
        let (town, told) = (ground.town.clone(), Vec::new());
        let (filings, rows, excused) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let (receipts, waiting, lives) = (Vec::new(), Vec::new(), 0);
        Self {
            seed,
            dice,
            clock,
            chaos,
            wires,
            town,
            service,
            plain,
            eye,
            told,
            filings,
            rows,
            excused,
            receipts,
            waiting,
            target,
            lives,
            latest,
            began,
        }
    }

    /// Everything that happens.
    pub(super) async fn pass(&mut self) {
        self.file().await;
        for _ in 0..STEPS {
            let next = self.dice.weighed(&CHANCES);
            self.happen(next).await;
            for befell in self.chaos.befell() {
                self.tell(&befell);
            }
            if self.chaos.is_dead() {
                self.start_again().await;
            }
            self.look().await;
        }
    }

    async fn happen(&mut self, next: Next) {
        match next {
            Next::Tick => self.tick().await,
            Next::Work => {
                let lane = *self.dice.one(&[Lane::Red, Lane::Red, Lane::Normal]);
                self.work(lane).await;
            }
            Next::Answer => self.answer_some().await,
            Next::Receipt => self.receipt().await,
            Next::Ask => drop(notifier::poll_receipts_once(&self.service.post).await),
            Next::Seconds => self.wait(self.dice.between(1, 40)),
            Next::Minutes => self.wait(60 * self.dice.between(1, 14)),
            Next::Due => self.move_to_next_due().await,
            Next::Outage => self.wait(3_600 * self.dice.between(1, 26)),
            Next::Back => self.wait(-60 * self.dice.between(1, 60)),
            Next::File => self.file().await,
            Next::Repeat => self.repeat().await,
            Next::Act => self.act().await,
            Next::Code => self.answer_by_code().await,
            Next::Audit => self.audit().await,
            Next::StandIn => self.stand_in().await,
            Next::Fuse => self.chaos.light_fuse(self.dice.below(40)),
            Next::Weather => {
                let refused = *self.dice.one(&[0, 0, 0, 15, 60, 300]);
                self.chaos.refuse(refused);
                self.wires.mute(self.dice.chance(400));
                self.tell(&format!("of a thousand steps {refused} are refused"));
            }
        }
    }

    pub(super) fn tell(&mut self, what: &str) {
        self.told.push(format!("{} {what}", self.clock.now().format("%d %H:%M:%S")));
    }

    pub(super) fn wait(&mut self, seconds: i64) {
        self.latest = self.latest.max(self.clock.now());
        // Before the school was founded there is nobody in it.
        self.clock.set((self.clock.now() + TimeDelta::seconds(seconds)).max(self.began));
        self.tell(&format!("{seconds} s pass"));
    }

    async fn tick(&mut self) {
        let stepped = casework::escalate_overdue(&self.service.desk).await;
        let consumed = casework::consume_signals(&self.service.desk).await;
        self.tell(&format!("tick: {stepped:?} {consumed:?}"));
    }

    /// A worker looks for a message; when it has one, it waits for its provider.
    pub(super) async fn work(&mut self, lane: Lane) -> bool {
        if self.waiting.len() >= OPEN_CALLS {
            return false;
        }
        let post = self.service.post.clone();
        let mut worker = tokio::task::spawn_local(async move { drop(notifier::dispatch_once(&post, lane).await) });
        let call = tokio::select! {
            biased;
            call = self.wires.call() => call,
            _ = &mut worker => return false,
        };
        let mut calls = Vec::new();
        let mut next = Some(call);
        while let Some(call) = next {
            let attempt = self.allowed_out(&call).await;
            self.tell(&format!("{} is asked to send {} to {}", call.provider, short(call.letter.id), call.letter.to));
            calls.push((call, attempt));
            next = self.wires.another_call();
        }
        self.waiting.push(Waiting { worker, calls });
        true
    }

    async fn answer_some(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let n = usize::try_from(self.dice.below(self.waiting.len() as u64)).unwrap();
        self.answer(n, |dice| dice.weighed(&ANSWERS)).await;
    }

    /// Whoever a worker waits for answers, truly or not.
    async fn answer(&mut self, n: usize, choose: impl Fn(&Dice) -> Answer) {
        let Waiting { worker, calls } = self.waiting.remove(n);
        let mut taken = Vec::new();
        for (call, attempt) in calls {
            let answer = choose(&self.dice);
            let (id, provider) = (call.letter.id, call.provider);
            if matches!(answer, Answer::Taken | Answer::TakenInVain | Answer::TakenAndLost) {
                let arrives = answer != Answer::TakenInVain;
                self.wires.take(&call, arrives);
                if call.reports && self.dice.chance(800) {
                    self.receipts.push((id, provider, arrives));
                }
                taken.push((id, attempt));
            }
            drop(call.answer.send(answer.said(id)));
            self.tell(&format!("{provider} answers about {}: {answer:?}", short(id)));
        }
        worker.await.unwrap();
        for (id, attempt) in taken {
            if !self.was_recorded(id, attempt).await {
                *self.excused.entry(id).or_default() += 1;
            }
        }
    }

    async fn receipt(&mut self) {
        if self.receipts.is_empty() {
            return;
        }
        let n = usize::try_from(self.dice.below(self.receipts.len() as u64)).unwrap();
        // Some come twice.
        let (id, provider, arrived) =
            if self.dice.chance(200) { self.receipts[n] } else { self.receipts.swap_remove(n) };
        let said = casework::record_receipt(&self.service.desk, provider, &id.to_string(), arrived).await;
        self.tell(&format!("{provider} reports {}: {arrived} {}", short(id), said.is_ok()));
    }

    /// The program has died: what its workers were at is cut off, and nobody knows what providers made of it.
    async fn start_again(&mut self) {
        for Waiting { worker, calls } in std::mem::take(&mut self.waiting) {
            for (call, _) in calls {
                if self.dice.chance(500) {
                    self.wires.take(&call, true);
                    *self.excused.entry(call.letter.id).or_default() += 1;
                }
            }
            worker.abort();
            drop(worker.await);
        }
        let pause = self.dice.between(0, 90);
        self.wait(pause);
        self.lives += 1;
        self.chaos.revive();
        self.chaos.refuse(0);
        (self.plain, self.service) =
            start_up(&self.target, &self.clock, &self.chaos, &self.wires, self.seed, self.lives).await;
        self.tell("the program is started again");
    }

    /// Nothing goes wrong any more, and nobody answers: what is due happens.
    pub(super) async fn come_to_rest(&mut self) {
        self.chaos.revive();
        self.chaos.refuse(0);
        self.wires.mute(false);
        // A program's own clock never goes back; hands that did have been caught up with.
        self.clock.set(self.latest.max(self.clock.now()));
        self.tell("from here on all is well, and everybody is silent");
        self.repeat_all().await;
        let end = self.clock.now() + TimeDelta::minutes(50);
        while self.clock.now() < end {
            self.move_on().await;
            self.settle().await;
            self.look().await;
        }
        self.nothing_was_lost().await;
    }

    async fn settle(&mut self) {
        for _ in 0..60 {
            let stepped = casework::escalate_overdue(&self.service.desk).await.unwrap();
            let consumed = casework::consume_signals(&self.service.desk).await.unwrap();
            let mut sent = 0;
            for lane in [Lane::Red, Lane::Normal] {
                while self.work(lane).await {
                    sent += 1;
                }
            }
            while !self.waiting.is_empty() {
                self.answer(0, |_| Answer::Taken).await;
                sent += 1;
            }
            while !self.receipts.is_empty() {
                self.receipt().await;
            }
            sent += notifier::poll_receipts_once(&self.service.post).await.unwrap();
            if stepped + consumed + sent == 0 {
                return;
            }
        }
        panic!("it never comes to rest");
    }
}

async fn start_up(
    target: &Target,
    clock: &Arc<ManualClock>,
    chaos: &Arc<Chaos>,
    wires: &Arc<Wires>,
    seed: u64,
    life: u64,
) -> (Storage, Service) {
    let plain = Storage::open(target).await.unwrap();
    let ids = SeededIds::new((seed + 1) << 16 | life, Arc::clone(clock));
    let service = service(plain.among(chaos.clone()), Arc::clone(clock), ids, wires.channels()).await;
    (plain, service)
}

/// An id as traces show it.
pub(super) fn short(id: MessageId) -> String {
    let text = id.to_string();
    text.get(text.len().saturating_sub(6)..).unwrap_or(&text).to_owned()
}
