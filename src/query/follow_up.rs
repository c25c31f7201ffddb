//! Follow-ups (追问): what a question leaves out because the one before said it.
//!
//! A follow-up inherits what it lacks and never what it states itself.

use super::setting::{Aspect, Context, Setting};
use super::{
    AnswerType, AskedRegion, Background, Enquiry, InformationNeed, RegionFrom, SubjectPart, answer_type, matter,
};

/// A closing 呢 marks a follow-up only in a short question; in a long one it is a manner of speaking.
const SHORT: usize = 14;

// Words at the front that go on with what was said.
pattern!(
    GOES_ON,
    r"^(?:那么|那|它|这个|这项|这份|这条|这|该|此|上面|上述|前面|刚才|还有|另外|然后|接着|再问|再|同样|如果是|要是|换成)"
);
// Words anywhere that point back at a document or a matter.
pattern!(
    POINTS,
    concat!(
        r"(?:那个|这个|那项|这项|该|此|上述|上面|前面|刚才|刚说|那份|这份|那条|这条|它)(?:的|说的|提到的|里|里面|补贴|津贴|补助|政策|文件|办法|通知|规定|方案|细则|奖励|项目|条款|第|怎么|有|要|谁|能|在哪|多)",
        r"|(?:那个|这个|它)$",
    )
);
// A question that points at a document itself, by pronoun or by a clause label alone.
pattern!(
    POINTS_AT_DOCUMENT,
    r"(?:那个|这个|该|上述|那份|这份|它|那|里)(?:的)?(?:文件|办法|通知|规定|方案|细则)?(?:的)?第[0-9一二三四五六七八九十百]+[条款项]|(?:这份|那份|该|上述|这个|那个)(?:文件|办法|通知|规定|方案|细则)"
);
// 还有2个残疾员工: a fact more, nothing asked.
pattern!(ADDS, r"^(?:还有|另外|我还|我们还|还|而且|并且|再加上|加上)");

/// What of the question before goes on in this one.
struct Leaning {
    /// It names no matter of its own, or adds a fact to the one before.
    matter: bool,
    /// It points back at the documents themselves.
    documents: bool,
}

/// Whether and how a question leans on the one before.
fn leaning(need: &InformationNeed) -> Option<Leaning> {
    let question = need.question.as_str();
    let own_document = !need.numbers.is_empty() || !need.titles.is_empty() || !need.quotations.is_empty();
    let subject = need.subject_text();
    let bare = GOES_ON.replace(&subject, "");
    let names_matter = matter::is_named(&bare);
    let adds = ADDS.is_match(question) && answer_type::find(question).is_empty() && !question.ends_with('呢');
    let short = question.chars().count() <= SHORT;
    let ends = question.trim_end_matches(['？', '?', '。']).ends_with('呢') && short;
    let goes_on = GOES_ON.is_match(question) || POINTS.is_match(question) || ends;
    if own_document && !goes_on || names_matter && !goes_on && !adds {
        return None;
    }
    let lacks = (!names_matter || adds) && !own_document;
    Some(Leaning { matter: lacks, documents: lacks && !adds || POINTS_AT_DOCUMENT.is_match(question) })
}

/// Words of official texts that stand where an answer of a kind does: within the documents talked about they lead to the
/// clause, where the words of the matter stand in every one.
const SIGNPOSTS: &[(AnswerType, &str)] = &[
    (AnswerType::Department, "负责"),
    (AnswerType::Material, "材料"),
    (AnswerType::Procedure, "申请"),
    (AnswerType::Duration, "工作日"),
    (AnswerType::Place, "窗口"),
    (AnswerType::Telephone, "电话"),
    (AnswerType::Amount, "标准"),
    (AnswerType::Condition, "条件"),
];

/// A need that is being filled from the question before.
struct Heir<'a> {
    need: InformationNeed,
    context: &'a Context,
    setting: &'a Setting,
}

/// Fills a need from the question before, when it leans on it.
pub(super) fn complete(
    need: InformationNeed,
    enquiry: &Enquiry,
    setting: &Setting,
    understand: impl Fn(&Enquiry) -> InformationNeed,
    background: &Background<'_>,
) -> InformationNeed {
    let (Some(context), Some(leaning)) = (&setting.context, leaning(&need)) else { return need };
    let mut heir = Heir { need, context, setting };
    let moved = heir.need.region.as_ref().is_some_and(|own| Some(&own.code) != context.region.as_ref());
    let own_words = heir.need.subject.clone();
    if leaning.matter {
        heir.take_matter(enquiry, understand);
    }
    heir.take_region(background);
    heir.take_day();
    heir.take_answer_type();
    if leaning.documents && !moved && heir.take_documents() && leaning.matter {
        heir.look_within(own_words);
    }
    heir.need.lacks_matter |= points_at_nothing(&heir.need);
    heir.need
}

