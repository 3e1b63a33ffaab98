//! Prepares the demonstration: an embedded database under `./var`, letters captured in a directory, sign-ins printed.

use std::fs::{File, TryLockError};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use casework::{Clocks, PasswordCost, SessionRules};
use domain::delivery::Channel as Carries;
use domain::id::Ids;
use domain::time::{Clock, Timestamp};
use notifier::{Channel, Directory, Operator, Pace};
use storage::{Storage, Target};

use crate::args::DemonstrationArgs;
use crate::assemble::{Parts, Rules, Service};
use crate::command::say;
use crate::seams::{FastClock, SystemClock, SystemIds};
use crate::secrets::Keys;
use crate::settings::WatchSettings;
use crate::watch::Watch;

const PORTS: u16 = 50;

/// What a demonstration leaves in its folder. A real service's files bear other names: they are never touched.
const FILES: [&str; 6] = [
    "demonstration.filled",
    "demonstration.db",
    "demonstration.db-wal",
    "demonstration.db-shm",
    "demonstration.key",
    "demonstration-messages",
];

/// A demonstration that is ready to run.
#[derive(Debug)]
pub struct Demonstration {
    /// The service.
    pub service: Service,
    /// Where it will answer.
    pub listener: TcpListener,
    /// Held as long as it runs: its folder belongs to one process.
    pub lock: File,
}

/// A service over the demonstration's data, and where it will answer.
///
/// # Errors
/// When its data cannot be prepared, or another process uses its folder.
pub async fn prepare(args: &DemonstrationArgs) -> anyhow::Result<Demonstration> {
    std::fs::create_dir_all(&args.var).with_context(|| args.var.display().to_string())?;
    let lock = lock(&args.var)?;
    let listener = bind(args.port)?;
    let address = listener.local_addr()?;
    let filled = args.var.join("demonstration.filled");
    if args.reset || !filled.exists() {
        clear(&args.var)?;
    }
    let storage =
        Storage::open(&Target::Sqlite { file: args.var.join("demonstration.db"), group_commit: true }).await?;
    let real: Arc<dyn Clock> = Arc::new(SystemClock);
    bring_up_to_date(&storage, real.now()).await?;
    let school: Arc<dyn Clock> =
        if args.speed > 1 { Arc::new(FastClock::new(real.now(), args.speed)) } else { Arc::clone(&real) };
    let letters = args.var.join("demonstration-messages");
    let channel = |carries| -> Arc<dyn Channel> { Arc::new(Directory::new(carries, letters.clone())) };
    let service = Service::of(Parts {
        storage,
        clocks: Clocks { school, real },
        ids: Arc::new(SystemIds),
        rules: Rules::shipped()?,
        sessions: SessionRules::default(),
        cost: PasswordCost { memory_kib: 19 * 1024, passes: 2, ..PasswordCost::default() },
        keys: Keys::read_or_make(&args.var.join("demonstration.key"), SystemIds.secret())?,
        channels: vec![channel(Carries::Mail), channel(Carries::Sms), channel(Carries::Voice)],
        pace: Pace { speed: args.speed, ..Pace::default() },
        public_url: format!("http://{address}"),
        replies: false,
        address_in_messages: format!("{address}/a"),
        twilio: None,
        demonstration: Some(letters.clone()),
        watch: Some(Watch { operator: Operator::default(), channels: Vec::new(), settings: WatchSettings::default() }),
        clock: None,
        machine: Arc::new(SystemClock),
        feed: None,
    })
    .await?;
    let fresh = crate::demonstration::fill(&service, service.desk.now()).await?;
    std::fs::write(&filled, "").with_context(|| filled.display().to_string())?;
    tell(&address.to_string(), args, fresh);
    Ok(Demonstration { service, listener, lock })
}

/// One process at a time: two would write into one database, each with its own idea of the time.
fn lock(var: &Path) -> anyhow::Result<File> {
    let path = var.join("demonstration.lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| path.display().to_string())?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "{}: 另一个演示正在使用这个目录，请先结束它，或用 --var 换一个目录 / another demonstration uses this folder: \
             end it first, or choose another one with --var",
            var.display()
        ),
        Err(TryLockError::Error(err)) => Err(err).with_context(|| path.display().to_string()),
    }
}

/// What happened last happened today and not in the future, whenever the demonstration ran last and however fast its
/// clock was.
async fn bring_up_to_date(storage: &Storage, now: Timestamp) -> anyhow::Result<()> {
    let Some(last) = storage.read().end_of_history().await? else { return Ok(()) };
    let calendar = Rules::shipped()?.calendar;
    if last <= now && calendar.date(last) == calendar.date(now) {
        return Ok(());
    }
    let mut tx = storage.begin().await?;
    tx.move_history(now - last).await?;
    Ok(tx.commit().await?)
}

/// Takes away what an earlier demonstration left, whole or half; nothing else that lies there.
fn clear(var: &Path) -> anyhow::Result<()> {
    for name in FILES {
        let path = var.join(name);
        let gone = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        match gone {
            Err(err) if err.kind() != std::io::ErrorKind::NotFound => {
                return Err(err).with_context(|| path.display().to_string());
            }
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// Only the loopback, ever: a demonstration's passwords are public.
fn bind(port: u16) -> anyhow::Result<TcpListener> {
    for port in port..port.saturating_add(PORTS) {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            return Ok(listener);
        }
    }
    bail!("从 {port} 起没有空闲端口 / no free port from {port} on")
}

/// The sign-ins, and what each is for.
const SIGN_INS: [(&str, &str, &str); 6] = [
    ("teacher", "班主任：报观察，看本班", "class teacher: files, sees her class"),
    ("grade", "年级主任：看本年级", "grade lead: sees the grade"),
    ("counsellor", "心理老师：接手、研判", "counsellor: takes and assesses"),
    ("principal", "校长：看全校", "principal: sees the school"),
    ("district", "区县值班员：只看到该看的", "district officer: sees what is the district's"),
    ("admin", "学校管理员：名册和账号，看不到预警", "administrator: roster and accounts, no alerts"),
];

fn tell(address: &str, args: &DemonstrationArgs, fresh: bool) {
    let mut out = format!("\n心灯演示学校 / demonstration school   http://{address}\n\n");
    for (login, zh, en) in SIGN_INS {
        out.push_str(&format!("  {login:<11} demo-{login:<11} {zh} / {en}\n"));
    }
    out.push_str(&format!(
        "\n  半分钟后有一条红色预警 / a red within half a minute\n  短信和邮件 / messages   http://{address}/demo/messages\n"
    ));
    if args.speed <= 1 {
        out.push_str("  加快时钟 / faster clock   cargo run -- --speed 60\n");
    }
    if !fresh {
        out.push_str("  从头开始 / start over     cargo run -- --reset\n");
    }
    say(&out);
}
