//! The one table from errors to HTTP: RFC 9457 problems with stable codes.

use std::fmt;

use actix_web::error::{PathError, QueryPayloadError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError, web};
use casework::CaseError;
use domain::fault::Fault;
use domain::lang::Lang;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::body::is_late;
use crate::state::BODY_BYTES;

/// Everything that a request can be answered with instead of what it asked for.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    zh: &'static str,
    en: &'static str,
    pub(crate) faults: Vec<Fault>,
    pub(crate) retry_after: Option<i64>,
    /// The methods that the address knows.
    allow: Option<&'static str>,
    /// What stands now, and what was sent, where somebody was quicker.
    pub(crate) both: Option<Box<(Value, Value)>>,
}

/// `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemBody {
    /// Names the kind of problem.
    r#type: String,
    /// In the language of the request.
    title: String,
    /// The status once more.
    status: u16,
    /// Stable, snake_case.
    code: String,
    /// By which the operator finds it in the logs.
    request_id: String,
    /// Every fault of the input.
    errors: Vec<ProblemFault>,
    /// What stands now, where somebody was quicker with a text that both have written.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Value>,
    /// What was sent and not kept, in the same case.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<Value>,
}

/// One fault of an input.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemFault {
    /// The field; empty when it is about the whole.
    field: String,
    /// Stable, snake_case.
    code: String,
    /// In the language of the request.
    message: String,
}

impl Problem {
    fn of(status: StatusCode, code: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { status, code, zh, en, faults: Vec::new(), retry_after: None, allow: None, both: None }
    }

    pub(crate) fn not_found() -> Self {
        Self::of(StatusCode::NOT_FOUND, "not_found", "没有找到", "Not found")
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::of(StatusCode::UNAUTHORIZED, "not_signed_in", "请先登录", "Please sign in")
    }

    pub(crate) fn invalid(faults: Vec<Fault>) -> Self {
        let mut p =
            Self::of(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "有内容需要修改", "Something needs to be changed");
        p.faults = faults;
        p
    }

    pub(crate) fn malformed(field: &str, zh: &str, en: &str) -> Self {
        let mut p = Self::of(StatusCode::BAD_REQUEST, "malformed", "请求无法读取", "The request cannot be read");
        p.faults = vec![Fault::new(field, "malformed", zh, en)];
        p
    }

    pub(crate) fn too_large() -> Self {
        Self::of(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "内容太大", "The body is too large")
    }

    /// The body took too long to arrive.
    pub(crate) fn too_slow() -> Self {
        Self::of(StatusCode::REQUEST_TIMEOUT, "too_slow", "内容传得太慢，请重试", "The body took too long; try again")
    }

    pub(crate) fn method_not_allowed(methods: &'static str) -> Self {
        let mut p = Self::of(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "这个网址不支持这种请求方法",
            "This address does not know that method",
        );
        p.allow = Some(methods);
        p
    }

    pub(crate) fn precondition_required() -> Self {
        Self::of(
            StatusCode::PRECONDITION_REQUIRED,
            "precondition_required",
            "缺少 If-Match：请带上最近一次读到的 ETag",
            "If-Match is missing: send the ETag of your last read",
        )
    }

    /// Somebody was quicker: what stands now is shown beside what was sent.
    pub(crate) fn overtaken(current: &impl Serialize, sent: Value) -> Self {
        let current = serde_json::to_value(current).unwrap_or_default();
        Self { both: Some(Box::new((current, sent))), ..CaseError::Stale.into() }
    }

    pub(crate) fn cross_site() -> Self {
        Self::of(StatusCode::FORBIDDEN, "cross_site", "请求来自别的网站", "The request comes from another site")
    }

    /// Nothing can be printed here until somebody installs a font.
    pub(crate) fn font_missing() -> Self {
        Self::of(
            StatusCode::SERVICE_UNAVAILABLE,
            "font_missing",
            "服务器缺少打印用的中文字体，请联系管理员",
            "The server has no Chinese font to print with; tell the administrator",
        )
    }

    /// Too many wait for their print.
    pub(crate) fn press_busy() -> Self {
        let mut p = Self::of(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "正在打印的人太多，请稍后再试",
            "Too many are printing; try again soon",
        );
        p.retry_after = Some(10);
        p
    }

