import { apply } from './commands/apply.ts'
import { completion } from './commands/completion.ts'
import { diff } from './commands/diff.ts'
import { doctor } from './commands/doctor.ts'
import { init } from './commands/init.ts'
import { plan } from './commands/plan.ts'
import { restore } from './commands/restore.ts'
import { sandbox } from './commands/sandbox.ts'
import { schema } from './commands/schema.ts'
import { show } from './commands/show.ts'
import { validate } from './commands/validate.ts'
import type { Command } from './row.ts'

/** Every command by its name. A test fails where one of them, or a word for its `--format`, is missing here. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  show,
  plan,
  apply,
  validate,
  doctor,
  diff,
  restore,
  init,
  completion,
  schema,
  sandbox,
}
