import { connect, createServer, type Server, type Socket } from "node:net";

export type DatabaseProxy = {
  /** The same database, through the proxy. */
  through: (url: string) => string;
  /** The server is gone: connections break and new ones are refused. */
  cut: () => Promise<void>;
  /** The network swallows everything: connections stay and say nothing. */
  freeze: () => void;
  /** The server is back at the same address. */
  restore: () => Promise<void>;
  close: () => Promise<void>;
};

/** Stands between the console and its databases, so that a test can take them away. */
export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  let isFrozen = false;
  let server: Server;
  const accept = (inside: Socket) => {
    const outside = connect(Number(port || 5432), hostname);
    const pair: [Socket, Socket] = [inside, outside];
    pairs.add(pair);
    for (const [from, to] of [pair, pair.toReversed()] as [Socket, Socket][]) {
      from.on("data", (bytes) => to.write(bytes));
      from.on("error", () => {});
      from.on("close", () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
    if (isFrozen) pause(pair);
  };
  const pause = (pair: [Socket, Socket]) => pair.forEach((socket) => void socket.pause());
  const listen = (at: number) =>
    new Promise<number>((resolve, reject) => {
      server = createServer(accept);
      server.once("error", reject);
      server.listen(at, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const [inside, outside] of pairs) {
      inside.destroy();
      outside.destroy();
    }
    await closed;
  };
  const proxyPort = await listen(0);
  return {
    through: (url) => {
      const address = new URL(url);
      address.hostname = "127.0.0.1";
      address.port = String(proxyPort);
      return address.href;
    },
    cut,
    freeze: () => {
      isFrozen = true;
      for (const pair of pairs) pause(pair);
    },
    restore: async () => {
      isFrozen = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server.listening) await listen(proxyPort);
    },
    close: cut,
  };
}
