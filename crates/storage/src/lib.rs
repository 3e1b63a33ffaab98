//! What is kept. sea-orm lives here and nowhere else; rows are private, and a row that does not parse is an error.
//!
//! Invariants:
//! - writing is only possible on a [`Tx`], which is consumed by its commit; the commit answers after it is durable;
//! - on SQLite one writer runs everybody's transactions one after another, each in a savepoint of its own, and commits
//!   them together (group commit); readers never wait for it;
//! - every finder of personal data takes a [`domain::access::Scope`]; what is not in scope is not found;
//! - an audit row is written in the transaction of the act that it tells of.
//!
//! Absences: no HTTP, no mail, no decision about children; nobody outside learns which database it is.

mod affected;
mod alert;
mod appointment;
mod attached;
mod audit;
mod backup;
mod code;
mod connect;
mod contact;
mod contact_notice;
mod contact_test;
mod coverage;
mod deputy;
mod drill;
mod duty;
mod error;
mod event;
mod file_reader;
mod finding;
mod growth;
mod growth_entry;
mod guardian_notice;
mod household;
mod idempotency;
mod import;
mod leave;
mod leaving;
mod list;
mod list_import;
mod mandatory;
mod measure;
mod mishap;
mod move_history;
mod observation;
mod org;
mod outbox;
mod password;
mod people;
mod person;
mod plan;
mod plan_heir;
mod policy;
mod referral;
mod register;
mod report;
mod row;
mod sample;
mod session;
mod shift;
mod signal;
mod student;
mod student_hand_over;
mod support;
mod task;
mod tx;
mod unread_report;
mod unseen;
mod watch;
mod webhook;
mod writer;

pub use affected::PeerRecord;
pub use alert::{
    AlertFilter, AlertRecord, AlertSummary, ClosingRecord, CustodyRecord, HandOverRecord, Lodging, NotEscalatingRecord,
    ReasonRecord, RecheckDue,
};
pub use appointment::{AppointmentFilter, AppointmentRecord};
pub use attached::{AttachmentRecord, NewAttachment, Withdrawn};
pub use audit::AuditEntry;
pub use backup::{Holdings, copy_sqlite, examine_sqlite, examine_url};
pub use code::CodeRecord;
pub use connect::{Storage, Target};
pub use contact::{ContactRecord, ContactTest};
pub use contact_notice::LeasedContactNotice;
pub use contact_test::{LeasedTest, TestOutcome};
pub use deputy::DeputyRecord;
pub use drill::{DrillEnded, DrillMessage, DrillRecipient, DrillRecord};
pub use duty::DutyRecord;
pub use error::StorageError;
pub use event::EventRecord;
pub use file_reader::FileReaderRecord;
pub use growth::{GrowthCursor, GrowthEntry, GrowthFilter, NewGrowthEntry};
pub use guardian_notice::{NoticeRecord, NoticeStepRecord};
pub use household::{HouseholdLock, HouseholdProposal};
pub use idempotency::Remembered;
pub use import::{ImportRecord, NewImport, StudentBefore};
pub use leave::{LeaveRecord, LeaveStep};
pub use list::{MemberFilter, MembershipRecord};
pub use list_import::ListImportRecord;
pub use mandatory::{MandatoryClock, MandatoryReader, MandatoryRecord, ToldRecord};
pub use measure::{MeasureRecord, MeasuresOf, ProgressRecord};
pub use mishap::{Deed, Mishaps, Moment};
pub use observation::{NewObservation, ObservationRecord, ReportRecord};
pub use org::{ClassRecord, GradeRecord, SchoolRecord};
pub use outbox::{Attempted, Awaited, Bundle, Claimed, Lease, MessageRecord, Recipient, Taking, Verdict};
pub use password::PasswordRecord;
pub use people::PeopleFilter;
pub use person::{PersonRecord, SignInRecord};
pub use plan::PlanRecord;
pub use referral::ReferralRecord;
pub use report::{ClassWeek, DueReport, LowTimeRecord, ReportMessage, ReportVersion, Reported, SummaryVersion};
pub use sample::{DrawRecord, FindingRecord, SampleMonth, SampleReader, SampleRecord, SampleRow};
pub use session::{Delay, SessionRecord};
pub use shift::{ShiftRecord, WatchRecord};
pub use signal::{SignalKind, SignalRecord};
pub use student::{NewStudent, StudentFilter, StudentName, StudentRecord};
pub use student_hand_over::{
    Destination, MoveAnswer, MoveFilter, MoveReader, NewStudentHandOver, NewUnsealing, StudentHandOverRecord,
    StudentMessage,
};
pub use support::{CaseFilter, SupportRecord};
pub use task::{NewTask, TaskFilter, TaskMessage, TaskReader, TaskRecord, TaskSubject};
pub use tx::{Read, Tx};
pub use unread_report::UnreadReport;
pub use unseen::UnseenRecord;
pub use watch::{CanaryMessage, Found, OpenFinding, ProviderRecord, Question, Severity, Standing, WHOLE_TABLES};
pub use webhook::{Delivery, DeliveryFate};
