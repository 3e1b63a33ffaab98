//! The first start of a real school.

use std::process::ExitCode;

use casework::FirstSchool;

use super::{first_password, print, say};
use crate::args::InitArgs;
use crate::assemble::Service;
use crate::settings::Settings;

pub(crate) async fn init(args: &InitArgs) -> anyhow::Result<ExitCode> {
    let settings = Settings::read(&args.config.config)?;
    let service = Service::from_settings(&settings).await?;
    let (password, made) = first_password(args.password_file.as_deref())?;
    let first = FirstSchool {
        district: args.district.clone(),
        school: args.school.clone(),
        duty_phone: args.duty_phone.clone(),
        counsellor_phone: args.counsellor_phone.clone(),
        admin_login: args.admin.clone(),
        admin_name: args.admin.clone(),
        password: password.clone(),
    };
    let done = casework::init_school(&service.desk, &first).await;
    let (district, school) = done.map_err(super::staff::explain)?;
    print(&serde_json::json!({ "district": district, "school": school, "admin": args.admin }).to_string());
    if made {
        say(&format!("初始密码（只显示这一次）/ first password, shown once: {password}"));
    }
    Ok(ExitCode::SUCCESS)
}
