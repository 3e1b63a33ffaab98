//! Adding staff, ending positions, closing accounts.

use std::process::ExitCode;

use anyhow::{Context, anyhow};
use casework::{CaseError, Contact, NewStaff};
use domain::delivery::Channel;
use domain::id::PersonId;
use domain::org::Unit;
use domain::staff::Role;
use storage::Storage;

use super::{first_password, print, say};
use crate::args::{DisableArgs, EndArgs, StaffArgs};
use crate::assemble::Service;
use crate::settings::Settings;

pub(crate) async fn add(args: &StaffArgs) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(&args.config.config)?;
    let service = Service::from_settings(&settings).await?;
    let role = Role::from_key(&args.role).with_context(|| {
        let all: Vec<&str> = Role::ALL.iter().map(|r| r.key()).collect();
        format!("--role: {} / one of: {}", args.role, all.join(", "))
    })?;
    let (password, made) = first_password(args.password_file.as_deref())?;
    let contacts = [(Channel::Mail, &args.mail), (Channel::Sms, &args.mobile), (Channel::Voice, &args.mobile)];
    let contacts = contacts
        .into_iter()
        .filter_map(|(channel, address)| address.clone().map(|address| Contact { channel, address }));
    let staff = NewStaff {
        login: args.login.clone(),
        name: args.name.clone(),
        role,
        unit: unit(&service.desk.storage, &args.unit).await?,
        lead: args.lead,
        contacts: contacts.collect(),
        password: password.clone(),
    };
    let id = casework::add_staff_on_the_machine(&service.desk, &staff).await.map_err(explain)?;
    print(&serde_json::json!({ "person": id, "login": args.login }).to_string());
    if made {
        say(&format!("初始密码（只显示这一次）/ first password, shown once: {password}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Ends a position.
pub(crate) async fn end(args: &EndArgs) -> anyhow::Result<ExitCode> {
    let service = Service::from_settings(&Settings::read(&args.config.config)?).await?;
    let id = args.position.parse().context("position: pos_…")?;
    let successor = successor(&service.desk.storage, args.successor.as_deref()).await?;
    casework::end_position(&service.desk, None, id, successor).await.map_err(explain)?;
    Ok(ExitCode::SUCCESS)
}

/// Closes an account.
pub(crate) async fn disable(args: &DisableArgs) -> anyhow::Result<ExitCode> {
    let service = Service::from_settings(&Settings::read(&args.config.config)?).await?;
    let id = by_login(&service.desk.storage, &args.login).await?;
    let successor = successor(&service.desk.storage, args.successor.as_deref()).await?;
    casework::disable_person(&service.desk, None, id, successor).await.map_err(explain)?;
    Ok(ExitCode::SUCCESS)
}

async fn successor(storage: &Storage, login: Option<&str>) -> anyhow::Result<Option<PersonId>> {
    match login {
        Some(login) => by_login(storage, login).await.map(Some),
        None => Ok(None),
    }
}

async fn by_login(storage: &Storage, login: &str) -> anyhow::Result<PersonId> {
    let found = storage.read().sign_in_record(&login.trim().to_lowercase()).await?;
    found.map(|p| p.id).with_context(|| format!("没有这个登录名 / no such login: {login}"))
}

/// A unit by id, or a school or district by name.
pub(crate) async fn unit(storage: &Storage, text: &str) -> anyhow::Result<Unit> {
    if let Ok(id) = text.parse() {
        return Ok(Unit::Class(id));
    }
    if let Ok(id) = text.parse() {
        return Ok(Unit::Grade(id));
    }
    if let Ok(id) = text.parse() {
        return Ok(Unit::School(id));
    }
    if let Ok(id) = text.parse() {
        return Ok(Unit::District(id));
    }
    let read = storage.read();
    if let Some(school) = read.schools().await?.into_iter().find(|s| s.name == text) {
        return Ok(Unit::School(school.id));
    }
    read.district_named(text).await?.map(Unit::District).with_context(|| format!("没有这个单位 / no such unit: {text}"))
}

/// Every fault on a line of its own.
pub(crate) fn explain(err: CaseError) -> anyhow::Error {
    let (CaseError::Invalid(faults) | CaseError::StillNeeded(faults)) = err else { return anyhow!(err) };
    let lines: Vec<String> = faults.iter().map(|f| format!("  {} [{}] {} / {}", f.field, f.code, f.zh, f.en)).collect();
    anyhow!("\n{}", lines.join("\n"))
}
