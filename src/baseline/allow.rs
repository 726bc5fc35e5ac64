//! What a file beside a story allows: findings that an editor has looked at and lets stand.

use super::fingerprint::folded;
use crate::detect::{Finding, registry};
use crate::error::{Error, Place, Result, nearest};

/// The entries of one file.
///
/// ```
/// use fauxami::baseline::Allowances;
/// let toml = "[[allow]]\nrule = \"calque\"\ntext = \"head of French diplomacy\"\nreason = \"the ministry's own words\"\n";
/// assert_eq!(Allowances::parse(toml, "a.txt.fauxami.toml")?.unmet().count(), 1);
/// let error = Allowances::parse("[[allow]]\nrule = \"calque\"\n", "a.txt.fauxami.toml").unwrap_err();
/// assert_eq!(error.to_string(), "a.txt.fauxami.toml:1: no `reason`; expected why the finding may stand");
/// # Ok::<(), fauxami::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Allowances {
    file: String,
    entries: Vec<Allowance>,
}

#[derive(Clone, Debug)]
struct Allowance {
    line: usize,
    rule: Option<String>,
    text: Option<String>,
    met: bool,
}

/// The keys of an entry.
const KEYS: [&str; 3] = ["rule", "text", "reason"];

impl Allowances {
    /// Reads TOML: `[[allow]]` with `rule`, `text` or both, and a `reason`. `file` names it in errors.
    ///
    /// # Errors
    /// Where the text is no TOML, a key or rule is unknown, or an entry has no reason or allows everything.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let line_of = |byte: usize| text[..byte.min(text.len())].matches('\n').count() + 1;
        let fail = |line: usize, found: String| Error::usage(found).file(file).at(Place::Line(line));
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            fail(error.span().map_or(1, |span| line_of(span.start)), error.message().to_owned()).expected("TOML")
        })?;
        if let Some(key) = table.keys().find(|key| *key != "allow") {
            let line = text.lines().position(|line| line.contains(key.as_str())).unwrap_or(0) + 1;
            return Err(fail(line, format!("unknown key `{key}`")).expected("[[allow]]"));
        }
        let entries = match table.get("allow") {
            None => &[][..],
            Some(toml::Value::Array(entries)) => entries,
            Some(_) => return Err(fail(1, "`allow` is no list".to_owned()).expected("[[allow]]")),
        };
        let mut heads =
            text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("[[")).map(|(at, _)| at + 1);
        let mut allowances = Self { file: file.to_owned(), entries: Vec::new() };
        for entry in entries {
            let line = heads.next().unwrap_or(1);
            let fail = |found: String| fail(line, found);
            let shape = "a table with `rule`, `text` or both, and `reason`";
            let entry = entry.as_table().ok_or_else(|| fail("an entry is no table".to_owned()).expected(shape))?;
            if let Some(key) = entry.keys().find(|key| !KEYS.contains(&key.as_str())) {
                return Err(fail(format!("unknown key `{key}`")).expected(shape));
            }
            let field = |name: &str| match entry.get(name) {
                None => Ok(None),
                Some(toml::Value::String(value)) if !value.trim().is_empty() => Ok(Some(value.clone())),
                Some(_) => Err(fail(format!("`{name}` is empty or no text")).expected(shape)),
            };
            let (rule, text, reason) = (field("rule")?, field("text")?, field("reason")?);
            if let Some(rule) = rule.as_deref().filter(|rule| registry::by_id(rule).is_none()) {
                let error = fail(format!("unknown rule `{rule}`"));
                return Err(match nearest(rule, registry::all().iter().map(|rule| rule.id)) {
                    Some(near) => error.remedy(format!("did you mean `{near}`?")),
                    None => error.remedy("`fauxami rules` lists them"),
                });
            }
            if rule.is_none() && text.is_none() {
                return Err(fail("an entry allows everything".to_owned()).expected("`rule`, `text` or both"));
            }
            if reason.is_none() {
                return Err(fail("no `reason`".to_owned()).expected("why the finding may stand"));
            }
            let text = text.map(|text| folded(&text));
            allowances.entries.push(Allowance { line, rule, text, met: false });
        }
        Ok(allowances)
    }

    /// Whether a finding on these words is allowed; the entries that allow it are then met. Case, spacing and the form of
    /// quotation marks do not matter.
    pub fn allow(&mut self, finding: &Finding, words: &str) -> bool {
        let words = folded(words);
        let mut allowed = false;
        for entry in &mut self.entries {
            let rule = entry.rule.as_deref().is_none_or(|rule| rule == finding.rule);
            if rule && entry.text.as_ref().is_none_or(|text| *text == words) {
                entry.met = true;
                allowed = true;
            }
        }
        allowed
    }

    /// A sentence for each entry that has met nothing.
    pub fn unmet(&self) -> impl Iterator<Item = String> {
        let say = |entry: &Allowance| {
            let rule = entry.rule.as_ref().map(|rule| format!("`{rule}`"));
            let text = entry.text.as_ref().map(|text| format!("“{text}”"));
            let what = rule.into_iter().chain(text).collect::<Vec<_>>().join(" on ");
            format!("{}:{}: nothing found that this allows: {what}; drop the entry", self.file, entry.line)
        };
        self.entries.iter().filter(|entry| !entry.met).map(say)
    }
}
