//! Pages for people: every control is a link or a form first, improved by script where script is there.
//!
//! Invariants: a handler is extract → one verb → a view; a form is accepted from a page of ours alone; names in lists
//! are masked; what was typed is never lost.

mod affected;
mod alert;
mod alert_acts;
mod alert_story;
mod alert_view;
mod alerts;
pub(crate) mod assets;
mod care;
mod care_fields;
mod care_forms;
mod care_notices;
mod cases;
mod closing;
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
mod hand_over;
mod home;
mod leave;
mod leave_fields;
mod leave_names;
mod leave_plan_fields;
mod leave_story;
mod leave_write;
mod list_imports;
mod lists;
mod mandatory;
mod mandatory_form;
mod mandatory_list;
mod mandatory_view;
mod me;
mod me_view;
mod measures;
mod not_escalating;
mod observation;
mod origin;
mod papers;
mod plan;
mod plan_form;
mod recheck;
mod reports;
mod reports_view;
mod sheets;
mod sign_in;
mod student_hand_over_form;
mod student_hand_over_view;
mod student_hand_overs;
mod tasks;
pub(crate) mod texts;
pub(crate) mod view;
mod visitor;
mod watch;
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
    config.service(recheck::recheck);
    config.service(closing::close).service(not_escalating::not_escalate);
    config.service(hand_over::hand_over).service(hand_over::accept).service(hand_over::refuse);
    config.service(growth_file::growth_file).service(growth_file::growth_file_pdf);
    config.service(entry::new).service(entry::write).service(entry::show).service(entry::correct);
    config.service(list_imports::new).service(list_imports::upload).service(list_imports::show);
    config.service(list_imports::apply).service(list_imports::undo);
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
    config.service(reports::show).service(reports::file).service(reports::add);
    config.service(student_hand_overs::list).service(student_hand_overs::show);
    config.service(student_hand_overs::accept).service(student_hand_overs::refuse);
    config.service(student_hand_overs::withdraw).service(student_hand_overs::told);
    config.service(student_hand_over_form::show).service(student_hand_over_form::send);
    config.service(student_hand_over_form::show_unseal).service(student_hand_over_form::unseal);
    config.service(code::show).service(code::answer);
    config.service(tasks::list).service(tasks::show).service(tasks::end).service(tasks::hand_on);
    config.service(care::show).service(care::send);
    config.service(mandatory_list::list).service(mandatory::new).service(mandatory::report);
    config.service(mandatory::show).service(mandatory::told);
    config.service(papers::paper).service(papers::register_pdf).service(papers::register_xlsx);
    config.service(leave::show).service(leave::ask).service(leave::send);
    config.service(affected::show).service(affected::add);
    config.service(watch::show).service(watch::take_over).service(watch::show_end).service(watch::end);
}
