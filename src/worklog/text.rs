//! Many short texts in few allocations.

use super::segments::Segments;

/// Bytes per block. A text never crosses a block's end.
const BLOCK: usize = 1 << 18;

/// Texts addressed by their number. Growing never copies the texts that are there.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    blocks: Vec<Vec<u8>>,
    /// Block number and offset in one word: 4 GiB of text in all.
    starts: Segments<u32>,
    lengths: Segments<u8>,
}

/// Texts of this many bytes or more keep their length in the four bytes before them.
const LONG: usize = u8::MAX as usize;

/// Longest text kept, in bytes; a longer one is cut at a character.
const LONGEST: usize = 1 << 16;

impl Texts {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends bytes and returns their number. Beyond 64 KiB the bytes are cut; beyond 4 GiB in all nothing is kept.
    pub fn push_bytes(&mut self, bytes: &[u8]) -> usize {
        let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
        let prefix = if bytes.len() >= LONG { 4 } else { 0 };
        let room = self.blocks.last().is_some_and(|b| b.len() + prefix + bytes.len() <= BLOCK);
        if !room {
            // The first block grows as needed, so that a dictionary of ten states takes no quarter of a megabyte.
            let capacity = if self.blocks.is_empty() { 0 } else { BLOCK };
            self.blocks.push(Vec::with_capacity(capacity));
        }
        let block = self.blocks.len() - 1;
        let mut start = 0;
        if let Some(last) = self.blocks.last_mut() {
            if prefix > 0 {
                last.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(0).to_le_bytes());
            }
            start = last.len();
            last.extend_from_slice(bytes);
        }
        let n = self.starts.len();
        let place = u32::try_from(block * BLOCK + start).ok();
        self.starts.push(place.unwrap_or(0));
        self.lengths.push(place.map_or(0, |_| u8::try_from(bytes.len()).unwrap_or(u8::MAX)));
        n
    }

    /// Appends a text and returns its number.
    pub fn push(&mut self, text: &str) -> usize {
        self.push_bytes(text.as_bytes())
    }

    /// The bytes of a number; empty beyond the end.
    pub fn bytes(&self, n: usize) -> &[u8] {
        let (Some(start), Some(length)) = (self.starts.get(n), self.lengths.get(n)) else { return &[] };
        let (block, start) = (start as usize / BLOCK, start as usize % BLOCK);
        let Some(block) = self.blocks.get(block) else { return &[] };
        let length = if usize::from(length) < LONG {
            usize::from(length)
        } else {
            match start.checked_sub(4).and_then(|p| block.get(p..start)?.first_chunk::<4>()) {
                Some(&length) => u32::from_le_bytes(length) as usize,
                None => 0,
            }
        };
        block.get(start..start + length).unwrap_or(&[])
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
