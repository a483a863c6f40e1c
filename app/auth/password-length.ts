/** In characters, of any kind. NIST SP 800-63B and ASVS 6.2 ask for 8; the console can end backends, so it asks for more. */
export const passwordLength = { least: 12, most: 200 } as const;
