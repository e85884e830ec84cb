//! Expressions from examples that fit their type, that do not, and that try to get out.

use serde_json::{Value, json};

use super::Examples;
use crate::ir::{
    AdditionalProperties, Constraints, EnumValue, Field, Model, ModelKind, Object, Package,
    Presence, Sdk, TaggedUnion, TaggedVariant, Type, UnionVariant, UntaggedUnion,
};

/// What would end a string, a block, a comment or a doc comment.
const HOSTILE: &str = "\"); std::process::exit(1); (\"\\\"#\n*/ ``` {} \r\u{202e}";

fn model(name: &str) -> Type {
    Type::Model(name.to_owned())
}

fn field(name: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: name.to_owned(),
        ident: name.to_owned(),
        ty,
        boxed: false,
        presence,
        description: String::new(),
        read_only: false,
        write_only: false,
        secrecy: crate::ir::Secrecy::Open,
        in_answers: false,
        deprecated: false,
        default: None,
        constraints: Constraints::default(),
        example: None,
    }
}

fn object(fields: Vec<Field>) -> ModelKind {
    let additional = AdditionalProperties { ty: Type::Any, declared: false };
    ModelKind::Object(Object { fields, additional })
}

fn values(values: &[Value]) -> Vec<EnumValue> {
    let value = |(index, value): (usize, &Value)| EnumValue {
        value: value.clone(),
        ident: format!("Value{index}"),
        description: String::new(),
    };
    values.iter().enumerate().map(value).collect()
}

/// Models of each kind; `Endless` needs itself, and `Wide` needs 27,000 values.
fn kinds() -> Vec<(&'static str, ModelKind)> {
    let user = vec![
        field("id", Type::String, Presence::Required),
        field("label", Type::String, Presence::Optional),
        field("note", Type::String, Presence::Nullable),
        field("count", Type::Int64, Presence::Optional),
    ];
    let wide = |ty: &Type| {
        (0..30).map(|index| field(&format!("f{index}"), ty.clone(), Presence::Required)).collect()
    };
    let mut endless = field("next", model("Endless"), Presence::Required);
    endless.boxed = true;
    let tags = |tag: &str| vec![tag.to_owned()];
    let tagged = TaggedUnion {
        property: "kind".to_owned(),
        variants: vec![
            TaggedVariant { ident: "User".to_owned(), ty: model("User"), tags: tags("user") },
            TaggedVariant { ident: "Other".to_owned(), ty: model("Color"), tags: tags("color") },
        ],
        unknown: Type::Any,
    };
    let variant = |ident: &str, ty: Type| UnionVariant {
        ident: ident.to_owned(),
        is_object: matches!(ty, Type::Model(_)),
        ty,
    };
    let untagged = UntaggedUnion {
        variants: vec![variant("User", model("User")), variant("Int64", Type::Int64)],
    };
    vec![
        ("User", object(user)),
        ("Endless", object(vec![endless])),
        ("Wide", object(wide(&model("Wide2")))),
        ("Wide2", object(wide(&model("Wide3")))),
        ("Wide3", object(wide(&Type::String))),
        ("Color", ModelKind::StringEnum(values(&[json!("red"), json!("blue")]))),
        ("Level", ModelKind::IntegerEnum(values(&[json!(1), json!(2)]))),
        ("Tagged", ModelKind::TaggedUnion(tagged)),
        ("Untagged", ModelKind::UntaggedUnion(untagged)),
        ("Name", ModelKind::Alias(Type::String)),
    ]
}

fn sdk() -> Sdk {
    let models = kinds().into_iter().map(|(name, kind)| Model {
        name: name.to_owned(),
        schema: name.to_owned(),
        module: "shared".to_owned(),
        description: String::new(),
        deprecated: false,
        example: None,
        kind,
        derives: Vec::new(),
        features: Vec::new(),
        pointer: String::new(),
    });
    Sdk {
        package: Package {
            name: "my-sdk".to_owned(),
            version: "1.0.0".to_owned(),
            description: String::new(),
            license: None,
            repository: None,
            dependencies: Vec::new(),
        },
        title: String::new(),
        description: String::new(),
        api_version: String::new(),
        servers: Vec::new(),
        security_schemes: Vec::new(),
        settings: crate::ir::Settings::default(),
        command_line: None,
        default_features: None,
        apis: Vec::new(),
        models: models.collect(),
        error_model: None,
        schema_types: std::collections::HashMap::new(),
        numbers: std::sync::OnceLock::new(),
    }
}

fn exact(ty: &Type, example: Value) -> String {
    Examples::new(&sdk()).exact(ty, Some(&example))
}

fn loose(ty: &Type, example: Value) -> String {
    Examples::new(&sdk()).loose(ty, Some(&example))
}

