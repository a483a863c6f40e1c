import { RemixBrowser } from "@remix-run/react";
import { setNonce } from "get-nonce";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";

// Dialogs write a style element of their own; it carries the nonce of the page.
setNonce(document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "");

// A navigation aborts what is being read, and turbo-stream leaves the end of that reading to nobody.
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof DOMException && event.reason.name === "AbortError") event.preventDefault();
});

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
