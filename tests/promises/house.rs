//! A small library in a temporary folder, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The day on which the tests ask, so that they say the same for ever.
pub(super) const TODAY: &str = "2026-11-21";

/// How a run of the program ended.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ran {
    /// The output as JSON; the run must have gone well.
    pub(super) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The output as JSON, line by line; the run must have gone well.
    pub(super) fn json_lines(&self) -> Vec<Value> {
        assert_eq!(self.code, 0, "{}", self.err);
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The one message on stderr of a run that failed with this code.
    pub(super) fn failure(&self, code: i32) -> &str {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.starts_with("zhengda：") && self.err.trim().lines().count() == 1, "one message: {self:?}");
        &self.err
    }
}

/// The program, with nothing of the caller's environment that could steer it.
pub(super) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengda"));
    command.current_dir(folder).stdin(Stdio::null());
    for name in ["ZHENGDA_CORPUS", "ZHENGDA_INDEX", "ZHENGDA_VAR", "ZHENGDA_LISTEN", "RUST_LOG"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program in a folder.
pub(super) fn run_in<S: AsRef<std::ffi::OsStr>>(folder: &Path, arguments: &[S]) -> Ran {
    let Output { status, stdout, stderr } = program(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// Joins parts of JSON lines.
pub(super) fn lines(values: impl IntoIterator<Item = Value>) -> String {
    values.into_iter().map(|value| format!("{value}\n")).collect()
}

/// A folder with `corpus/`, where the program runs with its defaults.
pub(super) struct House {
    root: TempDir,
}

impl House {
    /// A house with places and emergency numbers, and no documents.
    pub(super) fn empty() -> Self {
        let house = Self { root: TempDir::new().unwrap() };
        house.write("corpus/regions/places.tsv", PLACES);
        house.write("corpus/directory/emergency.yaml", EMERGENCY);
        house.write("corpus/directory/departments.yaml", DEPARTMENTS);
        house.write("corpus/lexicon/words.tsv", LEXICON);
        fs::create_dir_all(house.path("corpus/documents")).unwrap();
        house
    }

    /// A house with a small invented library in which every status can be reached.
    pub(super) fn furnished() -> Self {
        let house = Self::empty();
        for document in documents() {
            house.put(&document);
        }
        house
    }

    pub(super) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Writes a file, with its folders.
    pub(super) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Puts a document into the library.
    pub(super) fn put(&self, document: &Written) {
        self.write(&format!("corpus/documents/{}.md", document.id), document.file());
    }

    /// Runs the program here.
    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        run_in(self.root(), arguments)
    }

    /// Asks as of [`TODAY`].
    pub(super) fn ask(&self, question: &str, options: &[&str]) -> Value {
        let mut arguments = vec!["ask", question, "--json"];
        if !options.contains(&"--as-of") {
            arguments.extend(["--as-of", TODAY]);
        }
        arguments.extend(options);
        self.run(&arguments).json()
    }

    /// Checks an answer with `zhengda verify`: how many checks held and failed.
    pub(super) fn verify(&self, answer: &Value) -> (i64, i64) {
        let file = tempfile::NamedTempFile::new_in(self.root()).unwrap();
        fs::write(file.path(), answer.to_string()).unwrap();
        let ran = run_in(self.root(), &["verify".as_ref(), file.path().as_os_str()]);
        let proof: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"));
        let count = |key: &str| proof[key].as_i64().unwrap();
        assert_eq!(ran.code, i32::from(count("failed") > 0), "{ran:?}");
        assert_eq!(count("skipped"), 0);
        (count("verified"), count("failed"))
    }
}

/// A document of an invented library.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: &'static str,
    pub(super) region: &'static str,
    pub(super) disclosure: &'static str,
    /// Further lines of the front matter: number, dates, relations.
    pub(super) more: &'static str,
    pub(super) text: &'static str,
}

impl Written {
    /// A normative document (行政规范性文件) of 丙田县 that is 主动公开.
    pub(super) const fn new(id: &'static str, title: &'static str, more: &'static str, text: &'static str) -> Self {
        Self { id, title, kind: "行政规范性文件", region: "990331", disclosure: "主动公开", more, text }
    }

    /// The document as a file of the corpus.
    pub(super) fn file(&self) -> String {
        let Self { id, title, kind, region, disclosure, more, text } = self;
        let issuer = if *region == "990332" { "丁川县人民政府" } else { "丙田县人民政府" };
        format!(
            "---\nid: {id}\ntitle: {title}\nissuers: [{issuer}]\nregion: \"{region}\"\nkind: {kind}\n\
             disclosure: {disclosure}\nsource: 示例\n{more}---\n{title}\n\n{text}"
        )
    }
}

/// A province, a city and two counties.
const PLACES: &str = "code\tname\tparent\tlevel\taliases\n\
    990030\t甲山省\t\tprovincial\t甲山\n\
    990310\t乙水市\t990030\tprefecture\t乙水\n\
    990331\t丙田县\t990310\tcounty\t丙田\n\
    990332\t丁川县\t990310\tcounty\t丁川\n";

const EMERGENCY: &str = "- situation: 人身危险\n  patterns: [不想活, 轻生]\n  numbers:\n    - {name: 公安报警, number: \"110\"}\n  \
    reply: 请立即拨打110。\n";

const DEPARTMENTS: &str = "- name: 丙田县民政局\n  short: 县民政局\n  region: \"990331\"\n  phone: 0999-0000001\n";

const LEXICON: &str = "term\tofficial\trelation\tdomain\tnote\n老人钱\t高龄津贴\t俗称\t养老\t\n";

/// Documents by which every status can be reached.
#[expect(clippy::too_many_lines, reason = "a list of texts")]
pub(super) fn documents() -> Vec<Written> {
    vec![
        Written::new(
            "bt-2023-gaoling",
            "丙田县高龄津贴发放办法",
            "number: 丙政规〔2023〕4号\nwritten: 2023-05-10\npublished: 2023-05-12\neffective: 2023-07-01\nexpires: 2028-06-30\n",
            "第一条　为保障高龄老年人生活，制定本办法。\n\n\
             第二条　具有丙田县户籍、年满80周岁的老年人，可以申领高龄津贴。\n\n\
             第三条　高龄津贴按照下列标准发放：\n\n（一）80周岁至89周岁的，每人每月100元；\n\n\
             （二）90周岁以上的，每人每月200元。\n\n\
             第四条　申领高龄津贴，由本人或者家属持居民身份证、社会保障卡向户籍所在地乡镇人民政府提出申请。\n\n\
             第五条　高龄津贴由县民政局审核，自受理之日起10个工作日内作出决定。\n\n\
             第六条　本办法自2023年7月1日起施行，有效期至2028年6月30日。\n",
        ),
        Written {
            kind: "政策解读",
            ..Written::new(
                "bt-2023-gaoling-jiedu",
                "《丙田县高龄津贴发放办法》政策解读",
                "written: 2023-05-15\npublished: 2023-05-15\nrelations:\n  - {type: interprets, target: bt-2023-gaoling}\n",
                "一、主要内容\n\n老人钱按岁数发：第三条规定，80多岁的每月100元，90岁以上的每月200元。\n\n\
                 二、怎么领\n\n第四条规定，带上身份证和社保卡到乡镇去办。\n",
            )
        },
        Written::new(
            "bt-2019-daogu",
            "丙田县稻谷收购价差补贴暂行办法",
            "number: 丙政规〔2019〕2号\nwritten: 2019-03-01\npublished: 2019-03-02\neffective: 2019-04-01\nexpires: 2022-03-31\n",
            "第一条　对种植户出售稻谷给予价差补贴。\n\n第二条　稻谷价差补贴标准为每公斤0.2元。\n\n\
             第三条　本办法自2019年4月1日起施行，有效期至2022年3月31日。\n",
        ),
        Written::new(
            "bt-2027-youzhu",
            "丙田县牛奶运输车辆通行管理规定",
            "number: 丙政规〔2026〕9号\nwritten: 2026-10-01\npublished: 2026-10-08\neffective: 2027-01-01\nexpires: 2031-12-31\n",
            "第一条　牛奶运输车辆凭通行证进入县城。\n\n第二条　牛奶运输车辆通行证每次有效期为90日。\n\n\
             第三条　本规定自2027年1月1日起施行，有效期至2031年12月31日。\n",
        ),
        Written {
            kind: "征求意见稿",
            ..Written::new(
                "bt-2026-goufang-yijian",
                "丙田县人才购房补贴办法（征求意见稿）",
                "written: 2026-09-01\npublished: 2026-09-01\n",
                "第一条　人才在丙田县购买首套住房，可以申领购房补贴。\n\n第二条　人才购房补贴的标准为：博士10万元，硕士5万元。\n",
            )
        },
        Written {
            disclosure: "依申请公开",
            ..Written::new(
                "bt-2025-guanwang",
                "丙田县地下管廊巡查应急预案",
                "number: 丙政办〔2025〕77号\nwritten: 2025-02-01\npublished: 2025-02-01\n",
                "一、地下管廊巡查代号为松鹤九号。\n\n二、地下管廊巡查每日3次，由管廊值守组负责。\n",
            )
        },
        Written {
            region: "990332",
            ..Written::new(
                "dc-2024-dianti",
                "丁川县既有住宅加装电梯补助办法",
                "number: 丁政规〔2024〕1号\nwritten: 2024-01-05\npublished: 2024-01-08\neffective: 2024-02-01\nexpires: 2029-01-31\n",
                "第一条　既有住宅加装电梯的，每台补助20万元。\n\n第二条　申请加装电梯补助，应当提交施工许可和验收报告。\n\n\
                 第三条　本办法自2024年2月1日起施行，有效期至2029年1月31日。\n",
            )
        },
        Written::new(
            "bt-2025-shengyu",
            "丙田县生育补贴发放办法",
            "number: 丙政规〔2025〕3号\nwritten: 2025-03-01\npublished: 2025-03-02\neffective: 2025-04-01\nexpires: 2030-03-31\n",
            "第一条　夫妻生育三孩的，可以领取生育补贴。\n\n第二条　生育三孩的，一次性发放生育补贴5000元。\n\n\
             第三条　本办法自2025年4月1日起施行，有效期至2030年3月31日。\n",
        ),
        Written {
            region: "990332",
            ..Written::new(
                "dc-2025-shengyu",
                "丁川县生育补贴发放办法",
                "number: 丁政规〔2025〕6号\nwritten: 2025-03-11\npublished: 2025-03-12\neffective: 2025-04-01\nexpires: 2030-03-31\n",
                "第一条　夫妻生育三孩的，可以领取生育补贴。\n\n第二条　生育三孩的，一次性发放生育补贴8000元。\n\n\
                 第三条　本办法自2025年4月1日起施行，有效期至2030年3月31日。\n",
            )
        },
    ]
}
