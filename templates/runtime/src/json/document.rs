//! A JSON text that is being read, and what is left of its limits.

use std::any::TypeId;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Instant;

use super::deviations::Notes;
use super::odd;
use super::{Limits, Stopped, Tally};

/// How deep a value may be nested: as deep as `serde_json` reads.
const MAX_DEPTH: usize = 128;
/// The clock is looked at once for so many values.
const VALUES_PER_LOOK: u32 = 1024;
/// The end of a value of more bytes is remembered within a union, so that it is found once.
const LONG: usize = 64;
/// What one remembered choice or end takes, in bytes.
const MEMORY_OF_A_NOTE: usize = 96;

/// A JSON text whose grammar is right, and the place where it is being read.
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
    choices: RefCell<HashMap<(usize, TypeId), Choice>>,
    ends: RefCell<HashMap<usize, usize>>,
    /// What the choices and the ends take, besides what was counted.
    noted: Cell<usize>,
    pub(super) notes: Notes,
    /// How many values were read that are not written as they came, and are not kept yet.
    odd: Cell<usize>,
}

/// What an allocator takes for a text besides its bytes.
pub const ALLOCATION: usize = 24;

/// Why reading stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Failure {
    /// More memory than is allowed.
    Memory,
    /// More time than is allowed.
    Time,
    /// A value that is nested too deep.
    Depth,
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

    pub(super) fn fail(&self, failure: Failure) -> Stopped {
        self.failure.set(Some(failure));
        Stopped
    }

    pub(super) fn forget_failure(&self) {
        self.failure.set(None);
    }

    /// Whether a limit was reached, so that nothing can be read any more.
    pub fn is_stopped(&self) -> bool {
        self.failure.get().is_some()
    }

    #[inline]
    pub fn position(&self) -> usize {
        self.position.get()
    }

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
    pub fn charge(&self, bytes: usize) -> Result<(), Stopped> {
        match self.left.get().checked_sub(bytes) {
            Some(left) if left >= self.noted.get() => self.left.set(left),
            _ => self.failure.set(Some(Failure::Memory)),
        }
        self.check()
    }

    /// Notes that a value is read.
    ///
    /// # Errors
    ///
    /// The time is over.
    pub fn tick(&self) -> Result<(), Stopped> {
        let values = self.values.get().wrapping_add(1);
        self.values.set(values);
        if values.is_multiple_of(VALUES_PER_LOOK)
            && self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
        {
            self.failure.set(Some(Failure::Time));
        }
        self.check()
    }

    fn check(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// Begins the members of an object or the items of an array.
    pub(super) fn descend(&self) -> Result<(), Stopped> {
        let depth = self.depth.get() + 1;
        if depth >= MAX_DEPTH {
            return Err(self.fail(Failure::Depth));
        }
        self.depth.set(depth);
        Ok(())
    }

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
        let mut position = self.position.get();
        loop {
            match self.bytes().get(position) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => position += 1,
                byte => {
                    self.position.set(position);
                    return byte.copied().unwrap_or_default();
                }
            }
        }
    }

    /// A part of the text.
    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Reads a string.
    pub fn string(&self) -> Cow<'t, str> {
        let start = self.position.get() + 1;
        let StringEnd { end, has_escape } = string_end(self.bytes(), start);
        self.position.set(end + 1);
        let text = self.slice(start, end);
        if !has_escape {
            return Cow::Borrowed(text);
        }
        match serde_json::from_str(self.slice(start - 1, end + 1)) {
            Ok(text) => Cow::Owned(text),
            Err(_) => {
                self.add_odd();
                Cow::Owned(odd::string(text))
            }
        }
    }

    /// Reads a number, as it is written.
    pub fn number(&self) -> &'t str {
        let start = self.position.get();
        let rest = self.bytes().get(start..).unwrap_or_default();
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
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
            b'{' | b'[' => self.skip_container(start),
            b'"' => {
                self.position.set(string_end(self.bytes(), start + 1).end + 1);
                Ok(())
            }
            b't' | b'n' => {
                self.advance(4);
                Ok(())
            }
            b'f' => {
                self.advance(5);
                Ok(())
            }
            _ => {
                self.number();
                Ok(())
            }
        }
    }

    fn skip_container(&self, start: usize) -> Result<(), Stopped> {
        let is_noted = self.unions.get() > 0;
        let mut open = Vec::new();
        let mut index = start;
        while let Some(byte) = self.bytes().get(index) {
            index += 1;
            match byte {
                b'{' | b'[' => {
                    self.tick()?;
                    open.push(index - 1);
                }
                b'"' => index = string_end(self.bytes(), index).end + 1,
                b'}' | b']' => {
                    let begin = open.pop().unwrap_or(start);
                    if is_noted && index - begin > LONG && self.makes_room() {
                        self.ends.borrow_mut().insert(begin, index);
                    }
                    if open.is_empty() {
                        break;
                    }
                }
                _ => {}
            }
        }
        self.position.set(index);
        Ok(())
    }
}

/// Where a string ends, at its quote or with the text.
struct StringEnd {
    end: usize,
    has_escape: bool,
}

/// The end of the string whose first character is at `start`.
fn string_end(text: &[u8], start: usize) -> StringEnd {
    let mut has_escape = false;
    let mut index = start;
    loop {
        let rest = text.get(index..).unwrap_or_default();
        index += quote_or_backslash(rest);
        match text.get(index) {
            Some(b'\\') => {
                has_escape = true;
                index += 2;
            }
            Some(_) => return StringEnd { end: index, has_escape },
            None => return StringEnd { end: text.len(), has_escape },
        }
    }
}

/// How many bytes stand before a quote or a backslash. Eight of them are looked at at a time, since this is most of
/// what reading takes.
fn quote_or_backslash(text: &[u8]) -> usize {
    const LOWEST: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    /// The highest bit of each byte that is zero, and perhaps of bytes after the first of these.
    const fn zeros(word: u64) -> u64 {
        word.wrapping_sub(LOWEST) & !word & HIGHEST
    }
    let (words, rest) = text.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ LOWEST * b'"' as u64) | zeros(word ^ LOWEST * b'\\' as u64);
        if found != 0 {
            return number * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let before = rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\')).count();
    words.len() * 8 + before
}
