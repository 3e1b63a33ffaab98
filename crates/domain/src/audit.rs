//! The audit log: who did or read what, when, by which right. Ids only, never content.

/// Declares the acts, each with its key in the database.
macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)+) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act {
            $($(#[$doc])* $name,)+
        }

        impl Act {
            /// Its key in the database.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)+
                }
            }
        }
    };
}

acts! {
    /// Signed in.
    SignIn = "sign_in";
    /// Failed to sign in.
    SignInRefused = "sign_in_refused";
    /// Signed out.
    SignOut = "sign_out";
    /// Changed his own password.
    ChangePassword = "change_password";
    /// Asked for another password, and typed a wrong one as his present one.
    ChangePasswordRefused = "change_password_refused";
    /// Filed an observation.
    FileObservation = "file_observation";
    /// Read an observation.
    ReadObservation = "read_observation";
    /// Read a list of students.
    ListStudents = "list_students";
    /// Read a list of alerts.
    ListAlerts = "list_alerts";
    /// Read an alert.
    ReadAlert = "read_alert";
    /// Took an alert.
    Acknowledge = "acknowledge";
    /// Said that he cannot take an alert.
    Decline = "decline";
    /// Recorded who is with the child.
    RecordCustody = "record_custody";
    /// Assessed an alert.
    Assess = "assess";
    /// Proposed to lower a level.
    ProposeLowering = "propose_lowering";
    /// Closed an alert.
    Close = "close";
    /// Proposed to close an alert.
    ProposeClosing = "propose_closing";
    /// Decided that an alert need not climb further for a while.
    NotEscalate = "not_escalate";
    /// Proposed that an alert need not climb further for a while.
    ProposeNotEscalating = "propose_not_escalating";
    /// Looked again after a close.
    Recheck = "recheck";
    /// Read what a decision rested on that was drawn.
    ReadSample = "read_sample";
    /// Read how many decisions were drawn, and what came of it.
    ReadSamples = "read_samples";
    /// Wrote down what he found of a decision that was drawn.
    FindSample = "find_sample";
    /// Offered an alert to somebody.
    HandOver = "hand_over";
    /// Took an alert that was offered.
    AcceptHandOver = "accept_hand_over";
    /// Refused an alert that was offered.
    RefuseHandOver = "refuse_hand_over";
    /// Approved a proposal.
    Approve = "approve";
    /// Rejected a proposal.
    Reject = "reject";
    /// Said that the worry remains.
    StillWorried = "still_worried";
    /// Read a growth file.
    ReadGrowthFile = "read_growth_file";
    /// Read who has opened a growth file.
    ReadFileReaders = "read_file_readers";
    /// Printed a growth file.
    PrintGrowthFile = "print_growth_file";
    /// Printed or exported the register of a class.
    PrintRegister = "print_register";
    /// Read an entry of a growth file with its versions.
    ReadEntry = "read_entry";
    /// Wrote into a growth file.
    WriteEntry = "write_entry";
    /// Corrected an entry of a growth file.
    CorrectEntry = "correct_entry";
    /// Added a file to an entry of a growth file.
    Attach = "attach";
    /// Read a file that belongs to an entry.
    ReadAttachment = "read_attachment";
    /// Withdrew a file from an entry.
    WithdrawAttachment = "withdraw_attachment";
    /// Read who is on which list.
    ReadLists = "read_lists";
    /// Put a student on a list, looked at it again, or took him off.
    ChangeList = "change_list";
    /// Named support for a student.
    NameSupport = "name_support";
    /// Read a plan, or measures of one.
    ReadPlan = "read_plan";
    /// Wrote a version of a plan.
    WritePlan = "write_plan";
    /// Signed a version of a plan.
    SignPlan = "sign_plan";
    /// Said what came of a measure.
    ReportProgress = "report_progress";
    /// Uploaded memberships of lists.
    UploadLists = "upload_lists";
    /// Read the preview of an import of memberships.
    ReadListImport = "read_list_import";
    /// Applied an import of memberships.
    ApplyLists = "apply_lists";
    /// Took an import of memberships back.
    UndoLists = "undo_lists";
    /// Uploaded a roster.
    UploadRoster = "upload_roster";
    /// Read the preview of a roster import.
    ReadImport = "read_import";
    /// Applied a roster import.
    ApplyRoster = "apply_roster";
    /// Took a roster import back.
    UndoRoster = "undo_roster";
    /// Added a member of staff.
    AddStaff = "add_staff";
    /// Proposed a position, or gave it where nobody has to confirm it.
    ProposePosition = "propose_position";
    /// Confirmed a position.
    ConfirmPosition = "confirm_position";
    /// Refused a position.
    RefusePosition = "refuse_position";
    /// Was given another word, to be handed over to whoever ends his first password with it.
    GiveHandOverWord = "give_hand_over_word";
    /// Set up a school.
    InitSchool = "init_school";
    /// The service told a rung, by itself.
    Escalate = "escalate";
    /// A turn of duty was set.
    SetDuty = "set_duty";
    /// A turn of duty was taken back.
    RemoveDuty = "remove_duty";
    /// A deputy was named.
    NameDeputy = "name_deputy";
    /// A deputation was ended.
    EndDeputy = "end_deputy";
    /// A contact method was added.
    AddContact = "add_contact";
    /// A contact method was tested again.
    TestContact = "test_contact";
    /// A contact method was verified.
    VerifyContact = "verify_contact";
    /// A contact method was taken away.
    RemoveContact = "remove_contact";
    /// Channels of yellow and blue were chosen.
    PreferChannels = "prefer_channels";
    /// A position was ended.
    EndPosition = "end_position";
    /// An account was closed.
    DisablePerson = "disable_person";
    /// The people of a unit were listed.
    ListPeople = "list_people";
    /// A drill was started.
    StartDrill = "start_drill";
    /// A drill was ended.
    EndDrill = "end_drill";
    /// A drill was answered: taken, declined, or a custody recorded in it.
    AnswerDrill = "answer_drill";
    /// The report of a drill was read.
    ReadDrill = "read_drill";
    /// Filed a weekly report, or added to one.
    FileReport = "file_report";
    /// Read weekly reports.
    ReadReport = "read_report";
    /// Read a list of tasks.
    ListTasks = "list_tasks";
    /// Read a task.
    ReadTask = "read_task";
    /// Gave a task.
    GiveTask = "give_task";
    /// Said that a task is done.
    EndTask = "end_task";
    /// Handed a task on.
    HandOnTask = "hand_on_task";
    /// Recorded who is on watch.
    RecordWatch = "record_watch";
    /// Ended a watch.
    EndWatch = "end_watch";
    /// Referred a student to help outside.
    Refer = "refer";
    /// Read a student's referrals.
    ReadReferrals = "read_referrals";
    /// Noted whether they went.
    ReferralWent = "referral_went";
    /// Noted what came of a referral.
    ReferralBack = "referral_back";
    /// Named a child whom an event may have touched.
    NameAffectedPeer = "name_affected_peer";
    /// Read whom an event may have touched.
    ReadAffectedPeers = "read_affected_peers";
    /// Recorded a leave from school.
    RecordLeave = "record_leave";
    /// Took a step in a leave or a return.
    StepLeave = "step_leave";
    /// Read a student's leaves.
    ReadLeaves = "read_leaves";
    /// Wrote down a talk.
    RecordInterview = "record_interview";
    /// Wrote down a screening.
    RecordScreening = "record_screening";
    /// Wrote down a visit at home.
    RecordHomeVisit = "record_home_visit";
    /// Wrote down a call to a guardian.
    RecordGuardianContact = "record_guardian_contact";
    /// Locked a household.
    LockHousehold = "lock_household";
    /// Proposed whether home is told.
    ProposeHousehold = "propose_household";
    /// Signed whether home is told.
    SignHousehold = "sign_household";
    /// Issued a notice to a guardian.
    IssueNotice = "issue_notice";
    /// Read a student's notices.
    ReadNotices = "read_notices";
    /// Wrote down what became of a notice.
    RecordNotice = "record_notice";
    /// Printed a form: a referral, a notice, a talk, a plan.
    PrintPaper = "print_paper";
    /// Reported what the law demands.
    ReportByLaw = "report_by_law";
    /// Read such a report.
    ReadByLaw = "read_by_law";
    /// Wrote down that an authority was told.
    RecordTold = "record_told";
    /// Handed a student over.
    SendStudent = "send_student";
    /// Read hand-overs of students.
    ReadStudentHandOver = "read_student_hand_over";
    /// Accepted a student.
    AcceptStudent = "accept_student";
    /// Refused a student.
    RefuseStudent = "refuse_student";
    /// Took the hand-over of a student back.
    WithdrawStudent = "withdraw_student";
    /// Wrote down that the receiver was told by telephone.
    TellOfStudent = "tell_of_student";
    /// Read what is open about a student.
    ReadOpenMatters = "read_open_matters";
    /// Opened what is sealed of a file, for a time.
    UnsealFile = "unseal_file";
}
