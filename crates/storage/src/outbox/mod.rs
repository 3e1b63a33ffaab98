//! The outbox: written in the transaction of the alert, worked off under fenced leases.

mod address;
mod await_receipt;
mod bundle;
mod claimed_of;
mod find;
mod of_appointments;
mod of_reporters;
mod put;
mod receipt;
mod storm;
mod work;

pub use await_receipt::Awaited;
use domain::delivery::{Channel, MessageState, Outcome, Standing};
use domain::id::{AlertId, ContactId, MessageId, PersonId, SchoolId};
use domain::level::Level;
use domain::notice::{Lane, NoticeKind};
use domain::time::Timestamp;

/// What a message needs besides its notice.
#[derive(Debug, Clone)]
pub struct Recipient<'a> {
    /// The alert.
    pub alert: AlertId,
    /// Its school.
    pub school: SchoolId,
    /// Its level.
    pub level: Level,
    /// Within how many minutes an answer is asked for.
    pub minutes: u32,
    /// Who took over, by office.
    pub taken_by: Option<&'a str>,
    /// What tells the number in the message from one that was taken.
    pub code_counter: u32,
    /// It comes later than it should have.
    pub late: bool,
}

/// What a worker takes.
#[derive(Debug, Clone, Copy)]
pub struct Taking {
    /// From which lane.
    pub lane: Lane,
    /// By one channel alone, where the lane's channels have workers of their own.
    pub channel: Option<Channel>,
    /// The school's time now.
    pub now: Timestamp,
    /// What was due before this, and was never tried, comes late.
    pub late_before: Timestamp,
    /// How long it is held.
    pub lease: Lease,
    /// How many at most; those that go out with them not counted.
    pub most: u32,
}

/// What a message carries besides itself. It never changes: a resend says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bundle {
    /// About how many alerts it asks for something.
    pub tasks: u32,
    /// About how many more it only informs.
    pub notes: u32,
    /// Within how many minutes the most urgent wants an answer; none where nothing has to be answered.
    pub minutes: Option<u32>,
}

/// A claimed message, ready to be sent.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: MessageId,
    /// Which attempt this is: the fence.
    pub attempt: u32,
    /// The alert.
    pub alert: AlertId,
    /// The school.
    pub school: SchoolId,
    /// The school, by name.
    pub school_name: String,
    /// The school's duty telephone.
    pub duty_phone: Option<String>,
    /// The recipient.
    pub person: PersonId,
    /// The channel.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// Turn of the alert.
    pub epoch: u32,
    /// What tells the number in the message from one that was taken.
    pub code_counter: u32,
    /// The rung.
    pub rung: u8,
    /// The repeat.
    pub repeat: u32,
    /// The lane.
    pub lane: Lane,
    /// The level.
    pub level: Level,
    /// Within how many minutes an answer is asked for.
    pub minutes: u32,
    /// Who took over, by office.
    pub taken_by: Option<String>,
    /// Which of the recipient's contact methods it goes to.
    pub contact: Option<ContactId>,
    /// Its address: the newest verified one on this channel that was not refused as bad for this message.
    pub address: Option<String>,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// The recipient may still hear of it, and an alarm goes out only while the alert is open and not taken.
    pub wanted: bool,
    /// It may go out together with others. Never one of a red or an orange.
    pub may_bundle: bool,
    /// What it carries; nothing where it goes out alone.
    pub bundle: Option<Bundle>,
    /// It comes later than it should have.
    pub late: bool,
    /// Of whoever reported: it has gone higher since.
    pub risen: bool,
    /// What the earlier attempts came to, oldest first: the latest ones, and every refusal.
    pub earlier: Vec<Attempted>,
}

impl Claimed {
    /// Whether it is of a drill: by the lane that it was put into.
    #[must_use]
    pub fn is_drill(&self) -> bool {
        self.lane == Lane::Drill
    }

    /// Whether it is sent as a red is: with short pauses, and once more after a lost answer. So is what says of a red that
    /// somebody has to come, though it is told to those who had it in hand; and the drill of a red, or it would not measure one.
    #[must_use]
    pub fn hurries(&self) -> bool {
        match self.lane {
            Lane::Red => true,
            Lane::Normal => {
                let comes = matches!(self.kind, NoticeKind::AssessmentDue | NoticeKind::WatchLapsed);
                self.level == Level::Red && comes
            }
            Lane::Drill => self.level == Level::Red,
        }
    }
}

/// An attempt that has come to an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempted {
    /// By which provider.
    pub provider: String,
    /// What it came to.
    pub outcome: Outcome,
}

/// A lease, in real time: messages that were due in the school's time are held by a worker until then.
#[derive(Debug, Clone, Copy)]
pub struct Lease {
    /// The real time now.
    pub now: Timestamp,
    /// When another worker may take it over.
    pub until: Timestamp,
}

/// What is written down after an attempt.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The attempt that it is about.
    pub claimed: &'a Claimed,
    /// By which provider.
    pub provider: &'a str,
    /// What it came to.
    pub outcome: &'a Outcome,
    /// Where the message stands now.
    pub state: MessageState,
    /// When it is tried again, for [`MessageState::Pending`].
    pub not_before: Timestamp,
}

/// A message as an alert's page shows it.
#[derive(Debug, Clone)]
pub struct MessageRecord {
    /// Its id.
    pub id: MessageId,
    /// The recipient, with the name.
    pub person: (PersonId, String),
    /// The channel.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// Turn of the alert.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it last changed.
    pub at: Timestamp,
    /// When it was put into the outbox.
    pub created_at: Timestamp,
    /// Before when it does not go out.
    pub not_before: Timestamp,
    /// Where the message stands that carries it, for [`MessageState::Bundled`].
    pub carrier: Option<Standing>,
    /// It came later than it should have.
    pub late: bool,
}

impl MessageRecord {
    /// Where it stands, and since when: what went out inside another message stands where that one does.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.carrier.unwrap_or(Standing { state: self.state, not_before: self.not_before, at: self.at })
    }
}

#[cfg(test)]
mod tests;
