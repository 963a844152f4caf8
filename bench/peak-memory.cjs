// Preloaded into a run: when it ends, writes its peak resident memory in KiB to file descriptor 3.
const { readFileSync, writeSync } = require('node:fs')

process.on('exit', () => writeSync(3, String(peak())))

function peak() {
  // Linux lets a process inherit the `maxRSS` of the one that started it, so it asks for this address space alone.
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS
  return /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
}
