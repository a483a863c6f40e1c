import { and, eq, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { signInAttempts } from "./schema";

/** What the console remembers when somebody tries a password. Failures count within the last 15 minutes. */
export type AttemptHistory = {
  /** This account has signed in from this address within 30 days. */
  isKnownAddress: boolean;
  /** This email from this address, since it last signed in there. */
  pairFailures: number;
  /** Null without failures. */
  pairFailedAt: Date | null;
  /** Any email from this address. */
  addressFailures: number;
  addressFailedAt: Date | null;
  /** This email from addresses where it never signed in. */
  strangerFailures: number;
  /** All of the console, within the last minute. */
  consoleFailures: number;
};

export type Attempt = { email: string; address: string };

/**
 * Counts an attempt as failed before its password is checked, so that a hundred at once are a hundred. `judge` decides
 * from the history; attempts of one address wait for one another. Returns the id of the attempt, or the seconds to wait.
 */
export async function admitAttempt(
  db: ConsoleDatabase,
  { email, address, asOf }: Attempt & { asOf: Date },
  judge: (history: AttemptHistory, asOf: Date) => number,
): Promise<{ attemptId: number; history: AttemptHistory } | { waitSeconds: number; isFirstRefusal: boolean }> {
  return db.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${address}`}, 0))`);
    const history = await readHistory(transaction, { email, address, asOf });
    const waitSeconds = judge(history, asOf);
    if (waitSeconds > 0) {
      const isFirstRefusal = await recordRefusal(transaction, { email, address, asOf });
      return { waitSeconds, isFirstRefusal };
    }
    const [row] = await transaction
      .insert(signInAttempts)
      .values({ email, address, outcome: "wrong password", at: asOf })
      .returning({ id: signInAttempts.id });
    return { attemptId: (row as { id: number }).id, history };
  });
}

/** The password of an admitted attempt was right: it no longer counts as failed. */
export async function recordSuccess(
  db: ConsoleDatabase,
  { attemptId, email, address, asOf }: Attempt & { attemptId: number; asOf: Date },
): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.delete(signInAttempts).where(eq(signInAttempts.id, attemptId));
    await transaction.insert(signInAttempts).values({ email, address, outcome: "signed in", at: asOf });
  });
}

/** The password of an admitted attempt was never checked: the attempt counts for nothing. */
export async function withdrawAttempt(db: ConsoleDatabase, attemptId: number): Promise<void> {
  await db.delete(signInAttempts).where(eq(signInAttempts.id, attemptId));
}

async function recordRefusal(
  db: Pick<ConsoleDatabase, "$count" | "insert">,
  { email, address, asOf }: Attempt & { asOf: Date },
): Promise<boolean> {
  const recent = await db.$count(
    signInAttempts,
    and(
      eq(signInAttempts.email, email),
      eq(signInAttempts.address, address),
      eq(signInAttempts.outcome, "refused"),
      sql`${signInAttempts.at} > ${asOf.toISOString()}::timestamptz - interval '1 minute'`,
    ),
  );
  if (recent > 0) return false;
  await db.insert(signInAttempts).values({ email, address, outcome: "refused", at: asOf });
  return true;
}

async function readHistory(
  db: Pick<ConsoleDatabase, "execute">,
  { email, address, asOf }: Attempt & { asOf: Date },
): Promise<AttemptHistory> {
  const [row] = await db.execute<Record<keyof AttemptHistory, unknown>>(sql`
    with clock as (
      select ${asOf.toISOString()}::timestamptz as now
    ),
    successes as (
      select address, max(at) as at
      from sign_in_attempts, clock
      where email = ${email} and outcome = 'signed in' and at > now - interval '30 days'
      group by address
    ),
    failures as (
      select address, at
      from sign_in_attempts, clock
      where email = ${email} and outcome = 'wrong password' and at > now - interval '15 minutes'
    ),
    pair as (
      select count(*)::int as failures, max(at) as at
      from failures
      where address = ${address}::inet
        and at > coalesce((select at from successes where address = ${address}::inet), '-infinity')
    ),
    neighbours as (
      select count(*)::int as failures, max(at) as at
      from sign_in_attempts, clock
      where address = ${address}::inet and outcome = 'wrong password' and at > now - interval '15 minutes'
    )
    select exists (select from successes where address = ${address}::inet) as "isKnownAddress",
           pair.failures as "pairFailures",
           pair.at as "pairFailedAt",
           neighbours.failures as "addressFailures",
           neighbours.at as "addressFailedAt",
           (select count(*)::int from failures where address not in (select address from successes)) as "strangerFailures",
           (select count(*)::int
            from sign_in_attempts, clock
            where at > now - interval '1 minute' and outcome = 'wrong password') as "consoleFailures"
    from pair, neighbours`);
  const { pairFailedAt, addressFailedAt, ...counts } = row as Record<keyof AttemptHistory, unknown>;
  return {
    ...counts,
    pairFailedAt: instant(pairFailedAt),
    addressFailedAt: instant(addressFailedAt),
  } as AttemptHistory;
}

function instant(value: unknown): Date | null {
  return value === null || value === undefined ? null : new Date(value as string | Date);
}
