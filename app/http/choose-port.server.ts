import { isFree } from "../../db/local/free-port";
import { StartRefused } from "./explain-failure.server";

const [firstPort, lastPort] = [3000, 3099];

/** `wanted`, or the first free port from 3000. Throws StartRefused where it is taken. */
export async function choosePort(wanted: number | undefined, host: string): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted, host)) return wanted;
    throw new StartRefused(
      `The console did not start: port ${wanted} of ${host} is taken or not permitted. Stop what uses it, or give another PORT.`,
    );
  }
  for (let port = firstPort; port <= lastPort; port += 1) if (await isFree(port, host)) return port;
  throw new StartRefused(`The console did not start: no port from ${firstPort} to ${lastPort} is free. Give a PORT.`);
}
