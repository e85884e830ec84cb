//! Writes blocks as lines, in one style.

use super::block::Block;
use super::{fence, wrap};

/// The narrowest column of text, however deep it is nested.
const MIN_WIDTH: usize = 20;

/// Lines of at most `width` characters, where words allow it. No block is empty lines only.
pub(super) fn lines(blocks: &[Block], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        let written = of_block(block, width.max(MIN_WIDTH));
        if !lines.is_empty() && !written.is_empty() {
            lines.push(String::new());
        }
        lines.extend(written);
    }
    lines
}

fn of_block(block: &Block, width: usize) -> Vec<String> {
    match block {
        Block::Paragraph(text) => wrap(text, width),
        Block::Code { language, lines } => code(language, lines),
        Block::List { first, items } => list(*first, items, width),
        Block::Quote(blocks) => lines(blocks, width.saturating_sub(2))
            .into_iter()
            .map(|line| format!("> {line}").trim_end().to_owned())
            .collect(),
        Block::Table { columns, rows } => table(*columns, rows),
        Block::Rule => vec!["---".to_owned()],
    }
}

fn code(language: &str, code: &[String]) -> Vec<String> {
    let fence = fence(code.iter().map(String::as_str), 3);
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(code.iter().cloned());
    lines.push(fence);
    lines
}

fn list(first: Option<u64>, items: &[Vec<Block>], width: usize) -> Vec<String> {
    let mut written = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let marker = match first {
            None => "- ".to_owned(),
            Some(first) => format!("{}. ", number(first, index)),
        };
        let padding = " ".repeat(marker.len());
        for (index, line) in lines(item, width.saturating_sub(marker.len())).iter().enumerate() {
            let start = if index == 0 { &marker } else { &padding };
            written.push(format!("{start}{line}").trim_end().to_owned());
        }
    }
    written
}

/// The number of an item. CommonMark has nine digits at most; a list that would go on beyond starts anew.
fn number(first: u64, index: usize) -> u64 {
    const MAX: u64 = 999_999_999;
    match first.checked_add(index as u64) {
        Some(number) if number <= MAX => number,
        _ => index as u64 % MAX + 1,
    }
}

fn table(columns: usize, rows: &[Vec<String>]) -> Vec<String> {
    let mut lines = Vec::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| super::cell::safe(cell)).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if lines.len() == 1 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CommonMark 0.31, section 5.2: a number has nine digits at most.
    #[test]
    fn the_number_of_an_item_is_never_too_long() {
        for (first, index, expected) in [
            (0, 0, 0),
            (7, 2, 9),
            (999_999_998, 1, 999_999_999),
            (999_999_999, 1, 2),
            (u64::MAX, 0, 1),
            (u64::MAX, 999_999_998, 999_999_999),
            (u64::MAX, 999_999_999, 1),
        ] {
            assert_eq!(number(first, index), expected, "{first} and {index}");
        }
    }

    #[test]
    fn a_table_has_one_head_and_no_bar_in_a_cell() {
        let rows = [["a", "b|c"], ["1", "2"], ["3", "4"]]
            .map(|row| row.map(str::to_owned).into())
            .to_vec();
        let written = ["| a | b\\|c |", "| --- | --- |", "| 1 | 2 |", "| 3 | 4 |"];
        assert_eq!(table(2, &rows), written);
        assert!(table(2, &[]).is_empty());
    }
}
