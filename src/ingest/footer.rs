//! Lines below the rows of a table: totals, and how many rows there were.

/// Words that say that a line sums up the lines above it.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "subtotal",
    "totale",
    "totali",
    "totales",
    "totaal",
    "totaux",
    "totalt",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "gesamtzahl",
    "gesamtanzahl",
    "insgesamt",
    "summe",
    "zwischensumme",
    "sum",
    "suma",
    "somma",
    "somme",
    "soma",
    "anzahl",
    "count",
    "average",
    "avg",
    "mean",
    "durchschnitt",
    "mittelwert",
    "moyenne",
    "promedio",
    "média",
    "razem",
    "ogółem",
    "celkem",
    "összesen",
    "итого",
    "всего",
    "合計",
    "合计",
    "总计",
    "總計",
    "합계",
];

/// Words that stand beside them, or beside a number of rows.
const BESIDE: &[&str] = &[
    "records",
    "record",
    "rows",
    "row",
    "entries",
    "entry",
    "tickets",
    "ticket",
    "incidents",
    "incident",
    "issues",
    "issue",
    "items",
    "item",
    "results",
    "result",
    "cases",
    "case",
    "requests",
    "datensätze",
    "einträge",
    "zeilen",
    "vorfälle",
    "störungen",
    "enregistrements",
    "lignes",
    "registros",
    "filas",
    "linhas",
    "chamados",
    "incidentes",
    "righe",
    "elementi",
    "rijen",
    "wierszy",
    "grand",
    "general",
    "général",
    "générale",
    "generale",
    "geral",
    "overall",
    "number",
    "of",
    "de",
    "des",
    "der",
    "di",
    "no",
    "selected",
    "displayed",
    "found",
    "shown",
    "exported",
    "and",
    "und",
    "et",
    "y",
    "e",
];

/// Longest line of totals, in bytes.
const LONGEST: usize = 80;

/// Whether a text is no more than words for a total, beside numbers and marks: `Total`, `Grand total: 1,234`.
pub(super) fn is_total(text: &str) -> bool {
    let (totals, _, others) = words(text);
    totals > 0 && others == 0
}

/// Whether a text says how many rows there are: `1,234 records`, `(12 rows)`.
pub(super) fn is_count(text: &str) -> bool {
    let (totals, beside, others) = words(text);
    others == 0 && totals + beside > 0 && text.contains(|c: char| c.is_ascii_digit())
}

/// How many words of each kind a text has.
fn words(text: &str) -> (usize, usize, usize) {
    let (mut totals, mut beside, mut others) = (0, 0, 0);
    if text.len() > LONGEST {
        return (0, 0, 1);
    }
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.contains(char::is_alphabetic)) {
        let word = word.to_lowercase();
        if TOTALS.contains(&word.as_str()) {
            totals += 1;
        } else if BESIDE.contains(&word.as_str()) {
            beside += 1;
        } else {
            others += 1;
        }
    }
    (totals, beside, others)
}

/// Whether a text can be one of these: its first word is one of theirs, or not in ASCII.
pub(super) fn may_sum_up(text: &[u8]) -> bool {
    let Some(start) = text.iter().position(|b| b.is_ascii_alphabetic() || !b.is_ascii()) else { return false };
    let word = text.get(start..).unwrap_or_default().split(|b| b.is_ascii() && !b.is_ascii_alphanumeric()).next();
    let fits = |word: &[u8]| TOTALS.iter().chain(BESIDE).any(|w| w.as_bytes().eq_ignore_ascii_case(word));
    text.len() <= LONGEST && word.is_some_and(|word| !word.is_ascii() || fits(word))
}

/// Whether a byte can begin such a line in any encoding, or a line of dashes.
pub(super) fn may_begin(byte: u8) -> bool {
    let letter = byte.to_ascii_lowercase();
    matches!(byte, b'-' | b'=' | b'_' | b'*' | b'+' | b'#' | b'~' | b' ' | b'(')
        || TOTALS.iter().any(|word| word.as_bytes().first() == Some(&letter))
        || letter == b'g'
        || letter == b'o'
}

/// Whether a text is a line drawn with characters.
pub(super) fn is_rule(text: &[u8]) -> bool {
    let drawn = |b: &u8| b"-=_*+#~| ".contains(b);
    text.len() >= 3 && text.iter().all(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_counts() {
        for text in [
            "Total",
            "TOTAL:",
            "Gesamt",
            "Summe: 12",
            "Totale",
            "Total général",
            "Sum",
            "Grand total 1,234",
            "Anzahl Datensätze: 5",
            "Итого",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in
            ["Total outage of VPN", "Summer schedule", "INC0001", "", "12", "Sumitomo", "Mean streets 5 reported"]
        {
            assert!(!is_total(text), "{text}");
        }
        assert!(is_count("1,234 records") && is_count("(12 rows)") && is_count("Rows: 7"));
        assert!(!is_count("12 printers") && !is_count("12") && !is_count("records"));
    }

    #[test]
    fn what_is_a_total_may_begin_one() {
        for word in TOTALS.iter().filter(|word| word.is_ascii()) {
            assert!(word.bytes().next().is_some_and(may_begin), "{word}");
        }
        assert!(!may_begin(b'N') && !may_begin(b'5'));
    }
}
