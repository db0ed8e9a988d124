//! Gives equal texts one code, in order of first appearance.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use super::{NO_CODE, Texts};

/// A dictionary that grows while a file is read. The hash only finds codes; it never orders anything.
#[derive(Clone, Debug)]
pub struct Interner {
    texts: Texts,
    table: HashTable<u32>,
    hasher: FixedState,
    last: u32,
}

impl Default for Interner {
    fn default() -> Self {
        Self { texts: Texts::new(), table: HashTable::new(), hasher: FixedState::with_seed(0x0F10), last: NO_CODE }
    }
}

impl Interner {
    /// The code of a text, new or known, and whether it is new.
    #[inline]
    pub fn code(&mut self, bytes: &[u8]) -> (u32, bool) {
        // Exports repeat themselves from row to row: the last value is the best guess.
        if self.last != NO_CODE && self.texts.bytes(self.last as usize) == bytes {
            return (self.last, false);
        }
        let hash = self.hasher.hash_one(bytes);
        let (texts, hasher) = (&self.texts, &self.hasher);
        if let Some(&code) = self.table.find(hash, |&code| texts.bytes(code as usize) == bytes) {
            self.last = code;
            return (code, false);
        }
        let Ok(code) = u32::try_from(self.texts.len()) else { return (NO_CODE, false) };
        self.texts.push_bytes(bytes);
        let texts = &self.texts;
        self.table.insert_unique(hash, code, |&known| hasher.hash_one(texts.bytes(known as usize)));
        self.last = code;
        (code, true)
    }

    /// Number of distinct texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// The texts, by code.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Puts other texts in place of the codes' own. Where two of them are equal, the first one is found from now on.
    pub fn replace_texts(&mut self, texts: Texts) {
        self.texts = texts;
        self.last = NO_CODE;
        self.table = HashTable::new();
        let (texts, hasher) = (&self.texts, &self.hasher);
        for code in (0..texts.len()).filter_map(|n| u32::try_from(n).ok()) {
            let bytes = texts.bytes(code as usize);
            let hash = hasher.hash_one(bytes);
            if self.table.find(hash, |&known| texts.bytes(known as usize) == bytes).is_none() {
                self.table.insert_unique(hash, code, |&known| hasher.hash_one(texts.bytes(known as usize)));
            }
        }
    }

    /// Frees the means to find codes once reading is over.
    pub fn seal(&mut self) {
        self.table = HashTable::new();
    }

    /// The texts, by code, without the means to find codes.
    pub fn into_texts(self) -> Texts {
        self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_first_appearance() {
        let mut interner = Interner::default();
        let codes: Vec<(u32, bool)> = ["b", "a", "b", "", "a"].iter().map(|t| interner.code(t.as_bytes())).collect();
        assert_eq!(codes, [(0, true), (1, true), (0, false), (2, true), (1, false)]);
        assert_eq!(interner.into_texts().iter().collect::<Vec<_>>(), ["b", "a", ""]);
    }
}
