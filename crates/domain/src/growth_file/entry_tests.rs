use super::*;

fn look(draft: &EntryDraft) -> Result<DatedText, Vec<(String, &'static str)>> {
    let calendar =
        Calendar::validate(toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap()).unwrap();
    let events = toml::from_str(include_str!("../../../../config/life_events.toml")).unwrap();
    let events = LifeEvents::validate(events).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-11-23T10:00:00+08:00").unwrap().to_utc();
    let beside = Beside { events: &events, calendar: &calendar, now, born: NaiveDate::from_ymd_opt(2013, 1, 1) };
    DatedText::validate(draft, &beside).map_err(|f| f.into_iter().map(|f| (f.field, f.code)).collect())
}

fn typed(kind: &str, at: &str) -> EntryDraft {
    EntryDraft { kind: kind.to_owned(), at: at.to_owned(), text: "外婆去世".to_owned(), ..EntryDraft::default() }
}

fn codes(draft: &EntryDraft) -> Vec<(String, &'static str)> {
    look(draft).err().unwrap_or_default()
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let draft = EntryDraft {
        kind: "alert".to_owned(),
        at: "2026-11-24".to_owned(),
        source: Some("service".to_owned()),
        ..EntryDraft::default()
    };
    let wrong =
        [("kind", "not_written_here"), ("at", "in_the_future"), ("text", "required"), ("source", "unknown_value")];
    assert_eq!(codes(&draft), wrong.map(|(f, c)| (f.to_owned(), c)));
}

#[test]
fn a_life_event_names_its_kind_and_a_note_names_none() {
    assert_eq!(codes(&typed("life_event", "2026-11-20")), [("event".to_owned(), "required")]);
    let draft = EntryDraft { event: Some("bereavement".to_owned()), ..typed("life_event", "2026-11-20") };
    assert_eq!(look(&draft).unwrap().event.as_deref(), Some("bereavement"));
    let draft = EntryDraft { event: Some("bereavement".to_owned()), ..typed("counselling", "2026-11-20") };
    assert_eq!(codes(&draft), [("event".to_owned(), "not_for_this_kind")]);
}

#[test]
fn a_day_is_the_beginning_of_that_day_at_school_and_lies_in_the_child_s_life() {
    let at = look(&typed("counselling", "2026-11-23")).unwrap().at;
    assert_eq!(at, DateTime::parse_from_rfc3339("2026-11-23T00:00:00+08:00").unwrap());
    assert_eq!(codes(&typed("counselling", "2012-12-31")), [("at".to_owned(), "before_birth")]);
    assert!(look(&typed("counselling", "2013-01-01")).is_ok());
    for bad in ["", "yesterday", "2026-13-01", "26-11-23"] {
        assert_eq!(codes(&typed("counselling", bad))[0].0, "at", "{bad}");
    }
}
