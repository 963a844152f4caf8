import { columns, fill, pad } from './columns.ts'
import type { Column } from './matrix-columns.ts'
import { BEFORE, GAP, type Layout } from './matrix-layout.ts'
import type { Cell, Row } from './matrix-rows.ts'
import type { Paint } from './paint.ts'

/** The lines of all tables, with an empty one after each. What is the same for all tenants is in the first alone. */
export function renderTables({ tables, forPaths }: Layout, rows: readonly Row[], paint: Paint): string[] {
  const labels = rows.map(({ path }) => breakPath(path, forPaths))
  return tables.flatMap((table, number) => [
    renderHead(table, forPaths, paint),
    ...rows.flatMap(({ differs }, place) =>
      number === 0 || differs ? renderRow(labels[place] ?? [], table, place, differs, paint) : [],
    ),
    '',
  ])
}

function renderHead(table: readonly Column[], forPaths: number, paint: Paint): string {
  const names = table.map(({ header, width }) => placed(paint.bold(header), width - columns(header)))
  return `${' '.repeat(BEFORE + forPaths)}${names.join('')}`.trimEnd()
}

function renderRow(
  [first = '', ...rest]: readonly string[],
  table: readonly Column[],
  place: number,
  differs: boolean,
  paint: Paint,
): string[] {
  const cells = table.map(({ cells, width }) => {
    const cell = cells[place]
    return cell ? placed(differs ? painted(cell, paint) : cell.text, width - cell.width) : ''
  })
  const line = `${first}${cells.join('')}`.trimEnd()
  const more = rest.map(part => `${' '.repeat(BEFORE)}${part}`)
  return differs
    ? [`  ${paint.yellow('≠')} ${line}`, ...more]
    : [`${' '.repeat(BEFORE)}${line}`, ...more].map(text => paint.dim(text))
}

function painted({ text, standsOut, isMissing }: Cell, paint: Paint): string {
  if (standsOut) return paint.bold(paint.yellow(text))
  return isMissing ? paint.dim(text) : text
}

/** A text in a column that has so much more room. */
function placed(text: string, more: number): string {
  return `${' '.repeat(GAP)}${text}${' '.repeat(more)}`
}

/** A path on lines, the first as wide as all paths have it; broken between words if that is enough. */
function breakPath(path: string, width: number): string[] {
  const [first = '', ...rest] = columns(path) <= width ? [path] : fill(path.split(/(?<=[._-])/), width - 2)
  return [pad(first, width), ...rest.map(line => `  ${line}`)]
}
