//! Settings of the message providers. One that is not set up is off.

use notifier::Templates;
use serde::{Deserialize, Serialize};

use super::Settings;

/// A provider that sends SMS by approved templates: what it wants itself, and the templates.
macro_rules! sms_section {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        section! {
            $(#[$doc])*
            $name {
                $($own)*
                /// The template of a red.
                sms_urgent: String = String::new(),
                /// Of anything else to be taken.
                sms_task: String = String::new(),
                /// Of "somebody took over".
                sms_taken: String = String::new(),
                /// Of "an assessment is due".
                sms_assessment: String = String::new(),
                /// Of "a signature is due".
                sms_signature: String = String::new(),
                /// What only informs.
                sms_notice: String = String::new(),
                /// Several that go out as one; empty: each bundle goes by the template of its first message.
                sms_bundle: String = String::new(),
                /// Very many reds at once; empty: nobody hears of a storm by this provider.
                sms_storm: String = String::new(),
                /// Of a drill; empty for no drills by SMS.
                sms_drill: String = String::new(),
            }
        }
        impl $name {
            /// The templates of SMS.
            pub(crate) fn templates(&self) -> Templates {
                Templates {
                    urgent: self.sms_urgent.clone(),
                    task: self.sms_task.clone(),
                    taken: self.sms_taken.clone(),
                    assessment: self.sms_assessment.clone(),
                    signature: self.sms_signature.clone(),
                    notice: self.sms_notice.clone(),
                    bundle: self.sms_bundle.clone(),
                    storm: self.sms_storm.clone(),
                    drill: self.sms_drill.clone(),
                }
            }
        }
    };
}

sms_section! {
    /// Aliyun: SMS and calls.
    Aliyun {
        /// The access key's id; empty for none.
        key_id: String = String::new(),
        /// A file that holds the access key's secret.
        key_secret_file: String = String::new(),
        /// Where SMS are sent.
        sms_url: String = "https://dysmsapi.aliyuncs.com".into(),
        /// Where calls are asked for.
        voice_url: String = "https://dyvmsapi.aliyuncs.com".into(),
        /// The approved signature.
        sign_name: String = String::new(),
        /// The text of a call about a red; empty for no calls.
        voice_urgent: String = String::new(),
        /// The text of any other call, such as about a watch that nobody took over; empty for none of these.
        voice_notice: String = String::new(),
        /// The text of a call about a drill; empty for no drills by call.
        voice_drill: String = String::new(),
        /// The number that a call shows.
        voice_show_number: String = String::new(),
        /// What is heard after key 1; empty for calls without keys.
        voice_taken: String = String::new(),
        /// What is heard after key 2.
        voice_declined: String = String::new(),
        /// What is heard at the end.
        voice_bye: String = String::new(),
    }
}
sms_section! {
    /// Tencent Cloud: SMS.
    Tencent {
        /// The secret's id; empty for none.
        secret_id: String = String::new(),
        /// A file that holds the secret.
        secret_key_file: String = String::new(),
        /// Where SMS are sent.
        url: String = "https://sms.tencentcloudapi.com".into(),
        /// The region.
        region: String = "ap-guangzhou".into(),
        /// The SMS application.
        app: String = String::new(),
        /// The approved signature.
        sign_name: String = String::new(),
    }
}
section! {
    /// Twilio: SMS and calls.
    Twilio {
        /// The account; empty for none.
        account: String = String::new(),
        /// A file that holds its token.
        token_file: String = String::new(),
        /// The service's address.
        url: String = "https://api.twilio.com".into(),
        /// The number or messaging service that SMS come from.
        from: String = String::new(),
        /// The number that calls come from; empty for no calls.
        voice_from: String = String::new(),
        /// Where a key pressed in a call is reported; empty for calls without keys.
        keys_url: String = String::new(),
    }
}
section! {
    /// WeCom: an application, a robot, or both.
    Wecom {
        /// The service's address.
        url: String = "https://qyapi.weixin.qq.com".into(),
        /// The corporation; empty for no application.
        corp: String = String::new(),
        /// The application's number.
        agent: u64 = 0,
        /// A file that holds the application's secret.
        secret_file: String = String::new(),
        /// A file that holds a robot's key; empty for no robot.
        robot_key_file: String = String::new(),
    }
}
section! {
    /// DingTalk: a robot.
    Dingtalk {
        /// The service's address.
        url: String = "https://oapi.dingtalk.com".into(),
        /// A file that holds the robot's token; empty for none.
        robot_token_file: String = String::new(),
        /// A file that holds the robot's secret.
        robot_secret_file: String = String::new(),
    }
}
section! {
    /// Who makes calls.
    Voice {
        /// In which order providers are asked.
        order: Vec<String> = vec!["aliyun".into(), "twilio".into()],
    }
}

