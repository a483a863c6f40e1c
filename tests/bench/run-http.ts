import { Agent, get } from "node:http";

/** Latencies in milliseconds of each path, from request to last byte over connections that stay, drawn at random. */
export async function runHttp(
  origin: string,
  paths: readonly string[],
  { clients, seconds, cookie }: { clients: number; seconds: number; cookie: string },
): Promise<number[][]> {
  const latencies: number[][] = paths.map(() => []);
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const endsAt = performance.now() + seconds * 1000;
  const headers = { Cookie: cookie, "Accept-Encoding": "gzip, deflate, br" };
  const client = async () => {
    while (performance.now() < endsAt) {
      const index = Math.floor(Math.random() * paths.length);
      const beganAt = performance.now();
      const status = await ask(`${origin}${paths[index]}`, { agent, headers });
      if (status !== 200) throw new Error(`${paths[index]} is answered with ${status}.`);
      latencies[index]?.push(performance.now() - beganAt);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return latencies;
}

function ask(url: string, options: { agent: Agent; headers: Record<string, string> }): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, options, (answer) => {
      answer.on("data", () => {});
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    }).on("error", reject);
  });
}
