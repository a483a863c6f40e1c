import { readServer, type ServerReading } from "../database/read-server";
import { unreadableReason } from "../database/unreadable-reason";
import { defineJob } from "./job";

export const watchServer = defineJob({
  id: "watch-server",
  title: "Watch the server",
  purpose: "Stores each minute whether SecuryFlex answers, its size and its connections.",
  schedule: "* * * * *",
  timeoutSeconds: 30,
  attempts: 2,
  run: async ({ securyflex, write, slot }) => {
    const startedAt = performance.now();
    const reading = await readServer(securyflex).catch((error: unknown) => unreadableReason(error));
    const responseMilliseconds = Math.round(performance.now() - startedAt);
    const failure = typeof reading === "string" ? reading : null;
    const server = typeof reading === "string" ? undefined : reading;
    await write(
      (sql) => sql`
        insert into server_samples (sampled_at, is_reachable, response_milliseconds, size_bytes, connections_used,
                                    connections_available, failure)
        values (${slot}, ${failure === null}, ${server ? responseMilliseconds : null}, ${server?.sizeBytes ?? null},
                ${server?.connectionsUsed ?? null}, ${server?.connectionsAvailable ?? null}, ${failure})
        on conflict (sampled_at) do nothing`,
    );
    return failure ?? summary(server as ServerReading, responseMilliseconds);
  },
});

function summary(server: ServerReading, responseMilliseconds: number): string {
  const used = server.connectionsUsed ?? "an unknown number";
  return `Answered in ${responseMilliseconds} ms; ${used} of ${server.connectionsAvailable} connections.`;
}
