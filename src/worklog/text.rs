//! Many short texts in few allocations.

use super::segments::Segments;

/// Bytes per block. A text never crosses a block's end.
const BLOCK: usize = 1 << 18;

/// Texts addressed by their number. Growing never copies the texts that are there.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Each text stands behind its length: one byte, or [`LONG`] and four bytes.
    blocks: Vec<Vec<u8>>,
    /// Block number and offset of each text's length in one word: 4 GiB of text in all.
    starts: Segments<u32>,
}

/// Texts of this many bytes or more keep their length in four bytes behind the first.
const LONG: u8 = u8::MAX;

/// Longest text kept, in bytes; a longer one is cut.
const LONGEST: usize = 1 << 16;

impl Texts {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends bytes and returns their number. Beyond 64 KiB the bytes are cut; beyond 4 GiB in all nothing is kept.
    pub fn push_bytes(&mut self, bytes: &[u8]) -> usize {
        let n = self.starts.len();
        let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
        // Five bytes: the longest a length can be.
        let room = self.blocks.last().is_some_and(|b| b.len() + 5 + bytes.len() <= BLOCK);
        if !room {
            // The first block grows as needed, so that a dictionary of ten states takes no quarter of a megabyte.
            let capacity = if self.blocks.is_empty() { 0 } else { BLOCK };
            self.blocks.push(Vec::with_capacity(capacity));
        }
        let before = (self.blocks.len() - 1) * BLOCK;
        if let Some(block) = self.blocks.last_mut()
            && let Ok(start) = u32::try_from(before + block.len())
        {
            self.starts.push(start);
            match u8::try_from(bytes.len()) {
                Ok(length) if length < LONG => block.push(length),
                _ => {
                    block.push(LONG);
                    block.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(0).to_le_bytes());
                }
            }
            block.extend_from_slice(bytes);
        } else {
            self.starts.push(u32::MAX);
        }
        n
    }

    /// The bytes of a number; empty beyond the end.
    #[inline]
    pub fn bytes(&self, n: usize) -> &[u8] {
        let Some(start) = self.starts.get(n) else { return &[] };
        let Some(text) = self.blocks.get(start as usize / BLOCK).and_then(|b| b.get(start as usize % BLOCK..)) else {
            return &[];
        };
        match text.split_first() {
            Some((&LONG, rest)) => match rest.split_first_chunk::<4>() {
                Some((length, text)) => text.get(..u32::from_le_bytes(*length) as usize).unwrap_or(&[]),
                None => &[],
            },
            Some((&length, text)) => text.get(..usize::from(length)).unwrap_or(&[]),
            None => &[],
        }
    }

    /// Appends a text and returns its number.
    pub fn push(&mut self, text: &str) -> usize {
        self.push_bytes(text.as_bytes())
    }

    /// The text of a number; empty beyond the end. What is no UTF-8 ends where it stops being some.
    pub fn get(&self, n: usize) -> &str {
        let bytes = self.bytes(n);
        match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => bytes.get(..e.valid_up_to()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or(""),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        (0..self.len()).map(|n| self.get(n))
    }
}

impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(iter: I) -> Self {
        let mut texts = Self::new();
        for text in iter {
            texts.push(text.as_ref());
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_short_long_and_many() {
        let long = "ü".repeat(200);
        let mut texts: Texts = ["", "a", &long].into_iter().collect();
        for n in 0..60_000 {
            texts.push(&format!("INC{n:07}"));
        }
        assert_eq!(texts.get(0), "");
        assert_eq!(texts.get(1), "a");
        assert_eq!(texts.get(2), long);
        assert_eq!(texts.get(60_002), "INC0059999");
        assert_eq!(texts.get(60_003), "");
        assert_eq!(texts.len(), 60_003);
    }
}
