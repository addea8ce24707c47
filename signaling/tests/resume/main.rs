//! Whatever happens to connections, devices, disks and gateways: signaling arrives in order and exactly once, nothing that was
//! acknowledged is lost, a seat has one live session and leaves no ghost, and who waits hears nothing of the visit.
//!
//! A room lives with the pages of five devices through rows of accidents. Where a row breaks something, proptest makes it
//! shorter until only what matters is left. `PROPTEST_RNG_SEED=… cargo test -p signaling --test resume` tries other rows.

#![expect(clippy::print_stdout, reason = "a test that counts says how far it came")]

mod accidents;
mod database;
mod ledger;
mod page;
mod world;

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use accidents::accident;
use ledger::Tally;
use world::World;

const ROWS: u32 = 640;
const ACCIDENTS: usize = 170;

#[test]
fn nothing_is_lost_doubled_or_told_to_the_wrong_person_whatever_happens() {
    let mut config = Config { cases: ROWS, failure_persistence: None, ..Config::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(2016);
    }
    let (steps, tally) = (Cell::new(0), Cell::new(Tally::default()));
    let rows = prop::collection::vec(accident(), 1..2 * ACCIDENTS);
    let outcome = TestRunner::new(config).run(&rows, |row| {
        let mut world = World::call();
        for accident in &row {
            world.suffer(accident);
        }
        world.heal();
        steps.set(steps.get() + row.len());
        tally.set(tally.get() + world.ledger.tally);
        Ok(())
    });
    if let Err(broken) = outcome {
        panic!("{broken}");
    }
    println!("{} accidents, {:?}", steps.get(), tally.get());
    assert!(steps.get() >= 100_000);
    let Tally { resumed, resynced, heard } = tally.get();
    assert!(resumed > 1_000 && resynced > 1_000 && heard > 1_000, "the rows do not reach what they are for");
}
