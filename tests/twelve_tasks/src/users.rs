//! Users, from the first day to the last.

use std::time::Duration;

use okta_management::models::{
    CreateUserRequest, DeactivateUserPrefer, PasswordCredential, UpdateUserRequest, User,
    UserCredentialsWritable, UserProfile, UserStatus,
};
use okta_management::{Client, Result};
use tokio::time::sleep;

/// Creates a user with custom attributes and a password.
pub async fn create(client: &Client, login: &str, password: &str) -> Result<User> {
    let profile = UserProfile::new()
        .first_name("Ada".to_owned())
        .last_name("Lovelace".to_owned())
        .email(login)
        .login(login)
        .additional_property("badgeNumber", 1815)
        .additional_property("clearances", vec!["engine", "notes"]);
    let password = PasswordCredential::new().value(password);
    let credentials = UserCredentialsWritable::new().password(password);
    let request = CreateUserRequest::new(profile).credentials(credentials);
    client.user().create_user(&request).activate(true).await
}

/// Finds users by an expression, however many pages they fill.
pub async fn logins(client: &Client, search: &str) -> Result<Vec<String>> {
    let mut users = client.user().list_users().search(search).limit(200).stream();
    let mut logins = Vec::new();
    while let Some(user) = users.next().await {
        logins.extend(user?.profile.and_then(|profile| profile.login));
    }
    Ok(logins)
}

/// Changes one custom attribute, and puts the whole profile back.
pub async fn change_badge(client: &Client, id: &str, number: u32) -> Result<User> {
    let user = client.user().get_user(id).await?;
    let profile = user.profile.unwrap_or_default().additional_property("badgeNumber", number);
    let request = UpdateUserRequest::new().profile(profile);
    client.user().replace_user(id, &request).await
}

/// Assigns a user to the group of a name.
pub async fn join(client: &Client, user: &str, group: &str) -> Result<()> {
    let mut groups = client.group().list_groups().q(group).stream();
    while let Some(group) = groups.next().await {
        if let Some(id) = group?.id {
            client.group().assign_user_to_group(id, user).await?;
        }
    }
    Ok(())
}

/// Signs a user out everywhere.
pub async fn sign_out(client: &Client, id: &str) -> Result<()> {
    client.user_sessions().revoke_user_sessions(id).oauth_tokens(true).await
}

/// Deactivates a user, and deletes it once that is done.
pub async fn delete(client: &Client, id: &str) -> Result<()> {
    let prefer = DeactivateUserPrefer::RespondAsync;
    client.user_lifecycle().deactivate_user(id).prefer(&prefer).await?;
    while client.user().get_user(id).await?.status != Some(UserStatus::Deprovisioned) {
        sleep(Duration::from_secs(1)).await;
    }
    client.user().delete_user(id).await
}
