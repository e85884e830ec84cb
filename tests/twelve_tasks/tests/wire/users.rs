//! Users.

use std::time::Duration;

use okta_management::Mock;
use okta_management::models::{Group, User, UserProfile};
use serde_json::{Value, json};
use tokio::time::Instant;
use twelve_tasks::users;

use crate::sent;

#[tokio::test]
async fn a_user_is_created() {
    let mock = Mock::new();
    mock.user().create_user().returns(User::new().id("00u1"));
    let user = users::create(&mock.client(), "ada@example.com", "correct horse").await.unwrap();
    assert_eq!(user.id.as_deref(), Some("00u1"));
    let received = &mock.received()[0];
    assert_eq!(sent(&mock), ["POST /api/v1/users"]);
    assert_eq!(received.query("activate"), ["true"]);
    let expected = json!({
        "credentials": { "password": { "value": "correct horse" } },
        "profile": {
            "firstName": "Ada",
            "lastName": "Lovelace",
            "email": "ada@example.com",
            "login": "ada@example.com",
            "badgeNumber": 1815,
            "clearances": ["engine", "notes"],
        },
    });
    assert_eq!(received.json::<Value>().unwrap(), expected);
}

#[tokio::test]
async fn users_are_found_on_all_pages() {
    let user = |login: &str| User::new().profile(UserProfile::new().login(login));
    let mock = Mock::new();
    mock.user().list_users().returns_pages([vec![user("ada"), user("grace")], vec![user("mary")]]);
    let search = r#"profile.department eq "Engineering""#;
    assert_eq!(users::logins(&mock.client(), search).await.unwrap(), ["ada", "grace", "mary"]);
    let received = mock.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|request| request.query("search") == [search]));
    assert_eq!(received[1].query("page"), ["2"]);
}

/// What the document does not know goes back as it came, and so does what is null.
#[tokio::test]
async fn one_attribute_changes() {
    let profile = json!({
        "login": "ada@example.com",
        "secondEmail": null,
        "badgeNumber": 1815,
        "clearances": ["engine"],
        "origin": { "city": "London", "weight": 1.25 },
    });
    let mock = Mock::new();
    mock.user().get_user().returns_json(json!({ "id": "00u1", "profile": profile }));
    mock.user().replace_user().returns(User::new());
    users::change_badge(&mock.client(), "00u1", 1852).await.unwrap();
    assert_eq!(sent(&mock), ["GET /api/v1/users/00u1", "PUT /api/v1/users/00u1"]);
    let mut expected = json!({ "profile": profile });
    expected["profile"]["badgeNumber"] = 1852.into();
    assert_eq!(mock.received()[1].json::<Value>().unwrap(), expected);
}

#[tokio::test]
async fn a_user_joins_a_group() {
    let mock = Mock::new();
    mock.group().list_groups().returns([Group::new().id("00g1")]);
    mock.group().assign_user_to_group().returns(());
    users::join(&mock.client(), "00u1", "Engine").await.unwrap();
    assert_eq!(sent(&mock), ["GET /api/v1/groups", "PUT /api/v1/groups/00g1/users/00u1"]);
    assert_eq!(mock.received()[0].query("q"), ["Engine"]);
}

#[tokio::test]
async fn sessions_are_cleared() {
    let mock = Mock::new();
    mock.user_sessions().revoke_user_sessions().returns(());
    users::sign_out(&mock.client(), "00u1").await.unwrap();
    assert_eq!(sent(&mock), ["DELETE /api/v1/users/00u1/sessions"]);
    assert_eq!(mock.received()[0].query("oauthTokens"), ["true"]);
}

#[tokio::test(start_paused = true)]
async fn a_user_is_deleted_once_it_is_deactivated() {
    let mock = Mock::new();
    mock.user_lifecycle().deactivate_user().returns(());
    mock.user()
        .get_user()
        .returns_json(json!({ "status": "ACTIVE", "transitioningToStatus": "DEPROVISIONED" }))
        .fails_with_rate_limit(600, Duration::from_secs(5))
        .returns_json(json!({ "status": "DEPROVISIONED" }));
    mock.user().delete_user().returns(());
    let client = mock.builder().max_retries(1).build().unwrap();
    let start = Instant::now();
    users::delete(&client, "00u1").await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(6), "a pause, and the end of the rate limit");
    let paths = sent(&mock);
    assert_eq!(paths[0], "POST /api/v1/users/00u1/lifecycle/deactivate");
    assert_eq!(paths[1..4], ["GET /api/v1/users/00u1"; 3]);
    assert_eq!(paths[4..], ["DELETE /api/v1/users/00u1"]);
    assert_eq!(mock.received()[0].header("prefer"), Some("respond-async"));
}
