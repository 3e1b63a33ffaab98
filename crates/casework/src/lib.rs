//! The verbs of the service: load → decide → store, one transaction each, commit last.
//!
//! Invariants:
//! - every change writes its event and its audit line in the same transaction;
//! - a student is read only after the audit line of that reading is durable;
//! - what the reader may not know of is [`CaseError::NotFound`], like what does not exist;
//! - nothing is sent from here: notices go into the outbox and are found there.
//!
//! Absences: no HTTP, no SMTP, no SQL; no clock and no randomness but those handed in.

mod acknowledge_alert;
mod add_staff;
mod affected;
mod answer_by_code;
mod answer_hand_over;
mod apply_roster;
mod appointment;
mod assess_alert;
mod attachments;
mod attempt;
mod canary;
mod canary_school;
mod care;
mod cases;
mod change_password;
mod climbing;
mod close_alert;
mod closing_record;
mod consume_signals;
mod contacts;
mod coverage_of;
mod decide_proposal;
mod deputies;
mod desk;
mod directory_changed;
mod directory_of;
mod drill;
mod due_today;
mod duty;
mod error;
mod escalate_overdue;
mod file_observation;
mod file_reader;
mod file_readers;
mod file_search;
mod give_code;
mod guardian_notice;
mod hand_over;
mod hand_over_word;
mod hidden_names;
mod idempotency;
mod import_roster;
mod in_file;
mod in_flight;
mod init_school;
mod leave;
mod leaving;
mod leaving_close;
mod leaving_needs;
mod leaving_offices;
mod leaving_plans;
mod led_to;
mod list_alerts;
mod list_import;
mod list_people;
mod list_students;
mod lists;
mod mandatory;
mod match_roster;
mod may_hear;
mod measures;
mod namesakes;
mod new_password;
mod not_escalate;
mod nudge;
mod open_or_join;
mod own_observations;
mod password_queue;
mod plans;
mod print_growth_file;
mod print_papers;
mod print_register;
mod pulse;
mod read_observation;
mod recheck_alert;
mod reconcile_policy;
mod record_custody;
mod record_receipt;
mod referral;
mod rehome;
mod remind_of_rechecks;
mod report;
mod reports;
mod return_hand_over;
mod sample;
mod sign_in;
mod signed;
mod still_worried;
mod storm;
mod student_hand_over;
mod sweep;
mod task;
mod tidy;
mod unread_report;
mod unseen;
mod view_alert;
mod view_growth_file;
mod view_receipt;
mod view_school;
mod watch;
mod who_am_i;
mod write_entry;

