/** The page of an import's numbers that have none. No page's URL begins with a bracket. */
export const importedPage = '(imported)';
