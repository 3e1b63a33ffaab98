//! Puts the rooms together.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use api::{Api, ApiSettings, Metrics, TokenKey};
use casework::{Clocks, Desk, PasswordCost, SessionRules};
use domain::calendar::Calendar;
use domain::code::CodeKey;
use domain::fault::Fault;
use domain::id::Ids;
use domain::policy::{Policy, PolicyDraft};
use domain::sign::Catalogue;
use notifier::{Channel, Composer, Kannel, KannelSettings, Pace, Post, Smtp, SmtpSettings};
use storage::{Storage, Target};

use crate::secrets::Keys;
use crate::settings::{Files, Settings, secret};

/// What ships with the program.
pub const POLICY: &str = include_str!("../../../config/policy.toml");
/// The signs that ship with the program.
pub const SIGNS: &str = include_str!("../../../config/signs.toml");
/// The calendar that ships with the program.
pub const CALENDAR: &str = include_str!("../../../config/calendar.toml");

/// Policy, signs and calendar, validated.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The policy as written.
    pub draft: PolicyDraft,
    /// The policy.
    pub policy: Policy,
    /// The signs.
    pub catalogue: Catalogue,
    /// The calendar.
    pub calendar: Calendar,
}

impl Rules {
    /// Those that ship with the program.
    ///
    /// # Errors
    /// Every reason against them.
    pub fn shipped() -> anyhow::Result<Self> {
        Self::of(POLICY, SIGNS, CALENDAR)
    }

    /// Those that the settings name.
    ///
    /// # Errors
    /// When a file cannot be read, or every reason against what it says.
    pub fn read(files: &Files) -> anyhow::Result<Self> {
        let text = |path: &str, shipped: &str| -> anyhow::Result<String> {
            if path.is_empty() {
                return Ok(shipped.to_owned());
            }
            std::fs::read_to_string(path).with_context(|| path.to_owned())
        };
        Self::of(&text(&files.policy, POLICY)?, &text(&files.signs, SIGNS)?, &text(&files.calendar, CALENDAR)?)
    }

    fn of(policy: &str, signs: &str, calendar: &str) -> anyhow::Result<Self> {
        let draft: PolicyDraft = toml::from_str(policy).context("policy")?;
        let policy = draft.clone().validate().map_err(|f| reasons("policy", &f))?;
        let signs = toml::from_str(signs).context("signs")?;
        let catalogue = Catalogue::validate(signs).map_err(|f| reasons("signs", &f))?;
        let calendar = toml::from_str(calendar).context("calendar")?;
        let calendar = Calendar::validate(calendar).map_err(|f| reasons("calendar", &f))?;
        Ok(Self { draft, policy, catalogue, calendar })
    }
}

fn reasons(what: &str, faults: &[Fault]) -> anyhow::Error {
    let lines: Vec<String> = faults.iter().map(|f| format!("  {} [{}] {} / {}", f.field, f.code, f.zh, f.en)).collect();
    anyhow::anyhow!("{what}:\n{}", lines.join("\n"))
}

/// Everything, put together.
#[derive(Clone)]
pub struct Service {
    /// For verbs.
    pub desk: Desk,
    /// For workers.
    pub post: Post,
    /// For handlers.
    pub api: Api,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Service")
    }
}

/// What a service is put together from.
pub struct Parts {
    /// Where data is kept.
    pub storage: Storage,
    /// What time it is.
    pub clocks: Clocks,
    /// Where ids come from.
    pub ids: Arc<dyn Ids>,
    /// Policy, signs, calendar.
    pub rules: Rules,
    /// How long sessions live.
    pub sessions: SessionRules,
    /// What a password costs.
    pub cost: PasswordCost,
    /// Keys.
    pub keys: Keys,
    /// The ways out.
    pub channels: Vec<Arc<dyn Channel>>,
    /// How patient workers are.
    pub pace: Pace,
    /// The address that people use.
    pub public_url: String,
    /// The fixed address in messages.
    pub address_in_messages: String,
    /// Whether an SMS can be answered.
    pub replies: bool,
    /// Where the letters of a demonstration lie.
    pub demonstration: Option<PathBuf>,
}

