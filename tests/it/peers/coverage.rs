//! The doctor, and people who leave, on the command line.

use tests::site::{Kind, Site};

#[tokio::test(flavor = "multi_thread")]
async fn coverage_of_every_school_is_looked_at_by_the_doctor_who_runs_a_red_on_paper() {
    let site = Site::found(Kind::Sqlite, 1_380_000_006).await;
    let out = site.try_run(&["doctor"]);
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(said.contains("dry run") && said.contains("  03:00  0  "), "{said}");
    assert!(said.contains("[no_voice]") && said.contains("[duty_gap]"), "{said}");
    // Nobody leads the district: the last rung of a red is empty, and the service could not do its work.
    assert!(said.contains("[rung_empty]"), "{said}");
    assert_eq!(out.status.code(), Some(4), "{said}");

    let refused = site.try_run(&["staff", "disable", "principal"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("office_empty"), "{why}");
    assert!(site.try_run(&["staff", "disable", "principal", "--successor", "vice"]).status.success());
    let unknown = site.try_run(&["staff", "disable", "nobody"]);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no such login"));
}
