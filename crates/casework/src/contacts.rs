//! How one is reached: added, tested by six digits, chosen, taken away.

use chrono::TimeDelta;
use domain::audit::Act;
use domain::code::{CODE_TRIES, replied_code};
use domain::contact_change::{ContactChange, Hint};
use domain::coverage::{has_telephone, is_address, offices_of};
use domain::delivery::Channel;
use domain::fault::{Fault, Faults};
use domain::id::{ContactId, MessageId, PersonId};
use domain::lang::Lang;
use domain::staff::{ContactMethod, Position};
use storage::{ContactRecord, ContactTest, Read, Tx};

use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// The most contact methods of one person.
const MOST: usize = 40;
/// A code is taken for so long.
const CODE_MINUTES: i64 = 30;
/// So many tests a day: nobody's telephone is to be pestered from here.
const TESTS_A_DAY: u64 = 20;

/// One's contact methods and the channels that one has chosen for yellow and blue.
///
/// # Errors
/// When the database refuses.
pub async fn my_contacts(desk: &Desk, by: &Signed) -> Result<(Vec<ContactRecord>, Vec<Channel>), CaseError> {
    let read = desk.storage.read();
    let mut chosen = read.channel_choices(&[by.person().uuid()].into()).await?;
    Ok((read.contact_methods(by.person()).await?, chosen.remove(&by.person()).unwrap_or_default()))
}

