//! Answering under the six-digit number of a message: "I take it" or "I cannot, next please", without a session. Whoever
//! was told may answer, also when the alert has moved on since. Looking never acts.

mod turn;

use chrono::TimeDelta;
use domain::audit::Act;
use domain::code::{CODE_DAYS, CODE_TRIES, same_number};
use domain::delivery::Channel;
use domain::escalation::{ClimbState, Event};
use domain::fault::Fault;
use domain::id::{AlertId, DrillId, MessageId, PersonId};
use storage::{AlertRecord, AuditEntry, CodeRecord, Tx};

use self::turn::{About, in_this_turn, is_idle, view};
use crate::climbing::Climbing;
use crate::hand_over::stands;
use crate::may_hear::may_hear;
use crate::{CaseError, Desk, Signed};

/// What a provider says of a call in which a key was pressed. Nothing is signed: all that it says must fit.
#[derive(Debug, Clone, Copy)]
pub struct ReportedCall<'a> {
    /// The provider.
    pub provider: &'a str,
    /// Its own number of the call.
    pub call: &'a str,
    /// Whom it called, where it says so.
    pub number: Option<&'a str>,
    /// Our own number of the call, shortened, where it repeats it.
    pub ours: Option<&'a str>,
}

/// Who holds a number.
#[derive(Debug, Clone, Copy)]
pub enum CodeHolder<'a> {
    /// Somebody who is signed in.
    Signed(&'a Signed),
    /// Somebody who knows the last four digits of his own telephone.
    LastFour(&'a str),
    /// Whoever has the telephone with this number.
    Telephone(&'a str),
    /// Whoever pressed a key when this call was answered; it needs no digits.
    Called(MessageId),
    /// Whoever pressed a key in a call that its provider reports afterwards; it needs no digits.
    Reported(ReportedCall<'a>),
}

impl CodeHolder<'_> {
    /// By which way the answer came, for the log.
    fn way(self) -> &'static str {
        match self {
            Self::Signed(_) => "signed_in",
            Self::LastFour(_) => "code_page",
            Self::Telephone(_) => "sms_reply",
            Self::Called(_) | Self::Reported(_) => "voice_key",
        }
    }
}

impl ReportedCall<'_> {
    /// Whether what is said of our own number fits a call. Where it is not said, the telephone has to be.
    fn is_of(&self, message: MessageId) -> bool {
        self.ours.map_or(self.number.is_some(), |ours| ours == message.short())
    }
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeAnswer {
    /// I take it.
    Take,
    /// I cannot, next please.
    Cannot,
}

impl CodeAnswer {
    fn key(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Cannot => "cannot",
        }
    }
}

/// How things stand under a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// It waits for an answer.
    Waiting,
    /// The holder of the number has it in hand.
    Yours,
    /// Somebody else has it in hand.
    Others,
    /// Somebody else has it in hand, and offers it to the holder of the number.
    Offered,
    /// The holder said that he cannot.
    Declined,
    /// It waits again, in another turn than the one in which this number was used up: a newer number answers.
    Reopened,
    /// It is over.
    Over,
    /// It is over, and the day has come on which somebody looks again.
    Recheck,
}

/// What is shown under a number: nothing about anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeView {
    /// How things stand.
    pub state: CodeState,
    /// Whole minutes until the next rung is told, while it waits.
    pub minutes: Option<i64>,
    /// The alert, for somebody who is signed in.
    pub alert: Option<AlertId>,
    /// The drill, when it is nothing but that.
    pub drill: Option<DrillId>,
    /// Somebody who is signed in looks at it.
    pub signed_in: bool,
    /// The number was used; without a session it is good for one answer.
    pub used: bool,
}

