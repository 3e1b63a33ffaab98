//! `/demo/messages`: what the demonstration would have sent. There is no such page elsewhere.

use std::path::Path;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use domain::delivery::Channel;
use serde::Deserialize;

use super::form::Fields;
use super::frame::{page, shell_for};
use super::view::demo_messages::{DemoChannel, DemoMessage, DemoMessages};
use super::view::parts::NavLink;
use super::visitor::{PageError, Visitor};
use super::words::{moment, words_of};
use crate::problem::Problem;
use crate::state::Api;

const SHOWN: usize = 50;

/// A letter as it lies in the directory.
#[derive(Debug, Deserialize)]
struct Captured {
    channel: String,
    to: String,
    subject: String,
    text: String,
    at: domain::time::Timestamp,
}

/// The letters of the demonstration, latest first.
#[get("/demo/messages")]
pub(crate) async fn messages(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let folder = api.settings.demonstration.clone().ok_or_else(Problem::not_found)?;
    let (channel, before) = (fields.get("channel").to_owned(), fields.get("before").to_owned());
    let read = tokio::task::spawn_blocking(move || letters(&folder, &channel, &before)).await;
    let (found, more) = read.map_err(|_| Problem::internal())?;
    let view = DemoMessages {
        shell: shell_for(&api, &who).await?,
        filters: filters(&fields, &who),
        messages: found.iter().filter_map(|(_, letter)| shown(&api, &who, letter)).collect(),
        next_href: found.last().filter(|_| more).map(|(name, _)| {
            format!("/demo/messages?channel={}&before={name}", super::visitor::encoded(fields.get("channel")))
        }),
    };
    Ok(page(StatusCode::OK, &view)?)
}

/// Names begin with the time, so that they sort by it.
fn letters(folder: &Path, channel: &str, before: &str) -> (Vec<(String, Captured)>, bool) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|e| e.file_name().into_string().ok())
        .filter(|n| n.ends_with(".json") && !n.starts_with('.'))
        .filter(|n| channel.is_empty() || n.contains(&format!("-{channel}-")))
        .filter(|n| before.is_empty() || n.as_str() < before)
        .collect();
    names.sort_unstable_by(|a, b| b.cmp(a));
    let more = names.len() > SHOWN;
    let read = |name: String| {
        let text = std::fs::read_to_string(folder.join(&name)).ok()?;
        Some((name, serde_json::from_str(&text).ok()?))
    };
    (names.into_iter().take(SHOWN).filter_map(read).collect(), more)
}

fn filters(fields: &Fields, who: &Visitor) -> Vec<NavLink> {
    let all = ("", words_of(who.lang).texts().demo.all);
    let channels = [Channel::Voice, Channel::Sms, Channel::Mail].map(|c| (c.key(), c.name(who.lang)));
    let link = |(key, label): (&str, &str)| NavLink {
        href: if key.is_empty() { "/demo/messages".to_owned() } else { format!("/demo/messages?channel={key}") },
        label: label.to_owned(),
        count: None,
        current: fields.get("channel") == key,
    };
    [all].into_iter().chain(channels).map(link).collect()
}

fn shown(api: &Api, who: &Visitor, letter: &Captured) -> Option<DemoMessage> {
    let carried = Channel::from_key(&letter.channel)?;
    let channel = match carried {
        Channel::Mail => DemoChannel::Mail,
        Channel::Voice => DemoChannel::Voice,
        Channel::Sms | Channel::Wecom | Channel::Dingtalk | Channel::Null => DemoChannel::Sms,
    };
    Some(DemoMessage {
        channel,
        channel_label: carried.name(who.lang).to_owned(),
        person: String::new(),
        address: letter.to.clone(),
        at: moment(api, letter.at),
        subject: letter.subject.clone(),
        text: letter.text.clone(),
    })
}
