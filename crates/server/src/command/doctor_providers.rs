//! Every provider that is set up: whether it knows us. Nothing is sent to anybody.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use notifier::{Channel, Probe};

use super::print;

/// Tries all of them at once, none longer than the service itself would wait; says whether none refused us.
pub(crate) async fn providers(ways: &[Arc<dyn Channel>], patience: Duration) -> bool {
    let tried = ways.iter().map(|way| async move {
        let probe = tokio::time::timeout(patience, way.probe()).await;
        (way, probe.unwrap_or_else(|_| Probe::Unclear("no answer in time".to_owned())))
    });
    let mut well = true;
    for (way, probe) in join_all(tried).await {
        well &= !matches!(probe, Probe::Refused(_));
        print(&line(&format!("{} ({})", way.name(), way.carries().key()), &probe));
    }
    well
}

/// What is said of one. Codes are the provider's own; secrets are in none of them.
fn line(name: &str, probe: &Probe) -> String {
    match probe {
        Probe::Known => format!("ok      {name}: 凭据有效 / the credentials are good"),
        Probe::Refused(code) => {
            format!("FAULT   {name}: 对方不认这些凭据或设置 / it refuses these credentials or settings: {code}")
        }
        Probe::Unclear(why) => format!("WARNING {name}: 现在未能验证 / could not be tried now: {why}"),
        Probe::Untried => {
            format!("WARNING {name}: 不往群里发消息就无法验证 / cannot be tried without writing to the group")
        }
    }
}
