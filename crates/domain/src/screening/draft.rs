//! A screening as it was typed, and everything that can be wrong with it.

use super::{Answers, Follow, Instrument, Instruments};
use crate::alert::REASON_CHARS;
use crate::care::{next, word, words};
use crate::fault::{Fault, Faults, merged};
use crate::org::Stage;
use crate::task::{behind, long_text};
use crate::time::Timestamp;

words! {
    /// Whether a sheet counts.
    Validity {
        /// It counts.
        Valid: "valid", "有效", "valid";
        /// It may have been answered carelessly; it counts all the same.
        Doubtful: "doubtful", "存疑", "doubtful";
        /// Its score does not count; the child is asked again.
        Invalid: "invalid", "无效，待重测", "invalid, to be taken again";
    }
}

/// A screening, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ScreeningDraft {
    /// When it was answered.
    pub at: String,
    /// The code of the instrument.
    pub instrument: String,
    /// Its version.
    pub version: String,
    /// The raw score.
    pub total: Option<i64>,
    /// The answer to its critical item.
    pub critical: Option<i64>,
    /// Whether it counts.
    pub validity: String,
    /// What it shows, in words.
    pub reading: String,
    /// When it is taken again.
    pub next_at: Option<String>,
    /// What could not be read at all.
    pub unread: Vec<Fault>,
}

/// What a screening is looked at beside.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The instruments that there are.
    pub instruments: &'a Instruments,
    /// The stage of schooling at which the child is.
    pub stage: Stage,
    /// Now.
    pub now: Timestamp,
}

/// A screening, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// When it was answered.
    pub at: Timestamp,
    /// The instrument, as it is now.
    pub instrument: Instrument,
    /// Its version.
    pub version: String,
    /// The raw score.
    pub total: Option<u16>,
    /// The answer to its critical item.
    pub critical: Option<u8>,
    /// Whether it counts.
    pub validity: Validity,
    /// What it shows, in words.
    pub reading: String,
    /// When it is taken again.
    pub next_at: Option<Timestamp>,
}

impl Screening {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: &ScreeningDraft, beside: Beside<'_>) -> Result<Self, Vec<Fault>> {
        let read = Self::of(draft, beside);
        if draft.unread.is_empty() { read } else { Err(merged(draft.unread.clone(), read.err().unwrap_or_default())) }
    }

    fn of(draft: &ScreeningDraft, beside: Beside<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let at = behind(&draft.at, "at", beside.now, &mut faults);
        let instrument = instrument(draft, beside, &mut faults);
        let version = version(&draft.version, instrument, &mut faults);
        let (zh, en) = ("请选择这份问卷是否有效", "Say whether the sheet is valid");
        let validity = word(&draft.validity, "validity", Validity::from_key, zh, en, &mut faults);
        // Whatever is not plainly invalid is asked for as if it were valid.
        let counts = validity != Some(Validity::Invalid);
        let total = total(draft.total, instrument, counts, &mut faults);
        let critical = critical(draft.critical, instrument, counts, &mut faults);
        let asked = ("请用文字描述结果，不写诊断", "Say in words what it shows, without a diagnosis");
        let reading = long_text(&draft.reading, "reading", REASON_CHARS, asked, &mut faults);
        let next_at = next(draft.next_at.as_deref(), beside.now, &mut faults);
        let (Some(at), Some(instrument), Some(version), Some(validity)) = (at, instrument, version, validity) else {
            return Err(faults.into_vec());
        };
        let instrument = instrument.clone();
        faults.or(Self { at, instrument, version, total, critical, validity, reading, next_at })
    }

    /// What follows from it. The score of an invalid sheet is looked at by no rule; what was answered to the critical item
    /// is: a child may have meant it.
    #[must_use]
    pub fn follow(&self) -> Follow {
        let total = self.total.filter(|_| self.validity != Validity::Invalid);
        Follow::from(&self.instrument, Answers { total, critical: self.critical })
    }
}

fn instrument<'a>(draft: &ScreeningDraft, beside: Beside<'a>, faults: &mut Faults) -> Option<&'a Instrument> {
    let typed = draft.instrument.trim();
    let found = beside.instruments.get(typed);
    faults.when(found.is_none(), || {
        let code = if typed.is_empty() { "required" } else { "unknown_instrument" };
        Fault::new("instrument", code, "请选择量表", "Choose the instrument")
    });
    faults.when(found.is_some_and(|i| !i.stages.contains(&beside.stage)), || {
        Fault::new("instrument", "not_at_this_stage", "这个学段不能使用这份量表", "It may not be used at this stage")
    });
    found
}

fn version(typed: &str, instrument: Option<&Instrument>, faults: &mut Faults) -> Option<String> {
    let typed = typed.trim();
    let known = instrument.is_none_or(|i| i.versions.iter().any(|v| v == typed));
    faults.when(typed.is_empty() || !known, || {
        let code = if typed.is_empty() { "required" } else { "unknown_version" };
        Fault::new("version", code, "请选择量表的版本", "Choose the version of the instrument")
    });
    (!typed.is_empty()).then(|| typed.to_owned())
}

fn total(typed: Option<i64>, instrument: Option<&Instrument>, counts: bool, faults: &mut Faults) -> Option<u16> {
    let Some(typed) = typed else {
        faults.when(counts, || Fault::new("total", "required", "请填写总分", "Give the raw score"));
        return None;
    };
    let i = instrument?;
    let total = u16::try_from(typed).ok().filter(|t| (i.least..=i.most).contains(t));
    faults.when(total.is_none(), || {
        let (least, most) = (i.least, i.most);
        let en = format!("The raw score lies between {least} and {most}");
        Fault::new("total", "out_of_range", format!("总分须在 {least}–{most} 之间"), en)
    });
    total
}

fn critical(typed: Option<i64>, instrument: Option<&Instrument>, counts: bool, faults: &mut Faults) -> Option<u8> {
    let i = instrument?;
    let Some(item) = &i.critical else {
        faults.when(typed.is_some(), || {
            Fault::new("critical", "no_critical_item", "这份量表没有关键条目", "This instrument has no critical item")
        });
        return None;
    };
    let number = item.item;
    let Some(typed) = typed else {
        faults.when(counts, || {
            let zh = format!("请填写关键条目（第 {number} 题）的答案");
            Fault::new("critical", "required", zh, format!("Give the answer to the critical item ({number})"))
        });
        return None;
    };
    let answer = u8::try_from(typed).ok().filter(|a| (item.least..=item.most).contains(a));
    faults.when(answer.is_none(), || {
        let (least, most) = (item.least, item.most);
        let zh = format!("第 {number} 题的答案须在 {least}–{most} 之间");
        Fault::new(
            "critical",
            "out_of_range",
            zh,
            format!("The answer to item {number} lies between {least} and {most}"),
        )
    });
    answer
}
