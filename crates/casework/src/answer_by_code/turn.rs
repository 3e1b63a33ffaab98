//! What was answered under a number holds in the turn in which it was answered. A new turn asks anew.

use domain::code::CODE_TRIES;
use domain::escalation::ClimbState;
use domain::id::PersonId;
use storage::{AlertRecord, CodeRecord, DrillRecord, Tx};

use super::{CodeAnswer, CodeHolder, CodeState, CodeView};
use crate::{CaseError, Desk};

/// What a number is about.
pub(super) enum About {
    Alert(Box<AlertRecord>),
    Drill(Box<DrillRecord>),
}

impl About {
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Alert(alert) => alert.state.is_open(),
            Self::Drill(drill) => drill.runs(),
        }
    }

    /// Which turn of it this is.
    pub(super) fn epoch(&self) -> u32 {
        match self {
            Self::Alert(alert) => alert.climb.epoch,
            Self::Drill(drill) => drill.climb.epoch,
        }
    }

    fn climb(&self) -> ClimbState {
        match self {
            Self::Alert(alert) => alert.climb.state,
            Self::Drill(drill) => drill.climb.state,
        }
    }

    fn waits(&self) -> bool {
        matches!(self.climb(), ClimbState::Open { .. })
    }

    fn owner(&self) -> Option<PersonId> {
        match self {
            Self::Alert(alert) => alert.owner,
            Self::Drill(drill) => drill.owner,
        }
    }
}

/// Whoever is known by his session or his telephone answers the present turn, also under the number of an earlier one:
/// texts are answered where they stand. One that has had too many wrong tries stands for itself alone.
pub(super) async fn in_this_turn(
    tx: &Tx,
    who: CodeHolder<'_>,
    code: CodeRecord,
    about: &About,
) -> Result<CodeRecord, CaseError> {
    let known = match who {
        CodeHolder::Signed(_) | CodeHolder::Telephone(_) => code.tries < CODE_TRIES,
        CodeHolder::LastFour(_) | CodeHolder::Called(_) | CodeHolder::Reported(_) => false,
    };
    if !known || code.epoch == about.epoch() {
        return Ok(code);
    }
    Ok(tx.read()?.code_of(code.person, code.alert, about.epoch()).await?.unwrap_or(code))
}

/// Whether what was answered under a number still stands.
fn stands(code: &CodeRecord, about: &About) -> bool {
    let took = code.answer.as_deref() == Some(CodeAnswer::Take.key());
    code.answer.is_some() && code.epoch == about.epoch() && !(took && about.waits())
}

/// Whether an answer changes nothing: it was given already, or the number is used up for whoever gives it. What a provider
/// reports of a call is reported again and again, also when another turn has begun.
pub(super) fn is_idle(who: CodeHolder<'_>, code: &CodeRecord, about: &About, answer: CodeAnswer) -> bool {
    let Some(given) = code.answer.as_deref() else { return false };
    let (same, stands) = (given == answer.key(), stands(code, about));
    match who {
        CodeHolder::LastFour(_) => true,
        CodeHolder::Called(_) | CodeHolder::Reported(_) => same || (!stands && answer == CodeAnswer::Cannot),
        CodeHolder::Signed(_) | CodeHolder::Telephone(_) if stands => same,
        CodeHolder::Signed(_) | CodeHolder::Telephone(_) => code.tries >= CODE_TRIES,
    }
}

/// What is shown under a number.
pub(super) fn view(
    desk: &Desk,
    who: CodeHolder<'_>,
    code: &CodeRecord,
    about: &About,
    aside: Option<CodeState>,
) -> CodeView {
    let open = match about.climb() {
        ClimbState::Open { deadline, .. } => Some(deadline),
        ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => None,
    };
    let state = match open {
        _ if !about.is_open() => aside.unwrap_or(CodeState::Over),
        Some(_) if stands(code, about) => CodeState::Declined,
        Some(_) if is_idle(who, code, about, CodeAnswer::Take) => CodeState::Reopened,
        Some(_) => CodeState::Waiting,
        None if about.owner() == Some(code.person) => CodeState::Yours,
        None => aside.unwrap_or(CodeState::Others),
    };
    let signed = matches!(who, CodeHolder::Signed(_));
    let (alert, drill) = match about {
        About::Alert(alert) => (signed.then_some(alert.id), None),
        About::Drill(drill) => (None, Some(drill.id)),
    };
    let minutes = open.map(|at| ((at - desk.now()).num_seconds().max(0) + 59) / 60);
    CodeView { state, minutes, alert, drill, signed_in: signed, used: code.answer.is_some() && !signed }
}
