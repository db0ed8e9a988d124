//! Many short texts in one allocation.

/// Texts stored one behind the other, addressed by their number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Texts {
    bytes: String,
    ends: Vec<u32>,
}

impl Texts {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a text and returns its number. Beyond 4 GiB of text in all, the empty text is stored.
    pub fn push(&mut self, text: &str) -> usize {
        if u32::try_from(self.bytes.len() + text.len()).is_ok() {
            self.bytes.push_str(text);
        }
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        self.ends.len() - 1
    }

    /// The text of a number; empty beyond the end.
    pub fn get(&self, n: usize) -> &str {
        let end = self.ends.get(n).copied().unwrap_or(0) as usize;
        let start = n.checked_sub(1).and_then(|p| self.ends.get(p)).copied().unwrap_or(0) as usize;
        self.bytes.get(start..end).unwrap_or("")
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
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
