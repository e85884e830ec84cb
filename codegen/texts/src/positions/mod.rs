//! Where the nodes of a file stand in its text.
//!
//! serde keeps no positions, so the text is read a second time, and only when there is something to report. Text
//! that cannot be read to its end gives the positions up to there.

mod json;
mod yaml;

use std::{
    collections::{HashMap, hash_map::Entry},
    ops::Range,
};

use crate::pointer;

pub use json::positions as json;
pub use yaml::positions as yaml;

/// The positions of the nodes of one file, as a tree in one list; the first node is the whole document.
#[derive(Debug, Default)]
pub struct Positions {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    key: Option<Range<usize>>,
    value: Range<usize>,
    scalar: bool,
    children: HashMap<Box<str>, usize>,
    duplicates: Vec<(Box<str>, Range<usize>)>,
}

impl Node {
    fn child(&self, token: &str) -> Option<usize> {
        self.children.get(token).copied()
    }

    /// What a report marks: the scalar itself, and of a mapping or sequence the key that introduces it.
    fn marked(&self) -> Range<usize> {
        match &self.key {
            Some(key) if !self.scalar || self.value.is_empty() => key.clone(),
            _ if self.scalar => self.value.clone(),
            _ => self.value.start..self.value.start,
        }
    }
}

impl Positions {
    /// The bytes to mark for the node at a pointer, or for the nearest node around it.
    pub fn nearest(&self, pointer: &str) -> Range<usize> {
        let Some(mut node) = self.nodes.first() else {
            return 0..0;
        };
        for token in pointer::tokens(pointer) {
            match node.child(&token) {
                Some(index) => node = &self.nodes[index],
                None => break,
            }
        }
        node.marked()
    }

    /// The bytes of the scalar at a pointer.
    pub fn scalar(&self, pointer: &str) -> Option<Range<usize>> {
        self.find(pointer).filter(|node| node.scalar).map(|node| node.value.clone())
    }

    /// The bytes of the last key that repeats the one at a pointer.
    pub fn duplicate(&self, pointer: &str) -> Option<Range<usize>> {
        let parent = self.find(pointer::parent(pointer)?)?;
        let token = pointer::tokens(pointer).last()?;
        parent
            .duplicates
            .iter()
            .rev()
            .find(|(key, _)| **key == *token)
            .map(|(_, span)| span.clone())
    }

    fn find(&self, pointer: &str) -> Option<&Node> {
        pointer::tokens(pointer)
            .try_fold(self.nodes.first()?, |node, token| Some(&self.nodes[node.child(&token)?]))
    }
}

/// Builds [`Positions`] from what a parser comes across.
#[derive(Debug, Default)]
struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
}

/// A mapping or sequence that has not ended yet.
#[derive(Debug)]
struct Open {
    node: usize,
    mapping: bool,
    key: Option<(Box<str>, Range<usize>)>,
}

impl Builder {
    /// A scalar: a value, or a key where the mapping around it waits for one. `text` is its value without quotes.
    fn scalar(&mut self, text: &str, span: Range<usize>) {
        match self.open.last_mut() {
            Some(open) if open.mapping && open.key.is_none() => {
                open.key = Some((text.into(), span));
            }
            _ => {
                self.node(span, true);
            }
        }
    }

    /// The start of a mapping or a sequence.
    fn start(&mut self, mapping: bool, span: Range<usize>) {
        if let Some(open) = self.open.last_mut()
            && open.mapping
            && open.key.is_none()
        {
            // A mapping as a key: JSON has no such thing, its content belongs to no node that a pointer can name.
            open.key = Some(("".into(), span.clone()));
        }
        let node = self.node(span, false);
        self.open.push(Open { node, mapping, key: None });
    }

    /// The end of the mapping or sequence that was started last.
    fn end(&mut self) {
        self.open.pop();
    }

    fn finish(self) -> Positions {
        Positions { nodes: self.nodes }
    }

    fn node(&mut self, value: Range<usize>, scalar: bool) -> usize {
        let index = self.nodes.len();
        let mut key = None;
        if let Some(open) = self.open.last_mut() {
            let parent = &mut self.nodes[open.node];
            let token = match open.key.take() {
                Some((text, span)) => {
                    key = Some(span);
                    text
                }
                None => parent.children.len().to_string().into(),
            };
            match parent.children.entry(token) {
                Entry::Vacant(entry) => {
                    entry.insert(index);
                }
                Entry::Occupied(entry) => {
                    let repeated = key.clone().map(|span| (entry.key().clone(), span));
                    parent.duplicates.extend(repeated);
                }
            }
        }
        let (children, duplicates) = (HashMap::new(), Vec::new());
        self.nodes.push(Node { key, value, scalar, children, duplicates });
        index
    }
}
