//! Messages that stand beside something else than an alert: a report, a task, what the law demands, students who pass on, a
//! drill. Each is claimed with its lane, and is wanted while what it asks for is.

use super::*;

const GRADE: u128 = 3;
const CLASS: u128 = 4;
const STUDENT: u128 = 20;
const DUE: u128 = 60;
const TASK: u128 = 61;
const LAW: u128 = 62;
const MOVE: u128 = 63;
const DRILL: u128 = 64;

impl Box {
    async fn town(&self) {
        let sql = "INSERT INTO grade (id, school_id, stage, entry_year) VALUES ($1, $2, 'junior', 2026)";
        self.run(sql, [uuid(GRADE).into(), uuid(SCHOOL).into()]).await;
        let sql = "INSERT INTO class (id, grade_id, school_id, name) VALUES ($1, $2, $3, '1')";
        self.run(sql, [uuid(CLASS).into(), uuid(GRADE).into(), uuid(SCHOOL).into()]).await;
        let sql = "INSERT INTO student (id, district_id, school_id, grade_id, class_id, name, name_key, pinyin, initials, \
                   boards, guardians) VALUES ($1, $2, $3, $4, $5, 's', 's', 's', 's', FALSE, '[]')";
        let places = [uuid(1), uuid(SCHOOL), uuid(GRADE), uuid(CLASS)];
        self.run(sql, std::iter::once(uuid(STUDENT)).chain(places).map(Value::from)).await;
        let sql = "INSERT INTO report_due (id, class_id, grade_id, school_id, district_id, week, due_at, shown_at, stage, act_at) \
                   VALUES ($1, $2, $3, $4, $5, '2026-11-23', 9, 9, 0, 9)";
        let places = [uuid(CLASS), uuid(GRADE), uuid(SCHOOL), uuid(1)];
        self.run(sql, std::iter::once(uuid(DUE)).chain(places).map(Value::from)).await;
        let sql = "INSERT INTO task (id, student_id, kind, body, restricted, owner_id, given_at, due_at, act_at, told, state) \
                   VALUES ($1, $2, 'look_in', '', FALSE, $3, 0, 9, 9, 0, 'open')";
        self.run(sql, [uuid(TASK), uuid(STUDENT), uuid(TEACHER)].map(Value::from)).await;
        let sql = "INSERT INTO mandatory_report (id, student_id, class_id, grade_id, school_id, district_id, suspicion, \
                   suspected, danger_now, audience, opened_by, known_at, opened_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, '', 'other', 'no', 'everyone', $7, 0, 0)";
        let of = [LAW, STUDENT, CLASS, GRADE, SCHOOL, 1, TEACHER];
        self.run(sql, of.map(|n| Value::from(uuid(n)))).await;
        self.run("INSERT INTO mandatory_clock (report_id, act_at) VALUES ($1, 9)", [uuid(LAW).into()]).await;
        let sql = "INSERT INTO student_hand_over (id, student_id, kind, from_class_id, from_grade_id, from_school_id, \
                   from_district_id, effective_on, matters, sent_at, due_at, act_at, told, state, version) \
                   VALUES ($1, $2, 'leaving', $3, $4, $5, $6, '2026-11-23', '', 0, 9, 9, 0, 'waiting', 1)";
        self.run(sql, [MOVE, STUDENT, CLASS, GRADE, SCHOOL, 1].map(|n| Value::from(uuid(n)))).await;
        let sql = "INSERT INTO drill (id, school_id, district_id, level, note, by_night, with_district, started_by, \
                   started_at, ends_at, policy_id, climb_state, climb_version, rung, epoch, repeat_no, deadline_at, \
                   turn_at, declined, last_seen, late, custody, assessed, reached) VALUES ($1, $2, $3, 4, '', FALSE, \
                   FALSE, $4, 0, 99, $5, 'open', 1, 0, 0, 0, 9, 0, '', 0, FALSE, FALSE, FALSE, '')";
        self.run(sql, [DRILL, SCHOOL, 1, TEACHER, 5].map(|n| Value::from(uuid(n)))).await;
    }

    /// Puts a message that stands beside something, and claims it: whether it is wanted.
    async fn beside(&self, id: u128, of: u128, kind: NoticeKind, lane: Lane) -> bool {
        let to = Address { repeat: u32::try_from(id).unwrap(), ..address(TEACHER, Channel::Mail, 0, 0) };
        self.put(id, to, Some(1), kind).await;
        let sql = "UPDATE outbox SET alert_id = $2, lane = $3, may_bundle = 0, repeat_no = 1 WHERE id = $1";
        self.run(sql, [uuid(id).into(), uuid(of).into(), lane.key().into()]).await;
        let claimed = self.claim(lane, 1, lease(1, 9), 9).await;
        assert_eq!(ids(&claimed), [id], "{kind:?}");
        self.said(&claimed[0], "p", Outcome::Accepted { provider_id: None }, MessageState::Accepted, 2).await;
        self.run("DELETE FROM delivery_attempt WHERE outbox_id = $1", [uuid(id).into()]).await;
        self.run("DELETE FROM outbox WHERE id = $1", [uuid(id).into()]).await;
        claimed[0].wanted
    }
}

#[tokio::test]
async fn what_stands_beside_something_else_is_claimed_and_wanted_while_it_asks_for_something() {
    let o = Box::open().await;
    o.town().await;
    assert!(o.beside(31, DUE, NoticeKind::ReportDue, Lane::Normal).await);
    assert!(o.beside(32, TASK, NoticeKind::TaskDue, Lane::Normal).await);
    assert!(o.beside(33, LAW, NoticeKind::UrgentOverdue, Lane::Normal).await);
    assert!(o.beside(34, MOVE, NoticeKind::StudentWaits, Lane::Normal).await);
    assert!(!o.beside(35, DRILL, NoticeKind::Alarm, Lane::Drill).await, "a real red is open");
    assert!(o.beside(36, DRILL, NoticeKind::DrillStopped, Lane::Drill).await, "that it stopped is told all the same");

    let sql =
        "UPDATE alert SET climb_state = 'closed', due_at = NULL, deadline_at = NULL, closed_at = 0 WHERE id <> $1";
    o.run(sql, [uuid(0).into()]).await;
    assert!(o.beside(41, DRILL, NoticeKind::Alarm, Lane::Drill).await, "nothing real goes on");
    o.run("UPDATE report_due SET filed_at = 1, act_at = NULL WHERE id = $1", [uuid(DUE).into()]).await;
    o.run("UPDATE task SET state = 'done', act_at = NULL, ended_at = 1 WHERE id = $1", [uuid(TASK).into()]).await;
    o.run("UPDATE mandatory_clock SET police_at = 1 WHERE report_id = $1", [uuid(LAW).into()]).await;
    o.run("UPDATE student_hand_over SET act_at = NULL, state = 'withdrawn' WHERE id = $1", [uuid(MOVE).into()]).await;
    let over = [
        (42, DUE, NoticeKind::ReportDue),
        (43, TASK, NoticeKind::TaskDue),
        (44, LAW, NoticeKind::UrgentOverdue),
        (45, MOVE, NoticeKind::StudentWaits),
    ];
    for (id, of, kind) in over {
        assert!(!o.beside(id, of, kind, Lane::Normal).await, "{kind:?}");
    }
    assert!(o.beside(46, DUE, NoticeKind::ReportsMissing, Lane::Normal).await, "how many were missing stays true");
    assert!(o.beside(47, MOVE, NoticeKind::StudentAnswered, Lane::Normal).await);
}
