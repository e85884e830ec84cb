//! What a long command says on a terminal while it works.

use std::env;
use std::time::Duration;

use codegen::characters;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How often the line is drawn anew where nothing else happens.
const TICK: Duration = Duration::from_millis(120);

/// How the line looks where nobody knows how long something takes.
const SPINNER: &str = "{spinner} {elapsed} {msg}";

/// A line at the end of a terminal that says what is done just now. It is gone once the command is done.
#[derive(Clone, Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// On standard error, where that is a terminal and the variable `CI` is not set; else there is nothing to see.
    pub fn on_terminal() -> Self {
        if env::var_os("CI").is_some() {
            return Self::default();
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_style(style(SPINNER));
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Says what is done next, of which nobody knows how long it takes.
    pub fn say(&self, what: &str) {
        self.0.unset_length();
        self.0.set_style(style(SPINNER));
        self.0.set_message(characters::shown(what).into_owned());
    }

    /// Says on a terminal what some work is about, for as long as it takes.
    pub fn during<T>(what: &str, work: impl FnOnce() -> T) -> T {
        let progress = Self::on_terminal();
        progress.say(what);
        let done = work();
        progress.end();
        done
    }

    /// Begins something that has that many steps.
    pub fn begin(&self, steps: usize) {
        self.0.set_position(0);
        self.0.set_length(u64::try_from(steps).unwrap_or(u64::MAX));
        self.0.set_style(style("{bar:24} {pos}/{len} {elapsed} {wide_msg}"));
    }

    /// Says what the step that begins is about.
    pub fn step(&self, what: &str) {
        self.0.set_message(characters::shown(what).into_owned());
        self.0.inc(1);
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

impl Default for Progress {
    /// One that nobody sees.
    fn default() -> Self {
        Self(ProgressBar::hidden())
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;

    use super::*;

    #[test]
    fn the_line_says_which_of_how_many_steps_it_is_and_of_what() {
        let terminal = InMemoryTerm::new(4, 80);
        let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
        let progress = Progress(ProgressBar::with_draw_target(None, target));
        progress.say("installing");
        progress.0.force_draw();
        assert!(terminal.contents().contains("installing"), "{}", terminal.contents());
        progress.begin(3);
        progress.step("one.yaml");
        progress.step("two\u{1b}[2J.yaml");
        progress.0.force_draw();
        let contents = terminal.contents();
        assert!(contents.contains("2/3") && contents.contains("two"), "{contents}");
        assert!(!contents.contains("one.yaml"), "{contents}");
        progress.end();
        assert_eq!(terminal.contents(), "");
    }
}
