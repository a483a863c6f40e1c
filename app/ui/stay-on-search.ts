import type { ShouldRevalidateFunction } from "@remix-run/react";

const savedViews = /\/views(\?|$)/;

/**
 * For a route that draws its search from the URL alone: a new search on the same page asks the server nothing, and
 * neither does a saved view, which changes nothing that a page shows.
 */
export const stayOnSearch: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  formAction,
  defaultShouldRevalidate,
}) => {
  if (formAction && savedViews.test(formAction)) return false;
  const isOtherSearch = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return isOtherSearch && (!formMethod || formMethod === "GET") ? false : defaultShouldRevalidate;
};
