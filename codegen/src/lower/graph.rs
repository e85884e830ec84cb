//! Which models lead to which: cycles are found in one pass, and without recursion, however long they are.

use std::collections::HashMap;

use crate::ir::{Model, Type};

/// Models by number, each with those that it leads to.
pub struct Graph<'a> {
    numbers: HashMap<&'a str, usize>,
    edges: Vec<Vec<usize>>,
}

/// A node on the way of a search: its number, and how many of its edges were followed.
type Step = (usize, usize);

impl<'a> Graph<'a> {
    /// The graph of models; `leads_to` gives the names of those that a model leads to.
    pub fn new<'b>(models: &'a [Model], leads_to: impl Fn(&'a Model) -> Vec<&'b str>) -> Self {
        let numbers: HashMap<&str, usize> = models
            .iter()
            .enumerate()
            .map(|(number, model)| (model.name.as_str(), number))
            .collect();
        let edges = models.iter().map(|model| {
            leads_to(model).into_iter().filter_map(|name| numbers.get(name).copied()).collect()
        });
        Self { edges: edges.collect(), numbers }
    }

    /// The graph of nodes without names, each with the numbers of those that it leads to.
    pub fn of_edges(edges: Vec<Vec<usize>>) -> Self {
        Self { numbers: HashMap::new(), edges }
    }

    /// How many nodes the longest way from each node passes, itself not counted; a circle counts as a way through
    /// all that are in it.
    pub fn depths(&self) -> Vec<usize> {
        let circles = self.circles();
        let mut by_circle: Vec<Vec<usize>> = vec![Vec::new(); circles.len()];
        for (node, circle) in circles.iter().enumerate() {
            by_circle[*circle].push(node);
        }
        // A circle has a lower number than those that lead to it.
        let mut depths: Vec<usize> = vec![0; circles.len()];
        for (circle, members) in by_circle.iter().enumerate() {
            let onward = members.iter().flat_map(|node| &self.edges[*node]);
            let onward = onward.filter(|next| circles[**next] != circle);
            let deepest = onward.map(|next| 1 + depths[circles[*next]]).max().unwrap_or(0);
            depths[circle] = deepest + members.len().saturating_sub(1);
        }
        circles.into_iter().map(|circle| depths[circle]).collect()
    }

    /// The number of a model.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// The numbers of the models that one leads to.
    pub fn edges(&self, number: usize) -> &[usize] {
        &self.edges[number]
    }

    /// Whether a model leads to itself by any way.
    pub fn is_in_circle(&self, number: usize, circles: &[usize]) -> bool {
        self.edges[number].iter().any(|next| circles[*next] == circles[number])
    }

    /// For each model the number of its circle: two that lead to each other have the same one. What a circle leads to
    /// has a lower number.
    ///
    /// Tarjan's algorithm, in time linear in the models and edges.
    pub fn circles(&self) -> Vec<usize> {
        const UNSEEN: usize = usize::MAX;
        let count = self.edges.len();
        let (mut order, mut lowest) = (vec![UNSEEN; count], vec![UNSEEN; count]);
        let mut circles = vec![UNSEEN; count];
        let (mut open, mut seen, mut closed) = (Vec::new(), 0, 0);
        for start in 0..count {
            let mut way: Vec<Step> = vec![(start, 0)];
            if order[start] != UNSEEN {
                continue;
            }
            while let Some((node, followed)) = way.pop() {
                if followed == 0 {
                    (order[node], lowest[node]) = (seen, seen);
                    seen += 1;
                    open.push(node);
                } else {
                    let child = self.edges[node][followed - 1];
                    if circles[child] == UNSEEN {
                        lowest[node] = lowest[node].min(lowest[child]);
                    }
                }
                if let Some(next) = self.edges[node].get(followed).copied() {
                    way.push((node, followed + 1));
                    if order[next] == UNSEEN {
                        way.push((next, 0));
                    }
                } else if lowest[node] == order[node] {
                    while let Some(member) = open.pop() {
                        circles[member] = closed;
                        if member == node {
                            break;
                        }
                    }
                    closed += 1;
                }
            }
        }
        circles
    }

