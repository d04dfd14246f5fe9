/** Returns the port of an npm start. Throws an Error that begins with `name` if the text is none. */
export function parsePort(text: string, name: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65534) return port;
  throw new Error(`${name} is "${text}": it takes a number from 1 to 65534.`);
}
