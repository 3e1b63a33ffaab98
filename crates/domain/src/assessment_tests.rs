use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

fn policy() -> Policy {
    toml::from_str::<crate::policy::PolicyDraft>(include_str!("../../../config/policy.toml"))
        .unwrap()
        .validate()
        .unwrap()
}

fn catalogue() -> Catalogue {
    Catalogue::validate(toml::from_str(include_str!("../../../config/signs.toml")).unwrap()).unwrap()
}

fn now() -> Timestamp {
    "2026-11-23T02:00:00Z".parse().unwrap()
}

fn code(catalogue: &Catalogue, level: Option<Level>) -> String {
    let plain = |s: &&crate::sign::Sign| {
        s.level == level && !s.tags.contains("bereavement") && !s.tags.contains("return_to_school")
    };
    catalogue.signs().iter().find(plain).unwrap().code.clone()
}

fn seen(n: u128, days_ago: i64, observer: u128, signs: &[String]) -> Seen {
    Seen {
        id: ObservationId::new(Uuid::from_u128(n)),
        observed_at: now() - TimeDelta::days(days_ago),
        observer: PersonId::new(Uuid::from_u128(observer)),
        signs: signs.to_vec(),
    }
}

fn evidence(signs: &[String], safe_now: SafeNow) -> Evidence {
    Evidence {
        seen: seen(1, 0, 1, signs),
        urgency: Urgency::Notice,
        safe_now,
        has_words: true,
        grave: false,
        history: vec![],
        alerts: vec![],
        events: vec![],
    }
}

fn rules(s: &Suggestion) -> Vec<&str> {
    s.reasons.iter().map(|r| r.rule.as_str()).collect()
}

#[test]
fn each_sign_suggests_its_own_level_and_the_reason_names_it() {
    let (p, c) = (policy(), catalogue());
    for level in Level::ALL {
        let s = assess(&p, &c, &evidence(&[code(&c, Some(level))], SafeNow::Yes)).unwrap();
        assert_eq!(s.level, level);
        assert_eq!(s.reasons.len(), 1);
        assert!(s.reasons[0].zh.contains('：'));
        assert_eq!(s.reasons[0].version, "2026.11/1");
    }
}

#[test]
fn what_no_rule_catches_waits_on_the_yellow_clock() {
    let (p, c) = (policy(), catalogue());
    let s = assess(&p, &c, &evidence(&[], SafeNow::Yes)).unwrap();
    assert_eq!((s.level, rules(&s)), (Level::Yellow, vec!["nothing_fired"]));
    let s = assess(&p, &c, &evidence(&[code(&c, None)], SafeNow::Yes)).unwrap();
    assert_eq!((s.level, rules(&s)), (Level::Yellow, vec!["nothing_fired"]));
}

#[test]
fn a_safe_child_with_good_signs_only_waits_for_nobody() {
    let (p, c) = (policy(), catalogue());
    let mut e = evidence(&[code(&c, None)], SafeNow::Yes);
    e.has_words = false;
    assert_eq!(assess(&p, &c, &e), None);
    e.safe_now = SafeNow::Unknown;
    assert!(assess(&p, &c, &e).is_some());
}

#[test]
fn not_safe_is_red_whatever_was_seen_and_unclear_is_one_level_up() {
    let (p, c) = (policy(), catalogue());
    for level in [None, Some(Level::Blue), Some(Level::Yellow), Some(Level::Orange), Some(Level::Red)] {
        let signs = [code(&c, level)];
        assert_eq!(assess(&p, &c, &evidence(&signs, SafeNow::No)).unwrap().level, Level::Red);
        let base = assess(&p, &c, &evidence(&signs, SafeNow::Yes)).unwrap().level;
        assert_eq!(assess(&p, &c, &evidence(&signs, SafeNow::Unknown)).unwrap().level, base.up());
    }
}

#[test]
fn three_events_in_fourteen_days_or_two_observers_in_seven_raise_one_level() {
    let (p, c) = (policy(), catalogue());
    let yellow = [code(&c, Some(Level::Yellow))];
    let mut e = evidence(&yellow, SafeNow::Yes);
    e.history = vec![seen(2, 5, 1, &yellow)];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Yellow);
    e.history.push(seen(3, 13, 1, &yellow));
    let s = assess(&p, &c, &e).unwrap();
    assert_eq!((s.level, rules(&s)), (Level::Orange, vec!["clear_sign", "repeated"]));
    assert_eq!(s.reasons[1].evidence.len(), 3);
    e.history = vec![seen(2, 6, 2, &yellow)];
    assert_eq!(rules(&assess(&p, &c, &e).unwrap()), ["clear_sign", "independent_observers"]);
    e.history = vec![seen(2, 8, 2, &yellow)];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Yellow, "outside the window");
}

#[test]
fn one_event_counts_once_and_only_risk_signs_count() {
    let (p, c) = (policy(), catalogue());
    let yellow = [code(&c, Some(Level::Yellow))];
    let mut e = evidence(&yellow, SafeNow::Yes);
    let mut same = seen(2, 0, 1, &yellow);
    same.observed_at -= TimeDelta::minutes(20);
    e.history = vec![same, seen(3, 2, 1, &[code(&c, None)]), seen(4, 3, 2, &[])];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Yellow);
}

