//! A child whose parents work far away: on a list, with a signed plan, and with what was noted of the year.

use casework::SupportDraft;
use chrono::{Days, NaiveDate};
use domain::care::InterviewDraft;
use domain::growth_file::EntryDraft;
use domain::id::{PersonId, StudentId};
use domain::plan::{Causes, GoalDraft, KeyDayDraft, MeasureDraft, PlanDraft};
use domain::screening::ScreeningDraft;
use domain::student_hand_over::StudentHandOverDraft;
use domain::watch_list::MembershipDraft;

use super::past::Past;
use super::town::Town;

/// What happens to the child on a school day.
pub(super) async fn live(past: &Past, town: &Town, index: usize, day: NaiveDate) -> anyhow::Result<()> {
    let Some(class) = town.classes.first() else { return Ok(()) };
    let Some(student) = class.students.first().copied() else { return Ok(()) };
    if domain::org::school_year(day) < class.entry_year {
        return Ok(());
    }
    past.at(day, 16, 40).await?;
    match index {
        60 => {
            let at = ago(day, 4);
            let words = "母亲也去了外省打工，和弟弟一起住到奶奶家，手机由奶奶保管。";
            write(past, town, (&class.teacher, student), ("life_event", Some("carer_away")), &at, words).await?;
            let at = ago(day, 340);
            let words = "爷爷在家中病故，他一直守在床边。";
            write(past, town, (&class.teacher, student), ("life_event", Some("bereavement")), &at, words).await?;
            list(past, town, student, day).await
        }
        61 => screened(past, town, student).await,
        62 => {
            let words = "第一次来谈。想妈妈，夜里醒了不敢叫奶奶。约好每周三中午来。";
            write(past, town, ("counsellor", student), ("counselling", None), &day.to_string(), words).await
        }
        63 => talked(past, town, student).await,
        65 => plan(past, town, (student, &class.teacher), day).await,
        75 => progress(past, town, student, "谈了二十分钟，周末和妈妈视频了一小时。").await,
        86 => {
            let words = "说这两周睡得好些，主动说起爷爷。下次一起准备忌日那天怎么过。";
            write(past, town, ("counsellor", student), ("counselling", None), &day.to_string(), words).await?;
            progress(past, town, student, "和他去看了宿舍的新床位，情绪不错。").await
        }
        87 => pass_on(past, town, day).await,
        _ => Ok(()),
    }
}

fn ago(day: NaiveDate, days: u64) -> String {
    day.checked_sub_days(Days::new(days)).unwrap_or(day).to_string()
}

fn ahead(day: NaiveDate, days: u64) -> String {
    day.checked_add_days(Days::new(days)).unwrap_or(day).to_string()
}

async fn write(
    past: &Past,
    town: &Town,
    (login, student): (&str, StudentId),
    (kind, event): (&str, Option<&str>),
    at: &str,
    words: &str,
) -> anyhow::Result<()> {
    let by = past.person(town, login).await?;
    let draft = EntryDraft {
        kind: kind.to_owned(),
        at: at.to_owned(),
        text: words.to_owned(),
        source: Some(if event.is_some() { "guardian" } else { "child" }.to_owned()),
        event: event.map(str::to_owned),
        ..EntryDraft::default()
    };
    casework::write_entry(&past.desk, &by, student, &draft, None).await?;
    Ok(())
}

/// A sitting whose score is at the cut-off: a place in the interview queue.
async fn screened(past: &Past, town: &Town, student: StudentId) -> anyhow::Result<()> {
    let by = past.person(town, "counsellor").await?;
    let draft = ScreeningDraft {
        at: past.now().to_rfc3339(),
        instrument: "phq-a".to_owned(),
        version: "2002".to_owned(),
        total: Some(11),
        critical: Some(0),
        validity: "valid".to_owned(),
        reading: "近两周睡眠差、提不起精神，多与母亲外出有关；没有伤害自己的想法。需要面谈了解。".to_owned(),
        ..ScreeningDraft::default()
    };
    casework::record_screening(&past.desk, &by, student, &draft, None).await?;
    Ok(())
}

/// The interview that was owed.
async fn talked(past: &Past, town: &Town, student: StudentId) -> anyhow::Result<()> {
    let by = past.person(town, "counsellor").await?;
    let draft = InterviewDraft {
        at: past.now().to_rfc3339(),
        text: "按筛查安排面谈。夜里想妈妈睡不着，白天没有精神；问到不想活，说没有想过。".to_owned(),
        means_asked: Some(true),
        wish_to_die: "no".to_owned(),
        safe_now: "yes".to_owned(),
        next_at: None,
    };
    casework::record_interview(&past.desk, &by, student, &draft, None).await?;
    Ok(())
}

