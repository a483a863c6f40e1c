import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A connection to the console without any rules of HTTP. */
export async function openRaw(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** What comes back until the server closes the connection. */
export async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

/** Sends `bytes` as they are and reads until the server closes, or says nothing more for `silenceMs`. */
export async function sendRaw(url: string, bytes: string | Buffer, silenceMs = 10_000): Promise<string> {
  const socket = await openRaw(url);
  socket.setTimeout(silenceMs, () => socket.destroy());
  const answer = readAll(socket);
  socket.write(bytes);
  return answer;
}
