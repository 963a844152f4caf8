import type { Check } from './check.ts'
import { outline, puts } from './liquid.ts'

/** The paths of all messages. */
export const TEMPLATES: readonly string[] = ['enrollment_message', 'verification_message'].flatMap(name => [
  `factors.phone.templates.${name}`,
  `factors.phone.templates.${name}.voice`,
])

/** H11. Auth0's OpenAPI description: an invalid template is refused; one without the code is not. */
export const templates: Check = {
  id: 'H11',
  title: "A message's template is not balanced, or does not give the code",
  severities: ['error'],
  why: 'The API refuses Liquid that is not balanced, and takes a message without the code, with which nobody can log in.',
  remedy: 'Close every pair and every block, and put {{code}} into the message.',

  judge: ({ config }) =>
    TEMPLATES.flatMap(path => {
      const template = config.values.get(path)
      const problem = typeof template === 'string' ? problemOf(template) : undefined
      return problem === undefined ? [] : [{ severity: 'error', path, message: problem }]
    }),
}

function problemOf(template: string): string | undefined {
  const seen = outline(template)
  if (seen.unbalanced !== undefined)
    return `The template is not balanced Liquid: it has ${seen.unbalanced}. Close every pair and every block.`
  return puts(seen, 'code')
    ? undefined
    : 'The template does not give the code, so nobody could log in with the message. Put {{code}} into it.'
}
