//! What OpenAPI has and `spec/okta.yaml` does not need, one subject per file: `features-sdk` is made
//! of `tests/features/openapi.yaml`, a document of an invented vendor, and is judged here by what
//! its models read and write and by what an axum server receives from its operations. So is `chat-sdk`,
//! whose document is of OpenAPI 3.2.

mod support;

mod answers;
mod blocking;
mod bodies;
mod chat;
mod enums;
mod events;
mod forms;
mod inheritance;
mod lists;
mod merged_schemas;
mod methods;
mod mock;
mod naming;
mod numbers;
mod open_objects;
mod operations;
mod paging;
mod parameters;
mod part_streams;
mod presence;
mod recursion;
mod references;
mod scalars;
mod secrets;
mod security;
mod several_parts;
mod steering;
mod streams;
mod unions;
mod warnings;
