//! Open lines to a mail server, kept for the next mail. The protocol is lettre's; the socket is ours, since a mail's last
//! five bytes go out by themselves, and without `TCP_NODELAY` they wait some 40 ms for the other side's acknowledgement.

use std::sync::{Mutex, PoisonError};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// How a line is protected.
#[derive(Clone)]
pub(super) enum Protection {
    /// TLS from the first byte.
    Tls(TlsParameters),
    /// STARTTLS, and nothing without it.
    Starttls(TlsParameters),
    /// In the clear.
    None,
}

/// Why nothing was sent, or nobody knows.
pub(super) enum LineError {
    /// The server cannot be reached.
    Away(std::io::Error),
    /// What the server, or lettre, said.
    Smtp(Error),
}

impl From<Error> for LineError {
    fn from(err: Error) -> Self {
        Self::Smtp(err)
    }
}

impl From<std::io::Error> for LineError {
    fn from(err: std::io::Error) -> Self {
        Self::Away(err)
    }
}

/// Lines to one server.
pub(super) struct Lines {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) protection: Protection,
    pub(super) credentials: Option<Credentials>,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
    places: Semaphore,
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl Lines {
    pub(super) fn new(
        host: String,
        port: u16,
        protection: Protection,
        credentials: Option<Credentials>,
        most: u32,
    ) -> Self {
        let most = usize::try_from(most.max(1)).unwrap_or(1);
        Self { host, port, protection, credentials, idle: Mutex::default(), places: Semaphore::new(most) }
    }

    /// Sends a mail. A line that is given up half way, or on which something went wrong, is not used again.
    pub(super) async fn send(&self, mail: &lettre::Message) -> Result<(), LineError> {
        let _place = self.places.acquire().await;
        let mut line = self.line().await?;
        let sent = line.send(mail.envelope(), &mail.formatted()).await;
        if sent.is_ok() && !line.has_broken() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
        Ok(sent.map(|_| ())?)
    }

    /// Opens a line of its own, signs in, and hangs up.
    pub(super) async fn try_out(&self) -> Result<(), LineError> {
        let mut line = self.open().await?;
        line.command(lettre::transport::smtp::commands::Noop).await?;
        // What is said to a good-bye changes nothing.
        let _ = line.quit().await;
        Ok(())
    }

    /// A line that still answers, or a new one.
    async fn line(&self) -> Result<AsyncSmtpConnection, LineError> {
        loop {
            let known = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(mut known) = known else { return self.open().await };
            if known.test_connected().await {
                return Ok(known);
            }
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, LineError> {
        let (server, hello) = ((self.host.as_str(), self.port), ClientId::default());
        let mut line = match &self.protection {
            Protection::Tls(tls) => {
                AsyncSmtpConnection::connect_tokio1(server, None, &hello, Some(tls.clone()), None).await?
            }
            Protection::Starttls(_) | Protection::None => {
                let stream = TcpStream::connect(server).await?;
                stream.set_nodelay(true)?;
                AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?
            }
        };
        if let Protection::Starttls(tls) = &self.protection {
            line.starttls(tls.clone(), &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(line)
    }
}