#[test]
fn a_model_is_made_by_its_constructor_and_setters() {
    let example = json!({"id": "1", "label": "a \"b\""});
    assert_eq!(exact(&model("User"), example), r#"models::User::new("1").label("a \"b\"")"#);
    assert_eq!(exact(&model("User"), json!("text")), r#"models::User::new("value")"#);
}

#[test]
fn a_nullable_property_is_given_a_value_of_its_type() {
    let example = json!({"id": "1", "note": "n"});
    assert_eq!(exact(&model("User"), example), r#"models::User::new("1").note("n".to_owned())"#);
}

#[test]
fn hostile_text_stays_a_text() {
    let parsed = syn::parse_str::<syn::LitStr>(&loose(&Type::String, json!(HOSTILE)));
    assert_eq!(parsed.unwrap().value(), HOSTILE);
    for (name, _) in kinds() {
        for example in [json!(HOSTILE), json!({"id": HOSTILE, "kind": HOSTILE, HOSTILE: HOSTILE})] {
            let ty = Type::Map(Box::new(Type::Array(Box::new(model(name)))));
            for expression in
                [exact(&model(name), example.clone()), exact(&ty, json!({HOSTILE: [example]}))]
            {
                assert!(syn::parse_str::<syn::Expr>(&expression).is_ok(), "{expression}");
                assert_eq!(outside_of_literals(&expression).find("exit"), None, "{expression}");
            }
        }
    }
}

/// The tokens of an expression that are no literals.
fn outside_of_literals(expression: &str) -> String {
    fn collect(tokens: proc_macro2::TokenStream, text: &mut String) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => collect(group.stream(), text),
                proc_macro2::TokenTree::Literal(_) => {}
                other => text.push_str(&format!("{other} ")),
            }
        }
    }
    let mut text = String::new();
    collect(expression.parse().unwrap(), &mut text);
    text
}

#[test]
fn free_json_is_written_as_json() {
    let example = json!({"a": [1, null, 1.5, -5_000_000_000_i64, u64::MAX], "b": "\u{1}"});
    assert_eq!(
        exact(&Type::Any, example),
        r#"serde_json::json!({"a": [1, null, 1.5, -5000000000_i64], "b": "\u{1}"})"#
    );
}

#[test]
fn a_type_of_the_users_is_read_from_json() {
    let ty = Type::Custom("my::Type".to_owned());
    assert_eq!(exact(&ty, json!({"a": 1})), r#"serde_json::from_str("{\"a\":1}")?"#);
}

#[test]
fn an_argument_of_into_has_the_suffix_that_rustc_needs() {
    assert_eq!(loose(&Type::Int64, json!(7)), "7");
    assert_eq!(loose(&Type::Int64, json!(1_735_689_600_000_i64)), "1735689600000_i64");
    assert_eq!(loose(&Type::UInt64, json!(u64::MAX)), "18446744073709551615_u64");
}

#[test]
fn a_value_out_of_its_range_is_replaced() {
    assert_eq!(exact(&Type::Int32, json!(99_999_999_999_i64)), "1");
    assert_eq!(exact(&Type::UInt64, json!(-1)), "1");
    assert_eq!(exact(&Type::Double, json!(3)), "3.0");
}

#[test]
fn dates_and_times_exist() {
    assert_eq!(exact(&Type::Date, json!("2024-02-29")), "jiff::civil::date(2024, 2, 29)");
    assert_eq!(exact(&Type::Date, json!("2023-02-29")), "jiff::civil::date(2026, 1, 31)");
    let time = |text: &str| exact(&Type::DateTime, json!(text));
    assert!(time("2024-02-29T10:00:00.5+02:00").starts_with("\"2024-02-29T10:00:00.5+02:00\""));
    for wrong in ["", "2023-02-29T10:00:00Z", "2024-02-29 10:00:00", "2024-02-29T10:00", "T"] {
        assert!(time(wrong).starts_with("\"2026-01-31T12:00:00Z\""), "{wrong}");
    }
}

#[test]
fn an_enum_takes_a_value_of_its_kind_only() {
    assert_eq!(exact(&model("Color"), json!("blue")), "models::Color::Value1");
    assert_eq!(exact(&model("Color"), json!("pink")), r#"models::Color::from("pink")"#);
    assert_eq!(exact(&model("Color"), json!(12)), "models::Color::Value0");
    assert_eq!(exact(&model("Level"), json!(9)), "models::Level::from(9)");
    assert_eq!(exact(&model("Level"), json!("red")), "models::Level::Value0");
}

#[test]
fn a_union_is_made_from_the_variant_that_fits() {
    let user = r#"models::Tagged::from(models::User::new("1"))"#;
    assert_eq!(exact(&model("Tagged"), json!({"kind": "user", "id": "1"})), user);
    assert_eq!(exact(&model("Untagged"), json!(5)), "models::Untagged::from(5)");
    let user = r#"models::Untagged::from(models::User::new("1"))"#;
    assert_eq!(exact(&model("Untagged"), json!({"id": "1"})), user);
    let unknown = r#"models::Untagged::Unknown(serde_json::json!({"label": "1"}))"#;
    assert_eq!(exact(&model("Untagged"), json!({"label": "1"})), unknown);
}

#[test]
fn an_example_without_end_is_read_from_json() {
    assert_eq!(exact(&model("Endless"), json!({})), r#"serde_json::from_str("{}")?"#);
    assert_eq!(exact(&model("Wide"), json!({})), r#"serde_json::from_str("{}")?"#);
    assert!(exact(&model("Wide3"), json!({})).starts_with("models::Wide3::new("));
}
