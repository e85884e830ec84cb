//! References to `$defs`, to a property, to a parameter's schema, and with something beside them.

use features_sdk::models::{Cabinet, CabinetExtended, Drawer, Identified};
use serde_json::json;

use crate::support::{kept, write};

#[test]
fn a_reference_may_lead_anywhere_in_the_document() {
    let cabinet: Cabinet = kept(json!({ "drawer": { "label": "a" }, "size": 2.5, "pageSize": 20 }));
    assert_eq!(cabinet.drawer, Some(Drawer::new().label("a")));
    let size: Option<f64> = cabinet.size;
    let page_size: Option<i32> = cabinet.page_size;
    assert_eq!((size, page_size), (Some(2.5), Some(20)));
}

#[test]
fn what_stands_beside_a_reference_counts() {
    #[expect(deprecated, reason = "that stands beside the reference")]
    let cabinet = Cabinet::new().described(Identified::new("i"));
    assert_eq!(write(&cabinet), json!({ "described": { "id": "i" } }));
    let extended = CabinetExtended::new("i").shelf("s");
    let cabinet = Cabinet::new().extended(extended);
    assert_eq!(write(&cabinet), json!({ "extended": { "id": "i", "shelf": "s" } }));
}
