//! Complex survey samples: design and weights in, estimates with the uncertainty of the design out, and disclosure control before a figure is shown.
//! Plain columns go in and plain figures come out; no file, clock, thread or hidden chance is touched.
//!
//! # From interviews to a prevalence
//!
//! Six people in each of two strata, two prisons a stratum, the prisons drawn from ten and from six:
//!
//! ```
//! use survey::*;
//!
//! let prison = Groups::from_text(["a", "a", "a", "b", "b", "b", "c", "c", "c", "d", "d", "d"]);
//! let region = Groups::from_text(["north"; 6].into_iter().chain(["south"; 6]));
//! let sex = Groups::from_text(["women", "men", "men"].into_iter().cycle().take(12));
//! let hcv = [1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, u8::MAX]; // the last was not tested
//! let weights = [[50.0; 6], [30.0; 6]].concat();
//! let prisons = [[10.0; 6], [6.0; 6]].concat();
//!
//! let plan = Plan {
//!     weights: Weights::Given(&weights),
//!     stages: vec![Stage {
//!         clusters: Clusters::Groups(&prison),
//!         strata: Some(&region),
//!         population: Population::Sizes(&prisons),
//!     }],
//!     ..Plan::simple()
//! };
//! let design = Design::new(&plan, 12).map_err(|problems| problems[0].to_string())?;
//! let domains = Domains::crossing(&[("sex", &sex)]).map_err(|problems| problems[0].to_string())?;
//! let table = Table::new(&design, &domains).map_err(|problems| problems[0].to_string())?;
//! let figures = estimate(&table, Statistic::Proportion(Values::Flags(&hcv)), &Options::default())
//!     .map_err(|problems| problems[0].to_string())?;
//!
//! assert_eq!(domains.names()[1], ["women"]);
//! assert_eq!((figures[1].n, figures[1].missing, figures[1].df), (4, 0, 2.0));
//! assert!((figures[1].value - 50.0 / 160.0).abs() < 1e-8);
//! # Ok::<(), String>(())
//! ```
//!
//! # How it works
//!
//! A [`Plan`] is checked into a [`Design`]; [`Domains`] say who is to have a figure; a [`Table`] lays the two over
//! each other once. An estimate reads the rows once and reduces them to sums by sampled unit and domain; value,
//! standard error, design effect and interval follow from those sums, those of a calibrated design too: what its
//! calibration explained is kept as sums by unit.
//!
//! A domain is part of the sample, not a smaller sample: units without anybody in it still count.
//!
//! # What it is held against
//!
//! R's `survey` 4.1-1 to 1e-9 of every figure. Where R has a peculiarity (a reflected arcsine bound, iterations
//! that stop early) it is kept and said at the method, because a figure that moves with the program convinces nobody.

mod anonymity;
mod around;
#[cfg(feature = "arrow")]
pub mod arrow;
mod association;
mod attacker;
mod calibration;
mod chance;
mod compare;
mod crossing;
mod design;
mod determined;
mod digits;
mod disclosure;
pub mod distribution;
mod domains;
mod earlier;
mod estimate;
mod groups;
mod hadamard;
mod hidden;
mod hypercube;
mod interval;
mod layers;
mod least;
mod linear;
mod lists;
mod logit;
mod microdata;
mod model;
mod noise;
mod planning;
mod problem;
mod proof;
mod quantile;
mod rates;
mod recoding;
mod referral;
mod remainder;
mod replicate;
mod residuals;
mod response;
mod risk;
mod rounding;
mod simplex;
mod suppression;
mod variance;
mod widening;

pub use anonymity::{Anonymity, Diversity};
pub use association::{Association, association};
pub use calibration::{Auxiliary, Distance, Known, Raking};
pub use chance::Chance;
pub use compare::{Contrast, contrast, covariance, independent};
pub use crossing::{Crossing, Factor, UNLABELLED, cross, cross_quantile};
pub use design::{Clusters, Design, Lonely, Plan, Population, Stage, Weights};
pub use disclosure::{
    Cell, Figure, Internal, Released, Rules, Standard, Weakness, Withheld, dominated, judge,
    reasons, release, reveal, weaknesses,
};
pub use domains::{Domains, Table};
pub use earlier::{Differencing, Shown, differencing};
pub use estimate::{Estimate, Influence, Options, Statistic, estimate, estimate_with_influence};
pub use groups::{Groups, NO_GROUP, Values};
pub use hidden::{Size, multiplier, referral_weights, two_lists};
pub use interval::{Interval, wilson};
pub use lists::{Choice, Lists, ListsModel, Scope};
pub use microdata::{
    Content, Loss, RecordColumn, RecordRisk, Records, Role, SafeRecords, SafeValue, record_risk,
    safe_records,
};
pub use model::{Coefficient, Family, Model, Terms, Wald, fit_model, t_test};
pub use noise::{Bits, Budget, Mechanism, discrete_gaussian, discrete_laplace};
pub use planning::{Drawn, Wanted, allocate, cluster_effect, draw_by_size, people_to_ask};
pub use problem::Problem;
pub use quantile::{Quantile, quantile};
pub use rates::{Round, Scale, Trend, standardised, trend};
pub use recoding::Recoding;
pub use referral::{Referral, referral_bootstrap};
pub use replicate::{Centre, Replicates};
pub use response::{Class, Classes, Response, adjust_for_response};
pub use risk::individual_risk;
pub use rounding::{Rounded, round_randomly, round_together};
pub use suppression::{Cells, Effort, Links, Pattern, attack, protect};
