//! The routine of the last weeks: weekly reports with one that is missing and one that says the same for weeks, a sweep half done,
//! and a child of whom nobody has written.

use casework::TaskQuery;
use chrono::{Days, NaiveDate};
use domain::id::{ClassId, StudentId};
use domain::org::Unit;
use domain::report::{LineDraft, ReportDraft, Week};
use domain::sweep::{ConcernDraft, Sweep, SweepDraft};
use domain::task::TaskKind;
use domain::watch_list::MembershipDraft;

use super::past::Past;
use super::town::{Class, Town};

/// For so many weeks reports are written.
const WEEKS: u64 = 8;
/// The class that does not report in the last week, and the one that says the same for weeks.
const MISSING: usize = 3;
const SAME: usize = 4;
const SAME_DAYS: i64 = 28;
/// The class whose list shows danger that nobody has reported yet.
const DANGER: usize = 3;
const MOST_TASKS: u32 = 50;
/// Every third class has not handed its list in yet.
const NOT_YET: usize = 3;

/// What happens on a school day.
pub(super) async fn live(past: &Past, town: &Town, day: NaiveDate, today: NaiveDate) -> anyhow::Result<()> {
    let first = today.checked_sub_days(Days::new(7 * WEEKS)).unwrap_or(today);
    if day < first {
        return Ok(());
    }
    if first.iter_days().find(|d| past.desk.calendar.is_school_day(*d)) == Some(day) {
        past.at(day, 9, 30).await?;
        list(past, town, day).await?;
    }
    past.at(day, 15, 5).await?;
    past.turn().await?;
    let last_week = Week::of(day) >= Week::of(today).before();
    if is_last(past, day) {
        for (n, class) in town.classes.iter().enumerate() {
            if !(n == MISSING && last_week) {
                report(past, town, (n, class), (day, today)).await?;
                talk(past, town, &class.teacher).await?;
            }
        }
        talk(past, town, "counsellor").await?;
        talk(past, town, "counsellor-b").await?;
    }
    if let Some(sweep) = Sweep::of(day, &past.desk.calendar)
        && day == sweep.begins.max(first)
    {
        for (n, class) in town.classes.iter().enumerate().filter(|(n, _)| n % NOT_YET != NOT_YET - 1) {
            list_of_concern(past, town, (n, class), &sweep).await?;
        }
    }
    // What is missing is asked for, and shown one tier up.
    past.at(day, 17, 40).await?;
    past.turn().await
}

/// Whether it is the last school day of its week.
fn is_last(past: &Past, day: NaiveDate) -> bool {
    let calendar = &past.desk.calendar;
    Week::of(day).days().rfind(|d| calendar.is_school_day(*d)) == Some(day)
}

async fn class_of(past: &Past, town: &Town, class: &Class) -> anyhow::Result<Option<ClassId>> {
    let by = past.person(town, &class.teacher).await?;
    Ok(by.actor.positions.iter().find_map(|(p, _)| if let Unit::Class(id) = p.unit { Some(id) } else { None }))
}

/// Somebody talks with those with whom he is to talk, and writes it down.
async fn talk(past: &Past, town: &Town, login: &str) -> anyhow::Result<()> {
    let by = past.person(town, login).await?;
    let mine = TaskQuery { mine: true, limit: MOST_TASKS, ..TaskQuery::default() };
    for task in casework::list_tasks(&past.desk, &by, &mine).await? {
        if task.kind == TaskKind::LookIn && task.due_at <= past.desk.now() {
            casework::end_task(&past.desk, &by, task.id, "谈过了：最近睡得晚，愿意每天午休来坐坐。").await?;
        }
    }
    Ok(())
}

async fn report(
    past: &Past,
    town: &Town,
    (n, class): (usize, &Class),
    (day, today): (NaiveDate, NaiveDate),
) -> anyhow::Result<()> {
    let Some(id) = class_of(past, town, class).await? else { return Ok(()) };
    let by = past.person(town, &class.teacher).await?;
    let week = usize::try_from(chrono::Datelike::iso_week(&day).week())?;
    let line = |child: usize, mood: &str, days: u64, note: &str| {
        let since = day.checked_sub_days(Days::new(days)).unwrap_or(day);
        class.students.get(child).map(|s| LineDraft {
            student: s.to_string(),
            mood: mood.to_owned(),
            low_since: (mood != "cloudy").then(|| since.to_string()),
            note: note.to_owned(),
        })
    };
    let same = n == SAME && (today - day).num_days() < SAME_DAYS;
    let lines = if same || (week + n).is_multiple_of(3) {
        Vec::new()
    } else {
        let notes = ["午饭总是一个人吃", "上课走神，作业少了两次", "和同桌闹了别扭", "这周请了一天病假"];
        let note = notes.get((week + n) % notes.len()).copied().unwrap_or_default();
        let low = if n == 0 { line(2, "overcast", 1, "不太说话，说睡得晚") } else { None };
        [low, line(6 + (week * 5 + n) % 30, "cloudy", 0, note)].into_iter().flatten().collect()
    };
    let said = ["期中复习，气氛有些紧", "运动会周，情绪不错", "换了座位，还在适应"];
    let remarks = said.get(week % said.len()).filter(|_| !same).copied().unwrap_or("班级平稳");
    let draft = ReportDraft { nil: lines.is_empty(), students: lines, remarks: remarks.to_owned(), signed: true };
    casework::file_class_report(&past.desk, &by, id, "", &draft, None, None).await?;
    Ok(())
}

async fn list_of_concern(past: &Past, town: &Town, (n, class): (usize, &Class), sweep: &Sweep) -> anyhow::Result<()> {
    let Some(id) = class_of(past, town, class).await? else { return Ok(()) };
    let by = past.person(town, &class.teacher).await?;
    let concern = |child: usize, sign: &str, note: &str| {
        class.students.get(child).map(|s| ConcernDraft {
            student: s.to_string(),
            sign: sign.to_owned(),
            note: note.to_owned(),
        })
    };
    let students: Vec<ConcernDraft> = match n % NOT_YET {
        0 => {
            let lines = [concern(4, "often_absent", "这个月迟到五次"), concern(9, "study_slipping", "")];
            let danger = concern(12, "hints_at_death", "作文里写到不想活").filter(|_| n == DANGER);
            lines.into_iter().flatten().chain(danger).collect()
        }
        _ => Vec::new(),
    };
    let draft = SweepDraft { nil: students.is_empty(), students, remarks: String::new(), signed: true };
    casework::file_class_sweep(&past.desk, &by, id, &sweep.begins.to_string(), &draft, None, None).await?;
    Ok(())
}

/// A child whom nobody will write about.
async fn list(past: &Past, town: &Town, day: NaiveDate) -> anyhow::Result<()> {
    let Some(student) = town.classes.first().and_then(|c| c.students.last()).copied() else { return Ok(()) };
    let by = past.person(town, "counsellor").await?;
    let student: StudentId = student;
    let draft = MembershipDraft {
        list: "single_parent".to_owned(),
        from: day.to_string(),
        evidence: "家长登记表".to_owned(),
        source: Some("guardian".to_owned()),
        review_at: day.checked_add_days(Days::new(300)).unwrap_or(day).to_string(),
        unread: Vec::new(),
    };
    casework::put_on_list(&past.desk, &by, student, &draft, None).await?;
    Ok(())
}
