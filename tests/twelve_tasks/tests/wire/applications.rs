//! Applications.

use okta_management::Mock;
use serde_json::{Value, json};
use twelve_tasks::applications;

use crate::sent;

#[tokio::test]
async fn a_saml_application_is_created() {
    let mock = Mock::new();
    mock.application()
        .create_application()
        .returns_json(json!({ "id": "0oa1", "signOnMode": "SAML_2_0" }));
    let acs = "https://acs.example.com";
    let created = applications::create_saml(&mock.client(), "Engine", acs).await.unwrap();
    assert_eq!(created.id().as_deref(), Some("0oa1"));
    let expected = json!({
        "label": "Engine",
        "signOnMode": "SAML_2_0",
        "settings": { "signOn": {
            "allowMultipleAcsEndpoints": false,
            "assertionSigned": true,
            "audience": "Engine",
            "destination": acs,
            "honorForceAuthn": true,
            "recipient": acs,
            "requestCompressed": false,
            "responseSigned": true,
            "ssoAcsUrl": acs,
        } },
    });
    assert_eq!(sent(&mock), ["POST /api/v1/apps"]);
    assert_eq!(mock.received()[0].json::<Value>().unwrap(), expected);
}

#[tokio::test]
async fn an_oidc_application_is_created() {
    let mock = Mock::new();
    mock.application()
        .create_application()
        .returns_json(json!({ "id": "0oa2", "signOnMode": "OPENID_CONNECT" }));
    let redirect = "https://app.example.com/callback";
    let created = applications::create_oidc(&mock.client(), "Notes", redirect).await.unwrap();
    assert_eq!(created.id().as_deref(), Some("0oa2"));
    let expected = json!({
        "label": "Notes",
        "signOnMode": "OPENID_CONNECT",
        "name": "oidc_client",
        "credentials": {},
        "settings": { "oauthClient": {
            "application_type": "web",
            "grant_types": ["authorization_code"],
            "redirect_uris": [redirect],
        } },
    });
    assert_eq!(mock.received()[0].json::<Value>().unwrap(), expected);
}

/// The application goes back as it came, but for the id of the key.
#[tokio::test]
async fn a_key_is_rotated() {
    let application = json!({
        "id": "0oa1",
        "name": "example_engine",
        "label": "Engine",
        "signOnMode": "SAML_2_0",
        "credentials": { "signing": { "kid": "old", "use": "sig" }, "userNameTemplate": { "type": "BUILT_IN" } },
        "settings": { "app": { "gear": [1, null] }, "signOn": { "assertionSigned": "yes" } },
    });
    let mock = Mock::new();
    mock.application_sso_credential_key()
        .generate_application_key()
        .returns_json(json!({ "kid": "new" }));
    mock.application().get_application().returns_json(&application);
    mock.application().replace_application().returns_json(&application);
    applications::rotate_key(&mock.client(), "0oa1").await.unwrap();
    let requests = [
        "POST /api/v1/apps/0oa1/credentials/keys/generate",
        "GET /api/v1/apps/0oa1",
        "PUT /api/v1/apps/0oa1",
    ];
    assert_eq!(sent(&mock), requests);
    assert_eq!(mock.received()[0].query("validityYears"), ["2"]);
    let mut expected = application;
    expected["credentials"]["signing"]["kid"] = "new".into();
    assert_eq!(mock.received()[2].json::<Value>().unwrap(), expected);
}
