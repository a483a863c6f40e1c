import { Readable } from "node:stream";

import { createRequestHandler } from "@remix-run/express";
import {
  type ActionFunction,
  type ActionFunctionArgs,
  data,
  type LoaderFunction,
  type LoaderFunctionArgs,
  type ServerBuild,
} from "@remix-run/node";
import type { Request, RequestHandler } from "express";

import { DatabaseSilent, outageOf } from "../../db/outages";
import { isAnswering } from "../../db/probe";
import { currentRequest, runInRequest } from "./request-context.server";

/** A page waits this long before it asks whether the databases still answer, and this long for their answer. */
const patienceMs = 800;
const probeMs = 1_000;
const retryAfterSeconds = 5;

/** Remix behind the front server: the body is already read, and a database that is gone is answered with 503. */
export function answerWithRemix(load: () => Promise<ServerBuild>): RequestHandler {
  const handle = createRequestHandler({
    build: load,
    getLoadContext: (_req, res) => ({ cspNonce: res.locals.cspNonce, requestId: res.locals.requestId }),
  });
  // Entered here and not earlier: reading a body leaves the storage of the request behind.
  return (req, res, next) =>
    runInRequest(res.locals.context, () => handle(req.method === "POST" ? withBody(req) : req, res, next));
}

function withBody(req: Request): Request {
  const { method, headers, originalUrl, protocol, hostname } = req;
  const body = Readable.from(Buffer.isBuffer(req.body) && req.body.length > 0 ? [req.body] : []);
  return Object.assign(body, { method, headers, originalUrl, protocol, hostname, get: req.get.bind(req) }) as never;
}

/** The build with every loader and action watched. */
export function watchDatabases(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route];
    const { loader, action } = route.module;
    const module = {
      ...route.module,
      ...(loader ? { loader: watch(loader) } : {}),
      ...(action ? { action: watch(action) } : {}),
    };
    return [id, { ...route, module }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

function watch<Door extends LoaderFunction | ActionFunction>(door: Door): Door {
  const open = async (args: LoaderFunctionArgs & ActionFunctionArgs) => {
    try {
      return await withPatience(Promise.resolve(door(args)));
    } catch (error) {
      const refused = answerToOutage(error);
      if (statusOf(refused) === 503) currentRequest()?.setHeader("Retry-After", String(retryAfterSeconds));
      throw refused;
    }
  };
  return open as Door;
}

/** A sentence with 503 in place of a failure that is the database's; every other failure as it is. */
function answerToOutage(error: unknown): unknown {
  const outage = outageOf(error);
  if (!outage) return error;
  const slow = { title: "The database is slow", message: "It did not finish in time. Try again." };
  const gone = { title: "The database does not answer", message: "The page comes back by itself as soon as it does." };
  return data({ ...(outage === "slow" ? slow : gone), retryAfterSeconds }, { status: 503 });
}

function statusOf(thrown: unknown): number | undefined {
  const { init } = (thrown ?? {}) as { init?: ResponseInit | null };
  return thrown instanceof Response ? thrown.status : init?.status;
}

async function withPatience<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(async () => {
      const answers = await Promise.all([isAnswering("console_app", probeMs), isAnswering("console_read", probeMs)]);
      if (answers.includes(false)) reject(new DatabaseSilent("A database did not answer."));
    }, patienceMs);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
