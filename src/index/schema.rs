//! The schema (字段): which terms of a passage are searched.

use tantivy::schema::{Field, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing, TextOptions};

use super::tokenizer::{GRAMS, WORDS};

/// A way to look at passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Characters and bigrams of title, path and text.
    Grams,
    /// Characters and bigrams of the document's title and the headings.
    Title,
    /// Words of title, path and text.
    Words,
    /// Characters and bigrams of the plain words that explain it (政策解读, 常见问题).
    Bridge,
}

impl View {
    /// Every view, in the order of the schema.
    pub const ALL: [Self; 4] = [Self::Grams, Self::Title, Self::Words, Self::Bridge];
}

/// The fields of a passage in the tantivy index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// See [`View::Grams`].
    pub grams: Field,
    /// See [`View::Title`].
    pub title: Field,
    /// See [`View::Words`].
    pub words: Field,
    /// See [`View::Bridge`].
    pub bridge: Field,
    /// The document's id.
    pub document: Field,
    /// The key of the document number (发文字号).
    pub number: Field,
    /// The passage key, a fast field.
    pub passage: Field,
}

/// Name of the fast field.
pub(crate) const PASSAGE: &str = "passage";

impl Fields {
    /// The schema and its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let fields = Self {
            grams: builder.add_text_field("grams", terms(GRAMS)),
            title: builder.add_text_field("title", terms(GRAMS)),
            words: builder.add_text_field("words", terms(WORDS)),
            bridge: builder.add_text_field("bridge", terms(GRAMS)),
            document: builder.add_text_field("document", STRING),
            number: builder.add_text_field("number", STRING),
            passage: builder.add_u64_field(PASSAGE, NumericOptions::default().set_fast()),
        };
        (builder.build(), fields)
    }

    /// The field of a view.
    #[must_use]
    pub fn of(&self, view: View) -> Field {
        match view {
            View::Grams => self.grams,
            View::Title => self.title,
            View::Words => self.words,
            View::Bridge => self.bridge,
        }
    }
}

/// Frequencies and lengths, no positions: adjacency is in the bigrams.
fn terms(tokenizer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    TextOptions::default().set_indexing_options(indexing)
}
