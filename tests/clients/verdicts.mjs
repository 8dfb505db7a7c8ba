// What a script says to the test that started it: a line for each thing that it saw, "done" at the end. A fault ends it with code 1.
import assert from 'node:assert/strict';

export { assert };

/** What the test handed over: the first argument, as JSON. */
export const given = JSON.parse(process.argv[2] ?? '{}');

export const ok = what => console.log(`ok ${what}`);

export const sleep = ms => new Promise(done => setTimeout(done, ms));

/** Waits until look() gives something, at most so long. */
export async function until(look, what, ms = 15000) {
  for (const end = Date.now() + ms; ;) {
    const seen = await look();
    if (seen) { return seen; }
    assert.ok(Date.now() < end, `it did not come to pass: ${what}`);
    await sleep(50);
  }
}

export async function run(script) {
  try {
    await script();
    console.log('done');
    process.exit(0);
  } catch (fault) {
    console.error(fault);
    process.exit(1);
  }
}
