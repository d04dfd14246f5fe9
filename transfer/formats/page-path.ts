const staticFile =
  /\.(css|js|mjs|map|json|xml|rss|atom|txt|ico|png|jpe?g|gif|svg|webp|avif|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|og[gv]|wav|flac|mov|avi|pdf|zip|gz|tgz|bz2|xz|rar|7z|exe|dmg|iso|apk|webmanifest|wasm|csv|docx?|xlsx?|pptx?|epub|swf|vtt|ics)$/i;
const machinePath =
  /^\/(\.well-known\/|wp-(admin|json|includes|content|login\.php|cron\.php)|xmlrpc\.php|cgi-bin\/)|\/feed\/?$/i;

/** Returns whether a path is that of a page: no static file, feed, or path that only machines and the owner ask for. */
export const isPagePath = (path: string): boolean =>
  path.startsWith('/') && !staticFile.test(path) && !machinePath.test(path);
