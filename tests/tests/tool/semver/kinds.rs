//! Kinds of changes of a document, each as texts of `pets.yaml` and what stands in their place.

/// What changes, and by which replacements.
pub type Kind = (&'static str, &'static [(&'static str, &'static str)]);

/// A parameter, and where another one can be put before it.
const LIMIT: &str =
    "        - {name: limit, in: query, schema: {type: integer, format: int32, default: 10}}\n";
/// The parameters that are arguments.
const ARGUMENTS: &str = "        - {name: owner, in: query, required: true, schema: {type: string}}\n        - {name: place, in: query, required: true, schema: {type: string}}\n";
/// A field, and where another one can be put before it.
const AGE: &str = "        age: {type: integer, format: int32, default: 1}\n";
/// An operation.
const GET_PET: &str = "      operationId: getPet\n";
/// Where one begins.
const GET: &str = "    get:\n      operationId: getPet\n";
/// The schemas of the union.
const HOMES: &str = "      oneOf: [{$ref: \"#/components/schemas/House\"}, {$ref: \"#/components/schemas/Flat\"}]\n      discriminator: {propertyName: type, mapping: {house: House, flat: Flat}}\n";
/// What one operation gives.
const ONE_PET: &str = "          description: Pet\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n";
/// The successes of another.
const NEW_PET: &str = "        \"201\": {description: New, content: {application/json: {schema: {$ref: \"#/components/schemas/Owner\"}}}}\n";

