//! A JSON text that is being read, and what is left of its limits.

use std::any::TypeId;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Instant;

use bytes::Bytes;

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
pub struct Document {
    bytes: Bytes,
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

impl Document {
    pub(crate) fn new(bytes: Bytes, limits: Limits) -> Self {
        Self {
            bytes,
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
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.bytes
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

    pub fn position(&self) -> usize {
        self.position.get()
    }

    pub fn set_position(&self, position: usize) {
        self.position.set(position);
    }

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
        if matches!(self.bytes.get(start), Some(b'{' | b'[')) && self.makes_room() {
            self.choices.borrow_mut().insert((start, union), choice);
        }
    }

    /// Counts the memory of a choice or an end, if it may be taken.
    fn makes_room(&self) -> bool {
        self.noted.set(self.noted.get() + MEMORY_OF_A_NOTE);
        self.charge(0).is_ok()
    }

    /// The next byte that is no white space.
    pub fn peek(&self) -> u8 {
        let rest = self.bytes.get(self.position.get()..).unwrap_or_default();
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        let space = rest.iter().take_while(|byte| is_space(byte)).count();
        self.advance(space);
        rest.get(space).copied().unwrap_or_default()
    }

    /// A part of the text.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        let bytes = self.bytes.get(start..end).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads a string.
    pub fn string(&self) -> Cow<'_, str> {
        let start = self.position.get() + 1;
        let end = self.string_end(start);
        self.position.set(end + 1);
        let text = self.slice(start, end);
        if !text.contains('\\') {
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

    fn string_end(&self, start: usize) -> usize {
        let mut index = start;
        while let Some(byte) = self.bytes.get(index) {
            match byte {
                b'"' => return index,
                b'\\' => index += 2,
                _ => index += 1,
            }
        }
        self.bytes.len()
    }

    /// Reads a number, as it is written.
    pub fn number(&self) -> &str {
        let start = self.position.get();
        let rest = self.bytes.get(start..).unwrap_or_default();
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
                self.position.set(self.string_end(start + 1) + 1);
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
        while let Some(byte) = self.bytes.get(index) {
            index += 1;
            match byte {
                b'{' | b'[' => {
                    self.tick()?;
                    open.push(index - 1);
                }
                b'"' => index = self.string_end(index) + 1,
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