/// Who can be named in `sms.order`.
pub(crate) const SMS: [&str; 4] = ["aliyun", "tencent", "twilio", "kannel"];
/// Who can be named in `voice.order`.
pub(crate) const VOICE: [&str; 2] = ["aliyun", "twilio"];

impl Settings {
    /// Whether a provider of SMS is set up.
    #[must_use]
    pub fn sends_sms(&self, provider: &str) -> bool {
        match provider {
            "aliyun" => !self.aliyun.key_id.is_empty() && !self.aliyun.sign_name.is_empty(),
            "tencent" => !self.tencent.secret_id.is_empty(),
            "twilio" => !self.twilio.account.is_empty() && !self.twilio.from.is_empty(),
            "kannel" => !self.sms.kannel_url.is_empty(),
            _ => false,
        }
    }

    /// Whether a provider of calls is set up.
    #[must_use]
    pub fn calls(&self, provider: &str) -> bool {
        match provider {
            "aliyun" => !self.aliyun.key_id.is_empty() && !self.aliyun.voice_urgent.is_empty(),
            "twilio" => !self.twilio.account.is_empty() && !self.twilio.voice_from.is_empty(),
            _ => false,
        }
    }

    /// Everything about providers that does not fit together.
    pub(super) fn provider_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        ordered("sms.order", &self.sms.order, &SMS, |p| self.sends_sms(p), &mut faults);
        ordered("voice.order", &self.voice.order, &VOICE, |p| self.calls(p), &mut faults);
        let (a, t, w) = (&self.aliyun, &self.tencent, &self.twilio);
        let menu = [&a.voice_taken, &a.voice_declined, &a.voice_bye];
        let asked = menu.iter().filter(|m| !m.is_empty()).count();
        let tencent = !t.secret_id.is_empty();
        let mut when = |wrong: bool, what: &str| {
            if wrong {
                faults.push(what.to_owned());
            }
        };
        when(!a.key_id.is_empty() && a.key_secret_file.is_empty(), "aliyun.key_secret_file is missing");
        when(
            !a.key_id.is_empty() && !self.sends_sms("aliyun") && !self.calls("aliyun"),
            "aliyun: sign_name for SMS or voice_urgent for calls is missing",
        );
        when(self.sends_sms("aliyun") && !a.templates().is_complete(), "aliyun: every sms_… template is wanted");
        when(asked != 0 && asked != menu.len(), "aliyun: voice_taken, voice_declined and voice_bye go together");
        when(
            asked != 0 && a.voice_show_number.is_empty(),
            "aliyun: calls with keys want a number of their own, voice_show_number",
        );
        let spoken = !a.voice_drill.is_empty() && [&a.voice_urgent, &a.voice_notice].contains(&&a.voice_drill);
        when(
            spoken || a.templates().drill_is_another() || t.templates().drill_is_another(),
            "sms_drill and voice_drill have to be templates of their own, which say that it is a drill",
        );
        when(tencent && t.secret_key_file.is_empty(), "tencent.secret_key_file is missing");
        when(tencent && (t.app.is_empty() || t.sign_name.is_empty()), "tencent: app and sign_name are wanted");
        when(tencent && !t.templates().is_complete(), "tencent: every sms_… template is wanted");
        when(!w.account.is_empty() && w.token_file.is_empty(), "twilio.token_file is missing");
        when(
            !w.account.is_empty() && !self.sends_sms("twilio") && !self.calls("twilio"),
            "twilio: from for SMS or voice_from for calls is missing",
        );
        let wecom = !self.wecom.corp.is_empty();
        when(wecom && self.wecom.secret_file.is_empty(), "wecom.secret_file is missing");
        when(wecom && self.wecom.agent == 0, "wecom.agent is missing");
        when(
            self.dingtalk.robot_token_file.is_empty() != self.dingtalk.robot_secret_file.is_empty(),
            "dingtalk: robot_token_file and robot_secret_file go together",
        );
        when(
            self.mail.host.is_empty() && !self.mail.fallback_host.is_empty(),
            "mail.fallback_host is for when mail.host does not answer",
        );
        faults.extend(self.unsafe_urls());
        faults
    }

    /// What the service runs with all the same, and somebody has to know.
    #[must_use]
    pub fn provider_warnings(&self) -> Vec<&'static str> {
        let mut out = Vec::new();
        if self.calls("aliyun") && self.aliyun.voice_notice.is_empty() {
            out.push(
                "aliyun.voice_notice 为空：评估逾期、看护无人接班，夜间不会由阿里云打电话 / aliyun.voice_notice is empty: by \
                 night nobody is called by Aliyun about an assessment that is missed or a watch that nobody took over",
            );
        }
        out
    }

    /// Secrets and telephone numbers go over TLS, save to a stand-in on this machine.
    fn unsafe_urls(&self) -> Vec<String> {
        let urls = [
            ("aliyun.sms_url", &self.aliyun.sms_url),
            ("aliyun.voice_url", &self.aliyun.voice_url),
            ("tencent.url", &self.tencent.url),
            ("twilio.url", &self.twilio.url),
            ("wecom.url", &self.wecom.url),
            ("dingtalk.url", &self.dingtalk.url),
        ];
        let good = |url: &str| {
            let local = url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:");
            (local || url.starts_with("https://")) && !url.ends_with('/')
        };
        let bad = urls.into_iter().filter(|(_, url)| !good(url));
        bad.map(|(name, _)| format!("{name} must begin with https:// and not end with /")).collect()
    }
}

