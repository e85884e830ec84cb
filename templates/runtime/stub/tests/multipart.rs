//! Bodies of several parts (RFC 7578).

use serde_json::json;

use crate::runtime::Multipart;

/// The body of a form, with `B` for its boundary.
fn body(form: Multipart) -> String {
    let (media_type, body) = form.encode().expect("a good form");
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    String::from_utf8_lossy(&body).replace(boundary, "B")
}

/// Section 4.2: each part has its name. Section 4.4: the media type of a text can be left out.
#[test]
fn each_part_has_its_name_and_media_type() {
    let form = Multipart::new()
        .field("text", &"a\r\nb")
        .field("number", &1.5)
        .field("tags", &["x", "y"])
        .field("nothing", &json!(null))
        .json("object", &json!({ "a": 1 }))
        .file("photo", "me.png", "image/png", &b"\x89PNG"[..3]);
    let expected = [
        "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na\r\nb\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n1.5\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"object\"\r\n",
        "Content-Type: application/json\r\n\r\n{\"a\":1}\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n",
        "Content-Type: image/png\r\n\r\n\u{fffd}PN\r\n",
        "--B--\r\n",
    ];
    assert_eq!(body(form), expected.concat());
}

/// RFC 2046, section 5.1.1: the boundary is in no part, and has 70 characters at most.
#[test]
fn the_boundary_is_short_and_new() {
    let boundary = |form: Multipart| form.encode().expect("a good form").0;
    let (first, second) = (boundary(Multipart::new()), boundary(Multipart::new()));
    assert_ne!(first, second);
    assert!(first.len() - "multipart/form-data; boundary=".len() <= 70);
}

/// A name ends at its quote and its line, so neither may be in it.
#[test]
fn a_name_cannot_end_its_head() {
    let form = Multipart::new().field("a\"; filename=\"b", &1);
    assert!(body(form).starts_with(
        "--B\r\nContent-Disposition: form-data; name=\"a%22; filename=%22b\"\r\n\r\n"
    ));
    for form in [
        Multipart::new().field("a\r\nX-Header: b", &1),
        Multipart::new().file("a", "b\nc", "text/plain", "x"),
        Multipart::new().file("a", "b", "text/plain\r\n\r\nx", "x"),
    ] {
        let problem = form.encode().expect_err("a line break");
        assert!(problem.contains("has a line break in its head"), "{problem}");
    }
}

#[test]
fn a_media_type_fills_what_has_none() {
    let form = Multipart::new().field("a", &"x").json("a", &1).media_type("a", "text/csv");
    let expected = [
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/csv\r\n\r\nx\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n",
        "Content-Type: application/json\r\n\r\n1\r\n",
        "--B--\r\n",
    ];
    assert_eq!(body(form), expected.concat());
}
