//! Checking many inputs at once.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use indicatif::ProgressBar;

use super::{Checked, How};
use crate::input::Input;

/// Checks all inputs, on as many cores as there are. The results are in the order of the inputs.
pub fn check(inputs: &[Input], how: &How, shows_progress: bool) -> Vec<Checked> {
    // For one input nobody needs to know how many cores there are.
    let workers = if inputs.len() < 2 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(inputs.len()) };
    if workers < 2 {
        return inputs.iter().map(|input| Checked::of(input, how)).collect();
    }
    let bar = if shows_progress { ProgressBar::new(inputs.len() as u64) } else { ProgressBar::hidden() };
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(inputs.len()));
    let work = || {
        while let Some((i, input)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, inputs.get(i)?))) {
            let checked = Checked::of(input, how);
            bar.inc(1);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((i, checked));
        }
    };
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
    bar.finish_and_clear();
    in_order(done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
}

fn in_order(mut done: Vec<(usize, Checked)>) -> Vec<Checked> {
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, checked)| checked).collect()
}
