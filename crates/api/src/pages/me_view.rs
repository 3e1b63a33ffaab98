//! What `/me` shows.

use casework::{ContactRecord, DeputyRecord};
use domain::delivery::Channel;

use super::form::Fields;
use super::frame::shell_for;
use super::view::duty::Pick;
use super::view::me::{Contact, Me, Standing};
use super::view::parts::{Choice, Errors};
use super::visitor::{PageError, Visitor};
use super::words::moment;
use crate::state::Api;

pub(super) async fn view(api: &Api, who: &Visitor, errors: Errors, fields: &Fields) -> Result<Me, PageError> {
    let (contacts, chosen) = casework::my_contacts(&api.desk, who).await?;
    let deputies = casework::deputations(&api.desk, who, who.person()).await?;
    let staff = casework::staff_for_filing(&api.desk, who).await?;
    let others = staff.iter().filter(|p| p.id != who.person());
    let carried = Channel::ALL.into_iter().filter(|c| api.desk.carried.contains(c));
    let contact = |c: &ContactRecord| Contact {
        id: c.id.to_string(),
        channel: c.method.channel.name(who.lang),
        address: c.method.address.clone(),
        verified: c.method.verified_at.is_some(),
    };
    let choice = |c: Channel| Choice::plain(c.key(), c.name(who.lang), chosen.contains(&c));
    Ok(Me {
        shell: shell_for(api, who).await?,
        errors,
        contacts: contacts.iter().map(contact).collect(),
        channels: carried.clone().map(|c| pick(fields, "channel", c.key(), c.name(who.lang))).collect(),
        address: fields.get("address").to_owned(),
        choices: carried.filter(|c| c.writes()).map(choice).collect(),
        deputies: deputies.iter().map(|d| standing(api, who, d)).collect(),
        colleagues: others.map(|p| pick(fields, "deputy", &p.id.to_string(), &p.name)).collect(),
        from: fields.get("from").to_owned(),
        to: fields.get("to").to_owned(),
    })
}

fn pick(fields: &Fields, name: &str, value: &str, label: &str) -> Pick {
    Pick { value: value.to_owned(), label: label.to_owned(), chosen: fields.get(name) == value }
}

fn standing(api: &Api, who: &Visitor, d: &DeputyRecord) -> Standing {
    Standing {
        end: (d.deputy.person == who.person()).then(|| d.id.to_string()),
        deputy: d.deputy_name.clone(),
        person: d.person_name.clone(),
        when: format!("{} – {}", moment(api, d.deputy.from).text, moment(api, d.deputy.to).text),
    }
}
