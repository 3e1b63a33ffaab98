//! The ways out, as the settings have them: of those that carry the same, the first is asked first.

use std::sync::Arc;

use api::TwilioHook;
use domain::id::Ids;
use domain::time::Clock;
use notifier::{
    AliyunAccount, AliyunMenu, AliyunSms, AliyunSmsSettings, AliyunVoice, AliyunVoiceSettings, Channel, DingtalkRobot,
    DingtalkSettings, Kannel, KannelSettings, Smtp, SmtpSettings, Templates, Tencent, TencentSettings, TwilioAccount,
    TwilioSms, TwilioVoice, TwilioVoiceSettings, WecomApp, WecomAppSettings, WecomRobot, WecomRobotSettings,
};

use crate::secrets::Keys;
use crate::settings::{Settings, secret};

type Ways = Vec<Arc<dyn Channel>>;

/// What the ways out are made from.
pub(crate) struct Makings<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) keys: &'a Keys,
    /// The real clock: signatures are good for minutes.
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
}

impl Makings<'_> {
    /// Every way out that is set up.
    pub(crate) fn channels(&self) -> anyhow::Result<Ways> {
        let mut out: Ways = Vec::new();
        for provider in self.settings.voice.order.iter().filter(|p| self.settings.calls(p)) {
            match provider.as_str() {
                "aliyun" => out.push(Arc::new(self.aliyun_voice()?)),
                _ => out.push(Arc::new(self.twilio_voice()?)),
            }
        }
        for provider in self.settings.sms.order.iter().filter(|p| self.settings.sends_sms(p)) {
            match provider.as_str() {
                "aliyun" => out.push(Arc::new(self.aliyun_sms()?)),
                "tencent" => out.push(Arc::new(self.tencent()?)),
                "twilio" => out.push(Arc::new(TwilioSms::new(self.twilio_account(&self.settings.twilio.from)?)?)),
                _ => out.push(Arc::new(self.kannel()?)),
            }
        }
        self.groups(&mut out)?;
        self.mail(&mut out)?;
        Ok(out)
    }

    /// Where a gateway reports receipts.
    fn receipts(&self, provider: &str) -> Option<String> {
        let base = &self.settings.sms.receipts_url;
        (!base.is_empty()).then(|| format!("{base}/hooks/{provider}/{}", self.keys.hooks))
    }

    /// How receipts of Twilio are checked.
    pub(crate) fn twilio_hook(&self) -> anyhow::Result<Option<TwilioHook>> {
        let t = &self.settings.twilio;
        if t.account.is_empty() {
            return Ok(None);
        }
        Ok(Some(TwilioHook { token: secret(&t.token_file)?, base: self.settings.sms.receipts_url.clone() }))
    }

    fn aliyun_account(&self, url: &str) -> anyhow::Result<AliyunAccount> {
        let a = &self.settings.aliyun;
        Ok(AliyunAccount {
            url: url.to_owned(),
            id: a.key_id.clone(),
            secret: secret(&a.key_secret_file)?,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        })
    }

    fn aliyun_sms(&self) -> anyhow::Result<AliyunSms> {
        let a = &self.settings.aliyun;
        let account = self.aliyun_account(&a.sms_url)?;
        let settings = AliyunSmsSettings { account, sign_name: a.sign_name.clone(), templates: a.templates() };
        Ok(AliyunSms::new(settings)?)
    }

    fn aliyun_voice(&self) -> anyhow::Result<AliyunVoice> {
        let a = &self.settings.aliyun;
        let menu = (!a.voice_taken.is_empty()).then(|| AliyunMenu {
            taken: a.voice_taken.clone(),
            declined: a.voice_declined.clone(),
            bye: a.voice_bye.clone(),
        });
        Ok(AliyunVoice::new(AliyunVoiceSettings {
            account: self.aliyun_account(&a.voice_url)?,
            show_number: a.voice_show_number.clone(),
            templates: Templates {
                urgent: a.voice_urgent.clone(),
                notice: a.voice_notice.clone(),
                drill: a.voice_drill.clone(),
                ..Templates::default()
            },
            menu,
        })?)
    }

    fn tencent(&self) -> anyhow::Result<Tencent> {
        let t = &self.settings.tencent;
        Ok(Tencent::new(TencentSettings {
            url: t.url.clone(),
            region: t.region.clone(),
            id: t.secret_id.clone(),
            secret: secret(&t.secret_key_file)?,
            app: t.app.clone(),
            sign_name: t.sign_name.clone(),
            templates: t.templates(),
            clock: Arc::clone(&self.clock),
        })?)
    }

    fn twilio_account(&self, from: &str) -> anyhow::Result<TwilioAccount> {
        let t = &self.settings.twilio;
        Ok(TwilioAccount {
            url: t.url.clone(),
            sid: t.account.clone(),
            token: secret(&t.token_file)?,
            from: from.to_owned(),
            receipts: self.receipts("twilio"),
        })
    }

    fn twilio_voice(&self) -> anyhow::Result<TwilioVoice> {
        let t = &self.settings.twilio;
        let keys = (!t.keys_url.is_empty()).then(|| t.keys_url.clone());
        Ok(TwilioVoice::new(TwilioVoiceSettings { account: self.twilio_account(&t.voice_from)?, keys })?)
    }

    fn kannel(&self) -> anyhow::Result<Kannel> {
        let sms = &self.settings.sms;
        Ok(Kannel::new(KannelSettings {
            url: sms.kannel_url.clone(),
            user: sms.user.clone(),
            password: if sms.password_file.is_empty() { String::new() } else { secret(&sms.password_file)? },
            from: (!sms.from.is_empty()).then(|| sms.from.clone()),
            receipts: self.receipts("kannel"),
        })?)
    }

    /// WeCom and DingTalk. The application is asked before the robot: it knows a duplicate, and speaks to one person.
    fn groups(&self, out: &mut Ways) -> anyhow::Result<()> {
        let (w, d) = (&self.settings.wecom, &self.settings.dingtalk);
        if !w.corp.is_empty() {
            out.push(Arc::new(WecomApp::new(WecomAppSettings {
                url: w.url.clone(),
                corp: w.corp.clone(),
                secret: secret(&w.secret_file)?,
                agent: w.agent,
                clock: Arc::clone(&self.clock),
            })?));
        }
        if !w.robot_key_file.is_empty() {
            let key = secret(&w.robot_key_file)?;
            out.push(Arc::new(WecomRobot::new(WecomRobotSettings { url: w.url.clone(), key })?));
        }
        if !d.robot_token_file.is_empty() {
            out.push(Arc::new(DingtalkRobot::new(DingtalkSettings {
                url: d.url.clone(),
                token: secret(&d.robot_token_file)?,
                secret: secret(&d.robot_secret_file)?,
                clock: Arc::clone(&self.clock),
            })?));
        }
        Ok(())
    }

    fn mail(&self, out: &mut Ways) -> anyhow::Result<()> {
        let m = &self.settings.mail;
        if m.host.is_empty() {
            return Ok(());
        }
        let smtp = |host: &str, port, security: crate::settings::Security, user: &str, file: &str| {
            let credentials = if user.is_empty() { None } else { Some((user.to_owned(), secret(file)?)) };
            anyhow::Ok(Smtp::new(&SmtpSettings {
                host: host.to_owned(),
                port,
                security: security.into(),
                credentials,
                from: m.from.clone(),
                connections: m.connections,
            })?)
        };
        out.push(Arc::new(smtp(&m.host, m.port, m.security, &m.user, &m.password_file)?));
        if !m.fallback_host.is_empty() {
            let second = smtp(
                &m.fallback_host,
                m.fallback_port,
                m.fallback_security,
                &m.fallback_user,
                &m.fallback_password_file,
            )?;
            out.push(Arc::new(second.fallback()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> anyhow::Result<Vec<(&'static str, &'static str)>> {
        let settings = Settings::of(text, &[])?;
        let makings = Makings {
            settings: &settings,
            keys: &Keys::of(&[7; 32]),
            clock: Arc::new(crate::seams::SystemClock),
            ids: Arc::new(crate::seams::SystemIds),
        };
        Ok(makings.channels()?.iter().map(|c| (c.carries().key(), c.name())).collect())
    }

    #[test]
    fn whoever_is_set_up_is_asked_in_the_order_of_the_settings() {
        let file = std::env::temp_dir().join(format!("xindeng-secret-{}", crate::seams::SystemIds.uuid()));
        std::fs::write(&file, "secret\n").unwrap();
        let f = file.display();
        let text = format!(
            "[sms]\norder = [\"kannel\", \"twilio\", \"tencent\", \"aliyun\"]\nkannel_url = \"http://127.0.0.1:1/\"\n\
             [voice]\norder = [\"twilio\", \"aliyun\"]\n\
             [aliyun]\nkey_id = \"k\"\nkey_secret_file = \"{f}\"\nsign_name = \"s\"\nvoice_urgent = \"v\"\n\
             [tencent]\nsecret_id = \"i\"\nsecret_key_file = \"{f}\"\n\
             [twilio]\naccount = \"a\"\ntoken_file = \"{f}\"\nfrom = \"+1\"\nvoice_from = \"+1\"\n\
             [wecom]\ncorp = \"c\"\nagent = 1\nsecret_file = \"{f}\"\nrobot_key_file = \"{f}\"\n\
             [dingtalk]\nrobot_token_file = \"{f}\"\nrobot_secret_file = \"{f}\"\n\
             [mail]\nhost = \"localhost\"\nsecurity = \"none\"\nfallback_host = \"127.0.0.1\"\nfallback_security = \"none\"\n"
        );
        let found = names(&text);
        std::fs::remove_file(&file).unwrap();
        let wanted = [
            ("voice", "twilio_voice"),
            ("voice", "aliyun_voice"),
            ("sms", "kannel"),
            ("sms", "twilio"),
            ("sms", "tencent"),
            ("sms", "aliyun"),
            ("wecom", "wecom_app"),
            ("wecom", "wecom_robot"),
            ("dingtalk", "dingtalk_robot"),
            ("mail", "smtp"),
            ("mail", "smtp2"),
        ];
        assert_eq!(found.unwrap(), wanted);
    }

    #[test]
    fn nothing_set_up_is_nothing_and_a_missing_secret_is_named() {
        assert_eq!(names("").unwrap(), []);
        let missing = "[dingtalk]\nrobot_token_file = \"/no/such/file\"\nrobot_secret_file = \"/no/such/file\"\n";
        assert!(names(missing).unwrap_err().to_string().contains("/no/such/file"));
    }
}
