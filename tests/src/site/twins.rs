//! Sites that begin where another one stands.

use std::path::Path;

use sea_orm::DatabaseConnection;

use super::{Plan, Site, Smtp};
use crate::database::{Scratch, behind_url, postgres_twin_url};

impl Site {
    /// Another site with a copy of this one's data, on ports of its own. Nobody may be at work on this one.
    pub async fn twin(&self, plan: Plan) -> Self {
        let scratch = Scratch::new();
        let database = match self.database.strip_prefix("sqlite:") {
            Some(file) => {
                for end in ["", "-wal"] {
                    let from = format!("{file}{end}");
                    if Path::new(&from).exists() {
                        std::fs::copy(&from, scratch.0.join(format!("xindeng.db{end}"))).unwrap();
                    }
                }
                format!("sqlite:{}", scratch.0.join("xindeng.db").display())
            }
            None => postgres_twin_url(&self.database).await,
        };
        let mut twin = Self::on(scratch, database, plan);
        twin.students.clone_from(&self.students);
        twin
    }

    /// Another program on the same data, on a port of its own. Start it beside this one.
    #[must_use]
    pub fn sibling(&self, smtp: &Smtp) -> Self {
        let mut sibling = Self::on(Scratch::new(), self.database.clone(), self.plan.clone()).mailing_to(smtp);
        sibling.students.clone_from(&self.students);
        sibling
    }

    /// A connection of one's own to its database.
    pub async fn behind(&self) -> DatabaseConnection {
        behind_url(&self.database).await
    }

    /// What the program has said.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.scratch.0.join("log")).unwrap_or_default()
    }

    /// The mails go to a server that others use too.
    #[must_use]
    pub fn mailing_to(mut self, smtp: &Smtp) -> Self {
        let text = std::fs::read_to_string(&self.config).unwrap();
        let port = |p: u16| format!("[mail]\nhost = \"127.0.0.1\"\nport = {p}\n");
        let (own, theirs) = (port(self.smtp_port), port(smtp.port));
        assert!(text.contains(&own));
        std::fs::write(&self.config, text.replace(&own, &theirs)).unwrap();
        self.smtp_port = smtp.port;
        self.mail_dir.clone_from(&smtp.dir);
        self
    }
}
