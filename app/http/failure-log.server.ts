import { withoutSecrets } from "./without-secrets";

/** One failure as one line: no parameters of a query, no address with a password, one frame of the stack. */
export type Failure = { name: string; message: string; code?: string; frame?: string };

const repeatSeconds = 10;
const addressWithPassword = /\b([a-z]+:\/\/)[^\s/@]+@/gi;

/**
 * The innermost cause of `error`. Drizzle's own message repeats the query with its parameters, so the driver's
 * message stands in for it.
 */
export function describeFailure(error: unknown): Failure {
  const cause = innermost(error);
  if (!(cause instanceof Error)) return { name: "Thrown", message: typeof cause === "string" ? cause : typeof cause };
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const frame = cause.stack
    ?.split("\n")
    .find((line) => line.startsWith("    at ") && !line.includes("node_modules") && !line.includes("node:"))
    ?.trim();
  const message = cause.message.split("\nparams:")[0] as string;
  return { name: cause.name, message: message.replace(addressWithPassword, "$1***@").slice(0, 500), code, frame };
}

function innermost(error: unknown): unknown {
  let cause = error;
  for (let depth = 0; depth < 5 && cause instanceof Error && cause.cause instanceof Error; depth++) cause = cause.cause;
  return cause;
}

/**
 * A log in which the same failure stands once in 10 s, with the number of times it was held back in between.
 * At most 200 kinds are remembered.
 */
export function createFailureLog(write: (line: string) => void, now: () => number = Date.now) {
  const seen = new Map<string, { writtenAt: number; heldBack: number }>();
  return (error: unknown, { requestId, url }: { requestId?: string; url?: string } = {}): void => {
    const failure = describeFailure(error);
    const kind = `${failure.name} ${failure.code} ${failure.message.slice(0, 80)} ${failure.frame}`;
    const last = seen.get(kind);
    if (last && now() - last.writtenAt < repeatSeconds * 1000) {
      last.heldBack += 1;
      return;
    }
    if (seen.size >= 200) seen.clear();
    seen.set(kind, { writtenAt: now(), heldBack: 0 });
    const path = url && withoutSecrets(new URL(url).pathname);
    write(
      JSON.stringify({
        at: new Date(now()).toISOString(),
        level: "error",
        requestId,
        path,
        ...failure,
        heldBack: last?.heldBack,
      }),
    );
  };
}

export const recordFailure = createFailureLog((line) => console.error(line));