/// Looks what a number stands for.
///
/// # Errors
/// [`CaseError::Invalid`] when it is nobody's, somebody else's, or was tried too often.
pub async fn look_up_code(desk: &Desk, who: CodeHolder<'_>, code: &str) -> Result<CodeView, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let found = find(desk, &mut tx, who, code).await?;
    let Some((code, about)) = found else {
        tx.commit().await?;
        return Err(wrong());
    };
    let code = in_this_turn(&tx, who, code, &about).await?;
    let aside = aside(desk, &tx, &code, &about).await?;
    Ok(view(desk, who, &code, &about, aside))
}

/// Answers under a number. Twice is once, in one turn of the alert: what was answered in a turn that is over does not
/// answer the next.
///
/// # Errors
/// [`CaseError::Invalid`] when it is nobody's, somebody else's, was tried or used too often.
pub async fn answer_by_code(
    desk: &Desk,
    who: CodeHolder<'_>,
    code: &str,
    answer: CodeAnswer,
) -> Result<CodeView, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let found = find(desk, &mut tx, who, code).await?;
    let Some((code, about)) = found else {
        tx.commit().await?;
        return Err(wrong());
    };
    let code = in_this_turn(&tx, who, code, &about).await?;
    if is_idle(who, &code, &about, answer) || !about.is_open() {
        let aside = aside(desk, &tx, &code, &about).await?;
        return Ok(view(desk, who, &code, &about, aside));
    }
    let about = match about {
        About::Alert(alert) => {
            tx.alone_with_student(alert.student).await?;
            let alert = tx.read()?.alert_for_service(alert.id).await?.ok_or(CaseError::NotFound)?;
            About::Alert(Box::new(act(desk, &mut tx, who, code.person, answer, alert).await?))
        }
        About::Drill(drill) => {
            let given = (code.person, answer, who.way());
            About::Drill(Box::new(crate::drill::answer_by_number(desk, &mut tx, *drill, given).await?))
        }
    };
    tx.answer_code(&code, answer.key(), desk.now()).await?;
    let code = CodeRecord { answer: Some(answer.key().to_owned()), epoch: about.epoch(), ..code };
    let aside = aside(desk, &tx, &code, &about).await?;
    tx.commit().await?;
    Ok(view(desk, who, &code, &about, aside))
}

async fn act(
    desk: &Desk,
    tx: &mut Tx,
    who: CodeHolder<'_>,
    person: PersonId,
    answer: CodeAnswer,
    alert: AlertRecord,
) -> Result<AlertRecord, CaseError> {
    let mut climbing = Climbing::of(desk, tx, alert).await?;
    let way = Some(serde_json::json!({ "via": who.way() }));
    let taken_by_other =
        !matches!(climbing.alert.climb.state, ClimbState::Open { .. }) && climbing.alert.owner != Some(person);
    let (event, kind, audited) = match answer {
        CodeAnswer::Take => (Event::Acknowledged { by: person }, "acknowledged", Act::Acknowledge),
        CodeAnswer::Cannot => (Event::Declined { by: person }, "declined", Act::Decline),
    };
    if !taken_by_other && climbing.step(desk, tx, &event, Some(person)).await? {
        match answer {
            CodeAnswer::Take => climbing.alert.owner = Some(person),
            // What somebody else has in hand is not his to give away.
            CodeAnswer::Cannot => climbing.alert.owner = climbing.alert.owner.filter(|owner| *owner != person),
        }
        climbing.log(tx, kind, Some(person), way).await?;
    }
    climbing.save(tx).await?;
    let line = AuditEntry {
        id: desk.ids.uuid(),
        at: desk.now(),
        person: Some(person),
        act: audited,
        student: Some(climbing.alert.student),
        object: Some(climbing.alert.id.to_string()),
        detail: Some(who.way().to_owned()),
        request: None,
    };
    tx.audit(&[line]).await?;
    Ok(climbing.alert)
}

