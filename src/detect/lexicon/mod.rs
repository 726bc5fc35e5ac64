//! The phrase knowledge: calques and false friends, boilerplate, and variants of names, as TOML packs.

mod check;
pub(crate) mod classes;
mod entry;
mod evidence;
mod fill;
mod furniture;
mod index;
mod pack;
mod pattern;
mod record;
mod search;
mod syntax;

pub use classes::Class;
pub use entry::{Entry, Examples, Kind, Side};
pub(crate) use evidence::{Evidence, Spoken};
pub use evidence::{Origin, origins};
pub use pattern::{Head, Match, Pattern};
pub use search::Hit;
pub use syntax::{Atom, Element, Syntax};

use crate::config::{Config, Profile};
use crate::error::{Error, Result};
use furniture::{Furniture, Where};
use index::Index;
use record::{Records, items};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Names that are one name.
#[derive(Clone, Debug)]
pub struct Group {
    /// The spellings.
    pub names: Vec<String>,
    /// The spelling to prefer, where usage is settled.
    pub prefer: Option<String>,
    /// Phrases in which any spelling is right.
    pub unless: Vec<String>,
    /// Whether it is a place: a place behind another name is part of a longer one.
    pub place: bool,
}

/// An entry of a lexicon: which layer, and which in it. Smaller ones come first in the lexicon's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    layer: u32,
    entry: u32,
}

/// Entries with one index: those built in, or those of the user's packs.
#[derive(Debug)]
struct Layer {
    /// Read when a text first comes near them.
    entries: Vec<OnceLock<Entry>>,
    /// What they are read from; none where they are there from the start.
    records: Option<Records>,
    examples: Vec<Examples>,
    index: Index,
}

impl Layer {
    fn entry(&self, n: u32) -> Option<&Entry> {
        let slot = self.entries.get(n as usize)?;
        Some(match self.records {
            Some(records) => slot.get_or_init(|| Entry::of_record(records, n as usize)),
            None => slot.get()?,
        })
    }
}

/// Everything that is known of phrases.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    layers: Vec<Arc<Layer>>,
    /// Ids of entries that are switched off.
    off: FxHashSet<String>,
    /// The house style whose entries speak too.
    profile: Option<Profile>,
    /// Variants of names.
    pub groups: Vec<Group>,
    spellings: FxHashMap<String, u32>,
    /// What the spellings begin with, up to the first space.
    name_heads: FxHashSet<String>,
    furniture: Furniture,
}

/// What `build.rs` made of `corpora/lexicon`.
mod built {
    macro_rules! file {
        ($include:ident, $name:literal) => {
            $include!(concat!(env!("OUT_DIR"), "/lexicon/", $name))
        };
    }
    pub const ENTRIES: super::Records =
        super::Records { text: file!(include_str, "entries.txt"), offsets: file!(include_bytes, "entries.at") };
    pub const EXAMPLES: super::Records =
        super::Records { text: file!(include_str, "examples.txt"), offsets: file!(include_bytes, "examples.at") };
    pub const PHRASES: super::Records =
        super::Records { text: file!(include_str, "phrases.txt"), offsets: file!(include_bytes, "phrases.at") };
    pub const GROUPS: super::Records =
        super::Records { text: file!(include_str, "groups.txt"), offsets: file!(include_bytes, "groups.at") };
    pub const INDEX: &[u8] = file!(include_bytes, "index.bin");
}