    pub(crate) fn internal() -> Self {
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, "internal", "系统出了错", "Something went wrong here")
    }

    pub(crate) fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }

    pub(crate) fn body(&self, lang: Lang, request_id: String) -> ProblemBody {
        let fault = |f: &Fault| ProblemFault {
            field: f.field.clone(),
            code: f.code.to_owned(),
            message: f.message(lang).to_owned(),
        };
        ProblemBody {
            r#type: format!("/problems/{}", self.code),
            title: self.title(lang).to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            request_id,
            errors: self.faults.iter().map(fault).collect(),
            current: self.both.as_ref().map(|b| b.0.clone()),
            sent: self.both.as_ref().map(|b| b.1.clone()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// The body is written by the middleware, which knows the language and the request's id.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut builder = HttpResponseBuilder::new(self.status);
        if let Some(seconds) = self.retry_after {
            builder.insert_header(("Retry-After", seconds.to_string()));
        }
        if let Some(methods) = self.allow {
            builder.insert_header(("Allow", methods));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            builder.insert_header(("WWW-Authenticate", "Bearer"));
        }
        let mut response = builder.finish();
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<CaseError> for Problem {
    fn from(err: CaseError) -> Self {
        match err {
            CaseError::Invalid(faults) => Self::invalid(faults),
            CaseError::NotFound => Self::not_found(),
            CaseError::Forbidden => {
                Self::of(StatusCode::FORBIDDEN, "forbidden", "您不能做这一步", "You may not do that")
            }
            CaseError::Stale => Self::of(
                StatusCode::PRECONDITION_FAILED,
                "stale",
                "内容已被别人更改，请重新打开后再试",
                "It has changed since you read it; read it again",
            ),
            CaseError::Conflict(code) => conflict(code),
            CaseError::StillNeeded(faults) => Self { faults, ..conflict("still_needed") },
            CaseError::KeyReused => Self::of(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_reused",
                "同一个幂等键用在了不同的内容上",
                "This idempotency key was used with another body",
            ),
            CaseError::InProgress => {
                let mut p = Self::of(
                    StatusCode::CONFLICT,
                    "in_progress",
                    "同一个幂等键的请求还在处理，请稍后用同一个键重试",
                    "The first request with this idempotency key is not done yet; keep it and try again",
                );
                p.retry_after = Some(1);
                p
            }
            CaseError::InvalidCredentials => Self::of(
                StatusCode::UNAUTHORIZED,
                "invalid_credentials",
                "登录名或密码不正确",
                "Wrong login or password",
            ),
            CaseError::TooMany { seconds } => {
                let mut p = Self::of(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too_many_attempts",
                    "尝试次数过多，请稍后再试",
                    "Too many attempts; try again later",
                );
                p.retry_after = Some(seconds);
                p
            }
            CaseError::Busy => busy(),
            CaseError::NotSignedIn => Self::not_signed_in(),
            CaseError::PasswordChangeRequired => {
                let (zh, en) = ("请先修改初始密码", "Change your first password before anything else");
                Self::of(StatusCode::FORBIDDEN, "password_change_required", zh, en)
            }
            CaseError::Storage(err) => {
                tracing::error!(error = %err, "the database refused");
                let mut p = Self::of(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "not_kept",
                    "没有保存成功，请重试；紧急情况请直接打电话",
                    "Nothing was kept; try again, and telephone if it is urgent",
                );
                p.retry_after = Some(5);
                p
            }
        }
    }
}

fn busy() -> Problem {
    let mut p = Problem::of(
        StatusCode::SERVICE_UNAVAILABLE,
        "busy",
        "现在登录的人太多，请稍后再试",
        "Too busy; try again soon",
    );
    p.retry_after = Some(10);
    p
}

fn conflict(code: &'static str) -> Problem {
    let (zh, en) = match code {
        "attachment_withdrawn" => ("这个附件已经撤下", "The file was withdrawn"),
        "alert_closed" => ("这条预警已经结案", "The alert is closed"),
        "proposal_pending" => ("另有一项决定等待复核签字", "Another decision waits for its second signature"),
        "no_proposal" => ("没有等待复核的决定", "Nothing waits for a second signature"),
        "nobody_has_it" => ("还没有人接手，请先接手再转交", "Nobody has it in hand: take it first"),
        "hand_over_pending" => ("已经在等另一个人接收", "It is offered to somebody already"),
        "no_hand_over" => ("没有等待您接收的转交", "Nothing is offered to you"),
        "does_not_climb" => (
            "现在没有在上报：已经有人接手，或期限已过",
            "It does not climb now: somebody has it in hand, or the time is over",
        ),
        "at_the_top" => ("已经报到最上一级，没有再上一级", "It stands on the top rung: there is nobody above"),
        "not_escalating_already" => ("已经有一项暂不上报的决定", "It is kept from climbing already"),
        "sample_looked_at" => ("这项决定已经有人看过", "Somebody has looked at this decision already"),
        "no_recheck" => ("没有等待回访，或已经有人看过", "Nobody is to look again, or somebody has"),
        "same_person" => ("复核签字必须是另一个人", "The second signature must be another person's"),
        "already_applied" => ("这次导入已经应用过", "The import was applied already"),
        "not_applied" => ("这次导入还没有应用", "The import has not been applied"),
        "already_undone" => ("这次导入已经撤销过", "The import was taken back already"),
        "too_late_to_undo" => ("超过七天的导入不能撤销", "An import older than seven days cannot be taken back"),
        "already_begun" => ("已经开始，不能撤销", "It has begun and cannot be taken back"),
        "still_needed" => ("还有事情要先交给别人", "Something has to be handed to somebody else first"),
        "too_many_contacts" => ("联系方式太多，请先删除一些", "Too many contact methods; take one away first"),
        "not_for_yourself" => ("不能给自己安排职务", "Not a position for yourself"),
        "account_closed" => ("这个账号已经停用", "The account is closed"),
        "not_confirmed_yet" => {
            ("任职还没有确认；确认时会给出口令", "The position is not confirmed yet; to confirm it gives a word")
        }
        "no_first_password" => {
            ("这个账号已经不是初始密码，不需要口令", "The account has no first password, and needs no word")
        }
        "already_decided" => ("已经确认过，或已经不同意", "Somebody has decided on it already"),
        "not_yourself" => ("不能停用自己的账号", "Not your own account"),
        "already_verified" => ("已经验证过", "It is verified already"),
        "test_expired" => ("验证码已过期，请重新发送", "The test has expired; send another"),
        "already_ended" => ("已经结束", "It has ended already"),
        "drill_running" => ("本校已有一场演练在进行", "A drill is running in this school"),
        "real_alert_open" => (
            "本校有红色响应正在处理，此时不能演练",
            "The school has a red that is being seen to; there can be no drill now",
        ),
        "task_ended" => ("这项任务已经办结或转交", "This task has ended already"),
        "watch_running" => ("专人监护还没有结束，不能结案", "Somebody is still on watch: end the watch first"),
        "no_watch" => ("没有正在进行的专人监护", "No watch is running"),
        "already_went" => ("已经登记过去了", "It is noted already that they went"),
        "already_back" => ("已经登记过结果", "What came of it is noted already"),
        "on_leave_already" => ("这名学生已经在休学", "The student is on leave already"),
        "decided_before" => {
            ("参与过原决定的人不能决定申诉", "Whoever had a part in the decision does not decide the appeal")
        }
        "ends_with_its_record" => {
            ("这项任务不能直接办结：请到相应的页面登记", "It ends by what is written down about it: go to its own page")
        }
        "ends_by_record" => (
            "这是法律要求的报告：登记报告给了谁以后自动办结",
            "The law demands it: it ends when it is recorded who was told",
        ),
        "already_on_list" => ("已在这份清单上", "The student is on that list already"),
        "plan_superseded" => ("已有更新的一版方案", "There is a newer version of the plan"),
        "writer_signs_first" => ("请先由撰写人签字", "Its writer signs first"),
        "already_noted" => ("已经登记过", "It is noted already"),
        "already_signed" => ("已经签过字", "It is signed already"),
        "not_corrected_here" => ("这一类记录不在这里更正", "Entries of this kind are not corrected here"),
        "already_exists" => ("已经存在", "It exists already"),
        other => student_words(other),
    };
    Problem::of(StatusCode::CONFLICT, code, zh, en)
}

/// What stands in the way of handing a student over.
fn student_words(code: &str) -> (&'static str, &'static str) {
    match code {
        "student_hand_over_waits" => ("这名学生已有一份交接在等待接收", "A hand-over of this student waits already"),
        "student_hand_over_ended" => ("这份交接已经有了结果", "This hand-over has been answered already"),
        "not_told_by_telephone" => (
            "有橙色或红色预警未结案：须先由原学校在到校第一天之前打电话告知，并登记",
            "An orange or red is open: the sender tells you by telephone before the first day, and writes it down",
        ),
        "nothing_sealed" => ("这份档案没有封存的部分", "Nothing of this file is sealed"),
        other => crate::problem_home::words(other),
    }
}

pub(crate) fn query_config() -> web::QueryConfig {
    web::QueryConfig::default()
        .error_handler(|err: QueryPayloadError, _| Problem::malformed("", "网址里的参数有误", &err.to_string()).into())
}

/// An id that does not parse does not exist.
pub(crate) fn path_config() -> web::PathConfig {
    web::PathConfig::default().error_handler(|_: PathError, _| Problem::not_found().into())
}

pub(crate) fn form_config() -> web::FormConfig {
    web::FormConfig::default().limit(BODY_BYTES).error_handler(|err, _| form_problem(&err).into())
}

fn form_problem(err: &UrlencodedError) -> Problem {
    if matches!(err, UrlencodedError::Overflow { .. }) {
        Problem::too_large()
    } else if matches!(err, UrlencodedError::Payload(cause) if is_late(cause)) {
        Problem::too_slow()
    } else {
        Problem::malformed("", "表单有误", &err.to_string())
    }
}
