//! A JSON text that is being read, and what is left of its limits.

use std::any::TypeId;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Instant;

use super::deviations::Notes;
use super::{Limits, Stopped, Tally};
use super::{odd, scan};

/// How deep a value may be nested: as deep as `serde_json` reads.
const MAX_DEPTH: usize = 128;
/// The clock is looked at once for so many values.
const VALUES_PER_LOOK: u32 = 1024;
/// The end of a value of more bytes is remembered within a union, so that it is found once.
const LONG: usize = 64;
/// What one remembered choice or end takes, in bytes.
const MEMORY_OF_A_NOTE: usize = 96;

/// A JSON text, and the place where it is being read. Its grammar is checked on the way.
pub struct Document<'t> {
    text: &'t str,
    position: Cell<usize>,
    depth: Cell<usize>,
    left: Cell<usize>,
    deadline: Option<Instant>,
    values: Cell<u32>,
    failure: Cell<Option<Failure>>,
    /// How many unions are being read, each within the one before.
    unions: Cell<usize>,
    // Both are empty but for unions: such maps cost nothing.
    choices: RefCell<BTreeMap<(usize, TypeId), Choice>>,
    ends: RefCell<BTreeMap<usize, usize>>,
    /// What the choices and the ends take, besides what was counted.
    noted: Cell<usize>,
    pub(super) notes: Notes,
    /// How many values were read that are not written as they came, and are not kept yet.
    odd: Cell<usize>,
}

/// What an allocator takes for a text besides its bytes.
pub const ALLOCATION: usize = 24;

/// Why reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// More memory than is allowed.
    Memory,
    /// More time than is allowed.
    Time,
    /// A value that is nested too deep.
    Depth,
    /// What stands there is no JSON.
    Grammar,
    /// A deviation, which is the last one of the notes, where none is taken.
    Deviation,
}

/// What a union chose for a value.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The index of the variant. `None`: the one for what fits no other.
    pub variant: Option<usize>,
    /// How well the value fits.
    pub tally: Tally,
    /// Where the value ends.
    pub end: usize,
}

impl<'t> Document<'t> {
    pub(crate) fn new(text: &'t str, limits: Limits) -> Self {
        Self {
            text,
            position: Cell::new(0),
            depth: Cell::new(0),
            left: Cell::new(limits.memory.unwrap_or(usize::MAX)),
            deadline: limits.deadline,
            values: Cell::new(0),
            failure: Cell::new(None),
            unions: Cell::new(0),
            choices: RefCell::default(),
            ends: RefCell::default(),
            noted: Cell::new(0),
            notes: Notes::new(limits.refused),
            odd: Cell::new(0),
        }
    }

    /// The whole text.
    #[inline]
    pub(crate) fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    /// How many values were read that are not written as they came, and are not kept yet.
    pub fn odd(&self) -> usize {
        self.odd.get()
    }

    pub fn set_odd(&self, odd: usize) {
        self.odd.set(odd);
    }

    /// Counts a value that is not written as it came.
    pub fn add_odd(&self) {
        self.odd.set(self.odd.get() + 1);
    }

    pub(crate) fn failure(&self) -> Option<Failure> {
        self.failure.get()
    }

    /// Stops reading. That the text is no JSON is never forgotten for another reason.
    pub(super) fn fail(&self, failure: Failure) -> Stopped {
        if self.failure.get() != Some(Failure::Grammar) {
            self.failure.set(Some(failure));
        }
        Stopped
    }

    /// Goes past a byte that has to be there.
    pub(super) fn expect(&self, byte: u8) {
        if self.peek() != byte {
            self.fail(Failure::Grammar);
        }
        self.advance(1);
    }

    /// Goes past a word that has to be there.
    pub(super) fn word(&self, word: &str) {
        let rest = self.bytes().get(self.position.get()..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            self.fail(Failure::Grammar);
        }
        self.advance(word.len());
    }

    /// Goes past white space to the end.
    #[cfg(feature = "client")]
    pub(super) fn finish(&self) {
        self.peek();
        if self.position.get() != self.text.len() {
            self.fail(Failure::Grammar);
        }
    }

