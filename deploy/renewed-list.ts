import { writeFile } from 'node:fs/promises';

/**
 * Fetches a community's list and writes what `parse` makes of it to a file. Returns the parsed list. Throws an Error
 * that says why it cannot, and leaves the file then.
 */
export async function renewedList<List>(url: string, file: string, parse: (text: string) => List): Promise<List> {
  const response = await fetch(url).catch((cause) => {
    throw new Error(`${url} cannot be reached. Check your connection, and try again.`, { cause });
  });
  if (!response.ok)
    throw new Error(`${url} answers ${response.status}. Keep the list that you have, and try again later.`);
  const list = parse(await response.text());
  await writeFile(file, `${JSON.stringify(list, null, 2)}\n`);
  return list;
}

/** Runs a command. If it fails, prints only its sentence, and sets the exit code. */
export async function runCommand(command: () => Promise<string>): Promise<void> {
  try {
    console.log(await command());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
