//! Header, footer, sign-in, home and errors.

use super::texts;

texts! {
    /// Header, footer and what every page shares.
    ShellTexts {
        product: "心灯", "Xindeng";
        nav_home: "首页", "Home";
        nav_report: "报观察", "Report";
        nav_alerts: "预警", "Alerts";
        nav_cases: "一人一案", "Cases";
        phone_110: "报警", "Police";
        phone_120: "急救", "Ambulance";
        skip: "跳到正文", "Skip to content";
        navigation: "主导航", "Main";
        sign_out: "退出登录", "Sign out";
        other_language: "English", "中文";
        blank: "遮屏", "Hide";
        blank_title: "屏幕已遮住", "The screen is hidden";
        blank_hint: "连按三次 Shift 也可以遮住屏幕。", "Pressing Shift three times also hides it.";
        blank_back: "继续", "Continue";
        demo: "演示数据：人物全部虚构，短信和邮件都不会真的发出。", "Demonstration: everyone is invented, and no message leaves this computer.";
        demo_outbox: "看看发了什么", "See what was sent";
        emergency: "紧急电话", "Emergency numbers";
        call_first: "紧急时先打电话", "In an emergency, call first";
        help: "求助", "Help";
        footer_120: "受伤、吞药", "Injured or swallowed something";
        footer_110: "伤人、走失", "Violence or missing";
        footer_12356: "是倾诉热线，不是急救", "is a listening line, not an emergency service";
        error_prefix: "出错：", "Error: ";
        error_heading: "有问题需要修改", "There is a problem";
        optional: "（可不填）", " (optional)";
        response: "当前响应", "Response";
        updated: "更新于", "Updated";
        refresh: "刷新", "Refresh";
        more: "下一页", "Next page";
        none: "无", "None";
        unproven: "预警系统自 # 起未经验证，紧急情况请直接打电话", "Not verified since #: in an emergency, call";
        colon: "：", ": ";
        comma: "，", ", ";
        listed: "、", ", ";
        open: "（", " (";
        close: "）", ")";
        left_minutes: "还剩 # 分", "# min left";
        late_minutes: "已超时 # 分", "# min overdue";
    }
}

texts! {
    /// The sign-in page.
    SignInTexts {
        title: "登录", "Sign in";
        login: "用户名", "User name";
        password: "密码", "Password";
        submit: "登录", "Sign in";
        changed: "密码已修改，所有登录都已退出。请用新密码重新登录。", "Your password was changed, and you are signed out everywhere. Sign in with the new one.";
        forgot: "忘记密码：谁也看不到、改不了您的密码。请学校管理员停用这个账号，另建一个。", "Forgotten your password? Nobody can see or set it: ask the school administrator to close the account and add another.";
        urgent: "孩子现在有危险？不用登录，先打电话。", "Is a child in danger now? Do not sign in first: call.";
        demo_title: "演示账号", "Demonstration sign-ins";
        demo_hint: "每个账号看到的不一样，逐个试试。", "Each sees something different. Try them all.";
    }
}

texts! {
    /// The home page.
    HomeTexts {
        title: "首页", "Home";
        today: "今天", "Today";
        go_to: "去做", "What next";
        due_today: "今天到期", "Due today";
        needs_you: "待接手", "Waiting to be taken";
        to_sign: "等您签字", "For you to sign";
        mine: "我负责的", "In your hands";
        all: "全部", "All of them";
        mine_filed: "我报的", "My reports";
        mine_filed_hint: "看看进展，还担心可以再报", "What became of them; say if you are still worried";
        roster: "导入名册", "Import the roster";
        roster_text: "把名册存成表格，先用 --dry-run 试导，看清有多少新增、变动和离校，再正式导入；7 天内可以撤销。也可以由教务系统通过接口导入。", "Save the roster as a table and try it with --dry-run first: see how many are new, changed or gone, then import. It can be undone within 7 days. Another system may import through the interface.";
        accounts: "账号和岗位", "Accounts and positions";
        accounts_text: "教职工账号和岗位在服务器上用命令登记。看不到预警和档案，是您的岗位本来如此。", "Staff accounts and positions are entered by a command on the server. That you see no alerts and no files is as it should be.";
        report: "报一条观察", "Report an observation";
        report_hint: "看到、听到什么，半分钟就能报", "What you saw or heard, in half a minute";
        alerts: "预警", "Alerts";
        alerts_hint: "最急的在最上面", "The most urgent on top";
        count_untriaged: "待接手", "Waiting";
        count_overdue: "超时", "Overdue";
        count_taken: "已接手", "Taken";
        count_assessed: "已研判", "Assessed";
    }
}

texts! {
    /// The error pages.
    ErrorTexts {
        forbidden: "这个页面不归您的岗位查看", "Your position does not include this page";
        forbidden_text: "如果工作需要，请找学校管理员核对您的岗位。", "If your work needs it, ask the school administrator to check your position.";
        not_found: "没有这个页面", "There is no such page";
        not_found_text: "网址可能抄错了，也可能内容不归您查看。", "The address may be wrong, or it is not yours to see.";
        internal: "系统出了错", "Something went wrong here";
        internal_text: "刚才的操作可能没有完成，请返回核对。错误已记录；再次出错时，请把下面的编号告诉管理员。", "What you did may not have been completed: go back and check. The error has been recorded; if it happens again, give the administrator the number below.";
        unavailable: "系统暂时用不了", "The service is not available";
        unavailable_text: "如果您刚才在提交，请当作没有送出，也没有任何人收到。事情紧急，现在就打电话。", "If you were sending something, take it as not sent and received by nobody. If it is urgent, call now.";
        refused: "没有完成", "That was not done";
        refused_text: "请返回上一页再试。页面可能放得太久，刷新后再填。", "Go back and try again. The page may have been open for too long: reload it first.";
        request: "错误编号", "Error number";
        home: "回到首页", "Go to the home page";
    }
}
