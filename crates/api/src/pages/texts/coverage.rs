//! The duty roster, deputies, and how one is reached.

use super::texts;

texts! {
    /// The pages about who can be told.
    CoverageTexts {
        duty_title: "值班表", "Duty roster";
        duty_hint: "夜里、周末和假期先叫谁", "Who is called first at night and on days off";
        duty_full: "这两周的夜间和休息日都有人值班。", "Every night and day off of this fortnight has somebody on duty.";
        duty_gaps: "处无人值班（红字）。夜里出红色预警时，没有人会被首先叫醒。", "times nobody is on duty (in red). At night nobody would be woken first.";
        nobody: "无人值班", "Nobody on duty";
        day_off: "休息日", "day off";
        today: "今天", "today";
        no_turn: "—", "—";
        set_title: "安排值班", "Set a turn";
        person: "值班的人", "Who is on duty";
        from: "从", "From";
        to: "到", "To";
        set: "保存", "Save";
        remove: "撤销", "Take back";
        away_title: "同事请假或生病", "A colleague is away or ill";
        away: "请假的人", "Who is away";
        choose: "请选择", "Choose";
        set_hint: "必须是本校教职工，并有验证过的电话。可以重叠。", "A member of staff with a verified telephone. Turns may overlap.";
        me_title: "我的联系方式与代理", "How I am reached";
        change_password: "修改密码", "Change your password";
        contacts: "联系方式", "Contact methods";
        verified: "已验证", "verified";
        unverified: "未验证：收不到通知", "not verified: nothing is sent to it";
        add_contact: "添加联系方式", "Add one";
        channel: "方式", "By";
        address: "号码或地址", "Number or address";
        add: "发送验证码", "Send a code";
        code: "六位验证码", "Six digits";
        verify: "验证", "Verify";
        take_away: "删除", "Take away";
        deputies: "代理人", "Deputies";
        deputy: "由谁代理", "Who stands in";
        name_deputy: "指定代理人", "Name a deputy";
        end: "结束", "End";
        nobody_stands_in: "没有代理安排。", "Nobody stands in.";
        stands_in_for: "代理", "stands in for";
        deputy_hint: "代理期间，代理人和您都会收到通知。", "Both of you are told while he stands in.";
        choices: "蓝色、黄色用哪些方式通知我", "Channels for blue and yellow";
        choices_hint: "都不选就全部使用。橙色和红色总是全部使用。", "None for all of them. Orange and red always use all.";
    }
}
