//! Pages for people: every control is a link or a form first, improved by script where script is there.
//!
//! Invariants: a handler is extract → one verb → a view; a form is accepted from a page of ours alone; names in lists
//! are masked; what was typed is never lost.

mod alert;
mod alert_acts;
mod alert_story;
mod alert_view;
mod alerts;
pub(crate) mod assets;
mod cases;
mod code;
pub(crate) mod cookies;
mod demo_messages;
mod drill;
mod drill_view;
mod drill_words;
mod drills;
mod duty;
mod entry;
mod errors;
pub(crate) mod form;
mod frame;
mod growth_file;
mod home;
mod lists;
mod me;
mod me_view;
mod measures;
mod observation;
mod origin;
mod plan;
mod plan_form;
mod sheets;
mod sign_in;
pub(crate) mod texts;
pub(crate) mod view;
mod visitor;
mod words;

pub(crate) use errors::error_page;

use actix_web::web;

/// Puts the pages in place.
pub(crate) fn services(config: &mut web::ServiceConfig) {
    config.service(assets::asset);
    config.service(sign_in::show).service(sign_in::sign_in).service(sign_in::sign_out);
    config.service(home::home);
    config.service(observation::new::new).service(observation::post::post).service(observation::received::received);
    config.service(observation::mine::mine).service(observation::mine::worried);
    config.service(alerts::alerts).service(alert::alert);
    config.service(alert_acts::acknowledge).service(alert_acts::custody).service(alert_acts::assess);
    config.service(alert_acts::approve).service(alert_acts::reject);
    config.service(growth_file::growth_file);
    config.service(entry::new).service(entry::write).service(entry::show).service(entry::correct);
    config.service(lists::show).service(lists::put).service(lists::review).service(lists::end);
    config.service(lists::support).service(cases::cases).service(cases::members);
    config.service(plan::show).service(plan::write).service(plan::sign);
    config.service(measures::show).service(measures::report);
    config.service(demo_messages::messages);
    config.service(duty::show).service(duty::set).service(duty::remove);
    config.service(duty::stand_in);
    config.service(me::show).service(me::add).service(me::test).service(me::verify).service(me::remove);
    config.service(me::name_deputy).service(me::end_deputy).service(me::choose);
    config.service(drills::list).service(drills::start);
    config.service(drill::drill).service(drill::acknowledge).service(drill::decline);
    config.service(drill::custody).service(drill::end);
    config.service(code::show).service(code::answer);
}
