//! Assembly (组装): units with their roles become drafts of nodes.

use super::draft::{Draft, Segment};
use super::heading;
use super::letterhead::{ATTACHED, AnnexMark, Role};
use super::level::Levels;
use super::marker::{Marker, Style};
use super::quote::Quotes;
use super::responsibility;
use super::sequence::Sequence;
use super::unit::Unit;
use crate::policy::ClauseKind;

/// Drafts of the nodes of a text, in document order.
pub(super) fn assemble(text: &str, units: &[Unit], roles: &[Role]) -> Vec<Draft> {
    let sequence = Sequence::new(units, roles);
    let mut assembly = Assembly {
        text,
        drafts: Vec::with_capacity(units.len()),
        levels: Levels::new(),
        quotes: Quotes::default(),
        annex: None,
        paragraph: None,
        leaf: None,
        bare: false,
    };
    let mut at = 0;
    while at < units.len() {
        let same = |role: Role| roles[at..].iter().take_while(|&&other| other == role).count();
        at += match roles[at] {
            Role::Title | Role::Contents => assembly.front(&units[at..at + same(roles[at])], roles[at]),
            // The list of annexes is one field, any other line is one of its own.
            Role::Field(ATTACHED) => assembly.front(&units[at..at + same(roles[at])], roles[at]),
            Role::Field(_) => assembly.front(&units[at..=at], roles[at]),
            Role::Annex(mark) => {
                let titled = roles[at + 1..].iter().take_while(|&&role| role == Role::AnnexTitle).count();
                assembly.annex(&units[at..=at + titled], mark)
            }
            Role::AnnexTitle | Role::Body if units[at].row => {
                let rows =
                    units[at..].iter().zip(&roles[at..]).take_while(|(unit, role)| unit.row && **role == Role::Body);
                let rows = rows.count().max(1);
                assembly.table(&units[at..at + rows])
            }
            Role::AnnexTitle | Role::Body => {
                assembly.body(&sequence, &units[at], at);
                1
            }
        };
    }
    assembly.drafts
}

struct Assembly<'t> {
    text: &'t str,
    drafts: Vec<Draft>,
    levels: Levels,
    quotes: Quotes,
    /// The annex that is open.
    annex: Option<usize>,
    /// The 款 of the open article that items belong to.
    paragraph: Option<usize>,
    /// The draft whose own text may go on.
    leaf: Option<usize>,
    /// Whether the last mark stood alone on its line, so that its title comes next.
    bare: bool,
}

