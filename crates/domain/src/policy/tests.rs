use super::*;

fn shipped() -> toml::Value {
    toml::from_str(include_str!("../../../../config/policy.toml")).unwrap()
}

fn validate(value: toml::Value) -> Result<Policy, Vec<crate::fault::Fault>> {
    value.try_into::<PolicyDraft>().unwrap().validate()
}

#[test]
fn the_shipped_policy_is_valid_and_has_the_ladders_of_the_design() {
    let policy = validate(shipped()).unwrap();
    let red = policy.ladder(Level::Red);
    assert_eq!(red.rungs.len(), 3);
    assert_eq!(red.rungs[0].who.len(), 5);
    assert_eq!(red.acknowledgement_lasts, Span::Minutes(10));
    assert_eq!(policy.ladder(Level::Orange).rungs[3].tier, crate::tier::Tier::District);
    assert_eq!(policy.ladder(Level::Yellow).acknowledgement_lasts, Span::SchoolDays(2));
    assert_eq!(policy.ladder(Level::Blue).rungs[0].wait, Span::SchoolDays(3));
}

#[test]
fn a_wrong_policy_is_refused_with_every_reason() {
    let mut text = include_str!("../../../../config/policy.toml").to_owned();
    text = text.replace(
        "wait = { minutes = 10 } },\n  { tier = \"district\", who = [\"district_duty\"]",
        "wait = { minutes = 30 } },\n  { tier = \"district\", who = []",
    );
    text = text.replace("night_repeat_minutes = 3 ", "night_repeat_minutes = 0 ");
    text =
        text.replace("kind = \"safety\"\nanswer = \"no\"\nlevel = 4", "kind = \"safety\"\nanswer = \"no\"\nlevel = 3");
    text = text.replace("events = 3", "events = 0");
    let faults = validate(toml::from_str(&text).unwrap()).unwrap_err();
    let codes: Vec<&str> = faults.iter().map(|f| f.code).collect();
    for code in ["too_slow", "nobody_told", "out_of_range", "unsafe_is_red_missing"] {
        assert!(codes.contains(&code), "{code} is missing from {codes:?}");
    }
}

#[test]
fn a_draft_survives_storage() {
    let draft: PolicyDraft = shipped().try_into().unwrap();
    let again: PolicyDraft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
    assert_eq!(again.validate().unwrap(), draft.validate().unwrap());
}

#[test]
fn within_the_school_nobody_outside_is_on_a_rung_or_called() {
    let policy = validate(shipped()).unwrap();
    let within = policy.within_school();
    assert_eq!(within.ladder(Level::Red).rungs.len(), 1);
    assert_eq!(within.ladder(Level::Orange).rungs.len(), 3);
    for level in [Level::Blue, Level::Yellow, Level::Orange, Level::Red] {
        let (all, left) = (policy.ladder(level), within.ladder(level));
        assert!(left.rungs.iter().all(|r| r.tier != crate::tier::Tier::District), "{level:?}");
        assert!(left.rungs.iter().all(|r| all.rungs.contains(r)), "what is left is as it was: {level:?}");
    }
    let called = |p: &Policy| p.red.calls.iter().flat_map(|c| c.who.clone()).collect::<Vec<_>>();
    assert!(called(&policy).iter().any(|o| o.is_outside()) && called(&within).iter().all(|o| !o.is_outside()));
}

#[test]
fn a_close_of_a_red_rests_on_evidence_and_is_looked_at_again() {
    let shipped_rules = validate(shipped()).unwrap().closing;
    assert_eq!(shipped_rules, ClosingRules::default(), "what an older policy meant is what ships");
    let text = include_str!("../../../../config/policy.toml");
    let text = text.replacen("[\"means_asked\"], [\"plan_in_place\"]", "[\"means_asked\", \"plan_in_place\"]", 1);
    let text = text.replacen("recheck_after = { school_days = 10 } # somebody looks again", "", 1);
    let text = text.replacen("quiet_days = 30 ", "quiet_days = 0 ", 1).replacen(
        "red = { minutes = 10 }",
        "red = { minutes = 30 }",
        1,
    );
    let faults = validate(toml::from_str(&text).unwrap()).unwrap_err();
    let found: Vec<(&str, &str)> = faults.iter().map(|f| (f.field.as_str(), f.code)).collect();
    assert_eq!(
        found,
        [
            ("closing.quiet_days", "out_of_range"),
            ("closing.red.needs", "evidence_missing"),
            ("closing.red.recheck_after", "no_recheck"),
            ("hand_over.red", "too_slow"),
        ]
    );
}

#[test]
fn nothing_is_kept_from_climbing_or_chased_without_bounds() {
    let text = include_str!("../../../../config/policy.toml");
    let red = text.replace(
        "[not_escalating]\n",
        "[not_escalating]\nred = { usual = { minutes = 1 }, longest = { minutes = 1 } }\n",
    );
    let red: toml::Value = toml::from_str(&red).unwrap();
    assert!(red.try_into::<PolicyDraft>().is_err(), "a red has no such term");
    for (right, wrong) in [
        ("longest = { waking_minutes = 240 }", "longest = { waking_minutes = 481 }"),
        ("longest = { waking_minutes = 240 }", "longest = { school_days = 1 }"),
        ("usual = { school_days = 2 }", "usual = { school_days = 6 }"),
        ("usual = { school_days = 3 }", "usual = { minutes = 3 }"),
        ("usual = { school_days = 3 }", "usual = { school_days = 0 }"),
        ("longest = { school_days = 10 }", "longest = { school_days = 11 }"),
        ("recheck_chase_every = { school_days = 1 }", "recheck_chase_every = { minutes = 1 }"),
        ("chase_until_hour = 20", "chase_until_hour = 21"),
    ] {
        assert!(text.contains(right), "{right}");
        let faults = validate(toml::from_str(&text.replace(right, wrong)).unwrap()).unwrap_err();
        assert!(!faults.is_empty(), "{wrong}");
    }
    assert_eq!(
        validate(shipped()).unwrap().not_escalating,
        NotEscalatingTerms::default(),
        "an old policy means the shipped one"
    );
}
