//! The steps of a leave as they were typed, and everything that can be wrong with them.

use chrono::NaiveDate;

use super::typed::{LINE_CHARS, future, person, word};
use super::{Advice, Course, Paper, StageHow, StagePlan, StagePlanDraft, Step, StepKind, Verdict};
use crate::alert::REASON_CHARS;
use crate::calendar::Calendar;
use crate::fault::{Fault, Faults};
use crate::id::PersonId;
use crate::policy::LeaveTerms;
use crate::task::{behind, long_text, maybe_text};
use crate::time::Timestamp;

/// So many stages are looked at for who is named; more than a plan may have.
const MOST_LOOKED_AT: usize = 50;

/// A step as it was typed; each kind looks at its own fields.
#[derive(Debug, Clone, Default)]
pub struct StepDraft {
    /// When.
    pub at: String,
    /// Whether anybody was reached.
    pub reached: Option<bool>,
    /// What was heard, seen, or found.
    pub text: String,
    /// Who of the family applied, or appealed.
    pub family: String,
    /// From which day on.
    pub from: String,
    /// Who does what comes next: looks at the papers, assesses, signs, decides.
    pub next: String,
    /// What is to be added.
    pub note: Option<String>,
    /// Each paper that is demanded, and whether it is there.
    pub papers: Vec<(String, Option<bool>)>,
    /// Whether means were asked about.
    pub means_asked: Option<bool>,
    /// What is advised, decided, or becomes of a stage.
    pub word: String,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: String,
    /// The stages of the return.
    pub stages: Vec<StagePlanDraft>,
    /// Whether it is signed, or granted after all.
    pub yes: Option<bool>,
    /// Which stage.
    pub stage: Option<u32>,
}

/// What a step is looked at beside.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// How far the leave has come.
    pub course: &'a Course,
    /// Since when the child is away.
    pub away_from: NaiveDate,
    /// The terms of the policy.
    pub terms: &'a LeaveTerms,
    /// School time.
    pub calendar: &'a Calendar,
    /// Now.
    pub now: Timestamp,
}

