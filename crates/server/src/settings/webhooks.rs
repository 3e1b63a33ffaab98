//! Settings of the feed: one `[[webhooks]]` for each of a school's own systems that is told.

use anyhow::Context;
use notifier::{WebhookEndpoint, WebhookSecret};
use serde::{Deserialize, Serialize};

use super::{Settings, secret};

/// More are a mistake.
const MOST: usize = 10;

section! {
    /// One system that is told.
    Webhook {
        /// Its name, in findings and in the database.
        name: String = String::new(),
        /// Its address.
        url: String = String::new(),
        /// A file that holds the secret that is signed with: `whsec_…`.
        secret_file: String = String::new(),
        /// A file that holds the secret before it, while both are signed with; empty for none.
        old_secret_file: String = String::new(),
    }
}

impl Webhook {
    /// The endpoint, with its secrets read.
    ///
    /// # Errors
    /// When a secret cannot be read or is none, or the address must not be told.
    pub(crate) fn endpoint(&self) -> anyhow::Result<WebhookEndpoint> {
        let files = [&self.secret_file, &self.old_secret_file].into_iter().filter(|file| !file.is_empty());
        let secrets: anyhow::Result<Vec<WebhookSecret>> = files
            .map(|file| {
                WebhookSecret::parse(&secret(file)?).with_context(|| {
                    format!(
                        "{file}: 应为 whsec_ 加 24–64 字节的 base64 / whsec_ and 24 to 64 bytes in base64 are wanted"
                    )
                })
            })
            .collect();
        WebhookEndpoint::new(&self.name, &self.url, secrets?).with_context(|| format!("webhooks {}", self.name))
    }
}

impl Settings {
    /// Everything about the feed that does not fit together.
    pub(super) fn webhook_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.webhooks.len() > MOST {
            faults.push(format!("webhooks: at most {MOST}"));
        }
        for (n, hook) in self.webhooks.iter().enumerate() {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
            if hook.name.is_empty() || hook.name.len() > 40 || !hook.name.chars().all(plain) {
                faults.push(format!("webhooks[{n}].name: 1 to 40 of a-z, 0-9, - and _ are wanted"));
            }
            if self.webhooks.iter().take(n).any(|other| other.name == hook.name) {
                faults.push(format!("webhooks[{n}].name: {} stands there twice", hook.name));
            }
            if !WebhookEndpoint::may_be_told(&hook.url) {
                faults.push(format!(
                    "webhooks[{n}].url 须为 https:// 的外部地址，或本机地址 / must be an https:// address outside, or this machine"
                ));
            }
            if hook.secret_file.is_empty() {
                faults.push(format!("webhooks[{n}].secret_file is missing"));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_named_at_once_and_a_good_one_is_none() {
        let good = "[[webhooks]]\nname = \"oa\"\nurl = \"https://oa.example.edu.cn/hook\"\nsecret_file = \"s\"\n";
        assert_eq!(Settings::of(good, &[]).unwrap().webhook_faults(), Vec::<String>::new());
        let bad = format!(
            "{good}[[webhooks]]\nname = \"oa\"\nurl = \"http://oa.example.edu.cn/hook\"\n[[webhooks]]\nname = \"O A\"\n"
        );
        let faults = Settings::of(&bad, &[]).unwrap().webhook_faults().join("\n");
        for wanted in [
            "webhooks[1].name: oa stands there twice",
            "webhooks[1].url",
            "webhooks[1].secret_file",
            "webhooks[2].name: 1 to 40",
        ] {
            assert!(faults.contains(wanted), "{wanted} is not in:\n{faults}");
        }
        assert!(Settings::of("[[webhooks]]\nnmae = \"oa\"\n", &[]).is_err());
    }
}
