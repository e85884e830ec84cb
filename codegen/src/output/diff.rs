//! Changes as a unified diff, short enough to be read.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput, Token};

use super::Change;

/// How many lines of one file are shown.
const LINES_OF_A_FILE: usize = 80;

/// How many lines are shown of all files together.
const LINES_IN_ALL: usize = 400;

/// How many lines around a change are shown.
const CONTEXT: u32 = 3;

/// Shows `changes` as a unified diff from the folder (`a/`) to what was rendered (`b/`).
///
/// At most 80 lines of one file and about 400 of all are shown; what was cut is counted, so that
/// nothing is missing in silence.
#[must_use]
pub fn diff(changes: &[Change]) -> String {
    let mut shown = String::new();
    let mut lines_left = LINES_IN_ALL;
    for (position, change) in changes.iter().enumerate() {
        if lines_left == 0 {
            let files = changes.len() - position;
            push_line(&mut shown, &format!("... and {files} more files that differ"));
            break;
        }
        let lines = push_file(&mut shown, change, LINES_OF_A_FILE.min(lines_left));
        lines_left = lines_left.saturating_sub(lines);
    }
    shown
}

/// Appends the diff of one file, of at most `limit` lines, and gives how many it took.
fn push_file(shown: &mut String, change: &Change, limit: usize) -> usize {
    let text = diff_of(change);
    let mut lines = text.lines();
    let mut count = 0;
    for line in lines.by_ref().take(limit) {
        push_line(shown, line);
        count += 1;
    }
    let cut = lines.count();
    if cut > 0 {
        let path = change.path();
        push_line(shown, &format!("... and {cut} more lines of {path}"));
    }
    count
}

fn push_line(shown: &mut String, line: &str) {
    shown.push_str(line);
    shown.push('\n');
}

/// The whole diff of one file.
fn diff_of(change: &Change) -> String {
    let path = change.path();
    let (old, new) = match change {
        Change::Added { new, .. } => (Some(""), new.as_str()),
        Change::Modified { old, new, .. } => (old.as_deref(), new.as_str()),
        Change::Removed { old, .. } => (old.as_deref(), ""),
    };
    let before = match change {
        Change::Added { .. } => "/dev/null".to_owned(),
        _ => format!("a/{path}"),
    };
    let after = match change {
        Change::Removed { .. } => "/dev/null".to_owned(),
        _ => format!("b/{path}"),
    };
    let mut text = format!("--- {before}\n+++ {after}\n");
    match old {
        Some(old) => push_hunks(&mut text, old, new),
        None => push_line(&mut text, "(what is on disk is no text file)"),
    }
    text
}

fn push_hunks(text: &mut String, old: &str, new: &str) {
    let lines = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &lines);
    diff.postprocess_lines(&lines);
    let changes: Vec<Hunk> = diff.hunks().collect();
    let is_close = |one: &Hunk, next: &Hunk| next.before.start - one.before.end <= 2 * CONTEXT;
    for changes in changes.chunk_by(is_close) {
        push_hunk(text, changes, &lines);
    }
}

/// Appends changes that are close to each other, with the lines around and between them.
fn push_hunk(text: &mut String, changes: &[Hunk], lines: &InternedInput<&str>) {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return };
    let leading = first.before.start.min(CONTEXT);
    let trailing = (length(&lines.before) - last.before.end).min(CONTEXT);
    let old = first.before.start - leading..last.before.end + trailing;
    let new = first.after.start - leading..last.after.end + trailing;
    push_line(text, &format!("@@ -{} +{} @@", shown_range(&old), shown_range(&new)));
    let mut push = |sign: char, side: &[Token], range: Range<u32>| {
        for &line in &side[range.start as usize..range.end as usize] {
            push_signed(text, sign, lines.interner[line]);
        }
    };
    let mut done = old.start;
    for change in changes {
        push(' ', &lines.before, done..change.before.start);
        push('-', &lines.before, change.before.clone());
        push('+', &lines.after, change.after.clone());
        done = change.before.end;
    }
    push(' ', &lines.before, done..old.end);
}

