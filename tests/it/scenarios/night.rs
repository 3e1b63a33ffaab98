//! A log is lived through line by line. Between two lines the clock stops wherever something is due, and a second before
//! the next line: whoever hears anything there makes the story fail.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use domain::notice::Lane;
use domain::time::{Clock, Timestamp};
use tests::{Client, World};

use super::line::{Heard, Line, note};

/// The logs of one world.
pub(super) struct Night {
    pub(super) world: World,
    day: NaiveDate,
    clients: HashMap<String, Client>,
    /// The latest number of everybody who was told.
    pub(super) codes: HashMap<String, String>,
    /// What everybody filed last.
    pub(super) filed: HashMap<String, String>,
}

impl Night {
    pub(super) fn of(world: World) -> Self {
        let (day, clients, codes) = (NaiveDate::MIN, HashMap::new(), HashMap::new());
        Self { world, day, clients, codes, filed: HashMap::new() }
    }

    /// When a log begins, as worlds are begun.
    pub(super) fn start(log: &str) -> String {
        let first = log.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#')).unwrap();
        first.chars().take("2026-11-23 10:00".len()).collect()
    }

    /// Lives through a log; a further one goes on where the last one ended.
    pub(super) async fn log(&mut self, log: &str) {
        let mut day = self.day;
        for text in log.lines() {
            if let Some(line) = Line::read(text, &mut day) {
                self.live(&line, text.trim()).await;
            }
        }
        self.day = day;
    }

    async fn live(&mut self, line: &Line, text: &str) {
        let deed = match line.deed.strip_prefix("after an outage").or(line.deed.strip_prefix("the clock goes back")) {
            Some(deed) => deed.trim(),
            None => {
                self.silence_until(line.at, text).await;
                line.deed.as_str()
            }
        };
        self.world.clock.set(line.at);
        self.does(deed).await;
        self.world.settle().await;
        let heard = self.heard();
        assert_eq!(told(&heard), told(&line.heard), "{text}");
    }

    async fn silence_until(&mut self, until: Timestamp, text: &str) {
        assert!(until >= self.world.clock.now(), "the log runs backwards: {text}");
        while self.world.clock.now() < until {
            let moment = self.next_moment(until - TimeDelta::seconds(1)).await;
            if moment <= self.world.clock.now() {
                return;
            }
            self.world.clock.set(moment);
            self.world.settle().await;
            let surplus = self.heard();
            let wall = (moment + TimeDelta::hours(8)).format("%m-%d %H:%M:%S");
            assert_eq!(told(&surplus), Vec::<String>::new(), "at {wall}, before: {text}");
        }
    }

    /// The next moment after now at which something is due, or `last`.
    async fn next_moment(&self, last: Timestamp) -> Timestamp {
        let now = self.world.clock.now();
        let read = self.world.service.desk.storage.read();
        let mut next = last;
        for id in read.due_alerts(last, 100).await.unwrap() {
            let due = read.alert_for_service(id).await.unwrap().and_then(|a| a.climb.state.due_at());
            next = due.filter(|at| *at > now).map_or(next, |at| at.min(next));
        }
        for lane in [Lane::Red, Lane::Normal] {
            let (mut before, mut at) = (now, next);
            while at - before > TimeDelta::seconds(1) && read.has_work(lane, at, now).await.unwrap() {
                let middle = before + TimeDelta::seconds((at - before).num_seconds() / 2);
                if read.has_work(lane, middle, now).await.unwrap() {
                    at = middle
                } else {
                    before = middle
                }
                next = at;
            }
        }
        next
    }

    fn heard(&mut self) -> Heard {
        let mut heard = Heard::new();
        for (channel, letter) in self.world.letters_by_channel() {
            let login = self.world.login_of(&letter.to);
            note(&mut heard, &login, letter.words.kind.key(), channel.key());
            self.codes.insert(login, letter.words.code);
        }
        heard
    }

    /// Somebody, signed in.
    pub(super) async fn client(&mut self, login: &str) -> Client {
        if !self.clients.contains_key(login) {
            let client = self.world.client(login).await;
            self.clients.insert(login.to_owned(), client);
        }
        self.clients[login].clone()
    }
}

/// As it is shown when a story fails.
fn told(heard: &Heard) -> Vec<String> {
    heard.iter().map(|((who, what), by)| format!("{what} by {}: {who}", by.join("+"))).collect()
}
