//! Factors.

use std::time::Duration;

use okta_management::api::user_factor::VerifyFactorOutput;
use okta_management::models::{
    UserFactorPush, UserFactorPushProvider, UserFactorPushTransactionFactorResult as Outcome,
    UserFactorStatus,
};
use okta_management::{Client, Result};
use tokio::time::sleep;

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_secs(4);

/// Enrolls a phone for push notifications, and waits until its owner has it activated.
pub async fn enroll(client: &Client, user: &str) -> Result<String> {
    let factor = UserFactorPush::new().provider(UserFactorPushProvider::Okta);
    let mut factor = client.user_factor().enroll_factor(user, &factor.into()).await?;
    let id = factor.id().clone().unwrap_or_default();
    while *factor.status() == Some(UserFactorStatus::PendingActivation) {
        sleep(PAUSE).await;
        factor = client.user_factor().get_factor(user, &id).await?;
    }
    Ok(id)
}

/// Asks the owner of a phone to confirm, and waits for the answer.
pub async fn verify(client: &Client, user: &str, factor: &str) -> Result<bool> {
    let factors = client.user_factor();
    let answer = factors.verify_factor(user, factor).await?;
    let VerifyFactorOutput::Created(challenge) = answer else { return Ok(false) };
    let poll = challenge.links.and_then(|links| links.poll).map(|poll| poll.href);
    let id = poll.iter().flat_map(|url| url.split('/')).last().unwrap_or_default();
    loop {
        let transaction = factors.get_factor_transaction_status(user, factor, id).await?;
        match transaction.factor_result() {
            Some(Outcome::Waiting) => sleep(PAUSE).await,
            outcome => return Ok(*outcome == Some(Outcome::Success)),
        }
    }
}
