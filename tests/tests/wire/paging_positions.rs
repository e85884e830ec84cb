//! Lists that are gone on with later: positions that can be stored, and logs without an end.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use okta_sdk::runtime::{
    Blocking, Call, HttpService, Items, Mock, Operation, Paging, decode, encode,
};
use okta_sdk::{Client, Error};
use reqwest::Body;
use tokio::time::Instant;
use tower::layer::layer_fn;
use tower::service_fn;
use wiremock::ResponseTemplate;

use crate::support::pages::{LINKED, all, call, list, numbers, query, targets};
use crate::support::server::answering;

static LOG: Operation = Operation { empty_page_ends: true, ..list(Paging::Link) };
static EXPANDED: Operation = Operation { kept_parameters: &["expand"], ..list(Paging::Link) };

/// How many events a page has at most.
const PAGE: u64 = 100;
/// The seconds between two events.
const PACE: u64 = 37;

/// A log in the place of the network, to which an event is added now and then. Each of its pages names
/// a next one, also one without events.
#[derive(Clone)]
struct Log {
    start: Instant,
    requests: Arc<Mutex<u64>>,
}

impl Log {
    fn client(&self) -> Client {
        let log = self.clone();
        let layer = layer_fn(move |_: HttpService| {
            let log = log.clone();
            HttpService::new(service_fn(move |request: Request<Body>| {
                let page = log.page(&request);
                async move { Ok(page) }
            }))
        });
        let builder = Client::builder().base_url("https://acme.okta.com").api_token("token");
        builder.layer(layer).build().expect("a good configuration")
    }

    fn page(&self, request: &Request<Body>) -> Response<Body> {
        *self.requests.lock().expect("no test panics here") += 1;
        let query = request.uri().query().unwrap_or_default();
        let after = query.split("after=").nth(1).and_then(|after| after.parse().ok());
        let first: u64 = after.unwrap_or(0);
        let end = (self.start.elapsed().as_secs() / PACE).min(first + PAGE).max(first);
        let events: Vec<u64> = (first..end).collect();
        Response::builder()
            .header("link", format!("<https://acme.okta.com/users?after={end}>; rel=\"next\""))
            .body(Body::from(serde_json::to_string(&events).expect("JSON")))
            .expect("an answer")
    }
}

fn events(client: &Client) -> Items<Vec<u64>, u64> {
    numbers(Call::new(client, &LOG))
}

