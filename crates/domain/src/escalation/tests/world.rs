//! A school on paper: people with names, a clock that somebody turns, and an ear for everything that is said. Whoever
//! hears something that a story did not expect makes it fail.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use uuid::Uuid;

use crate::calendar::Calendar;
use crate::delivery::Channel;
use crate::directory::{Directory, Entry, Office};
use crate::escalation::{Climb, ClimbState, Effect, Event, Finding, Ground, Step, open, step};
use crate::id::PersonId;
use crate::level::Level;
use crate::notice::{Address, Notice, NoticeKind};
use crate::policy::{Policy, PolicyDraft};
use crate::time::Timestamp;

/// The five offices that a red calls at once.
pub(super) const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];
/// Everybody in the usual school, and who stands in or is on duty.
pub(super) const NAMES: [&str; 10] =
    ["teacher", "grade", "counsellor", "vice", "principal", "officer", "lead", "duty", "deputy", "stranger"];

pub(super) fn id(name: &str) -> PersonId {
    let index = NAMES.iter().position(|n| *n == name).unwrap_or_else(|| panic!("nobody is called {name}"));
    PersonId::new(Uuid::from_u128(u128::try_from(index).unwrap() + 1))
}

pub(super) fn name(person: PersonId) -> &'static str {
    NAMES.into_iter().find(|n| id(n) == person).unwrap_or("?")
}

pub(super) fn policy() -> Policy {
    static SHIPPED: LazyLock<Policy> = LazyLock::new(|| {
        let draft: PolicyDraft = toml::from_str(include_str!("../../../../../config/policy.toml")).unwrap();
        draft.validate().unwrap()
    });
    SHIPPED.clone()
}

pub(super) fn calendar() -> Calendar {
    static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| {
        Calendar::validate(toml::from_str(include_str!("../../../../../config/calendar.toml")).unwrap()).unwrap()
    });
    SHIPPED.clone()
}

pub(super) fn entry(office: Office, who: &str, channels: &[Channel]) -> Entry {
    Entry { office, person: id(who), deputy_of: None, channels: channels.to_vec() }
}

pub(super) fn both(office: Office, who: &str) -> Entry {
    entry(office, who, &[Channel::Sms, Channel::Mail])
}

/// One person in each office, nobody on duty.
pub(super) fn staff() -> Vec<Entry> {
    vec![
        both(Office::ClassTeacher, "teacher"),
        both(Office::GradeLead, "grade"),
        both(Office::Counsellor, "counsellor"),
        both(Office::VicePrincipal, "vice"),
        both(Office::Principal, "principal"),
        both(Office::DistrictDuty, "officer"),
        both(Office::DistrictLead, "lead"),
    ]
}

/// What one person heard at one moment, by which channels, in the order in which they go out.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Heard {
    at: String,
    who: &'static str,
    what: String,
}

/// By what a notice's row is unique in the outbox.
pub(super) type Key = (u32, u8, u32, PersonId, Channel, NoticeKind);

pub(super) fn key(to: &Address) -> Key {
    (to.epoch, to.rung, to.repeat, to.person, to.channel, to.kind)
}

pub(super) struct World {
    policy: Policy,
    calendar: Calendar,
    directory: Directory,
    now: Timestamp,
    pub(super) climb: Climb,
    told: Vec<PersonId>,
    outbox: BTreeSet<Key>,
    unheard: Vec<Heard>,
    unread: Vec<Finding>,
    /// The outbox may hold already what is said now.
    unheard_again: bool,
    pub(super) last: Vec<Effect>,
}

impl World {
    /// An alert is opened in a school with one person in each office.
    pub(super) fn opened(level: Level, at: &str) -> Self {
        Self::opened_with(staff(), level, at)
    }

    /// An alert is opened in a school of these people.
    pub(super) fn opened_with(staff: Vec<Entry>, level: Level, at: &str) -> Self {
        Self::opened_by(policy(), staff, level, at)
    }

    /// An alert is opened under another policy than the shipped one.
    pub(super) fn opened_by(policy: Policy, staff: Vec<Entry>, level: Level, at: &str) -> Self {
        let (calendar, directory) = (calendar(), Directory::from_entries(staff));
        let now = instant(&calendar, at);
        let ground = Ground { policy: &policy, calendar: &calendar, directory: &directory, told: &[] };
        let Step { climb, effects } = open(&ground, level, now);
        let mut world = Self {
            climb,
            policy,
            calendar,
            directory,
            now,
            told: Vec::new(),
            outbox: BTreeSet::new(),
            unheard: Vec::new(),
            unread: Vec::new(),
            unheard_again: false,
            last: Vec::new(),
        };
        world.carry_out(effects);
        world
    }

    /// Other people hold the offices from now on.
    pub(super) fn staff(&mut self, staff: Vec<Entry>) {
        self.directory = Directory::from_entries(staff);
    }

    /// Something happens at a time.
    pub(super) fn at(&mut self, at: &str, event: Event) {
        self.now = instant(&self.calendar, at);
        self.happens(event);
    }

    /// A person acknowledges, says who is with the child, or assesses.
    pub(super) fn acks(&mut self, who: &str, at: &str) {
        self.at(at, Event::Acknowledged { by: id(who) });
    }

    pub(super) fn is_with_the_child(&mut self, who: &str, at: &str) {
        self.at(at, Event::Custody { by: id(who) });
    }

    pub(super) fn assesses(&mut self, who: &str, at: &str) {
        self.at(at, Event::Assessed { by: id(who) });
    }

