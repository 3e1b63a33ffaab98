//! Hand-overs of students.

use super::texts;

texts! {
    /// Pages about students who pass on.
    StudentHandOverTexts {
        title: "学生交接", "Students handed over";
        hint: "转班、升学、转学、离校", "Change of class, promotion, transfer, leaving";
        waits: "份等您办理", "wait for you";
        lead: "对方接收之前，学生仍由原责任人负责，档案仍在原处。", "Until it is accepted the student is the sender's, and so is the file.";
        mine: "我的", "Mine";
        live: "进行中", "Under way";
        ended: "已接收", "Accepted";
        none: "没有这样的交接。", "There are none.";
        one: "学生交接", "Hand-over of a student";
        send_title: "交接学生", "Hand the student over";
        send: "签名并发出", "Sign and send";
        there_is: "要交接的", "What there is to hand over";
        nothing_there: "系统里没有在办事项。", "Nothing is open here.";
        kind: "种类", "Why";
        to: "转到", "Where to";
        outside: "校外接手的人", "Who has the child outside";
        outside_hint: "离校而还有橙色或红色预警时，一定要写", "Needed for whoever leaves while an orange or red is open";
        effective_on: "到那里的第一天（离校：离校当天）", "The first day there; of leaving, the day";
        note: "给接收人的话", "To the receiver";
        note_hint: "对方接收前就能看到，不要写孩子的情况。", "Read before it is accepted: nothing about the child.";
        sign_all: "以上各项我已逐项看过，一并交接，签名确认", "I have read each of these and hand them over";
        sign_nothing: "没有要交接的，签名确认", "Nothing to hand over: I sign it";
        tell: "有橙色或红色预警：须在到校第一天之前打电话告知接收学校的心理老师。", "An orange or red is open: tell the counsellor there by telephone before the first day.";
        told_to: "电话告知了谁", "Who was told by telephone";
        told_at: "什么时候", "When";
        told_title: "登记电话告知", "Write down the call";
        told_save: "登记", "Write it down";
        from: "从", "From";
        first_day: "第一天", "First day";
        sent_by: "发出人", "Sent by";
        by_roster: "名册导入", "A roster import";
        due: "办理期限", "Due";
        telephone: "电话告知", "Told by telephone";
        needs_telephone: "还没有登记电话告知，暂不能接收。请原学校先打电话。", "Nobody has been told by telephone: it cannot be accepted yet.";
        answered: "答复", "Answered";
        reason: "退回理由", "Why not";
        accept_title: "接收", "Accept";
        accept_hint: "接收后由您负责：在办的预警、任务一并转来。", "He is yours then, with open alerts and tasks.";
        accept: "接收，由我负责", "Accept: he is mine";
        sign_leaving: "作为第二人签字，同意离校", "Sign as the second: he may leave";
        into_class: "编入班级", "Into which class";
        refuse_title: "退回", "Send back";
        refuse_reason: "为什么不接收", "Why not";
        refuse: "退回", "Send back";
        withdraw: "撤回这份交接", "Take it back";
        open_file: "打开成长档案", "Open the growth file";
        again: "重新发出", "Send again";
        sealed: "转入前的档案已封存。", "What was written at the school before is sealed.";
        unseal: "启封查阅", "Look at it";
        unseal_title: "启封查阅转入前的档案", "Look at what is sealed";
        unseal_lead: "写明为什么要看并签名，限时查阅，全程留痕。", "Say what for and sign it: for a limited time, and it is written down.";
        purpose: "为什么要看", "What for";
        sign: "我签名对这次查阅负责", "I sign for it";
        unseal_submit: "签名启封", "Sign";
    }
}
