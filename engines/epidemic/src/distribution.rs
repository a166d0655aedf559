//! What is known of a number: its value and the middle 95 %, and a draw from it.
//! The value is the median; each side has its own spread, so that the published interval is met exactly.

use crate::parameters::Unit;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Known, or a choice of design.
    Fixed(f64),
    Uniform {
        low: f64,
        high: f64,
    },
    /// Normal on the scale of the unit (logit for proportions, log for what is above 0), with its own spread
    /// on each side of the median.
    Spread {
        scale: Scale,
        value: f64,
        low: f64,
        high: f64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    Plain,
    Log,
    Logit,
}

impl Scale {
    pub(crate) fn of(unit: Unit) -> Scale {
        match unit {
            Unit::Proportion => Scale::Logit,
            _ => Scale::Log,
        }
    }

    pub(crate) fn to(self, x: f64) -> f64 {
        match self {
            Scale::Plain => x,
            Scale::Log => libm::log(x),
            Scale::Logit => libm::log(x / (1.0 - x)),
        }
    }

    fn back(self, y: f64) -> f64 {
        match self {
            Scale::Plain => y,
            Scale::Log => libm::exp(y),
            Scale::Logit => 1.0 / (1.0 + libm::exp(-y)),
        }
    }

    /// Does the scale reach this value?
    pub(crate) fn reaches(self, x: f64) -> bool {
        match self {
            Scale::Plain => true,
            Scale::Log => x > 0.0,
            Scale::Logit => x > 0.0 && x < 1.0,
        }
    }
}

impl Distribution {
    pub fn median(self) -> f64 {
        match self {
            Distribution::Fixed(value) | Distribution::Spread { value, .. } => value,
            Distribution::Uniform { low, high } => (low + high) / 2.0,
        }
    }

    /// The value below which a share `p` (0 < p < 1) lies.
    pub fn quantile(self, p: f64) -> f64 {
        match self {
            Distribution::Fixed(value) => value,
            Distribution::Uniform { low, high } => low + (high - low) * p,
            Distribution::Spread { .. } => self.at(normal_quantile(p)),
        }
    }

    /// The value at `z` standard deviations of a standard normal: the scale on which calibration walks.
    pub(crate) fn at(self, z: f64) -> f64 {
        match self {
            Distribution::Spread { scale, value, low, high } => {
                let middle = scale.to(value);
                let end = if z < 0.0 { low } else { high };
                scale.back(middle + (scale.to(end) - middle).abs() / Z_95 * z)
            }
            // Φ(z) = erfc(−z/√2)/2.
            _ => self.quantile(0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)),
        }
    }

    pub fn certain(self) -> bool {
        matches!(self, Distribution::Fixed(_))
    }
}

/// Φ⁻¹(0.975).
pub(crate) const Z_95: f64 = 1.959_963_984_540_054;

/// Φ⁻¹. Wichura 1988, Appl Stat 37:477, algorithm AS 241 (PPND16).
pub fn normal_quantile(p: f64) -> f64 {
    let polynomial = |c: &[f64], r: f64| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&A, r) / polynomial(&B, r);
    }
    let r = libm::sqrt(-libm::log(if q < 0.0 { p } else { 1.0 - p }));
    let z = if r <= 5.0 {
        polynomial(&C, r - 1.6) / polynomial(&D, r - 1.6)
    } else {
        polynomial(&E, r - 5.0) / polynomial(&F, r - 5.0)
    };
    if q < 0.0 { -z } else { z }
}

const A: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const B: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const F: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];
