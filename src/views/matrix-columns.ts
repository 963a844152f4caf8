import { columns, oneLine } from './columns.ts'
import type { Row, ShownCell, ShownRow } from './matrix-rows.ts'

/** One column of a matrix: a tenant, or several that have the same of everything. */
export interface Column {
  readonly header: string
  /** In columns of the terminal. */
  readonly width: number
  /** What the column's tenants have, a cell for each row. */
  readonly cells: readonly ShownCell[]
  /** Whose column it is, where the header does not say so. */
  readonly legend?: readonly string[]
}

/** Tenants that have the same of everything, by their places. */
export type Group = readonly number[]

/** A column for each tenant, with its name. */
export function columnsApart(names: readonly string[], rows: readonly ShownRow[]): Column[] {
  return names.map((name, tenant) => columnOf(oneLine(name), tenant, rows))
}

/**
 * A column for each group: a letter and how many they are. A tenant like no other has a column with its name, if that
 * takes no more than `most` columns of the terminal.
 */
export function columnsAlike(
  names: readonly string[],
  groups: readonly Group[],
  rows: readonly ShownRow[],
  most: number,
): Column[] {
  let letters = 0
  return groups.map(group => {
    const legend = group.map(tenant => oneLine(names[tenant] ?? ''))
    const [first = 0] = group
    const [name = ''] = legend
    if (legend.length === 1 && columns(name) <= most) return columnOf(name, first, rows)
    return { ...columnOf(`${letter(letters++)} (${legend.length})`, first, rows), legend }
  })
}

/** So many tenants in groups that have the same; most tenants first. */
export function groupAlike(count: number, rows: readonly Row[]): Group[] {
  const groups = new Map<string, number[]>()
  const differing = rows.filter(({ differs }) => differs)
  for (let tenant = 0; tenant < count; tenant++) {
    const key = differing.map(({ held }) => held[tenant]).join()
    const group = groups.get(key)
    if (group) group.push(tenant)
    else groups.set(key, [tenant])
  }
  return [...groups.values()].sort((a, b) => b.length - a.length)
}

function columnOf(header: string, tenant: number, rows: readonly ShownRow[]): Column {
  const cells = rows.flatMap(row => row.cells[row.held[tenant] ?? 0] ?? [])
  return { header, cells, width: Math.max(columns(header), ...cells.map(cell => cell.width)) }
}

/** A to Z, then AA. */
function letter(number: number): string {
  const last = String.fromCharCode(65 + (number % 26))
  return number < 26 ? last : letter(Math.floor(number / 26) - 1) + last
}