/// The loop that `Items::position` is for, over three days.
#[tokio::test(start_paused = true)]
async fn a_log_is_followed_for_days() {
    let log = Log { start: Instant::now(), requests: Arc::default() };
    let mut followed = Vec::new();
    let mut position: Option<String> = None;
    let mut rounds = 0;
    let mut client = log.client();
    while log.start.elapsed() < Duration::from_secs(3 * 24 * 3600) {
        // A client of its own now and then: nothing is kept but the position. To make one reads all certificates that the
        // system trusts, which would take longer than all else here.
        if rounds % 20 == 19 {
            client = log.client();
        }
        let mut events = events(&client);
        if let Some(position) = &position {
            events = events.resume_at(position).expect("a position");
        }
        while let Some(event) = events.next().await {
            followed.push(event.expect("an event"));
        }
        position = events.position().map(str::to_owned);
        rounds += 1;
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
    assert!(followed.iter().copied().eq(0..followed.len() as u64), "none twice, none left out");
    assert!(followed.len() as u64 >= 3 * 24 * 3600 / PACE - 20, "{}", followed.len());
    let requests = *log.requests.lock().expect("no test panics here");
    assert!(requests <= 2 * rounds + 80, "{requests} requests in {rounds} rounds");
}

#[tokio::test]
async fn an_empty_page_ends_a_log_also_where_it_names_itself() {
    let server = answering(|request: &wiremock::Request| {
        let link = |next: &str| format!("<?after={next}>; rel=\"next\"");
        match query(request, "after").as_deref() {
            None => {
                ResponseTemplate::new(200).set_body_string("[1]").insert_header("link", link("a"))
            }
            _ => ResponseTemplate::new(200).set_body_string("[]").insert_header("link", link("a")),
        }
    })
    .await;
    let mut items = numbers(call(&server, &LOG));
    assert_eq!(items.next().await.expect("an item").expect("a good one"), 1);
    assert!(items.next().await.is_none());
    assert_eq!(items.position(), Some("/org/users?after=a"));
    assert_eq!(targets(&server).await.len(), 2);
}

#[tokio::test]
async fn a_position_is_the_page_whose_items_are_given_and_then_the_next_one() {
    let server = answering(|request: &wiremock::Request| {
        let page: u64 = query(request, "after").map_or(0, |after| after.parse().expect("a number"));
        let body = ResponseTemplate::new(200).set_body_string(format!("[{page}, {page}]"));
        match page {
            2 => body,
            page => body.insert_header("link", format!("<?after={}>; rel=\"next\"", page + 1)),
        }
    })
    .await;
    let mut items = numbers(call(&server, &LINKED).query("limit", &2));
    let mut positions = vec![items.position().map(str::to_owned)];
    while let Some(item) = items.next().await {
        item.expect("a good one");
        positions.push(items.position().map(str::to_owned));
    }
    let positions: Vec<&str> =
        positions.iter().map(|position| position.as_deref().unwrap_or("none")).collect();
    let (first, second, third) = ("/org/users?limit=2", "/org/users?after=1", "/org/users?after=2");
    assert_eq!(positions, [first, first, second, second, third, third, "none"]);
    let resumed = numbers(call(&server, &LINKED)).resume_at(second).expect("a position");
    assert_eq!(all(resumed).await.expect("all items"), [1, 1, 2, 2]);
    for foreign in ["https://elsewhere.test/users?after=1", "//elsewhere.test/users"] {
        let refused = numbers(call(&server, &LINKED)).resume_at(foreign).expect_err(foreign);
        assert!(matches!(refused, Error::Paging(_)), "{refused:?}");
    }
}

#[tokio::test]
async fn what_the_next_link_forgets_is_sent_again() {
    let server = answering(|request: &wiremock::Request| match query(request, "after") {
        None => ResponseTemplate::new(200)
            .set_body_string("[1]")
            .insert_header("link", "<?after=1&limit=7>; rel=\"next\""),
        Some(_) => ResponseTemplate::new(200).set_body_string("[2]"),
    })
    .await;
    let expanded = call(&server, &EXPANDED).query("expand", &"a b").query("limit", &5);
    assert_eq!(all(numbers(expanded)).await.expect("all items"), [1, 2]);
    let expected = ["/org/users?expand=a%20b&limit=5", "/org/users?after=1&limit=7&expand=a+b"];
    assert_eq!(targets(&server).await, expected);
    let plain = call(&server, &LINKED).items(decode::json::<Vec<u64>>, |page| page);
    assert_eq!(all(plain).await.expect("all items"), [1, 2]);
}

/// Where the log ends for now, it is asked again after the pause, whatever its page names as the next one.
#[tokio::test(start_paused = true)]
async fn a_followed_log_waits_at_its_end() {
    let log = Log { start: Instant::now(), requests: Arc::default() };
    let mut events = events(&log.client()).follow(Duration::from_secs(60));
    for event in 0..5000 {
        assert_eq!(events.next().await.expect("the log goes on").expect("an answer"), event);
    }
    let seconds = log.start.elapsed().as_secs();
    assert!((5000 * PACE..5000 * PACE + 61).contains(&seconds), "{seconds} s");
    // One page with events and one without for each pause, at most.
    let requests = *log.requests.lock().expect("no test panics here");
    assert!(requests <= 2 * (seconds / 60 + 1), "{requests} requests");

    let position = events.position().expect("a position").to_owned();
    let mut later = numbers(Call::new(&log.client(), &LOG)).follow(Duration::from_secs(60));
    later = later.resume_at(&position).expect("a position of this log");
    let event = later.next().await.expect("the log goes on").expect("an answer");
    assert!(
        (4999..=5000).contains(&event),
        "{event}: it goes on, with a page whose events were not all given"
    );
}

/// A list that is no log ends as ever.
#[tokio::test]
async fn a_followed_list_ends() {
    let mock = Mock::new();
    mock.stub::<Vec<u64>>(&LINKED, encode::json).returns_pages([vec![1], vec![], vec![2]]);
    let items = numbers(Call::new(&mock.client(), &LINKED)).follow(Duration::from_secs(60));
    assert_eq!(all(items).await.expect("all pages"), [1, 2]);
}

/// An iterator has the positions of its stream, after an error too.
#[test]
fn an_iterator_is_gone_on_with() {
    let mock = Mock::new();
    let users = mock.stub::<Vec<u64>>(&LINKED, encode::json);
    users.returns_page([1], "after=2").fails(500).returns([2]);
    let list = || Call::new(&mock.client(), &LINKED).items_blocking(decode::json, |page| page);
    let mut items: Blocking<Items<Vec<u64>, u64>> = list();
    assert_eq!(items.next().expect("an item").expect("an answer"), 1);
    items.next().expect("a page").expect_err("a failure");
    assert!(items.next().is_none());
    let position = items.position().expect("that of the page that failed");
    assert_eq!(position, "/users?after=2");
    let items = list().resume_at(position).expect("a position of this list");
    assert_eq!(items.collect::<Result<Vec<_>, _>>().expect("the rest"), [2]);
    assert_eq!(users.received()[2].query("after"), ["2"]);
}
