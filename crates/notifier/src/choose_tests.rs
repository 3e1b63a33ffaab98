use proptest::prelude::*;

use super::*;

const ORDER: [&str; 3] = ["a", "b", "c"];

fn tried(words: &[(&str, &str)]) -> Vec<Attempted> {
    let one = |(provider, key): &(&str, &str)| Attempted {
        provider: (*provider).to_owned(),
        outcome: Outcome::from_key(key, "").unwrap(),
    };
    words.iter().map(one).collect()
}

#[track_caller]
fn expect(order: &[&str], words: &[(&str, &str)], step_wanted: Step, next: Option<&str>) {
    let tried = tried(words);
    assert_eq!((step(order, &tried, Lane::Red), pick(order, &tried)), (step_wanted, next), "{words:?}");
}

#[test]
fn a_provider_that_cannot_do_it_gives_way_at_once() {
    for word in ["elsewhere", "refused", "ambiguous"] {
        expect(&ORDER, &[("a", word)], Step::AtOnce, Some("b"));
        expect(&ORDER, &[("a", word), ("b", word)], Step::AtOnce, Some("c"));
    }
}

#[test]
fn one_that_cannot_be_reached_gives_way_after_the_second_time() {
    expect(&ORDER, &[("a", "retry")], Step::AfterPause, Some("a"));
    expect(&ORDER, &[("a", "retry"), ("a", "retry")], Step::AtOnce, Some("b"));
    expect(&["a"], &[("a", "retry"), ("a", "retry")], Step::AfterPause, Some("a"));
}

#[test]
fn a_round_ends_with_a_pause_and_begins_again_without_those_that_refused() {
    let round = [("a", "elsewhere"), ("b", "refused"), ("c", "ambiguous")];
    expect(&ORDER, &round, Step::AfterPause, Some("a"));
    let more = [round.as_slice(), &[("a", "elsewhere")]].concat();
    expect(&ORDER, &more, Step::AtOnce, Some("c"));
}

#[test]
fn when_everybody_refuses_it_has_failed() {
    expect(&["a", "b"], &[("a", "refused"), ("b", "refused")], Step::Settled(MessageState::Failed), None);
    expect(&[], &[("gone", "retry")], Step::Settled(MessageState::Failed), None);
}

#[test]
fn what_is_settled_is_settled() {
    expect(&ORDER, &[("a", "accepted")], Step::Settled(MessageState::Accepted), Some("a"));
    expect(&ORDER, &[("a", "bad_address")], Step::Settled(MessageState::Failed), Some("a"));
    let lost = tried(&[("a", "ambiguous")]);
    assert_eq!(step(&ORDER, &lost, Lane::Normal), Step::Settled(MessageState::Unknown));
    assert_eq!(step(&["a"], &lost, Lane::Red), Step::AfterPause);
}

#[test]
fn providers_that_are_not_configured_any_more_do_not_count() {
    expect(&["b"], &[("a", "refused"), ("b", "retry")], Step::AfterPause, Some("b"));
}

/// Attempts as they come about: each at the provider that was picked for it.
fn walk(order: &[&str], words: &[usize]) -> Vec<(Attempted, Step)> {
    const WORDS: [&str; 4] = ["retry", "elsewhere", "refused", "ambiguous"];
    let (mut tried, mut steps) = (Vec::new(), Vec::new());
    for word in words {
        let Some(provider) = pick(order, &tried).map(str::to_owned) else { break };
        tried.push(Attempted { provider, outcome: Outcome::from_key(WORDS[*word], "").unwrap() });
        steps.push(step(order, &tried, Lane::Red));
    }
    tried.into_iter().zip(steps).collect()
}

proptest! {
    #[test]
    fn a_red_ends_only_when_every_provider_has_refused(n in 1_usize..=3, words in prop::collection::vec(0_usize..4, 0..60)) {
        let order = &ORDER[..n];
        let walked = walk(order, &words);
        for (i, (_, step)) in walked.iter().enumerate() {
            let refused = |p: &str| walked[..=i].iter().any(|(a, _)| a.provider == p && matches!(a.outcome, Outcome::Refused(_)));
            let all = order.iter().all(|p| refused(p));
            prop_assert_eq!(*step == Step::Settled(MessageState::Failed), all);
            prop_assert!(matches!(step, Step::AtOnce | Step::AfterPause | Step::Settled(MessageState::Failed)));
        }
    }

    #[test]
    fn nobody_is_asked_again_without_a_pause(n in 1_usize..=3, words in prop::collection::vec(0_usize..4, 0..60)) {
        let mut asked = BTreeSet::new();
        let mut repeats = 0;
        for (attempt, step) in walk(&ORDER[..n], &words) {
            repeats += usize::from(!asked.insert(attempt.provider));
            if step != Step::AtOnce {
                asked.clear();
            }
        }
        prop_assert_eq!(repeats, 0);
    }

    #[test]
    fn who_refused_is_never_asked_again(n in 1_usize..=3, words in prop::collection::vec(0_usize..4, 0..60)) {
        let mut out = BTreeSet::new();
        for (attempt, _) in walk(&ORDER[..n], &words) {
            prop_assert!(!out.contains(&attempt.provider));
            if matches!(attempt.outcome, Outcome::Refused(_)) {
                out.insert(attempt.provider);
            }
        }
    }
}