    /// Edges without which there is no circle: of the nodes of a circle, the first in order loses those that lead on.
    pub fn edges_back(&self) -> Vec<(usize, usize)> {
        #[derive(Clone, PartialEq)]
        enum State {
            Unseen,
            Open,
            Done,
        }
        // Against the edges, the search meets the first node of a circle again by the edge that leads on from it.
        let mut against: Vec<Vec<usize>> = vec![Vec::new(); self.edges.len()];
        for (node, edges) in self.edges.iter().enumerate() {
            edges.iter().for_each(|next| against[*next].push(node));
        }
        let mut states = vec![State::Unseen; self.edges.len()];
        let mut back = Vec::new();
        for start in 0..self.edges.len() {
            if states[start] != State::Unseen {
                continue;
            }
            let mut way: Vec<Step> = vec![(start, 0)];
            while let Some((node, followed)) = way.pop() {
                states[node] = State::Open;
                let Some(next) = against[node].get(followed).copied() else {
                    states[node] = State::Done;
                    continue;
                };
                way.push((node, followed + 1));
                match states[next] {
                    State::Unseen => way.push((next, 0)),
                    State::Open => back.push((next, node)),
                    State::Done => {}
                }
            }
        }
        back
    }
}

/// What the aliases among the models stand for.
pub struct Aliases {
    /// Each alias with what it stands for when aliases of aliases were followed.
    ends: HashMap<String, Type>,
    /// Each alias with the model that it holds without a list or a map between.
    held: HashMap<String, Option<String>>,
}

/// How many lists and maps within each other an alias is looked through for. More are told apart by name.
const DEEPEST_ALIAS: usize = 64;

impl Aliases {
    /// The aliases among models, none of which leads back to itself.
    pub fn new<'a>(aliases: impl Iterator<Item = (&'a str, &'a Type)>) -> Self {
        let targets: HashMap<&str, &Type> = aliases.collect();
        let mut found = Self { ends: HashMap::new(), held: HashMap::new() };
        for name in targets.keys() {
            let (mut way, mut name) = (vec![*name], *name);
            let (end, held) = loop {
                let ty = targets[name];
                let Some(next) = held_model(ty) else { break (ty.clone(), None) };
                if let (Some(end), Some(held)) = (found.ends.get(next), found.held.get(next)) {
                    break (end.clone(), held.clone());
                }
                if !targets.contains_key(next) || way.len() > targets.len() {
                    break (ty.clone(), Some(next.to_owned()));
                }
                way.push(next);
                name = next;
            };
            let mut end = end;
            while let Some(name) = way.pop() {
                // What is nullable on the way stays so.
                if matches!(targets[name], Type::Nullable(_)) && !matches!(end, Type::Nullable(_)) {
                    end = Type::Nullable(Box::new(end));
                }
                found.held.insert(name.to_owned(), held.clone());
                found.ends.insert(name.to_owned(), end.clone());
            }
        }
        found
    }

    /// The type with every alias in it replaced by what it stands for.
    pub fn resolved(&self, ty: &Type) -> Type {
        self.resolved_at(ty, 0)
    }

    fn resolved_at(&self, ty: &Type, depth: usize) -> Type {
        let inner = |inner: &Type| Box::new(self.resolved_at(inner, depth + 1));
        match ty {
            _ if depth > DEEPEST_ALIAS => ty.clone(),
            Type::Model(name) => match self.ends.get(name) {
                Some(end) => self.resolved_at(end, depth + 1),
                None => ty.clone(),
            },
            Type::Array(item) => Type::Array(inner(item)),
            Type::Map(value) => Type::Map(inner(value)),
            Type::Nullable(value) => Type::Nullable(inner(value)),
            other => other.clone(),
        }
    }

    /// The model that a type holds without a list, a map or a box between, aliases looked through.
    pub fn in_place<'t>(&'t self, ty: &'t Type) -> Option<&'t str> {
        let name = held_model(ty)?;
        match self.held.get(name) {
            Some(held) => held.as_deref(),
            None => Some(name),
        }
    }
}

/// The model, be it an alias, that a type names or that may be null.
fn held_model(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Nullable(inner) => held_model(inner),
        _ => None,
    }
}
