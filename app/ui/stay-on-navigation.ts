import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * For a frame around pages: it is read with the document and after changes, not with each page. A page that fails,
 * and tries again, stays inside it.
 */
export const stayOnNavigation: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  !formMethod || formMethod === "GET" ? false : defaultShouldRevalidate;
