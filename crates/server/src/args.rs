//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

/// 心灯 Xindeng: 学校－年级－班级三级预警服务. With no command: a demonstration school on this machine.
#[derive(Debug, Parser)]
#[command(name = "xindeng", version, about)]
pub struct Args {
    /// What to do; nothing for the demonstration.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How the demonstration runs.
    #[command(flatten)]
    pub demonstration: DemonstrationArgs,
}

/// How the demonstration runs.
#[derive(Debug, ClapArgs)]
pub struct DemonstrationArgs {
    /// 端口 / port on the loopback; the next free one is taken when it is in use
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// 校历时钟加速倍数，1–3600 / how many times as fast deadlines, calendar and observations run, 1 to 3600
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub speed: u32,
    /// 数据目录 / where the demonstration keeps its data
    #[arg(long, default_value = "var")]
    pub var: PathBuf,
    /// 重建演示数据 / build the demonstration anew
    #[arg(long)]
    pub reset: bool,
}

/// Where the settings are.
#[derive(Debug, Clone, ClapArgs)]
pub struct Config {
    /// 配置文件 / settings file
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 正式运行 / the real service
    Serve(Config),
    /// 只运行后台任务 / workers alone: the tick and the dispatcher
    Work(Config),
    /// 更新数据库结构 / bring the database up to date
    Migrate(Config),
    /// 检查配置与数据库 / check settings, policy and database
    Doctor(Config),
    /// 首次启用：区、校、管理员 / first start of a real school
    Init(InitArgs),
    /// 导入 / import
    #[command(subcommand)]
    Import(Import),
    /// 教职工 / staff
    #[command(subcommand)]
    Staff(Staff),
    /// 备份 / a copy of everything, while the service runs
    Backup(BackupArgs),
    /// 从备份恢复 / put a backup in the place of the database
    Restore(RestoreArgs),
    /// 打印接口说明 / print the OpenAPI description
    Openapi,
}

/// A backup.
#[derive(Debug, ClapArgs)]
pub struct BackupArgs {
    /// Where the settings are.
    #[command(flatten)]
    pub config: Config,
    /// 备份文件，不可已存在 / the file to write, which must not exist yet
    #[arg(long, value_name = "FILE", visible_alias = "out")]
    pub to: PathBuf,
    /// 用此公钥加密，私钥另存他处 / seal it to this key (age1…), whose secret half lies elsewhere
    #[arg(long, value_name = "KEY")]
    pub recipient: Option<String>,
}

/// A backup that is put back.
#[derive(Debug, ClapArgs)]
pub struct RestoreArgs {
    /// Where the settings are.
    #[command(flatten)]
    pub config: Config,
    /// 备份文件 / the backup
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// 存放私钥的文件 / a file with the secret key (AGE-SECRET-KEY-1…) that opens it
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// 覆盖现有数据库（原库另存） / replace a database that holds something; what was there is put aside
    #[arg(long)]
    pub replace: bool,
    /// 只校验，不恢复 / open and check it, and change nothing
    #[arg(long)]
    pub verify: bool,
}

/// First start of a real school.
#[derive(Debug, ClapArgs)]
pub struct InitArgs {
    /// Where the settings are.
    #[command(flatten)]
    pub config: Config,
    /// 区县教育局名称 / name of the district
    #[arg(long)]
    pub district: String,
    /// 学校名称 / name of the school
    #[arg(long)]
    pub school: String,
    /// 管理员登录名 / login of the administrator
    #[arg(long)]
    pub admin: String,
    /// 值班电话 / duty telephone
    #[arg(long)]
    pub duty_phone: Option<String>,
    /// 心理老师电话 / the counsellor's telephone
    #[arg(long)]
    pub counsellor_phone: Option<String>,
    /// 存放初始密码的文件 / a file that holds the first password; without it one is made and printed once
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// What to import.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// 名册 / a roster, .xlsx or .csv
    Roster(RosterArgs),
}

/// A roster import.
#[derive(Debug, ClapArgs)]
pub struct RosterArgs {
    /// 文件 / the file
    pub file: PathBuf,
    /// Where the settings are.
    #[command(flatten)]
    pub config: Config,
    /// 学校名称或编号 / the school, by name or id
    #[arg(long)]
    pub school: String,
    /// 只预览 / say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// 以 JSON 输出 / answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// What to do with staff.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// 添加 / add somebody
    Add(StaffArgs),
    /// 结束一个岗位 / end a position
    End(EndArgs),
    /// 停用账号 / close an account
    Disable(DisableArgs),
}

/// A position that ends.
#[derive(Debug, ClapArgs)]
pub struct EndArgs {
    /// Where the settings are.
    #[command(flatten)]
    pub config: Config,
    /// 岗位编号 / the position (pos_…)
    pub position: String,
    /// 接替人的登录名 / the login of whoever takes over
    #[arg(long)]
    pub successor: Option<String>,
}

/// An account that is closed.
#[derive(Debug, ClapArgs)]
pub struct DisableArgs {
    /// Where the settings are.
    #[command(flatten)]
    pub config: Config,
    /// 登录名 / the login
    pub login: String,
    /// 接替人的登录名 / the login of whoever takes over
    #[arg(long)]
    pub successor: Option<String>,
}

/// Somebody new.
#[derive(Debug, ClapArgs)]
pub struct StaffArgs {
    /// Where the settings are.
    #[command(flatten)]
    pub config: Config,
    /// 登录名 / login
    #[arg(long)]
    pub login: String,
    /// 姓名 / name
    #[arg(long)]
    pub name: String,
    /// 角色 / role, for example class_teacher
    #[arg(long)]
    pub role: String,
    /// 单位编号或学校、区名称 / the unit: an id (cls_…, grd_…, sch_…, dst_…), or the name of a school or district
    #[arg(long)]
    pub unit: String,
    /// 区教育局负责人 / heads the unit
    #[arg(long)]
    pub lead: bool,
    /// 邮箱 / mail address
    #[arg(long)]
    pub mail: Option<String>,
    /// 手机，用于短信和夜间电话 / mobile number, for SMS and for calls by night
    #[arg(long)]
    pub mobile: Option<String>,
    /// 存放初始密码的文件 / a file that holds the first password; without it one is made and printed once
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}
