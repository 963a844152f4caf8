#!/usr/bin/env node
// The only place that touches `process`.
const { createRequire, enableCompileCache } = process.getBuiltinModule('node:module')

const args = process.argv.slice(2)
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // Scripts ask for it, and it needs nothing else.
  process
    .getBuiltinModule('node:fs')
    .writeSync(1, `${createRequire(import.meta.url)('../package.json').version}\n`)
} else {
  // Absent before Node 22; there it makes every start but the first faster.
  enableCompileCache?.()
  const { main, realHost } = await import('../dist/cli.js')

  const interrupt = new AbortController()
  // Every read that is under way listens.
  process.getBuiltinModule('node:events').setMaxListeners(0, interrupt.signal)
  // The second is how CI and containers end a job.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      // Asked a second time, nothing is waited for.
      if (interrupt.signal.aborted) process.exit(130)
      interrupt.abort()
    })
  }
  // A pipe that was closed early, as by `| head`, wants no more. What is under way is finished all the same: it can be
  // the writes to a tenant.
  let unprinted
  process.stdout.on('error', error => {
    if (error.code !== 'EPIPE') unprinted = error
  })
  process.stderr.on('error', () => {})

  try {
    process.exitCode = await main(args, realHost(process, interrupt.signal))
  } catch (error) {
    // Not the user's to mend. The stack is printed alone, without the source line before it: the code is minified.
    process.stderr.write(`This is a bug in mfa-config; please report it.\n${error?.stack ?? error}\n`)
    process.exitCode = 1
  }
  // Once all is printed, nobody waits for requests that an error left under way.
  await Promise.all(
    [process.stdout, process.stderr].map(stream => new Promise(done => stream.write('', () => done()))),
  )
  if (unprinted) {
    process.stderr.write(`Error: The result cannot be printed: ${unprinted.message}.\n`)
    process.exitCode ||= 1
  }
  process.exit()
}
