//! Who holds which office for one alert right now, and how each can be reached.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::delivery::Channel;
use crate::id::PersonId;
use crate::lang::Lang;
use crate::level::Level;
use crate::observation::ConcernKind;
use crate::org::Unit;
use crate::staff::{ContactMethod, Deputy, Position, Role};
use crate::time::Timestamp;

/// Whom a rung calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Class teacher of the student's class.
    ClassTeacher,
    /// Lead of the student's grade.
    GradeLead,
    /// The school's counsellors.
    Counsellor,
    /// Vice-principals for wellbeing, the clinical one included.
    VicePrincipal,
    /// Principal and party secretary.
    Principal,
    /// Whoever is on duty tonight.
    DutyLeader,
    /// The district's duty officers.
    DistrictDuty,
    /// The district's lead.
    DistrictLead,
}

impl Office {
    /// Whether a position is of this office.
    #[must_use]
    pub fn held_by(self, role: Role, lead: bool) -> bool {
        match self {
            Self::ClassTeacher => role == Role::ClassTeacher,
            Self::GradeLead => role == Role::GradeLead,
            Self::Counsellor => role == Role::Counsellor,
            Self::VicePrincipal => matches!(role, Role::VicePrincipal | Role::ClinicalVicePrincipal),
            Self::Principal => matches!(role, Role::Principal | Role::PartySecretary),
            Self::DutyLeader => role == Role::DutyLeader,
            Self::DistrictDuty => role == Role::DistrictOfficer && !lead,
            Self::DistrictLead => role == Role::DistrictOfficer && lead,
        }
    }

    /// Its name, as people are told of each other.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::ClassTeacher => Role::ClassTeacher.name(lang),
            Self::GradeLead => Role::GradeLead.name(lang),
            Self::Counsellor => Role::Counsellor.name(lang),
            Self::VicePrincipal => Role::VicePrincipal.name(lang),
            Self::Principal => Role::Principal.name(lang),
            Self::DutyLeader => Role::DutyLeader.name(lang),
            Self::DistrictDuty => lang.pick("区教育局值班员", "district duty officer"),
            Self::DistrictLead => lang.pick("区教育局负责人", "district lead"),
        }
    }
}

impl Office {
    /// Its name in messages, which may be read by anybody who picks up the telephone: no word that tells what it is
    /// about.
    #[must_use]
    pub fn name_in_messages(self, lang: Lang) -> &'static str {
        match self {
            Self::Counsellor => lang.pick("专职老师", "a specialist teacher"),
            Self::VicePrincipal => lang.pick("副校长", "the vice-principal"),
            Self::ClassTeacher
            | Self::GradeLead
            | Self::Principal
            | Self::DutyLeader
            | Self::DistrictDuty
            | Self::DistrictLead => self.name(lang),
        }
    }
}

/// Who may hear of an alert at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody whom the ladder calls, less those excluded by name.
    #[default]
    Everyone,
    /// It concerns staff of the school and no name is known: counsellor, vice-principal and district.
    Confidants,
    /// It concerns the principal: the district alone.
    DistrictOnly,
}

impl Audience {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Confidants => "confidants",
            Self::DistrictOnly => "district_only",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.key() == key)
    }

    /// The audience of one report.
    #[must_use]
    pub fn of(concerns: ConcernKind, someone_named: bool, principal_named: bool) -> Self {
        if principal_named {
            Self::DistrictOnly
        } else if concerns == ConcernKind::Staff && !someone_named {
            Self::Confidants
        } else {
            Self::Everyone
        }
    }

    /// Every audience, the widest first: each admits everybody whom the next one admits.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Confidants, Self::DistrictOnly];

    /// Whether a role may hear.
    #[must_use]
    pub fn admits(self, role: Role) -> bool {
        let district = role == Role::DistrictOfficer;
        match self {
            Self::Everyone => true,
            Self::Confidants => {
                district || matches!(role, Role::Counsellor | Role::VicePrincipal | Role::ClinicalVicePrincipal)
            }
            Self::DistrictOnly => district,
        }
    }
}

/// Who may hear of a report or of an alert: everybody whom its audience admits, less those left out by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Circle {
    /// Who may hear at all.
    pub audience: Audience,
    /// Who must not.
    pub left_out: BTreeSet<PersonId>,
}

impl Circle {
    /// Whether not everybody may hear.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        *self != Self::default()
    }

    /// Whether everybody in this circle may hear of what that one is told.
    #[must_use]
    pub fn may_know_of(&self, other: &Self) -> bool {
        other.audience <= self.audience && other.left_out.is_subset(&self.left_out)
    }

    /// Its key in the database: the same for the same people, and empty where nobody is left out.
    #[must_use]
    pub fn key(&self) -> String {
        if !self.is_restricted() {
            return String::new();
        }
        let people: Vec<String> = self.left_out.iter().map(ToString::to_string).collect();
        format!("{}:{}", self.audience.key(), people.join(","))
    }
}

/// One person who can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// In which office.
    pub office: Office,
    /// Who.
    pub person: PersonId,
    /// For whom this person stands in.
    pub deputy_of: Option<PersonId>,
    /// Verified channels, the one that wakes people first.
    pub channels: Vec<Channel>,
}

/// Everybody who can be told of one alert at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    entries: Vec<Entry>,
    chosen: BTreeMap<PersonId, Vec<Channel>>,
}

