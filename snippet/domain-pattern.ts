/** The code of a regular expression for domain names: a dot before a letter, unlike in localhost, 127.0.0.1 and [::1]. */
export const domainPattern = '[.][a-z]';
