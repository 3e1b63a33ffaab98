//! Printing: from what a verb gave to the bytes of a document. Fonts are read at the first print and kept.

pub(crate) mod growth_file;
pub(crate) mod papers;
pub(crate) mod register;
pub(crate) mod respond;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::lang::Lang;
use paper::{Document, Fonts, Words};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::problem::Problem;
use crate::state::Api;

/// So many may wait for their print; more are told to come back.
const WAITING: usize = 20;

/// Where the fonts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFiles {
    /// The one that prints.
    pub font: PathBuf,
    /// Another one, for characters that the first has not.
    pub spare: Option<PathBuf>,
}

impl Default for FontFiles {
    /// Where Debian's fonts-noto-cjk puts it.
    fn default() -> Self {
        Self { font: PathBuf::from("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), spare: None }
    }
}

impl FontFiles {
    /// Reads them.
    ///
    /// # Errors
    /// When one is not there or is no Chinese font: which, and why.
    pub fn read(&self) -> Result<Fonts, String> {
        let bytes = |path: &Path| std::fs::read(path).map_err(|err| format!("{}: {err}", path.display()));
        let spare = self.spare.as_deref().map(bytes).transpose()?;
        Fonts::read(bytes(&self.font)?, spare).map_err(|err| format!("{}: {err}", self.font.display()))
    }
}

/// Where documents are printed, one at a time and beside everything else.
#[derive(Debug, Clone)]
pub struct Press {
    files: Arc<FontFiles>,
    fonts: Arc<Mutex<Option<Fonts>>>,
    waiting: Arc<Semaphore>,
    turn: Arc<Semaphore>,
}

impl Default for Press {
    fn default() -> Self {
        Self::of(FontFiles::default())
    }
}

/// Whose turn it is.
pub(crate) struct Turn<'a> {
    _waited: SemaphorePermit<'a>,
    _printing: SemaphorePermit<'a>,
}

impl Press {
    /// A press with these fonts.
    #[must_use]
    pub fn of(files: FontFiles) -> Self {
        let (waiting, turn) = (Arc::new(Semaphore::new(WAITING)), Arc::new(Semaphore::new(1)));
        Self { files: Arc::new(files), fonts: Arc::default(), waiting, turn }
    }

    /// Waits for a turn, before anything is looked up: whoever waits holds nothing.
    pub(crate) async fn turn(&self) -> Result<Turn<'_>, Problem> {
        let waited = self.waiting.try_acquire().map_err(|_| Problem::press_busy())?;
        let printing = self.turn.acquire().await.map_err(|_| Problem::press_busy())?;
        Ok(Turn { _waited: waited, _printing: printing })
    }

    /// The fonts; without them nothing is looked up, and nothing is printed.
    pub(crate) async fn fonts(&self) -> Result<Fonts, Problem> {
        if let Some(known) = self.known().clone() {
            return Ok(known);
        }
        let files = Arc::clone(&self.files);
        let read = tokio::task::spawn_blocking(move || files.read()).await.map_err(|_| Problem::internal())?;
        let fonts = read.map_err(|err| {
            tracing::error!(error = %err, "there is no font to print with");
            Problem::font_missing()
        })?;
        *self.known() = Some(fonts.clone());
        Ok(fonts)
    }

    /// Prints a document.
    pub(crate) async fn print(&self, document: Document, fonts: Fonts) -> Result<Vec<u8>, Problem> {
        let printed = tokio::task::spawn_blocking(move || paper::print(&document, &fonts)).await;
        let printed = printed.map_err(|_| Problem::internal())?.map_err(|err| {
            tracing::error!(error = %err, "a document could not be printed");
            Problem::internal()
        })?;
        if !printed.missing.is_empty() {
            tracing::warn!(characters = printed.missing.len(), "no font has some characters of a document");
        }
        Ok(printed.bytes)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Option<Fonts>> {
        self.fonts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The words around a document.
pub(crate) fn words_for(lang: Lang) -> Words {
    match lang {
        Lang::Zh => Words::ZH,
        Lang::En => Words::EN,
    }
}

/// The time of printing, in the school's time.
pub(crate) fn printed_at(api: &Api) -> String {
    api.desk.calendar.local(api.desk.now()).format("%Y-%m-%d %H:%M").to_string()
}
