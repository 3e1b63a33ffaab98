//! Puts the rooms together.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use api::{Api, ApiSettings, Metrics, Press, Proof, TokenKey, TwilioHook};
use casework::{Clocks, Desk, PasswordCost, SessionRules};
use domain::calendar::Calendar;
use domain::code::CodeKey;
use domain::fault::Fault;
use domain::growth_file::LifeEvents;
use domain::id::Ids;
use domain::policy::{Policy, PolicyDraft};
use domain::screening::Instruments;
use domain::sign::Catalogue;
use domain::time::Clock;
use domain::watch_list::WatchLists;
use notifier::{Channel, Composer, Feed, Null, Operator, Pace, Post};
use storage::{Storage, Target};

use crate::channels::Makings;
use crate::database_clock::DatabaseClock;
use crate::seams::SystemClock;
use crate::secrets::Keys;
use crate::settings::{Files, Settings};
use crate::steady_clock::SteadyClock;
use crate::watch::Watch;

/// What ships with the program.
pub const POLICY: &str = include_str!("../../../config/policy.toml");
/// The signs that ship with the program.
pub const SIGNS: &str = include_str!("../../../config/signs.toml");
/// Connections of the red lane and the tick alone. However many others wait, or hold theirs, a red goes out and climbs.
const RED_CONNECTIONS: u32 = 8;
/// The calendar that ships with the program.
pub const CALENDAR: &str = include_str!("../../../config/calendar.toml");
/// The life events that ship with the program.
pub const LIFE_EVENTS: &str = include_str!("../../../config/life_events.toml");

/// The lists that ship with the program.
pub const LISTS: &str = include_str!("../../../config/lists.toml");
/// The instruments of screening that ship with the program.
pub const INSTRUMENTS: &str = include_str!("../../../config/instruments.toml");

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
    /// The life events.
    pub life_events: LifeEvents,
    /// The lists.
    pub lists: WatchLists,
    /// The instruments of screening.
    pub instruments: Instruments,
}

impl Rules {
    /// Those that ship with the program.
    ///
    /// # Errors
    /// Every reason against them.
    pub fn shipped() -> anyhow::Result<Self> {
        Self::of(POLICY, SIGNS, CALENDAR, (LIFE_EVENTS, LISTS, INSTRUMENTS))
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
        Self::of(
            &text(&files.policy, POLICY)?,
            &text(&files.signs, SIGNS)?,
            &text(&files.calendar, CALENDAR)?,
            (
                &text(&files.life_events, LIFE_EVENTS)?,
                &text(&files.lists, LISTS)?,
                &text(&files.instruments, INSTRUMENTS)?,
            ),
        )
    }

    fn of(
        policy: &str,
        signs: &str,
        calendar: &str,
        (life_events, lists, instruments): (&str, &str, &str),
    ) -> anyhow::Result<Self> {
        let draft: PolicyDraft = toml::from_str(policy).context("policy")?;
        let policy = draft.clone().validate().map_err(|f| reasons("policy", &f))?;
        let signs = toml::from_str(signs).context("signs")?;
        let catalogue = Catalogue::validate(signs).map_err(|f| reasons("signs", &f))?;
        let calendar = toml::from_str(calendar).context("calendar")?;
        let calendar = Calendar::validate(calendar).map_err(|f| reasons("calendar", &f))?;
        let life_events = toml::from_str(life_events).context("life_events")?;
        let life_events = LifeEvents::validate(life_events).map_err(|f| reasons("life_events", &f))?;
        let lists = toml::from_str(lists).context("lists")?;
        let lists = WatchLists::validate(lists).map_err(|f| reasons("lists", &f))?;
        let instruments = instruments_of(instruments)?;
        Ok(Self { draft, policy, catalogue, calendar, life_events, lists, instruments })
    }
}

/// Those of a file, which may ask for more than what ships and never for less.
fn instruments_of(text: &str) -> anyhow::Result<Instruments> {
    let read = |text: &str| -> anyhow::Result<Instruments> {
        let draft = toml::from_str(text).context("instruments")?;
        Instruments::validate(draft).map_err(|f| reasons("instruments", &f))
    };
    let (own, shipped) = (read(text)?, read(INSTRUMENTS)?);
    let softer = own.softer_than(&shipped);
    if softer.is_empty() { Ok(own) } else { Err(reasons("instruments", &softer)) }
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
    /// For the tick: the same desk over the connections of the red lane.
    pub clockwork: Desk,
    /// For workers.
    pub post: Post,
    /// For handlers.
    pub api: Api,
    /// How it is watched; nothing where it is not.
    pub watch: Option<Watch>,
    /// The database's clock, where several processes share one.
    pub clock: Option<Arc<DatabaseClock>>,
    /// What the auditor holds against the database's clock: this machine's own or, where the database goes by that one, the
    /// service's.
    pub machine: Arc<dyn Clock>,
    /// What a school's own systems are told; nothing where there are none.
    pub feed: Option<Feed>,
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
    /// How receipts of Twilio are checked.
    pub twilio: Option<TwilioHook>,
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
    /// How it is watched; nothing where it is not.
    pub watch: Option<Watch>,
    /// The database's clock, where several processes share one.
    pub clock: Option<Arc<DatabaseClock>>,
    /// What the auditor holds against the database's clock: this machine's own or, where the database goes by that one, the
    /// service's.
    pub machine: Arc<dyn Clock>,
    /// What a school's own systems are told; nothing where there are none.
    pub feed: Option<Feed>,
}

