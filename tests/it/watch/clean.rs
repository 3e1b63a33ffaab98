//! A service that works: nothing is found, nobody is called, and the outside hears so.

use tests::on_both;

use super::{SCHOOL, Watched, open, red, runs};

on_both!(a_service_that_works_has_no_finding_and_nobody_is_called, |world| {
    let watched = red(&world).await;
    for _ in 0..10 {
        runs(&world, 30).await;
        let report = watched.pass().await;
        Watched::finds(&report, &[]);
        assert!(report.proven);
    }
    assert_eq!(watched.outside.told(), 11, "once each interval");
    watched.nobody_called();
    world.told_exactly(&[]);
    assert_eq!(open(&world).await, Vec::<String>::new());
});

on_both!(a_night_has_no_finding_either, from "2026-11-23 23:30", |world| {
    let watched = Watched::over(&world).await;
    for (class, level) in [(0, 4), (1, 3), (2, 2), (3, 1)] {
        let _ = world.file("subject", world.filing(world.town.student(0, class, 0), level)).await;
    }
    for _ in 0..30 {
        runs(&world, 30).await;
        Watched::finds(&watched.pass().await, &[]);
    }
    watched.nobody_called();
    let told = world.told();
    assert!(SCHOOL.iter().all(|login| told.contains(*login)), "{told:?}");
});
