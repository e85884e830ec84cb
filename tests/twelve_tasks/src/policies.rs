//! Policies.

use okta_management::models::{PolicyNetworkCondition, PolicyNetworkConnection, PolicyRule};
use okta_management::{Client, Result};

/// Lets a sign-on rule hold in one network zone, and leaves the rest of the rule as it is.
pub async fn restrict(client: &Client, policy: &str, rule: &str, zone: &str) -> Result<PolicyRule> {
    let mut changed = client.policy().get_policy_rule(policy, rule).await?;
    if let PolicyRule::OktaSignOnPolicyRule(rule) = &mut changed {
        let network = PolicyNetworkCondition::new()
            .connection(PolicyNetworkConnection::Zone)
            .include([zone.to_owned()]);
        rule.conditions.get_or_insert_default().network = Some(network);
    }
    client.policy().replace_policy_rule(policy, rule, &changed).await
}
