/** The page of all alarms, which takes their answers too. */
export const alarmsPath = "/live/alarms";

/** The shifts that an outage hides. */
export const unobservedPath = "/live?state=unobserved";
