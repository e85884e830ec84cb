//! Policies.

use okta_management::Mock;
use serde_json::{Value, json};
use twelve_tasks::policies;

use crate::sent;

/// What the document does not know, and what deviates from it, goes back as it came.
#[tokio::test]
async fn one_condition_changes_and_nothing_else() {
    let rule = json!({
        "id": "0pr1",
        "type": "SIGN_ON",
        "name": "Legacy",
        "priority": null,
        "system": "false",
        "created": "2026-01-01T00:00:00.000+02:00",
        "conditions": {
            "people": { "users": { "exclude": ["00u9"] } },
            "network": { "connection": "ANYWHERE" },
            "weather": { "include": ["RAIN"] },
        },
        "actions": { "signon": { "access": "ALLOW", "requireFactor": false, "session": { "maxSessionIdleMinutes": 120.0 } } },
    });
    let mock = Mock::new();
    mock.policy().get_policy_rule().returns_json(&rule);
    mock.policy().replace_policy_rule().returns_json(&rule);
    policies::restrict(&mock.client(), "00p1", "0pr1", "nzo1").await.unwrap();
    let path = "/api/v1/policies/00p1/rules/0pr1";
    assert_eq!(sent(&mock), [format!("GET {path}"), format!("PUT {path}")]);
    let mut expected = rule;
    expected["conditions"]["network"] = json!({ "connection": "ZONE", "include": ["nzo1"] });
    assert_eq!(mock.received()[1].json::<Value>().unwrap(), expected);
}
