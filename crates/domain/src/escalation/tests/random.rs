//! Random policies, schools and histories.

use std::sync::LazyLock;

use chrono::TimeDelta;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use uuid::Uuid;

use super::world::{NAMES, calendar, id, instant};
use crate::delivery::Channel;
use crate::directory::{Audience, Directory, Office, Sources};
use crate::id::{PersonId, PositionId, SchoolId};
use crate::level::Level;
use crate::org::Unit;
use crate::policy::{Ladder, Policy, PolicyDraft, Rung, Span};
use crate::staff::{ContactMethod, Deputy, Position, Role};
use crate::tier::Tier;
use crate::time::Timestamp;

/// Everything about one random climb.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) level: Level,
    pub(super) start_minute: i64,
    pub(super) ladders: [Ladder; 4],
    pub(super) night_repeat: u32,
    pub(super) assess_within: u32,
    pub(super) crews: [Crew; 2],
    pub(super) turns: Vec<Turn>,
}

/// Who works there.
#[derive(Debug, Clone)]
pub(super) struct Crew {
    posts: Vec<(Post, usize)>,
    channels: Vec<u8>,
    deputies: Vec<(usize, usize)>,
    excluded: std::collections::BTreeSet<usize>,
}

type Post = (Option<Role>, bool);

/// Time passes, perhaps the crew changes, and something happens.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    pub(super) wait: Wait,
    pub(super) other_crew: bool,
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Wait {
    For(i64),
    PastDue(i64),
}

/// What happens; versions, turns and rungs are filled in when it does.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Due,
    StaleDue,
    Ack(usize),
    Custody(usize),
    Assessed(usize),
    Raised(Level),
    Lowered(Level),
    Repeat,
    Worried,
    Unreachable,
    OtherUnreachable(bool),
    Declined(usize),
    DirectoryChanged,
    Nudge,
    /// For so many minutes, of the present level where that can be.
    NotEscalated(i64),
    NewFacts,
    /// A report of so high a level by itself; whether it is an independent repeat.
    Joined(Level, bool),
    Closed,
    Reopened,
}

pub(super) fn case() -> impl Strategy<Value = Case> {
    let ladders = [Level::Blue, Level::Yellow, Level::Orange, Level::Red].map(ladder);
    let care = (1_u32..=10, 1_u32..=60);
    (level(), 0_i64..220_000, ladders, care, [crew(), crew()], vec(turn(), 1..=60)).prop_map(
        |(level, start_minute, ladders, (night_repeat, assess_within), crews, turns)| Case {
            level,
            start_minute,
            ladders,
            night_repeat,
            assess_within,
            crews,
            turns,
        },
    )
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![
        1 => Just(Level::Blue),
        1 => Just(Level::Yellow),
        2 => Just(Level::Orange),
        4 => Just(Level::Red),
    ]
}

fn span(level: Level) -> BoxedStrategy<Span> {
    match level {
        Level::Red => (1_u32..=10).prop_map(Span::Minutes).boxed(),
        Level::Orange => {
            prop_oneof![(1_u32..=60).prop_map(Span::Minutes), (1_u32..=60).prop_map(Span::WakingMinutes)].boxed()
        }
        Level::Yellow | Level::Blue => prop_oneof![
            (1_u32..=4).prop_map(Span::SchoolDays),
            (1_u32..=3000).prop_map(Span::Minutes),
            (1_u32..=900).prop_map(Span::WakingMinutes),
        ]
        .boxed(),
    }
}

fn ladder(level: Level) -> impl Strategy<Value = Ladder> {
    const TIERS: [Tier; 4] = [Tier::Class, Tier::Grade, Tier::School, Tier::District];
    const OFFICES: [Office; 7] = [
        Office::ClassTeacher,
        Office::GradeLead,
        Office::Counsellor,
        Office::VicePrincipal,
        Office::Principal,
        Office::DistrictDuty,
        Office::DistrictLead,
    ];
    let rung = (prop::sample::select(TIERS.to_vec()), vec(prop::sample::select(OFFICES.to_vec()), 1..=3), span(level));
    (vec(rung, 1..=5), span(level), span(Level::Blue)).prop_map(move |(rungs, acknowledgement_lasts, review_after)| {
        let mut tiers: Vec<Tier> = rungs.iter().map(|(tier, ..)| *tier).collect();
        tiers.sort_unstable();
        *tiers.last_mut().unwrap() = Tier::District;
        let mut rungs: Vec<Rung> =
            rungs.into_iter().zip(tiers).map(|((_, who, wait), tier)| Rung { tier, who, wait }).collect();
        if level == Level::Red {
            rungs[0].who.push(Office::Principal);
        }
        Ladder { rungs, acknowledgement_lasts, review_after }
    })
}

