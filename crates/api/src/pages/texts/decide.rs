//! Signed decisions on an alert: closing it, giving it to somebody else.

use super::texts;

texts! {
    /// Signed decisions on an alert.
    DecideTexts {
        close: "结案", "Close";
        close_list: "结案清单", "What it rests on";
        close_hint: "带“✓”的系统已有记录；带“○”的请在这里勾选并写明；带“✕”的要先补上记录，才能结案。", "✓ stands in the record. ○ is stated here. ✕ has to be in the record first.";
        close_second: "橙色、红色结案，要另一个人签字才生效。签字之前，等级和时限不变。", "Closing orange or red takes effect only when another person has signed. Level and clocks stay as they are until then.";
        close_outcome: "怎么结束", "How it ended";
        outcome_resolved: "风险已经解除", "The risk is over";
        outcome_ongoing: "不再需要响应，继续日常关注", "No response is needed any more; somebody keeps an eye on it";
        outcome_false: "报错了，或核实后没有事；不计入孩子的记录", "A wrong report, or nothing in it; never counted against the child";
        close_false_hint: "选“经核实，暂不需响应”时，只需写明谁见过学生本人。", "For “no response needed”, only who saw the student is needed.";
        close_by: "谁做的（姓名和职务）", "Who did it (name and office)";
        close_report: "对应的报告", "The report that supports it";
        close_report_none: "不引用", "None";
        close_reason: "结案理由", "Why";
        close_reason_hint: "写清情况怎样变化、谁继续留意。", "What has changed, and who keeps an eye on it.";
        close_submit: "提交结案", "Close it";
        close_submit_second: "提交结案，请第二人签字", "Propose to close it";
        point_done: "已有记录", "On record";
        point_missing: "还没有记录", "Not on record";
        point_to_state: "请在这里写明", "State it here";
        point_false: "仅“经核实，暂不需响应”需要", "For “no response needed” alone";
        done_close: "已结案。", "Closed.";
        done_hand_over: "已提出转交。对方接收之前，仍由原责任人负责。", "Offered. It stays with its owner until it is accepted.";
        done_accept: "已接收，现在由您负责。", "Accepted: it is yours now.";
        done_refuse: "已回复不接收，仍由原责任人负责。", "Refused: it stays with its owner.";
        grounds_record: "系统里有的记录", "What the record shows";
        grounds_stated: "提出人写明的", "What the proposer states";
        grounds_none: "没有写", "Nothing";
        grounds_unseen: "档案中未见", "Not in the record";
        grounds_report: "看报告", "See the report";
        hand_over: "转交给同事", "Hand over";
        hand_hint: "对方接收之前，仍由原责任人负责；各项时限不变。", "It stays with its owner until it is accepted. No clock moves.";
        hand_to: "转交给谁", "To whom";
        hand_choose: "请选择", "Choose";
        hand_reason: "转交理由", "Why";
        hand_submit: "提出转交", "Offer it";
        offer: "等您答复的转交", "Offered to you";
        offered: "正在转交", "Offered";
        offer_until: "答复期限", "Answer by";
        offer_back: "到时没有答复，就退回原责任人，并告知德育副校长。", "Unanswered, it goes back, and the vice-principal hears of it.";
        offer_reason: "理由", "Why";
        offer_note: "不能接收的话，留一句话", "A note, if you cannot";
        accept: "我接收", "I accept it";
        refuse: "不能接收", "I cannot";
        keep: "暂不上报", "Do not escalate for now";
        keep_hint: "还没有人接手，到时限会报到上一级。若确有理由由现在这一级继续处理，可签字决定在一定时间内暂不上报；有新的情况，立即恢复上报。", "Nobody has taken it, and it goes up at its deadline. If the present tier is to keep it, sign that it does not for a bounded time; new facts end this at once.";
        keep_second: "橙色响应要另一个人签字才生效。签字之前，照常上报。", "For orange another person has to sign. Until then it climbs as always.";
        keep_until: "到什么时候为止", "Until when";
        keep_longest: "最晚到", "No later than";
        keep_reason: "理由", "Why";
        keep_submit: "签字，暂不上报", "Sign";
        done_keep: "已签字，到期前暂不上报。", "Signed: it does not climb before then.";
        recheck: "约定再看一次", "Looking again";
        recheck_at: "日期", "Day";
        recheck_how: "孩子现在怎么样", "How is the student now";
        recheck_well: "平稳", "Well";
        recheck_well_hint: "记入档案，不再提醒。", "It goes into the file, and nobody is reminded any more.";
        recheck_not_well: "不平稳", "Not well";
        recheck_not_well_hint: "预警重新打开，按原等级通知。", "The alert is open again, at the level it had.";
        recheck_note: "看到的情况", "What was seen";
        recheck_submit: "记录", "Record it";
        done_recheck: "已记录：平稳。", "Recorded: well.";
        done_reopened: "已重新打开，正在通知。", "It is open again, and people are told.";
        home_offered: "同事想转交给您", "Offered to you";
    }
}
