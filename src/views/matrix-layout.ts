import { columns } from './columns.ts'
import { type Column, columnsAlike, columnsApart, groupAlike } from './matrix-columns.ts'
import { type Row, type ShownRow, shortenCells } from './matrix-rows.ts'

/** What stands before a path: the indent and the sign. */
export const BEFORE = 4
/** What stands between columns. */
export const GAP = 2

/** Where everything is. */
export interface Layout {
  /** Columns that fit beside each other and beside the paths. */
  readonly tables: readonly (readonly Column[])[]
  /** How much the paths have, in columns of the terminal. */
  readonly forPaths: number
}

/** What may be lost for the sake of room, least first: what cells and paths have at most. */
function limits(room: number): { readonly cell: number; readonly path: number }[] {
  const half = Math.floor(room / 2)
  const third = Math.floor(room / 3)
  return [
    { cell: Math.min(24, room - BEFORE - GAP - half), path: half },
    { cell: Math.min(16, room - BEFORE - GAP - half), path: half },
    { cell: Math.min(16, room - BEFORE - GAP - third), path: third },
  ]
}

/** The layout for a room of at least 30 columns: one table with all tenants, or as few with groups as there can be. */
export function layOut(names: readonly string[], rows: readonly Row[], room: number): Layout {
  // A thousand columns need not be tried.
  if (names.length * (1 + GAP) < room) {
    const apart = layShortest(rows, room, shown => columnsApart(names, shown))
    if (apart.tables.length === 1) return apart
  }
  const groups = groupAlike(names.length, rows)
  const most = Math.min(...limits(room).map(({ cell }) => cell))
  return layShortest(rows, room, shown => columnsAlike(names, groups, shown, most))
}

/** The layout with the fewest tables; of equals, the one that loses least. */
function layShortest(
  rows: readonly Row[],
  room: number,
  columnsOf: (shown: readonly ShownRow[]) => Column[],
): Layout {
  let cellsHave = 0
  let all: readonly Column[] = []
  let best: Layout | undefined
  for (const { cell, path } of limits(room)) {
    if (cell !== cellsHave) all = columnsOf(shortenCells(rows, cell))
    cellsHave = cell
    const layout = lay(all, rows, room, path)
    if (layout.tables.length === 1) return layout
    if (!best || layout.tables.length < best.tables.length) best = layout
  }
  return best ?? { tables: [], forPaths: 0 }
}

/** Columns on as many tables as are needed. Paths are broken where they would take more than they have at most. */
function lay(all: readonly Column[], rows: readonly Row[], room: number, mostForPaths: number): Layout {
  const longest = Math.max(...rows.map(({ path }) => columns(path)))
  const least = Math.min(longest, mostForPaths)
  const tables: Column[][] = []
  let left = 0
  let forPaths = longest
  for (const column of all) {
    const taken = GAP + column.width
    if (left - taken < least) {
      tables.push([])
      left = room - BEFORE
    }
    tables.at(-1)?.push(column)
    left -= taken
    forPaths = Math.min(forPaths, left)
  }
  return { tables, forPaths }
}