/// What a directory is made of.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Positions in the student's class, grade, school and district.
    pub positions: Vec<Position>,
    /// Duty leaders on duty now.
    pub on_duty: Vec<PersonId>,
    /// Contact methods of all of them and of their deputies.
    pub contacts: Vec<ContactMethod>,
    /// Deputies.
    pub deputies: Vec<Deputy>,
    /// By which channels people want to hear of yellow and blue, in their order.
    pub chosen: BTreeMap<PersonId, Vec<Channel>>,
    /// People who must not hear of it.
    pub excluded: BTreeSet<PersonId>,
    /// Who may hear at all.
    pub audience: Audience,
}

const OFFICES: [Office; 7] = [
    Office::ClassTeacher,
    Office::GradeLead,
    Office::Counsellor,
    Office::VicePrincipal,
    Office::Principal,
    Office::DistrictDuty,
    Office::DistrictLead,
];

impl Directory {
    /// Puts a directory together. Somebody excluded is left out, and so is a deputy who is excluded; a person without
    /// a verified channel is not reachable and is left out.
    #[must_use]
    pub fn of(sources: &Sources, units: &[Unit], now: Timestamp) -> Self {
        let mut entries = Vec::new();
        let audible = |role: Role| sources.audience.admits(role);
        if audible(Role::DutyLeader) {
            for person in &sources.on_duty {
                push(&mut entries, sources, Office::DutyLeader, *person, now);
            }
        }
        for office in OFFICES {
            for p in sources.positions.iter().filter(|p| p.holds(now) && units.contains(&p.unit)) {
                if office.held_by(p.role, p.lead) && audible(p.role) {
                    push(&mut entries, sources, office, p.person, now);
                }
            }
        }
        Self { entries, chosen: sources.chosen.clone() }
    }

    /// A directory from entries, for tests and models.
    #[must_use]
    pub fn from_entries(entries: Vec<Entry>) -> Self {
        Self { entries, chosen: BTreeMap::new() }
    }

    /// The people of some offices, each once, in the order of the offices.
    #[must_use]
    pub fn people(&self, offices: &[Office]) -> Vec<&Entry> {
        let mut out: Vec<&Entry> = Vec::new();
        for office in offices {
            for entry in self.entries.iter().filter(|e| e.office == *office) {
                if !out.iter().any(|seen| seen.person == entry.person) {
                    out.push(entry);
                }
            }
        }
        out
    }

    /// By which channels somebody is told of an alert of a level. Yellow and blue: those that he chose and that still
    /// reach him; all of them when that is none. Orange and red: all of them, whatever he chose.
    #[must_use]
    pub fn channels(&self, entry: &Entry, level: Level) -> Vec<Channel> {
        let chosen = self.chosen.get(&entry.person).filter(|_| level <= Level::Yellow);
        let left = chosen.into_iter().flatten().copied().filter(|c| c.writes() && entry.channels.contains(c));
        let left: Vec<Channel> = left.collect();
        if left.is_empty() { entry.channels.clone() } else { left }
    }

    /// How a person can be reached, whatever the office.
    #[must_use]
    pub fn of_person(&self, person: PersonId) -> Option<&Entry> {
        self.entries.iter().find(|e| e.person == person)
    }

    /// Everybody.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

fn push(entries: &mut Vec<Entry>, sources: &Sources, office: Office, person: PersonId, now: Timestamp) {
    let deputies = sources.deputies.iter().filter(|d| d.person == person && d.holds(now)).map(|d| d.deputy);
    let deputised: Vec<PersonId> = deputies.collect();
    let holders: Vec<(PersonId, Option<PersonId>)> = if deputised.is_empty() {
        vec![(person, None)]
    } else {
        deputised.into_iter().map(|d| (d, Some(person))).chain([(person, None)]).collect()
    };
    for (holder, deputy_of) in holders {
        if sources.excluded.contains(&holder) || (deputy_of.is_some() && sources.excluded.contains(&person)) {
            continue;
        }
        let channels: Vec<Channel> = Channel::ALL
            .into_iter()
            .chain([Channel::Null])
            .filter(|c| {
                sources.contacts.iter().any(|m| m.person == holder && m.channel == *c && m.verified_at.is_some())
            })
            .collect();
        let known = entries.iter().any(|e| e.office == office && e.person == holder);
        if !channels.is_empty() && !known {
            entries.push(Entry { office, person: holder, deputy_of, channels });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Audience, Circle};
    use crate::id::PersonId;
    use crate::staff::Role;

    fn person(n: u128) -> PersonId {
        PersonId::new(Uuid::from_u128(n))
    }

    fn circle() -> impl Strategy<Value = Circle> {
        let people = proptest::collection::btree_set((0..4_u128).prop_map(person), 0..4);
        (proptest::sample::select(Audience::ALL.to_vec()), people)
            .prop_map(|(audience, left_out)| Circle { audience, left_out })
    }

    fn hears(circle: &Circle, who: PersonId, role: Role) -> bool {
        circle.audience.admits(role) && !circle.left_out.contains(&who)
    }

    proptest! {
        #[test]
        fn what_a_circle_may_know_of_each_of_it_may_hear(one in circle(), other in circle()) {
            let people = (0..4).map(person).flat_map(|p| Role::ALL.map(|r| (p, r)));
            let in_one: BTreeSet<_> = people.clone().filter(|(p, r)| hears(&one, *p, *r)).collect();
            let in_other: BTreeSet<_> = people.filter(|(p, r)| hears(&other, *p, *r)).collect();
            prop_assert!(!one.may_know_of(&other) || in_one.is_subset(&in_other));
            prop_assert_eq!(one.key() == other.key(), one == other);
            prop_assert!(one.may_know_of(&Circle::default()), "what is open to everybody is open to every circle");
            prop_assert!(!one.is_restricted() || !Circle::default().may_know_of(&one));
        }
    }
}
