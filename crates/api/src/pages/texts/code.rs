//! Answering under the number of a message.

use super::texts;

texts! {
    /// The page that messages name.
    CodeTexts {
        title: "输入编号", "Enter the number";
        intro: "编号在短信、电话或邮件里，六位数字。", "The six digits in the text, the call or the mail.";
        code: "编号", "Number";
        last_four: "您手机号的后四位", "Last four digits of your mobile number";
        look: "下一步", "Next";
        sign_in: "或者登录后处理", "Or sign in";
        number: "编号", "Number";
        waiting: "正在等人接手", "Waiting for somebody to take it";
        minutes: "分钟内没有人接手，就通知下一级", "minutes until the next tier is told";
        take: "我已收到，马上处理", "I have it, I am on it";
        cannot: "我无法处理，转给下一位", "I cannot, next please";
        yours: "已记下。请立即拨值班电话，报编号，口头告知。", "Noted. Call the duty telephone now, give the number, and say so.";
        others: "已经有同事接手。请保持电话畅通。", "A colleague has taken it. Keep your telephone open.";
        offered: "有同事想把这件事转交给您，还在等您答复。请登录，看过以后再决定是否接收。", "A colleague wants to hand this over to you, and waits for your answer. Sign in, look at it, then accept or refuse.";
        declined: "已记下：您无法处理。其他人会继续处理；能处理时请再点一次。", "Noted: you cannot. Others go on; if you can after all, say so.";
        declined_used: "已记下：您无法处理，其他人会继续处理。要改变主意，请登录。", "Noted: you cannot, and others go on. To change your mind, sign in.";
        over: "这件事已经结束，不用再处理。", "This is over; nothing is left to do.";
        recheck: "已经结案，到了约定再看一次的日子。请登录，看过以后记下情况。", "It is closed, and the day has come to look again. Sign in, and record what you see.";
        reopened: "这件事已重新打开，请用最新短信里的编号，或登录处理。", "This has been opened again: use the number of the latest text, or sign in.";
        used: "这个编号已经用过。要改变主意，请登录。", "This number was used. To change your mind, sign in.";
        open_alert: "查看详情", "Open it";
        too_many: "试错太多次了。请登录，或直接打电话。", "Too many wrong tries. Sign in, or telephone.";
    }
}
