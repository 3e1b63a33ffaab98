//! What the program can be told to do. Data goes to standard output, talk to standard error.

mod backup;
mod doctor;
mod doctor_paper;
mod doctor_providers;
mod doctor_schools;
mod import;
mod init;
mod postgres_tools;
mod restore;
mod sealed;
mod serve;
mod staff;

use std::io::Write;
use std::process::ExitCode;

use actix_web::rt::System;

use crate::args::{Args, Command, Import, Staff};

pub use serve::serve_with;

/// Runs a command.
///
/// # Errors
/// When it fails; the program ends with 1.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    on_a_runtime(async move {
        match args.command {
            None => serve::demonstration(&args.demonstration).await,
            Some(Command::Serve(config)) => serve::serve(&config.config).await,
            Some(Command::Work(config)) => serve::work(&config.config).await,
            Some(Command::Migrate(config)) => doctor::migrate(&config.config).await,
            Some(Command::Doctor(config)) => doctor::doctor(&config.config).await,
            Some(Command::Init(init)) => init::init(&init).await,
            Some(Command::Import(Import::Roster(roster))) => import::roster(&roster).await,
            Some(Command::Staff(Staff::Add(staff))) => staff::add(&staff).await,
            Some(Command::Staff(Staff::End(end))) => staff::end(&end).await,
            Some(Command::Staff(Staff::Disable(who))) => staff::disable(&who).await,
            Some(Command::Backup(args)) => backup::backup(&args).await,
            Some(Command::Restore(args)) => restore::restore(&args).await,
            Some(Command::Openapi) => {
                print(&serde_json::to_string_pretty(&api::document())?);
                Ok(ExitCode::SUCCESS)
            }
        }
    })
}

/// Runs what a program does, on the runtime that the real one has.
///
/// # Panics
/// When there are no threads.
pub fn on_a_runtime<T>(work: impl Future<Output = T>) -> T {
    crate::tls::settle();
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let built = builder.worker_threads(2).enable_all().build();
        #[expect(clippy::expect_used, reason = "without threads there is nothing that could be said more gently")]
        built.expect("threads can be started")
    };
    System::with_tokio_rt(runtime).block_on(work)
}

/// Talks to the person at the terminal.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Puts out data.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The first password: from a file, or made and told once.
pub(crate) fn first_password(file: Option<&std::path::Path>) -> anyhow::Result<(String, bool)> {
    use domain::id::Ids;
    if let Some(file) = file {
        return Ok((crate::settings::secret(&file.display().to_string())?, false));
    }
    const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
    let secret = crate::seams::SystemIds.secret();
    let letter = |b: &u8| LETTERS.get(usize::from(*b) % LETTERS.len()).map_or('x', |c| char::from(*c));
    Ok((secret.iter().take(16).map(letter).collect(), true))
}