pub use acknowledge_alert::acknowledge_alert;
pub use add_staff::{Contact, NewStaff, add_staff, add_staff_by, add_staff_on_the_machine, may_manage_staff};
pub use affected::{affected_peers, name_affected_peers};
pub use answer_by_code::{CodeAnswer, CodeHolder, CodeState, CodeView, ReportedCall, answer_by_code, look_up_code};
pub use answer_hand_over::{accept_hand_over, refuse_hand_over};
pub use apply_roster::{apply_roster, undo_roster, view_import};
pub use appointment::{
    AppointmentQuery, AppointmentView, AppointmentsAtAGlance, PositionDraft, appointment_of, appointments_at_a_glance,
    appointments_to_decide, confirm_appointment, give_new_word, list_appointments, propose_position,
    refuse_appointment, view_appointment,
};
pub use assess_alert::{Assessed, assess_alert};
pub use attachments::{AttachedFile, KeptAttachment, attach, largest_attachment, view_attachment, withdraw_attachment};
pub use canary::{CanaryTurn, turn_canary};
pub use care::{
    ScreeningDone, propose_household, record_guardian_contact, record_home_visit, record_interview, record_screening,
    sign_household, student_for_household, view_household,
};
pub use cases::{Case, KeptSupport, SupportDraft, has_cases, list_cases, name_support};
pub use change_password::{PasswordChange, change_password};
pub use close_alert::{ClosingDraft, close_alert};
pub use consume_signals::consume_signals;
pub use contacts::{add_contact, choose_channels, my_contacts, remove_contact, test_contact, verify_contact};
pub use coverage_of::SchoolCoverage;
pub use decide_proposal::decide_proposal;
pub use deputies::{DeputyDraft, deputations, end_deputy, may_name_deputies, name_deputy};
pub use desk::{Clocks, Desk, PasswordCost, SessionRules};
pub use drill::{
    Answer, ByChannel, DrillAct, DrillReport, DrillSight, DrillView, Figures, PersonReport, RungReport, answer_drill,
    drill_choices, end_drill, list_drills, running_for, start_drill, turn_drills, view_drill,
};
pub use due_today::{DueToday, due_today};
pub use duty::{DutyDraft, DutyView, remove_duty, set_duty, view_duty};
pub use error::CaseError;
pub use escalate_overdue::escalate_overdue;
pub use file_observation::{Filed, Filer, confirm_students, file_observation};
pub use file_readers::{FileReaders, ReadersQuery, file_readers, sees_file_readers};
pub use guardian_notice::{issue_notice, list_notices, take_notice_step};
pub use hand_over::{Successor, hand_over, who_can_take_over};
pub use hand_over_word::{WordNeed, hand_over_word_needed};
pub use idempotency::IdempotencyKey;
pub use import_roster::{ImportPreview, RowFault, UploadedFile, import_roster, largest_roster, preview_roster};
pub use init_school::{FirstSchool, init_school};
pub use leave::{LeaveSight, LeaveView, begin_leave, leave_staff, leaves_of, step_leave};
pub use leaving::{disable_person, end_position};
pub use led_to::ToldOffice;
pub use list_alerts::{AlertQuery, list_alerts};
pub use list_import::{
    LineFate, ListImport, ListImportLine, apply_lists, has_lists_to_import, import_lists, undo_lists, view_list_import,
};
pub use list_people::{ListedPerson, PeopleQuery, list_people};
pub use list_students::{ListedStudent, StudentQuery, has_similar_names, list_students, look_alikes, students_by_id};
pub use lists::{
    KeptMembership, StudentLists, end_membership, is_overdue, list_members, lists_known, put_on_list,
    review_membership, view_lists,
};
pub use mandatory::{list_mandatory, outside_terms, record_told, report_by_law, student_for_report, view_mandatory};
pub use measures::{KeptProgress, list_measures, measure_overdue, report_progress};
pub use not_escalate::not_escalate;
pub use own_observations::{OwnReport, own_observation, own_observations, students_filed_about};
pub use plans::{KeptPlan, PlanGlance, PlanView, has_plans_to_write, sign_plan, view_plan, write_plan, writes_plans};
pub use print_growth_file::{MOST_PRINTED, PaperFile, PrintDraft, PrintQuery, print_growth_file};
pub use print_papers::{Sheet, print_interview, print_notice, print_plan, print_referral};
pub use print_register::{Register, print_register};
pub use pulse::{Pulse, announce_engine, beat, last_proof, pulse};
pub use read_observation::{ObservationLoop, OwnObservation, read_observation};
pub use recheck_alert::recheck_alert;
pub use reconcile_policy::reconcile_policy;
pub use record_custody::record_custody;
pub use record_receipt::record_receipt;
pub use referral::{list_referrals, refer, refer_back, refer_went};
pub use report::{
    ClassReportView, FiledReport, ReportsView, SummaryUnit, UnitSummary, add_summary, file_class_report, turn_reports,
    view_class_report, view_reports,
};
pub use reports::Report;
pub use sample::{SampleSummary, SampleView, find_sample, view_sample, view_samples};
pub use sign_in::{NewSession, SessionKind, sign_in, sign_out};
pub use signed::{Opening, Signed, authenticate};
pub use still_worried::still_worried;
pub use student_hand_over::{
    Destinations, OpenMatter, OpenMatters, SentStudents, StudentHandOverQuery, StudentHandOverView, Unsealed,
    accept_student, destinations, list_student_hand_overs, refuse_student, send_students, tell_of_student,
    turn_student_hand_overs, unseal_file, view_open_matters, view_student_hand_over, waiting_for_answer,
    withdraw_student,
};
pub use sweep::{
    ClassSweepView, FiledSweep, SweepsView, add_sweep_summary, file_class_sweep, own_list_taken_at, view_class_sweep,
    view_sweeps,
};
pub use task::{
    TaskQuery, colleagues_for_tasks, end_task, give_task, hand_on_task, list_tasks, may_hand_on, student_for_care,
    turn_tasks, view_handed_on, view_task,
};
pub use tidy::tidy;
pub use unseen::turn_unseen;
pub use view_alert::{AlertView, LadderRung, Sight, view_alert};
pub use view_growth_file::{GrowthFile, GrowthQuery, KeyDate, OpenedFile, open_file, view_growth_file};
pub use view_receipt::{Receipt, view_receipt};
pub use view_school::{Telephones, classes_for_filing, staff_for_filing, telephones, telephones_of_the_only_school};
pub use watch::{EndDraft, end_watch, take_over_watch, view_watches};
pub use who_am_i::{Me, PositionView, describe_positions, who_am_i};
pub use write_entry::{EntryVersions, KeptEntry, correct_entry, view_entry, write_entry};

pub use storage::{
    AlertRecord, AlertSummary, AppointmentRecord, AttachmentRecord, CaseFilter, ClassRecord, ClassWeek, ClosingRecord,
    ContactRecord, CustodyRecord, DeputyRecord, DrillEnded, DrillRecord, DueReport, DutyRecord, EventRecord,
    FileReaderRecord, GrowthCursor, GrowthEntry, HandOverRecord, HouseholdLock, LeaveRecord, LeaveStep, Lodging,
    MandatoryRecord, MeasureRecord, MemberFilter, MembershipRecord, MessageRecord, MoveAnswer, NewStudent,
    NotEscalatingRecord, NoticeRecord, NoticeStepRecord, PeerRecord, PersonRecord, PlanRecord, ProgressRecord,
    ReasonRecord, ReferralRecord, ReportRecord, ReportVersion, SampleRow, SchoolRecord, ShiftRecord,
    StudentHandOverRecord, StudentRecord, SummaryVersion, SupportRecord, TaskRecord, TaskSubject, ToldRecord,
    WatchRecord,
};
