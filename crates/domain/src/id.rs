//! Typed, prefixed ids: a student's id cannot be handed in where an alert's is wanted.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// Where ids and secrets come from.
pub trait Ids: Send + Sync {
    /// A new UUID, version 7: later ones sort later.
    fn uuid(&self) -> Uuid;
    /// 256 bits that nobody can guess.
    fn secret(&self) -> [u8; 32];
}

/// A text that is not an id of the kind that was wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}_…")]
pub struct BadId {
    /// The prefix that was wanted.
    pub prefix: &'static str,
}

fn parse(prefix: &'static str, text: &str) -> Result<Uuid, BadId> {
    let bad = BadId { prefix };
    let rest = text.strip_prefix(prefix).and_then(|r| r.strip_prefix('_')).ok_or(bad.clone())?;
    if rest.len() != 32 || rest.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(bad);
    }
    Uuid::try_parse(rest).map_err(|_| bad)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// The prefix of this kind of id, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Takes a UUID (version 7, from the seam that makes them).
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, as it is stored.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", Self::PREFIX, self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                parse(Self::PREFIX, text).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A district 区县教育局.
    DistrictId = "dst";
    /// A school 学校.
    SchoolId = "sch";
    /// A grade 年级: one entry year of one stage of a school.
    GradeId = "grd";
    /// A class 班级.
    ClassId = "cls";
    /// A member of staff, or a peer monitor.
    PersonId = "per";
    /// A position: role, unit, validity.
    PositionId = "pos";
    /// A student 学生.
    StudentId = "stu";
    /// An observation 观察记录.
    ObservationId = "obs";
    /// An alert 预警.
    AlertId = "alr";
    /// A signed-in session.
    SessionId = "ses";
    /// A proposal that waits for a second signature.
    ProposalId = "prp";
    /// A roster import 名册导入.
    ImportId = "imp";
    /// A message in the outbox.
    MessageId = "msg";
    /// A file that belongs to an entry of a growth file 附件.
    AttachmentId = "att";
    /// An event of an alert or an observation.
    EventId = "evt";
    /// One version of a policy.
    PolicyId = "pol";
    /// A turn of duty.
    DutyId = "dut";
    /// A deputation.
    DeputyId = "dep";
    /// A contact method.
    ContactId = "con";
    /// A membership of a list.
    MembershipId = "mbr";
    /// A version of a plan.
    PlanId = "pln";
    /// A measure of a plan.
    MeasureId = "msr";
    /// A drill.
    DrillId = "drl";
    /// A task.
    TaskId = "tsk";
    /// A referral.
    ReferralId = "ref";
    /// A report that the law demands.
    MandatoryId = "mdr";
    /// A notice to a guardian.
    NoticeId = "ntc";
    /// A watch.
    WatchId = "wch";
    /// A leave from school.
    LeaveId = "lea";
    /// A hand-over of a student.
    StudentHandOverId = "sho";
    /// A signed decision that was drawn 抽查.
    SampleId = "smp";
    /// A position that was proposed or given 任职.
    AppointmentId = "apt";
}

impl MessageId {
    /// Fifteen characters of it, for providers that repeat no more of our number than that: sixty of its random bits.
    #[must_use]
    pub fn short(self) -> String {
        let whole = self.0.simple().to_string();
        whole.chars().skip(whole.len() - 15).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes_and_refuses_another_kind() {
        let id = StudentId::new(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse::<StudentId>(), Ok(id));
        assert!(id.to_string().parse::<AlertId>().is_err());
        assert!("stu_".parse::<StudentId>().is_err());
        assert!("stu_0000000000000000000000000000000G".parse::<StudentId>().is_err());
        assert_eq!(MessageId::new(Uuid::from_u128(u128::MAX - 1)).short(), "ffffffffffffffe");
        assert!("stu_00000000-0000-0000-0000-000000000007".parse::<StudentId>().is_err());
    }
}
