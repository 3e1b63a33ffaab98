//! The form as it is shown.

use casework::{ClassRecord, ListedStudent, StudentQuery, StudentRecord};
use domain::fault::Fault;
use domain::id::{ClassId, StudentId};
use domain::observation::NARRATIVE_CHARS;

use super::draft;
use crate::pages::form::Fields;
use crate::pages::frame::{phones, shell_for};
use crate::pages::view::observation_new::{ObservationNew, SignChoice, SignGroup, StudentChoice, StudentPart};
use crate::pages::view::parts::Choice;
use crate::pages::visitor::{PageError, Visitor};
use crate::pages::words::{errors, local_field};
use crate::present::class_of;
use crate::state::Api;

const FOUND: usize = 40;
const OF_A_CLASS: usize = 120;
/// How many of those whom one reported last stand on top.
const RECENT: usize = 4;
/// The category that most observations are of.
const COMMONEST: &str = "mood_and_contact";

/// The class that is shown: the one that was asked for, else the first of one's own.
fn class_shown<'a>(fields: &Fields, classes: &'a [(ClassRecord, bool)]) -> Option<&'a ClassRecord> {
    let wanted = match fields.get("show") {
        "" | "search" => fields.get("class"),
        class => class,
    };
    let asked = classes.iter().find(|(c, _)| c.id.to_string() == wanted);
    asked.or_else(|| classes.iter().find(|(_, mine)| *mine)).map(|(c, _)| c)
}

/// Draws it with what was typed.
pub(super) async fn view(
    api: &Api,
    who: &Visitor,
    fields: &Fields,
    faults: &[Fault],
) -> Result<ObservationNew, PageError> {
    let (today, now) = (api.desk.calendar.date(api.desk.now()), api.desk.now());
    let classes = casework::classes_for_filing(&api.desk, who).await?;
    let searching = !fields.get("q").is_empty() && matches!(fields.get("show"), "" | "search");
    let class = if searching { None } else { class_shown(fields, &classes) };
    let own: Vec<ClassId> = classes.iter().filter(|(_, mine)| *mine).map(|(c, _)| c.id).collect();
    let (students, truncated) = students(api, who, fields, class, &own).await?;
    let mine = classes.iter().filter(|(_, mine)| *mine).map(|(c, _)| {
        Choice::plain(&c.id.to_string(), &class_of(c, today, who.lang), class.is_some_and(|s| s.id == c.id))
    });
    let schools = casework::telephones(&api.desk, who).await?;
    let typed = |name: &str| fields.get(name).to_owned();
    let key = if fields.get("idempotency_key").is_empty() { fresh_key(api) } else { typed("idempotency_key") };
    let seen = if fields.get("observed_at").is_empty() { local_field(api, now) } else { typed("observed_at") };
    Ok(ObservationNew {
        shell: shell_for(api, who).await?,
        errors: errors(faults, who.lang, draft::page_field),
        phones: phones(who.lang, &schools),
        idempotency_key: key,
        classes: mine.collect(),
        searched: searching || !typed("q").is_empty(),
        about: typed("about"),
        query: typed("q"),
        parts: parts(fields, &students),
        students,
        truncated,
        signs: signs(api, who, fields),
        narrative: typed("narrative"),
        narrative_limit: NARRATIVE_CHARS,
        urgency: draft::urgency(fields),
        safe_now: draft::safe_now(fields),
        with_whom: typed("with_whom"),
        where_now: draft::where_now(fields),
        concerns: draft::concerns(fields),
        concern_staff: typed("concern_staff"),
        observed_at: seen,
        observed_at_max: local_field(api, now),
    })
}

fn fresh_key(api: &Api) -> String {
    api.desk.ids.uuid().simple().to_string()
}

