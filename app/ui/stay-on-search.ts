import type { ShouldRevalidateFunction } from "@remix-run/react";

/** For a route that draws its search from the URL alone: a new search on the same page asks the server nothing. */
export const stayOnSearch: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) => {
  const isOtherSearch = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return isOtherSearch && (!formMethod || formMethod === "GET") ? false : defaultShouldRevalidate;
};
