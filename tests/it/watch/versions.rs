//! Programs of another version on the same database.

use tests::on_both;

use super::{Watched, behind_its_back, red};

on_both!(a_schema_of_a_newer_program_is_found, |world| {
    let watched = red(&world).await;
    behind_its_back(&world, "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_new', 0)").await;
    Watched::finds(&watched.pass().await, &["schema_newer"]);
    watched.called_about(&["schema_newer ×1"]);
});

on_both!(an_engine_of_another_version_is_found, |world| {
    let watched = red(&world).await;
    behind_its_back(&world, "UPDATE engine_version SET version = version + 1").await;
    Watched::finds(&watched.pass().await, &["engine_differs"]);
    watched.called_about(&["engine_differs ×1"]);
    behind_its_back(&world, "UPDATE engine_version SET version = version - 1").await;
    Watched::finds(&watched.pass().await, &[]);
});