fn crew() -> impl Strategy<Value = Crew> {
    let posts: Vec<Post> = vec![
        (Some(Role::ClassTeacher), false),
        (Some(Role::GradeLead), false),
        (Some(Role::Counsellor), false),
        (Some(Role::VicePrincipal), false),
        (Some(Role::Principal), false),
        (Some(Role::DistrictOfficer), false),
        (Some(Role::DistrictOfficer), true),
        (None, false),
    ];
    let person = || 0..NAMES.len();
    (
        vec((prop::sample::select(posts), person()), 0..=12),
        vec(0_u8..12, NAMES.len()),
        vec((person(), person()), 0..=2),
        btree_set(person(), 0..=2),
    )
        .prop_map(|(posts, channels, deputies, excluded)| Crew { posts, channels, deputies, excluded })
}

fn turn() -> impl Strategy<Value = Turn> {
    let wait = prop_oneof![
        1 => Just(Wait::For(0)),
        3 => (1_i64..600).prop_map(Wait::For),
        2 => (600_i64..36_000).prop_map(Wait::For),
        1 => (-7_200_i64..0).prop_map(Wait::For),
        8 => Just(Wait::PastDue(0)),
        2 => (1_i64..7_200).prop_map(Wait::PastDue),
        1 => (7_200_i64..260_000).prop_map(Wait::PastDue),
    ];
    let person = || 0..NAMES.len();
    let what = prop_oneof![
        14 => Just(What::Due),
        1 => Just(What::StaleDue),
        3 => person().prop_map(What::Ack),
        2 => person().prop_map(What::Custody),
        2 => person().prop_map(What::Assessed),
        2 => level().prop_map(What::Raised),
        1 => level().prop_map(What::Lowered),
        2 => Just(What::Repeat),
        2 => Just(What::Worried),
        2 => Just(What::Unreachable),
        1 => any::<bool>().prop_map(What::OtherUnreachable),
        2 => person().prop_map(What::Declined),
        2 => Just(What::DirectoryChanged),
        2 => Just(What::Nudge),
        4 => (-60_i64..20_000).prop_map(What::NotEscalated),
        3 => Just(What::NewFacts),
        3 => (level(), any::<bool>()).prop_map(|(own, repeat)| What::Joined(own, repeat)),
        1 => Just(What::Closed),
        3 => Just(What::Reopened),
    ];
    (wait, prop::bool::weighted(0.1), what).prop_map(|(wait, other_crew, what)| Turn { wait, other_crew, what })
}

impl Case {
    /// When the alert is opened: some time from August to January.
    pub(super) fn start(&self) -> Timestamp {
        instant(&calendar(), "2026-08-20 00:00") + TimeDelta::minutes(self.start_minute)
    }

    /// The policy, past the linter: nothing is tested that could not be put in force.
    pub(super) fn policy(&self) -> Policy {
        static SHIPPED: LazyLock<serde_json::Value> = LazyLock::new(|| {
            let draft: PolicyDraft = toml::from_str(include_str!("../../../../../config/policy.toml")).unwrap();
            serde_json::to_value(draft).unwrap()
        });
        let mut value = SHIPPED.clone();
        for (level, ladder) in Level::ALL.into_iter().zip(&self.ladders) {
            value["ladder"][level.key()] = serde_json::to_value(ladder).unwrap();
        }
        value["red"]["night_repeat_minutes"] = self.night_repeat.into();
        value["red"]["assess_within_minutes"] = self.assess_within.into();
        serde_json::from_value::<PolicyDraft>(value).unwrap().validate().unwrap()
    }
}

impl Crew {
    /// Who must not hear.
    pub(super) fn excluded(&self) -> impl Iterator<Item = PersonId> {
        self.excluded.iter().map(|p| id(NAMES[*p]))
    }

    /// A real directory of them.
    pub(super) fn directory(&self, now: Timestamp) -> Directory {
        let school = Unit::School(SchoolId::new(Uuid::from_u128(99)));
        let (from, to) = (now - TimeDelta::days(1), now + TimeDelta::days(1));
        let person = |p: &usize| id(NAMES[*p]);
        let position = |((role, lead), p): &(Post, usize)| {
            role.map(|role| Position {
                id: PositionId::new(Uuid::from_u128(7)),
                person: person(p),
                role,
                unit: school,
                lead: *lead,
                valid_from: from,
                valid_to: None,
            })
        };
        let contact = |person: PersonId, channel| ContactMethod {
            person,
            channel,
            address: String::new(),
            verified_at: Some(from),
        };
        let mut contacts = Vec::new();
        for (p, channels) in self.channels.iter().enumerate() {
            if matches!(channels, 1 | 3..) {
                contacts.push(contact(person(&p), Channel::Sms));
            }
            if matches!(channels, 2..) {
                contacts.push(contact(person(&p), Channel::Mail));
            }
            if matches!(channels, 8..) {
                contacts.push(contact(person(&p), Channel::Voice));
            }
        }
        let sources = Sources {
            chosen: std::collections::BTreeMap::new(),
            positions: self.posts.iter().filter_map(position).collect(),
            on_duty: self.posts.iter().filter(|((role, _), _)| role.is_none()).map(|(_, p)| person(p)).collect(),
            contacts,
            deputies: self
                .deputies
                .iter()
                .map(|(p, d)| Deputy { person: person(p), deputy: person(d), from, to })
                .collect(),
            excluded: self.excluded().collect(),
            audience: Audience::Everyone,
        };
        Directory::of(&sources, &[school], now)
    }
}