/// The students to choose from: those already chosen come first, whatever is shown.
async fn students(
    api: &Api,
    who: &Visitor,
    fields: &Fields,
    class: Option<&ClassRecord>,
    mine: &[ClassId],
) -> Result<(Vec<StudentChoice>, bool), PageError> {
    let (text, most) = match class {
        Some(_) => (None, OF_A_CLASS),
        None => (Some(fields.get("q").to_owned()), FOUND),
    };
    let limit = u32::try_from(most).unwrap_or(u32::MAX).saturating_add(1);
    let wanted = StudentQuery { text, class: class.map(|c| c.id), limit, ..StudentQuery::default() };
    let nothing = class.is_none() && fields.get("q").trim().is_empty();
    let mut found = if nothing { Vec::new() } else { casework::list_students(&api.desk, who, &wanted).await? };
    let truncated = found.len() > most;
    found.truncate(most);
    if class.is_some() {
        found.sort_by_key(|s| seat_order(&s.record));
    } else {
        // One's own class first; then names that sound alike stand together.
        let own = |s: &ListedStudent| mine.contains(&s.record.class.id);
        found.sort_by_key(|s| (!own(s), s.record.pinyin.clone(), s.record.name_key.clone(), seat_order(&s.record)));
    }
    let chosen: Vec<StudentId> = draft::students(fields).iter().filter_map(|(id, _)| id.parse().ok()).collect();
    let mut ahead = chosen.clone();
    if fields.get("q").is_empty() && who.reads_back() {
        let recent = casework::students_filed_about(&api.desk, who, RECENT).await?;
        ahead.extend(recent.into_iter().filter(|id| !chosen.contains(id)));
    }
    let mut known = casework::students_by_id(&api.desk, who, &ahead).await?;
    known.sort_by_key(|s| ahead.iter().position(|id| *id == s.id));
    let similar = |id: StudentId| found.iter().any(|s| s.record.id == id && s.similar);
    let first: Vec<ListedStudent> =
        known.into_iter().map(|record| ListedStudent { similar: similar(record.id), record }).collect();
    found.retain(|s| !ahead.contains(&s.record.id));
    let all: Vec<ListedStudent> = first.into_iter().chain(found).collect();
    let one = |s: &ListedStudent| choice(api, who, s, class, chosen.contains(&s.record.id));
    Ok((all.iter().map(one).collect(), truncated))
}

/// By row, then by column; those without a seat come last, by name.
fn seat_order(s: &StudentRecord) -> (bool, Vec<u32>, String) {
    let seat = s.seat.as_deref().unwrap_or_default();
    let numbers = numbers_in(seat);
    (numbers.is_empty(), numbers, s.name_key.clone())
}

fn numbers_in(seat: &str) -> Vec<u32> {
    seat.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
}

/// Class, and seat where it is wanted, in words.
pub(super) fn place(api: &Api, who: &Visitor, s: &StudentRecord, seat: bool) -> String {
    let class = class_of(&s.class, api.desk.calendar.date(api.desk.now()), who.lang);
    match s.seat.as_ref().filter(|_| seat) {
        Some(seat) => format!("{class} {seat}"),
        None => class,
    }
}

fn choice(api: &Api, who: &Visitor, s: &ListedStudent, class: Option<&ClassRecord>, chosen: bool) -> StudentChoice {
    let r = &s.record;
    let here = class.is_some_and(|c| c.id == r.class.id);
    StudentChoice {
        id: r.id.to_string(),
        name: r.name.clone(),
        place: if here { r.seat.clone().unwrap_or_default() } else { place(api, who, r, true) },
        initials: r.initials.split(' ').next().unwrap_or_default().to_owned(),
        search: format!("{} {}", r.pinyin, r.initials),
        similar: s.similar,
        chosen,
    }
}

fn parts(fields: &Fields, shown: &[StudentChoice]) -> Vec<StudentPart> {
    let chosen = draft::students(fields);
    if chosen.len() < 2 {
        return Vec::new();
    }
    let one = |(id, part): &(String, Option<_>)| {
        let student = shown.iter().find(|s| s.id == *id)?;
        Some(StudentPart { id: id.clone(), name: student.name.clone(), part: part.unwrap_or_default() })
    };
    chosen.iter().filter_map(one).collect()
}

fn signs(api: &Api, who: &Visitor, fields: &Fields) -> Vec<SignGroup> {
    let chosen: Vec<&str> = fields.all("sign").collect();
    let group = |category: &domain::sign::Category| SignGroup {
        name: who.lang.pick(&category.zh, &category.en).to_owned(),
        open: category.code == COMMONEST && chosen.is_empty(),
        signs: api
            .desk
            .catalogue
            .signs()
            .iter()
            .filter(|s| s.category == category.code)
            .map(|s| SignChoice {
                code: s.code.clone(),
                name: s.name(who.lang).to_owned(),
                chosen: chosen.contains(&s.code.as_str()),
            })
            .collect(),
    };
    api.desk.catalogue.categories().iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::numbers_in;

    #[test]
    fn seats_are_in_the_order_of_rows_and_columns() {
        let mut seats = ["10排1座", "2排10座", "2排9座", "1排12座"];
        seats.sort_by_key(|s| numbers_in(s));
        assert_eq!(seats, ["1排12座", "2排9座", "2排10座", "10排1座"]);
    }
}
