//! Decisions on an alert: custody, assessment, and proposals that wait for a second person.

use chrono::TimeDelta;

use crate::fault::{Fault, Faults};
use crate::id::{PersonId, ProposalId};
use crate::level::Level;
use crate::time::Timestamp;

/// The longest reason, in characters.
pub const REASON_CHARS: usize = 2_000;
/// The longest answer to who is with the child, and where, in characters.
pub const CUSTODY_CHARS: usize = 200;
/// The longest shift of one adult with a child, in hours. After it nobody is known to be there until it is said again.
pub const CUSTODY_SHIFT_HOURS: i64 = 4;
const CLOCK_AHEAD_MINUTES: i64 = 2;
/// How long ago somebody may have begun to be with the child, in hours.
const CUSTODY_HOURS: i64 = 24;

/// Who is with the child, since when, where; or who confirmed the whereabouts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Custody {
    /// The adult, by name or office.
    pub adult: String,
    /// Since when.
    pub since: Timestamp,
    /// Where.
    pub place: String,
}

impl Custody {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(adult: &str, since: &str, place: &str, now: Timestamp) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let adult = text(adult, "adult", &mut faults);
        let place = text(place, "where", &mut faults);
        let typed = since.trim();
        let since = chrono::DateTime::parse_from_rfc3339(typed).ok().map(|t| crate::time::truncate(t.to_utc()));
        let absent = typed.is_empty();
        faults.when(since.is_none(), || {
            Fault::new(
                "since",
                if absent { "required" } else { "bad_time" },
                "请写从什么时候起陪着，例如 2026-11-23T10:30:00+08:00",
                "Give the time, such as 2026-11-23T10:30:00+08:00",
            )
        });
        faults.when(since.is_some_and(|s| s > now + TimeDelta::minutes(CLOCK_AHEAD_MINUTES)), || {
            Fault::new("since", "in_the_future", "这个时间还没有到", "This time has not come yet")
        });
        faults.when(since.is_some_and(|s| s < now - TimeDelta::hours(CUSTODY_HOURS)), || {
            Fault::new(
                "since",
                "too_long_ago",
                format!("请填写最近 {CUSTODY_HOURS} 小时内的时间"),
                format!("give a time within the last {CUSTODY_HOURS} hours"),
            )
        });
        let Some(since) = since else { return Err(faults.into_vec()) };
        // A clock that is a little fast is forgiven; nothing is kept that lies ahead.
        faults.or(Self { adult, since: since.min(now), place })
    }
}

fn text(value: &str, field: &str, faults: &mut Faults) -> String {
    let value = crate::text::line(value, field, faults);
    let (zh, en) = match field {
        "adult" => ("请写陪护的大人是谁：姓名和职务", "Say which adult is there: name and office"),
        _ => ("请写现在在哪里", "Say where they are"),
    };
    faults.when(value.is_empty(), || Fault::new(field, "required", zh, en));
    faults.when(value.chars().count() > CUSTODY_CHARS, || {
        Fault::new(
            field,
            "too_long",
            format!("太长了，最多 {CUSTODY_CHARS} 个字"),
            format!("Too long: at most {CUSTODY_CHARS} characters"),
        )
    });
    value
}

/// A named person confirms or changes the level, with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The level.
    pub level: Level,
    /// Why.
    pub reason: String,
    /// Whether access to means was asked about: the question that must not be skipped.
    pub means_asked: bool,
}

