//! The audit log: who did or read what, when, by which right. Ids only, never content.

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Signed in.
    SignIn,
    /// Failed to sign in.
    SignInRefused,
    /// Signed out.
    SignOut,
    /// Filed an observation.
    FileObservation,
    /// Read an observation.
    ReadObservation,
    /// Read a list of students.
    ListStudents,
    /// Read a list of alerts.
    ListAlerts,
    /// Read an alert.
    ReadAlert,
    /// Took an alert.
    Acknowledge,
    /// Said that he cannot take an alert.
    Decline,
    /// Recorded who is with the child.
    RecordCustody,
    /// Assessed an alert.
    Assess,
    /// Proposed to lower a level.
    ProposeLowering,
    /// Closed an alert.
    Close,
    /// Proposed to close an alert.
    ProposeClosing,
    /// Decided that an alert need not climb further for a while.
    NotEscalate,
    /// Proposed that an alert need not climb further for a while.
    ProposeNotEscalating,
    /// Looked again after a close.
    Recheck,
    /// Offered an alert to somebody.
    HandOver,
    /// Took an alert that was offered.
    AcceptHandOver,
    /// Refused an alert that was offered.
    RefuseHandOver,
    /// Approved a proposal.
    Approve,
    /// Rejected a proposal.
    Reject,
    /// Said that the worry remains.
    StillWorried,
    /// Read a growth file.
    ReadGrowthFile,
    /// Printed a growth file.
    PrintGrowthFile,
    /// Printed or exported the register of a class.
    PrintRegister,
    /// Read an entry of a growth file with its versions.
    ReadEntry,
    /// Wrote into a growth file.
    WriteEntry,
    /// Corrected an entry of a growth file.
    CorrectEntry,
    /// Read who is on which list.
    ReadLists,
    /// Put a student on a list, looked at it again, or took him off.
    ChangeList,
    /// Named support for a student.
    NameSupport,
    /// Read a plan, or measures of one.
    ReadPlan,
    /// Wrote a version of a plan.
    WritePlan,
    /// Signed a version of a plan.
    SignPlan,
    /// Said what came of a measure.
    ReportProgress,
    /// Uploaded a roster.
    UploadRoster,
    /// Read the preview of a roster import.
    ReadImport,
    /// Applied a roster import.
    ApplyRoster,
    /// Took a roster import back.
    UndoRoster,
    /// Added a member of staff.
    AddStaff,
    /// Set up a school.
    InitSchool,
    /// The service told a rung, by itself.
    Escalate,
    /// A turn of duty was set.
    SetDuty,
    /// A turn of duty was taken back.
    RemoveDuty,
    /// A deputy was named.
    NameDeputy,
    /// A deputation was ended.
    EndDeputy,
    /// A contact method was added.
    AddContact,
    /// A contact method was tested again.
    TestContact,
    /// A contact method was verified.
    VerifyContact,
    /// A contact method was taken away.
    RemoveContact,
    /// Channels of yellow and blue were chosen.
    PreferChannels,
    /// A position was ended.
    EndPosition,
    /// An account was closed.
    DisablePerson,
    /// The people of a unit were listed.
    ListPeople,
    /// A drill was started.
    StartDrill,
    /// A drill was ended.
    EndDrill,
    /// A drill was answered: taken, declined, or a custody recorded in it.
    AnswerDrill,
    /// The report of a drill was read.
    ReadDrill,
    /// Filed a weekly report, or added to one.
    FileReport,
    /// Read weekly reports.
    ReadReport,
    /// Read a list of tasks.
    ListTasks,
    /// Read a task.
    ReadTask,
    /// Gave a task.
    GiveTask,
    /// Said that a task is done.
    EndTask,
    /// Handed a task on.
    HandOnTask,
    /// Recorded who is on watch.
    RecordWatch,
    /// Ended a watch.
    EndWatch,
    /// Referred a student to help outside.
    Refer,
    /// Read a student's referrals.
    ReadReferrals,
    /// Noted whether they went.
    ReferralWent,
    /// Noted what came of a referral.
    ReferralBack,
    /// Wrote down a talk.
    RecordInterview,
    /// Wrote down a visit at home.
    RecordHomeVisit,
    /// Wrote down a call to a guardian.
    RecordGuardianContact,
    /// Locked a household.
    LockHousehold,
    /// Proposed whether home is told.
    ProposeHousehold,
    /// Signed whether home is told.
    SignHousehold,
}

