import { columns, fill, pad } from './columns.ts'
import { plural } from './findings.ts'
import type { Column } from './matrix-columns.ts'
import { layOut } from './matrix-layout.ts'
import { compareTenants, type MatrixTenant, type Row } from './matrix-rows.ts'
import { renderTables } from './matrix-table.ts'
import type { Paint } from './paint.ts'

export type { MatrixTenant } from './matrix-rows.ts'

/** What a pipe is taken for, in columns. */
const PIPE_WIDTH = 120

/** Less than this has no room for a path and a cell beside it. */
const LEAST_WIDTH = 30

/**
 * The lines of a matrix of settings and tenants; none where there is nothing to compare: fewer than two tenants, or no
 * settings. `width` is the terminal's in columns, `undefined` for a pipe. No line is longer than that, or than 30
 * columns where there are fewer.
 *
 * Settings are the rows, for their paths are long and about fifty at most, while values are short. A row in which
 * tenants differ begins with `≠`, for where there are no colours; what is not the majority's stands out in it. A column
 * is a tenant while all of them fit. Then tenants that have the same share one, since in a fleet most do, and a legend
 * names them. Texts have 24 columns at most, 16 where that saves a table, and then paths are broken. Only what is still
 * too wide becomes several tables, and what is the same everywhere is in the first alone.
 */
export function renderMatrix(
  tenants: readonly MatrixTenant[],
  paint: Paint,
  width: number | undefined,
): string[] {
  const rows = compareTenants(tenants)
  if (tenants.length < 2 || rows.length === 0) return []
  const room = Math.max(LEAST_WIDTH, width ?? PIPE_WIDTH)
  const names = tenants.map(({ name }) => name)
  const layout = layOut(names, rows, room)
  return [
    ...renderTables(layout, rows, paint),
    ...renderLegend(layout.tables.flat(), room, paint),
    ...fill(countDiffering(rows, tenants.length).split(/(?<= )/), room),
  ]
}

/** Which tenants share a column, with an empty line after it; nothing where none do. */
function renderLegend(all: readonly Column[], room: number, paint: Paint): string[] {
  const shared = all.flatMap(({ header, legend }) => (legend ? [{ header, legend }] : []))
  if (shared.length === 0) return []
  const widest = Math.max(...shared.map(({ header }) => columns(header)))
  const indent = ' '.repeat(2 + widest + 2)
  return [
    ...shared.flatMap(({ header, legend }) => {
      const names = legend.map((name, i) => (i === legend.length - 1 ? name : `${name}, `))
      const head = `  ${paint.bold(header)}${pad('', widest - columns(header))}  `
      return fill(names, room - indent.length).map((line, i) => `${i === 0 ? head : indent}${line}`)
    }),
    '',
  ]
}

function countDiffering(rows: readonly Row[], tenants: number): string {
  const count = rows.filter(({ differs }) => differs).length
  const verb = count === 1 || rows.length === 1 ? 'differs' : 'differ'
  return `${count} of ${plural(rows.length, 'setting')} ${verb} between ${plural(tenants, 'tenant')}.`
}
