//! Work on many things at a time.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread::{self, Builder};

/// Threads that work at one time, at most: each holds what it makes.
const MOST: usize = 4;

/// What is made of each thing, in their order.
pub fn each<T: Send, R: Send>(things: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
    let mut all = Vec::with_capacity(things.len());
    in_order(things.into_iter().enumerate().collect(), make, |made| all.push(made));
    all
}

/// Makes something of each thing, and gives it away in the order of their numbers, which are from 0, as soon as it can. Where no thread can be
/// started, all is made in this one.
pub fn in_order<T: Send, R: Send>(things: Vec<(usize, T)>, make: impl Fn(T) -> R + Sync, take: impl FnMut(R) + Send) {
    let others = thread::available_parallelism().map_or(1, usize::from).min(MOST).min(things.len()).saturating_sub(1);
    let things = Mutex::new(things.into_iter());
    let waiting = Mutex::new(Waiting { next: 0, made: BTreeMap::new(), take });
    let work = || {
        let next = || things.lock().ok()?.next();
        for (at, thing) in std::iter::from_fn(next) {
            let one = make(thing);
            // A lock can be broken by a panic only, which the scope passes on.
            if let Ok(mut waiting) = waiting.lock() {
                waiting.give(at, one);
            }
        }
    };
    thread::scope(|scope| {
        (0..others).map_while(|_| Builder::new().spawn_scoped(scope, work).ok()).for_each(drop);
        work();
    });
}

/// What was made before what is to be given away next.
struct Waiting<R, F> {
    next: usize,
    made: BTreeMap<usize, R>,
    take: F,
}

impl<R, F: FnMut(R)> Waiting<R, F> {
    fn give(&mut self, at: usize, made: R) {
        self.made.insert(at, made);
        while let Some(made) = self.made.remove(&self.next) {
            (self.take)(made);
            self.next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_is_made_is_in_the_order_of_the_things() {
        let first_takes_longest = |n: u64| {
            thread::sleep(Duration::from_micros(200 - n));
            n * n
        };
        assert_eq!(each((0..200).collect(), first_takes_longest), (0..200).map(|n| n * n).collect::<Vec<u64>>());
        assert!(each(Vec::<u64>::new(), |n| n).is_empty());
    }
}
