//! Typed answers in place of a server, whatever an operation gives.

use features_sdk::api::answers::SeveralAnswersOutput;
use features_sdk::models::{Item, Page, Range, Refusal};
use features_sdk::runtime::Items;
use features_sdk::{Error, Mock};

#[tokio::test]
async fn an_operation_gives_what_its_mock_is_told() {
    let mock = Mock::new();
    let answers = mock.client().answers();
    mock.answers().answer_by_range().returns(Range::new().from(1));
    mock.answers().answer_sometimes().returns(None);
    mock.answers().answer_with_nothing().returns(());
    mock.answers().text_answer().returns("one\ntwo".to_owned());
    mock.answers().file_answer().returns(vec![1_u8, 2]);
    mock.answers().several_answers().returns(SeveralAnswersOutput::Created(Box::new(vec![5])));

    assert_eq!(answers.answer_by_range().await.expect("a range"), Range::new().from(1));
    assert_eq!(answers.answer_sometimes().await.expect("nothing"), None);
    answers.answer_with_nothing().await.expect("done");
    assert_eq!(answers.text_answer().await.expect("text"), "one\ntwo");
    let mut file = answers.file_answer().await.expect("a file");
    assert_eq!(file.chunk().await.expect("a piece").as_deref(), Some(&[1_u8, 2][..]));
    let several = answers.several_answers().await.expect("a success");
    assert!(matches!(several, SeveralAnswersOutput::Created(list) if *list == [5]));
}

#[tokio::test]
async fn a_mock_fails_as_a_server_does() {
    let mock = Mock::new();
    mock.answers()
        .answer_by_range()
        .fails(429)
        .fails_with(422, Refusal::new().title("Too wide"))
        .returns(Range::new());
    let answers = mock.client().answers();
    let error = answers.answer_by_range().max_retries(0).await.expect_err("an error");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    let error = answers.answer_by_range().await.expect_err("an error");
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.model(), Some(&Refusal::new().title("Too wide")));
    answers.answer_by_range().await.expect("a range");
}

#[tokio::test]
async fn a_mock_tells_what_it_received() {
    let mock = Mock::new();
    mock.bodies().send_json().returns(());
    mock.client().bodies().send_json(&Range::new().to(2)).await.expect("sent");
    let received = mock.bodies().send_json().received();
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0].json::<Range>().expect("the body"), Range::new().to(2));
    assert!(mock.bodies().send_text().received().is_empty());
}

#[tokio::test]
async fn a_list_goes_on_in_a_mock_too() {
    let mock = Mock::new();
    let first = Page::new().items([Item::new(1)]).next("2".to_owned());
    mock.lists().list_by_cursor().returns(first).returns(Page::new().items([Item::new(2)]));
    let mut items = mock.client().lists().list_by_cursor().stream();
    for id in [1, 2] {
        let item = items.next().await.expect("an item").expect("an answer");
        assert_eq!(item.id, id);
    }
    assert!(items.next().await.is_none());
}

/// The ids of all items of a list.
async fn ids<P: Send + 'static>(mut items: Items<P, Item>) -> Vec<i64> {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.expect("an item").id);
    }
    ids
}

/// The values of a query parameter in all requests.
fn sent(mock: &Mock, name: &str) -> Vec<Vec<String>> {
    mock.received().iter().map(|request| request.query(name)).collect()
}

fn page(ids: &[i64]) -> Page {
    Page::new().items(ids.iter().map(|id| Item::new(*id)).collect::<Vec<_>>())
}

/// One list of each style, in two pages: whatever is counted or linked, it ends with the last item.
#[tokio::test]
async fn pages_of_every_style_lead_on() {
    let pages = || [page(&[1, 2]), page(&[3])];
    let mock = Mock::new();
    let lists = mock.client().lists();
    mock.lists()
        .list_by_link()
        .returns_pages([vec![Item::new(1), Item::new(2)], vec![Item::new(3)]]);
    assert_eq!(ids(lists.list_by_link().stream()).await, [1, 2, 3]);
    assert_eq!(sent(&mock, "page"), [vec![], vec!["2".to_owned()]]);

    mock.lists().list_by_url().returns_pages(pages());
    assert_eq!(ids(lists.list_by_url().stream()).await, [1, 2, 3]);
    mock.lists().list_by_cursor().returns_pages(pages());
    assert_eq!(ids(lists.list_by_cursor().stream()).await, [1, 2, 3]);
    mock.lists().list_by_offset().returns_pages(pages());
    assert_eq!(ids(lists.list_by_offset().stream()).await, [1, 2, 3]);
    assert_eq!(sent(&mock, "marker").concat(), ["2"]);
    assert_eq!(sent(&mock, "offset").concat(), ["2"]);
    assert_eq!(mock.received().len(), 8, "the total spares the request for a page without items");

    mock.lists().list_by_number().returns_pages(pages());
    assert_eq!(ids(lists.list_by_number().stream()).await, [1, 2, 3]);
    assert_eq!(sent(&mock, "page").concat(), ["2", "2", "2", "3"]);
}

/// A test can say itself what leads to the next page, and have that fail.
#[tokio::test]
async fn a_page_leads_to_where_the_test_says() {
    let mock = Mock::new();
    mock.lists().list_by_cursor().returns_page(page(&[1]), "a/b").fails(500);
    let mut items = mock.client().lists().list_by_cursor().stream();
    assert_eq!(items.next().await.expect("an item").expect("an answer").id, 1);
    assert_eq!(items.position(), Some("/lists/cursor?marker=a%2Fb"));
    let error = items.next().await.expect("a second page").expect_err("a failure");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert_eq!(sent(&mock, "marker"), [vec![], vec!["a/b".to_owned()]]);
}
