import { ENTRIES } from '../settings/catalogue.ts'
import { columns, cut, oneLine } from './columns.ts'

/** One tenant of a matrix. */
export interface MatrixTenant {
  /** Its environment's name. */
  readonly name: string
  /** What is said of its settings, by their paths in the file: `on`, `7d`, `off → on`. */
  readonly cells: ReadonlyMap<string, string>
}

/** One setting, and what the tenants have. */
export interface Row {
  readonly path: string
  readonly differs: boolean
  /** Each value once. */
  readonly cells: readonly Cell[]
  /** For each tenant, in their order, the place of what it has in `cells`. */
  readonly held: readonly number[]
}

/** What some of the tenants have. */
export interface Cell {
  /** One line. */
  readonly text: string
  readonly isMissing: boolean
  /** Others are more, or no value has most tenants on its side. */
  readonly standsOut: boolean
}

/** A row whose cells have as much of their texts as is shown of them. */
export interface ShownRow extends Row {
  readonly cells: readonly ShownCell[]
}

/** With its width in columns of the terminal. */
export interface ShownCell extends Cell {
  readonly width: number
}

/** Where nothing is said of a tenant's setting. */
const MISSING = '·'

/** The settings of all tenants, in the order in which people read them. */
export function compareTenants(tenants: readonly MatrixTenant[]): Row[] {
  return pathsOf(tenants).map(path => compare(path, tenants))
}

/** The same with texts of so many columns at most. Values that differ look different: if need be, they have a number. */
export function shortenCells(rows: readonly Row[], most: number): ShownRow[] {
  return rows.map(row => {
    const shorten = shortener(most)
    const cells = row.cells.map(cell => {
      const text = cell.isMissing ? cell.text : shorten(cell.text)
      return { ...cell, text, width: columns(text) }
    })
    return { ...row, cells }
  })
}

function pathsOf(tenants: readonly MatrixTenant[]): string[] {
  const said = new Set<string>()
  for (const { cells } of tenants) for (const path of cells.keys()) said.add(path)
  const known = ENTRIES.flatMap(({ path, longPath }) => [path, longPath])
  return [...new Set([...known, ...said])].filter(path => said.has(path))
}

function compare(path: string, tenants: readonly MatrixTenant[]): Row {
  const places = new Map<string | undefined, number>()
  const counts: number[] = []
  const held = tenants.map(({ cells }) => {
    const value = cells.get(path)
    const place = places.get(value) ?? places.size
    places.set(value, place)
    counts[place] = (counts[place] ?? 0) + 1
    return place
  })
  const most = counts.reduce((a, b) => Math.max(a, b), 0)
  const isTie = counts.filter(count => count === most).length > 1
  const differs = places.size > 1
  const cells = [...places].map(([value, place]) => ({
    text: value === undefined ? MISSING : oneLine(value),
    isMissing: value === undefined,
    standsOut: differs && (isTie || counts[place] !== most),
  }))
  return { path: oneLine(path), differs, cells, held }
}

function shortener(most: number): (text: string) => string {
  const taken = new Set([MISSING])
  const lastNumber = new Map<string, number>()
  return text => {
    const first = cut(text, most)
    let shown = first
    for (let number = (lastNumber.get(first) ?? 1) + 1; taken.has(shown); number++) {
      const mark = ` #${number}`
      shown = cut(text, most - mark.length) + mark
      lastNumber.set(first, number)
    }
    taken.add(shown)
    return shown
  }
}
