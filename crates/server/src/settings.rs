//! Settings: defaults, then a file, then the environment. Unknown keys refuse to start, with the line.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::TimeDelta;
use notifier::{Ping, SmtpSecurity};
use serde::{Deserialize, Serialize};

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty = $default:expr,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $ty,)* }
        impl Default for $name {
            fn default() -> Self { Self { $($field: $default,)* } }
        }
    };
}

mod paper;
mod providers;
mod routine;
mod sms;
mod webhooks;

pub use paper::Paper;
pub(crate) use providers::SMS;
pub use providers::{Aliyun, Dingtalk, Tencent, Twilio, Voice, Wecom};
pub use routine::RoutineSettings;
pub use sms::Sms;
pub use webhooks::Webhook;

section! {
    /// Where it listens.
    Server {
        /// Address and port.
        listen: String = "127.0.0.1:8080".into(),
        /// The address that people use.
        public_url: String = "http://127.0.0.1:8080".into(),
        /// The fixed address that messages name.
        address_in_messages: String = "127.0.0.1:8080/a".into(),
        /// Threads that answer requests.
        threads: usize = 2,
    }
}
section! {
    /// Where data is kept.
    Database {
        /// `sqlite:FILE` or `postgres://…`.
        url: String = "sqlite:var/xindeng.db".into(),
        /// A file that holds the url.
        url_file: String = String::new(),
        /// Several requests share one commit.
        group_commit: bool = true,
        /// The most connections.
        connections: u32 = 16,
    }
}
section! {
    /// The key that all others are derived from.
    Secrets {
        /// A file with 64 hexadecimal digits.
        key_file: String = String::new(),
    }
}
section! {
    /// How long sessions live.
    Sessions {
        /// At most.
        longest_minutes: u32 = 480,
        /// Unused.
        idle_minutes: u32 = 30,
    }
}
section! {
    /// What a password costs.
    Passwords {
        /// Argon2id memory.
        memory_kib: u32 = 65_536,
        /// Argon2id passes.
        passes: u32 = 3,
        /// Computed at once.
        at_once: usize = 1,
        /// May wait.
        waiting: usize = 200,
    }
}
section! {
    /// How mail goes out.
    Mail {
        /// SMTP server; empty for none.
        host: String = String::new(),
        /// Its port.
        port: u16 = 587,
        /// How the connection is protected.
        security: Security = Security::Starttls,
        /// The user.
        user: String = String::new(),
        /// A file that holds the password.
        password_file: String = String::new(),
        /// The sender.
        from: String = "心灯 <noreply@example.edu.cn>".into(),
        /// The most connections.
        connections: u32 = 8,
        /// A second server, asked when the first does not take a mail; empty for none.
        fallback_host: String = String::new(),
        /// Its port.
        fallback_port: u16 = 587,
        /// How the connection to it is protected.
        fallback_security: Security = Security::Starttls,
        /// Its user.
        fallback_user: String = String::new(),
        /// A file that holds its password.
        fallback_password_file: String = String::new(),
    }
}
section! {
    /// The loops.
    WorkerSettings {
        /// Workers for reds.
        red: usize = 3,
        /// Workers for the rest.
        normal: usize = 2,
        /// How long a provider may take.
        timeout_ms: u64 = 10_000,
        /// How long a worker holds a message.
        lease_ms: u64 = 30_000,
        /// How often deadlines are looked at.
        tick_ms: u64 = 1_000,
    }
}
section! {
    /// Whom the service calls when it finds faults in itself.
    OperatorSettings {
        /// A mail address.
        mail: String = String::new(),
        /// A mobile number.
        sms: String = String::new(),
    }
}
section! {
    /// How the service watches itself.
    WatchSettings {
        /// Somebody outside, who is told that all is well.
        ping_url: String = String::new(),
        /// How often.
        ping_every_s: u32 = 60,
        /// How often everything is looked at.
        audit_every_s: u32 = 30,
        /// How often a trial alert is filed.
        canary_every_s: u32 = 300,
    }
}
section! {
    /// Files that replace what ships with the program.
    Files {
        /// The policy.
        policy: String = String::new(),
        /// The signs.
        signs: String = String::new(),
        /// The calendar.
        calendar: String = String::new(),
        /// The life events.
        life_events: String = String::new(),
        /// The lists.
        lists: String = String::new(),
        /// The instruments of screening.
        instruments: String = String::new(),
    }
}
section! {
    /// Logs.
    Log {
        /// `json` or `text`.
        format: String = "json".into(),
        /// What is logged.
        filter: String = "info".into(),
    }
}
section! {
    /// All settings.
    Settings {
        /// Where it listens.
        server: Server = Server::default(),
        /// Where data is kept.
        database: Database = Database::default(),
        /// The key.
        secrets: Secrets = Secrets::default(),
        /// Sessions.
        sessions: Sessions = Sessions::default(),
        /// Passwords.
        passwords: Passwords = Passwords::default(),
        /// Mail.
        mail: Mail = Mail::default(),
        /// SMS.
        sms: Sms = Sms::default(),
        /// Calls.
        voice: Voice = Voice::default(),
        /// Aliyun.
        aliyun: Aliyun = Aliyun::default(),
        /// Tencent Cloud.
        tencent: Tencent = Tencent::default(),
        /// Twilio.
        twilio: Twilio = Twilio::default(),
        /// WeCom.
        wecom: Wecom = Wecom::default(),
        /// DingTalk.
        dingtalk: Dingtalk = Dingtalk::default(),
        /// The loops.
        workers: WorkerSettings = WorkerSettings::default(),
        /// The week's routine.
        routine: RoutineSettings = RoutineSettings::default(),
        /// Whom to call.
        operator: OperatorSettings = OperatorSettings::default(),
        /// Watching.
        watch: WatchSettings = WatchSettings::default(),
        /// A school's own systems that are told what happens.
        webhooks: Vec<Webhook> = Vec::new(),
        /// Files.
        files: Files = Files::default(),
        /// Printing.
        paper: Paper = Paper::default(),
        /// Logs.
        log: Log = Log::default(),
    }
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS, and nothing without it.
    Starttls,
    /// In the clear, to this machine only.
    None,
}

