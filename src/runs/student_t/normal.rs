//! Quantiles of the normal distribution: algorithm AS 241 (Wichura, Applied Statistics 37, 1988), to sixteen digits.

fn ratio(x: f64, above: [f64; 8], below: [f64; 8]) -> f64 {
    let polynomial = |terms: [f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * x + term);
    polynomial(above) / polynomial(below)
}

/// Where a tail above begins: positive for `tail` below ½, which lies between 0 and 1.
pub fn upper_quantile(tail: f64) -> f64 {
    let from_middle = 0.5 - tail;
    if from_middle.abs() <= 0.425 {
        return from_middle * ratio(0.180625 - from_middle * from_middle, MIDDLE.0, MIDDLE.1);
    }
    let root = (-tail.min(1.0 - tail).ln()).sqrt();
    let size = if root <= 5.0 { ratio(root - 1.6, SIDE.0, SIDE.1) } else { ratio(root - 5.0, FAR.0, FAR.1) };
    size.copysign(from_middle)
}

/// For probabilities between 0.075 and 0.925.
const MIDDLE: ([f64; 8], [f64; 8]) = (
    [
        3.3871328727963665,
        133.14166789178438,
        1971.5909503065513,
        13731.69376550946,
        45921.95393154987,
        67265.7709270087,
        33430.57558358813,
        2509.0809287301227,
    ],
    [
        1.0,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854,
    ],
);

/// Down to about 1.4e-11.
const SIDE: ([f64; 8], [f64; 8]) = (
    [
        1.4234371107496835,
        4.630337846156546,
        5.769497221460691,
        3.6478483247632045,
        1.2704582524523684,
        0.2417807251774506,
        0.022723844989269184,
        0.0007745450142783414,
    ],
    [
        1.0,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-9,
    ],
);

/// Beyond that.
const FAR: ([f64; 8], [f64; 8]) = (
    [
        6.657904643501103,
        5.463784911164114,
        1.7848265399172913,
        0.29656057182850487,
        0.026532189526576124,
        0.0012426609473880784,
        2.7115555687434876e-5,
        2.0103343992922881e-7,
    ],
    [
        1.0,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-5,
        1.421511758316446e-7,
        2.0442631033899397e-15,
    ],
);