/// Adds a contact method and sends its six digits. Nothing else is sent there until they have come back.
///
/// # Errors
/// Every fault, a conflict when one has it already, or [`CaseError::TooMany`].
pub async fn add_contact(
    desk: &Desk,
    by: &Signed,
    channel: &str,
    address: &str,
    key: Option<&IdempotencyKey>,
) -> Result<ContactRecord, CaseError> {
    let mut faults = Faults::new();
    let known = Channel::from_key(channel).filter(|c| desk.carried.contains(c));
    faults.when(known.is_none(), || {
        Fault::new("channel", "unknown_channel", "没有这种方式", "no such channel is carried here")
    });
    let address = address.trim();
    faults.when(!known.is_none_or(|c| is_address(c, address)), || {
        Fault::new("address", "bad_address", "号码或地址不正确", "this is not an address of that kind")
    });
    faults.when(address.is_empty() && known.is_none(), || {
        Fault::new("address", "required", "请填写号码或地址", "an address is required")
    });
    let channel = faults.or(known)?.ok_or(CaseError::NotFound)?;
    let mut tx = desk.storage.begin().await?;
    if let Some(id) = answered::<ContactId>(&mut tx, by, key).await? {
        return mine(&tx.read()?, by, id).await;
    }
    if tx.read()?.contact_methods(by.person()).await?.len() >= MOST {
        return Err(CaseError::Conflict("too_many_contacts"));
    }
    let id = ContactId::new(desk.ids.uuid());
    let method = ContactMethod { person: by.person(), channel, address: address.to_owned(), verified_at: None };
    tx.add_untested_contact(id, &method).await?;
    tell(desk, &mut tx, &method, ContactChange::Added).await?;
    test(desk, &mut tx, by, id, 0).await?;
    tx.audit(&[by.audit(desk, Act::AddContact, None, Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &id, desk.real_now()).await?;
    let added = mine(&tx.read()?, by, id).await?;
    tx.commit().await?;
    Ok(added)
}

/// Tells somebody of a change of a method, at all that were verified before it and are not that one; what was taken away is
/// told of itself.
async fn tell(desk: &Desk, tx: &mut Tx, method: &ContactMethod, change: ContactChange) -> Result<(), CaseError> {
    let all = tx.read()?.contacts(method.person).await?;
    let other = |c: &ContactMethod| (c.channel, &c.address) != (method.channel, &method.address);
    let mut told: Vec<ContactMethod> = all.into_iter().filter(|c| c.verified_at.is_some() && other(c)).collect();
    if change == ContactChange::Removed {
        told.push(method.clone());
    }
    let hint = Hint::of(method.channel, &method.address);
    for to in written_to(told) {
        tx.tell_contact(MessageId::new(desk.ids.uuid()), &to, (change, &hint), desk.now()).await?;
    }
    Ok(())
}

/// Tells somebody of a change of his account, at all methods that are verified.
pub(crate) async fn tell_everywhere(
    desk: &Desk,
    tx: &mut Tx,
    person: PersonId,
    change: ContactChange,
) -> Result<(), CaseError> {
    let all = tx.read()?.contacts(person).await?;
    for to in written_to(all.into_iter().filter(|c| c.verified_at.is_some()).collect()) {
        let hint = Hint::of(to.channel, &to.address);
        tx.tell_contact(MessageId::new(desk.ids.uuid()), &to, (change, &hint), desk.now()).await?;
    }
    Ok(())
}

/// Nobody is called where he can be written to.
fn written_to(mut told: Vec<ContactMethod>) -> Vec<ContactMethod> {
    if told.iter().any(|c| c.channel.writes()) {
        told.retain(|c| c.channel.writes());
    }
    told
}

async fn mine(read: &Read<'_>, by: &Signed, id: ContactId) -> Result<ContactRecord, CaseError> {
    let all = read.contact_methods(by.person()).await?;
    all.into_iter().find(|c| c.id == id).ok_or(CaseError::NotFound)
}

async fn test(desk: &Desk, tx: &mut Tx, by: &Signed, id: ContactId, counter: u32) -> Result<(), CaseError> {
    let now = desk.now();
    let acts = [Act::AddContact, Act::TestContact];
    if tx.read()?.acts_since(by.person(), &acts, now - TimeDelta::days(1)).await? >= TESTS_A_DAY {
        return Err(CaseError::TooMany { seconds: 3_600 });
    }
    let code_hash = desk.codes.hash(&desk.codes.test_code(id, counter));
    let expires_at = now + TimeDelta::minutes(CODE_MINUTES);
    let test = ContactTest { counter, code_hash, tries: 0, state: "pending".to_owned(), created_at: now, expires_at };
    Ok(tx.begin_test(id, &test).await?)
}

/// Sends other six digits to a contact method that is not verified.
///
/// # Errors
/// [`CaseError::NotFound`], a conflict when it is verified already, or [`CaseError::TooMany`].
pub async fn test_contact(desk: &Desk, by: &Signed, id: ContactId) -> Result<ContactRecord, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let known = mine(&tx.read()?, by, id).await?;
    if known.method.verified_at.is_some() {
        return Err(CaseError::Conflict("already_verified"));
    }
    let counter = known.test.map_or(0, |t| t.counter).saturating_add(1);
    test(desk, &mut tx, by, id, counter).await?;
    tx.audit(&[by.audit(desk, Act::TestContact, None, Some(id.to_string()))]).await?;
    let again = mine(&tx.read()?, by, id).await?;
    tx.commit().await?;
    Ok(again)
}

/// Takes the six digits that were sent.
///
/// # Errors
/// [`CaseError::NotFound`], a fault of the code, or a conflict when it is verified already or the code is not taken any
/// more.
pub async fn verify_contact(desk: &Desk, by: &Signed, id: ContactId, code: &str) -> Result<ContactRecord, CaseError> {
    let now = desk.now();
    let mut tx = desk.storage.begin().await?;
    let known = mine(&tx.read()?, by, id).await?;
    if known.method.verified_at.is_some() {
        return Err(CaseError::Conflict("already_verified"));
    }
    let test = known.test.filter(|t| now < t.expires_at && t.tries < CODE_TRIES);
    let test = test.ok_or(CaseError::Conflict("test_expired"))?;
    if replied_code(code).is_none_or(|code| desk.codes.hash(&code) != test.code_hash) {
        tx.miss_test(id).await?;
        tx.commit().await?;
        let fault = Fault::new("code", "wrong_code", "验证码不对", "these are not the digits that were sent");
        return Err(CaseError::Invalid(vec![fault]));
    }
    tell(desk, &mut tx, &known.method, ContactChange::Verified).await?;
    tx.verify_contact(id, now).await?;
    tx.audit(&[by.audit(desk, Act::VerifyContact, None, Some(id.to_string()))]).await?;
    crate::directory_changed::tell_schools_of(desk, &mut tx, by.person()).await?;
    let verified = mine(&tx.read()?, by, id).await?;
    tx.commit().await?;
    Ok(verified)
}

/// Takes a contact method away.
///
/// # Errors
/// [`CaseError::NotFound`], or [`CaseError::StillNeeded`] when nothing else reaches somebody whom the ladder calls.
pub async fn remove_contact(desk: &Desk, by: &Signed, id: ContactId) -> Result<(), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let known = mine(&tx.read()?, by, id).await?;
    if known.method.verified_at.is_some() {
        let all = tx.read()?.contact_methods(by.person()).await?;
        let left: Vec<ContactMethod> = all.into_iter().filter(|c| c.id != id).map(|c| c.method).collect();
        let needed = needed(desk, &tx.read()?, by, &left).await?;
        if !needed.is_empty() {
            return Err(CaseError::still_needed(needed));
        }
        tell(desk, &mut tx, &known.method, ContactChange::Removed).await?;
    }
    tx.remove_contact(id).await?;
    tx.audit(&[by.audit(desk, Act::RemoveContact, None, Some(id.to_string()))]).await?;
    Ok(tx.commit().await?)
}

