//! The list of alerts and one alert.

use super::texts;

texts! {
    /// The list of alerts and one alert.
    AlertTexts {
        list_title: "预警", "Alerts";
        list_label: "预警列表，最急的在前", "Alerts, most urgent first";
        filters: "筛选", "Filters";
        all: "全部", "All";
        by_level: "响应等级", "Level";
        by_state: "状态", "State";
        column_level: "响应", "Response";
        column_student: "学生", "Student";
        column_why: "为什么", "Why";
        column_deadline: "时限", "Deadline";
        column_owner: "负责人", "Owner";
        column_state: "状态", "State";
        no_owner: "还没有人", "Nobody yet";
        late_flag: "补发", "Late";
        empty_done: "都处理完了", "All done";
        empty_done_text: "现在没有等您处理的预警。", "Nothing is waiting for you.";
        empty_no_match: "没有符合条件的预警", "No alert matches";
        empty_no_match_text: "放宽筛选条件再看看。", "Try fewer filters.";
        clear: "清除筛选", "Clear filters";
        title: "预警", "Alert";
        opened: "开始", "Opened";
        owner: "负责人", "Owner";
        call: "打电话", "Call";
        open_file: "成长档案", "Growth file";
        acknowledge: "我来处理", "I take it";
        acknowledge_note: "留一句话", "A short note";
        done_acknowledge: "已记下，您来处理。", "Recorded: it is yours.";
        done_custody: "已登记。", "Recorded.";
        done_assess: "研判已保存。", "The assessment is saved.";
        done_propose: "已提交，等待第二人签字。", "Proposed. It waits for a second signature.";
        done_approve: "已同意，即时生效。", "Approved, with effect at once.";
        done_reject: "已退回，等级和时限不变。", "Rejected. Level and clocks stay as they are.";
        custody: "谁在孩子身边", "Who is with the child";
        custody_hint_red: "登记了有大人在孩子身边，才停止上报。", "Escalation stops only when an adult is recorded as being with the child.";
        custody_adult: "成人姓名和职务", "Adult: name and office";
        custody_since: "从什么时候起", "Since when";
        custody_where: "在哪里", "Where";
        custody_submit: "登记", "Record";
        custody_now: "现在陪着", "With the child";
        custody_nobody: "还没有登记有人陪着孩子", "Nobody is recorded as being with the child";
        since: "起", "since";
        assess: "研判", "Assess";
        assess_level: "响应等级", "Response level";
        assess_reason: "理由", "Reason";
        assess_reason_hint: "写依据：谈话、观察、量表、家长反馈。", "On what grounds: talk, observation, scale, what the family says.";
        means: "问过身边有没有能伤害自己的东西吗", "Was the student asked about access to means of self-harm?";
        means_yes: "问过", "Asked";
        means_no: "还没有问", "Not yet";
        assess_lower_hint: "橙色、红色往下调，要另一个人签字才生效。", "Lowering orange or red takes effect only when another person has signed.";
        assess_submit: "提交研判", "Record the assessment";
        proposal: "等待第二人签字", "Waiting for a second signature";
        proposal_by: "提出", "Proposed by";
        proposal_note: "意见", "Comment";
        approve: "同意", "Approve";
        reject: "不同意", "Reject";
        proposal_other: "要由另一个人决定。等级和时限不变。", "Another person decides. Level and clocks stay as they are until then.";
        reasons: "为什么有这条预警", "Why this alert";
        rule: "规则", "Rule";
        evidence: "依据", "Evidence";
        no_reasons: "没有规则触发，由人判断。", "No rule fired: a person judges.";
        ladder: "上报", "Escalation";
        planned: "计划", "Planned";
        reached: "实际", "Told";
        rung_reached: "已通知", "Told";
        rung_current: "正在等回应", "Waiting for an answer";
        rung_upcoming: "没人接手就上报", "If nobody takes it";
        rung_skipped: "跳过，没有可联系的人", "Passed: nobody can be reached";
        rung_stopped: "不再上报", "Not needed";
        messages: "通知记录", "Messages";
        message_count: "# 条", "#";
        attempts: "发送次数", "Attempts";
        last_error: "上次出错", "Last error";
        no_messages: "还没有发出通知。", "No message has been sent yet.";
        events: "处理经过", "What was done";
        no_events: "还没有记录。", "Nothing is recorded yet.";
        system: "系统", "System";
    }
}