impl Parts {
    /// What the settings say.
    ///
    /// # Errors
    /// When something in the settings does not work.
    pub async fn from_settings(settings: &Settings) -> anyhow::Result<Self> {
        let rules = Rules::read(&settings.files)?;
        let keys = Keys::read(&settings.secrets.key_file)?;
        let storage = Storage::open(&target(settings)?).await?;
        let shared = if storage.is_shared() { Some(Arc::new(DatabaseClock::of(&storage).await?)) } else { None };
        let under: Arc<dyn Clock> = match shared.clone() {
            Some(clock) => clock,
            None => Arc::new(SystemClock),
        };
        let seen = storage.read().last_beat("tick").await?;
        crate::steady_clock::believable(under.now(), seen)?;
        let clock: Arc<dyn Clock> = Arc::new(SteadyClock::new(under, seen));
        let machine = if shared.is_some() { Arc::new(SystemClock) } else { Arc::clone(&clock) };
        let ids: Arc<dyn Ids> = Arc::new(crate::seams::SystemIds);
        let makings = Makings { settings, keys: &keys, clock: Arc::clone(&clock), ids: Arc::clone(&ids) };
        let (channels, twilio) = (makings.channels()?, makings.twilio_hook()?);
        settings.provider_warnings().iter().for_each(|warning| tracing::warn!("{warning}"));
        // The auditor's own: what stands in the way of the others does not stand in his.
        let watch =
            Watch { operator: operator(settings), channels: makings.channels()?, settings: settings.watch.clone() };
        let feed = feed(settings, &storage, (&clock, &ids)).await?;
        Ok(Self {
            storage,
            clocks: Clocks::one(clock),
            ids,
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
            twilio,
            pace: Pace {
                timeout: Duration::from_millis(settings.workers.timeout_ms),
                lease: Duration::from_millis(settings.workers.lease_ms),
                ..Pace::default()
            },
            public_url: settings.server.public_url.clone(),
            address_in_messages: settings.server.address_in_messages.clone(),
            replies: settings.sms.replies,
            demonstration: None,
            watch: Some(watch),
            clock: shared,
            machine,
            feed,
        })
    }
}

impl Service {
    /// Puts a service together and puts its policy into force.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of(parts: Parts) -> anyhow::Result<Self> {
        let Parts { storage, clocks, ids, rules, keys, .. } = parts;
        let codes = CodeKey::new(keys.codes);
        let null: Arc<dyn Channel> = Arc::new(Null);
        let red = storage.beside(RED_CONNECTIONS).await?;
        let post = Post {
            storage: storage.clone(),
            red: red.clone(),
            school: Arc::clone(&clocks.school),
            real: Arc::clone(&clocks.real),
            ids: Arc::clone(&ids),
            channels: parts.channels.into_iter().chain([null]).collect(),
            windows: Arc::default(),
            composer: Composer { key: codes, address: parts.address_in_messages, replies: parts.replies },
            pace: parts.pace,
        };
        let desk =
            Desk::new(storage, clocks, ids, (rules.catalogue, rules.calendar), parts.sessions, parts.cost, codes)
                .carrying(post.channels.iter().map(|c| c.carries()))
                .choosing(rules.life_events, rules.lists, rules.instruments);
        casework::reconcile_policy(&desk, &rules.draft, &rules.policy).await?;
        let settings = ApiSettings {
            public_url: parts.public_url,
            hook_secret: keys.hooks,
            twilio: parts.twilio,
            demonstration: parts.demonstration,
        };
        let mut api = Api::new(desk.clone(), TokenKey::new(&keys.tokens), settings, Metrics::default());
        casework::announce_engine(&desk).await?;
        if parts.watch.is_some() {
            let last = casework::last_proof(&desk).await?;
            api.proof = Some(Arc::new(Proof::since(last.unwrap_or_else(|| desk.real_now()))));
        }
        let clockwork = desk.over(red);
        Ok(Self {
            clockwork,
            desk,
            post,
            api,
            watch: parts.watch,
            clock: parts.clock,
            machine: parts.machine,
            feed: parts.feed,
        })
    }

    /// The real service, from its settings.
    ///
    /// # Errors
    /// When something in the settings does not work.
    pub async fn from_settings(settings: &Settings) -> anyhow::Result<Self> {
        let mut service = Self::of(Parts::from_settings(settings).await?).await?;
        service.api.press = Press::of(settings.paper.files());
        Ok(service)
    }
}

/// The feed of the settings, made known to the database: also that there is none any more.
async fn feed(
    settings: &Settings,
    storage: &Storage,
    (clock, ids): (&Arc<dyn domain::time::Clock>, &Arc<dyn Ids>),
) -> anyhow::Result<Option<Feed>> {
    let endpoints =
        settings.webhooks.iter().map(crate::settings::Webhook::endpoint).collect::<anyhow::Result<Vec<_>>>()?;
    let none = endpoints.is_empty();
    let feed = Feed::new(storage.clone(), Arc::clone(clock), Arc::clone(ids), endpoints);
    feed.register().await?;
    Ok((!none).then_some(feed))
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
    bail!("database.url 须以 sqlite: 或 postgres:// 开头 / begins with sqlite: or postgres://")
}

fn operator(settings: &Settings) -> Operator {
    use domain::delivery::Channel::{Mail, Sms};
    let all = [(Sms, &settings.operator.sms), (Mail, &settings.operator.mail)];
    let addresses = all.into_iter().filter(|(_, a)| !a.is_empty()).map(|(c, a)| (c, a.clone())).collect();
    Operator { addresses, service: settings.server.public_url.clone() }
}