impl Service {
    /// Puts a service together and puts its policy into force.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of(parts: Parts) -> anyhow::Result<Self> {
        let Parts { storage, clocks, ids, rules, keys, .. } = parts;
        let codes = CodeKey::new(keys.codes);
        let post = Post {
            storage: storage.clone(),
            school: Arc::clone(&clocks.school),
            real: Arc::clone(&clocks.real),
            ids: Arc::clone(&ids),
            channels: parts.channels,
            composer: Composer { key: codes, address: parts.address_in_messages, replies: parts.replies },
            pace: parts.pace,
        };
        let desk =
            Desk::new(storage, clocks, ids, (rules.catalogue, rules.calendar), parts.sessions, parts.cost, codes)
                .carrying(post.channels.iter().map(|c| c.carries()));
        casework::reconcile_policy(&desk, &rules.draft, &rules.policy).await?;
        let settings =
            ApiSettings { public_url: parts.public_url, hook_secret: keys.hooks, demonstration: parts.demonstration };
        let api = Api::new(desk.clone(), TokenKey::new(&keys.tokens), settings, Metrics::default());
        Ok(Self { desk, post, api })
    }

    /// The real service, from its settings.
    ///
    /// # Errors
    /// When something in the settings does not work.
    pub async fn from_settings(settings: &Settings) -> anyhow::Result<Self> {
        let rules = Rules::read(&settings.files)?;
        let keys = Keys::read(&settings.secrets.key_file)?;
        let storage = Storage::open(&target(settings)?).await?;
        let channels = channels(settings, &keys)?;
        let clock: Arc<dyn domain::time::Clock> = Arc::new(crate::seams::SystemClock);
        Self::of(Parts {
            storage,
            clocks: Clocks::one(clock),
            ids: Arc::new(crate::seams::SystemIds),
            rules,
            sessions: SessionRules {
                longest_minutes: settings.sessions.longest_minutes,
                idle_minutes: settings.sessions.idle_minutes,
            },
            cost: PasswordCost {
                memory_kib: settings.passwords.memory_kib,
                passes: settings.passwords.passes,
                at_once: settings.passwords.at_once,
                waiting: settings.passwords.waiting,
            },
            keys,
            channels,
            pace: Pace {
                timeout: Duration::from_millis(settings.workers.timeout_ms),
                lease: Duration::from_millis(settings.workers.lease_ms),
                ..Pace::default()
            },
            public_url: settings.server.public_url.clone(),
            address_in_messages: settings.server.address_in_messages.clone(),
            replies: settings.sms.replies,
            demonstration: None,
        })
        .await
    }
}

/// Where the settings keep data.
///
/// # Errors
/// When the url is neither SQLite's nor PostgreSQL's.
pub fn target(settings: &Settings) -> anyhow::Result<Target> {
    let url = settings.database_url()?;
    if let Some(file) = url.strip_prefix("sqlite:") {
        let file = PathBuf::from(file.trim_start_matches("//"));
        if let Some(parent) = file.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        return Ok(Target::Sqlite { file, group_commit: settings.database.group_commit });
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Target::Postgres { url, connections: settings.database.connections });
    }
    bail!("database.url begins with sqlite: or postgres://")
}

/// The ways out that the settings name.
pub(crate) fn channels(settings: &Settings, keys: &Keys) -> anyhow::Result<Vec<Arc<dyn Channel>>> {
    let mut out: Vec<Arc<dyn Channel>> = Vec::new();
    let (mail, sms) = (&settings.mail, &settings.sms);
    if !mail.host.is_empty() {
        let credentials =
            if mail.user.is_empty() { None } else { Some((mail.user.clone(), secret(&mail.password_file)?)) };
        out.push(Arc::new(Smtp::new(&SmtpSettings {
            host: mail.host.clone(),
            port: mail.port,
            security: mail.security.into(),
            credentials,
            from: mail.from.clone(),
            connections: mail.connections,
        })?));
    }
    if !sms.kannel_url.is_empty() {
        let base = &sms.receipts_url;
        let receipts = (!base.is_empty()).then(|| format!("{base}/hooks/kannel/{}", keys.hooks));
        out.push(Arc::new(Kannel::new(KannelSettings {
            url: sms.kannel_url.clone(),
            user: sms.user.clone(),
            password: if sms.password_file.is_empty() { String::new() } else { secret(&sms.password_file)? },
            from: (!sms.from.is_empty()).then(|| sms.from.clone()),
            receipts,
        })?));
    }
    Ok(out)
}
