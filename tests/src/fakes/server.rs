//! The server that every stand-in is.

use std::collections::{HashMap, VecDeque};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::Value;

/// Longer than anybody waits in a test.
const TOO_LONG: Duration = Duration::from_millis(900);

/// What a stand-in does with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Takes it.
    Take,
    /// Takes it, and the answer is lost.
    TakeSilently,
    /// Loses it, and the answer too.
    Lose,
    /// Answers a code of its own.
    Say(&'static str),
    /// Answers what nobody can read.
    Mumble,
    /// Answers 429 without its own words, as something in between would.
    Throttle,
    /// Takes it, after a while.
    TakeSlowly(Duration),
}

/// A call as a stand-in understood it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// What was asked for.
    pub action: String,
    /// To whom.
    pub to: String,
    /// The sender's own number of the message.
    pub id: String,
    /// Everything else.
    pub fields: HashMap<String, String>,
}

/// A call as it came.
pub(super) struct Raw {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) body: String,
}

impl Raw {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(super) fn queried(&self) -> HashMap<String, String> {
        pairs(&self.query)
    }

    pub(super) fn form(&self) -> HashMap<String, String> {
        pairs(&self.body)
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

fn pairs(text: &str) -> HashMap<String, String> {
    web::Query::<HashMap<String, String>>::from_query(text).unwrap().into_inner()
}

/// How a provider speaks.
pub(super) struct Dialect {
    /// Reads a call; what is wrong with it otherwise, with the code that the provider has for it.
    pub(super) read: fn(&Raw) -> Result<Call, (String, &'static str)>,
    /// Whether a call sends something.
    pub(super) sends: fn(&Call) -> bool,
    /// What a message is answered that was taken as the `n`th.
    pub(super) taken: fn(&Call, usize) -> (u16, Value),
    /// What any other call is answered, from what was taken and what became of it.
    pub(super) told: fn(&Call, &Book) -> (u16, Value),
    /// How it says a code.
    pub(super) says: fn(&str) -> (u16, Value),
}

/// What a stand-in remembers.
#[derive(Default)]
pub(super) struct Book {
    script: VecDeque<Act>,
    always: Option<Act>,
    pub(super) calls: Vec<Call>,
    pub(super) taken: Vec<Call>,
    /// What became of a message, by the sender's number.
    pub(super) fates: HashMap<String, bool>,
    /// What becomes of every other message.
    pub(super) fate_of_all: Option<bool>,
    /// What it answers to every question that sends nothing, instead of an answer.
    tells: Option<&'static str>,
    faults: Vec<String>,
}

impl Book {
    pub(super) fn fate(&self, id: &str) -> Option<bool> {
        self.fates.get(id).copied().or(self.fate_of_all)
    }
}

/// A stand-in.
pub struct Fake {
    /// Its address, without a path.
    pub url: String,
    book: Arc<Mutex<Book>>,
    handle: actix_web::dev::ServerHandle,
}

impl Fake {
    pub(super) fn start(dialect: Dialect) -> Self {
        let book: Arc<Mutex<Book>> = Arc::default();
        let state = web::Data::new((dialect, Arc::clone(&book)));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = move || App::new().app_data(state.clone()).default_service(web::to(answer));
        let server = HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        #[allow(clippy::disallowed_methods, reason = "it is stopped when the stand-in ends")]
        tokio::spawn(server);
        Self { url, book, handle }
    }

    /// What it does with the next messages.
    pub fn then(&self, acts: impl IntoIterator<Item = Act>) {
        self.book.lock().unwrap().script.extend(acts);
    }

    /// What it does with every message from now on.
    pub fn always(&self, act: Act) {
        self.book.lock().unwrap().always = Some(act);
    }

    /// What it answers from now on to questions that send nothing: a code of its own.
    pub fn tells(&self, code: &'static str) {
        self.book.lock().unwrap().tells = Some(code);
    }

    /// The calls that it refused, for tests that wanted them refused. Those that nobody asks for are faults.
    #[must_use]
    pub fn refused(&self) -> Vec<String> {
        std::mem::take(&mut self.book.lock().unwrap().faults)
    }

    /// Everything that was asked for, sent or not.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.book.lock().unwrap().calls.clone()
    }

    /// How often an action was asked for.
    #[must_use]
    pub fn count(&self, action: &str) -> usize {
        self.calls().iter().filter(|c| c.action == action).count()
    }

    /// The messages that it took.
    #[must_use]
    pub fn taken(&self) -> Vec<Call> {
        self.book.lock().unwrap().taken.clone()
    }

    /// What becomes of a message, for whoever asks.
    pub fn fate(&self, id: &str, delivered: bool) {
        self.book.lock().unwrap().fates.insert(id.to_owned(), delivered);
    }

    /// What becomes of every message whose fate is not known otherwise.
    pub fn fate_of_all(&self, delivered: bool) {
        self.book.lock().unwrap().fate_of_all = Some(delivered);
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if !std::thread::panicking() {
            let faults = &self.book.lock().unwrap().faults;
            assert!(faults.is_empty(), "calls that the provider would refuse: {faults:#?}");
        }
    }
}

async fn answer(state: web::Data<(Dialect, Arc<Mutex<Book>>)>, request: HttpRequest, body: String) -> HttpResponse {
    let (dialect, book) = &**state;
    let headers = request.headers().iter();
    let raw = Raw {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        headers: headers.map(|(k, v)| (k.to_string(), v.to_str().unwrap_or_default().to_owned())).collect(),
        body,
    };
    let call = match (dialect.read)(&raw) {
        Ok(call) => call,
        Err((what, code)) => {
            book.lock().unwrap().faults.push(what);
            return json((dialect.says)(code));
        }
    };
    let act = {
        let mut book = book.lock().unwrap();
        book.calls.push(call.clone());
        if !(dialect.sends)(&call) {
            return json(book.tells.map_or_else(|| (dialect.told)(&call, &book), dialect.says));
        }
        let act = book.script.pop_front().or_else(|| book.always.clone()).unwrap_or(Act::Take);
        if matches!(act, Act::Take | Act::TakeSilently | Act::TakeSlowly(_)) {
            book.taken.push(call.clone());
        }
        act
    };
    let nth = book.lock().unwrap().taken.len();
    match act {
        Act::Take => json((dialect.taken)(&call, nth)),
        Act::TakeSlowly(after) => {
            tokio::time::sleep(after).await;
            json((dialect.taken)(&call, nth))
        }
        Act::TakeSilently | Act::Lose => {
            tokio::time::sleep(TOO_LONG).await;
            HttpResponse::InternalServerError().finish()
        }
        Act::Say(code) => json((dialect.says)(code)),
        Act::Mumble => HttpResponse::Ok().body("<html>{\"Code\":"),
        Act::Throttle => HttpResponse::TooManyRequests().finish(),
    }
}

fn json((status, body): (u16, Value)) -> HttpResponse {
    HttpResponse::build(StatusCode::from_u16(status).unwrap()).json(body)
}
