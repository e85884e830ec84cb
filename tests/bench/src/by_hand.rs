//! The client that somebody would write by hand: the same operation with `reqwest` and serde's derive.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the server answers with.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Identifies the session.
    pub id: Option<String>,
    /// The name by which the user signs in.
    pub login: Option<String>,
    /// Identifies the user.
    pub user_id: Option<String>,
    /// When the session began.
    pub created_at: Option<Timestamp>,
    /// When the session ends.
    pub expires_at: Option<Timestamp>,
    /// Whether the session can be used.
    pub status: Option<Status>,
    /// When the user last gave their password.
    pub last_password_verification: Option<Timestamp>,
    /// When the user last proved a further factor.
    pub last_factor_verification: Option<Timestamp>,
    /// The ways in which the user has proven who they are.
    pub amr: Option<Vec<Method>>,
    /// Who vouched for the user.
    pub idp: Option<Provider>,
    /// Whether the user has a further factor.
    pub mfa_active: Option<bool>,
    /// Links to this session.
    #[serde(rename = "_links")]
    pub links: Option<Links>,
}

/// Whether a session can be used.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    Active,
    MfaEnroll,
    MfaRequired,
}

/// A way to prove who one is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    Pwd,
    Swk,
    Hwk,
    Sms,
    Tel,
    Geo,
    Fpt,
    Kba,
    Mfa,
    Mca,
    Sc,
    Otp,
}

/// The identity provider that signed the user in.
#[derive(Debug, Serialize, Deserialize)]
pub struct Provider {
    /// Identifies the provider.
    pub id: Option<String>,
    /// What kind of provider it is.
    pub r#type: Option<ProviderType>,
}

/// What kind of provider it is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ProviderType {
    ActiveDirectory,
    Federation,
    Ldap,
    Okta,
    Social,
}

/// Links to a resource.
#[derive(Debug, Serialize, Deserialize)]
pub struct Links {
    /// The address of the resource itself.
    #[serde(rename = "self")]
    pub itself: Option<Link>,
}

/// A link to a resource.
#[derive(Debug, Serialize, Deserialize)]
pub struct Link {
    /// Where the link leads.
    pub href: String,
    /// How the link can be followed.
    pub hints: Option<Hints>,
    /// Tells links of the same relation apart.
    pub name: Option<String>,
    /// The media type to expect.
    pub r#type: Option<String>,
    /// Whether `href` is a template.
    pub templated: Option<bool>,
}

/// Advice on how a link can be followed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Hints {
    /// The methods that the target accepts.
    pub allow: Option<Vec<Verb>>,
}

/// An HTTP method.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Verb {
    Delete,
    Get,
    Post,
    Put,
}

/// Gets a session.
///
/// # Errors
///
/// No connection, an answer that is no success, or one that is no session.
pub async fn get_session(
    client: &reqwest::Client,
    base_url: &str,
    token: &str,
    id: &str,
) -> Result<Session, reqwest::Error> {
    let url = format!("{base_url}/api/v1/sessions/{id}");
    let request = client.get(url).header("Authorization", format!("SSWS {token}"));
    let response = request.header("Accept", "application/json").send().await?;
    response.error_for_status()?.json().await
}
