//! Whether loops, providers, clocks and versions are what they ought to be.

use chrono::TimeDelta;
use domain::escalation::ENGINE_VERSION;
use storage::StorageError;

use super::{Auditor, Subject};

/// A loop completes a turn about every second.
const BEAT_SECONDS: i64 = 10;
/// So far back attempts are looked at.
const ATTEMPTS_SECONDS: i64 = 600;
/// One failure is chance.
const FAILURES: u64 = 3;
/// A provider that succeeded so lately has failed by chance.
const SUCCESS_SECONDS: i64 = 60;
/// Clocks that differ by more tell two stories.
const APART_SECONDS: i64 = 2;

/// A9
pub(super) async fn provider_failing(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    let records = a.storage.read().failing_providers(a.school_ago(ATTEMPTS_SECONDS)).await?;
    let lately = a.school_ago(SUCCESS_SECONDS);
    let fails = records.into_iter().filter(|r| r.failures >= FAILURES && r.last_success.is_none_or(|at| at < lately));
    Ok(fails.map(|r| Subject::named(r.provider)).collect())
}

/// A11
pub(super) async fn stopped(a: &Auditor, name: &'static str) -> Result<Vec<Subject>, StorageError> {
    let last = a.storage.read().last_beat(name).await?;
    let last = last.map_or(a.since, |at| at.max(a.since));
    let stopped = a.real.now() - last > TimeDelta::seconds(BEAT_SECONDS);
    Ok(stopped.then(|| Subject::named(name)).into_iter().collect())
}

/// A12
pub(super) async fn clock_apart(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    let Some(database) = a.storage.read().database_now().await? else { return Ok(Vec::new()) };
    let apart = (a.machine.now() - database).abs() > TimeDelta::seconds(APART_SECONDS);
    Ok(apart.then(|| Subject::named("machine")).into_iter().collect())
}

/// A13
pub(super) async fn schema_newer(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    Ok(a.storage.read().strange_step().await?.map(Subject::named).into_iter().collect())
}

/// A13
pub(super) async fn engine_differs(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    let found = a.storage.read().engine_version("escalation").await?;
    let differs = found != Some(ENGINE_VERSION);
    Ok(differs.then(|| Subject::named("escalation")).into_iter().collect())
}

/// The canary did not come back within its limit.
pub(super) async fn canary_old(a: &Auditor) -> Result<Vec<Subject>, StorageError> {
    let last = a.storage.read().last_beat("canary").await?;
    let old = a.real.now() - last.map_or(a.since, |at| at.max(a.since)) > a.canary_limit;
    Ok(old.then(|| Subject::named("canary")).into_iter().collect())
}

/// Whether one came back lately, with no moment to begin.
pub(super) async fn canary_recent(a: &Auditor) -> Result<bool, StorageError> {
    let last = a.storage.read().last_beat("canary").await?;
    Ok(last.is_some_and(|at| a.real.now() - at <= a.canary_limit))
}