impl Lexicon {
    /// The lexicon that is built in.
    #[must_use]
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: OnceLock<Arc<Lexicon>> = OnceLock::new();
        BUILTIN
            .get_or_init(|| {
                let entries = (0..built::ENTRIES.len()).map(|_| OnceLock::new()).collect();
                let index = Index::new(Cow::Borrowed(built::INDEX));
                let layer = Layer { entries, records: Some(built::ENTRIES), examples: Vec::new(), index };
                let mut lexicon = Self { layers: vec![Arc::new(layer)], ..Self::default() };
                for n in 0..built::PHRASES.len() {
                    let mut fields = built::PHRASES.fields(n);
                    let mut next = || fields.next().unwrap_or("");
                    let (text, place, words, lang) = (next(), next(), next(), next());
                    let place = if place == "start" { Where::Start } else { Where::Whole };
                    lexicon.furniture.add(text.into(), place, words.parse().unwrap_or(12), lang.into());
                }
                for n in 0..built::GROUPS.len() {
                    let mut fields = built::GROUPS.fields(n);
                    let mut list = || fields.next().map(|f| items(f).map(str::to_owned).collect::<Vec<_>>());
                    let mut next = || list().unwrap_or_default();
                    let (names, prefer, unless, kind) = (next(), next().pop(), next(), next().pop());
                    lexicon.add_group(Group { names, prefer, unless, place: kind.as_deref() == Some("place") });
                }
                Arc::new(lexicon)
            })
            .clone()
    }

    /// The built-in lexicon with what `config` adds and switches off.
    ///
    /// # Errors
    /// A pack that cannot be read, is not TOML of the form that `corpora/lexicon/README.md` describes, has a wrong
    /// pattern, or does not do what its own examples say; see [`Self::faults`]. An id in `lexicon-off` that no entry
    /// has. File, line and remedy are named.
    pub fn for_config(config: &Config) -> Result<Arc<Self>> {
        let builtin = Self::builtin();
        if config.lexicons.is_empty() && config.lexicon_off.is_empty() && config.profile.is_none() {
            return Ok(builtin);
        }
        let mut packs = Vec::new();
        for path in &config.lexicons {
            let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, &error))?;
            packs.push((path.display().to_string(), text));
        }
        let mut lexicon = builtin.with_packs(&packs)?;
        lexicon.profile = config.profile;
        for id in &config.lexicon_off {
            if lexicon.by_id(id).is_none() {
                let near = crate::error::nearest(id, lexicon.names().map(|x| x.1));
                let remedy = near.map_or_else(|| "drop it".to_owned(), |n| format!("did you mean `{n}`?"));
                return Err(Error::usage(format!("`lexicon-off` names no entry `{id}`")).remedy(remedy));
            }
        }
        lexicon.off = config.lexicon_off.iter().cloned().collect();
        match lexicon.faults().into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(Arc::new(lexicon)),
        }
    }

    /// This lexicon with further packs in TOML, given as file name and text. What the entries find is not tried; see
    /// [`Self::faults`].
    ///
    /// # Errors
    /// A pack that is not TOML of the right form, an id that another entry has, a wrong pattern, a suggestion that
    /// repeats what no pattern captures. File, line and remedy are named.
    pub fn with_packs(&self, packs: &[(String, String)]) -> Result<Self> {
        let mut lexicon = self.clone();
        let (mut entries, mut examples): (Vec<Entry>, Vec<Examples>) = (Vec::new(), Vec::new());
        let mut ids: FxHashMap<String, (String, usize)> = FxHashMap::default();
        let known: FxHashMap<&str, EntryId> = self.names().map(|(id, name)| (name, id)).collect();
        for (file, text) in packs {
            let source = pack::Source::new(text, file);
            let pack = pack::read(text, &source)?;
            for raw in pack.entry {
                let (entry, shown) = raw.check(&source)?;
                let other = ids.get(&entry.id).cloned().or_else(|| {
                    let other = self.entry(*known.get(entry.id.as_str())?);
                    Some((other.file.clone(), other.line))
                });
                if let Some((file, line)) = other {
                    return Err(check::at(&entry, "another entry has this id")
                        .remedy(format!("choose another id; the other stands in {file}:{line}")));
                }
                ids.insert(entry.id.clone(), (file.clone(), entry.line));
                entries.push(entry);
                examples.push(shown);
            }
            for phrase in pack.phrase {
                lexicon.furniture.add(phrase.text.into(), phrase.place, phrase.max_words, phrase.lang.into());
            }
            for group in pack.group {
                if let Some(prefer) = group.prefer.as_ref().filter(|p| !group.names.contains(p.get_ref())) {
                    return Err(pack::stray_name(prefer, &source));
                }
                lexicon.add_group(Group {
                    names: group.names,
                    prefer: group.prefer.map(toml::Spanned::into_inner),
                    unless: group.unless,
                    place: group.kind == pack::NameKind::Place,
                });
            }
        }
        if !entries.is_empty() {
            let patterns = entries.iter().zip(0..).flat_map(|(entry, e)| {
                entry.patterns.iter().zip(0..).map(move |(pattern, p)| (e, p, pattern.syntax()))
            });
            let index = Index::new(index::index_of(patterns).into());
            let entries = entries.into_iter().map(OnceLock::from).collect();
            lexicon.layers.push(Arc::new(Layer { entries, records: None, examples, index }));
        }
        Ok(lexicon)
    }

    fn add_group(&mut self, group: Group) {
        let number = self.groups.len() as u32;
        for name in &group.names {
            self.spellings.insert(name.clone(), number);
            self.name_heads.extend(name.split(' ').next().map(str::to_owned));
        }
        self.groups.push(group);
    }

    /// All entries, in the lexicon's order; also those that are switched off.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.ids().map(|id| (id, self.entry(id)))
    }

    /// The entry that `id` means.
    ///
    /// # Panics
    /// Where the id is of another lexicon.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &Entry {
        self.layers[id.layer as usize].entry(id.entry).expect("an id of this lexicon")
    }

    /// All entries with their names, which are known without reading them.
    fn names(&self) -> impl Iterator<Item = (EntryId, &str)> {
        self.ids().filter_map(|id| {
            let layer = &self.layers[id.layer as usize];
            match layer.records {
                Some(records) => Some((id, records.fields(id.entry as usize).next()?)),
                None => Some((id, layer.entry(id.entry)?.id.as_str())),
            }
        })
    }

    fn ids(&self) -> impl Iterator<Item = EntryId> {
        self.layers
            .iter()
            .zip(0..)
            .flat_map(|(layer, l)| (0..layer.entries.len() as u32).map(move |n| EntryId { layer: l, entry: n }))
    }

    /// The entry named `id`.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        self.names().find(|(_, name)| *name == id).map(|x| x.0)
    }

    /// The examples of an entry.
    #[must_use]
    pub fn examples(&self, id: EntryId) -> Examples {
        let layer = &self.layers[id.layer as usize];
        match layer.records {
            Some(_) => entry::examples_of_record(built::EXAMPLES, id.entry as usize),
            None => layer.examples[id.entry as usize].clone(),
        }
    }

    /// Whether an entry speaks: it is not switched off, and its house style is kept.
    #[must_use]
    pub fn speaks(&self, entry: &Entry) -> bool {
        self.speaks_in(entry, self.profile)
    }

    /// Whether an entry speaks where `profile` is the house style: it is not switched off, and the style is its own.
    fn speaks_in(&self, entry: &Entry, profile: Option<Profile>) -> bool {
        (entry.profile.is_none() || entry.profile == profile) && (self.off.is_empty() || !self.off.contains(&entry.id))
    }

    /// Whether a spelling of [`Self::group_of`] may begin with this word.
    #[must_use]
    pub fn may_begin_name(&self, word: &str) -> bool {
        self.name_heads.contains(word)
    }

    /// The group that holds the spelling `name`.
    #[must_use]
    pub fn group_of(&self, name: &str) -> Option<(usize, &Group)> {
        self.spellings.get(name).map(|g| (*g as usize, &self.groups[*g as usize]))
    }

    /// The language of the boilerplate that `text` is, if it is one; `words` is its length in words.
    #[must_use]
    pub fn boilerplate(&self, text: &str, words: usize) -> Option<&str> {
        self.furniture.language_of(text, words)
    }
}
