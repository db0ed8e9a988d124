//! Gives equal texts one code, in order of first appearance.

use std::cmp::Ordering;
use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use super::{NO_CODE, Texts};

/// A dictionary that grows while a file is read. The hash only finds codes; it never orders anything.
#[derive(Clone, Debug)]
pub struct Interner {
    texts: Texts,
    /// Absent while the texts have come in ascending order: then a text above the last one is new.
    table: Option<HashTable<u32>>,
    hasher: FixedState,
    last: u32,
}

impl Default for Interner {
    fn default() -> Self {
        Self { texts: Texts::new(), table: None, hasher: FixedState::with_seed(0x0F10), last: NO_CODE }
    }
}

impl Interner {
    /// The code of a text, new or known, and whether it is new.
    #[inline]
    pub fn code(&mut self, bytes: &[u8]) -> (u32, bool) {
        // Exports repeat themselves from row to row, and are often sorted: the last value is the best guess.
        let order =
            if self.last == NO_CODE { Ordering::Greater } else { bytes.cmp(self.texts.bytes(self.last as usize)) };
        if order == Ordering::Equal {
            return (self.last, false);
        }
        if self.table.is_none() {
            if order == Ordering::Greater {
                let code = self.append(bytes);
                return (code, code != NO_CODE);
            }
            self.learn();
        }
        let hash = self.hasher.hash_one(bytes);
        let (texts, hasher) = (&mut self.texts, &self.hasher);
        let Some(table) = &mut self.table else { return (NO_CODE, false) };
        if let Some(&code) = table.find(hash, |&code| texts.bytes(code as usize) == bytes) {
            self.last = code;
            return (code, false);
        }
        let Ok(code) = u32::try_from(texts.len()) else { return (NO_CODE, false) };
        texts.push_bytes(bytes);
        table.insert_unique(hash, code, |&known| hasher.hash_one(texts.bytes(known as usize)));
        self.last = code;
        (code, true)
    }

    /// The code of a text, if it is known.
    pub fn find(&mut self, bytes: &[u8]) -> Option<u32> {
        if self.table.is_none() {
            self.learn();
        }
        let texts = &self.texts;
        let same = |code: &u32| texts.bytes(*code as usize) == bytes;
        self.table.as_ref()?.find(self.hasher.hash_one(bytes), same).copied()
    }

    fn append(&mut self, bytes: &[u8]) -> u32 {
        self.last = u32::try_from(self.texts.push_bytes(bytes)).unwrap_or(NO_CODE);
        self.last
    }

    /// Makes the table of all texts; where two are equal, the first one is found from now on.
    fn learn(&mut self) {
        let (texts, hasher) = (&self.texts, &self.hasher);
        let mut table = HashTable::with_capacity(texts.len());
        for code in (0..texts.len()).filter_map(|n| u32::try_from(n).ok()) {
            let bytes = texts.bytes(code as usize);
            let hash = hasher.hash_one(bytes);
            if table.find(hash, |&known: &u32| texts.bytes(known as usize) == bytes).is_none() {
                table.insert_unique(hash, code, |&known| hasher.hash_one(texts.bytes(known as usize)));
            }
        }
        self.table = Some(table);
    }

    /// Number of distinct texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// The texts, by code.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Puts other texts in place of the codes' own.
    pub fn replace_texts(&mut self, texts: Texts) {
        self.texts = texts;
        self.last = NO_CODE;
        self.learn();
    }

    /// Frees the means to find codes once reading is over.
    pub fn seal(&mut self) {
        self.table = None;
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

    #[test]
    fn ascending_texts_need_no_table_until_one_comes_back() {
        let mut interner = Interner::default();
        for n in 0..1000_u32 {
            assert_eq!(interner.code(format!("INC{n:05}").as_bytes()), (n, true));
            assert_eq!(interner.code(format!("INC{n:05}").as_bytes()), (n, false));
        }
        assert!(interner.table.is_none());
        assert_eq!(interner.code(b"INC00007"), (7, false));
        assert_eq!(interner.code(b"INC00007x"), (1000, true));
        assert_eq!(interner.code(b"INC00999"), (999, false));
    }
}
