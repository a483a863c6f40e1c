import { PassThrough } from "node:stream";

import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";

import { recordFailure } from "~/http/failure-log.server";
import { NonceContext } from "~/ui/nonce";

/** Deferred values that take longer are answered as failed. */
export const streamTimeout = 5_000;

export default function renderDocument(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { cspNonce, requestId }: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let answerStatus = status;
    let isShellSent = false;
    const send = () => {
      isShellSent = true;
      const body = new PassThrough();
      headers.set("Content-Type", "text/html; charset=utf-8");
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answerStatus }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={cspNonce}>
        <RemixServer context={remixContext} url={request.url} nonce={cspNonce} abortDelay={streamTimeout} />
      </NonceContext.Provider>,
      {
        nonce: cspNonce,
        onAllReady: () => isbot(request.headers.get("user-agent")) && send(),
        onShellReady: () => !isbot(request.headers.get("user-agent")) && send(),
        onShellError: reject,
        onError(error) {
          answerStatus = 500;
          if (isShellSent) recordFailure(error, { requestId, url: request.url });
        },
      },
    );
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted) return;
  recordFailure(error, { requestId: context.requestId, url: request.url });
}