impl Act {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignOut => "sign_out",
            Self::FileObservation => "file_observation",
            Self::ReadObservation => "read_observation",
            Self::ListStudents => "list_students",
            Self::ListAlerts => "list_alerts",
            Self::ReadAlert => "read_alert",
            Self::Acknowledge => "acknowledge",
            Self::Decline => "decline",
            Self::RecordCustody => "record_custody",
            Self::Assess => "assess",
            Self::ProposeLowering => "propose_lowering",
            Self::Close => "close",
            Self::ProposeClosing => "propose_closing",
            Self::NotEscalate => "not_escalate",
            Self::ProposeNotEscalating => "propose_not_escalating",
            Self::Recheck => "recheck",
            Self::HandOver => "hand_over",
            Self::AcceptHandOver => "accept_hand_over",
            Self::RefuseHandOver => "refuse_hand_over",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::StillWorried => "still_worried",
            Self::ReadGrowthFile => "read_growth_file",
            Self::PrintGrowthFile => "print_growth_file",
            Self::PrintRegister => "print_register",
            Self::ReadEntry => "read_entry",
            Self::WriteEntry => "write_entry",
            Self::CorrectEntry => "correct_entry",
            Self::ReadLists => "read_lists",
            Self::ChangeList => "change_list",
            Self::NameSupport => "name_support",
            Self::ReadPlan => "read_plan",
            Self::WritePlan => "write_plan",
            Self::SignPlan => "sign_plan",
            Self::ReportProgress => "report_progress",
            Self::UploadRoster => "upload_roster",
            Self::ReadImport => "read_import",
            Self::ApplyRoster => "apply_roster",
            Self::UndoRoster => "undo_roster",
            Self::AddStaff => "add_staff",
            Self::InitSchool => "init_school",
            Self::Escalate => "escalate",
            Self::SetDuty => "set_duty",
            Self::RemoveDuty => "remove_duty",
            Self::NameDeputy => "name_deputy",
            Self::EndDeputy => "end_deputy",
            Self::AddContact => "add_contact",
            Self::TestContact => "test_contact",
            Self::VerifyContact => "verify_contact",
            Self::RemoveContact => "remove_contact",
            Self::PreferChannels => "prefer_channels",
            Self::EndPosition => "end_position",
            Self::DisablePerson => "disable_person",
            Self::ListPeople => "list_people",
            Self::StartDrill => "start_drill",
            Self::EndDrill => "end_drill",
            Self::AnswerDrill => "answer_drill",
            Self::ReadDrill => "read_drill",
            Self::FileReport => "file_report",
            Self::ReadReport => "read_report",
            Self::ListTasks => "list_tasks",
            Self::ReadTask => "read_task",
            Self::GiveTask => "give_task",
            Self::EndTask => "end_task",
            Self::HandOnTask => "hand_on_task",
            Self::RecordWatch => "record_watch",
            Self::EndWatch => "end_watch",
            Self::Refer => "refer",
            Self::ReadReferrals => "read_referrals",
            Self::ReferralWent => "referral_went",
            Self::ReferralBack => "referral_back",
            Self::RecordInterview => "record_interview",
            Self::RecordHomeVisit => "record_home_visit",
            Self::RecordGuardianContact => "record_guardian_contact",
            Self::LockHousehold => "lock_household",
            Self::ProposeHousehold => "propose_household",
            Self::SignHousehold => "sign_household",
        }
    }
}