    /// The clock runs up to a time, and the scheduler is punctual.
    pub(super) fn until(&mut self, at: &str) {
        let end = instant(&self.calendar, at);
        while let Some(due) = self.climb.state.due_at().filter(|due| *due <= end) {
            self.now = due;
            self.happens(Event::Due { version: self.climb.version });
        }
        self.now = end;
    }

    /// The scheduler looks for the first time in a while.
    pub(super) fn wakes_up(&mut self, at: &str) {
        let version = self.climb.version;
        self.at(at, Event::Due { version });
    }

    /// So many minutes pass, and nobody looks at the climb.
    pub(super) fn passes(&mut self, minutes: u32) {
        self.now += crate::time::minutes(minutes);
    }

    /// Time passes until the climb is due.
    pub(super) fn becomes_due(&mut self) {
        self.now = self.climb.state.due_at().unwrap_or(self.now);
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// What was said so far is of no interest.
    pub(super) fn forgets(&mut self) {
        self.unheard.clear();
        self.unread.clear();
    }

    pub(super) fn happens(&mut self, event: Event) {
        let ground =
            Ground { policy: &self.policy, calendar: &self.calendar, directory: &self.directory, told: &self.told };
        let Step { climb, effects } = step(&ground, &self.climb, &event, self.now);
        self.climb = climb;
        self.unheard_again = event == Event::AuditorNudge;
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in &effects {
            match effect {
                Effect::Tell(notice) => self.hear(notice),
                Effect::Finding(finding) => self.unread.push(*finding),
                Effect::CancelAlarms | Effect::Reached { .. } | Effect::Reopened | Effect::ClimbsOn { .. } => {}
            }
        }
        self.last = effects;
    }

    fn hear(&mut self, notice: &Notice) {
        let to = notice.to();
        let new = self.outbox.insert(key(to));
        if !new && self.unheard_again {
            return;
        }
        assert!(new, "the outbox would swallow {to:?}");
        if !self.told.contains(&to.person) {
            self.told.push(to.person);
        }
        let waits = match notice {
            Notice::Red(_) | Notice::Prompt(_) => String::new(),
            Notice::Other(n) if n.not_before == self.now => String::new(),
            Notice::Other(n) => format!(" from {}", self.wall(n.not_before)),
        };
        let alarm = match notice {
            Notice::Red(_) => "red",
            Notice::Prompt(_) | Notice::Other(_) => "alarm",
        };
        let kind = if to.kind == NoticeKind::Alarm { alarm } else { to.kind.key() };
        let (at, who) = (self.wall(self.now), name(to.person));
        let what = format!("{kind}{waits} by {}", to.channel.key());
        let kind_said = format!("{kind}{waits} by ");
        match self.unheard.iter_mut().find(|h| h.at == at && h.who == who && h.what.starts_with(&kind_said)) {
            Some(heard) => heard.what.push_str(&format!("+{}", to.channel.key())),
            None => self.unheard.push(Heard { at, who, what }),
        }
    }

    fn wall(&self, at: Timestamp) -> String {
        self.calendar.local(at).format("%m-%d %H:%M").to_string()
    }

    /// These people, and at that moment nobody else, heard this and nothing else.
    #[track_caller]
    pub(super) fn hear_at(&mut self, at: &str, wanted: &[(&[&str], &str)]) {
        let (now, later) = std::mem::take(&mut self.unheard).into_iter().partition(|h: &Heard| h.at == at);
        self.unheard = later;
        let now: Vec<Heard> = now;
        let mut heard: Vec<(&str, &str)> = now.iter().map(|h| (h.who, h.what.as_str())).collect();
        let mut want: Vec<(&str, &str)> =
            wanted.iter().flat_map(|(people, what)| people.iter().map(|p| (*p, *what))).collect();
        heard.sort_unstable();
        want.sort_unstable();
        assert_eq!(heard, want, "at {at}");
    }

    /// Nobody heard anything that was not asked about.
    #[track_caller]
    pub(super) fn silence(&self) {
        assert_eq!(self.unheard, Vec::new(), "surplus messages");
    }

    /// These findings, and no others, in this order.
    #[track_caller]
    pub(super) fn finds(&mut self, wanted: &[Finding]) {
        assert_eq!(std::mem::take(&mut self.unread), wanted);
    }

    /// Where the climb stands: state, rung, turn, and when it moves by itself.
    #[track_caller]
    pub(super) fn stands(&self, wanted: &str) {
        let due = self.climb.state.due_at().map_or_else(|| "never".to_owned(), |at| self.wall(at));
        let got = format!("{} rung {} turn {} {due}", self.climb.state.key(), self.climb.rung, self.climb.epoch);
        assert_eq!(got, wanted);
    }

    /// When the next rung is told, whatever is repeated before.
    pub(super) fn deadline(&self) -> String {
        match self.climb.state {
            ClimbState::Open { deadline, .. } => self.wall(deadline),
            ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => "none".to_owned(),
        }
    }

    /// In which place of the queue each person's notices of the last step stand.
    pub(super) fn queue(&self) -> Vec<(&'static str, u8)> {
        let mut out: Vec<(&str, u8)> = Vec::new();
        for effect in &self.last {
            if let Effect::Tell(notice) = effect {
                let place = (name(notice.to().person), notice.to().priority);
                if !out.contains(&place) {
                    out.push(place);
                }
            }
        }
        out
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.silence();
            assert_eq!(self.unread, Vec::new(), "findings that nobody read");
        }
    }
}

/// Reads "2026-11-23 10:00" or "2026-11-23 10:00:30", local time.
pub(super) fn instant(calendar: &Calendar, text: &str) -> Timestamp {
    let wall = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .or_else(|_| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S"))
        .unwrap();
    calendar.instant(wall.date(), wall.time())
}
