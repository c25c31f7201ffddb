//! Fitting weights (调权): coordinate ascent, guarded against over-fitting by cross-validation.
//!
//! It knows nothing of ranking: parameters have names, and a closure says what a question is worth under given values.

use serde::Serialize;

use super::calibration::share;
use super::chance::Chance;

/// First stride, as a share of a parameter's size.
const FIRST_STRIDE: f64 = 0.5;
/// Further strides tried where a plain one gains nothing: ranks change in jumps, and a small step may change none.
const LEAPS: [f64; 6] = [1.0, -1.0, 2.0, -2.0, 4.0, -4.0];
/// Strides below this share are noise on a few hundred questions.
const LAST_STRIDE: f64 = 0.05;

/// A number that may be fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it is now.
    pub present: f64,
    /// Whether it may fall below zero.
    pub may_be_negative: bool,
    /// Whether it stays as it is: an objective that knows only the order of scores leaves their scale open, and one
    /// weight must be its unit.
    pub held: bool,
}

/// How to fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Parts of the questions, each held out once.
    pub folds: usize,
    /// Where chance begins.
    pub seed: u64,
    /// Rounds over all parameters at most.
    pub rounds: usize,
    /// A change must gain so much of the objective to be kept: less is chance.
    pub least_gain: f64,
}

impl Default for Plan {
    /// Five folds leave enough questions on both sides; a gain below 0.0002 nDCG is one place of one question in a
    /// thousand.
    fn default() -> Self {
        Self { folds: 5, seed: 20_261_121, rounds: 30, least_gain: 2e-4 }
    }
}

/// A parameter with its present and proposed value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitted {
    /// Its name.
    pub name: String,
    /// What it is.
    pub present: f64,
    /// What all questions together propose.
    pub proposed: f64,
    /// Lowest and highest value that a fold proposed: far apart means that the questions do not know.
    pub range: (f64, f64),
}

/// One fold: questions not used for fitting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fold {
    /// Questions held out.
    pub questions: usize,
    /// The objective on them with the present values.
    pub present: f64,
    /// The objective on them with the values fitted to the others.
    pub held_out: f64,
}

/// The result of fitting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// What is maximised.
    pub objective: &'static str,
    /// The parameters.
    pub parameters: Vec<Fitted>,
    /// The folds.
    pub folds: Vec<Fold>,
    /// The objective over all questions with the present values.
    pub present: f64,
    /// The objective over all questions, each with values fitted without it: what to expect of new questions.
    pub held_out: f64,
    /// The objective over all questions with the proposed values: more than can be expected.
    pub trained: f64,
}

impl Fit {
    /// The result as a table for people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut rows = vec![format!("{:>9}  {:>9}  {:>19}  参数", "现值", "建议", "各折范围")];
        rows.extend(self.parameters.iter().map(|row| {
            let (low, high) = row.range;
            format!("{:>10.4} {:>10.4}  {low:>9.4} …{high:>9.4}  {}", row.present, row.proposed, row.name)
        }));
        rows.push(format!("{}（留出折，现值 → 拟合值）：", self.objective));
        rows.extend(
            self.folds
                .iter()
                .map(|fold| format!("  {} 问：{:.4} → {:.4}", fold.questions, fold.present, fold.held_out)),
        );
        rows.push(format!(
            "全部：现值 {:.4}；留出 {:.4}；在全部问题上拟合后 {:.4}（偏乐观）",
            self.present, self.held_out, self.trained
        ));
        rows.join("\n")
    }
}

/// What is fitted: parameters, questions (0, 1, 2 …), and what a question is worth under values of the parameters.
pub struct Problem<'p> {
    /// What is maximised: the mean of `worth`.
    pub objective: &'static str,
    /// The parameters.
    pub parameters: &'p [Parameter],
    /// How many questions.
    pub questions: usize,
    /// What a question is worth.
    pub worth: &'p dyn Fn(&[f64], usize) -> f64,
}

impl Problem<'_> {
    fn mean(&self, values: &[f64], questions: &[usize]) -> f64 {
        let sum: f64 = questions.iter().map(|&question| (self.worth)(values, question)).sum();
        sum / questions.len().max(1) as f64
    }

    fn present(&self) -> Vec<f64> {
        self.parameters.iter().map(|parameter| parameter.present).collect()
    }

    /// A parameter's size: what a stride is a share of. One that is zero now has the mean size of all.
    fn size(&self, at: usize) -> f64 {
        let all: f64 = self.parameters.iter().map(|parameter| parameter.present.abs()).sum();
        let mean = all / self.parameters.len().max(1) as f64;
        match (self.parameters[at].present.abs(), mean) {
            (own, _) if own > 0.0 => own,
            (_, mean) if mean > 0.0 => mean,
            _ => 1.0,
        }
    }

    /// Values that are worth most on these questions, found by walking along one parameter after another.
    fn climb(&self, questions: &[usize], plan: &Plan, chance: &mut Chance) -> Vec<f64> {
        let mut values = self.present();
        let mut worth = self.mean(&values, questions);
        let mut stride = FIRST_STRIDE;
        let mut order: Vec<usize> = (0..values.len()).filter(|&at| !self.parameters[at].held).collect();
        for _ in 0..plan.rounds {
            chance.shuffle(&mut order);
            let before = worth;
            for &at in &order {
                let step = stride * self.size(at);
                let mut leap = |by: &f64| self.walk(&mut values, &mut worth, (at, by * step), questions, plan);
                LEAPS.iter().any(&mut leap);
            }
            if worth - before < plan.least_gain {
                stride /= 2.0;
            }
            if stride < LAST_STRIDE {
                break;
            }
        }
        values
    }

    /// Walks one parameter in one direction while that gains enough. Tells whether it moved.
    fn walk(
        &self,
        values: &mut [f64],
        worth: &mut f64,
        (at, step): (usize, f64),
        questions: &[usize],
        plan: &Plan,
    ) -> bool {
        let mut moved = false;
        for _ in 0..plan.rounds {
            let from = values[at];
            let least = if self.parameters[at].may_be_negative { f64::NEG_INFINITY } else { 0.0 };
            values[at] = (from + step).max(least);
            let reached = if values[at] == from { f64::NEG_INFINITY } else { self.mean(values, questions) };
            if reached < *worth + plan.least_gain {
                values[at] = from;
                break;
            }
            *worth = reached;
            moved = true;
        }
        moved
    }
}

