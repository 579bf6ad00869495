//! Work on many things at a time.

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread::{self, Builder};

/// Threads that work at one time, at most: each holds what it makes.
const MOST: usize = 4;

/// What is made of each thing, in their order. Where no thread can be started, all is made in this one.
pub fn each<T: Send, R: Send>(things: impl Iterator<Item = T> + Send, make: impl Fn(T) -> R + Sync) -> Vec<R> {
    let others = thread::available_parallelism().map_or(1, usize::from).min(MOST).min(things.size_hint().0).saturating_sub(1);
    let things = Mutex::new(things.enumerate());
    let take = || things.lock().ok()?.next();
    let work = || std::iter::from_fn(take).map(|(at, thing)| (at, make(thing))).collect::<Vec<(usize, R)>>();
    let mut made = thread::scope(|scope| {
        let others: Vec<_> = (0..others).map_while(|_| Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        made
    });
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
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
        assert_eq!(each(0..200, first_takes_longest), (0..200).map(|n| n * n).collect::<Vec<u64>>());
        assert!(each(std::iter::empty::<u64>(), |n| n).is_empty());
    }
}
