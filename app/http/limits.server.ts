import type { Server } from "node:http";

import type { Request, RequestHandler } from "express";

import { refuse } from "./refusal.server";

/** What one client may ask of the server. Forms and filters need a small part of it. */
export const limits = {
  urlCharacters: 4_096,
  manifestUrlCharacters: 256,
  headerBytes: 16_384,
  headers: 100,
  bodyBytes: 256 * 1024,
  requestsAtOnce: 200,
  connections: 2_000,
  /** A client that sends its headers or its body more slowly is cut off with 408. */
  headersSeconds: 5,
  requestSeconds: 15,
  keepAliveSeconds: 65,
} as const;

export function limitConnections(server: Server): void {
  server.maxConnections = limits.connections;
  server.maxHeadersCount = limits.headers + 1;
  server.headersTimeout = limits.headersSeconds * 1000;
  server.requestTimeout = limits.requestSeconds * 1000;
  server.keepAliveTimeout = limits.keepAliveSeconds * 1000;
}

/** Refuses what no page of the console sends: odd methods, addresses that are too long or cannot be read. */
export function limitRequests(): RequestHandler {
  return (req, res, next) => {
    const refusal = judgeRequest(req);
    if (refusal?.status === 405) res.setHeader("Allow", "GET, HEAD, POST");
    if (refusal) refuse(req, res, refusal);
    else next();
  };
}

function judgeRequest(req: Request) {
  const url = req.originalUrl;
  if (!["GET", "HEAD", "POST"].includes(req.method)) {
    return { status: 405, title: "Method not allowed", message: "The console answers to GET, HEAD and POST." };
  }
  const isManifest = url.startsWith("/__manifest");
  if (url.length > (isManifest ? limits.manifestUrlCharacters : limits.urlCharacters)) {
    return { status: 414, title: "Address too long", message: "Shorten the address, for example by fewer filters." };
  }
  if (isManifest) return { status: 404, title: "Not found", message: "The console has no such page." };
  if (req.rawHeaders.length > limits.headers * 2) {
    return { status: 431, title: "Too many headers", message: `Send at most ${limits.headers} headers.` };
  }
  if (!isReadable(url)) {
    return {
      status: 400,
      title: "Address not understood",
      message: "The address holds characters that cannot be read.",
    };
  }
  return undefined;
}

/** Refuses `?_data=`: no page asks that way, and Remix would run loaders and actions for it without its own checks. */
export function refuseDataQuestions(): RequestHandler {
  return (req, res, next) => {
    if (!new URL(req.originalUrl, "http://console.invalid").searchParams.has("_data")) next();
    else refuse(req, res, { status: 400, title: "Address not understood", message: "The console knows no _data." });
  };
}

function isReadable(url: string): boolean {
  const [path = "", query = ""] = url.split("?", 2);
  if (!path.startsWith("/") || path.includes("//") || url.includes("\\")) return false;
  if (/%00/.test(url) || !URL.canParse(url, "http://console.invalid")) return false;
  return isDecodable(path) && isDecodable(query.replaceAll("+", " "));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Refuses with 503 above the number of requests that one process answers at once; streams do not count. */
export function limitConcurrency(most: number = limits.requestsAtOnce): RequestHandler {
  let underWay = 0;
  return (req, res, next) => {
    if (underWay >= most) {
      refuse(req, res, {
        status: 503,
        title: "The console is busy",
        message: "It answers as many requests as it can. Try again in a moment.",
        retryAfterSeconds: 2,
      });
      return;
    }
    underWay += 1;
    let isCounted = true;
    const release = () => {
      if (isCounted) underWay -= 1;
      isCounted = false;
    };
    res.locals.releaseSlot = release;
    res.once("close", release);
    next();
  };
}

/** Reads the body of a form into `req.body`, a Buffer; 413 as soon as it is above the limit, announced or in chunks. */
export function readBody(): RequestHandler {
  return async (req, res, next) => {
    if (req.method !== "POST") {
      next();
      return;
    }
    const body = await receive(req);
    if (Buffer.isBuffer(body)) {
      req.body = body;
      next();
      return;
    }
    // What is still coming is not read.
    res.setHeader("Connection", "close");
    refuse(req, res, { ...refusals[body], message: `${refusals[body].message} Nothing was changed.` });
  };
}

const refusals = {
  tooLarge: {
    status: 413,
    title: "Too much was sent",
    message: `The console takes forms of up to ${limits.bodyBytes / 1024} KiB.`,
  },
  encoded: { status: 415, title: "Request not understood", message: "The console takes no compressed forms." },
  cutOff: { status: 400, title: "Request not understood", message: "The form did not arrive whole." },
};

function receive(req: Request): Promise<Buffer | keyof typeof refusals> {
  return new Promise((resolve) => {
    if ((req.headers["content-encoding"] ?? "identity") !== "identity") resolve("encoded");
    else if (Number(req.headers["content-length"] ?? 0) > limits.bodyBytes) resolve("tooLarge");
    else {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      req.on("data", (chunk: Buffer) => {
        sizeBytes += chunk.length;
        if (sizeBytes <= limits.bodyBytes) {
          chunks.push(chunk);
          return;
        }
        req.pause();
        resolve("tooLarge");
      });
      req.once("end", () => resolve(Buffer.concat(chunks)));
      req.once("error", () => resolve("cutOff"));
      req.once("close", () => resolve("cutOff"));
    }
  });
}
