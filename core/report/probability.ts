// Coefficients of Lanczos' approximation of the gamma function (g = 5, n = 6): errors are below 2e-10.
const lanczos = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 1.208650973866179e-3,
  -5.395239384953e-6,
];

function logGamma(x: number): number {
  const sum = lanczos.reduce((sum, each, i) => sum + each / (x + i + 1), 1.000000000190015);
  return (x + 0.5) * Math.log(x + 5.5) - (x + 5.5) + Math.log((Math.sqrt(2 * Math.PI) * sum) / x);
}

/** Returns the regularized incomplete beta function by its continued fraction (Lentz). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-12) break;
  }
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x);
  return (Math.exp(logFront) * fraction) / a;
}

/** Returns the probability of at least `count` successes in `trials`. Both may be fractions. */
export const binomialAtLeast = (count: number, trials: number, chance: number): number =>
  count <= 0 ? 1 : count > trials ? 0 : incompleteBeta(chance, count, trials - count + 1);

/** A negative binomial distribution. Its variance is `dispersion` times its mean. With a dispersion of 1 it is Poisson's. */
export interface Spread {
  mean: number;
  dispersion: number;
}

const leastDispersion = 1.001;

/** Returns the probability of at least `count`. */
export function spreadAtLeast(count: number, { mean, dispersion }: Spread): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  const d = Math.max(dispersion, leastDispersion);
  return incompleteBeta(1 - 1 / d, count, mean / (d - 1));
}

/** Returns the least count that is exceeded with a probability of at most `1 - share`. */
export function quantileOf(share: number, spread: Spread): number {
  let [low, high] = [0, 1];
  while (spreadAtLeast(high + 1, spread) > 1 - share) high *= 2;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (spreadAtLeast(middle + 1, spread) > 1 - share) low = middle + 1;
    else high = middle;
  }
  return low;
}