/// Every provider that is set up is in its order, once, and nobody else.
fn ordered(name: &str, order: &[String], known: &[&str], on: impl Fn(&str) -> bool, faults: &mut Vec<String>) {
    for (n, provider) in order.iter().enumerate() {
        if !known.contains(&provider.as_str()) {
            faults.push(format!("{name}: nobody is called {provider:?}; there are {}", known.join(", ")));
        }
        if order.iter().take(n).any(|p| p == provider) {
            faults.push(format!("{name}: {provider} stands there twice"));
        }
    }
    for provider in known.iter().filter(|p| on(p) && !order.iter().any(|o| o == *p)) {
        faults.push(format!("{name}: {provider} is set up but not named, and would never be asked"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_set_up_is_no_fault() {
        assert_eq!(Settings::default().provider_faults(), Vec::<String>::new());
    }

    #[test]
    fn the_template_of_a_drill_is_no_other() {
        let faults = |text: &str| Settings::of(text, &[]).unwrap().provider_faults().join("\n");
        for same in ["sms_drill = \"U\"\nsms_urgent = \"U\"", "voice_drill = \"V\"\nvoice_urgent = \"V\""] {
            assert!(faults(&format!("[aliyun]\n{same}\n")).contains("templates of their own"), "{same}");
        }
        assert!(!faults("[aliyun]\nsms_drill = \"D\"\nsms_urgent = \"U\"\n").contains("templates of their own"));
    }

    #[test]
    fn calls_that_are_never_made_are_said_and_stop_no_service() {
        let of = |more: &str| Settings::of(&format!("[aliyun]\nkey_id = \"k\"\n{more}"), &[]).unwrap();
        let silent = of("voice_urgent = \"U\"\n");
        assert!(silent.provider_warnings().join("\n").contains("aliyun.voice_notice"));
        assert!(!silent.provider_faults().join("\n").contains("voice_notice"));
        assert!(of("voice_urgent = \"U\"\nvoice_notice = \"N\"\n").provider_warnings().is_empty());
        assert!(of("sign_name = \"s\"\n").provider_warnings().is_empty(), "no calls at all are said elsewhere");
        assert!(Settings::default().provider_warnings().is_empty());
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let text = "[sms]\norder = [\"aliyun\", \"aliyun\", \"nobody\"]\n[aliyun]\nkey_id = \"k\"\nsign_name = \"s\"\n\
                    voice_taken = \"t\"\n[tencent]\nsecret_id = \"i\"\nurl = \"http://sms.example\"\n[twilio]\naccount = \"AC1\"\n\
                    [wecom]\ncorp = \"c\"\n[dingtalk]\nrobot_token_file = \"f\"\n[mail]\nfallback_host = \"h\"\n";
        let faults = Settings::of(text, &[]).unwrap().provider_faults().join("\n");
        for wanted in [
            "sms.order: aliyun stands there twice",
            "nobody is called \"nobody\"",
            "sms.order: tencent is set up but not named",
            "aliyun.key_secret_file",
            "aliyun: every sms_",
            "go together",
            "want a number of their own",
            "tencent.secret_key_file",
            "tencent: app and sign_name",
            "tencent: every sms_",
            "tencent.url must begin with https://",
            "twilio.token_file",
            "twilio: from for SMS",
            "wecom.secret_file",
            "wecom.agent",
            "dingtalk: ",
            "mail.fallback_host",
        ] {
            assert!(faults.contains(wanted), "{wanted} is not in:\n{faults}");
        }
    }

    #[test]
    fn the_order_can_come_from_the_environment() {
        let variable = ("XINDENG__SMS__ORDER".to_owned(), "tencent, kannel".to_owned());
        assert_eq!(Settings::of("", &[variable]).unwrap().sms.order, ["tencent", "kannel"]);
    }
}
