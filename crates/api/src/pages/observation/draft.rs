//! What the form says, as the verb takes it.

use casework::IdempotencyKey;
use domain::fault::Fault;
use domain::id::PersonId;
use domain::observation::FilingDraft;

use crate::pages::form::Fields;
use crate::pages::view::observation_new::{Concerns, Part, SafeNow, Urgency, WhereNow};
use crate::pages::words::instant_of;
use crate::state::Api;

/// Who is chosen, each once, with the part; without one, the only student is the subject.
pub(super) fn students(fields: &Fields) -> Vec<(String, Option<Part>)> {
    let mut ids: Vec<&str> = Vec::new();
    for id in fields.all("student") {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let part = |id: &str| {
        fields.all("part").find_map(|p| p.strip_prefix(id)?.strip_prefix(':')).and_then(|p| match p {
            "subject" => Some(Part::Subject),
            "affected" => Some(Part::Affected),
            "witness" => Some(Part::Witness),
            _ => None,
        })
    };
    let alone = ids.len() == 1;
    ids.into_iter().map(|id| (id.to_owned(), if alone { Some(Part::Subject) } else { part(id) })).collect()
}

/// Whether several are chosen and nobody has said yet what part each has in it.
pub(super) fn parts_missing(fields: &Fields) -> bool {
    students(fields).iter().any(|(_, part)| part.is_none())
}

pub(super) fn urgency(fields: &Fields) -> Option<Urgency> {
    match fields.get("urgency") {
        "notice" => Some(Urgency::Notice),
        "today" => Some(Urgency::Today),
        "danger" => Some(Urgency::Danger),
        _ => None,
    }
}

/// In danger now is not safe, whatever else was ticked.
pub(super) fn safe_now(fields: &Fields) -> Option<SafeNow> {
    if urgency(fields) == Some(Urgency::Danger) {
        return Some(SafeNow::No);
    }
    match fields.get("safe_now") {
        "yes" => Some(SafeNow::Yes),
        "no" => Some(SafeNow::No),
        "unknown" => Some(SafeNow::Unknown),
        _ => None,
    }
}

pub(super) fn where_now(fields: &Fields) -> Option<WhereNow> {
    match fields.get("where_now") {
        "school" => Some(WhereNow::School),
        "dormitory" => Some(WhereNow::Dormitory),
        "home" => Some(WhereNow::Home),
        "elsewhere" => Some(WhereNow::Elsewhere),
        "unknown" => Some(WhereNow::Unknown),
        _ => None,
    }
}

pub(super) fn concerns(fields: &Fields) -> Option<Concerns> {
    match fields.get("concerns") {
        "none" => Some(Concerns::None),
        "family" => Some(Concerns::Family),
        "staff" => Some(Concerns::Staff),
        "pupils" => Some(Concerns::Pupils),
        "unclear" => Some(Concerns::Unclear),
        _ => None,
    }
}

/// The members of staff whose names were typed. Names are matched without spaces; all who bear the name are meant,
/// since one too many left out is told later by the others, and one too few may do harm.
fn named(colleagues: &[(PersonId, String)], fields: &Fields) -> Result<Vec<String>, Fault> {
    if concerns(fields) != Some(Concerns::Staff) {
        return Ok(Vec::new());
    }
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut out = Vec::new();
    for name in fields.get("concern_staff").split(['、', ',', '，', ';', '；']).map(plain).filter(|n| !n.is_empty())
    {
        let before = out.len();
        out.extend(colleagues.iter().filter(|(_, n)| plain(n) == name).map(|(id, _)| id.to_string()));
        if out.len() == before {
            let zh = format!("没有找到教职工“{name}”，请核对姓名");
            let en = format!("No member of staff is called “{name}”: check the name");
            return Err(Fault::new("concern_staff", "unknown_person", zh, en));
        }
    }
    Ok(out)
}

/// The draft, and the faults that only the form can have.
pub(super) fn draft(api: &Api, fields: &Fields, colleagues: &[(PersonId, String)]) -> (FilingDraft, Vec<Fault>) {
    let mut faults = Vec::new();
    let involved = named(colleagues, fields).unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    if urgency(fields).is_none() {
        faults.push(Fault::new("urgency", "required", "请选择有多急", "Say how urgent it is"));
    }
    let word = |name: &str| Some(fields.get(name).to_owned()).filter(|w| !w.is_empty());
    let key = |part: Option<Part>| match part {
        Some(Part::Affected) => "affected",
        Some(Part::Witness) => "witness",
        Some(Part::Subject) | None => "subject",
    };
    let safe = match safe_now(fields) {
        Some(SafeNow::Yes) => "yes",
        Some(SafeNow::No) => "no",
        Some(SafeNow::Unknown) => "unknown",
        None => "",
    };
    let draft = FilingDraft {
        students: students(fields).into_iter().map(|(id, part)| (id, key(part).to_owned())).collect(),
        observed_at: instant_of(api, fields.get("observed_at")),
        signs: fields.all("sign").map(str::to_owned).collect(),
        narrative: fields.get("narrative").to_owned(),
        urgency: word("urgency"),
        safe_now: safe.to_owned(),
        with_whom: word("with_whom"),
        where_now: word("where_now"),
        concerns: word("concerns"),
        concerned_staff: None,
        involved_staff: involved,
        unread: Vec::new(),
    };
    (draft, faults)
}

/// The key of a form with the digest of what it says. Another text under the same key is another observation.
pub(super) fn key_of(fields: &Fields, draft: &FilingDraft) -> Option<IdempotencyKey> {
    let key = fields.get("idempotency_key");
    let said = format!("{draft:?}");
    let visible = key.bytes().all(|b| b.is_ascii_graphic());
    (!key.is_empty() && key.len() <= 64 && visible).then(|| IdempotencyKey::new(key, "/observations", said.as_bytes()))
}

/// The page's own name of a field of the contract.
pub(super) fn page_field(field: &str) -> String {
    let bare = field.split(['[', '.']).next().unwrap_or_default();
    let known = match bare {
        "students" if field.ends_with(".part") => "part",
        "students" => "student",
        "signs" => "sign",
        "involved_staff" => "concern_staff",
        "concerns" if field.ends_with(".staff") => "concern_staff",
        other => other,
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::from(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn in_danger_is_never_safe() {
        assert_eq!(safe_now(&fields(&[("urgency", "danger"), ("safe_now", "yes")])), Some(SafeNow::No));
        assert_eq!(safe_now(&fields(&[("urgency", "notice"), ("safe_now", "yes")])), Some(SafeNow::Yes));
    }

    #[test]
    fn one_student_is_the_subject_and_several_have_parts() {
        assert_eq!(students(&fields(&[("student", "a"), ("student", "a")])), [("a".to_owned(), Some(Part::Subject))]);
        let two = fields(&[("student", "a"), ("student", "b"), ("part", "b:witness")]);
        assert_eq!(students(&two), [("a".to_owned(), None), ("b".to_owned(), Some(Part::Witness))]);
        assert!(parts_missing(&two));
    }

    #[test]
    fn a_named_colleague_counts_only_where_staff_is_concerned() {
        let id = PersonId::new(uuid::Uuid::from_u128(7));
        let staff = [(id, "王 芳".to_owned())];
        let typed = |kind| fields(&[("concerns", kind), ("concern_staff", "王芳")]);
        assert_eq!(named(&staff, &typed("staff")).unwrap(), [id.to_string()]);
        assert_eq!(named(&staff, &typed("family")).unwrap(), Vec::<String>::new());
        assert_eq!(named(&[], &typed("staff")).unwrap_err().field, "concern_staff");
    }

    #[test]
    fn faults_are_found_under_the_pages_own_names() {
        let known = [
            ("students[0].student", "student"),
            ("students[1].part", "part"),
            ("signs[3]", "sign"),
            ("concerns.kind", "concerns"),
            ("concerns.staff", "concern_staff"),
            ("involved_staff[0]", "concern_staff"),
            ("observed_at", "observed_at"),
        ];
        for (field, page) in known {
            assert_eq!(page_field(field), page);
        }
    }
}
