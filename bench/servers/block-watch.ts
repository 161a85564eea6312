/** Loaded into a server beside its own script: on SIGUSR2 it says for how long its event loop stood still at most since then. */
let last = performance.now();
let longest = 0;

function round(): void {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  setTimeout(round, 1).unref();
}

round();
process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify({ longestBlock: longest })}\n`);
  longest = 0;
});
