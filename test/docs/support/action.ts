import { parse } from 'yaml'
import * as z from 'zod/mini'
import { textOf } from './page.ts'

const step = z.object({
  id: z.optional(z.string()),
  if: z.optional(z.string()),
  uses: z.optional(z.string()),
  with: z.optional(z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]))),
  run: z.optional(z.string()),
  shell: z.optional(z.string()),
  'working-directory': z.optional(z.string()),
  env: z.optional(z.record(z.string(), z.string())),
})

const action = z.object({
  inputs: z.record(
    z.string(),
    z.object({
      description: z.string(),
      required: z.optional(z.boolean()),
      default: z.optional(z.string()),
    }),
  ),
  outputs: z.record(z.string(), z.object({ description: z.string(), value: z.string() })),
  runs: z.object({ using: z.literal('composite'), steps: z.array(step) }),
})

/** A step of the action, or of a workflow. */
export type Step = z.infer<typeof step>

/** The schema of a step. */
export const STEP = step

/** The action of this repository. */
export const ACTION = action.parse(parse(textOf('action.yml')))

/** Its inputs and outputs, as Markdown tables. */
export function renderInputs(): string {
  const inputs = Object.entries(ACTION.inputs).map(([name, { description, default: byDefault = '' }]) => {
    const shown = byDefault === '' ? '' : `\`${byDefault}\``
    return `| \`${name}\` | ${description} | ${shown} |`
  })
  const outputs = Object.entries(ACTION.outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  )
  return [
    ['| input | what it is | default |', '| --- | --- | --- |', ...inputs].join('\n'),
    ['| output | what it is |', '| --- | --- |', ...outputs].join('\n'),
  ].join('\n\n')
}
