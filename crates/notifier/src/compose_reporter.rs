//! Words for whoever reported something.

use storage::Claimed;

/// That nobody has looked at it in time, that it has gone one tier higher, and whom he may telephone.
pub(crate) fn line(m: &Claimed, start: &str, address: &str) -> String {
    let late = format!("{start}您的一项报告过了时限还没有人查看，已报上一级。");
    match &m.duty_phone {
        Some(phone) => format!("{late}可拨值班电话{phone}。"),
        None => format!("{late}请登录 {address} 。"),
    }
}