    pub(super) fn forget_failure(&self) {
        self.failure.set(None);
    }

    /// Whether a limit was reached, so that nothing can be read any more.
    #[inline]
    pub fn is_stopped(&self) -> bool {
        self.failure.get().is_some()
    }

    #[inline]
    pub fn position(&self) -> usize {
        self.position.get()
    }

    #[inline]
    pub fn set_position(&self, position: usize) {
        self.position.set(position);
    }

    #[inline]
    pub fn advance(&self, bytes: usize) {
        self.position.set(self.position.get() + bytes);
    }

    /// The memory that may still be taken.
    pub fn left(&self) -> usize {
        self.left.get()
    }

    /// Counts memory as free again.
    pub fn set_left(&self, left: usize) {
        self.left.set(left);
    }

    /// Counts memory that is about to be taken.
    ///
    /// # Errors
    ///
    /// It is more than is allowed.
    #[inline]
    pub fn charge(&self, bytes: usize) -> Result<(), Stopped> {
        match self.left.get().checked_sub(bytes) {
            Some(left) if left >= self.noted.get() => self.left.set(left),
            _ => {
                self.fail(Failure::Memory);
            }
        }
        self.check()
    }

    /// Notes that a value is read.
    ///
    /// # Errors
    ///
    /// The time is over.
    #[inline]
    pub fn tick(&self) -> Result<(), Stopped> {
        let values = self.values.get().wrapping_add(1);
        self.values.set(values);
        if values.is_multiple_of(VALUES_PER_LOOK) {
            self.look_at_the_clock();
        }
        self.check()
    }

