import { startConsoleServer } from "../../app/http/console-server.server";
import { openStream } from "../../app/http/open-streams.server";
import type { PlainAnswer } from "../../app/http/plain-answers.server";
import { plainRoutes } from "../../app/plain-routes.server";
import { closeConnections } from "../../db/connections";

/** A stream of events such as a live feed is: it writes until its session or the server ends it. */
const stream: PlainAnswer = {
  path: "/test/stream",
  permission: "account.read",
  answer: (req, res, signedIn) => {
    res.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-cache, no-transform" });
    if (req.method === "HEAD") return void res.end();
    const open = openStream({ sessionId: signedIn.session.id, staffId: signedIn.staff.id });
    res.locals.releaseSlot();
    res.write("event: snapshot\ndata: {}\n\n");
    open.signal.addEventListener("abort", () => res.end("event: end\ndata: {}\n\n"));
    res.on("close", open.close);
  },
};

if (process.env.TRIAL_MIGRATIONS) Object.assign(globalThis, { securyflexMigrations: process.env.TRIAL_MIGRATIONS });

/** The production server as a process of its own; its address and its end go over the channel to the parent. */
const server = await startConsoleServer({
  host: "127.0.0.1",
  port: 0,
  mode: "production",
  plainAnswers: [...plainRoutes, stream],
});
process.send?.({ url: server.url });
process.on("message", async (message) => {
  if (message !== "close") return;
  await server.close();
  await closeConnections();
  process.disconnect();
});
process.on("disconnect", () => process.exit(0));
