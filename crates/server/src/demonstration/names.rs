//! Invented names, put together by chance. Likeness to living people is chance as well.

use super::dice::Dice;

const SURNAMES: &str =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎";
const FIRST: &str = "子雨梓浩欣宇若思嘉一佳诗俊晨明语书文可安泽景锦清知沐云星予";
const SECOND: &str = "涵轩怡泽妍辰萱睿琪航宁然彤博悦阳瑶铭珊凯霖溪楠恒禾川岚乔昕舟";
const SINGLE: &str = "悦晨睿磊婷昊静萌雯凡";
const MORE: [&str; 4] = ["阿依古丽·买买提", "欧阳知远", "巴图·那日苏", "司徒安"];

fn letter(text: &str, dice: &mut Dice) -> Option<char> {
    let letters: Vec<char> = text.chars().collect();
    dice.pick(&letters).copied()
}

/// A name.
pub(crate) fn name(dice: &mut Dice) -> String {
    if dice.below(80) == 0 {
        return dice.pick(&MORE).copied().unwrap_or_default().to_owned();
    }
    let given =
        if dice.below(7) == 0 { [letter(SINGLE, dice), None] } else { [letter(FIRST, dice), letter(SECOND, dice)] };
    letter(SURNAMES, dice).into_iter().chain(given.into_iter().flatten()).collect()
}
