// serverless-offline runs with this module preloaded, so that a function fails as on Lambda. By itself, it passes on an
// answer of any size, and answers 200 when a function throws or takes longer than its time-out.

const { default: LambdaFunction } = await import(
  new URL('./lambda/LambdaFunction.js', import.meta.resolve('serverless-offline')).href
);

/** Lambda returns no more bytes of an answer: the JSON, with its body in base64 if it is compressed. */
const maxBytes = 6_291_556;

const { setEvent, runHandler } = LambdaFunction.prototype;
const events = new WeakMap();

LambdaFunction.prototype.setEvent = function (event) {
  events.set(this, event);
  setEvent.call(this, event);
};

LambdaFunction.prototype.runHandler = async function () {
  const isRequest = events.get(this)?.requestContext?.http !== undefined;
  try {
    const answer = await runHandler.call(this);
    const bytes = Buffer.byteLength(JSON.stringify(answer) ?? '');
    if (bytes > maxBytes) throw new Error(`The answer has ${bytes} bytes: Lambda returns at most ${maxBytes}.`);
    return answer;
  } catch (error) {
    if (!isRequest) throw error;
    console.error(error);
    const headers = { 'content-type': 'application/json' };
    return { statusCode: 500, headers, body: '{"message":"Internal Server Error"}' };
  }
};
