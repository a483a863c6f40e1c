import { createHmac } from "node:crypto";

import type { Environment } from "../environment";

/** Where messages go. */
export type Receiver = { url: string; secret: string };

/** Undefined where none is set. */
export function readReceiver({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret }: Environment): Receiver | undefined {
  return url && secret ? { url, secret } : undefined;
}

export type Message = { messageId: string; body: string };

/** As a receiver checks it: of the id, the second of sending and the body, by the secret. */
export function signatureOf({ messageId, body }: Message, secret: string, sentAtSeconds: number): string {
  return `v1,${createHmac("sha256", secret).update(`${messageId}.${sentAtSeconds}.${body}`).digest("base64")}`;
}

export type Answer = { status: number | null; failure: string | null };

export const timeoutSeconds = 10;

/**
 * Sends one message and follows no redirect. Only a 2xx is delivered: the failure is null. Null as status is "no answer
 * came". Never throws.
 */
export async function sendMessage(
  { url, secret }: Receiver,
  message: Message,
  { sentAt, timeoutMs = timeoutSeconds * 1000 }: { sentAt: Date; timeoutMs?: number },
): Promise<Answer> {
  const seconds = Math.floor(+sentAt / 1000);
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "user-agent": "securyflex-ops-console",
        "webhook-id": message.messageId,
        "webhook-timestamp": String(seconds),
        "webhook-signature": signatureOf(message, secret, seconds),
      },
      body: message.body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel().catch(() => {});
    return { status: answer.status, failure: answer.ok ? null : describeStatus(answer.status) };
  } catch (error) {
    return { status: null, failure: describeError(error, timeoutMs) };
  }
}

function describeStatus(status: number): string {
  if (status === 410) return "The receiver answered 410: it wants no more of it.";
  if (status >= 300 && status < 400) return `The receiver answered ${status}, a redirect; none is followed.`;
  return `The receiver answered ${status}.`;
}

/** Without the address, which may hold a secret. */
function describeError(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `The receiver did not answer within ${timeoutMs / 1000} s.`;
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  return `The receiver was not reached${typeof code === "string" ? `: ${code}` : ""}.`;
}
