//! The individual-based model: every person who injects drugs in a country, in the community and in each prison, for decades, and what a policy changes.
//! Pure calculation: same input and seed, same bytes, on any number of threads and any machine; no database, network, clock or hidden chance.
//!
//! # How it works
//!
//! **Every event of a life is a unit-exponential clock.** A clock with budget E ~ Exp(1) runs at the
//! current hazard and rings when the accumulated hazard reaches E. When a state changes, the clock
//! keeps its remaining budget and goes on at the new speed (Gibson & Bruck 2000, J Phys Chem A
//! 104:1876; Anderson 2007, J Chem Phys 127:214107). Infection is the same clock run by the
//! cumulative force in one's surroundings (Sellke 1983, J Appl Prob 20:390): see [`World`].
//!
//! **Two policies share one fate.** Budgets come from a counter-based generator keyed by (seed,
//! person, clock, occurrence): see [`chance`]. A fork ([`World::clone`]) or a second run with the
//! same seed meets the same budgets, and only the policy differs (common reaction path: Rathinam,
//! Sheppard & Khammash 2010, J Chem Phys 132:034103).
//!
//! # From a question to an answer
//!
//! | question | read |
//! |---|---|
//! | a slider moves: what does it change, in under a second? | [`explorer`]: [`Base::new`] once, [`Base::answer`] for each policy, with a callback that says when the hand moved on |
//! | the same in full, as a job with progress | [`Plan::run`]; killed and gone on: [`checkpoint`], [`Plan::resume`] |
//! | how far may this be believed? | [`Certificate::of`]; [`mean_field`]: the same parameters without chance |
//! | what went in, and the address of the result | [`Plan::inputs`], [`Plan::hash`], [`Scenario::toml`] |
//! | figures by year and place, differences paired by draw | [`Ensemble::in_year`], [`Ensemble::averted`], [`Ensemble::averted_in_year`]; all of it: [`Ensemble::csv`], [`Ensemble::columns`] |
//! | is it worth its money? | [`economics`]: [`Ensemble::plane`], [`Ensemble::net_benefit`], [`Ensemble::acceptability`], [`Ensemble::efficient`], [`Plan::discounted`] |
//! | the same for many countries together | [`Region::run`] |
//! | which level of which intervention for a yearly amount; what does the next million buy? | [`budget::answer`] |
//! | which of whole policies together; is hepatitis C eliminated? | [`questions`] |
//!
//! # The layout, and why
//!
//! Cost follows events: about one a person-year. Each event reads one person, so a person is one
//! struct of two cache lines (an array of structs: the sixteen budgets and the state are always
//! needed together), and a population of Moldova's size stays in the second-level cache and the
//! next. The sixteen hazards are the sum of three table rows (behaviour, HIV, hepatitis C; in
//! `rates`), so that subtraction, division and minimum run over sixteen lanes without a branch.
//! Time is a whole number of ticks of 2⁻²⁵ year: equal moments are equal, and an entry of the
//! calendar is valid when the person's own moment still equals it, so nothing is ever removed from
//! a queue. Groups' sums are whole numbers too: who comes and goes leaves them exactly as they were.
//!
//! What does not change a state is not an event. Sharing is folded into the force, overdoses that
//! are survived into their expectation over the time at risk ([`Span::OverdosesSurvived`]).

pub mod budget;
mod calendar;
pub mod calibration;
pub mod certificate;
pub mod chance;
pub mod checkpoint;
pub mod country;
pub mod databook;
pub mod distribution;
mod document;
mod door;
pub mod economics;
pub mod effects;
pub mod ensemble;
pub mod explorer;
mod force;
pub mod inputs;
pub mod ledger;
mod life;
pub mod mean_field;
mod measure;
mod mortality;
pub mod outcome;
pub mod parameters;
mod person;
pub mod place;
pub mod questions;
mod rates;
pub mod region;
pub mod scenario;
pub mod setting;
mod start;
pub mod table;
pub mod time;
mod world;

pub use calibration::{Calibration, Posterior};
pub use certificate::Certificate;
pub use chance::Seed;
pub use checkpoint::Checkpoint;
pub use country::{Basis, Country, Given, Target};
pub use document::Problem;
pub use effects::Effects;
pub use ensemble::{Ensemble, Interval, Plan, Where, simulate};
pub use explorer::Base;
pub use inputs::{Hash, Input};
pub use ledger::{Flow, Span, Stock, YearTally};
pub use measure::Measure;
pub use outcome::Quantity;
pub use parameters::Parameters;
pub use person::{Hcv, Hiv, Injecting, Liver, Oat, Person, Phase, PlaceIndex, Sex};
pub use place::Prison;
pub use region::Region;
pub use scenario::{Intervention, Scenario, Shape};
pub use setting::{Setting, Status, Who};
pub use world::World;
