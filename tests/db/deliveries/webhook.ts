import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const secret = "a secret that both ends know, 32+";

export type Received = { id: string; type: string; shiftId: number; isGenuine: boolean; path: string };

export type Webhook = {
  url: string;
  received: Received[];
  /** Answers the next requests, in turn; after those 204. */
  answers: ((response: ServerResponse) => void)[];
  close: () => Promise<void>;
};

/** A receiver on this machine that checks what it gets by its own code, as its documentation asks. */
export async function openWebhook(knownSecret = secret): Promise<Webhook> {
  const received: Received[] = [];
  const answers: Webhook["answers"] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const read = JSON.parse(text || "{}") as { id: string; type: string; data?: { shift_id: number } };
      received.push({
        id: read.id,
        type: read.type,
        shiftId: Number(read.data?.shift_id),
        isGenuine: isGenuine(request.headers, text, knownSecret),
        path: request.url ?? "",
      });
      const answer = answers.shift() ?? ((open: ServerResponse) => open.writeHead(204).end());
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function isGenuine(headers: Record<string, string | string[] | undefined>, text: string, knownSecret: string): boolean {
  const [id, sentAt, signature] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
    String(headers[name]),
  ) as [string, string, string];
  if (Math.abs(Date.now() / 1000 - Number(sentAt)) > 300) return false;
  const own = createHmac("sha256", knownSecret).update(`${id}.${sentAt}.${text}`).digest();
  const [version, given = ""] = signature.split(",");
  const theirs = Buffer.from(given, "base64");
  return version === "v1" && theirs.length === own.length && timingSafeEqual(theirs, own);
}

export const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end();

/** Takes the request and says nothing. */
export const silence = () => {};
