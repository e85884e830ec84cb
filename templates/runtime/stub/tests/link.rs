//! The `Link` header (RFC 8288).

use reqwest::header::{HeaderMap, HeaderValue, LINK};

fn next(values: &[&'static str]) -> Option<String> {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(LINK, HeaderValue::from_static(value));
    }
    crate::runtime::link::next(&headers)
}

#[test]
fn finds_the_next_link() {
    let target = Some("https://a.test/x?after=1,2;3".to_owned());
    assert_eq!(next(&[r#"<https://a.test/x?after=1,2;3>; rel="next""#]), target);
    assert_eq!(next(&["<https://a.test/x?after=1,2;3>;title=\"a, <b>\";REL=Next"]), target);
    assert_eq!(
        next(&[
            r#"<https://a.test/x>; rel="self", <https://a.test/x?after=1,2;3>; rel="last next""#
        ]),
        target
    );
    assert_eq!(
        next(&[r#"<https://a.test>; rel="self""#, "<https://a.test/x?after=1,2;3>; rel=next"]),
        target
    );
}

#[test]
fn other_headers_have_no_next_link() {
    assert_eq!(next(&[]), None);
    assert_eq!(next(&["", "<broken", "nothing; rel=next", "<a>; rel=prev"]), None);
    assert_eq!(next(&[r#"<a>; title="x; rel=next""#, "<a>; rel=nextpage"]), None);
}

/// The examples of RFC 8288, section 3.5, as far as they tell a next page.
#[test]
fn the_examples_of_the_standard_are_read() {
    let chapters = "</TheBook/chapter2>; rel=\"previous\"; title*=UTF-8'de'letztes%20Kapitel, \
                    </TheBook/chapter4>; rel=\"next\"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel";
    assert_eq!(next(&[chapters]).as_deref(), Some("/TheBook/chapter4"));
    let relations = r#"<http://example.org/>; rel="start http://example.net/relation/other""#;
    assert_eq!(next(&[relations]), None);
    let several =
        r#"<https://example.org/>; rel="start", <https://example.org/index>; rel="index""#;
    assert_eq!(next(&[several]), None);
}

/// RFC 8288, section 3: white space around `;`, `,` and `=` does not count (RFC 9110, section 5.6.3).
#[test]
fn white_space_does_not_count() {
    let target = Some("/a".to_owned());
    assert_eq!(next(&["  </a>  ;  rel = \"next\"  "]), target);
    assert_eq!(next(&["</b>;rel=prev,</a>;rel=next"]), target);
    assert_eq!(next(&["</a>\t;\trel\t=\tnext"]), target);
    assert_eq!(next(&[", ,</a>; rel=next, ,"]), target, "an empty element of a list is nothing");
}

/// RFC 9110, section 5.6.4: a backslash takes the meaning of the character after it.
#[test]
fn quoted_texts_hold_any_character() {
    let header = r#"</b>; title="\", </c>; rel=next, \\"; rel=prev, </a>; rel="next""#;
    assert_eq!(next(&[header]).as_deref(), Some("/a"));
    assert_eq!(next(&[r#"</b>; title="never closed, </a>; rel=next"#]), None);
}

#[test]
fn of_several_next_links_the_first_counts() {
    assert_eq!(next(&["</a>; rel=next, </b>; rel=next", "</c>; rel=next"]).as_deref(), Some("/a"));
}
