//! Calls by Aliyun: a text is read out (`SingleCallByTts`), or, where a menu is registered, the called person presses a key
//! (`IvrCall`).
//!
//! Documented: both calls repeat `OutId`, one to fifteen bytes, in their reports, and answer with a `CallId`; `IvrCall`
//! wants a number of one's own (`CalledShowNumber`), and texts that all are templates or all files. Which key was pressed
//! comes later, in a report that `crates/api/src/hooks/aliyun_keys.rs` reads; what is heard after a key is chosen by Aliyun
//! alone, so its text must not promise more than "noted".

use async_trait::async_trait;
use domain::delivery::Outcome;
use domain::notice::NoticeKind;

use super::super::class;
use super::super::http::{client, text};
use super::super::probe::Probe;
use super::super::template::{Filled, Templates};
use super::super::text::national;
use super::super::{Channel, Letter};
use super::{AliyunAccount, classify, codes};
use crate::limits::Limit;

/// Calls to one number: one a minute, five an hour, twenty a day.
const LIMITS: &[Limit] = &[Limit::each(1, 60), Limit::each(5, 60 * 60), Limit::each(20, 24 * 60 * 60)];
/// How often a text is read out.
const TIMES: &str = "2";

/// A call that never was, in the form of their numbers.
const NO_CALL: &str = "100000000000^100000000000";
/// Notices by voice, among Aliyun's products.
const NOTICES: &str = "11000000300006";

/// What is heard after a key; each is a registered text.
#[derive(Debug, Clone)]
pub struct AliyunMenu {
    /// After 1: "I take it".
    pub taken: String,
    /// After 2: "I cannot".
    pub declined: String,
    /// At the end.
    pub bye: String,
}

/// How calls are made by Aliyun.
#[derive(Debug, Clone)]
pub struct AliyunVoiceSettings {
    /// The account.
    pub account: AliyunAccount,
    /// The number that is shown; empty for a shared one, which calls with a menu cannot have.
    pub show_number: String,
    /// The approved texts.
    pub templates: Templates,
    /// The menu, where one is registered.
    pub menu: Option<AliyunMenu>,
}

/// Calls by Aliyun.
#[derive(Debug)]
pub struct AliyunVoice {
    client: reqwest::Client,
    settings: AliyunVoiceSettings,
}

impl AliyunVoice {
    /// Prepares to call.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: AliyunVoiceSettings) -> Result<Self, reqwest::Error> {
        Ok(Self { client: client()?, settings })
    }

    fn call(&self, letter: &Letter, filled: &Filled<'_>) -> (&'static str, Vec<(&'static str, String)>) {
        let mut values = vec![
            ("CalledNumber", national(&letter.to).to_owned()),
            ("PlayTimes", TIMES.to_owned()),
            ("OutId", letter.id.short()),
        ];
        if !self.settings.show_number.is_empty() {
            values.push(("CalledShowNumber", self.settings.show_number.clone()));
        }
        // Only what is to be taken has keys: whoever hears of a missed assessment has nothing to press.
        let keys = letter.words.kind == NoticeKind::Alarm || letter.words.drill;
        let Some(menu) = self.settings.menu.as_ref().filter(|_| keys) else {
            values.push(("TtsCode", filled.template.to_owned()));
            values.push(("TtsParam", filled.object()));
            return ("SingleCallByTts", values);
        };
        values.extend([
            ("StartCode", filled.template.to_owned()),
            ("StartTtsParams", filled.object()),
            ("MenuKeyMap.1.Key", "1".to_owned()),
            ("MenuKeyMap.1.Code", menu.taken.clone()),
            ("MenuKeyMap.2.Key", "2".to_owned()),
            ("MenuKeyMap.2.Code", menu.declined.clone()),
            ("ByeCode", menu.bye.clone()),
        ]);
        ("IvrCall", values)
    }
}

#[async_trait]
impl Channel for AliyunVoice {
    fn name(&self) -> &'static str {
        "aliyun_voice"
    }

    fn carries(&self) -> domain::delivery::Channel {
        domain::delivery::Channel::Voice
    }

    fn limits(&self) -> &'static [Limit] {
        LIMITS
    }

    fn carries_drills(&self) -> bool {
        !self.settings.templates.drill.is_empty()
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let Some(filled) = self.settings.templates.fill(letter) else {
            return Outcome::Refused("aliyun: no text for this kind of call".to_owned());
        };
        let (action, values) = self.call(letter, &filled);
        match self.settings.account.call(&self.client, action, &values).await {
            Ok(answer) => classify(codes::VOICE, &answer, |json| text(json, "CallId").map(str::to_owned)),
            Err(outcome) => outcome,
        }
    }

    /// Asks for a call that never was. Only the gateway's words count: whoever comes past it is known. A key that may do
    /// nothing but call is not refused, since this question is asked nowhere else.
    async fn probe(&self) -> Probe {
        let account = &self.settings.account;
        let values = [
            ("CallId", NO_CALL.to_owned()),
            ("ProdId", NOTICES.to_owned()),
            ("QueryDate", account.clock.now().timestamp_millis().to_string()),
        ];
        let answer = match account.call(&self.client, "QueryCallDetailByCallId", &values).await {
            Ok(answer) => answer,
            Err(outcome) => return Probe::of(outcome),
        };
        let Some(code) = answer.json.as_ref().and_then(|json| text(json, "Code")) else {
            return Probe::of(answer.wordless());
        };
        match code {
            "isp.RAM_PERMISSION_DENY" | "Forbidden.RAM" => Probe::Unclear(format!("aliyun: {code}")),
            code if codes::GATEWAY.iter().any(|(known, _)| *known == code) => {
                Probe::of(class::outcome(&[codes::GATEWAY], "aliyun", code))
            }
            _ => Probe::Known,
        }
    }
}