impl StepDraft {
    /// Looks at what was typed. What comes too early or too late is said with everything else.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, kind: StepKind, beside: &Beside<'_>) -> Result<Step, Vec<Fault>> {
        let mut faults = Faults::new();
        let state = beside.course.state;
        faults.when(!state.takes(kind), || {
            use crate::lang::Lang::{En, Zh};
            let zh = format!("现在是“{}”，还不能或不必{}", state.name(Zh), kind.name(Zh));
            Fault::new("", "not_now", zh, format!("Now: {}. No {}", state.name(En), kind.name(En)))
        });
        faults.when(kind == StepKind::Appeal && beside.course.appealed, || {
            Fault::new("", "appealed_already", "这项决定已经申诉过", "This decision was appealed already")
        });
        let step = match kind {
            StepKind::Contact => self.contact(beside, &mut faults),
            StepKind::Return => self.applied(beside, &mut faults),
            StepKind::Review => self.review(beside, &mut faults),
            StepKind::Assessment => self.assessment(&mut faults),
            StepKind::Decision => self.decision(beside, &mut faults),
            StepKind::Sign => self.signed(&mut faults),
            StepKind::Stage => self.staged(beside, &mut faults),
            StepKind::Appeal => self.appeal(&mut faults),
            StepKind::Answer => self.answer(beside, &mut faults),
        };
        match step {
            Some(step) => faults.or(step),
            None => Err(faults.into_vec()),
        }
    }

    /// Those who are named to do something, as far as they can be read, each with the field that names him; not whoever takes
    /// the next step.
    #[must_use]
    pub fn named(&self, kind: StepKind) -> Vec<(String, PersonId)> {
        let owners = || {
            let named = self.stages.iter().take(MOST_LOOKED_AT).enumerate();
            named.filter_map(|(i, s)| Some((format!("stages[{i}].owner"), s.owner.trim().parse().ok()?))).collect()
        };
        match kind {
            StepKind::Return => self.next.trim().parse().ok().map(|p| ("reviewer".to_owned(), p)).into_iter().collect(),
            StepKind::Decision | StepKind::Answer => owners(),
            StepKind::Contact
            | StepKind::Review
            | StepKind::Assessment
            | StepKind::Sign
            | StepKind::Stage
            | StepKind::Appeal => Vec::new(),
        }
    }

    fn contact(&self, beside: &Beside<'_>, faults: &mut Faults) -> Option<Step> {
        let at = behind(&self.at, "at", beside.now, faults);
        faults.when(at.is_some_and(|at| beside.calendar.date(at) < beside.away_from), || {
            Fault::new("at", "before_leave", "早于休学开始的日期", "It is before the leave began")
        });
        faults.when(self.reached.is_none(), || {
            Fault::new("reached", "required", "请选择联系上没有", "Was anybody reached?")
        });
        let text = self.said("text", &self.text, ("请写了解到的情况", "Say what was heard"), faults);
        Some(Step::Contact { at: at?, reached: self.reached?, text })
    }

    fn applied(&self, beside: &Beside<'_>, faults: &mut Faults) -> Option<Step> {
        let today = beside.calendar.date(beside.now);
        let words = ("请写是哪一位家长申请的", "Say who of the family applied");
        let applied_by = long_text(&self.family, "applied_by", LINE_CHARS, words, faults);
        let from = future(&self.from, "from", today, faults);
        faults.when(from.is_some_and(|d| d <= beside.away_from), || {
            Fault::new("from", "before_leave", "早于休学开始的日期", "It is before the leave began")
        });
        let reviewer = person(&self.next, "reviewer", faults);
        let note = maybe_text(self.note.as_deref(), "note", REASON_CHARS, faults);
        Some(Step::Return { applied_by, from: from?, reviewer: reviewer?, note })
    }

    /// Each paper that the policy demands is named, as there or as missing.
    fn review(&self, beside: &Beside<'_>, faults: &mut Faults) -> Option<Step> {
        let mut papers = Vec::new();
        for demanded in &beside.terms.papers {
            let said = self.papers.iter().find(|(code, _)| code.trim() == demanded.code).and_then(|(_, there)| *there);
            let field = format!("papers.{}", demanded.code);
            faults.when(said.is_none(), || {
                let (zh, en) = (format!("请选择有没有：{}", demanded.zh), format!("There or missing: {}", demanded.en));
                Fault::new(field, "required", zh, en)
            });
            papers.extend(said.map(|present| Paper { code: demanded.code.clone(), present }));
        }
        for (code, _) in &self.papers {
            let known = beside.terms.papers.iter().any(|p| p.code == code.trim());
            faults.when(!known, || Fault::new("papers", "unknown_value", "没有这种材料", "No such paper is demanded"));
        }
        let whole = papers.iter().all(|p| p.present);
        let assessor = self.next.trim().parse().ok();
        faults.when(whole && assessor.is_none(), || {
            Fault::new("assessor", "required", "请选择由哪位心理教师评估", "Say which counsellor assesses the child")
        });
        let note = maybe_text(self.note.as_deref(), "note", REASON_CHARS, faults);
        Some(Step::Review { papers, assessor: assessor.filter(|_| whole), note })
    }

    fn assessment(&self, faults: &mut Faults) -> Option<Step> {
        let text = self.said("text", &self.text, ("请写评估的情况", "Say what was found"), faults);
        faults.when(self.means_asked != Some(true), || {
            let zh = "请先问清身边有没有能伤害自己的东西";
            Fault::new("means_asked", "required", zh, "Ask about means first, and say so")
        });
        let advice = word(&self.word, "advice", Advice::from_key, faults);
        Some(Step::Assessment { text, means_asked: self.means_asked?, advice: advice? })
    }

    fn decision(&self, beside: &Beside<'_>, faults: &mut Faults) -> Option<Step> {
        let today = beside.calendar.date(beside.now);
        let verdict = word(&self.word, "verdict", Verdict::from_key, faults);
        let reason = self.said("reason", &self.reason, ("请写明理由", "Give a reason"), faults);
        let postponed = verdict == Some(Verdict::Postponed);
        let until = if postponed { future(&self.until, "until", today, faults) } else { None };
        let granted = verdict == Some(Verdict::Granted);
        let stages = if granted { self.plan(beside, faults) } else { Vec::new() };
        let signer = person(&self.next, "signer", faults);
        Some(Step::Decision { verdict: verdict?, reason, until, stages, signer: signer? })
    }

    fn signed(&self, faults: &mut Faults) -> Option<Step> {
        faults.when(self.yes.is_none(), || {
            Fault::new("agrees", "required", "请选择签字或退回", "Sign it, or send it back")
        });
        let note = maybe_text(self.note.as_deref(), "note", REASON_CHARS, faults);
        faults.when(self.yes == Some(false) && note.is_none(), || {
            Fault::new("note", "required", "退回要写原因", "Say why it is sent back")
        });
        Some(Step::Sign { agrees: self.yes?, note })
    }

    fn staged(&self, beside: &Beside<'_>, faults: &mut Faults) -> Option<Step> {
        let (today, running) = (beside.calendar.date(beside.now), beside.course.running());
        let number = running.and_then(|(i, _)| u32::try_from(i.saturating_add(1)).ok());
        faults.when(running.is_some() && self.stage != number, || {
            Fault::new("stage", "not_running", "这不是正在进行的阶段", "That stage does not run now")
        });
        let how = word(&self.word, "how", StageHow::from_key, faults);
        let text = self.said("text", &self.text, ("请写看到的情况", "Say what was seen"), faults);
        faults.when(running.is_some_and(|(_, s)| how == Some(StageHow::Confirmed) && today < s.plan.from), || {
            Fault::new("how", "not_begun", "这一阶段还没有开始", "The stage has not begun")
        });
        let first = running.is_none_or(|(i, _)| i == 0);
        let lasts = how == Some(StageHow::Prolonged) || (how == Some(StageHow::SteppedBack) && !first);
        let until = if lasts { future(&self.until, "until", today, faults) } else { None };
        faults.when(
            running.is_some_and(|(_, s)| how == Some(StageHow::Prolonged) && until.is_some_and(|d| d <= s.until)),
            || Fault::new("until", "not_longer", "延长后的日期应晚于原来的日期", "It must be later than it was"),
        );
        Some(Step::Stage { stage: self.stage?, how: how?, text, until })
    }

    fn appeal(&self, faults: &mut Faults) -> Option<Step> {
        let words = ("请写是哪一位家长申诉的", "Say who of the family appealed");
        let appealed_by = long_text(&self.family, "appealed_by", LINE_CHARS, words, faults);
        let text = self.said("text", &self.text, ("请写申诉的理由", "Say why"), faults);
        let decider = person(&self.next, "decider", faults);
        Some(Step::Appeal { appealed_by, text, decider: decider? })
    }

    fn answer(&self, beside: &Beside<'_>, faults: &mut Faults) -> Option<Step> {
        faults.when(self.yes.is_none(), || {
            Fault::new("grants", "required", "请选择是否同意复学", "Does the child come back after all?")
        });
        let reason = self.said("reason", &self.reason, ("请写明理由", "Give a reason"), faults);
        let stages = if self.yes == Some(true) { self.plan(beside, faults) } else { Vec::new() };
        Some(Step::Answer { grants: self.yes?, reason, stages })
    }

    fn said(&self, field: &str, typed: &str, words: (&str, &str), faults: &mut Faults) -> String {
        long_text(typed, field, REASON_CHARS, words, faults)
    }

    fn plan(&self, beside: &Beside<'_>, faults: &mut Faults) -> Vec<StagePlan> {
        let most = beside.terms.most_stages;
        faults.when(self.stages.is_empty(), || {
            Fault::new("stages", "required", "复学至少要有一个阶段", "There is at least one stage")
        });
        faults.when(self.stages.len() > usize::try_from(most).unwrap_or(usize::MAX), || {
            Fault::new("stages", "too_many", format!("最多 {most} 个阶段"), format!("At most {most} stages"))
        });
        let mut last = beside.calendar.date(beside.now).pred_opt();
        let mut out = Vec::new();
        for (i, stage) in self.stages.iter().take(20).enumerate() {
            let read = stage.read(i, last, beside, faults);
            last = read.as_ref().map(|s| s.until).or(last);
            out.extend(read);
        }
        out
    }
}
