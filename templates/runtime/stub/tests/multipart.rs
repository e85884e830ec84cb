//! Bodies of several parts (RFC 2046, RFC 2387, RFC 7578).

use serde_json::json;

use crate::runtime::{FilePart, Multipart, QueryStyle, Style};

/// The body of a form, with `B` for its boundary.
fn body(form: Multipart) -> String {
    let (media_type, body) = form.encode("multipart/form-data").expect("a good form");
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
    let boundary = |form: Multipart| form.encode("multipart/form-data").expect("a good form").0;
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
        let problem = form.encode("multipart/form-data").expect_err("a line break");
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

/// OpenAPI 3.2, section 4.14.4.1: an encoding is that of each item.
#[test]
fn a_field_is_written_in_its_media_type() {
    let form = Multipart::new()
        .field_as("list", "application/json", &["a", "b"])
        .field_as("text", "text/markdown", &"# a")
        .field_as("none", "application/json", &json!(null));
    let part = |name: &str, media_type: &str, content: &str| {
        let head = format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n");
        format!("{head}Content-Type: {media_type}\r\n\r\n{content}\r\n")
    };
    let expected = [
        part("list", "application/json", "\"a\""),
        part("list", "application/json", "\"b\""),
        part("text", "text/markdown", "# a"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(body(form), expected.concat());
}

/// OpenAPI 3.1.1, section 4.8.15.1.2: as in a query, but nothing is percent-encoded (appendix C).
#[test]
fn a_field_has_the_style_of_a_query() {
    let form = Multipart::new()
        .field_with("joined", QueryStyle::new(Style::PipeDelimited, false), &["a b", "c"])
        .field_with("deep", QueryStyle::new(Style::DeepObject, true), &json!({ "a&": 1.0 }));
    let expected = [
        "--B\r\nContent-Disposition: form-data; name=\"joined\"\r\n\r\na b|c\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"deep[a&]\"\r\n\r\n1\r\n",
        "--B--\r\n",
    ];
    assert_eq!(body(form), expected.concat());
}

#[test]
fn further_fields_do_not_repeat_what_is_there() {
    let further = [("a", json!(2)), ("b", json!(3.0))];
    let further = further.iter().map(|(name, value)| (*name, value));
    let form = Multipart::new().field("a", &1).fields(further);
    let expected = [
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n3\r\n",
        "--B--\r\n",
    ];
    assert_eq!(body(form), expected.concat());
}

/// The media type and the body, with `B` for the boundary.
fn encoded(media_type: &str, form: Multipart) -> (String, String) {
    let (media_type, body) = form.encode(media_type).expect("a good form");
    let (_, boundary) = media_type.split_once("boundary=").expect("a boundary");
    let boundary = boundary.split(';').next().unwrap_or_default().to_owned();
    let body = String::from_utf8_lossy(&body).replace(&boundary, "B");
    (media_type.replace(&boundary, "B"), body)
}

/// RFC 2046, section 5.1.3: parts stand in their order, and have no names.
#[test]
fn mixed_parts_have_media_types() {
    let form = Multipart::new()
        .field("text", &"caf\u{e9}")
        .field("meta", &json!({ "a": 1 }))
        .files("file", [&FilePart::new("a.png", "PNG").media_type("image/png")])
        .header("text", "X-Part", "1");
    let (media_type, body) = encoded("multipart/mixed; boundary=own; charset=utf-8", form);
    assert_eq!(media_type, "multipart/mixed; boundary=B; charset=utf-8");
    let expected = [
        "--B\r\nContent-Type: text/plain; charset=utf-8\r\nX-Part: 1\r\n\r\ncaf\u{e9}\r\n",
        "--B\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n",
        "--B\r\nContent-Disposition: attachment; filename=\"a.png\"\r\n",
        "Content-Type: image/png\r\n\r\nPNG\r\n",
        "--B--\r\n",
    ];
    assert_eq!(body, expected.concat());
}

/// RFC 2387, sections 3.1 and 3.2: `type` and `start` tell the root, by its media type and its id.
#[test]
fn related_parts_have_ids_and_a_root() {
    let form = || {
        let file = FilePart::new("a.png", "PNG").header("Content-Location", "a.png");
        Multipart::new().field("the meta", &json!({ "a": 1 })).files("file", [&file, &file])
    };
    let (media_type, body) = encoded("multipart/related", form());
    assert_eq!(
        media_type,
        "multipart/related; boundary=B; type=\"application/json\"; start=\"<the%20meta@B>\""
    );
    let file = |id: &str| {
        let head = "--B\r\nContent-Type: application/octet-stream\r\nContent-ID: ";
        format!("{head}{id}\r\nContent-Location: a.png\r\n\r\nPNG\r\n")
    };
    let expected = [
        "--B\r\nContent-Type: application/json\r\nContent-ID: <the%20meta@B>\r\n\r\n".to_owned(),
        "{\"a\":1}\r\n".to_owned(),
        file("<file@B>"),
        file("<file.2@B>"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(body, expected.concat());

    let own = form().header("the meta", "Content-Id", "<root@acme.example>");
    let (media_type, body) = encoded("Multipart/Related; type=\"text/x-own\"", own);
    let start = "; type=\"text/x-own\"; start=\"<root@acme.example>\"";
    assert_eq!(media_type, format!("Multipart/Related; boundary=B{start}"));
    assert!(body.contains("json\r\nContent-Id: <root@acme.example>\r\n\r\n"), "{body}");
}

#[test]
fn a_header_of_a_part_is_one_header() {
    for (name, value) in [("X\r\nY", "1"), ("X", "1\r\nY: 2"), ("", "1")] {
        let file = FilePart::new("a", "b").header(name, value);
        let form = Multipart::new().files("file", [&file]);
        let problem = form.encode("multipart/form-data").expect_err("no header");
        assert!(problem.contains("that cannot be sent"), "{problem}");
    }
}
