import type { ShouldRevalidateFunction } from "@remix-run/react";

import { stayOnSearch } from "~/ui/stay-on-search";

/** The live page draws its search by itself, and asks for moments as it needs them; the way back asks for the present. */
export const stayOnTravel: ShouldRevalidateFunction = (change) => {
  const isReturn = change.currentUrl.searchParams.has("at") && !change.nextUrl.searchParams.has("at");
  return isReturn || stayOnSearch(change);
};
