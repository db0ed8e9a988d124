//! Walks over the raw bytes of a cell: digits, spaces, words. The encoding is not known yet, so that letters with
//! accents are any bytes above ASCII.

/// Longest word kept; a longer one is no name of ours.
const WORD: usize = 24;

/// A word without case and accents: only its ASCII letters, in lower case. "février" is `fvrier` in every encoding, and
/// `fevrier` where the accent stands apart or is missing.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    letters: [u8; WORD],
    length: usize,
}

impl Word {
    /// Its letters.
    pub fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }
}

/// What is left of a cell.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    /// The rest.
    pub rest: &'a [u8],
}

/// Length of a space at the beginning, also of the ones that do not break; 0 where there is none.
pub fn space(text: &[u8]) -> usize {
    match text {
        // A cell may break its line between date and time; a no-break space is a lone byte of windows-1252.
        [b' ' | b'\t' | b'\n' | b'\r' | 0xA0, ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        // Thin, hair, figure, narrow no-break space.
        [0xE2, 0x80, 0x87..=0x8A | 0xAF, ..] => 3,
        _ => 0,
    }
}

impl Cursor<'_> {
    /// The next byte.
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Takes the next byte if it is the wanted one.
    pub fn eat(&mut self, wanted: u8) -> bool {
        let hit = self.peek() == Some(wanted);
        if hit {
            self.skip(1);
        }
        hit
    }

    /// Takes this text, whatever its case.
    pub fn eat_text(&mut self, wanted: &[u8]) -> bool {
        let hit = self.rest.get(..wanted.len()).is_some_and(|t| t.eq_ignore_ascii_case(wanted));
        if hit {
            self.skip(wanted.len());
        }
        hit
    }

    /// Drops `n` bytes.
    pub fn skip(&mut self, n: usize) {
        self.rest = self.rest.get(n..).unwrap_or_default();
    }

    /// Drops spaces; whether there were any.
    pub fn spaces(&mut self) -> bool {
        let before = self.rest.len();
        loop {
            match space(self.rest) {
                0 => return self.rest.len() < before,
                n => self.skip(n),
            }
        }
    }

    /// A run of at most `most` digits: its value and its length.
    pub fn digits(&mut self, most: usize) -> Option<(i64, usize)> {
        let n = self.rest.iter().take(most.min(18)).take_while(|b| b.is_ascii_digit()).count();
        if n == 0 {
            return None;
        }
        let value = self.rest.iter().take(n).fold(0_i64, |v, b| v * 10 + i64::from(b - b'0'));
        self.skip(n);
        Some((value, n))
    }

    /// Exactly two digits.
    pub fn two(&mut self) -> Option<i64> {
        match self.rest {
            [a @ b'0'..=b'9', b @ b'0'..=b'9', ..] => {
                let value = i64::from(a - b'0') * 10 + i64::from(b - b'0');
                self.skip(2);
                Some(value)
            }
            _ => None,
        }
    }

    /// A run of letters; `None` where there is none or it is too long.
    pub fn word(&mut self) -> Option<Word> {
        let mut word = Word { letters: [0; WORD], length: 0 };
        let mut at = 0;
        while let Some(&byte) = self.rest.get(at) {
            let rest = self.rest.get(at..).unwrap_or_default();
            if byte.is_ascii_alphabetic() {
                *word.letters.get_mut(word.length)? = byte.to_ascii_lowercase();
                word.length += 1;
                at += 1;
            } else if byte >= 0x80 && space(rest) == 0 {
                // A lead byte takes its continuation along: the second byte of "à" would pass for a space.
                let continued = byte >= 0xC2 && rest.get(1).is_some_and(|b| (0x80..0xC0).contains(b));
                at += if continued { 2 } else { 1 };
            } else {
                break;
            }
        }
        if at == 0 {
            return None;
        }
        self.skip(at);
        Some(word)
    }

    /// Takes the next word if it is one of these; the cursor stays where it is not.
    pub fn eat_word(&mut self, wanted: &[&[u8]]) -> bool {
        let mut ahead = *self;
        let hit = ahead.word().is_some_and(|word| wanted.contains(&word.letters()));
        if hit {
            *self = ahead;
        }
        hit
    }
}