pub const KINDS: &[Kind] = &[
    ("an operation is removed", &[(GET, "    x-get:\n      operationId: getPet\n")]),
    (
        "an operation is added",
        &[(
            "components:\n",
            "    delete:\n      operationId: removePet\n      tags: [Pet]\n      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]\n      responses: {\"204\": {description: Gone}}\ncomponents:\n",
        )],
    ),
    ("an operation is renamed", &[(GET_PET, "      operationId: readPet\n")]),
    (
        "an operation goes to another tag",
        &[(
            "      operationId: getPet\n      tags: [Pet]\n",
            "      operationId: getPet\n      tags: [One]\n",
        )],
    ),
    (
        "an operation is deprecated",
        &[(GET_PET, "      operationId: getPet\n      deprecated: true\n")],
    ),
    ("an operation sends another request", &[("  /pets/{petId}:\n", "  /v2/pets/{petId}:\n")]),
    (
        "an optional parameter is added",
        &[(
            LIMIT,
            "        - {name: limit, in: query, schema: {type: integer, format: int32, default: 10}}\n        - {name: sort, in: query, schema: {type: string}}\n",
        )],
    ),
    (
        "a required parameter is added",
        &[(
            LIMIT,
            "        - {name: limit, in: query, schema: {type: integer, format: int32, default: 10}}\n        - {name: sort, in: query, required: true, schema: {type: string}}\n",
        )],
    ),
    ("an optional parameter is removed", &[(LIMIT, "")]),
    (
        "a parameter becomes required",
        &[("name: limit, in: query,", "name: limit, in: query, required: true,")],
    ),
    (
        "a parameter becomes optional",
        &[("name: place, in: query, required: true,", "name: place, in: query,")],
    ),
    ("a parameter has another type", &[("int32, default: 10", "int64, default: 10")]),
    ("a parameter has another default", &[("int32, default: 10", "int32, default: 20")]),
    (
        "two arguments of one type change places",
        &[(
            ARGUMENTS,
            "        - {name: place, in: query, required: true, schema: {type: string}}\n        - {name: owner, in: query, required: true, schema: {type: string}}\n",
        )],
    ),
    ("a body becomes optional", &[("        required: true\n", "")]),
    (
        "an answer is another model",
        &[(
            ONE_PET,
            "          description: Pet\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Owner\"}}}\n",
        )],
    ),
    (
        "an answer has a second success",
        &[(
            ONE_PET,
            "          description: Pet\n          content: {application/json: {schema: {$ref: \"#/components/schemas/Pet\"}}}\n        \"202\": {description: Later}\n",
        )],
    ),
    (
        "an answer of several has one more",
        &[(
            NEW_PET,
            "        \"201\": {description: New, content: {application/json: {schema: {$ref: \"#/components/schemas/Owner\"}}}}\n        \"202\": {description: Later}\n",
        )],
    ),
    (
        "one of two successes has no body any more",
        &[(NEW_PET, "        \"201\": {description: New}\n")],
    ),
    (
        "an optional field is added",
        &[(
            AGE,
            "        age: {type: integer, format: int32, default: 1}\n        born: {type: string}\n",
        )],
    ),
    (
        "a required field is added",
        &[
            (
                AGE,
                "        age: {type: integer, format: int32, default: 1}\n        born: {type: string}\n",
            ),
            ("required: [name, kind]", "required: [name, kind, born]"),
        ],
    ),
    ("a field is removed", &[(AGE, "")]),
    (
        "a field has another type",
        &[("int32, default: 1}\n        home", "int64, default: 1}\n        home")],
    ),
    (
        "a field becomes nullable",
        &[("int32, default: 1}\n        home", "int32, nullable: true, default: 1}\n        home")],
    ),
    (
        "a field is another property",
        &[(AGE, "        AGE: {type: integer, format: int32, default: 1}\n")],
    ),
    ("a field becomes required", &[("required: [name, kind]", "required: [name, kind, age]")]),
    ("a field becomes optional", &[("required: [name, kind]", "required: [name]")]),
    (
        "a field has another default",
        &[("int32, default: 1}\n        home", "int32, default: 2}\n        home")],
    ),
    (
        "a field is deprecated",
        &[(
            "int32, default: 1}\n        home",
            "int32, default: 1, deprecated: true}\n        home",
        )],
    ),
    ("an enum has one value more", &[("enum: [cat, dog]", "enum: [cat, dog, cow]")]),
    ("an enum has one value less", &[("enum: [cat, dog]", "enum: [cat]")]),
    ("an enum writes a value otherwise", &[("enum: [cat, dog]", "enum: [CAT, dog]")]),
    (
        "an enum of texts becomes one of numbers",
        &[("Kind: {type: string, enum: [cat, dog]}", "Kind: {type: integer, enum: [1, 2]}")],
    ),
    (
        "a union has one variant more",
        &[(
            HOMES,
            "      oneOf: [{$ref: \"#/components/schemas/House\"}, {$ref: \"#/components/schemas/Flat\"}, {$ref: \"#/components/schemas/Spare\"}]\n      discriminator: {propertyName: type, mapping: {house: House, flat: Flat, spare: Spare}}\n",
        )],
    ),
    (
        "a union has one variant less",
        &[(
            HOMES,
            "      oneOf: [{$ref: \"#/components/schemas/House\"}]\n      discriminator: {propertyName: type, mapping: {house: House}}\n",
        )],
    ),
    (
        "a model is added",
        &[(
            "    Spare: {",
            "    More: {type: object, properties: {name: {type: string}}}\n    Spare: {",
        )],
    ),
    (
        "a model is removed",
        &[("    Spare: {type: object, properties: {name: {type: string}}}\n", "")],
    ),
    ("a model is renamed", &[("    Spare: {", "    Rest: {")]),
    (
        "the model of errors is another one",
        &[("{$ref: \"#/components/schemas/Problem\"}", "{$ref: \"#/components/schemas/Refusal\"}")],
    ),
    (
        "a credential is called otherwise",
        &[
            ("security: [{key: []}]", "security: [{secret: []}]"),
            ("    key: {type: apiKey", "    secret: {type: apiKey"),
        ],
    ),
    (
        "a credential is another kind of thing",
        &[("{type: apiKey, in: header, name: x-key}", "{type: http, scheme: basic}")],
    ),
    ("the server is another one", &[("https://pets.example.com", "https://api.example.com")]),
];
