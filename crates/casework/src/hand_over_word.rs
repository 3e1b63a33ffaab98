//! The word with which a first password ends: whoever confirms a position hands it over, past whoever made the account.

use domain::fault::Fault;
use domain::id::PersonId;
use storage::{PasswordRecord, Tx};

use crate::attempt::Attempt;
use crate::{CaseError, Desk, Signed};

/// Neither 0 and O nor 1 and I: a word has eight of them.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// What it takes to end a first password, beside that password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordNeed {
    /// Nothing: it is none, or the account reads nothing that somebody confirms.
    Nothing,
    /// The word that was handed over.
    Word,
    /// A word that nobody was given yet.
    Waits,
}

pub(crate) fn word_needed(of: &PasswordRecord) -> WordNeed {
    match (of.first, &of.word, of.confirmable) {
        (false, _, _) | (true, None, false) => WordNeed::Nothing,
        (true, Some(_), _) => WordNeed::Word,
        (true, None, true) => WordNeed::Waits,
    }
}

/// What it takes to end one's own first password.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over_word_needed(desk: &Desk, by: &Signed) -> Result<WordNeed, CaseError> {
    let record = desk.storage.read().password_record(by.person()).await?;
    Ok(record.as_ref().map_or(WordNeed::Nothing, word_needed))
}

fn new_word(secret: &[u8; 32]) -> String {
    let letter = |b: &u8| LETTERS.get(usize::from(b % 32)).copied().map(char::from);
    secret.iter().take(8).filter_map(letter).collect()
}

/// By what it is known again: nobody without the key can try guesses on it.
fn hash_of_word(desk: &Desk, person: PersonId, word: &str) -> String {
    let plain: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    desk.codes.of_secret(&format!("hand-over word {person} {plain}"))
}

/// Under what wrong words are counted.
fn tries_of(person: PersonId) -> String {
    format!("word/{person}")
}

/// Gives an account a new word, in place of any before, where nobody knows yet who set its password: said once, and kept nowhere.
pub(crate) async fn give_word(desk: &Desk, tx: &mut Tx, person: PersonId) -> Result<Option<String>, CaseError> {
    let word = new_word(&desk.ids.secret());
    if !tx.give_hand_over_word(person, &hash_of_word(desk, person, &word)).await? {
        return Ok(None);
    }
    tx.clear_delay(&tries_of(person)).await?;
    Ok(Some(word))
}

/// What is wrong with a word that was typed. Wrong ones are counted as wrong passwords are.
pub(crate) async fn wrong_word(
    desk: &Desk,
    attempt: &Attempt<'_>,
    person: PersonId,
    before: &PasswordRecord,
    word: &str,
) -> Result<Option<Fault>, CaseError> {
    match word_needed(before) {
        WordNeed::Nothing => return Ok(None),
        WordNeed::Waits => return Ok(Some(not_yet())),
        WordNeed::Word => {}
    }
    if word.trim().is_empty() {
        let (zh, en) = ("请填写确认任职的人当面给您的口令", "the word that whoever confirmed your position handed you");
        return Ok(Some(Fault::new("word", "required", zh, en)));
    }
    let tries = attempt.beside(tries_of(person));
    tries.reserve().await?;
    if before.word.as_deref() != Some(hash_of_word(desk, person, word).as_str()) {
        let (zh, en) = ("口令不正确，可能已经换过新的", "this is not the word; there may be a newer one");
        return Ok(Some(Fault::new("word", "wrong_word", zh, en)));
    }
    let mut tx = desk.storage.begin().await?;
    tx.clear_delay(tries.subject()).await?;
    tx.commit().await?;
    Ok(None)
}

fn not_yet() -> Fault {
    let zh = "等校长确认后凭口令修改：确认任职的人会当面给您；早已确认过的，请他在“任职确认”页补发";
    let en = "it takes the word of whoever confirms your position, who hands it to you; confirmed long ago, ask for a new one";
    Fault::new("word", "not_confirmed_yet", zh, en)
}
