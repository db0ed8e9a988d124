//! What ended the lines of a text.

use crate::words::count;

/// How often each line end was seen.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct LineEnds {
    /// Line feeds alone.
    pub(super) lf: u64,
    /// A carriage return and a line feed.
    pub(super) crlf: u64,
    /// Carriage returns alone.
    pub(super) cr: u64,
}

impl LineEnds {
    /// `LF`, or where they are mixed each with its count: `CRLF (1,204) and LF (3)`; empty where there are none.
    pub(super) fn name(self) -> String {
        let mut kinds = [("CRLF", self.crlf), ("LF", self.lf), ("CR", self.cr)];
        kinds.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let kinds: Vec<_> = kinds.into_iter().filter(|(_, times)| *times > 0).collect();
        match kinds.as_slice() {
            [] => String::new(),
            [(kind, _)] => (*kind).to_owned(),
            several => {
                let counted: Vec<String> =
                    several.iter().map(|(kind, times)| format!("{kind} ({})", count(*times))).collect();
                counted.join(" and ")
            }
        }
    }
}
