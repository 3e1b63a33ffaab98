//! Checks.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use domain::delivery::Channel;
use domain::id::Ids;
use domain::time::Clock;
use storage::Storage;

use super::doctor_providers::providers;
use super::{print, say};
use crate::assemble::{Rules, target};
use crate::channels::Makings;
use crate::seams::{SystemClock, SystemIds};
use crate::secrets::{self, Keys};
use crate::settings::{OperatorSettings, Settings};

/// Brings the database up to date.
pub(crate) async fn migrate(config: &Path) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(config)?;
    Storage::open(&target(&settings)?).await?;
    say("数据库已是最新 / the database is up to date");
    Ok(ExitCode::SUCCESS)
}

/// Looks at everything and says what it finds; ends with 4 when the service could not do its work.
pub(crate) async fn doctor(config: &Path) -> anyhow::Result<ExitCode> {
    let settings = Settings::as_written(config)?;
    let mut faults = settings.faults();
    faults.extend(secrets::faults(&settings)?);
    let mut well = faults.is_empty();
    faults.iter().for_each(|fault| print(&format!("FAULT   {fault}")));
    if well {
        print("ok      settings / 设置");
    }
    let rules = Rules::read(&settings.files)?;
    print(&format!("ok      policy {}, signs {} / 规则、表现目录", rules.policy.version, rules.catalogue.version));
    let (rules, ways) = if well { (Some(&rules), ways(&settings)) } else { (None, Ok(Vec::new())) };
    let ways = ways.unwrap_or_else(|err| {
        print(&format!("FAULT   channels / 渠道: {err:#}"));
        well = false;
        Vec::new()
    });
    well &= providers(&ways, Duration::from_millis(settings.workers.timeout_ms)).await;
    let carried: Vec<Channel> = ways.iter().map(|way| way.carries()).collect();
    match schools_and_findings(&settings, rules, &carried).await {
        Ok(fit) => well &= fit,
        Err(err) => {
            print(&format!("FAULT   database / 数据库: {err:#}"));
            well = false;
        }
    }
    let sms = settings.sms.order.iter().filter(|p| settings.sends_sms(p)).count();
    let calls = settings.voice.order.iter().any(|p| settings.calls(p));
    if settings.mail.host.is_empty() && sms == 0 {
        print("FAULT   no channel: nobody can be told / 没有任何通知渠道");
        well = false;
    } else if sms == 0 {
        print("FAULT   no SMS: a mail wakes nobody at night / 没有短信渠道，夜间叫不醒人");
        well = false;
    }
    if sms == 1 {
        print("WARNING one SMS provider only: nobody steps in when it fails / 仅有一家短信服务商，出故障时无备用");
    }
    if !calls {
        print(
            "WARNING no voice channel: by night an SMS is repeated every few minutes instead / 没有语音渠道，夜间改为短信反复提醒",
        );
    }
    settings.provider_warnings().iter().for_each(|warning| print(&format!("WARNING {warning}")));
    if settings.operator == OperatorSettings::default() {
        print("WARNING no operator: nobody is called when the service fails / 没有运维联系人，系统出错时无人知道");
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::from(4) })
}

/// Every school, unless the settings do not stand, and what the service has found that somebody has to look at. Says
/// whether it could do its work.
async fn schools_and_findings(settings: &Settings, rules: Option<&Rules>, carried: &[Channel]) -> anyhow::Result<bool> {
    let storage = Storage::open(&target(settings)?).await?;
    storage.ping().await?;
    print("ok      database / 数据库");
    let fit = match rules {
        Some(rules) => super::doctor_schools::schools(&storage, rules, carried).await?,
        None => true,
    };
    for (name, since) in storage.read().webhooks_off().await? {
        print(&format!(
            "WARNING webhook {name}: 对方已注销，自此停发 / it is gone; not told since {}",
            since.format("%F %R")
        ));
    }
    if let Some(fonts) = super::doctor_paper::fonts(&settings.paper) {
        super::doctor_paper::names(&storage, &fonts).await?;
    }
    for (kind, subject) in storage.read().open_findings().await? {
        print(&format!("FINDING {kind} {subject}"));
    }
    Ok(fit)
}

/// The ways out, as the service would have them.
fn ways(settings: &Settings) -> anyhow::Result<Vec<Arc<dyn notifier::Channel>>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids: Arc<dyn Ids> = Arc::new(SystemIds);
    let keys = Keys::read(&settings.secrets.key_file)?;
    Makings { settings, keys: &keys, clock, ids }.channels()
}
