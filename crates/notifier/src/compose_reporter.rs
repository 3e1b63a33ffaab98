//! Words for whoever reported something.

use storage::Claimed;

/// That nobody has looked at it in time, and whom he may telephone; that it has gone one tier higher only where it has.
pub(crate) fn line(m: &Claimed, start: &str, address: &str) -> String {
    let late = format!("{start}您的一项报告过了时限还没有人查看");
    match (&m.duty_phone, m.risen) {
        (Some(phone), true) => format!("{late}，已报上一级。可拨值班电话{phone}。"),
        (None, true) => format!("{late}，已报上一级。请登录 {address} 。"),
        (Some(phone), false) => format!("{late}。请拨值班电话{phone}说明。"),
        (None, false) => format!("{late}。请打电话说明，电话见 {address} 。"),
    }
}
