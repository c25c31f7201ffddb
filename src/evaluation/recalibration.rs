//! Confidence set right (信心校准): the straight line through the logits under which the answers given are likeliest.

use super::calibration::Given;
use super::fit::{Fit, Parameter, Plan, Problem, fit};

/// Confidences are kept this far from 0 and 1, where a logit has no end.
const EDGE: f64 = 1e-3;
/// A gain of log-likelihood below this is chance.
const LEAST_GAIN: f64 = 1e-4;

/// Fits intercept and slope: new logit = intercept + slope × present logit. Where confidence is logistic, its base
/// becomes intercept + slope × base, and each of its weights is multiplied by the slope.
pub(super) fn of(given: &[Given]) -> Fit {
    let logits: Vec<f64> = given.iter().map(|given| logit(given.confidence)).collect();
    let mean = logits.iter().sum::<f64>() / logits.len().max(1) as f64;
    // Around the mean, intercept and slope can be found one after the other.
    let parameters = [
        Parameter { name: "截距".to_owned(), present: mean, may_be_negative: true, held: false },
        Parameter { name: "斜率".to_owned(), present: 1.0, may_be_negative: false, held: false },
    ];
    let worth = |values: &[f64], answer: usize| {
        let logit = values[0] + values[1] * (logits[answer] - mean);
        let probability = (1.0 / (1.0 + (-logit).exp())).clamp(EDGE, 1.0 - EDGE);
        if given[answer].right { probability.ln() } else { (1.0 - probability).ln() }
    };
    let problem = Problem { objective: "对数似然", parameters: &parameters, questions: given.len(), worth: &worth };
    let mut fitted = fit(&problem, &Plan { least_gain: LEAST_GAIN, ..Plan::default() }, &mut |_, _| {});
    let slope = fitted.parameters[1].clone();
    let intercept = &mut fitted.parameters[0];
    intercept.present = 0.0;
    intercept.proposed -= slope.proposed * mean;
    // Which slope went with which end is not kept: the folds lie within these ends.
    intercept.range = (intercept.range.0 - slope.range.1 * mean, intercept.range.1 - slope.range.0 * mean);
    if intercept.range.0 > intercept.range.1 {
        intercept.range = (intercept.range.1, intercept.range.0);
    }
    fitted
}

fn logit(confidence: f64) -> f64 {
    let kept = confidence.clamp(EDGE, 1.0 - EDGE);
    (kept / (1.0 - kept)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modest_confidence_is_raised_to_what_it_deserves() {
        // Of answers given with 0.5 eight in ten are right, of those with 0.3 every second one.
        let answers =
            |confidence: f64, right: usize| (0..100).map(move |n| Given { confidence, right: n % 10 < right });
        let given: Vec<Given> = answers(0.5, 8).chain(answers(0.3, 5)).collect();
        let fitted = of(&given);
        let (intercept, slope) = (fitted.parameters[0].proposed, fitted.parameters[1].proposed);
        let now = |confidence: f64| 1.0 / (1.0 + (-(intercept + slope * logit(confidence))).exp());
        assert!((now(0.5) - 0.8).abs() < 0.03 && (now(0.3) - 0.5).abs() < 0.03, "{}", fitted.table());
        assert!(fitted.held_out > fitted.present);
        assert_eq!(of(&[]).folds.len(), 2);
    }
}
