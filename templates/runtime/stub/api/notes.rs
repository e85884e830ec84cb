//! Stands for the module of a tag.

use crate::models;
use crate::runtime::{Call, Client, Paging, decode};

/// The operations of the tag `Notes`.
#[derive(Clone, Debug)]
pub struct NotesApi {
    client: Client,
}

impl NotesApi {
    pub(in crate::api) fn new(client: &Client) -> Self {
        Self { client: client.clone() }
    }

    /// A page of the notes.
    pub fn list_notes(&self) -> ListNotes {
        ListNotes { call: Call::new(&self.client, &ListNotes::OPERATION) }
    }

    /// One note.
    pub fn get_note(&self, id: impl AsRef<str>) -> GetNote {
        GetNote { call: Call::new(&self.client, &GetNote::OPERATION).path("id", &id.as_ref()) }
    }

    /// What is attached to a note.
    pub fn get_attachment(&self, id: impl AsRef<str>) -> GetAttachment {
        let call = Call::new(&self.client, &GetAttachment::OPERATION);
        GetAttachment { call: call.path("id", &id.as_ref()) }
    }
}

request! {
    pub struct ListNotes -> Vec<models::Note>, decode::json, models::Note, |page| page;
    GET "/notes" as "listNotes";
    security "token";
    {
        paging: Paging::Link,
    }
}

request! {
    pub struct GetNote -> models::Note, decode::json;
    GET "/notes/{id}" as "getNote";
    security "token";
}

request! {
    pub struct GetAttachment -> download;
    GET "/notes/{id}/attachment" as "getAttachment";
    security "token";
}

#[cfg(feature = "mock")]
mock! {
    pub struct NotesMock for NotesApi {
        list_notes: ListNotes -> Vec<models::Note> as crate::runtime::encode::json,
        get_note: GetNote -> models::Note as crate::runtime::encode::json,
        get_attachment: GetAttachment -> bytes::Bytes as crate::runtime::encode::bytes,
    }
}
