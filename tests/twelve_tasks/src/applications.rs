//! Applications and their keys.

use okta_management::models::{
    Application, ApplicationSignOnMode, GrantType, OAuthApplicationCredentials,
    OpenIdConnectApplication, OpenIdConnectApplicationName, OpenIdConnectApplicationSettings,
    OpenIdConnectApplicationSettingsClient, OpenIdConnectApplicationType, SamlApplication,
    SamlApplicationSettings, SamlApplicationSettingsSignOn,
};
use okta_management::{Client, Result};

/// Creates an application that signs in by SAML 2.0.
pub async fn create_saml(client: &Client, label: &str, acs: &str) -> Result<Application> {
    let sign_on = SamlApplicationSettingsSignOn::new(false, true, true, false, true)
        .sso_acs_url(acs)
        .recipient(acs)
        .destination(acs)
        .audience(label);
    let application = SamlApplication::new(label, ApplicationSignOnMode::Saml20)
        .settings(SamlApplicationSettings::new().sign_on(sign_on));
    client.application().create_application(&application.into()).await
}

/// Creates an application that signs in by OpenID Connect.
pub async fn create_oidc(client: &Client, label: &str, redirect: &str) -> Result<Application> {
    let oauth = OpenIdConnectApplicationSettingsClient::new([GrantType::AuthorizationCode])
        .application_type(OpenIdConnectApplicationType::Web)
        .redirect_uris([redirect.to_owned()]);
    let application = OpenIdConnectApplication::new(
        label,
        ApplicationSignOnMode::OpenidConnect,
        OAuthApplicationCredentials::new(),
        OpenIdConnectApplicationName::OidcClient,
        OpenIdConnectApplicationSettings::new().oauth_client(oauth),
    );
    client.application().create_application(&application.into()).await
}

/// Gives an application a new signing key, which it uses from then on.
pub async fn rotate_key(client: &Client, id: &str) -> Result<Application> {
    let keys = client.application_sso_credential_key();
    let key = keys.generate_application_key(id, 2).await?;
    let mut application = client.application().get_application(id).await?;
    if let Application::SamlApplication(saml) = &mut application {
        let credentials = saml.credentials.get_or_insert_default();
        credentials.signing.get_or_insert_default().kid = key.kid;
    }
    client.application().replace_application(id, &application).await
}
