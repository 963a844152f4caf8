import { preloaded } from '../../process/support/program.ts'

/** A call of the file system at which the program is to die. */
export interface FileKill {
  readonly call: 'writeFile' | 'rename' | 'link'
  /** What the file that comes to be is called. */
  readonly file: RegExp
  /** Which of these calls, from 1. */
  readonly nth: number
  /** `half`: with half of the text written. */
  readonly when: 'before' | 'half' | 'after'
}

/** An environment in which the program dies of SIGKILL, which nothing can be done about, at such a call. */
export function killedAtFile({ call, file, nth, when }: FileKill): Record<string, string> {
  return preloaded(`
    import fs from 'node:fs'
    import promises from 'node:fs/promises'
    import { syncBuiltinESMExports } from 'node:module'
    const { writeFileSync, ${call}Sync: act } = fs
    let count = 0
    for (const [home, name] of [[fs, '${call}Sync'], [promises, '${call}']]) {
      const real = home[name]
      home[name] = (...args) => {
        const isIt = ${file}.test(String(args[${call === 'writeFile' ? 0 : 1}])) && ++count === ${nth}
        if (!isIt) return real(...args)
        if ('${when}' === 'half') writeFileSync(args[0], args[1].slice(0, args[1].length / 2), args[2])
        if ('${when}' === 'after') act(...args)
        process.kill(process.pid, 'SIGKILL')
        for (;;);
      }
    }
    syncBuiltinESMExports()
  `)
}