/// Fits: on all questions for the proposal, and with each fold held out for what to expect of it.
pub fn fit(problem: &Problem<'_>, plan: &Plan, progress: &mut dyn FnMut(u64, u64)) -> Fit {
    let mut chance = Chance::new(plan.seed);
    let mut all: Vec<usize> = (0..problem.questions).collect();
    chance.shuffle(&mut all);
    let count = plan.folds.clamp(2, problem.questions.max(2));
    let steps = count as u64 + 1;
    let (mut folds, mut proposals) = (Vec::new(), Vec::new());
    let mut held_out = 0.0;
    for number in 0..count {
        let (out, rest): (Vec<(usize, usize)>, Vec<_>) =
            all.iter().copied().enumerate().partition(|(place, _)| place % count == number);
        let bare = |part: Vec<(usize, usize)>| part.into_iter().map(|(_, question)| question).collect::<Vec<_>>();
        let (out, rest) = (bare(out), bare(rest));
        let values = problem.climb(&rest, plan, &mut chance);
        let fold = Fold {
            questions: out.len(),
            present: problem.mean(&problem.present(), &out),
            held_out: problem.mean(&values, &out),
        };
        held_out += fold.held_out * share(out.len(), all.len());
        folds.push(fold);
        proposals.push(values);
        progress(number as u64 + 1, steps);
    }
    let proposed = problem.climb(&all, plan, &mut chance);
    progress(steps, steps);
    Fit {
        objective: problem.objective,
        present: problem.mean(&problem.present(), &all),
        held_out,
        trained: problem.mean(&proposed, &all),
        parameters: fitted(problem.parameters, &proposed, &proposals),
        folds,
    }
}

fn fitted(parameters: &[Parameter], proposed: &[f64], proposals: &[Vec<f64>]) -> Vec<Fitted> {
    let range = |at: usize| {
        let values = || proposals.iter().map(move |values| values[at]);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    parameters
        .iter()
        .enumerate()
        .map(|(at, parameter)| Fitted {
            name: parameter.name.clone(),
            present: parameter.present,
            proposed: proposed[at],
            range: range(at),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(name: &str, present: f64, may_be_negative: bool) -> Parameter {
        Parameter { name: name.to_owned(), present, may_be_negative, held: false }
    }

    #[test]
    fn a_known_summit_is_found_within_its_bounds() {
        // Highest at (2, -1, 0); the third must not fall below zero although that would gain.
        let parameters = [parameter("a", 1.0, false), parameter("b", 0.5, true), parameter("c", 0.5, false)];
        let worth = |values: &[f64], question: usize| {
            let noise = if question.is_multiple_of(2) { 0.1 } else { -0.1 };
            -((values[0] - 2.0 - noise).powi(2) + (values[1] + 1.0).powi(2) + (values[2] + 1.0).powi(2))
        };
        let problem = Problem { objective: "made up", parameters: &parameters, questions: 40, worth: &worth };
        let fit = fit(&problem, &Plan::default(), &mut |_, _| {});
        let found: Vec<f64> = fit.parameters.iter().map(|row| row.proposed).collect();
        assert!((found[0] - 2.0).abs() < 0.1 && (found[1] + 1.0).abs() < 0.1 && found[2] == 0.0, "{found:?}");
        assert!(fit.held_out > fit.present && fit.trained >= fit.held_out - 0.05);
        assert_eq!(fit.folds.iter().map(|fold| fold.questions).sum::<usize>(), 40);
        assert!(fit.table().contains("现值"));
    }

    #[test]
    fn what_does_not_matter_stays_and_noise_is_seen_through() {
        // Each question wants the parameter on its own side: nothing is to be learnt.
        let worth = |values: &[f64], question: usize| {
            let wanted = if (question / 3).is_multiple_of(2) { 1.0 } else { -1.0 };
            (wanted * (values[0] - 1.0)).clamp(-1.0, 1.0) + values[2]
        };
        let held = Parameter { held: true, ..parameter("held", 3.0, false) };
        let parameters = [parameter("a", 1.0, true), parameter("idle", 3.0, false), held];
        let problem = Problem { objective: "made up", parameters: &parameters, questions: 60, worth: &worth };
        let fit = fit(&problem, &Plan::default(), &mut |_, _| {});
        assert!(fit.held_out <= fit.trained, "{fit:?}");
        assert_eq!((fit.parameters[1].proposed, fit.parameters[2].proposed), (3.0, 3.0));
    }

    #[test]
    fn nothing_to_fit_is_no_fault() {
        let problem = Problem { objective: "none", parameters: &[], questions: 0, worth: &|_, _| 0.0 };
        assert_eq!(fit(&problem, &Plan::default(), &mut |_, _| {}).trained, 0.0);
    }
}
