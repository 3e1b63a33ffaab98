//! Loops, providers and clocks that stop, fail or go apart.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::delivery::Channel as Carries;
use domain::time::{Clock, ManualClock};
use notifier::Null;
use server::seams::SystemClock;
use tests::on_both;

use super::{Named, SCHOOL, Turning, Watched, red, runs, runs_with};

on_both!(a_tick_that_stops_is_found_and_what_was_due_is_stepped_in_its_place, |world| {
    let watched = red(&world).await;
    let stopped = Turning { tick: false, dispatcher: true };
    runs_with(&world, 30, stopped).await;
    let report = watched.pass().await;
    Watched::finds(&report, &["tick_stopped"]);
    assert!(!report.proven);
    watched.called_about(&["tick_stopped ×1"]);
    runs_with(&world, 10 * 60 + 10, stopped).await;
    world.told_exactly(&[]);
    let report = server::watch::pass(&world.service, &watched.auditor).await;
    Watched::finds(&report, &["alert_overdue", "tick_stopped"]);
    watched.called_about(&["alert_overdue ×1", "tick_stopped ×1"]);
    runs_with(&world, 5, stopped).await;
    world.told_exactly(&["district"]);
    runs(&world, 5).await;
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(a_dispatcher_that_stops_is_found, |world| {
    let watched = red(&world).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 1, 0), 4)).await;
    runs_with(&world, 30, Turning { tick: true, dispatcher: false }).await;
    let report = watched.pass().await;
    Watched::finds(&report, &["dispatcher_stopped", "red_waiting"]);
    assert!(!report.proven);
    watched.called_about(&["dispatcher_stopped ×1", "red_waiting ×1"]);
    world.told_exactly(&[]);
    runs(&world, 5).await;
    world.told_exactly(&["teacher1", "grade", "counsellor", "vice", "principal"]);
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(the_ping_stops_within_two_intervals, |world| {
    let watched = red(&world).await;
    assert_eq!(watched.outside.told(), 1);
    runs_with(&world, 15, Turning { tick: true, dispatcher: false }).await;
    let _ = watched.pass().await;
    runs_with(&world, 30, Turning { tick: true, dispatcher: false }).await;
    let _ = watched.pass().await;
    assert_eq!(watched.outside.told(), 1, "not once more");
    assert_eq!(watched.pages().len(), 2);
    runs(&world, 30).await;
    let _ = watched.pass().await;
    assert_eq!(watched.outside.told(), 2, "and goes on when all is well again");
});

on_both!(a_provider_that_fails_is_found_and_the_operator_is_called_by_another_one, |world| {
    let (gateway, mail) = (Named::new("gateway", Carries::Sms), Named::new("mailer", Carries::Mail));
    world.service.post.channels = vec![gateway.clone(), mail.clone(), Arc::new(Null)];
    let mut watched = Watched::over(&world).await;
    watched.auditor.channels = vec![gateway.clone(), mail.clone()];
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    runs(&world, 30).await;
    Watched::finds(&watched.pass().await, &[]);
    assert_eq!((gateway.take().len(), mail.take().len()), (5, 5));

    gateway.is_broken(true);
    let _ = world.file("subject", world.filing(world.town.student(0, 1, 0), 4)).await;
    runs(&world, 90).await;
    assert_eq!(mail.take().len(), 5);
    let asked = gateway.asked();
    let report = watched.pass().await;
    Watched::finds(&report, &["provider_failing"]);
    assert_eq!((report.paged, gateway.asked()), (1, asked), "not by the one that fails");
    let page = mail.take();
    assert!(page.len() == 1 && page[0].to == "operator@it.example", "{page:?}");
    assert!(page[0].text.contains("provider_failing ×1"), "{}", page[0].text);

    gateway.is_broken(false);
    runs(&world, 10).await;
    assert_eq!(gateway.take().len(), 5);
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(clocks_that_go_apart_are_found, |world| {
    let mut watched = red(&world).await;
    let machine =
        |seconds| -> Arc<dyn Clock> { Arc::new(ManualClock::at(SystemClock.now() + TimeDelta::seconds(seconds))) };
    for (seconds, found) in [(1, false), (4, true), (0, false), (-4, true)] {
        watched.auditor.machine = machine(seconds);
        let kinds = watched.pass().await.kinds();
        assert_eq!(kinds, if found { vec!["clock_apart"] } else { Vec::new() }, "{seconds}");
    }
    watched.called_about(&["clock_apart ×1"]);
});

on_both!(a_canary_that_does_not_come_back_is_found, |world| {
    let watched = red(&world).await;
    world.service.post.channels.retain(|c| c.carries() != Carries::Null);
    let mut found = Vec::new();
    for _ in 0..36 {
        runs(&world, 30).await;
        found = watched.pass().await.kinds();
    }
    assert!(found.contains(&"canary_old"), "{found:?}");
    assert!(watched.pages().iter().any(|page| page.text.contains("canary_old ×1")));
    let told = world.told();
    assert!(told.iter().all(|login| SCHOOL.contains(&login.as_str()) || login.starts_with("district")), "{told:?}");
});
