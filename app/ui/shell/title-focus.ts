import { useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** After a navigation to another page the focus stands on its heading, so that it is read out and Tab begins there. */
export function useTitleFocus(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [pathname]);
}
