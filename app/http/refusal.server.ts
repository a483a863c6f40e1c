import type { Request, Response } from "express";

export type Refusal = { status: number; title: string; message: string; retryAfterSeconds?: number };

/**
 * Answers where Remix cannot: one sentence as JSON or as a page of its own, by what the client accepts.
 * The text is ours, never the client's.
 */
export function refuse(req: Request, res: Response, { status, title, message, retryAfterSeconds }: Refusal): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (retryAfterSeconds !== undefined) res.setHeader("Retry-After", String(retryAfterSeconds));
  res.setHeader("Cache-Control", "no-store");
  res.status(status);
  if (req.method === "HEAD") res.end();
  else if (req.accepts(["json", "html"]) === "html") {
    const nonce = String(res.locals.cspNonce ?? "");
    res.type("html").send(page({ title, message, requestId: String(res.locals.requestId ?? ""), nonce }));
  } else res.json({ title, message, requestId: res.locals.requestId });
}

function page({
  title,
  message,
  requestId,
  nonce,
}: {
  title: string;
  message: string;
  requestId: string;
  nonce: string;
}) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { display: grid; place-items: center; min-height: 90vh; margin: 1rem; }
main { max-width: 36rem; }
h1 { font-size: 1.25rem; }
small { opacity: 0.7; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${message}</p>
<p><a href="/">Back to the console</a></p>
<small>Request ${requestId}</small>
</main>
</body>
</html>
`;
}
