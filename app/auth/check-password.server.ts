import { consoleDatabase } from "../../db/connections";
import { admitAttempt, recordSuccess, withdrawAttempt } from "../../db/console/sign-in-attempts";
import type { StaffMember } from "../../db/console/staff";
import { currentRequest } from "../http/request-context.server";
import { addressGroup } from "./address-group";
import { verifyPassword } from "./password-hash.server";
import { judgeAttempt } from "./sign-in-limits";
import { TurnstileFull } from "./turnstile";

export type PasswordCheck =
  | { verdict: "right"; member: StaffMember }
  | { verdict: "wrong" }
  /** It was not checked. */
  | { verdict: "wait"; waitSeconds: number; isFirstRefusal: boolean }
  | { verdict: "busy" };

const mostAtOnce = 5;
const underWay = new Map<string, number>();

/**
 * Checks a password under the limits of sign-in. `member` is undefined where the email has no account, which takes the
 * same time and gets the same answers. A disabled account has no right password.
 */
export async function checkPassword({
  email,
  member,
  password,
  asOf = new Date(),
}: {
  email: string;
  member: StaffMember | undefined;
  password: string;
  asOf?: Date;
}): Promise<PasswordCheck> {
  const address = addressGroup(currentRequest()?.address);
  const others = underWay.get(address) ?? 0;
  if (others >= mostAtOnce) return { verdict: "wait", waitSeconds: 1, isFirstRefusal: false };
  underWay.set(address, others + 1);
  try {
    return await checkOne({ email, member, password, asOf, address });
  } finally {
    const left = (underWay.get(address) ?? 1) - 1;
    if (left > 0) underWay.set(address, left);
    else underWay.delete(address);
  }
}

async function checkOne({
  email,
  member,
  password,
  asOf,
  address,
}: {
  email: string;
  member: StaffMember | undefined;
  password: string;
  asOf: Date;
  address: string;
}): Promise<PasswordCheck> {
  const db = consoleDatabase();
  const admitted = await admitAttempt(db, { email, address, asOf }, judgeAttempt);
  if ("waitSeconds" in admitted) return { verdict: "wait", ...admitted };
  const { attemptId, history } = admitted;
  try {
    const isRight = await verifyPassword(member?.passwordHash, password, history.isKnownAddress ? "known" : "stranger");
    if (!isRight || !member || member.disabledAt) return { verdict: "wrong" };
  } catch (error) {
    await withdrawAttempt(db, attemptId);
    if (error instanceof TurnstileFull) return { verdict: "busy" };
    throw error;
  }
  await recordSuccess(db, { attemptId, email, address, asOf });
  return { verdict: "right", member };
}
