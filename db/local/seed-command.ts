import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

import { localEnvironmentFile, readEnvironment } from "../environment";
import { seedSecuryflex } from "./seed/seed";
import { type Size, scales } from "./seed/sizes";

/** The seed was not loaded. The message is a sentence for whoever typed the command. */
export class SeedRefusal extends Error {}

/**
 * `npm run db:seed -- --size medium --seed 7`: fills the local demonstration database where it is empty. A database
 * that the environment names is somebody's own and is never filled. Throws SeedRefusal.
 */
export async function runSeedCommand(
  words: string[],
  { namedUrl = process.env.DATABASE_URL || process.env.DATABASE_READ_URL, print = console.log }: Surroundings = {},
): Promise<void> {
  const { size, seed } = readWords(words);
  if (namedUrl) {
    throw new SeedRefusal(
      "Nothing was loaded: DATABASE_URL names a database of your own, and only the local demonstration database is filled. Unset it to fill that one.",
    );
  }
  if (!existsSync(localEnvironmentFile)) {
    throw new SeedRefusal("Nothing was loaded: there is no local database. `npm start` sets one up.");
  }
  const { DATABASE_URL: url } = readEnvironment();
  if (!url) throw new SeedRefusal("Nothing was loaded: the local settings name no database. `npm start` writes them.");
  const startedAt = performance.now();
  await seedSecuryflex(url, { size, seed, asOf: new Date(), onProgress: print });
  print(
    `The demonstration database is filled (${size}, seed ${seed}, ${Math.round((performance.now() - startedAt) / 1000)} s).`,
  );
}

/** `namedUrl`: the database that the environment names. */
type Surroundings = { namedUrl?: string | undefined; print?: (line: string) => void };

function readWords(words: string[]): { size: Size; seed: number } {
  try {
    const { values } = parseArgs({
      args: words,
      options: { size: { type: "string", default: "small" }, seed: { type: "string", default: "1" } },
    });
    const seed = Number(values.seed);
    if (Object.hasOwn(scales, values.size) && Number.isSafeInteger(seed)) return { size: values.size as Size, seed };
  } catch {
    // An unknown word is answered like a wrong value.
  }
  throw new SeedRefusal("Nothing was loaded: write --size small, medium or large, and --seed with a whole number.");
}

if (process.argv[1]?.endsWith("seed-command.ts")) {
  try {
    await runSeedCommand(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