impl Assembly<'_> {
    fn add(&mut self, draft: Draft) -> usize {
        self.drafts.push(draft);
        self.drafts.len() - 1
    }

    /// Closes all clauses; the numbering starts afresh.
    fn close(&mut self) {
        self.levels.reset();
        self.quotes = Quotes::default();
        (self.paragraph, self.leaf, self.bare) = (None, None, false);
    }

    /// A title, a letterhead field or a table of contents.
    fn front(&mut self, units: &[Unit], role: Role) -> usize {
        self.close();
        let own = units[0].start..units[units.len() - 1].end;
        let (kind, segment) = match role {
            Role::Title => (ClauseKind::Title, Segment::Title),
            Role::Contents => (ClauseKind::Contents, Segment::Contents),
            _ => (ClauseKind::Letterhead, Segment::Letterhead),
        };
        let parent = self.annex;
        let heading = if role == Role::Title { own.clone() } else { own.start..own.start };
        self.add(Draft { heading, ..Draft::new(parent, kind, segment, own) });
        units.len()
    }

    fn annex(&mut self, units: &[Unit], mark: AnnexMark) -> usize {
        self.close();
        let own = units[0].start..units[units.len() - 1].end;
        let draft = Draft { heading: own.clone(), ..Draft::new(None, ClauseKind::Annex, Segment::Annex(mark), own) };
        self.annex = Some(self.add(draft));
        units.len()
    }

    fn table(&mut self, rows: &[Unit]) -> usize {
        self.open_paragraph(rows[0].start);
        let parent = self.parent();
        // The header of a pipe table goes with the line of dashes below it.
        let dashes = rows
            .get(1)
            .is_some_and(|row| row.text(self.text).chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')));
        let header = 1 + usize::from(dashes);
        let own = rows[0].start..rows[header - 1].end;
        let table = self.add(Draft::new(parent, ClauseKind::Table, Segment::Table, own));
        for row in &rows[header..] {
            self.add(Draft::new(Some(table), ClauseKind::Row, Segment::Row, row.range()));
        }
        (self.leaf, self.bare) = (None, false);
        rows.len()
    }

    /// Items or a table directly below an article's number: the first 款 has no words of its own.
    fn open_paragraph(&mut self, at: usize) {
        if let Some(open) =
            self.levels.top().filter(|open| open.marker.style == Style::Article && self.paragraph.is_none())
        {
            let draft = Draft::new(Some(open.draft), ClauseKind::Paragraph, Segment::Paragraph, at..at);
            self.paragraph = Some(self.add(draft));
        }
    }

    /// The node that unnumbered text and items belong to.
    fn parent(&self) -> Option<usize> {
        match self.levels.top() {
            Some(open) if open.marker.style == Style::Article => Some(self.paragraph.unwrap_or(open.draft)),
            Some(open) => Some(open.draft),
            None => self.annex,
        }
    }

    fn body(&mut self, sequence: &Sequence<'_>, unit: &Unit, index: usize) {
        match unit.marker.filter(|marker| self.accepts(sequence, marker, index)) {
            Some(marker) => {
                self.quotes.close();
                self.levels.close_for(&marker);
                self.clause(unit, marker);
            }
            None => self.plain(unit),
        }
        self.quotes.see(unit.text(self.text));
    }

    fn accepts(&self, sequence: &Sequence<'_>, marker: &Marker, index: usize) -> bool {
        if self.quotes.is_open() {
            // Inside a quotation only a mark that carries on what is open outside is believed.
            return self.levels.continued(marker).is_some() && !self.quotes.quotes(marker.style);
        }
        let below = marker.style.is_decimal() && self.levels.has_number(u32::from(marker.above[0]));
        below || sequence.accepts(index, marker, self.levels.reference(marker).as_ref())
    }

    fn clause(&mut self, unit: &Unit, marker: Marker) {
        let rest = unit.rest(self.text);
        if marker.style == Style::Article {
            self.article(unit, marker, rest);
            return;
        }
        let in_article = self.levels.in_article();
        self.open_paragraph(unit.start);
        let parent = self.parent();
        let kind = self.kind(marker.style, parent, in_article);
        let heading = if in_article { unit.start..unit.start } else { heading::of(self.text, unit, marker.style) };
        let draft = self.add(Draft { heading, ..Draft::new(parent, kind, Segment::Mark(marker), unit.range()) });
        self.levels.push(draft, marker);
        (self.leaf, self.bare) = (Some(draft), rest.is_empty() && !in_article);
        if !in_article {
            self.paragraph = None;
        }
    }

    fn article(&mut self, unit: &Unit, marker: Marker, rest: &str) {
        let parent = self.parent();
        let heading = heading::of(self.text, unit, marker.style);
        let words = unit.end - rest.len();
        let titled = !rest.is_empty() && heading.end == unit.end;
        let own_end = if titled { unit.end } else { unit.after_marker() };
        let own = unit.start..own_end;
        let article =
            self.add(Draft { heading, ..Draft::new(parent, ClauseKind::Article, Segment::Mark(marker), own) });
        self.levels.push(article, marker);
        (self.paragraph, self.leaf, self.bare) = (None, None, false);
        if !rest.is_empty() && !titled {
            self.paragraph_at(article, words, unit.end);
        }
    }

    fn paragraph_at(&mut self, article: usize, start: usize, end: usize) {
        let draft = Draft::new(Some(article), ClauseKind::Paragraph, Segment::Paragraph, start..end);
        let paragraph = self.add(draft);
        (self.paragraph, self.leaf) = (Some(paragraph), Some(paragraph));
    }

    /// What a mark is at its place.
    fn kind(&self, style: Style, parent: Option<usize>, in_article: bool) -> ClauseKind {
        let below = parent.map(|parent| self.drafts[parent].kind);
        let nested = matches!(below, Some(ClauseKind::Item | ClauseKind::Subitem));
        match style {
            Style::Part | Style::Subpart => ClauseKind::Part,
            Style::Chapter => ClauseKind::Chapter,
            Style::Section => ClauseKind::Section,
            _ if nested => ClauseKind::Subitem,
            _ if in_article => ClauseKind::Item,
            Style::Comma | Style::Paren | Style::Decimal2 | Style::Decimal3 | Style::Decimal4 => ClauseKind::Heading,
            _ => ClauseKind::Item,
        }
    }

    /// Text without an accepted mark.
    fn plain(&mut self, unit: &Unit) {
        let words = unit.text(self.text);
        if let Some(leaf) = self.leaf {
            let title = self.bare && heading::can_stand_apart(words);
            if title {
                self.drafts[leaf].heading.end = unit.end;
            }
            if title || responsibility::opens(words) {
                self.drafts[leaf].own_end = unit.end;
                self.bare = false;
                return;
            }
        }
        self.bare = false;
        if self.levels.in_article() {
            self.levels.close_items();
            if let Some(article) = self.levels.top() {
                self.paragraph_at(article.draft, unit.start, unit.end);
            }
            return;
        }
        let parent = self.parent();
        let block = self.add(Draft::new(parent, ClauseKind::Paragraph, Segment::Block, unit.range()));
        self.leaf = Some(block);
    }
}
