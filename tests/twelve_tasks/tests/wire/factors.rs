//! Factors.

use std::time::Duration;

use okta_management::{Mock, MockAnswer};
use serde_json::{Value, json};
use tokio::time::Instant;
use twelve_tasks::factors;

use crate::sent;

#[tokio::test(start_paused = true)]
async fn a_factor_is_enrolled_when_its_owner_has_activated_it() {
    let factor = |status| json!({ "id": "opf1", "factorType": "push", "status": status });
    let mock = Mock::new();
    mock.user_factor().enroll_factor().returns_json(factor("PENDING_ACTIVATION"));
    mock.user_factor()
        .get_factor()
        .returns_json(factor("PENDING_ACTIVATION"))
        .returns_json(factor("ACTIVE"));
    let start = Instant::now();
    assert_eq!(factors::enroll(&mock.client(), "00u1").await.unwrap(), "opf1");
    assert!((8..9).contains(&start.elapsed().as_secs()));
    let get = "GET /api/v1/users/00u1/factors/opf1";
    assert_eq!(sent(&mock), ["POST /api/v1/users/00u1/factors", get, get]);
    let body: Value = mock.received()[0].json().unwrap();
    assert_eq!(body, json!({ "factorType": "push", "provider": "OKTA" }));
}

#[tokio::test(start_paused = true)]
async fn a_factor_is_verified_when_its_owner_has_answered() {
    let poll = "https://acme.okta.com/api/v1/users/00u1/factors/opf1/transactions/v2mst.1";
    let challenge = json!({ "factorResult": "WAITING", "_links": { "poll": { "href": poll } } });
    for (outcome, is_confirmed) in
        [("SUCCESS", true), ("REJECTED", false), ("TIMEOUT", false), ("NEWER", false)]
    {
        let mock = Mock::new();
        mock.user_factor().verify_factor().answers_with(MockAnswer::status(201).json(&challenge));
        let waiting = json!({ "factorResult": "WAITING", "_links": {} });
        mock.user_factor()
            .get_factor_transaction_status()
            .returns_json(&waiting)
            .returns_json(json!({ "factorResult": outcome }));
        let start = Instant::now();
        let verified = factors::verify(&mock.client(), "00u1", "opf1").await.unwrap();
        assert_eq!(verified, is_confirmed, "{outcome}");
        assert!(start.elapsed() >= Duration::from_secs(4));
        let get = "GET /api/v1/users/00u1/factors/opf1/transactions/v2mst.1";
        assert_eq!(sent(&mock), ["POST /api/v1/users/00u1/factors/opf1/verify", get, get]);
    }
}
