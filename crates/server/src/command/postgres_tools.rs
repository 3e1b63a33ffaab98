//! PostgreSQL's own `pg_dump` and `pg_restore`. The password goes through the environment, never onto a command line.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, anyhow, bail};
use url::Url;

/// Writes everything into a file of PostgreSQL's custom format.
pub(crate) fn dump(url: &str, to: &Path) -> anyhow::Result<()> {
    let mut tool = aimed("pg_dump", url)?;
    run(tool.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(to))
}

/// Puts a dump in the place of what is there, all of it or nothing.
pub(crate) fn load(url: &str, from: &Path) -> anyhow::Result<()> {
    let mut tool = aimed("pg_restore", url)?;
    let database = name(&Url::parse(url)?)?;
    let options = [
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        "--dbname",
    ];
    run(tool.args(options).arg(database).arg(from))
}

/// Whether a file is such a dump, and whole.
pub(crate) fn examine(file: &Path) -> anyhow::Result<()> {
    run(Command::new("pg_restore").args(["--file", "/dev/null"]).arg(file))
}

fn aimed(tool: &str, url: &str) -> anyhow::Result<Command> {
    let url = Url::parse(url)?;
    let mut command = Command::new(tool);
    command.env("PGDATABASE", name(&url)?);
    if let Some(host) = url.host_str() {
        command.env("PGHOST", host);
    }
    if let Some(port) = url.port() {
        command.env("PGPORT", port.to_string());
    }
    if !url.username().is_empty() {
        command.env("PGUSER", percent(url.username())?);
    }
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", percent(password)?);
    }
    for (key, value) in url.query_pairs() {
        match &*key {
            "host" => command.env("PGHOST", &*value),
            "sslmode" => command.env("PGSSLMODE", &*value),
            "sslrootcert" => command.env("PGSSLROOTCERT", &*value),
            _ => &mut command,
        };
    }
    Ok(command)
}

fn name(url: &Url) -> anyhow::Result<String> {
    percent(url.path().trim_start_matches('/'))
}

/// A part of an address as it was meant.
fn percent(text: &str) -> anyhow::Result<String> {
    let pair = format!("x={}", text.replace('+', "%2B"));
    let plain = url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned());
    plain.ok_or_else(|| anyhow!("database.url"))
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let tool = command.get_program().to_string_lossy().into_owned();
    let done = command.stdin(Stdio::null()).output().with_context(|| {
        format!("找不到 {tool}，请安装 postgresql-client / {tool} is not there: install postgresql-client")
    })?;
    if !done.status.success() {
        bail!("{tool}: {}", String::from_utf8_lossy(&done.stderr).trim());
    }
    Ok(())
}
