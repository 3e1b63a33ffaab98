//! Somebody changes his own password. Whoever made the account knew the first one; nobody but its owner knows this one.

use domain::audit::Act;
use domain::contact_change::ContactChange;
use domain::fault::Fault;
use domain::password::LONGEST_BYTES;
use storage::PasswordRecord;

use crate::attempt::{Attempt, hash};
use crate::contacts::tell_everywhere;
use crate::hand_over_word::{WordNeed, word_needed, wrong_word};
use crate::new_password::wrong_with_the_new;
use crate::{CaseError, Desk, Signed};

/// What somebody types who changes his password.
#[derive(Clone, Copy)]
pub struct PasswordChange<'a> {
    /// The present one.
    pub current: &'a str,
    /// The one that is to be.
    pub new: &'a str,
    /// The one that is to be once more, where a hand typed it.
    pub again: Option<&'a str>,
    /// The word that was handed over, where the first password takes one to end.
    pub word: &'a str,
    /// The login that the device has signed in to before, and what marks it: another login's counts for nothing.
    pub device: Option<(&'a str, &'a str)>,
}

impl std::fmt::Debug for PasswordChange<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordChange")
    }
}

/// Changes one's own password. Wrong present ones are counted with those of signing in. Every session of the person ends, the
/// one in which it was changed as well: whoever began it may have been somebody else. He is told wherever he is reached.
///
/// # Errors
/// Every fault of what was typed at once, [`CaseError::TooMany`] or [`CaseError::Busy`].
pub async fn change_password(desk: &Desk, by: &Signed, change: PasswordChange<'_>) -> Result<(), CaseError> {
    let before = desk.storage.read().password_record(by.person()).await?.ok_or(CaseError::NotSignedIn)?;
    let mut wrong: Vec<Fault> = looked_at(desk, by, &before, change).await?.into_iter().collect();
    wrong.extend(wrong_with_the_new(desk, by, &before, change).await?);
    if !wrong.is_empty() {
        return Err(CaseError::Invalid(wrong));
    }
    let hash = hash(desk, change.new).await?;
    let with_word = word_needed(&before) == WordNeed::Word;
    let mut tx = desk.storage.begin().await?;
    if !tx.set_password(by.person(), &before, (&hash, with_word), desk.now()).await? {
        // It was changed elsewhere in the meantime.
        return Err(CaseError::Invalid(vec![not_his()]));
    }
    tx.revoke_sessions(by.person(), desk.real_now()).await?;
    tx.audit(&[by.audit(desk, Act::ChangePassword, None, Some(by.person().to_string()))]).await?;
    tell_everywhere(desk, &mut tx, by.person(), ContactChange::Password).await?;
    Ok(tx.commit().await?)
}

fn not_his() -> Fault {
    Fault::new("current", "wrong_password", "原密码不正确", "this is not your password")
}

/// What is wrong with the present password, or with the word that it takes beside it: the word is looked at only where the
/// password is right.
async fn looked_at(
    desk: &Desk,
    by: &Signed,
    before: &PasswordRecord,
    change: PasswordChange<'_>,
) -> Result<Option<Fault>, CaseError> {
    if change.current.len() > LONGEST_BYTES {
        return Ok(Some(not_his()));
    }
    let device = change.device.filter(|(login, _)| *login == before.login).map(|(_, mark)| mark);
    let attempt = Attempt::at(desk, &before.login, device, by.request.clone());
    let (record, right) = desk.passwords.with_place(attempt.lane(), attempt.look(change.current)).await?;
    let right = right && record.is_some_and(|r| r.id == by.person() && r.password_hash == before.hash);
    let wrong =
        if right { wrong_word(desk, &attempt, by.person(), before, change.word).await? } else { Some(not_his()) };
    let mut tx = desk.storage.begin().await?;
    // Where nobody was given a word there is none to guess.
    if right && (wrong.is_none() || word_needed(before) == WordNeed::Waits) {
        tx.clear_delay(attempt.subject()).await?;
    }
    if wrong.is_some() {
        tx.audit(&[by.audit(desk, Act::ChangePasswordRefused, None, Some(by.person().to_string()))]).await?;
    }
    tx.commit().await?;
    Ok(wrong)
}