impl Assessment {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(level: Option<u8>, reason: &str, means_asked: Option<bool>) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let parsed = level.and_then(|l| Level::try_from(l).ok());
        let code = if level.is_none() { "required" } else { "bad_level" };
        faults.when(parsed.is_none(), || Fault::new("level", code, "请选择响应等级（1–4）", "Choose a level, 1 to 4"));
        let reason = reason_text(reason, &mut faults);
        faults.when(means_asked.is_none(), || {
            Fault::new(
                "means_asked",
                "required",
                "请选择问没问过身边有没有能伤害自己的东西",
                "Say whether access to means was asked about",
            )
        });
        let (Some(level), Some(means_asked)) = (parsed, means_asked) else { return Err(faults.into_vec()) };
        faults.or(Self { level, reason, means_asked })
    }

    /// Whether it may stand beside the present level. No level goes down while the question about means is open, no red
    /// while nobody is recorded as being with the child, and nothing on which the district decides below orange: nobody who
    /// decides would be called about it any more.
    ///
    /// # Errors
    /// Everything that is missing.
    pub fn beside(&self, present: Level, custody: bool, district_decides: bool) -> Result<(), Vec<Fault>> {
        let mut faults = Faults::new();
        let lowers = self.level < present;
        faults.when(lowers && !self.means_asked, || {
            Fault::new(
                "means_asked",
                "not_asked",
                "还没有问过孩子身边有没有能伤害自己的东西，不能下调；请先问，再提交",
                "The level cannot go down before the student has been asked about access to means: ask first",
            )
        });
        faults.when(lowers && present == Level::Red && !custody, no_custody);
        faults.when(district_decides && self.level < Level::Orange, || {
            Fault::new(
                "level",
                "district_alone",
                "由教育局研判的预警，等级不能低于橙色：蓝色和黄色只通知学校的人",
                "What the district decides on stays at orange or above: blue and yellow call people of the school",
            )
        });
        faults.or(())
    }
}

/// A red that nobody is recorded as being with cannot go down, neither proposed nor signed.
#[must_use]
pub fn no_custody() -> Fault {
    Fault::new(
        "level",
        "no_custody",
        "还没有登记谁在孩子身边，红色不能下调；请先登记陪护的大人",
        "A red cannot go down while no adult is recorded as being with the child: record who is there first",
    )
}

/// Reads a reason.
pub fn reason_text(reason: &str, faults: &mut Faults) -> String {
    let reason = crate::text::lines(reason, "reason", faults);
    faults.when(reason.is_empty(), || Fault::new("reason", "required", "请写明理由", "Give a reason"));
    faults.when(reason.chars().count() > REASON_CHARS, || {
        Fault::new(
            "reason",
            "too_long",
            format!("理由太长了，最多 {REASON_CHARS} 个字"),
            format!("The reason is too long: at most {REASON_CHARS} characters"),
        )
    });
    reason
}

/// Reads a note, which may be missing.
///
/// # Errors
/// When it is too long: nothing of it is cut off in silence.
pub fn note_text(note: Option<&str>) -> Result<Option<String>, Vec<Fault>> {
    let mut faults = Faults::new();
    let note = note.map(|n| crate::text::lines(n, "note", &mut faults)).filter(|n| !n.is_empty());
    faults.when(note.as_ref().is_some_and(|n| n.chars().count() > REASON_CHARS), || {
        let (zh, en) = (format!("最多 {REASON_CHARS} 个字"), format!("at most {REASON_CHARS} characters"));
        Fault::new("note", "too_long", zh, en)
    });
    faults.or(note)
}

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalKind {
    /// To lower the level.
    Lower {
        /// To which.
        to: Level,
    },
    /// To close it.
    Close {
        /// How it ended.
        outcome: super::Outcome,
    },
    /// That it need not climb further for a while.
    NotEscalate {
        /// Until when.
        until: Timestamp,
    },
}

/// A decision that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// What.
    pub kind: ProposalKind,
    /// The level that it was proposed at.
    pub from: Level,
    /// Who proposed it: never the one who approves it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// What a closing rests on, as the proposer stated it.
    pub evidence: Vec<super::Stated>,
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The alert is closed.
    #[error("the alert is closed")]
    Closed,
    /// Another proposal waits.
    #[error("another proposal waits for its second signature")]
    ProposalPending,
    /// There is nothing to approve.
    #[error("no proposal waits")]
    NoProposal,
    /// Nobody has it in hand.
    #[error("nobody has it in hand")]
    NobodyHasIt,
    /// It is offered to somebody already.
    #[error("it is offered to somebody already")]
    HandOverPending,
    /// It is not offered to this person.
    #[error("it is not offered to this person")]
    NoHandOver,
    /// It does not climb: somebody has it in hand, or the time that was meant is over.
    #[error("it does not climb")]
    DoesNotClimb,
    /// There is nobody above the rung on which it stands.
    #[error("it stands on the top rung")]
    AtTheTop,
    /// It is kept from climbing already.
    #[error("it is kept from climbing already")]
    HeldAlready,
    /// Nobody is to look again, or somebody has.
    #[error("nobody is to look again, or somebody has")]
    NoRecheck,
    /// The second person is the first.
    #[error("the second signature must be another person's")]
    SamePerson,
}
