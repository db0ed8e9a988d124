//! A growing column in pieces of fixed size: growth never copies what is there, so memory stays close to what is used.

/// Entries per segment; a power of two.
const SEGMENT: usize = 1 << 15;

/// A column of plain values that grows by whole segments.
#[derive(Clone, Debug, Default)]
pub struct Segments<T> {
    segments: Vec<Vec<T>>,
}

impl<T: Copy> Segments<T> {
    /// An empty column.
    pub fn new() -> Self {
        Self { segments: Vec::new() }
    }

    /// Appends a value.
    #[inline]
    pub fn push(&mut self, value: T) {
        match self.segments.last_mut() {
            Some(last) if last.len() < SEGMENT => last.push(value),
            _ => {
                let mut segment = Vec::with_capacity(SEGMENT);
                segment.push(value);
                self.segments.push(segment);
            }
        }
    }

    /// The value of an entry.
    #[inline]
    pub fn get(&self, n: usize) -> Option<T> {
        self.segments.get(n / SEGMENT)?.get(n % SEGMENT).copied()
    }

    /// The value of an entry, to change it.
    #[inline]
    pub fn get_mut(&mut self, n: usize) -> Option<&mut T> {
        self.segments.get_mut(n / SEGMENT)?.get_mut(n % SEGMENT)
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.segments.split_last().map_or(0, |(last, full)| full.len() * SEGMENT + last.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// All values in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.segments.iter().flatten().copied()
    }
}

/// A column of codes whose segments are each as narrow as the codes in them allow.
#[derive(Clone, Debug, Default)]
pub struct CodeSegments {
    segments: Vec<super::Codes>,
}

impl CodeSegments {
    /// Appends a code, or [`super::NO_CODE`].
    #[inline]
    pub fn push(&mut self, code: u32) {
        let fits = match self.segments.last() {
            Some(last) if last.len() < SEGMENT => last.fits(code),
            _ => {
                self.segments.push(super::Codes::for_values(width_hint(code), SEGMENT));
                true
            }
        };
        if let Some(last) = self.segments.last_mut() {
            if !fits {
                last.widen(code, SEGMENT);
            }
            last.push(code);
        }
    }

    /// The code of an entry, or [`super::NO_CODE`].
    #[inline]
    pub fn get(&self, n: usize) -> u32 {
        self.segments.get(n / SEGMENT).map_or(super::NO_CODE, |s| s.get(n % SEGMENT))
    }
}

fn width_hint(code: u32) -> usize {
    if code == super::NO_CODE { 0 } else { code as usize + 1 }
}

#[cfg(test)]
mod tests {
    use super::super::NO_CODE;
    use super::*;

    #[test]
    fn segments_join_seamlessly() {
        let mut column = Segments::new();
        for n in 0..100_000_u32 {
            column.push(n);
        }
        assert_eq!(column.len(), 100_000);
        assert_eq!(column.get(99_999), Some(99_999));
        assert_eq!(column.get(100_000), None);
        assert!(column.iter().eq(0..100_000));
    }

    #[test]
    fn codes_widen_without_loss() {
        let mut column = CodeSegments::default();
        let codes: Vec<u32> = (0..90_000).map(|n| if n % 7 == 0 { NO_CODE } else { n }).collect();
        for code in &codes {
            column.push(*code);
        }
        for (n, code) in codes.iter().enumerate() {
            assert_eq!(column.get(n), *code);
        }
    }
}