    #[cold]
    fn look_at_the_clock(&self) {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            self.fail(Failure::Time);
        }
    }

    #[inline]
    fn check(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// Begins the members of an object or the items of an array.
    #[inline]
    pub(super) fn descend(&self) -> Result<(), Stopped> {
        let depth = self.depth.get() + 1;
        if depth >= MAX_DEPTH {
            return Err(self.fail(Failure::Depth));
        }
        self.depth.set(depth);
        Ok(())
    }

    #[inline]
    pub(super) fn ascend(&self) {
        self.depth.set(self.depth.get() - 1);
    }

    /// Begins a union. What is noted within it is forgotten when the outermost one ends.
    pub fn begin_union(&self) {
        self.unions.set(self.unions.get() + 1);
    }

    pub fn end_union(&self) {
        self.unions.set(self.unions.get() - 1);
        if self.unions.get() == 0 && self.noted.get() > 0 {
            self.choices.borrow_mut().clear();
            self.ends.borrow_mut().clear();
            self.noted.set(0);
        }
    }

    pub fn choice(&self, start: usize, union: TypeId) -> Option<Choice> {
        self.choices.borrow().get(&(start, union)).copied()
    }

    pub fn remember(&self, start: usize, union: TypeId, choice: Choice) {
        if matches!(self.bytes().get(start), Some(b'{' | b'[')) && self.makes_room() {
            self.choices.borrow_mut().insert((start, union), choice);
        }
    }

    /// Counts the memory of a choice or an end, if it may be taken.
    fn makes_room(&self) -> bool {
        self.noted.set(self.noted.get() + MEMORY_OF_A_NOTE);
        self.charge(0).is_ok()
    }

    /// The next byte that is no white space.
    #[inline]
    pub fn peek(&self) -> u8 {
        let next = self.byte();
        // Most of what servers send has no white space.
        if next > b' ' {
            return next;
        }
        self.position.set(scan::past_white_space(self.bytes(), self.position.get()));
        self.byte()
    }

    /// The byte at the position.
    #[inline]
    pub(super) fn byte(&self) -> u8 {
        self.bytes().get(self.position.get()).copied().unwrap_or_default()
    }

    /// A part of the text.
    #[inline]
    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Reads a string.
    #[inline]
    pub fn string(&self) -> Cow<'t, str> {
        let start = self.position.get() + 1;
        match scan::plain_string_end(self.bytes(), start) {
            Some(end) => {
                self.position.set(end + 1);
                Cow::Borrowed(self.slice(start, end))
            }
            None => self.escaped_string(start),
        }
    }

    /// Reads a string that has an escape, or is none.
    #[cold]
    fn escaped_string(&self, start: usize) -> Cow<'t, str> {
        self.skip_string();
        let end = self.position.get() - 1;
        match serde_json::from_str(self.slice(start - 1, end + 1)) {
            Ok(text) => Cow::Owned(text),
            Err(_) => {
                self.add_odd();
                Cow::Owned(odd::string(self.slice(start, end)))
            }
        }
    }

    /// Goes past a string.
    fn skip_string(&self) {
        match scan::string_end(self.bytes(), self.position.get() + 1) {
            Some(end) => self.position.set(end + 1),
            None => {
                self.fail(Failure::Grammar);
                self.position.set(self.text.len() + 1);
            }
        }
    }

    /// Reads a number, as it is written.
    pub fn number(&self) -> &'t str {
        let start = self.position.get();
        let rest = self.bytes().get(start..).unwrap_or_default();
        let length = scan::number_length(rest).unwrap_or_else(|| {
            self.fail(Failure::Grammar);
            0
        });
        // Whatever stands here, the reader goes on.
        self.position.set(start + length.max(1));
        self.slice(start, start + length)
    }

    /// Goes past a value.
    ///
    /// # Errors
    ///
    /// A limit was reached.
    pub fn skip(&self) -> Result<(), Stopped> {
        let first = self.peek();
        let start = self.position.get();
        if let Some(end) = self.ends.borrow().get(&start) {
            self.position.set(*end);
            return Ok(());
        }
        match first {
            b'{' | b'[' => self.skip_container(),
            _ => {
                self.skip_scalar(first);
                self.check()
            }
        }
    }

    fn skip_scalar(&self, first: u8) {
        match first {
            b'"' => self.skip_string(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => {
                self.number();
            }
        }
    }

    /// Goes past an object or an array, with all that is in it, however deep that is.
    fn skip_container(&self) -> Result<(), Stopped> {
        let mut open = Vec::new();
        loop {
            let first = self.peek();
            if matches!(first, b'{' | b'[') {
                self.tick()?;
                open.push((self.position.get(), first));
                self.advance(1);
                match (first, self.peek()) {
                    // It is empty, and ends below.
                    (b'{', b'}') | (b'[', b']') => {}
                    (b'{', _) => {
                        self.skip_key()?;
                        continue;
                    }
                    _ => continue,
                }
            } else {
                self.skip_scalar(first);
            }
            if self.close(&mut open)? {
                return Ok(());
            }
        }
    }

    /// Goes from the end of a value to the next one, past the ends of the containers that it is the last in. Gives
    /// whether they all ended.
    fn close(&self, open: &mut Vec<(usize, u8)>) -> Result<bool, Stopped> {
        while let Some((begin, kind)) = open.last().copied() {
            match (kind, self.peek()) {
                (b'{', b',') => {
                    self.advance(1);
                    self.peek();
                    self.skip_key()?;
                    return Ok(false);
                }
                (b'[', b',') => {
                    self.advance(1);
                    return Ok(false);
                }
                (b'{', b'}') | (b'[', b']') => {
                    self.advance(1);
                    open.pop();
                    self.note_end(begin);
                }
                _ => return Err(self.fail(Failure::Grammar)),
            }
        }
        self.check().map(|()| true)
    }

    fn skip_key(&self) -> Result<(), Stopped> {
        if self.peek() != b'"' {
            return Err(self.fail(Failure::Grammar));
        }
        self.skip_string();
        self.expect(b':');
        self.check()
    }

    /// Remembers the end of a container that a union may come to again.
    fn note_end(&self, begin: usize) {
        let end = self.position.get();
        if self.unions.get() > 0 && end - begin > LONG && self.makes_room() {
            self.ends.borrow_mut().insert(begin, end);
        }
    }
}
