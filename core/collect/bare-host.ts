/** Returns a host without `www.`, `m.` or `mobile.` before it. */
export const bareHost = (host: string) => host.replace(/^(www|m|mobile)\.(?=[^.]+\.)/, '');
