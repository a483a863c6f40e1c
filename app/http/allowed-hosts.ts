const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The host of a request as `name` or `name:port`, lower case, where the console answers to it: a loopback name with
 * any port, or the host of its public origin. Undefined for every other.
 */
export function allowedHost(text: string | undefined, origin: URL | undefined): string | undefined {
  const host = text?.toLowerCase();
  if (!host) return undefined;
  if (host === origin?.host) return host;
  const [, name, port] = host.match(/^([a-z0-9.-]+|\[::1\])(?::(\d{1,5}))?$/) ?? [];
  return name && loopbackNames.includes(name) && Number(port ?? 0) <= 65_535 ? host : undefined;
}
