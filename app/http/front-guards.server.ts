import { randomBytes, randomUUID } from "node:crypto";

import type { RequestHandler } from "express";

import { allowedHost } from "./allowed-hosts";
import { refuse } from "./refusal.server";
import type { RequestContext } from "./request-context.server";
import { isFromOwnPage } from "./same-origin";
import { type ServerMode, securityHeaders } from "./security-headers";

const forwardedHeaders = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto"];

/** Finds out what the rest of the server may believe of a request: its own id, the client's address, the headers of every answer. */
export function identify({
  origin,
  mode,
  listMapHosts,
}: {
  origin: URL | undefined;
  mode: ServerMode;
  listMapHosts?: (() => readonly string[]) | undefined;
}): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID();
    const nonce = randomBytes(16).toString("base64");
    const forwardedHost = req.app.get("trust proxy fn")(req.socket.remoteAddress, 0)
      ? req.get("x-forwarded-host")?.split(",")[0]?.trim()
      : undefined;
    const host = allowedHost(forwardedHost ?? req.headers.host, origin);
    const isSecure = req.secure || (origin?.protocol === "https:" && origin.host === host);
    const address = req.ip ?? req.socket.remoteAddress ?? "";
    Object.assign(res.locals, { cspNonce: nonce, requestId, host, protocol: isSecure ? "https" : "http" });
    for (const name of forwardedHeaders) delete req.headers[name];
    if (host) req.headers.host = host;
    res.setHeader("X-Request-Id", requestId);
    const headers = securityHeaders({ nonce, mode, isSecure, mapHosts: listMapHosts?.() ?? [] });
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    const context: RequestContext = {
      requestId,
      address: address.replace(/^::ffff:/, ""),
      isSecure,
      setHeader: (name, value) => {
        if (!res.headersSent) res.setHeader(name, value);
      },
    };
    res.locals.context = context;
    next();
  };
}

/** Refuses a request that asks for another host, so that no address in an answer is built from a stranger's word. */
export function requireAllowedHost(): RequestHandler {
  return (req, res, next) => {
    if (res.locals.host) next();
    else {
      refuse(req, res, {
        status: 421,
        title: "Not the console's address",
        message: "This server answers only to the console's own address. Its operator sets it as CONSOLE_ORIGIN.",
      });
    }
  };
}

/** The one guard against forged requests, in front of everything that is not read only. */
export function requireOwnOrigin(origin: URL | undefined): RequestHandler {
  return (req, res, next) => {
    if (req.method === "GET" || req.method === "HEAD") {
      next();
      return;
    }
    const own = [`${res.locals.protocol}://${res.locals.host}`, ...(origin ? [origin.origin] : [])];
    const provenance = { origin: req.get("origin"), fetchSite: req.get("sec-fetch-site") };
    if (isFromOwnPage(provenance, own)) {
      // Remix compares the two again and takes a proxy that rewrites the host for an attack.
      req.headers.host = new URL(provenance.origin as string).host;
      next();
      return;
    }
    res.setHeader("Connection", "close");
    refuse(req, res, {
      status: 403,
      title: "Not from a page of the console",
      message: "Nothing was changed. Open the console itself and do it there.",
    });
  };
}
