export function unfinishedFiles(_folder: string): string[] {
  return [];
}
