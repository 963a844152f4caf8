import { isRecord } from '../../../src/record.ts'

/** What expressions of a workflow can refer to: `secrets`, `matrix`, `github`, `inputs`, `steps`, `needs`. */
export type Context = Readonly<Record<string, unknown>>

/** A text of a workflow with its `${{ … }}` replaced; what there is nothing for is empty, as on GitHub. */
export function expand(text: string, context: Context): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, path: string) => lookUp(path, context))
}

/** Whether a condition holds. Throws for one that is more than a comparison of two. */
export function holds(condition: string, context: Context): boolean {
  if (condition === 'always()') return true
  const [, left, operator, right] = /^(\S+) (==|!=) (\S+)$/.exec(condition) ?? []
  if (left === undefined || right === undefined) throw new Error(`What does ${condition} mean?`)
  return (operand(left, context) === operand(right, context)) === (operator === '==')
}

function operand(term: string, context: Context): string {
  return /^'.*'$/.test(term) ? term.slice(1, -1) : lookUp(term, context)
}

function lookUp(path: string, context: Context): string {
  if (!/^[\w-]+(\.[\w-]+)*$/.test(path)) throw new Error(`What does ${path} mean?`)
  const value = path.split('.').reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : ''), context)
  return value === undefined || isRecord(value) ? '' : String(value)
}
