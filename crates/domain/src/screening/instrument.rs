//! The instruments of screening, as configuration has them: data with their source, never code.

use serde::Deserialize;

use crate::fault::Fault;
use crate::lang::Lang;
use crate::level::Level;
use crate::org::Stage;

/// One instrument.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Stable code; codes are for ever.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// The published versions.
    pub versions: Vec<String>,
    /// At which stages of schooling it may be used.
    pub stages: Vec<Stage>,
    /// The lowest raw score.
    pub least: u16,
    /// The highest raw score.
    pub most: u16,
    /// From this score on the child has a place in the interview queue.
    pub positive_from: u16,
    /// The item whose answer counts by itself.
    #[serde(default)]
    pub critical: Option<CriticalItem>,
    /// Its validity scale.
    #[serde(default)]
    pub validity: Option<ValidityScale>,
    /// Author, year, publication.
    pub source: String,
}

/// An item whose answer counts by itself, whatever the score.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriticalItem {
    /// Its number.
    pub item: u16,
    /// The lowest answer: nothing of the kind.
    pub least: u8,
    /// The highest answer.
    pub most: u8,
    /// From this answer on somebody talks with the child by the end of the next school day.
    pub next_day_from: u8,
    /// From this one on before the child leaves school.
    pub today_from: u8,
    /// From this one on an alert opens at once.
    pub alert_from: u8,
    /// With this score, from `today_from` on.
    #[serde(default)]
    pub alert_with_total_from: Option<u16>,
    /// The level of that alert.
    pub level: Level,
}

/// A scale of an instrument that shows whether it was answered in earnest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidityScale {
    /// Its highest score.
    pub most: u16,
    /// From this score on the sheet is invalid.
    pub invalid_from: u16,
}

impl Instrument {
    /// The name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// The instruments as they are written in configuration, not yet looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentsDraft {
    version: u32,
    instrument: Vec<Instrument>,
}

/// The instruments in use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instruments {
    /// Their version.
    pub version: u32,
    all: Vec<Instrument>,
}

impl Instruments {
    /// Looks at a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: InstrumentsDraft) -> Result<Self, Vec<Fault>> {
        let faults = super::sound::faults(&draft.instrument);
        faults.or(Self { version: draft.version, all: draft.instrument })
    }

    /// Where these would miss an answer that others hear. A school may ask for more than what ships, never for less.
    #[must_use]
    pub fn softer_than(&self, shipped: &Self) -> Vec<Fault> {
        let pairs = self.all.iter().filter_map(|own| Some((own, shipped.get(&own.code)?)));
        pairs.flat_map(|(own, theirs)| super::no_softer::faults(own, theirs)).collect()
    }

    /// The instrument with a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Instrument> {
        self.all.iter().find(|i| i.code == code)
    }

    /// Every instrument, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Instrument] {
        &self.all
    }

    /// Those that may be used at a stage.
    pub fn at(&self, stage: Stage) -> impl Iterator<Item = &Instrument> {
        self.all.iter().filter(move |i| i.stages.contains(&stage))
    }
}
