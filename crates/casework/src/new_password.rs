//! What is wrong with a password that is to be.

use domain::fault::Fault;
use domain::password::{Owner, faults};
use storage::PasswordRecord;

use crate::change_password::PasswordChange;
use crate::{CaseError, Desk, Signed};

/// Every fault, by what everybody knows of its owner, and by the one before.
pub(crate) async fn wrong_with_the_new(
    desk: &Desk,
    by: &Signed,
    before: &PasswordRecord,
    change: PasswordChange<'_>,
) -> Result<Vec<Fault>, CaseError> {
    let read = desk.storage.read();
    let institutions = read.institutions_of(by.person()).await?;
    let contacts: Vec<String> = read.contacts(by.person()).await?.into_iter().map(|c| c.address).collect();
    let owner = Owner { login: &before.login, name: &before.name, institutions: &institutions, contacts: &contacts };
    let mut wrong = faults("new", change.new, owner);
    if !change.new.is_empty() && change.new == change.current {
        wrong.push(Fault::new("new", "same_as_before", "新密码与原密码相同", "this is the one that you have"));
    }
    if change.again.is_some_and(|again| again != change.new) {
        wrong.push(Fault::new("again", "differs", "两次输入的新密码不一样", "this is not what you typed above"));
    }
    Ok(wrong)
}