/// What somebody is still needed for who would be reached by these alone.
async fn needed(desk: &Desk, read: &Read<'_>, by: &Signed, left: &[ContactMethod]) -> Result<Vec<Fault>, CaseError> {
    let now = desk.now();
    let mut faults = Faults::new();
    let (_, policy) = desk.policy_in_force().await?;
    if !left.iter().any(|c| c.verified_at.is_some() && desk.carried.contains(&c.channel)) {
        let mut people: Vec<PersonId> = vec![by.person()];
        let stands_in = read.deputations_of(by.person(), now).await?;
        people.extend(stands_in.iter().filter(|d| d.deputy.deputy == by.person()).map(|d| d.deputy.person));
        for person in people {
            let positions: Vec<Position> = read.actor(person, now).await?.positions.into_iter().map(|p| p.0).collect();
            for office in offices_of(&positions, &policy, now) {
                let (zh, en) = (office.name(Lang::Zh), office.name(Lang::En));
                faults.add(Fault::new(
                    "contact_methods",
                    "unreachable",
                    format!("您还是{zh}（或其代理），至少要留一种验证过的联系方式"),
                    format!("you are {en}, or stand in for one: keep one verified contact method"),
                ));
            }
        }
    }
    if !has_telephone(left, by.person()) {
        let positions: Vec<Position> = by.actor.positions.iter().map(|p| p.0.clone()).collect();
        let held = offices_of(&positions, &policy, now);
        let called = policy.red.calls.iter().flat_map(|c| &c.who).any(|office| held.contains(office));
        let on_duty = !read.duties_of(by.person(), now).await?.is_empty();
        faults.when(called || on_duty, || {
            let zh = "红色预警会打电话给您（或您在值班表上），要留一个验证过的电话";
            Fault::new("contact_methods", "no_telephone", zh, "a red calls you, or you are on duty: keep a telephone")
        });
    }
    Ok(faults.into_vec())
}

/// Chooses by which channels one hears of yellow and blue, in this order. None is all of them; orange and red always use
/// all of them.
///
/// # Errors
/// Every fault.
pub async fn choose_channels(desk: &Desk, by: &Signed, channels: &[String]) -> Result<Vec<Channel>, CaseError> {
    let mut faults = Faults::new();
    let mut chosen: Vec<Channel> = Vec::new();
    for (i, word) in channels.iter().enumerate() {
        let known = Channel::from_key(word).filter(|c| c.writes() && !chosen.contains(c));
        faults.when(known.is_none(), || {
            let field = format!("channels[{i}]");
            Fault::new(field, "unknown_channel", "没有这种方式，或重复了", "no such channel, or named twice")
        });
        chosen.extend(known);
    }
    faults.or(())?;
    let mut tx = desk.storage.begin().await?;
    tx.choose_channels(by.person(), &chosen).await?;
    tx.audit(&[by.audit(desk, Act::PreferChannels, None, None)]).await?;
    tx.commit().await?;
    Ok(chosen)
}
