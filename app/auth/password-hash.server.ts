import { type Algorithm, hash, verify } from "@node-rs/argon2";

import { Turnstile } from "./turnstile";

/**
 * argon2id with 32 MiB, 3 passes, 1 lane: above the floor of the OWASP Password Storage Cheat Sheet (19 MiB, 2 passes).
 * Three at once take 96 MiB and leave a thread of Node's pool free.
 */
export const passwordParameters = {
  algorithm: 2 satisfies Algorithm.Argon2id as Algorithm,
  memoryCost: 32 * 1024,
  timeCost: 3,
  parallelism: 1,
} as const;

/** Strangers wait for one another, never in front of somebody who has signed in from the same address before. */
const turnstiles = {
  known: new Turnstile({ atOnce: 1, waiting: 20 }),
  stranger: new Turnstile({ atOnce: 2, waiting: 20 }),
};

/** Of no password; an account that does not exist costs as much time as one that does. */
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return turnstiles.known.run(() => hash(password.normalize("NFKC"), passwordParameters));
}

/** Undefined as a hash takes the same time and is false. Throws TurnstileFull when too many are waiting. */
export function verifyPassword(
  passwordHash: string | undefined,
  password: string,
  from: keyof typeof turnstiles,
): Promise<boolean> {
  return turnstiles[from].run(async () => {
    nobody ??= hash("nobody has this password", passwordParameters);
    const isRight = await verify(passwordHash ?? (await nobody), password.normalize("NFKC"));
    return isRight && passwordHash !== undefined;
  });
}