impl Heir<'_> {
    fn takes(&self, what: Aspect) -> bool {
        !self.setting.without.aspects.contains(&what)
    }

    fn note(&mut self, what: Aspect, words: String) {
        self.need.inherited.push((what, words));
    }

    /// The matter: both texts are understood as one.
    fn take_matter(&mut self, enquiry: &Enquiry, understand: impl Fn(&Enquiry) -> InformationNeed) {
        if !self.takes(Aspect::Matter) || self.context.matter.is_empty() {
            return;
        }
        let question = format!("{} {}", self.context.matter, GOES_ON.replace(&self.need.question, ""));
        let whole = understand(&Enquiry { question, ..enquiry.clone() });
        self.need.subject = whole.subject;
        self.need.expansions = whole.expansions;
        self.need.meant = whole.meant;
        self.need.facts = whole.facts;
        self.need.lacks_matter = false;
        self.note(Aspect::Matter, self.context.matter.clone());
    }

    fn take_region(&mut self, background: &Background<'_>) {
        if self.need.region.is_some() || !self.takes(Aspect::Region) {
            return;
        }
        if let Some(region) = carried_region(self.context, &self.need, background) {
            self.note(Aspect::Region, region.name.clone());
            self.need.region = Some(region);
            self.need.region_needed = None;
        }
    }

    fn take_day(&mut self) {
        let open = self.setting.day_open && !self.need.as_of_asked && self.takes(Aspect::AsOf);
        if let Some(day) = self.context.as_of.filter(|_| open) {
            self.need.as_of = day;
            self.note(Aspect::AsOf, day.to_string());
        }
    }

    fn take_answer_type(&mut self) {
        let open = self.need.answer_types.is_empty() && self.need.clause.is_none() && self.takes(Aspect::AnswerType);
        if open && !self.context.answer_types.is_empty() {
            self.need.answer_types.clone_from(&self.context.answer_types);
            self.note(Aspect::AnswerType, self.need.answer_type().label().to_owned());
        }
    }

    /// The documents, and with a question of who is responsible the clause: it stands beside the clause before,
    /// everything else may stand anywhere in its document.
    fn take_documents(&mut self) -> bool {
        if !self.takes(Aspect::Documents) || self.context.documents.is_empty() {
            return false;
        }
        self.need.titles.clone_from(&self.context.documents);
        self.note(Aspect::Documents, titles(&self.context.documents));
        let asks_who = self.need.answer_type() == AnswerType::Department && self.need.clause.is_none();
        if let Some(clause) = self.context.clause.clone().filter(|_| asks_who && self.takes(Aspect::Clause)) {
            self.need.clause = Some(clause.clone());
            self.note(Aspect::Clause, clause);
        }
        true
    }

    /// Within the documents talked about the matter goes without saying: the question's own words lead, with the
    /// official word for the kind of answer.
    fn look_within(&mut self, own: Vec<SubjectPart>) {
        let kinds = &self.need.answer_types;
        let signpost = SIGNPOSTS.iter().find(|(kind, _)| kinds.contains(kind)).map(|(_, word)| *word);
        let Some(word) = signpost.filter(|_| self.need.clause.is_none()) else { return };
        self.need.subject = own.into_iter().filter(|part| matter::is_named(&part.text)).collect();
        self.need.subject.push(SubjectPart { text: word.to_owned() });
        self.need.expansions.clear();
    }
}

/// Whether a need points at a document that nothing names: 县里那个的第三条.
pub(super) fn points_at_nothing(need: &InformationNeed) -> bool {
    let named = !need.titles.is_empty() || !need.numbers.is_empty();
    need.clause.is_some() && !named && POINTS_AT_DOCUMENT.is_match(&need.question)
}

fn titles(documents: &[String]) -> String {
    documents.iter().map(|title| format!("《{title}》")).collect()
}

/// The region of the question before; of 我们市, the place of that level above it.
fn carried_region(context: &Context, need: &InformationNeed, background: &Background<'_>) -> Option<AskedRegion> {
    let line = background.gazetteer.lineage(context.region.as_ref()?);
    let meant = need.region_needed.and_then(|level| line.iter().find(|region| region.level == level));
    let region = meant.or_else(|| line.first())?;
    Some(AskedRegion { code: region.code.clone(), name: region.name.clone(), from: RegionFrom::Session })
}

