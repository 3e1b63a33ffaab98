//! Who holds which office for one alert right now, and how each can be reached.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::delivery::Channel;
use crate::id::PersonId;
use crate::lang::Lang;
use crate::level::Level;
use crate::org::Unit;
use crate::staff::{ContactMethod, Deputy, Position, Role};
use crate::time::Timestamp;

mod circle;
mod heard;

pub use circle::{Audience, Circle};
pub(crate) use heard::ASSESSORS;

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
    /// Whether it is of the district, and not of the school.
    #[must_use]
    pub fn is_outside(self) -> bool {
        match self {
            Self::DistrictDuty | Self::DistrictLead => true,
            Self::ClassTeacher
            | Self::GradeLead
            | Self::Counsellor
            | Self::VicePrincipal
            | Self::Principal
            | Self::DutyLeader => false,
        }
    }

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
    /// Not everybody may hear.
    restricted: bool,
    /// Offices with somebody in them who can be told, be it that he may not hear of this.
    staffed: BTreeSet<Office>,
    /// Those for whom others stand in who may not hear of this.
    away: BTreeSet<PersonId>,
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

/// Those that somebody holds by a position; who is on duty tonight stands in the roster.
pub const OFFICES: [Office; 7] = [
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
        let restricted = sources.audience != Audience::Everyone || !sources.excluded.is_empty();
        let mut entries = entries(sources, units, now);
        let away = borrowed_out(&mut entries, sources, units, now);
        let offices = |entries: &[Entry]| entries.iter().map(|e| e.office).collect();
        let staffed = if restricted {
            let all = Sources { excluded: BTreeSet::new(), audience: Audience::Everyone, ..sources.clone() };
            offices(&self::entries(&all, units, now))
        } else {
            offices(&entries)
        };
        Self { entries, chosen: sources.chosen.clone(), restricted, staffed, away }
    }

    /// A directory from entries, for tests and models.
    #[must_use]
    pub fn from_entries(entries: Vec<Entry>) -> Self {
        let staffed = entries.iter().filter(|e| !e.channels.is_empty()).map(|e| e.office).collect();
        Self { entries, staffed, ..Self::default() }
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

fn entries(sources: &Sources, units: &[Unit], now: Timestamp) -> Vec<Entry> {
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
    entries
}

/// What concerns staff without a name is confided to offices and not to whoever stands in for them, be he the one it
/// concerns: a deputy hears of it when he holds such an office himself. Gives those for whom nobody hears.
fn borrowed_out(entries: &mut Vec<Entry>, sources: &Sources, units: &[Unit], now: Timestamp) -> BTreeSet<PersonId> {
    if sources.audience != Audience::Confidants {
        return BTreeSet::new();
    }
    let own = |person: PersonId| {
        let mut held = sources.positions.iter().filter(|p| p.holds(now) && units.contains(&p.unit));
        held.any(|p| p.person == person && sources.audience.admits(p.role))
    };
    let borrowed = entries.extract_if(.., |e| e.deputy_of.is_some() && !own(e.person));
    borrowed.filter_map(|e| e.deputy_of).collect()
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
