export type ServerMode = "production" | "development";

/** Of the style element that sonner 2.0.8 writes without a nonce: empty at first, then its rules. */
export const sonnerStyleHashes = [
  "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  "sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=",
] as const;

/**
 * The policy of one answer. `style-src-attr` admits the sizes that charts and tables write into style attributes;
 * development admits the styles and the socket of Vite. `mapHosts` are those of a basemap from elsewhere.
 */
export function contentSecurityPolicy(nonce: string, mode: ServerMode, mapHosts: readonly string[] = []): string {
  const hashes = sonnerStyleHashes.map((hash) => `'${hash}'`).join(" ");
  const isDevelopment = mode === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}' ${hashes}`,
    "style-src-attr 'unsafe-inline'",
    ["img-src 'self' data: blob:", ...mapHosts].join(" "),
    "font-src 'self'",
    [isDevelopment ? "connect-src 'self' ws:" : "connect-src 'self'", ...mapHosts].join(" "),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Headers of every answer. The referrer stays within the origin instead of being withheld: without it a browser sends
 * `Origin: null` with a form, and the origin guard would refuse our own pages.
 */
export function securityHeaders({
  nonce,
  mode,
  isSecure,
  mapHosts,
}: {
  nonce: string;
  mode: ServerMode;
  isSecure: boolean;
  /** Origins of a basemap from elsewhere; left out where the console serves it. */
  mapHosts?: readonly string[];
}): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(nonce, mode, mapHosts),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy":
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    ...(isSecure ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
