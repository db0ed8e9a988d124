//! What a recorded value says: met, missed, or neither.

/// What a value says about the service level.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It was met.
    Met,
    /// It was missed.
    Missed,
    /// Neither: not applicable, still running, or a word that no tool is known to write.
    Unclear,
}

/// Values that say it by themselves. BMC documents "Within the Service Target", "Service Target Breached" and "All Service
/// Targets Breached"; Freshdesk and Freshservice write "Within SLA" and "SLA Violated".
const MET: [&str; 17] = [
    "met",
    "sla met",
    "met sla",
    "made",
    "achieved",
    "within sla",
    "within the sla",
    "in sla",
    "within target",
    "within the service target",
    "within service target",
    "compliant",
    "on time",
    "in time",
    "not breached",
    "not overdue",
    "not violated",
];
const MISSED: [&str; 22] = [
    "missed",
    "not met",
    "sla missed",
    "sla not met",
    "breached",
    "sla breached",
    "sla breach",
    "service target breached",
    "service targets breached",
    "all service targets breached",
    "violated",
    "sla violated",
    "outside sla",
    "out of sla",
    "failed",
    "not achieved",
    "not compliant",
    "non-compliant",
    "missed goal",
    "overdue",
    "late",
    "not in time",
];
/// Values that say yes or no to what the header asks.
const YES: [&str; 11] = ["true", "yes", "y", "t", "1", "ja", "oui", "si", "s\u{ed}", "s\u{ec}", "sim"];
const NO: [&str; 8] = ["false", "no", "n", "f", "0", "nein", "non", "n\u{e3}o"];
/// Parts of headers that ask whether it was missed.
const ASKS_MISSED: [&str; 7] = ["overdue", "breach", "violat", "missed", "late", "fail", "not met"];

/// How to read the values of a column.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Yes means missed.
    inverted: bool,
    /// 0 and 1 are numbers among others, not no and yes.
    numbered: bool,
}

impl Reader {
    /// By the header, and by what else is in the column.
    pub fn new<'a>(header: &str, values: impl Iterator<Item = &'a str>) -> Self {
        let header = normalised(header);
        let digits = |value: &str| !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
        let mut values = values.map(str::trim);
        Self {
            inverted: ASKS_MISSED.iter().any(|word| header.contains(word)),
            numbered: values.any(|value| digits(value) && !matches!(value, "0" | "1")),
        }
    }

    /// What a value says.
    pub fn read(self, value: &str) -> Verdict {
        let value = normalised(value);
        let among = |words: &[&str]| words.contains(&value.as_str());
        if among(&MET) {
            Verdict::Met
        } else if among(&MISSED) {
            Verdict::Missed
        } else if self.numbered && matches!(value.as_str(), "0" | "1") {
            Verdict::Unclear
        } else if among(&YES) {
            if self.inverted { Verdict::Missed } else { Verdict::Met }
        } else if among(&NO) {
            if self.inverted { Verdict::Met } else { Verdict::Missed }
        } else {
            Verdict::Unclear
        }
    }
}

fn normalised(text: &str) -> String {
    text.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{MET, MISSED, NO, Reader, Verdict, YES};

    fn read(header: &str, values: &[&str]) -> Vec<Verdict> {
        let reader = Reader::new(header, values.iter().copied());
        values.iter().map(|value| reader.read(value)).collect()
    }

    #[test]
    fn tools_say_it_in_their_own_words() {
        use Verdict::{Met, Missed, Unclear};
        assert_eq!(read("made_sla", &["true", "FALSE", "", "?"]), [Met, Missed, Unclear, Unclear]);
        assert_eq!(read("Made SLA", &["1", "0"]), [Met, Missed]);
        assert_eq!(read("Resolution status", &["Within SLA", "SLA Violated", ""]), [Met, Missed, Unclear]);
        let bmc = ["Within the Service Target", "All Service Targets Breached", "No Service Targets Assigned"];
        assert_eq!(read("SLM Status", &bmc), [Met, Missed, Unclear]);
        assert_eq!(read("SLA", &["  In_Sla ", "N/A", "Paused"]), [Met, Unclear, Unclear]);
    }

    #[test]
    fn some_headers_ask_whether_it_was_missed() {
        use Verdict::{Met, Missed};
        assert_eq!(read("Overdue Status", &["true", "false"]), [Missed, Met]);
        assert_eq!(read("Overdue Status", &["Overdue", "Not overdue"]), [Missed, Met]);
        assert_eq!(read("has_breached", &["Yes", "no"]), [Missed, Met]);
    }

    /// BMC stores 0 for no target, 1 for within, 2 and 3 for breached: read as no and yes, that would be wrong.
    #[test]
    fn a_column_of_numbers_is_not_taken_for_yes_and_no() {
        assert_eq!(read("SLM Status", &["0", "1", "2", "3"]), [Verdict::Unclear; 4]);
    }

    #[test]
    fn no_word_says_both() {
        let all: Vec<&str> = [&MET[..], &MISSED[..], &YES[..], &NO[..]].concat();
        for (i, word) in all.iter().enumerate() {
            assert!(!all[i + 1..].contains(word), "{word}");
            assert_eq!(super::normalised(word), *word);
        }
    }
}
