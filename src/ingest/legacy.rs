//! Which encoding text is written in that is not UTF-8, by what its letters would be.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, WINDOWS_1252};

/// How much text around letters beyond ASCII the detector is given (256 KiB); then of every 16th record only.
const FED: usize = 1 << 18;

/// How much ASCII around such letters it is given.
const AROUND: usize = 16;

/// With fewer bytes beyond ASCII than this, or fewer different ones, a guess at anything but the usual encodings is chance:
/// a single "naïve", however often, would make the file Baltic.
const THIN: (u64, u32) = (6, 3);

/// What speaks for which encoding.
pub(super) struct Evidence {
    detector: EncodingDetector,
    /// Bytes that the detector was given, and records that were looked at.
    fed: usize,
    records: usize,
    /// Bytes beyond ASCII, and which there are.
    high: u64,
    different: u128,
    /// How many of them make sense as Mac Roman only, and how many as a Windows encoding.
    mac: u64,
    windows: u64,
    /// How many make sense as ISO-8859-15 only; how many stand for nothing there.
    latin_9: u64,
    controls: u64,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            fed: 0,
            records: 0,
            high: 0,
            different: 0,
            mac: 0,
            windows: 0,
            latin_9: 0,
            controls: 0,
        }
    }
}

impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Evidence").field("fed", &self.fed).field("high", &self.high).finish_non_exhaustive()
    }
}

impl Evidence {
    /// Looks at a record or line that is not UTF-8.
    pub(super) fn study(&mut self, text: &[u8]) {
        let mut before = b' ';
        let mut bytes = text.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if byte >= 0x80 {
                let after = bytes.peek().copied().unwrap_or(b' ');
                self.high += 1;
                self.different |= 1 << (byte & 0x7f);
                self.controls += u64::from(byte < 0xa0);
                self.latin_9 += u64::from(is_latin_9(before, byte, after));
                match leaning(before, byte, after) {
                    Leaning::Mac => self.mac += 1,
                    Leaning::Windows => self.windows += 1,
                    Leaning::Neither => {}
                }
            }
            before = byte;
        }
        self.records += 1;
        if self.fed < FED || self.records.is_multiple_of(16) {
            self.feed(text);
        }
    }

    /// Gives the detector the letters beyond ASCII with a little of what stands around them.
    fn feed(&mut self, text: &[u8]) {
        let mut from = 0;
        let next = |from: usize| text.iter().skip(from).position(|byte| *byte >= 0x80).map(|at| from + at);
        while let Some(first) = next(from) {
            let mut end = first + 1;
            while let Some(further) = next(end).filter(|at| at - end <= 2 * AROUND) {
                end = further + 1;
            }
            let end = (end + AROUND).min(text.len());
            let stretch = text.get(first.saturating_sub(AROUND).max(from)..end).unwrap_or_default();
            self.detector.feed(stretch, false);
            self.detector.feed(b"\n", false);
            self.fed += stretch.len();
            from = end;
        }
    }

    /// The encoding, and how sure that is, in words that go on after "which".
    pub(super) fn verdict(&self) -> (&'static Encoding, String) {
        if self.mac > 4 * self.windows && 3 * self.mac >= self.high {
            return (MACINTOSH, "make sense as letters only in Mac Roman".to_owned());
        }
        let guess = self.detector.guess(None, Utf8Detection::Deny);
        if guess == WINDOWS_1252 && self.latin_9 > 0 && self.controls == 0 {
            return (
                ISO_8859_15,
                "make sense only in ISO-8859-15 (the euro sign, French and Finnish letters)".to_owned(),
            );
        }
        if guess != WINDOWS_1252 && (self.high < THIN.0 || self.different.count_ones() < THIN.1) {
            let why =
                "are too few to tell encodings by; windows-1252 is what exports are written in where it is not UTF-8";
            return (WINDOWS_1252, why.to_owned());
        }
        if guess == WINDOWS_1252 {
            return (guess, "read well in windows-1252, what exports are written in where it is not UTF-8".to_owned());
        }
        (guess, format!("make the most likely words in {}", guess.name()))
    }
}

