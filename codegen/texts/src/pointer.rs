//! JSON pointers (RFC 6901): the way every stage names a place in a document.

use std::{borrow::Cow, fmt::Write as _};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// What a URI's fragment may not hold (RFC 3986, section 3.5).
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Gives the pointer to the child `token` of the node at `pointer`; `token` is a key or an index, not escaped yet.
pub fn child(pointer: &str, token: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + token.len() + 1);
    longer.push_str(pointer);
    push(&mut longer, token);
    longer
}

/// Appends the child `token` to a pointer, escaping it.
pub fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    // Two searches for a byte are faster than one that looks at each character.
    if token.contains('~') || token.contains('/') {
        pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(token);
    }
}

/// Appends the index of an array's element to a pointer.
pub fn push_index(pointer: &mut String, index: usize) {
    // Writing to a string cannot fail.
    let _ = write!(pointer, "/{index}");
}

/// Splits a pointer into its tokens, unescaped. The empty pointer, which is the whole document, has none.
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescaped)
}

/// A token as it was before it was escaped.
pub fn unescaped(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The pointer to the node around the one at `pointer`; `None` for the whole document.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|end| &pointer[..end])
}

/// The pointer that the fragment of a URI stands for (RFC 6901, section 6: percent-encoded UTF-8).
///
/// `None` where the fragment is no pointer but the name of an anchor.
pub fn from_fragment(fragment: &str) -> Option<Cow<'_, str>> {
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    Some(percent_decode_str(fragment).decode_utf8_lossy())
}

/// The fragment of a URI that stands for a pointer: the way back from [`from_fragment`].
pub fn to_fragment(pointer: &str) -> Cow<'_, str> {
    utf8_percent_encode(pointer, FRAGMENT).into()
}

/// Looks a node up. Differs from [`Value::pointer`] in that no token is allocated unless it is escaped.
pub fn get<'a>(root: &'a Value, pointer: &str) -> Option<&'a Value> {
    tokens(pointer).try_fold(root, |node, token| match node {
        Value::Object(map) => map.get(token.as_ref()),
        Value::Array(list) => list.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Looks a node up to change it.
pub fn get_mut<'a>(root: &'a mut Value, pointer: &str) -> Option<&'a mut Value> {
    tokens(pointer).try_fold(root, |node, token| match node {
        Value::Object(map) => map.get_mut(token.as_ref()),
        Value::Array(list) => list.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Takes a node out of the object or the array that it is in.
pub fn remove(root: &mut Value, pointer: &str) -> Option<Value> {
    let around = parent(pointer)?;
    let token = unescaped(&pointer[around.len() + 1..]);
    match get_mut(root, around)? {
        Value::Object(map) => map.shift_remove(token.as_ref()),
        Value::Array(list) => {
            let index = token.parse().ok().filter(|index| *index < list.len())?;
            Some(list.remove(index))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tokens_are_escaped_and_read_back() {
        let pointer = child(&child("", "/users/{id}"), "a~b");
        assert_eq!(pointer, "/~1users~1{id}/a~0b");
        assert_eq!(tokens(&pointer).collect::<Vec<_>>(), ["/users/{id}", "a~b"]);
        assert_eq!(parent(&pointer), Some("/~1users~1{id}"));
        assert_eq!(parent(""), None);
    }

    #[test]
    fn fragments_are_percent_decoded() {
        assert_eq!(from_fragment("/a%20b").as_deref(), Some("/a b"));
        assert_eq!(from_fragment("").as_deref(), Some(""));
        assert_eq!(from_fragment("anchor"), None);
    }

    #[test]
    fn nodes_are_found_in_objects_and_arrays() {
        let root = json!({"a": [{"b/c": 1}]});
        assert_eq!(get(&root, "/a/0/b~1c"), Some(&json!(1)));
        assert_eq!(get(&root, "/a/1"), None);
        assert_eq!(get(&root, ""), Some(&root));
    }

    #[test]
    fn nodes_are_taken_out() {
        let mut root = json!({"a": [{"b/c": 1}, 2]});
        assert_eq!(remove(&mut root, "/a/0/b~1c"), Some(json!(1)));
        assert_eq!(remove(&mut root, "/a/1"), Some(json!(2)));
        assert_eq!(remove(&mut root, "/a/1"), None);
        assert_eq!(remove(&mut root, ""), None);
        assert_eq!(root, json!({"a": [{}]}));
    }
}