async fn list(past: &Past, town: &Town, student: StudentId, day: NaiveDate) -> anyhow::Result<()> {
    let by = past.person(town, "counsellor").await?;
    let draft = MembershipDraft {
        list: "left_behind".to_owned(),
        from: ago(day, 4),
        evidence: "班主任家访登记，奶奶签字；村委证明。".to_owned(),
        source: Some("authority".to_owned()),
        review_at: ahead(day, 120),
        unread: Vec::new(),
    };
    casework::put_on_list(&past.desk, &by, student, &draft, None).await?;
    Ok(())
}

async fn plan(past: &Past, town: &Town, (student, teacher): (StudentId, &str), day: NaiveDate) -> anyhow::Result<()> {
    let by = past.person(town, "counsellor").await?;
    let teacher = past.person(town, teacher).await?.person();
    let counsellor = by.person();
    let measure = |text: &str, owner: PersonId, per: &str| MeasureDraft {
        text: text.to_owned(),
        owner: owner.to_string(),
        times: Some(1),
        per: per.to_owned(),
        until: ahead(day, 150),
    };
    let draft = PlanDraft {
        problem: "父母都在外地，夜里睡不好，不愿说家里的事。".to_owned(),
        level: Some(2),
        causes: Causes {
            psychological: "想念父母，担心奶奶的身体。".to_owned(),
            family: "父母外出，奶奶一人照顾两个孩子。".to_owned(),
            ..Causes::default()
        },
        protective_factors: "和同桌要好，喜欢画画，奶奶配合。".to_owned(),
        goals: vec![GoalDraft {
            text: "夜里能睡整觉".to_owned(), check: "奶奶和宿管说连续两周没有半夜醒".to_owned()
        }],
        measures: vec![
            measure("每周谈一次，周末和父母视频", teacher, "month"),
            measure("每周三中午面谈", counsellor, "month"),
        ],
        key_dates: vec![KeyDayDraft { date: ahead(day, 25), text: "爷爷的忌日".to_owned() }],
        review_at: ahead(day, 150),
        responsible: counsellor.to_string(),
        ..PlanDraft::default()
    };
    casework::write_plan(&past.desk, &by, student, 0, &draft, None).await?;
    casework::sign_plan(&past.desk, &by, student, 1).await?;
    let support = SupportDraft {
        target: "有人照看，睡得好，愿意说话".to_owned(),
        measures: "按一生一策执行，每月家访一次".to_owned(),
        responsible: teacher.to_string(),
    };
    casework::name_support(&past.desk, &by, student, &support, None).await?;
    Ok(())
}

/// A pupil of the class next door is to come to the first one; nobody has answered yet.
async fn pass_on(past: &Past, town: &Town, day: NaiveDate) -> anyhow::Result<()> {
    let [first, next, ..] = town.classes.as_slice() else { return Ok(()) };
    let (Some(there), Some(student)) = (first.students.first(), next.students.last()) else { return Ok(()) };
    let Some(there) = past.desk.storage.read().student_for_service(*there).await? else { return Ok(()) };
    let by = past.person(town, &next.teacher).await?;
    let open = casework::view_open_matters(&past.desk, &by, *student).await?.open;
    let draft = StudentHandOverDraft {
        students: vec![student.to_string()],
        kind: "class_change".to_owned(),
        class: Some(there.class.id.to_string()),
        effective_on: ahead(day, 3),
        note: Some("家长周五来校，请一起见个面。".to_owned()),
        nothing: open.is_empty(),
        open_matters: open.iter().map(|m| m.kind.key().to_owned()).collect(),
        ..StudentHandOverDraft::default()
    };
    casework::send_students(&past.desk, &by, &draft, None).await?;
    Ok(())
}

async fn progress(past: &Past, town: &Town, student: StudentId, words: &str) -> anyhow::Result<()> {
    let Some(class) = town.classes.first() else { return Ok(()) };
    let by = past.person(town, &class.teacher).await?;
    let mine = casework::list_measures(&past.desk, &by, true).await?;
    if let Some((_, m)) = mine.into_iter().find(|(s, _)| s.id == student) {
        casework::report_progress(&past.desk, &by, (student, m.id), words, false, None).await?;
    }
    Ok(())
}
