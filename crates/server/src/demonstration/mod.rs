//! The demonstration: an invented district with eighteen school weeks behind it. Everybody in it is made up.

mod care;
mod dice;
pub(crate) mod live;
mod names;
mod papers;
mod past;
mod routine;
mod stories;
mod town;

use chrono::{NaiveDate, TimeDelta};
use domain::calendar::Calendar;
use domain::time::Timestamp;

use self::dice::Dice;
use self::past::Past;
use self::stories::{SMALL, STORIES, Scene};
use self::town::{Class, Town, found, suffix};
use crate::assemble::Service;

/// Eighteen weeks of five days.
const SCHOOL_DAYS: usize = 90;
/// How far back school days are looked for.
const LOOK_BACK_DAYS: u32 = 400;
/// Children with a story, in each class.
const STORIES_PER_CLASS: usize = 3;
/// In so many of the last school days nobody answers any more, so that something is left to do.
const LEFT_TO_DO: usize = 1;
/// How many small notes there are in a school day, at most.
const SMALL_NOTES: usize = 7;

/// Fills an empty database; leaves one alone that has been filled before. Gives whether it was empty.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn fill(service: &Service, until: Timestamp) -> anyhow::Result<bool> {
    if !service.desk.storage.read().is_empty().await? {
        return Ok(false);
    }
    let calendar = service.desk.calendar.clone();
    let days = school_days(&calendar, calendar.date(until - TimeDelta::days(1)));
    let today = calendar.date(until);
    let first = days.first().copied().unwrap_or(today);
    let begin = calendar.instant(first - TimeDelta::days(14), chrono::NaiveTime::MIN);
    let past = Past::of(service, begin);
    let town = found(&past.desk, domain::org::school_year(today)).await?;
    let plan = plan(&town, &days);
    let mut dice = Dice::new(7);
    let mut day = first;
    while day < today {
        let index = days.iter().position(|d| *d == day);
        live_through(&past, &town, &plan, &mut dice, day, index, days.len()).await?;
        if let Some(index) = index {
            care::live(&past, &town, index, day).await?;
            papers::live(&past, &town, index, day).await?;
            routine::live(&past, &town, day, today).await?;
        }
        day += TimeDelta::days(1);
    }
    this_morning(&past, &town, until).await?;
    past.until(until).await?;
    Ok(true)
}

/// What is under way when somebody looks: a red with an adult at the child's side, an orange that the counsellor has
/// taken, and a lowering that waits for its second signature.
async fn this_morning(past: &Past, town: &Town, until: Timestamp) -> anyhow::Result<()> {
    let scenes = [
        (1, 30, "maths", "says_farewell", "把笔记本送给同桌，说“你留着吧”。已陪到心理咨询室。"),
        (2, 31, "english", "dwells_on_death", "作文写“如果我不在了”，问起来就哭。"),
        (3, 32, "teacher", "contact_cut_off", "一周没有和任何人说话，同学叫也不应。"),
    ];
    for (n, (class, child, who, sign, words)) in scenes.into_iter().enumerate() {
        past.until(until - TimeDelta::minutes(100 - 20 * i64::try_from(n)?)).await?;
        let (Some(class), who) = (town.classes.get(class), who) else { continue };
        let Some(student) = class.students.get(child) else { continue };
        let by = past.person(town, &login(class, who)).await?;
        past.file(&by, *student, &[sign], words).await?;
        past.until(until - TimeDelta::minutes(95 - 20 * i64::try_from(n)?)).await?;
        past.take_up(town, *student, n == 2).await?;
    }
    papers::this_morning(past, town, until).await
}

/// The last school days up to one, oldest first.
fn school_days(calendar: &Calendar, last: NaiveDate) -> Vec<NaiveDate> {
    let back = (0..LOOK_BACK_DAYS).filter_map(|n| last.checked_sub_days(chrono::Days::new(u64::from(n))));
    let mut days: Vec<NaiveDate> = back.filter(|d| calendar.is_school_day(*d)).take(SCHOOL_DAYS).collect();
    days.reverse();
    days
}

/// A scene on its day, with the class and the number of the child in it.
struct Planned {
    day: usize,
    class: usize,
    child: usize,
    scene: Scene,
}

fn plan(town: &Town, days: &[NaiveDate]) -> Vec<Planned> {
    let mut dice = Dice::new(11);
    let mut out = Vec::new();
    for (class, here) in town.classes.iter().enumerate() {
        let present = days.iter().position(|d| domain::org::school_year(*d) >= here.entry_year).unwrap_or(days.len());
        for n in 0..STORIES_PER_CLASS {
            let Some(story) = STORIES.get((class * STORIES_PER_CLASS + n) % STORIES.len()) else { continue };
            let begin = present + dice.below(days.len().saturating_sub(present).max(1));
            let child = 3 + n * 13 + dice.below(9);
            out.extend(story.iter().map(|s| Planned { day: begin + s.day, class, child, scene: *s }));
        }
    }
    out
}

/// One day: what is seen in the morning, what is answered at noon and in the afternoon.
async fn live_through(
    past: &Past,
    town: &Town,
    plan: &[Planned],
    dice: &mut Dice,
    day: NaiveDate,
    index: Option<usize>,
    all: usize,
) -> anyhow::Result<()> {
    past.at(day, 8, 0).await?;
    let answered = index.is_none_or(|i| i + LEFT_TO_DO < all);
    let mut touched = Vec::new();
    if let Some(index) = index {
        for (n, planned) in plan.iter().filter(|p| p.day == index).enumerate() {
            past.at(day, 8 + u32::try_from(n % 3)?, 10 + u32::try_from(dice.below(45))?).await?;
            play(past, town, planned).await?;
            if answered {
                past.respond(town, 0).await?;
                past.respond(town, 1).await?;
            }
        }
        let noted = small_notes(past, town, dice, day).await?;
        let seen = plan.iter().filter(|p| p.day == index).filter_map(|p| town.classes.get(p.class));
        touched.extend(seen.chain(noted));
    }
    past.at(day, 16, 30).await?;
    if answered {
        past.respond(town, 0).await?;
        past.respond(town, 1).await?;
        past.read_up(town, &touched).await?;
    }
    Ok(())
}

async fn play(past: &Past, town: &Town, planned: &Planned) -> anyhow::Result<()> {
    let Some(class) = town.classes.get(planned.class) else { return Ok(()) };
    let Some(student) = class.students.get(planned.child) else { return Ok(()) };
    let by = past.person(town, &login(class, planned.scene.who)).await?;
    past.file(&by, *student, planned.scene.signs, planned.scene.words).await
}

fn login(class: &Class, who: &str) -> String {
    if who == "teacher" { class.teacher.clone() } else { format!("{who}{}", suffix(class.school)) }
}

async fn small_notes<'a>(
    past: &Past,
    town: &'a Town,
    dice: &mut Dice,
    day: NaiveDate,
) -> anyhow::Result<Vec<&'a Class>> {
    let mut noted = Vec::new();
    let notes = dice.below(SMALL_NOTES + 1);
    for n in 0..notes {
        past.at(day, 14, 5 + u32::try_from(n)? * 15).await?;
        let Some(class) = dice.pick(&town.classes) else { continue };
        if domain::org::school_year(day) < class.entry_year {
            continue;
        }
        let (Some(student), Some((sign, _))) = (dice.pick(&class.students), dice.pick(&SMALL)) else { continue };
        let by = past.person(town, &class.teacher).await?;
        past.file(&by, *student, &[sign], "").await?;
        noted.push(class);
    }
    Ok(noted)
}
