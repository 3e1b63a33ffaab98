//! Fields of a form, as they were sent.

use crate::pages::view::parts::HiddenField;

/// The fields of a form in their order; line ends are `\n`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub(crate) struct Fields(Vec<(String, String)>);

impl From<Vec<(String, String)>> for Fields {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect())
    }
}

impl Fields {
    /// The first value of a field; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str()).unwrap_or_default()
    }

    /// Every value of a field that is not empty.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }

    /// Every field with a value, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// Whether nothing was sent.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Replaces one value of a field by another.
    pub(crate) fn swap(&mut self, name: &str, from: &str, to: &str) {
        for (n, value) in &mut self.0 {
            if n == name && value == from {
                to.clone_into(value);
            }
        }
    }

    /// Everything but what belongs to one request alone, to be sent again.
    pub(crate) fn carried(&self) -> Vec<HiddenField> {
        const ONCE: [&str; 4] = ["csrf", "step", "show", "swap"];
        let kept = self.0.iter().filter(|(n, v)| !ONCE.contains(&n.as_str()) && !v.is_empty());
        kept.map(|(name, value)| HiddenField { name: name.clone(), value: value.clone() }).collect()
    }

    /// The fields that begin with a prefix, without it.
    pub(crate) fn unprefixed(&self, prefix: &str) -> Self {
        let kept = self.0.iter().filter_map(|(n, v)| Some((n.strip_prefix(prefix)?.to_owned(), v.clone())));
        Self(kept.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn what_is_carried_is_everything_but_what_belongs_to_one_request() {
        let pairs = [("csrf", "x"), ("student", "a"), ("student", "b"), ("narrative", "1\r\n2"), ("step", "send")];
        let mut fields = Fields::from(pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec());
        fields.swap("student", "b", "c");
        let carried: Vec<_> = fields.carried().into_iter().map(|f| (f.name, f.value)).collect();
        let want = [("student", "a"), ("student", "c"), ("narrative", "1\n2")];
        assert_eq!(carried, want.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }
}
