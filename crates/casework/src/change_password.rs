//! Somebody changes his own password. Whoever made the account knew the first one; nobody but its owner knows this one.

use domain::audit::Act;
use domain::contact_change::ContactChange;
use domain::fault::Fault;
use domain::password::{LONGEST_BYTES, Owner, faults};
use storage::{PasswordRecord, SignInRecord};

use crate::attempt::{Attempt, hash};
use crate::contacts::tell_everywhere;
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
    /// The login that the device has signed in to before, and what marks it: another login's counts for nothing.
    pub device: Option<(&'a str, &'a str)>,
}

impl std::fmt::Debug for PasswordChange<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordChange")
    }
}

/// Changes one's own password. Wrong present ones are counted with those of signing in. Every other session of the person
/// ends, and he is told wherever he is reached.
///
/// # Errors
/// Every fault of both passwords at once, [`CaseError::TooMany`] or [`CaseError::Busy`].
pub async fn change_password(desk: &Desk, by: &Signed, change: PasswordChange<'_>) -> Result<(), CaseError> {
    let read = desk.storage.read();
    let before = read.password_record(by.person()).await?.ok_or(CaseError::NotSignedIn)?;
    let institutions = read.institutions_of(by.person()).await?;
    let owner = Owner { login: &before.login, name: &before.name, institutions: &institutions };
    let mut wrong = faults("new", change.new, owner);
    if !change.new.is_empty() && change.new == change.current {
        wrong.push(Fault::new("new", "same_as_before", "新密码与原密码相同", "this is the one that you have"));
    }
    if change.again.is_some_and(|again| again != change.new) {
        wrong.push(Fault::new("again", "differs", "两次输入的新密码不一样", "this is not what you typed above"));
    }
    let hash_before = match looked_at(desk, by, &before, change).await? {
        Some(known) => known.password_hash,
        None => {
            wrong.insert(0, not_his());
            return Err(CaseError::Invalid(wrong));
        }
    };
    if !wrong.is_empty() {
        return Err(CaseError::Invalid(wrong));
    }
    let hash = hash(desk, change.new).await?;
    let mut tx = desk.storage.begin().await?;
    if !tx.set_password(by.person(), &hash_before, &hash, desk.now()).await? {
        // It was changed elsewhere in the meantime.
        return Err(CaseError::Invalid(vec![not_his()]));
    }
    tx.revoke_other_sessions(by.person(), by.session, desk.real_now()).await?;
    tx.audit(&[by.audit(desk, Act::ChangePassword, None, Some(by.person().to_string()))]).await?;
    tell_everywhere(desk, &mut tx, by.person(), ContactChange::Password).await?;
    Ok(tx.commit().await?)
}

fn not_his() -> Fault {
    Fault::new("current", "wrong_password", "原密码不正确", "this is not your password")
}

/// The account, where the present password is right.
async fn looked_at(
    desk: &Desk,
    by: &Signed,
    before: &PasswordRecord,
    change: PasswordChange<'_>,
) -> Result<Option<SignInRecord>, CaseError> {
    if change.current.len() > LONGEST_BYTES {
        return Ok(None);
    }
    let device = change.device.filter(|(login, _)| *login == before.login).map(|(_, mark)| mark);
    let attempt = Attempt::at(desk, &before.login, device, by.request.clone());
    let (record, right) = desk.passwords.with_place(attempt.lane(), attempt.look(change.current)).await?;
    let mut tx = desk.storage.begin().await?;
    if right {
        tx.clear_delay(attempt.subject()).await?;
    } else {
        tx.audit(&[by.audit(desk, Act::ChangePasswordRefused, None, Some(by.person().to_string()))]).await?;
    }
    tx.commit().await?;
    Ok(record.filter(|r| right && r.id == by.person()))
}
