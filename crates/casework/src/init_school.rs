//! The first start of a real district and school.

use domain::fault::{Fault, Faults};
use domain::id::{DistrictId, SchoolId};
use domain::org::Unit;
use domain::staff::Role;
use storage::SchoolRecord;

use crate::add_staff::{NewStaff, check, insert};
use crate::attempt::hash;
use crate::{CaseError, Desk};

/// The longest name of a district or a school, in characters.
const NAME_CHARS: usize = 100;

/// What is needed to begin.
#[derive(Debug, Clone)]
pub struct FirstSchool {
    /// The district's name.
    pub district: String,
    /// The school's name.
    pub school: String,
    /// The duty telephone.
    pub duty_phone: Option<String>,
    /// The counsellor's telephone.
    pub counsellor_phone: Option<String>,
    /// The administrator's login.
    pub admin_login: String,
    /// The administrator's name.
    pub admin_name: String,
    /// The administrator's password.
    pub password: String,
}

/// Sets up a district (unless it is there), a school and its administrator.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault; a conflict when the login is taken.
pub async fn init_school(desk: &Desk, first: &FirstSchool) -> Result<(DistrictId, SchoolId), CaseError> {
    let mut faults = Faults::new();
    for (field, value) in [("district", &first.district), ("school", &first.school)] {
        let name = domain::text::line(value, field, &mut faults);
        faults.when(name.chars().count() > NAME_CHARS, || {
            let (zh, en) = (format!("最多 {NAME_CHARS} 个字"), format!("at most {NAME_CHARS} characters"));
            Fault::new(field, "too_long", zh, en)
        });
        faults.when(name.is_empty(), || Fault::new(field, "required", "请填写名称", "a name is required"));
    }
    faults.or(())?;
    let school_id = SchoolId::new(desk.ids.uuid());
    let admin = NewStaff {
        login: first.admin_login.clone(),
        name: first.admin_name.clone(),
        role: Role::Administrator,
        unit: Unit::School(school_id),
        lead: false,
        contacts: Vec::new(),
        password: first.password.clone(),
    };
    check(&admin, &[first.school.clone(), first.district.clone()])?;
    let hash = hash(desk, &admin.password).await?;
    let mut tx = desk.storage.begin().await?;
    let district = match tx.read()?.district_named(first.district.trim()).await? {
        Some(id) => id,
        None => {
            let id = DistrictId::new(desk.ids.uuid());
            tx.add_district(id, first.district.trim()).await?;
            id
        }
    };
    let school = SchoolRecord {
        id: school_id,
        district,
        name: first.school.trim().to_owned(),
        duty_phone: first.duty_phone.clone(),
        counsellor_phone: first.counsellor_phone.clone(),
    };
    tx.add_school(&school).await?;
    insert(desk, &mut tx, &admin, &hash, Some(school.id)).await?;
    tx.commit().await?;
    Ok((district, school.id))
}
