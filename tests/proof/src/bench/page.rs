//! What was measured, as a part of a page.

use std::fmt::Write;

use super::measure::Cost;
use super::{Report, Row, Table, machine};

/// The lines between which a page has what was measured last.
const MARKS: (&str, &str) =
    ("<!-- cargo xtask bench: begin -->", "<!-- cargo xtask bench: end -->");

impl Report {
    /// The tables, in Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("On {}.\n", machine::card());
        for table in &self.tables {
            text.push_str(&table.markdown());
        }
        text.push_str(&self.calls());
        text.push_str(&self.growth());
        text
    }

    fn calls(&self) -> String {
        let mut text = format!(
            "\n### Beside code written by hand\n\nIn {} for each time, with `reqwest` and serde's derives on the other side.\n\n\
             | | SDK | by hand | ratio | bar |\n| --- | ---: | ---: | ---: | ---: |\n",
            self.calls.unit
        );
        for comparison in &self.calls.comparisons {
            let _ = writeln!(
                text,
                "| {} | {:.0} | {:.0} | {:.2} | {} |",
                comparison.task,
                comparison.sdk,
                comparison.by_hand,
                comparison.sdk / comparison.by_hand,
                comparison.bar
            );
        }
        text
    }

    fn growth(&self) -> String {
        let mut text =
            "\n### Growth\n\nDocuments of more and more operations, with two models each.\n\n\
             | operations | processor | by the clock | memory | processor for each |\n\
             | ---: | ---: | ---: | ---: | ---: |\n"
                .to_owned();
        for point in &self.growth {
            #[expect(clippy::cast_precision_loss, reason = "there are not so many")]
            let each = point.cost.processor.as_secs_f64() * 1e3 / point.operations as f64;
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {each:.2} ms |",
                point.operations,
                seconds(point.cost.processor),
                seconds(point.cost.wall),
                mebibytes(point.cost.memory)
            );
        }
        text
    }
}

impl Table {
    fn markdown(&self) -> String {
        let mut text = format!(
            "\n### {}\n\n| | generation | processor | memory | lines in `src` | `cargo check`, processor | its memory |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
            self.document
        );
        let ours = self.rows.first().and_then(|row| row.as_ref().ok());
        for row in &self.rows {
            match row {
                Ok(row) => text.push_str(&row.line()),
                Err((generator, problem)) => {
                    let reason = problem.lines().next().unwrap_or_default();
                    let _ = writeln!(text, "| {generator} | {reason} | | | | | |");
                }
            }
        }
        for other in self.rows.iter().skip(1).filter_map(|row| row.as_ref().ok()) {
            text.extend(ours.map(|ours| ours.ratios(other)));
        }
        text
    }
}

impl Row {
    fn line(&self) -> String {
        let of_check = |figure: fn(&Cost) -> String| {
            self.check.as_ref().map_or_else(|| "–".to_owned(), figure)
        };
        format!(
            "| {} | {} | {} | {} | {} | {} | {} |\n",
            self.generator,
            seconds(self.generation.wall),
            seconds(self.generation.processor),
            mebibytes(self.generation.memory),
            self.lines,
            of_check(|cost| seconds(cost.processor)),
            of_check(|cost| mebibytes(cost.memory)),
        )
    }

    /// What each figure is of another generator's.
    fn ratios(&self, other: &Self) -> String {
        #[expect(clippy::cast_precision_loss, reason = "ratios are of interest")]
        let ratio = |own: u64, other: u64| format!("{:.2}", own as f64 / other as f64);
        let check = |figure: fn(&Cost) -> f64| match (&self.check, &other.check) {
            (Some(own), Some(other)) => format!("{:.2}", figure(own) / figure(other)),
            _ => "–".to_owned(),
        };
        let of = |figure: fn(&Cost) -> f64| {
            format!("{:.2}", figure(&self.generation) / figure(&other.generation))
        };
        #[expect(clippy::cast_precision_loss, reason = "ratios are of interest")]
        let memory = |cost: &Cost| cost.memory as f64;
        format!(
            "| *ratio to {}* | {} | {} | {} | {} | {} | {} |\n",
            other.generator,
            of(|cost| cost.wall.as_secs_f64()),
            of(|cost| cost.processor.as_secs_f64()),
            of(memory),
            ratio(self.lines as u64, other.lines as u64),
            check(|cost| cost.processor.as_secs_f64()),
            check(memory),
        )
    }
}

fn seconds(time: std::time::Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes / (1024 * 1024))
}

/// A page with this text between its marks, in place of what was there; none where the page has no marks.
pub(crate) fn insert(page: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(MARKS.0)?;
    let (_, after) = rest.split_once(MARKS.1)?;
    Some(format!("{before}{}\n{}\n{}{after}", MARKS.0, text.trim_end(), MARKS.1))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_page_keeps_what_is_around_its_marks() {
        let page = format!("a\n{}\nold\n{}\nb\n", MARKS.0, MARKS.1);
        let changed = insert(&page, "new\n").unwrap();
        assert_eq!(changed, format!("a\n{}\nnew\n{}\nb\n", MARKS.0, MARKS.1));
        assert_eq!(insert("no marks", "new"), None);
    }

    #[test]
    fn a_ratio_is_of_ours_to_theirs() {
        let row = |seconds, memory, lines| {
            let cost = Cost {
                wall: Duration::from_secs(seconds),
                processor: Duration::from_secs(seconds),
                memory,
            };
            Row { generator: "g".to_owned(), lines, generation: cost, check: Some(cost) }
        };
        let line = row(1, 300, 10).ratios(&row(4, 1000, 40));
        assert_eq!(line, "| *ratio to g* | 0.25 | 0.25 | 0.30 | 0.25 | 0.25 | 0.30 |\n");
    }
}