enum Leaning {
    Mac,
    Windows,
    Neither,
}

/// Which encoding makes sense of a byte between its neighbours. In windows-1252 the accented small letters are 0xE0 and
/// up, in Mac Roman 0x87 to 0x9F, where windows-1252 has capitals, symbols and gaps that do not stand next to a small
/// letter; 0xD0 and 0xD1 are dashes in Mac Roman, 0xD5 the apostrophe.
fn leaning(before: u8, byte: u8, after: u8) -> Leaning {
    let small = |b: u8| b.is_ascii_lowercase();
    let apart = |b: u8| b == b' ' || b.is_ascii_digit();
    match byte {
        0x87 | 0x88 | 0x8a | 0x8b | 0x8d..=0x90 | 0x9d | 0x9f | 0xd5
            if before.is_ascii_alphabetic() && small(after) =>
        {
            Leaning::Mac
        }
        // The euro sign, the ellipsis and the dagger do not begin words; capitals with dots do.
        0x80 | 0x85 | 0x86 if !before.is_ascii_alphanumeric() && small(after) => Leaning::Mac,
        // Gaps of windows-1252.
        0x8d | 0x8f | 0x90 | 0x9d => Leaning::Mac,
        0xd0 | 0xd1 if apart(before) && apart(after) => Leaning::Mac,
        0x80 | 0x85 | 0x91..=0x97 => Leaning::Windows,
        0xdf..=0xff if small(before) || small(after) => Leaning::Windows,
        _ => Leaning::Neither,
    }
}

/// Whether a byte is the euro sign, OE or S with caron of ISO-8859-15 rather than the general currency sign, a fraction or
/// a broken bar.
fn is_latin_9(before: u8, byte: u8, after: u8) -> bool {
    match byte {
        0xa4 => before.is_ascii_digit() || after.is_ascii_digit() || before == b' ' || after == b' ',
        0xa6 => after.is_ascii_lowercase() && !before.is_ascii_alphanumeric(),
        0xbc => after.is_ascii_lowercase(),
        0xbd => before.is_ascii_lowercase() && after.is_ascii_lowercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(label: &str, text: &str) -> &'static str {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "{text}");
        let mut evidence = Evidence::default();
        for line in bytes.split(|byte| *byte == b'\n') {
            evidence.study(&[b"INC0001,2024-05-01 10:00:00,", line].concat());
        }
        evidence.verdict().0.name()
    }

    #[test]
    fn encodings_are_told_by_their_words() {
        for (label, text) in [
            ("windows-1252", "Störung – Drucker\nKovács\nAngström"),
            ("windows-1252", "l’accès à l’écran"),
            ("windows-1250", "Zażółć gęślą jaźń"),
            ("windows-1250", "příliš žluťoučký kůň"),
            ("windows-1251", "Принтер не работает"),
            ("windows-1253", "Ο εκτυπωτής δεν λειτουργεί"),
            ("windows-1254", "Yazıcı çalışmıyor"),
            ("windows-1257", "Šiaulių gatvė, Ąžuolas\nšeši šūviai"),
            ("ISO-8859-2", "Zażółć gęślą jaźń\nźle działa"),
            ("ISO-8859-5", "Принтер не работает"),
            ("ISO-8859-15", "cœur\n50 €"),
            ("KOI8-U", "Принтер не работает"),
            ("macintosh", "Können Sie prüfen\nÖffnen"),
            ("macintosh", "Müller & Söhne\nÜberprüfung"),
            ("Shift_JIS", "プリンタが動きません"),
            ("GBK", "打印机无法工作"),
            ("Big5", "印表機無法運作"),
            ("EUC-KR", "프린터가 작동하지 않습니다"),
            ("EUC-JP", "プリンタが動きません"),
        ] {
            assert_eq!(found(label, text), label, "{text}");
        }
    }

    #[test]
    fn little_evidence_is_none() {
        for text in ["naïve\n".repeat(20), "Kovács\n".repeat(20), "Ü".to_owned(), "50 €".to_owned()] {
            assert_eq!(found("windows-1252", &text), "windows-1252", "{text}");
        }
    }
}
