/** An instance that has not been heard of for so long is dead, and its work is given to others. */
export const silenceSeconds = 15;