impl InformationNeed {
    /// Whether it is asked of the documents of the question before.
    #[must_use]
    pub fn asks_of_documents_before(&self) -> bool {
        self.inherited.iter().any(|(what, _)| *what == Aspect::Documents)
    }

    /// The question as it would be asked by itself, when it took anything from the one before.
    #[must_use]
    pub fn standalone(&self) -> Option<String> {
        let taken =
            |part: Aspect| self.inherited.iter().find(|(what, _)| *what == part).map(|(_, words)| words.as_str());
        let parts = [taken(Aspect::Region), taken(Aspect::Matter), Some(self.question.as_str())];
        let whole: Vec<&str> = parts.into_iter().flatten().collect();
        (!self.inherited.is_empty()).then(|| whole.join(" ").chars().take(super::MAX_QUESTION_CHARS).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::super::setting::Without;
    use super::*;
    use crate::analysis::{Analyzer, Learnt, Lexicon};
    use crate::policy::{Directory, Gazetteer};
    use crate::query::Vocabulary;

    fn ask(question: &str, context: Option<Context>, without: &str) -> InformationNeed {
        let lexicon = Lexicon::default();
        let (analyzer, gazetteer, directory) = (Analyzer::new(&lexicon), Gazetteer::default(), Directory::default());
        let regions = HashSet::new();
        let vocabulary = Vocabulary::default();
        let background = Background {
            analyzer: &analyzer,
            gazetteer: &gazetteer,
            lexicon: &lexicon,
            learnt: &Learnt::default(),
            directory: &directory,
            regions: &regions,
            vocabulary: &vocabulary,
            stands: &|_| true,
        };
        let enquiry = Enquiry {
            question: question.to_owned(),
            region: None,
            as_of: jiff::civil::date(2026, 11, 21),
            audience: None,
        };
        let setting = Setting { context: context.map(Arc::new), without: Without::parse(without), day_open: true };
        super::super::understand_in(&enquiry, &setting, &background)
    }

    fn before() -> Context {
        Context {
            matter: "老年优待证".to_owned(),
            documents: vec!["示例县优待证办理规定".to_owned()],
            clause: Some("第三条".to_owned()),
            answer_types: vec![AnswerType::Material],
            ..Context::default()
        }
    }

    #[test]
    fn a_follow_up_inherits_what_it_lacks() {
        for question in
            ["那谁负责的", "要交啥", "多久", "我妈户口在外地能不能办", "它怎么申请", "调一下那个的第三条第二款"]
        {
            let need = ask(question, Some(before()), "");
            assert!(need.standalone().unwrap().contains("老年优待证"), "{question}: {need:?}");
            let released = ask(question, Some(before()), "documents");
            assert!(released.subject_text().contains("老年优待证") && released.titles.is_empty(), "{question}");
            assert!(need.inherited.iter().any(|(what, _)| *what == Aspect::Documents), "{question}");
        }
        let asked = ask("那谁负责的", Some(before()), "");
        let left = Context::of(&asked, Vec::new(), None, None);
        assert_eq!(left.matter, "老年优待证", "the matter outlives the question");
        let adds = ask("还有2个残疾员工", Some(before()), "");
        assert_eq!(Context::of(&adds, Vec::new(), None, None).matter, "老年优待证 2个残疾员工");
        assert!(adds.subject_text().contains("老年优待证") && adds.subject_text().contains("残疾员工"));
        assert_eq!(adds.answer_type(), AnswerType::Material);
    }

    #[test]
    fn a_question_of_its_own_inherits_nothing() {
        for question in ["低保怎么申请", "居住证要几天办下来", "《示例县低保办法》第三条"] {
            let need = ask(question, Some(before()), "");
            assert_eq!(need, ask(question, None, ""), "{question}");
        }
        let other = ask("那低保呢", Some(before()), "");
        assert_eq!(other.subject_text(), "那低保");
        assert_eq!(
            (other.answer_type(), other.inherited.as_slice()),
            (AnswerType::Material, [(Aspect::AnswerType, "材料".to_owned())].as_slice())
        );
    }

    #[test]
    fn what_was_inherited_can_be_taken_back() {
        let need = ask("那谁负责的", Some(before()), "documents,matter");
        assert!(need.titles.is_empty() && need.inherited.is_empty() && need.lacks_matter, "{need:?}");
        assert_eq!(need.answer_type(), AnswerType::Department);
    }
}