impl From<Security> for SmtpSecurity {
    fn from(security: Security) -> Self {
        match security {
            Security::Tls => Self::Tls,
            Security::Starttls => Self::Starttls,
            Security::None => Self::None,
        }
    }
}

impl Settings {
    /// Reads a file and the environment.
    ///
    /// # Errors
    /// When something cannot be read, is unknown, or does not fit together: everything that does not is named.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let settings = Self::as_written(file)?;
        let faults = settings.faults();
        if faults.is_empty() { Ok(settings) } else { bail!("{}", faults.join("\n")) }
    }

    /// Reads a file and the environment, and does not look at whether it fits together.
    ///
    /// # Errors
    /// When something cannot be read or is unknown.
    pub fn as_written(file: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
        #[expect(clippy::disallowed_methods, reason = "settings are read here")]
        let environment: Vec<(String, String)> = std::env::vars().filter(|(k, _)| k.starts_with("XINDENG__")).collect();
        Self::of(&text, &environment).with_context(|| format!("{}", file.display()))
    }

    /// Settings from the text of a file and from variables.
    ///
    /// # Errors
    /// When something is unknown or of the wrong type; the message has the line.
    pub fn of(text: &str, environment: &[(String, String)]) -> anyhow::Result<Self> {
        let settings: Self = toml::from_str(text)?;
        if environment.is_empty() {
            return Ok(settings);
        }
        let mut table = toml::Table::try_from(&settings)?;
        for (name, value) in environment {
            set(&mut table, name, value)?;
        }
        table.try_into().context("XINDENG__…")
    }

    /// Everything that does not fit together.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut all = self.provider_faults();
        all.extend(self.webhook_faults());
        let mut faults = Vec::new();
        if self.workers.lease_ms <= self.workers.timeout_ms {
            faults.push("workers.lease_ms 必须大于 workers.timeout_ms / workers.lease_ms must be longer than workers.timeout_ms");
        }
        let https = self.server.public_url.starts_with("https://");
        let local = ["http://127.", "http://localhost", "http://[::1]"];
        if !https && !local.iter().any(|l| self.server.public_url.starts_with(l)) {
            faults.push("server.public_url 须以 https:// 开头（本机除外） / server.public_url must begin with https://, save on this machine");
        }
        if self.server.public_url.ends_with('/') {
            faults.push("server.public_url 末尾不能有 / / server.public_url must not end with /");
        }
        if self.secrets.key_file.is_empty() {
            faults.push("缺少 secrets.key_file：用 `openssl rand -hex 32` 生成，只让本服务可读 / secrets.key_file is missing: make one with `openssl rand -hex 32` and keep it readable by the service alone");
        }
        if !(1..=8).contains(&self.passwords.passes) || !(19 * 1024..=1024 * 1024).contains(&self.passwords.memory_kib)
        {
            faults.push("passwords：memory_kib 为 19456–1048576，passes 为 1–8 / passwords: memory_kib is 19456 to 1048576, passes 1 to 8");
        }
        let w = &self.watch;
        if !w.ping_url.is_empty() && Ping::new(&w.ping_url, TimeDelta::zero()).is_err() {
            faults.push("watch.ping_url 须以 https:// 开头（本机除外） / watch.ping_url must begin with https://, save on this machine");
        }
        if !(1..=60).contains(&w.audit_every_s) || !(1..=600).contains(&w.canary_every_s) {
            faults.push("watch：audit_every_s 为 1–60，canary_every_s 为 1–600 / watch: audit_every_s is 1 to 60, canary_every_s 1 to 600");
        }
        all.extend(faults.into_iter().map(str::to_owned));
        all
    }

    /// The database's url, from its file where it has one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn database_url(&self) -> anyhow::Result<String> {
        if self.database.url_file.is_empty() {
            return Ok(self.database.url.clone());
        }
        secret(&self.database.url_file)
    }
}

