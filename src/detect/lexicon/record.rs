//! How the built-in lexicon lies in the program: an entry is a line of fields, and is read when a text first comes near
//! it. `build.rs` takes the marks from here, so this names nothing else of the crate.

/// Parts the fields of a record.
pub const FIELD: char = '\u{1f}';
/// Parts the items of a field.
pub const ITEM: char = '\u{1e}';
/// Parts key and value of an item.
pub const VALUE: char = '\u{1d}';
/// Ends a record.
pub const END: char = '\u{1c}';

/// Records with their offsets.
#[derive(Clone, Copy, Debug)]
pub struct Records {
    /// The records, one behind the other.
    pub text: &'static str,
    /// That of each record, and the end of the last, as little-endian 32-bit words.
    pub offsets: &'static [u8],
}

impl Records {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        (self.offsets.len() / 4).saturating_sub(1)
    }

    /// The fields of record `n`; none past the end.
    pub fn fields(&self, n: usize) -> impl Iterator<Item = &'static str> {
        let at = |i: usize| {
            let bytes = self.offsets.get(4 * i..4 * i + 4).and_then(|b| b.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes) as usize
        };
        let text = self.text.get(at(n)..at(n + 1).saturating_sub(END.len_utf8())).unwrap_or("");
        text.split(FIELD)
    }
}

/// The items of a field.
pub fn items(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(ITEM).filter(move |_| !field.is_empty())
}