/// A range as POSIX has it in the head of a hunk: the first line, and how many; where there are none,
/// the line before; where there is one, its number alone.
fn shown_range(range: &Range<u32>) -> String {
    match range.end - range.start {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        count => format!("{},{count}", range.start + 1),
    }
}

/// Appends a line with its end, or GNU diff's note that it has none.
fn push_signed(text: &mut String, sign: char, line: &str) {
    text.push(sign);
    text.push_str(line);
    if !line.ends_with('\n') {
        text.push_str("\n\\ No newline at end of file\n");
    }
}

/// The number of lines, which `imara_diff` counts as `u32`, too.
fn length(lines: &[Token]) -> u32 {
    u32::try_from(lines.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modified(path: &str, old: &str, new: &str) -> Change {
        Change::Modified { path: path.to_owned(), old: Some(old.to_owned()), new: new.to_owned() }
    }

    fn numbered(lines: usize) -> String {
        (1..=lines).map(|line| format!("line {line}\n")).collect()
    }

    #[test]
    fn a_changed_line_is_shown_with_three_lines_around_it() {
        let old = numbered(9);
        let new = old.replace("line 5\n", "LINE 5\n");
        assert_eq!(
            diff(&[modified("src/lib.rs", &old, &new)]),
            "--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -2,7 +2,7 @@\n line 2\n line 3\n line 4\n\
             -line 5\n+LINE 5\n line 6\n line 7\n line 8\n"
        );
    }

    #[test]
    fn changes_that_are_close_share_a_hunk() {
        let old = numbered(30);
        let new = old.replace("line 2\n", "").replace("line 9\n", "9\n10\n");
        let new = new.replace("line 17\n", "LINE 17\n");
        let heads = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("@@")).map(str::to_owned).collect()
        };
        let shown = diff(&[modified("a.rs", &old, &new)]);
        assert_eq!(heads(&shown), ["@@ -1,12 +1,12 @@", "@@ -14,7 +14,7 @@"], "{shown}");
        assert!(shown.contains("-line 9\n+9\n+10\n line 10\n"), "{shown}");
    }

    #[test]
    fn added_and_removed_files_are_told_apart() {
        let added = Change::Added { path: "new.rs".to_owned(), new: "one\n".to_owned() };
        let removed = Change::Removed { path: "old.rs".to_owned(), old: Some("two\n".to_owned()) };
        assert_eq!(
            diff(&[added, removed]),
            "--- /dev/null\n+++ b/new.rs\n@@ -0,0 +1 @@\n+one\n\
             --- a/old.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-two\n"
        );
    }

    #[test]
    fn a_missing_last_newline_is_shown() {
        let shown = diff(&[modified("a.rs", "one", "one\n")]);
        assert!(shown.contains("-one\n\\ No newline at end of file\n+one\n"), "{shown}");
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none() {
        let removed = Change::Removed { path: "logo.png".to_owned(), old: None };
        assert_eq!(
            diff(&[removed]),
            "--- a/logo.png\n+++ /dev/null\n(what is on disk is no text file)\n"
        );
    }

    #[test]
    fn a_long_file_is_cut_and_counted() {
        let added = Change::Added { path: "long.rs".to_owned(), new: numbered(100) };
        let shown = diff(&[added]);
        // Three lines of header, then 77 of 100.
        assert!(shown.ends_with("+line 77\n... and 23 more lines of long.rs\n"), "{shown}");
    }

    #[test]
    fn many_files_are_cut_and_counted() {
        let change = modified("long.rs", "", &numbered(100));
        let shown = diff(&vec![change; 12]);
        assert!(shown.ends_with("\n... and 7 more files that differ\n"), "{shown}");
    }
}
