//! Drills.

use super::duty::Pick;
use super::parts::{Choice, Deadline, Errors, Moment};
use super::shell::Shell;
use askama::Template;

/// `GET /drills`: what runs, a form to start one, and what the earlier ones came to.
#[derive(Debug, Clone, Template)]
#[template(path = "drills.html", whitespace = "minimize")]
pub(crate) struct Drills {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of the form.
    pub(crate) errors: Errors,
    /// The drills that run.
    pub(crate) running: Vec<Running>,
    /// The form, for whoever may start one and has none running.
    pub(crate) form: Option<StartForm>,
    /// Whether the reader reads reports.
    pub(crate) reads: bool,
    /// Those that are over, the latest first.
    pub(crate) earlier: Vec<Earlier>,
}

/// A drill that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Running {
    /// Its page.
    pub(crate) href: String,
    /// On which ladder: 红色演练. It has the colour of drills, never that of a level.
    pub(crate) kind: &'static str,
    /// How it stands.
    pub(crate) state: &'static str,
    /// Since when.
    pub(crate) started: Moment,
}

/// The form that starts one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StartForm {
    /// The schools, where there are several.
    pub(crate) schools: Vec<Pick>,
    /// Red or orange.
    pub(crate) levels: Vec<Choice>,
    /// Grades and classes.
    pub(crate) units: Vec<Pick>,
    /// As typed.
    pub(crate) note: String,
    /// The most characters of it.
    pub(crate) note_limit: usize,
    /// By night as well.
    pub(crate) by_night: bool,
    /// It is night, or a day off.
    pub(crate) night_now: bool,
    /// The district as well.
    pub(crate) district: bool,
}

/// A drill that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Earlier {
    /// Its page.
    pub(crate) href: String,
    /// On which ladder: 红色演练. It has the colour of drills, never that of a level.
    pub(crate) kind: &'static str,
    /// When it was.
    pub(crate) started: Moment,
    /// How it ended.
    pub(crate) how: &'static str,
    /// By night, with the district.
    pub(crate) scope: String,
    /// Label and figure; empty for whoever reads no reports.
    pub(crate) figures: Vec<Figure>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    /// What is measured.
    pub(crate) label: &'static str,
    /// How much.
    pub(crate) value: String,
    /// Whether it is bad news.
    pub(crate) bad: bool,
}

/// `GET /drills/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "drill.html", whitespace = "minimize")]
pub(crate) struct Drill {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults of the form.
    pub(crate) errors: Errors,
    /// Its id.
    pub(crate) id: String,
    /// On which ladder: 红色演练. It has the colour of drills, never that of a level.
    pub(crate) kind: &'static str,
    /// The school.
    pub(crate) school: String,
    /// How it stands, or how it ended.
    pub(crate) state: String,
    /// Whether it runs.
    pub(crate) runs: bool,
    /// Whether somebody took it: the others need not have answered then.
    pub(crate) spared: bool,
    /// Who has it in hand; for readers of the report.
    pub(crate) owner: Option<String>,
    /// When it moves next, and what that is called.
    pub(crate) next: Option<(&'static str, Deadline)>,
    /// When it ends by itself.
    pub(crate) ends: Option<Deadline>,
    /// Label and value; for readers of the report.
    pub(crate) meta: Vec<(&'static str, String)>,
    /// Whether the reader may end it.
    pub(crate) may_end: bool,
    /// The reader's own part.
    pub(crate) own: Option<Own>,
    /// The figures.
    pub(crate) figures: Vec<Figure>,
    /// The rungs.
    pub(crate) rungs: Vec<Rung>,
    /// Who never answered, once it is over; nothing for whoever reads no report.
    pub(crate) silent: Option<Vec<String>>,
    /// What was found.
    pub(crate) findings: Vec<&'static str>,
}

/// The reader's own part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    /// What he got.
    pub(crate) messages: Vec<Message>,
    /// What he answered.
    pub(crate) answers: Vec<String>,
    /// Whether he may take it.
    pub(crate) may_take: bool,
    /// Whether he may give it on.
    pub(crate) may_decline: bool,
    /// The form of a custody.
    pub(crate) custody: Option<CustodyFields>,
}

/// What was typed about who is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CustodyFields {
    /// Open at once.
    pub(crate) open: bool,
    /// Which adult.
    pub(crate) adult: String,
    /// Where.
    pub(crate) place: String,
    /// Since when.
    pub(crate) since: String,
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rung {
    /// Its name: 第 1 级 · 学校.
    pub(crate) name: String,
    /// When it was told, and how long after the start.
    pub(crate) told: String,
    /// Who is on it.
    pub(crate) people: Vec<Person>,
}

/// Somebody on a rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The name.
    pub(crate) name: String,
    /// The office.
    pub(crate) office: String,
    /// What he got.
    pub(crate) messages: Vec<Message>,
    /// What he answered, when, and how; empty for silence.
    pub(crate) answers: Vec<String>,
}

/// What somebody got by one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// The channel.
    pub(crate) channel: &'static str,
    /// What became of it, with times.
    pub(crate) state: String,
    /// The CSS class.
    pub(crate) class: &'static str,
}
