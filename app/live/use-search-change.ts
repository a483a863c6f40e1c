import { useNavigate, useNavigation } from "@remix-run/react";
import { useCallback, useRef } from "react";

/** A `step` is one of history too. What the page tells by itself never calls off the way to another page. */
type Manner = "asked" | "step" | "told";

/**
 * Changes the search of this page. It begins with the address, which is ahead of the drawing, so that of two changes in
 * a row none is lost.
 */
export function useSearchChange(): (change: (search: URLSearchParams) => URLSearchParams, manner?: Manner) => void {
  const navigate = useNavigate();
  const { location } = useNavigation();
  const goingTo = useRef(location);
  goingTo.current = location;
  return useCallback(
    (change, manner = "asked") => {
      const here = window.location;
      const isLeaving = goingTo.current !== undefined && goingTo.current.pathname !== here.pathname;
      if (isLeaving && manner === "told") return;
      const { search } = isLeaving ? here : (goingTo.current ?? here);
      const asked = new URLSearchParams(search);
      const next = change(new URLSearchParams(asked));
      if (`${next}` === `${asked}`) return;
      navigate(`${here.pathname}?${next}`, { replace: manner !== "step", preventScrollReset: true });
    },
    [navigate],
  );
}
