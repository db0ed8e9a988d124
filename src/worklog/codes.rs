//! Dictionary codes: repeated text as small integers, in one, two or four bytes as the dictionary needs.

use super::Texts;

/// The code of "no value".
pub const NO_CODE: u32 = u32::MAX;

/// The distinct values of a dimension, addressed by code.
pub type Dictionary = Texts;

/// A column of codes. An empty column answers [`NO_CODE`] for every ticket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Codes {
    /// Up to 255 distinct values.
    Narrow(Vec<u8>),
    /// Up to 65,535 distinct values.
    Medium(Vec<u16>),
    /// Any number of values.
    Wide(Vec<u32>),
}

impl Codes {
    /// An empty column wide enough for a dictionary of `values` values, with room for `n` codes.
    pub fn for_values(values: usize, n: usize) -> Self {
        if u8::try_from(values).is_ok() {
            Self::Narrow(Vec::with_capacity(n))
        } else if u16::try_from(values).is_ok() {
            Self::Medium(Vec::with_capacity(n))
        } else {
            Self::Wide(Vec::with_capacity(n))
        }
    }

    /// Appends a code; one that does not fit the width counts as no value.
    pub fn push(&mut self, code: u32) {
        match self {
            Self::Narrow(v) => v.push(u8::try_from(code).unwrap_or(u8::MAX)),
            Self::Medium(v) => v.push(u16::try_from(code).unwrap_or(u16::MAX)),
            Self::Wide(v) => v.push(code),
        }
    }

    /// The code of an entry, or [`NO_CODE`].
    #[inline]
    pub fn get(&self, n: usize) -> u32 {
        match self {
            Self::Narrow(v) => v.get(n).map_or(NO_CODE, |&c| if c == u8::MAX { NO_CODE } else { u32::from(c) }),
            Self::Medium(v) => v.get(n).map_or(NO_CODE, |&c| if c == u16::MAX { NO_CODE } else { u32::from(c) }),
            Self::Wide(v) => v.get(n).copied().unwrap_or(NO_CODE),
        }
    }

    /// Whether a code, or [`NO_CODE`], can be stored without widening.
    pub fn fits(&self, code: u32) -> bool {
        code == NO_CODE
            || match self {
                Self::Narrow(_) => code < u32::from(u8::MAX),
                Self::Medium(_) => code < u32::from(u16::MAX),
                Self::Wide(_) => true,
            }
    }

    /// Makes room for a wider code, keeping what is stored; the new column has room for `n` codes.
    pub fn widen(&mut self, code: u32, n: usize) {
        let mut wider = Self::for_values(code as usize + 1, n);
        for i in 0..self.len() {
            wider.push(self.get(i));
        }
        *self = wider;
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        match self {
            Self::Narrow(v) => v.len(),
            Self::Medium(v) => v.len(),
            Self::Wide(v) => v.len(),
        }
    }

    /// Whether the column is absent.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
