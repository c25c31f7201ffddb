//! What the drafting finds in invented documents.
