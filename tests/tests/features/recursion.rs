//! Types that hold themselves, directly and in a circle.

use features_sdk::models::{Either, Expression, File, Folder, Json, Other, Reply, Sum, Tree};
use serde_json::json;

use crate::support::{kept, write};

#[test]
fn a_struct_may_hold_itself() {
    let tree: Tree = kept(json!({
        "value": 1,
        "left": { "value": 2, "right": null },
        "right": { "value": 3 },
        "byName": { "other": { "value": 4, "byName": {} } },
    }));
    assert_eq!(tree.left.map(|left| (left.value, left.right)), Some((2, Some(None))));
    let built = Tree::new(1).left(Tree::new(2)).right(Box::new(Tree::new(3)));
    assert_eq!(
        write(&built),
        json!({ "value": 1, "left": { "value": 2 }, "right": { "value": 3 } })
    );
}

/// What is required and may be null ends by null, so that it is always there.
#[test]
fn a_required_chain_ends_by_null() {
    let reply: Reply = kept(json!({ "text": "b", "to": { "text": "a", "to": null } }));
    assert_eq!(reply.to.map(|first| (first.text, first.to)), Some(("a".to_owned(), None)));
    let first = Reply::new("a", None::<Box<Reply>>);
    assert_eq!(write(&first), json!({ "text": "a", "to": null }));
    let second = Reply::new("b", Box::new(first));
    assert_eq!(write(&second)["to"]["text"], "a");
}

#[test]
fn two_structs_may_hold_each_other() {
    let file: File = kept(json!({ "folder": { "first": { "folder": { "parent": {} } } } }));
    let parent = file
        .folder
        .and_then(|folder| folder.first)
        .and_then(|file| file.folder)
        .and_then(|folder| folder.parent);
    assert_eq!(parent.as_deref(), Some(&Folder::new()));
}

#[test]
fn a_union_may_hold_itself() {
    let expression: Expression =
        kept(json!({ "left": { "left": 1.5, "right": 2.5 }, "right": 3.5 }));
    let inner = Sum::new(1.5, 2.5);
    assert_eq!(expression, Expression::from(Sum::new(inner, 3.5)));
}

#[test]
fn a_union_may_hold_lists_and_maps_of_itself() {
    let json: Json = kept(json!({ "a": ["b", { "c": "d" }] }));
    let Json::Object(members) = json else { panic!("{json:?}") };
    assert!(matches!(members.get("a"), Some(Json::List(items)) if items.len() == 2), "{members:?}");
}

#[test]
fn unions_that_are_each_other_can_be_read() {
    assert_eq!(kept::<Either>(json!("text")), Either::from("text".to_owned()));
    assert_eq!(kept::<Other>(json!(5)), Other::from(5));
    assert_eq!(kept::<Other>(json!("text")), Other::from(Either::from("text".to_owned())));
    assert_eq!(kept::<Either>(json!(true)), Either::Unknown(json!(true)));
}
