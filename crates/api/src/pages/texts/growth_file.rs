//! The growth file and the outbox of the demonstration.

use super::texts;

texts! {
    /// The growth file.
    GrowthFileTexts {
        title: "成长档案", "Growth file";
        filters: "按类别看", "Show";
        all: "全部", "All";
        timeline: "时间轴", "Timeline";
        ask_counsellor: "如需了解，请联系心理老师。", "To learn more, please ask the counsellor.";
        restricted: "受限记录，只有心理老师可以查看。", "Restricted: for the counsellor only.";
        restricted_badge: "受限", "Restricted";
        lists: "关爱名单", "Lists";
        plan: "一人一策", "Plan";
        goal: "目标", "Goal";
        measures: "措施", "Measures";
        responsible: "责任人", "Responsible";
        review: "复核日", "Review on";
        no_open_alert: "目前没有预警", "No open alert";
        open_alert: "查看预警", "Open the alert";
        empty: "还没有记录。", "No entries yet.";
        empty_kind: "这一类还没有记录。", "No entries of this kind yet.";
        pdf: "下载 PDF", "Download PDF";
        report: "报一条观察", "Report an observation";
        read_by: "查看人", "Read by";
    }
}

texts! {
    /// The outbox of the demonstration.
    DemoTexts {
        title: "演示发件箱", "Demonstration outbox";
        intro: "这里是系统本来要发出的短信、电话和邮件。都没有真的发出。", "These are the texts, calls and mails the service would have sent. None has left this computer.";
        to: "收信人", "To";
        empty: "还没有发过。报一条紧急的观察，或等一分钟。", "Nothing was sent yet. Report something urgent, or wait a minute.";
        all: "全部", "All";
        filters: "按渠道看", "Show";
        list: "发出的消息", "Messages";
    }
}
