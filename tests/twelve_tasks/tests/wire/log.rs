//! The System Log.

use okta_management::Mock;
use okta_management::models::LogEvent;
use tokio::time::Instant;
use twelve_tasks::log;

/// As Okta's log does, each page names a next one for ever, also where nothing has happened yet. An hour
/// of simulated time passes until the test has Okta fail.
#[tokio::test(start_paused = true)]
async fn the_log_is_followed_and_gone_on_with() {
    let event = |uuid: &str| LogEvent::new().uuid(uuid);
    let mock = Mock::new();
    let log = mock.system_log();
    log.list_log_events().returns_page([event("1"), event("2")], "after=a");
    for _ in 0..360 {
        log.list_log_events().returns_page([], "after=b");
    }
    log.list_log_events().returns_page([event("3"), event("4")], "after=c").fails(503);
    let mut seen = Vec::new();
    let mut stored = None;
    let start = Instant::now();
    let handle = |event: LogEvent, position: Option<&str>| {
        seen.extend(event.uuid);
        stored = position.map(str::to_owned);
    };
    let error = log::follow(&mock.client(), None, handle).await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert_eq!(seen, ["1", "2", "3", "4"]);
    assert!((3600..3610).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    let received = mock.received();
    assert_eq!(received[1].query("after"), ["a"]);
    assert!(received[2..362].iter().all(|request| request.query("after") == ["b"]));

    // Another process goes on where this one stopped, and misses nothing.
    let position = stored.expect("a position");
    assert_eq!(position, "/api/v1/logs?after=c");
    let later = Mock::new();
    later.system_log().list_log_events().returns([event("5")]);
    let mut next = Vec::new();
    let handle = |event: LogEvent, _: Option<&str>| next.extend(event.uuid);
    log::follow(&later.client(), Some(&position), handle).await.unwrap();
    assert_eq!(next, ["5"]);
    assert_eq!(later.received()[0].query("after"), ["c"]);
}