/// The number's holder and alert; `None` when it is not this person's, or not for him any more. Wrong digits count.
async fn find(
    desk: &Desk,
    tx: &mut Tx,
    who: CodeHolder<'_>,
    code: &str,
) -> Result<Option<(CodeRecord, About)>, CaseError> {
    let since = desk.now() - TimeDelta::days(CODE_DAYS);
    let rows = match who {
        CodeHolder::Called(message) => tx.read()?.code_of_message(message).await?.into_iter().collect(),
        CodeHolder::Reported(call) => {
            let message = tx.read()?.call_of(call.provider, call.call).await?;
            match message.filter(|m| call.is_of(*m)) {
                Some(message) => tx.read()?.code_of_message(message).await?.into_iter().collect(),
                None => Vec::new(),
            }
        }
        CodeHolder::Signed(_) | CodeHolder::LastFour(_) | CodeHolder::Telephone(_) => {
            tx.read()?.codes(&desk.codes.hash(code.trim()), since).await?
        }
    };
    for row in rows {
        if matches!(who, CodeHolder::LastFour(_)) && row.tries >= CODE_TRIES {
            continue;
        }
        if !is_holder(tx, who, row.person).await? {
            if matches!(who, CodeHolder::LastFour(_)) {
                tx.count_try(&row).await?;
            }
            continue;
        }
        let read = tx.read()?;
        let Some(alert) = read.alert_for_service(row.alert).await? else {
            if let Some(drill) = read.drill(DrillId::new(row.alert.uuid())).await?
                && !read.is_disabled(row.person).await?
            {
                return Ok(Some((row, About::Drill(Box::new(drill)))));
            }
            continue;
        };
        let excluded = read.excluded_from(row.alert).await?.contains(&row.person);
        let hears = may_hear(&read, row.person, alert.audience, desk.now()).await?;
        if !excluded && hears && !read.is_disabled(row.person).await? {
            return Ok(Some((row, About::Alert(Box::new(alert)))));
        }
    }
    Ok(None)
}

async fn is_holder(tx: &Tx, who: CodeHolder<'_>, person: PersonId) -> Result<bool, CaseError> {
    let fits = |address: &str| match who {
        CodeHolder::Signed(_) | CodeHolder::Called(_) => false,
        CodeHolder::LastFour(four) => four.len() == 4 && address.ends_with(four),
        CodeHolder::Telephone(number) => same_number(address, number),
        CodeHolder::Reported(call) => call.number.is_some_and(|number| same_number(address, number)),
    };
    match who {
        CodeHolder::Signed(signed) => return Ok(signed.person() == person),
        CodeHolder::Called(_) => return Ok(true),
        // Our own number of it fits already, and was nobody else's.
        CodeHolder::Reported(ReportedCall { number: None, .. }) => return Ok(true),
        CodeHolder::LastFour(_) | CodeHolder::Telephone(_) | CodeHolder::Reported(_) => {}
    }
    let contacts = tx.read()?.contacts(person).await?;
    let called = |c: Channel| matches!(c, Channel::Sms | Channel::Voice);
    Ok(contacts.iter().any(|c| c.verified_at.is_some() && called(c.channel) && fits(&c.address)))
}

/// What is wanted of the holder of a number besides: whoever has it in hand offers it to him, or somebody is to look again.
async fn aside(desk: &Desk, tx: &Tx, code: &CodeRecord, about: &About) -> Result<Option<CodeState>, CaseError> {
    let About::Alert(alert) = about else { return Ok(None) };
    let read = tx.read()?;
    if !alert.state.is_open() {
        let waits = read.waits_for_recheck(alert.id, desk.now()).await?;
        return Ok(waits.then_some(CodeState::Recheck));
    }
    let pending = read.pending_hand_over(alert.id).await?;
    let offered = pending.is_some_and(|p| p.to.0 == code.person && stands(&p, alert));
    Ok(offered.then_some(CodeState::Offered))
}

fn wrong() -> CaseError {
    CaseError::Invalid(vec![Fault::new(
        "code",
        "wrong_code",
        "编号或手机号后四位不对，或编号已失效。请核对，或直接登录、拨打值班电话",
        "The number or the last four digits are wrong, or it is no longer good. Check them, sign in, or telephone",
    )])
}
