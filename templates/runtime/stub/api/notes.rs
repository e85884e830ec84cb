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

    /// The notes as they are written.
    pub fn watch_notes(&self) -> WatchNotes {
        WatchNotes { call: Call::new(&self.client, &WatchNotes::OPERATION) }
    }

    /// All notes, a line for each.
    pub fn export_notes(&self) -> ExportNotes {
        ExportNotes { call: Call::new(&self.client, &ExportNotes::OPERATION) }
    }

    /// All notes, as a sequence.
    pub fn dump_notes(&self) -> DumpNotes {
        DumpNotes { call: Call::new(&self.client, &DumpNotes::OPERATION) }
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

request! {
    pub struct WatchNotes -> events models::Note, decode::model;
    GET "/notes/events" as "watchNotes";
    security "token";
    {
        accept: "text/event-stream",
        sentinel: "[DONE]",
        reconnects: true,
    }
}

request! {
    pub struct ExportNotes -> json_lines models::Note, decode::model;
    GET "/notes/lines" as "exportNotes";
    security "token";
    {
        accept: "application/jsonl",
    }
}

request! {
    pub struct DumpNotes -> json_sequence models::Note, decode::model;
    GET "/notes/sequence" as "dumpNotes";
    security "token";
    {
        accept: "application/json-seq",
    }
}

#[cfg(feature = "mock")]
mock! {
    pub struct NotesMock for NotesApi {
        list_notes: ListNotes -> Vec<models::Note> as crate::runtime::encode::json,
        get_note: GetNote -> models::Note as crate::runtime::encode::json,
        get_attachment: GetAttachment -> bytes::Bytes as crate::runtime::encode::bytes,
        watch_notes: WatchNotes -> crate::runtime::MockStream<crate::runtime::Event<models::Note>> as crate::runtime::encode::events,
        export_notes: ExportNotes -> crate::runtime::MockStream<models::Note> as crate::runtime::encode::json_lines,
        dump_notes: DumpNotes -> crate::runtime::MockStream<models::Note> as crate::runtime::encode::json_sequence,
    }
}
