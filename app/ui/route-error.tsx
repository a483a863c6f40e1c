import { isRouteErrorResponse, useLocation, useRouteError, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode, useContext } from "react";

import { Brand } from "./brand";
import { ButtonLink } from "./button";
import { InShellContext } from "./in-shell";
import { refusalOf } from "./refusal";
import { RetryCountdown } from "./retry-countdown";

/** The error boundary of every route: what did not happen, why, what to do, and the request's id. */
export function RouteError() {
  const error = useRouteError();
  const isInShell = useContext(InShellContext);
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const content = <Refused status={status} thrown={isRouteErrorResponse(error) ? error.data : undefined} />;
  return isInShell ? content : <Alone>{content}</Alone>;
}

function Refused({ status, thrown }: { status: number; thrown: unknown }) {
  const { pathname, search } = useLocation();
  const documentRequestId = useRouteLoaderData<{ requestId?: string }>("root")?.requestId;
  const { title, message, requestId = documentRequestId, retryAfterSeconds } = refusalOf(status, thrown);
  const here = `${pathname}${search}`;
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col items-start px-6 py-16 md:py-24">
      <p className="font-mono text-xs text-muted">{status}</p>
      <h1 tabIndex={-1} className="mt-1 text-2xl font-semibold tracking-tight">
        {title}
      </h1>
      <p className="mt-2 text-base text-muted">{message}</p>
      {retryAfterSeconds != null && <RetryCountdown seconds={retryAfterSeconds} isAutomatic={status === 503} />}
      <div className="mt-6 flex flex-wrap gap-2">
        {status === 401 ? (
          <ButtonLink tone="primary" to={`/sign-in?to=${encodeURIComponent(here)}`}>
            Sign in
          </ButtonLink>
        ) : (
          <>
            {status >= 429 && (
              <ButtonLink tone="primary" to={here} reloadDocument>
                Try again
              </ButtonLink>
            )}
            <ButtonLink to="/" reloadDocument={status >= 500}>
              Go to your first page
            </ButtonLink>
          </>
        )}
      </div>
      {requestId && (
        <p className="mt-8 border-t border-line pt-3 text-xs text-muted">
          Request <code className="font-mono select-all">{requestId}</code>
        </p>
      )}
    </div>
  );
}

function Alone({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-12 items-center border-b border-line bg-surface px-6">
        <Brand />
      </header>
      <main id="main" className="flex-1">
        {children}
      </main>
    </div>
  );
}
