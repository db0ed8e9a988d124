//! Text and tables on a terminal.

use std::borrow::Cow;

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

/// Longest value of the data that a cell shows.
const LONGEST: usize = 48;

/// A line under the head and no other: more rows on a screen.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Text from the data, made harmless: whatever could move the cursor, recolour, or reverse the line is spelled out.
pub fn plain(text: &str) -> Cow<'_, str> {
    let harmful = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if harmful(letter) {
            out.extend(letter.escape_default());
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

/// A value of the data as a cell: harmless and of bounded length.
pub fn value(text: &str) -> Cell {
    let text = plain(text);
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => Cell::new(format!("{}…", text.get(..cut).unwrap_or_default())),
        None => Cell::new(text),
    }
}

/// A figure as a cell, to the right.
pub fn figure(text: impl ToString) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

/// An empty table; `head` names the columns, the first one for values and the others for figures.
pub fn table<T: ToString>(head: impl IntoIterator<Item = T>) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    let cells = head.into_iter().enumerate().map(|(n, name)| if n == 0 { Cell::new(name) } else { figure(name) });
    table.set_header(cells);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_drives_the_terminal() {
        for code in (0..0x20).chain([0x7f]).chain(0x80..0xa0).chain([0x202e, 0x2066]) {
            let Some(letter) = char::from_u32(code) else { continue };
            let text = format!("a{letter}b");
            let shown = plain(&text);
            assert!(!shown.contains(letter), "{code:x}");
            assert!(shown.starts_with('a') && shown.ends_with('b'));
        }
        assert_eq!(plain("\u{1b}[31mred"), "\\u{1b}[31mred");
        assert!(matches!(plain("Zürich, 日本 👍"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_values_are_cut_between_letters() {
        assert_eq!(value(&"ü".repeat(60)).content().chars().count(), LONGEST + 1);
        assert_eq!(value("short").content(), "short");
    }
}
