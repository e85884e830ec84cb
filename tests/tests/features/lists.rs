//! Arrays in arrays, and tuples.

use features_sdk::models::{Matrix, Pair, PairItem, Table, TableItemItem};
use serde_json::json;

use crate::support::kept;

#[test]
fn a_list_may_hold_lists() {
    let matrix: Matrix = kept(json!([[1.5, 2.5], [], [3.5]]));
    assert_eq!(matrix, [vec![1.5, 2.5], vec![], vec![3.5]]);
    let table: Table = kept(json!([[{ "text": "a" }]]));
    assert_eq!(table, [[TableItemItem::new().text("a")]]);
}

#[test]
fn an_item_of_a_tuple_has_any_of_its_types() {
    let pair: Pair = kept(json!(["width", 5]));
    assert_eq!(pair, [PairItem::from("width".to_owned()), PairItem::from(5)]);
}
