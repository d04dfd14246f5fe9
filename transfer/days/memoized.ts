const maxKept = 20_000;
/** Longer inputs are rare, and would fill the memory. */
const maxLength = 500;

/** Returns a function that remembers its last results. Exports repeat URLs, referrers and user agents. */
export function memoized<Input extends string | number, Result>(
  work: (input: Input) => Result,
): (input: Input) => Result {
  const results = new Map<Input, { result: Result }>();
  return (input) => {
    const known = results.get(input);
    if (known) return known.result;
    const result = work(input);
    if (typeof input === 'string' && input.length > maxLength) return result;
    if (results.size >= maxKept) results.clear();
    results.set(copyOf(input), { result });
    return result;
  };
}

/** A piece of a line is a view of it, which would keep the whole line in memory. */
const copyOf = <Input extends string | number>(input: Input): Input =>
  typeof input === 'string' ? (Buffer.from(input).toString() as Input) : input;
