import { createContext } from "react";

/** True inside the console's frame, which has the navigation and the page's `<main>`. */
export const InShellContext = createContext(false);
