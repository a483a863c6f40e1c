/**
 * How long a session lives. One sign-in lasts a shift of the duty room and its handover (12 h); after that the password
 * is asked again, whatever happens. A browser that neither asks nor streams for an hour is taken for left alone; a wall
 * display streams, so it stays. lastSeenAt is written once a minute, which is fine enough for both.
 */
export const sessionLimits = { absoluteSeconds: 12 * 3_600, idleSeconds: 3_600, touchSeconds: 60 } as const;
