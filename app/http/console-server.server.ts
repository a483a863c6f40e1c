import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express } from "express";

import { projectDirectory } from "../../db/environment";
import { closeProbes } from "../../db/probe";
import { watchSessions } from "../auth/session-watch.server";
import { answerWithRemix, watchDatabases } from "./answer-with-remix.server";
import { readBasemapSettings } from "./basemap-settings.server";
import { recordFailure } from "./failure-log.server";
import { identify, requireAllowedHost, requireOwnOrigin } from "./front-guards.server";
import { limitConcurrency, limitConnections, limitRequests, readBody, refuseDataQuestions } from "./limits.server";
import { endAllStreams } from "./open-streams.server";
import { mountPlainAnswers, type PlainAnswer } from "./plain-answers.server";
import { answerHealth, answerReadiness } from "./probes.server";
import { refuse } from "./refusal.server";
import { logRequests, type WriteLine } from "./request-log.server";
import type { ServerMode } from "./security-headers";
import { readServerSettings } from "./server-settings.server";
import { watchStyleHosts } from "./style-hosts.server";

export type ConsoleServer = { url: string; close: () => Promise<void> };

export type ConsoleServerOptions = {
  host: string;
  /** 0 takes a free one. */
  port: number;
  mode: ServerMode;
  /** Addresses or networks whose X-Forwarded headers are believed; otherwise those of TRUSTED_PROXIES. */
  trustedProxies?: string[];
  plainAnswers?: readonly PlainAnswer[];
  writeLine?: WriteLine;
};

const closeSeconds = 8;

/** Serves the console. Production needs a build. Throws EnvironmentError for settings that are malformed. */
export async function startConsoleServer(options: ConsoleServerOptions): Promise<ConsoleServer> {
  const settings = readServerSettings();
  const basemap = readBasemapSettings();
  const { mode, host, port, trustedProxies = settings.trustedProxies, plainAnswers = [] } = options;
  const writeLine = options.writeLine ?? ((line: string) => process.stdout.write(`${line}\n`));
  let isStopping = false;
  // React and Remix decide by it which of their two builds they are.
  process.env.NODE_ENV = mode;

  const app = express();
  const server = createServer({ connectionsCheckingInterval: 2_000 }, app);
  const site = mode === "production" ? await openBuild() : await openVite(server);
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", trustedProxies);
  const styleHosts = basemap.kind === "style" ? watchStyleHosts(basemap.url) : undefined;
  app.use(
    identify({ origin: settings.origin, mode, listMapHosts: styleHosts?.list }),
    logRequests({ mode, writeLine }),
  );
  app.use(limitRequests());
  app.get("/healthz", answerHealth());
  app.get(
    "/readyz",
    answerReadiness(() => isStopping),
  );
  app.use(requireAllowedHost(), requireOwnOrigin(settings.origin), refuseDataQuestions(), limitConcurrency());
  app.use(
    compression({
      filter: (req, res) => !isEventStream(res.getHeader("content-type")) && compression.filter(req, res),
    }),
  );
  site.mountFiles(app);
  app.use((_req, res, next) => {
    res.setHeader("Cache-Control", "no-store");
    next();
  });
  mountPlainAnswers(app, plainAnswers);
  app.use(readBody(), answerWithRemix(site.load), answerFailure());

  limitConnections(server);
  const sessionWatch = watchSessions();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    close: async () => {
      isStopping = true;
      await closeServer(server);
      sessionWatch.stop();
      styleHosts?.stop();
      await Promise.all([site.close(), closeProbes()]);
    },
  };
}

type Site = { mountFiles: (app: Express) => void; load: () => Promise<ServerBuild>; close: () => Promise<void> };

async function openBuild(): Promise<Site> {
  const directory = join(projectDirectory, "build");
  const build: ServerBuild = await import(pathToFileURL(join(directory, "server", "index.js")).href);
  const watched = watchDatabases(build);
  return {
    mountFiles: (app) => {
      const assets = express.static(join(directory, "client", "assets"), { immutable: true, maxAge: "1y" });
      app.use("/assets", assets, (req, res) =>
        refuse(req, res, { status: 404, title: "Not found", message: "The console has no such file." }),
      );
      app.use(express.static(join(directory, "client"), { index: false, maxAge: "1h" }));
    },
    load: async () => watched,
    close: async () => {},
  };
}

async function openVite(server: Server): Promise<Site> {
  const { createServer: createVite } = await import("vite");
  const vite = await createVite({
    root: projectDirectory,
    server: { middlewareMode: true, hmr: { server } },
    clearScreen: false,
  });
  return {
    mountFiles: (app) => app.use(vite.middlewares),
    load: async () => watchDatabases((await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild),
    close: () => vite.close(),
  };
}

/** What Remix and the middlewares throw: reading errors are 4xx, everything else is on record and 500. */
function answerFailure(): ErrorRequestHandler {
  return (error: { status?: number }, req, res, _next) => {
    const isUnread = typeof error.status === "number" && error.status >= 400 && error.status < 500;
    if (!isUnread) recordFailure(error, { requestId: res.locals.requestId });
    refuse(req, res, {
      status: isUnread ? (error.status as number) : 500,
      title: isUnread ? "Request not understood" : "Something went wrong",
      message: isUnread
        ? "The address or the form cannot be read."
        : "The failure is on record under the number below. Nothing is known to have changed.",
    });
  };
}

function isEventStream(contentType: unknown): boolean {
  return String(contentType ?? "").includes("text/event-stream");
}

/** Ends the streams, lets answers under way finish, and cuts what is left after 8 s. */
async function closeServer(server: Server): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), closeSeconds * 1000);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  endAllStreams();
  server.closeIdleConnections();
  await closed;
  clearTimeout(deadline);
}
