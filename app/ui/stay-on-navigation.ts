import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * For a frame around pages: it is read with the document, after changes and on request, not with each page. A page
 * that fails then stays inside it.
 */
export const stayOnNavigation: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) => {
  const isReading = !formMethod || formMethod === "GET";
  return isReading && currentUrl.href !== nextUrl.href ? false : defaultShouldRevalidate;
};
