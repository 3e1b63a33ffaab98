use super::*;
use uuid::Uuid;

fn catalogue() -> Catalogue {
    Catalogue::validate(
        toml::from_str(
            r#"
            version = 1
            category = [{ code = "mood", zh = "情绪", en = "mood" }]
            sign = [
              { code = "sad", category = "mood", level = 2, zh = "情绪低落", en = "low" },
              { code = "plan", category = "mood", level = 4, zh = "说出计划", en = "plan" },
            ]"#,
        )
        .unwrap(),
    )
    .unwrap()
}

fn now() -> Timestamp {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

fn good() -> FilingDraft {
    FilingDraft {
        students: vec![(StudentId::new(Uuid::from_u128(1)).to_string(), "subject".into())],
        observed_at: "2026-11-23T09:55:00+08:00".into(),
        signs: vec!["sad".into(), "sad".into()],
        safe_now: "yes".into(),
        ..FilingDraft::default()
    }
}

#[test]
fn a_good_filing_passes_and_signs_count_once() {
    let filing = Filing::validate(&good(), &catalogue(), now()).unwrap();
    assert_eq!(filing.signs, ["sad"]);
    assert_eq!(filing.where_now, WhereNow::Unknown);
    assert_eq!(filing.subjects().count(), 1);
}

#[test]
fn every_fault_is_named_at_once() {
    let id = StudentId::new(Uuid::from_u128(1)).to_string();
    let draft = FilingDraft {
        students: vec![("nobody".into(), "hero".into()), (id.clone(), "subject".into()), (id, "witness".into())],
        observed_at: "2026-11-24T10:00:00+08:00".into(),
        signs: vec!["nonsense".into()],
        narrative: "字".repeat(NARRATIVE_CHARS + 1),
        urgency: Some("soon".into()),
        safe_now: String::new(),
        with_whom: Some("人".repeat(WITH_WHOM_CHARS + 1)),
        where_now: Some("moon".into()),
        concerns: Some("family".into()),
        concerned_staff: Some("per_x".into()),
        involved_staff: vec!["x".into()],
        unread: Vec::new(),
    };
    let faults = Filing::validate(&draft, &catalogue(), now()).unwrap_err();
    let fields: Vec<&str> = faults.iter().map(|f| f.field.as_str()).collect();
    for field in [
        "students[0].student",
        "urgency",
        "students[0].part",
        "students[2].student",
        "signs[0]",
        "observed_at",
        "narrative",
        "safe_now",
        "where_now",
        "with_whom",
        "involved_staff[0]",
        "concerns.staff",
    ] {
        assert!(fields.contains(&field), "{field} is missing from {fields:?}");
    }
}

#[test]
fn a_filing_needs_a_sign_or_a_word() {
    let draft = FilingDraft { signs: vec![], narrative: "  ".into(), ..good() };
    assert_eq!(Filing::validate(&draft, &catalogue(), now()).unwrap_err()[0].code, "sign_or_narrative_required");
    let draft = FilingDraft { signs: vec![], narrative: "两天没说话".into(), ..good() };
    assert!(Filing::validate(&draft, &catalogue(), now()).is_ok());
}