/// The first line of a file.
pub(crate) fn secret(file: &str) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(PathBuf::from(file)).with_context(|| file.to_owned())?;
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Puts `XINDENG__SECTION__KEY` in its place, in the type that the default has.
fn set(table: &mut toml::Table, name: &str, value: &str) -> anyhow::Result<()> {
    let mut parts = name.split("__").skip(1).map(str::to_lowercase);
    let (Some(section), Some(key), None) = (parts.next(), parts.next(), parts.next()) else {
        bail!("{name}: 应写成 XINDENG__SECTION__KEY / XINDENG__SECTION__KEY is wanted");
    };
    let slot = table.get_mut(&section).and_then(|s| s.as_table_mut()).and_then(|s| s.get_mut(&key));
    let Some(slot) = slot else {
        bail!("{name}: 没有 {section}.{key} 这一项 / there is no setting {section}.{key}")
    };
    let wrong = || format!("{name}: {value:?} 类型不对 / is not of the right type");
    *slot = if slot.is_integer() {
        toml::Value::Integer(value.parse().with_context(wrong)?)
    } else if slot.is_bool() {
        toml::Value::Boolean(value.parse().with_context(wrong)?)
    } else if slot.is_array() {
        let names = value.split(',').map(str::trim).filter(|n| !n.is_empty());
        toml::Value::Array(names.map(|n| toml::Value::String(n.to_owned())).collect())
    } else {
        toml::Value::String(value.to_owned())
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_defaults_says_what_the_defaults_are() {
        let written: Settings = toml::from_str(include_str!("../../../config/default.toml")).unwrap();
        assert_eq!(written, Settings::default());
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let err = Settings::of("[server]\nlisten = \"x\"\nlisen = \"y\"\n", &[]).unwrap_err().to_string();
        assert!(err.contains("line 3") && err.contains("lisen"), "{err}");
    }

    #[test]
    fn the_environment_wins_and_is_checked() {
        let var = |k: &str, v: &str| [(k.to_owned(), v.to_owned())];
        let settings = Settings::of("", &var("XINDENG__MAIL__PORT", "2525")).unwrap();
        assert_eq!(settings.mail.port, 2525);
        assert!(Settings::of("", &var("XINDENG__MAIL__PROT", "2525")).is_err());
        assert!(Settings::of("", &var("XINDENG__MAIL__PORT", "many")).is_err());
    }
}
