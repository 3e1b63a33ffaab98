//! Surnames whose reading as a name is not the first one of their characters.

/// One syllable for each character; longer surnames come first.
const SURNAMES: &[(&str, &[&str])] = &[
    ("尉迟", &["yu", "chi"]),
    ("单于", &["chan", "yu"]),
    ("万俟", &["mo", "qi"]),
    ("长孙", &["zhang", "sun"]),
    ("令狐", &["ling", "hu"]),
    ("夏侯", &["xia", "hou"]),
    ("诸葛", &["zhu", "ge"]),
    ("欧阳", &["ou", "yang"]),
    ("司马", &["si", "ma"]),
    ("上官", &["shang", "guan"]),
    ("司徒", &["si", "tu"]),
    ("司空", &["si", "kong"]),
    ("皇甫", &["huang", "fu"]),
    ("慕容", &["mu", "rong"]),
    ("宇文", &["yu", "wen"]),
    ("鲜于", &["xian", "yu"]),
    ("濮阳", &["pu", "yang"]),
    ("淳于", &["chun", "yu"]),
    ("澹台", &["tan", "tai"]),
    ("公孙", &["gong", "sun"]),
    ("仲孙", &["zhong", "sun"]),
    ("颛孙", &["zhuan", "sun"]),
    ("乐正", &["yue", "zheng"]),
    ("亓官", &["qi", "guan"]),
    ("子车", &["zi", "ju"]),
    ("夹谷", &["jia", "gu"]),
    ("谷梁", &["gu", "liang"]),
    ("拓跋", &["tuo", "ba"]),
    ("宰父", &["zai", "fu"]),
    ("单", &["shan"]),
    ("仇", &["qiu"]),
    ("区", &["ou"]),
    ("解", &["xie"]),
    ("朴", &["piao"]),
    ("盖", &["ge"]),
    ("查", &["zha"]),
    ("曾", &["zeng"]),
    ("任", &["ren"]),
    ("翟", &["zhai"]),
    ("乐", &["yue"]),
    ("员", &["yun"]),
    ("缪", &["miao"]),
    ("秘", &["bi"]),
    ("种", &["chong"]),
    ("折", &["she"]),
    ("逄", &["pang"]),
    ("华", &["hua"]),
    ("葛", &["ge"]),
    ("燕", &["yan"]),
    ("那", &["na"]),
    ("纪", &["ji"]),
    ("应", &["ying"]),
    ("洗", &["xian"]),
    ("冼", &["xian"]),
    ("过", &["guo"]),
    ("哈", &["ha"]),
    ("句", &["gou"]),
    ("繁", &["po"]),
    ("车", &["che"]),
    ("柏", &["bai"]),
    ("覃", &["qin"]),
    ("盛", &["sheng"]),
    ("石", &["shi"]),
    ("贾", &["jia"]),
    ("沈", &["shen"]),
    ("谌", &["chen"]),
    ("祭", &["zha"]),
    ("訾", &["zi"]),
    ("都", &["du"]),
    ("强", &["qiang"]),
    ("俞", &["yu"]),
    ("曲", &["qu"]),
    ("叶", &["ye"]),
    ("臧", &["zang"]),
    ("藏", &["zang"]),
    ("莘", &["shen"]),
    ("佴", &["nai"]),
    ("厍", &["she"]),
    ("钭", &["tou"]),
    ("宓", &["mi"]),
    ("瞿", &["qu"]),
    ("郇", &["xun"]),
    ("於", &["yu"]),
    ("郄", &["qie"]),
    ("褚", &["chu"]),
    ("卜", &["bu"]),
    ("幺", &["yao"]),
    ("肖", &["xiao"]),
    ("宁", &["ning"]),
    ("隗", &["wei"]),
    ("郗", &["xi"]),
    ("台", &["tai"]),
    ("召", &["shao"]),
    ("重", &["chong"]),
    ("行", &["xing"]),
    ("黑", &["he"]),
    ("尉", &["wei"]),
    ("牟", &["mou"]),
    ("阚", &["kan"]),
    ("仉", &["zhang"]),
    ("眭", &["sui"]),
    ("冯", &["feng"]),
    ("万", &["wan"]),
    ("勾", &["gou"]),
];

/// The syllables of the surname that a name begins with, where the table has it.
pub(super) fn readings(name: &[char]) -> Option<&'static [&'static str]> {
    let fits = |surname: &str| surname.chars().count() < name.len() && surname.chars().zip(name).all(|(a, b)| a == *b);
    SURNAMES.iter().find(|(surname, _)| fits(surname)).map(|(_, syllables)| *syllables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_syllable_for_each_character_and_no_surname_twice() {
        for (at, (surname, syllables)) in SURNAMES.iter().enumerate() {
            assert_eq!(surname.chars().count(), syllables.len(), "{surname}");
            assert!(SURNAMES[..at].iter().all(|(earlier, _)| earlier != surname), "{surname}");
        }
        assert!(SURNAMES.windows(2).all(|pair| pair[0].1.len() >= pair[1].1.len()), "longer ones come first");
    }

    #[test]
    fn a_surname_alone_is_no_name() {
        assert_eq!(readings(&['单']), None);
        assert_eq!(readings(&['单', '于']), Some(&["shan"][..]));
    }
}
