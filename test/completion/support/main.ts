import { answer } from '../../../src/completion/answer.ts'
import { completionScript } from '../../../src/completion/script.ts'
import { SOURCES, smallProgram } from './program.ts'

/** The small program's `completion` as a process: it prints a script, or answers one. */
await smallProgram({
  completion: shell => {
    process.stdout.write(completionScript(shell))
  },
  completeWords: async words => {
    process.stdout.write(await answer(smallProgram(), words, SOURCES))
  },
}).parseAsync()
