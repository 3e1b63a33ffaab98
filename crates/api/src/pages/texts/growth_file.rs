//! The growth file and the outbox of the demonstration.

use super::texts;

texts! {
    /// The growth file.
    GrowthFileTexts {
        title: "成长档案", "Growth file";
        filters: "按类别看", "Show";
        find: "按类别、日期或文字查找", "Find by kind, day or words";
        all: "全部", "All";
        timeline: "时间轴", "Timeline";
        ask_counsellor: "如需了解，请联系心理老师。", "To learn more, please ask the counsellor.";
        restricted: "受限记录，只有心理老师可以查看。", "Restricted: for the counsellor only.";
        restricted_badge: "受限", "Restricted";
        lists: "关爱名单", "Lists";
        plan: "一生一策", "Plan";
        goal: "目标", "Goal";
        measures: "措施", "Measures";
        responsible: "责任人", "Responsible";
        review: "复核日", "Review on";
        no_open_alert: "目前没有预警", "No open alert";
        open_alert: "查看预警", "Open the alert";
        empty: "还没有记录。", "No entries yet.";
        empty_kind: "这一类还没有记录。", "No entries of this kind yet.";
        read_recorded: "查看档案会留下记录。", "That you read this file is recorded.";
        readers: "谁看过这份档案", "Who has opened it";
        pdf: "打印 PDF", "Print PDF";
        pdf_hint: "每次打印都记入日志；其他学生的姓名会隐去。", "Every print is logged; names of other pupils are hidden.";
        kinds: "类别", "Kinds";
        days: "日期范围", "Days";
        from: "从", "From";
        to: "到", "To";
        report: "报一条观察", "Report an observation";
        read_by: "查看人", "Read by";
        student: "学生", "Student";
        class: "班级", "Class";
        response: "当前响应", "Response";
        number: "打印编号", "Print number";
        all_days: "全部", "All";
        first_day: "最早", "the first";
        today: "今天", "today";
        review_by: "复核日 #", "review on #";
        when: "时间", "When";
        kind: "类别／记录人", "Kind, by";
        what: "内容", "What";
        attached: "附件：#", "File: #";
        more_than_printed: "记录较多，本件只印最近 # 条；其余请按日期分次打印。", "There is more: these are the latest # entries. Print the rest by days.";
        names_hidden: "本件中其他学生的姓名以“同学甲、同学乙”代替，全件统一。", "Names of other pupils are replaced by 同学甲, 同学乙 and so on, the same throughout.";
    }
}

texts! {
    /// The register of a class.
    RegisterTexts {
        title: "学生名册", "Class register";
        number: "打印编号", "Print number";
        row: "序号", "No.";
        name: "姓名", "Name";
        seat: "座位", "Seat";
        student_number: "学籍号", "Student number";
        boards: "住校", "Boards";
        boarder: "住校", "Boarder";
        day_pupil: "走读", "Day pupil";
        guardians: "监护人", "Guardians";
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
