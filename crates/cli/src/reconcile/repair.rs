//! What would have to be changed: `--repair` and `--fix`.

use logframe::crossfoot::{How, Repairs, Unrepaired};
use logframe::reconciliation::Reconciliation;

use super::range;
use crate::failure::Failure;

/// The repairs that leave what `fix` names as it is, or why there are none.
pub fn repairs(reconciliation: &Reconciliation, how: How, fix: &[String]) -> Result<Result<Repairs, Unrepaired>, Failure> {
    let mut fixed = Vec::new();
    for ids in fix {
        let kept = reconciliation.kept(ids);
        if kept.is_empty() {
            return Err(Failure::Refused(range::unknown(reconciliation, ids)));
        }
        fixed.extend(kept);
    }
    Ok(reconciliation.repair(how, &fixed))
}

/// Repairs in words, one line a change.
pub fn lines(reconciliation: &Reconciliation, repairs: &Result<Repairs, Unrepaired>) -> Vec<String> {
    match repairs {
        Ok(repairs) => reconciliation.repair_words(repairs),
        Err(why) => vec![format!("No repair: {why}.")],
    }
}

/// The same with the changes of each repair on its line.
pub fn sentences(reconciliation: &Reconciliation, repairs: &Result<Repairs, Unrepaired>) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for line in lines(reconciliation, repairs) {
        match sentences.last_mut().filter(|_| line.starts_with(' ')) {
            Some(sentence) if sentence.ends_with(':') => *sentence += &format!(" {}", line.trim()),
            Some(sentence) => *sentence += &format!("; {}", line.trim()),
            None => sentences.push(line),
        }
    }
    sentences
}