#[test]
fn history_raises_once_within_the_same_limit() {
    let (p, c) = (policy(), catalogue());
    let yellow = [code(&c, Some(Level::Yellow))];
    let loss =
        c.signs().iter().find(|s| s.tags.contains("bereavement") && s.level == Some(Level::Blue)).unwrap().code.clone();
    let mut e = evidence(&yellow, SafeNow::Yes);
    e.history = vec![seen(2, 100, 1, std::slice::from_ref(&loss))];
    assert_eq!(rules(&assess(&p, &c, &e).unwrap()), ["clear_sign", "life_event"]);
    e.history = vec![seen(2, 190, 1, &[loss])];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Yellow);
    e.alerts = vec![EarlierAlert { peak: Level::Orange, at: now() - TimeDelta::days(360) }];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Orange);
    e.alerts = vec![EarlierAlert { peak: Level::Yellow, at: now() }];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Yellow);
}

#[test]
fn an_event_in_the_same_filing_makes_its_other_signs_weigh_more_and_not_itself() {
    let (p, c) = (policy(), catalogue());
    for tag in ["bereavement", "return_to_school"] {
        let event = c.signs().iter().find(|s| s.tags.contains(tag) && s.level == Some(Level::Blue)).unwrap();
        let alone = assess(&p, &c, &evidence(std::slice::from_ref(&event.code), SafeNow::Yes)).unwrap();
        assert_eq!(alone.level, Level::Blue, "{tag}");
        for (level, raised) in [(Level::Blue, Level::Yellow), (Level::Yellow, Level::Orange)] {
            let e = evidence(&[event.code.clone(), code(&c, Some(level))], SafeNow::Yes);
            let s = assess(&p, &c, &e).unwrap();
            assert_eq!(s.level, raised, "{tag}");
            assert_eq!(rules(&s).last(), Some(&"life_event"));
            assert_eq!(s.reasons.last().unwrap().evidence, [e.seen.id]);
        }
        let orange = evidence(&[event.code.clone(), code(&c, Some(Level::Orange))], SafeNow::Yes);
        assert_eq!(assess(&p, &c, &orange).unwrap().level, Level::Orange, "{tag}");
    }
}

#[test]
fn a_bereavement_that_was_noted_in_the_file_weighs_like_one_that_was_reported() {
    let (p, c) = (policy(), catalogue());
    let noted = |days: i64| Happened {
        at: now() - TimeDelta::days(days),
        tags: ["bereavement".to_owned()].into_iter().collect(),
    };
    let mut e = evidence(&[code(&c, Some(Level::Yellow))], SafeNow::Yes);
    e.events = vec![noted(100)];
    let s = assess(&p, &c, &e).unwrap();
    assert_eq!((s.level, rules(&s)), (Level::Orange, vec!["clear_sign", "life_event"]));
    e.events = vec![noted(190)];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Yellow);
    // The same event, noted and reported, makes nothing of itself.
    let loss = c.signs().iter().find(|s| s.tags.contains("bereavement") && s.level == Some(Level::Blue)).unwrap();
    let mut e = evidence(std::slice::from_ref(&loss.code), SafeNow::Yes);
    e.events = vec![noted(1)];
    assert_eq!(assess(&p, &c, &e).unwrap().level, Level::Blue);
}

proptest! {
    #[test]
    fn counting_never_makes_a_red(level in 1_u8..=3, past in proptest::collection::vec((0_i64..400, 0_u128..6, 1_u8..=4), 0..40), peaks in proptest::collection::vec(1_u8..=4, 0..5)) {
        let (p, c) = (policy(), catalogue());
        let own = Level::try_from(level).unwrap();
        let mut e = evidence(&[code(&c, Some(own))], SafeNow::Yes);
        e.history = past.iter().enumerate().map(|(i, (d, o, l))| seen(u128::try_from(i).unwrap() + 10, *d, *o, &[code(&c, Level::try_from(*l).ok())])).collect();
        e.alerts = peaks.iter().map(|l| EarlierAlert { peak: Level::try_from(*l).unwrap(), at: now() }).collect();
        let s = assess(&p, &c, &e).unwrap();
        prop_assert!(s.level <= Level::Orange);
        prop_assert!(s.level >= own && s.level <= own.up());
        prop_assert!(!s.reasons.is_empty());
    }
}

#[test]
fn what_the_reporter_holds_to_be_urgent_is_never_less() {
    let (policy, catalogue) = (policy(), catalogue());
    let level = |urgency| {
        let evidence = Evidence { urgency, ..evidence(&[], SafeNow::Yes) };
        assess(&policy, &catalogue, &evidence).map(|s| (s.level, s.reasons[0].rule.clone()))
    };
    assert_eq!(level(Urgency::Today), Some((Level::Orange, "talk_today".to_owned())));
    assert_eq!(level(Urgency::Danger), Some((Level::Red, "danger_now".to_owned())));
    let calm = Evidence { has_words: false, ..evidence(&[], SafeNow::Yes) };
    assert_eq!(assess(&policy, &catalogue, &calm), None);
}

#[test]
fn what_weighs_by_itself_counts_beside_what_another_one_saw() {
    let (p, c) = (policy(), catalogue());
    let orange = [code(&c, Some(Level::Orange))];
    let other = |observer| vec![seen(2, 3, observer, &orange)];
    let mut e = Evidence { grave: true, history: other(2), ..evidence(&[], SafeNow::Yes) };
    assert!(independent_repeat(&p, &c, &e));
    e.history = other(1);
    assert!(!independent_repeat(&p, &c, &e), "the same person");
    let plain = Evidence { grave: false, history: other(2), ..e };
    assert!(!independent_repeat(&p, &c, &plain), "nothing weighs");
}
