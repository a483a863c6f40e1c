import { type Step, stepTowards } from "./geodesy";
import { type Instant, minute } from "./instant";
import { clamp, type Random } from "./random";

/** A phone at one site: how well it knows where it is. */
export type Receiver = {
  /** What it reports on a usual fix, metres. Two thirds of the fixes lie within. */
  accuracyMeters: number;
  /** Standard deviation of its error along one axis, metres, multipath aside. */
  sigmaMeters: number;
};

/** Streets between high walls make every phone worse; `canyonFactor` says by how much, 1 is the open field. */
export function drawReceiver(random: Random, canyonFactor: number): Receiver {
  const accuracyMeters = clamp(random.logNormal(8, 0.45) * canyonFactor, 3, 60);
  return { accuracyMeters, sigmaMeters: accuracyMeters / 1.515 };
}

const memoryMs = 10 * minute;

/**
 * A wandering error with memory (first-order autoregressive): of what it is, e^-1 is left after `memoryMs`.
 * Standard deviation along each axis is `sigmaMeters` from the first step on, however far apart the steps are.
 */
export class Drift {
  #east = 0;
  #north = 0;
  #at: Instant | undefined;

  constructor(readonly sigmaMeters: number) {}

  moveTo(at: Instant, random: Random): Step {
    const kept = this.#at === undefined ? 0 : Math.exp(-(at - this.#at) / memoryMs);
    const fresh = Math.sqrt(1 - kept * kept) * this.sigmaMeters;
    this.#east = kept * this.#east + fresh * random.normal();
    this.#north = kept * this.#north + fresh * random.normal();
    this.#at = at;
    return { eastMeters: this.#east, northMeters: this.#north };
  }
}

export type Fix = {
  error: Step;
  /** Null when the device gave none. More than 100 m never: the app drops such fixes. */
  accuracyMeters: number | null;
};

const multipathChance = 0.012;
const unknownAccuracyChance = 0.004;

/** One fix: the drift of the moment and, now and then, a reflection that throws it 40 to 160 m off. */
export function takeFix(receiver: Receiver, drift: Drift, at: Instant, random: Random): Fix {
  const error = drift.moveTo(at, random);
  const reported = clamp(receiver.accuracyMeters * random.logNormal(1, 0.2), 2, 100);
  const roll = random.next();
  if (roll < unknownAccuracyChance) return { error, accuracyMeters: null };
  if (roll > 1 - multipathChance) {
    const thrown = stepTowards(random.between(0, 2 * Math.PI), random.between(40, 160));
    return {
      error: {
        eastMeters: error.eastMeters + thrown.eastMeters,
        northMeters: error.northMeters + thrown.northMeters,
      },
      accuracyMeters: random.chance(0.7) ? clamp(random.between(35, 120), 35, 100) : reported,
    };
  }
  return { error, accuracyMeters: reported };
}
