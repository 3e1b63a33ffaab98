//! The compiled program against real peers: an SMTP server, Kannel with its fake SMSC, PostgreSQL.

mod backup;
mod coverage;
mod crashes;
mod demonstration;
mod doctor;
mod feed;
mod mail_and_sms;
mod replies;
