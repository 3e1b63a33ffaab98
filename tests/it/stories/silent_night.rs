//! A policy that nobody can fault, and a night in which no telephone rings.

use domain::delivery::Channel;
use tests::world::policy_text;
use tests::{World, on_both};

const WRITTEN: [&str; 6] = ["duty", "teacher", "grade", "counsellor", "vice", "principal"];

/// The shipped policy but for whom the night calls: the grade lead at once, nobody else before half an hour.
fn silent_but_for_the_grade_lead() -> String {
    let calls = policy_text(0, false)
        .replace("\"duty_leader\", \"counsellor\", \"vice_principal\"", "\"grade_lead\"")
        .replace("by_night_after_minutes = 5", "by_night_after_minutes = 30")
        .replace("version = \"2026.11\"", "version = \"quiet\"");
    assert!(calls.contains("who = [\"grade_lead\"]") && calls.contains("= 30") && calls.contains("\"quiet\""));
    calls
}

async fn in_force(world: &World) -> String {
    world.service.desk.storage.read().policy_in_force().await.unwrap().unwrap().2.version
}

/// What stands of these kinds: kind and subject.
async fn found(world: &World) -> Vec<(String, String)> {
    let mut all = world.service.desk.storage.read().open_findings().await.unwrap();
    all.retain(|(kind, _)| ["policy_refused", "night_rings_nobody"].contains(&kind.as_str()));
    all
}

fn silent(world: &World, schools: &[usize]) -> Vec<(String, String)> {
    let mut out: Vec<_> = schools.iter().map(|n| world.town.schools[*n].id.to_string()).collect();
    out.sort();
    out.into_iter().map(|id| ("night_rings_nobody".to_owned(), id)).collect()
}

on_both!(whoever_has_a_telephone_that_nobody_calls_by_night_is_texted_again, from "2026-11-24 02:50", |world| {
    world.goes_by(&silent_but_for_the_grade_lead()).await;
    assert_eq!(in_force(&world).await, "quiet");
    world.give_telephones(&["duty", "teacher", "counsellor", "vice"]).await;
    world.at("2026-11-24 03:00").await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&WRITTEN);
    for at in ["2026-11-24 03:03", "2026-11-24 03:06"] {
        world.at(at).await;
        let letters = world.letters_by_channel();
        assert!(letters.iter().all(|(channel, _)| *channel == Channel::Sms), "{letters:#?}");
        let mut texted: Vec<String> = letters.iter().map(|(_, letter)| world.login_of(&letter.to)).collect();
        texted.sort();
        assert_eq!(texted, ["counsellor", "duty", "grade", "principal", "teacher", "vice"], "each once, at {at}");
    }
});

on_both!(a_policy_that_takes_the_last_call_of_a_night_does_not_come_into_force, |world| {
    let shipped = policy_text(0, false);
    world.goes_by(&shipped).await;
    assert_eq!(
        found(&world).await,
        silent(&world, &[0, 1]),
        "nobody has a telephone: no policy is to blame, and it is said"
    );
    world.give_telephones(&["duty", "counsellor", "vice", "principal"]).await;
    world.goes_by(&silent_but_for_the_grade_lead()).await;
    assert_eq!(in_force(&world).await, "2026.11", "a school is never left without a policy, nor with a worse one");
    let mut stands = silent(&world, &[1]);
    stands.push(("policy_refused".to_owned(), "quiet".to_owned()));
    assert_eq!(found(&world).await, stands, "the other school rings nobody under either");
    let critical = world.service.desk.storage.read().findings_to_page(world.service.desk.now()).await.unwrap();
    assert!(critical.iter().any(|f| f.kind == "policy_refused"), "the operator is called: {critical:?}");

    world.goes_by(&shipped).await;
    assert_eq!(found(&world).await, silent(&world, &[1]), "it is configured as it was");
    world.give_telephones(&["grade"]).await;
    world.goes_by(&silent_but_for_the_grade_lead()).await;
    assert_eq!(in_force(&world).await, "quiet", "now it calls somebody");
});

on_both!(a_school_that_rings_nobody_by_night_is_found_until_it_rings, |world| {
    let shipped = policy_text(0, false);
    world.goes_by(&shipped).await;
    let (storage, now) = (&world.service.desk.storage, world.service.desk.real_now());
    let mut tx = storage.begin().await.unwrap();
    let _ = tx.close_old_notes(now + chrono::TimeDelta::days(2), now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(found(&world).await, silent(&world, &[0, 1]), "what was noted in passing is over, this is not");
    let paged = storage.read().findings_to_page(now).await.unwrap();
    assert!(paged.iter().all(|f| f.kind != "night_rings_nobody"), "nobody is called about it: {paged:?}");
    world.give_telephones(&["duty", "counsellor", "vice", "principal"]).await;
    world.goes_by(&shipped).await;
    assert_eq!(found(&world).await, silent(&world, &[1]));
});

on_both!(a_start_that_carries_no_calls_is_no_way_around_the_nights_calls, |world| {
    let shipped = policy_text(0, false);
    world.goes_by(&shipped).await;
    world.give_telephones(&["duty", "counsellor", "vice", "principal"]).await;
    world.goes_by(&shipped).await;

    let mute = world.service.desk.clone().carrying([Channel::Sms, Channel::Mail]);
    let draft: domain::policy::PolicyDraft = toml::from_str(&silent_but_for_the_grade_lead()).unwrap();
    let policy = draft.clone().validate().unwrap();
    casework::reconcile_policy(&mute, &draft, &policy).await.unwrap();
    assert_eq!(in_force(&world).await, "2026.11", "the provider of calls comes back, the policy would have stayed");
    let refused = vec![("policy_refused".to_owned(), "quiet".to_owned())];
    assert_eq!(found(&world).await, refused, "that nothing rings today is said by something else");
});
