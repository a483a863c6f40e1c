/** How often a panel in sight asks again. */
export const refreshSeconds = 10;
